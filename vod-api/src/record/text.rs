//! Values that are text on the wire and more in Rust: open enumerations, timestamps, dates.

use std::fmt;

/// A value that is a text on the wire. Whatever the text is, it is kept as it came.
pub trait Text: fmt::Debug + Send + Sync {
    /// The text as it goes on the wire.
    fn as_text(&self) -> &str;
    /// Takes over a text from the wire.
    fn set_text(&mut self, text: &str);
}

/// A [`Text`] that may be absent.
pub trait OptionalText {
    /// The text, if it is there.
    fn as_text(&self) -> Option<&str>;
    /// Puts a text there, or takes it away.
    fn set_text(&mut self, text: Option<&str>);
}

/// A list of [`Text`]s.
pub trait TextList {
    /// How many there are.
    fn len(&self) -> usize;
    /// Whether there is none.
    fn is_empty(&self) -> bool {
        self.len() == 0
    }
    /// One of them.
    fn at(&self, index: usize) -> Option<&str>;
    /// Appends one.
    fn push(&mut self, text: &str);
    /// Takes all away.
    fn clear(&mut self);
}

fn from_text<T: Text + Default>(text: &str) -> T {
    let mut value = T::default();
    value.set_text(text);
    value
}

// Not to be inlined, as the impls for records are not.
impl<T: Text + Default> OptionalText for Option<T> {
    #[inline(never)]
    fn as_text(&self) -> Option<&str> {
        self.as_ref().map(Text::as_text)
    }
    #[inline(never)]
    fn set_text(&mut self, text: Option<&str>) {
        *self = text.map(from_text);
    }
}

impl<T: Text + Default> TextList for Vec<T> {
    #[inline(never)]
    fn len(&self) -> usize {
        self.as_slice().len()
    }
    #[inline(never)]
    fn at(&self, index: usize) -> Option<&str> {
        self.get(index).map(Text::as_text)
    }
    #[inline(never)]
    fn push(&mut self, text: &str) {
        Vec::push(self, from_text(text));
    }
    #[inline(never)]
    fn clear(&mut self) {
        Vec::clear(self);
    }
}

/// A value that an enum of this version does not list; it survives a round trip.
///
/// Only the enum's `From<&str>` creates it, so it never contains a listed value.
#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub struct UnknownValue(Box<str>);

impl UnknownValue {
    /// For the macros.
    #[doc(hidden)]
    pub fn new(text: &str) -> Self {
        Self(text.into())
    }
    /// The string as the service sent it.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Debug for UnknownValue {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Debug::fmt(&self.0, f)
    }
}
