//! Named types whose kind the generator cannot see: those that a single action file takes from a service
//! elsewhere. The compiler knows whether the name is an object or an open enumeration; these traits ask it.

use super::{FieldMut, FieldRef, Record, Text};

/// A generated type: an object or an open enumeration.
pub trait Member: Sized {
    /// Which of the two.
    type Kind: Kind<Self>;
}

/// [`Member::Kind`] of objects.
#[derive(Debug)]
pub struct ObjectKind;

/// [`Member::Kind`] of open enumerations.
#[derive(Debug)]
pub struct TextKind;

/// How fields of a type are stored and reached.
pub trait Kind<T> {
    /// The storage of a field that may be absent.
    type Optional: Default + Clone + PartialEq + Send + Sync;
    /// A value for such a field.
    fn some(value: T) -> Self::Optional;
    /// A field that is always there.
    fn plain(field: &T) -> FieldRef<'_>;
    /// The same, to be written.
    fn plain_mut(field: &mut T) -> FieldMut<'_>;
    /// A field that may be absent.
    fn optional(field: &Self::Optional) -> FieldRef<'_>;
    /// The same, to be written.
    fn optional_mut(field: &mut Self::Optional) -> FieldMut<'_>;
    /// A list.
    #[allow(clippy::ptr_arg)] // views hold vectors, since `Vec` is what implements the list traits
    fn list(field: &Vec<T>) -> FieldRef<'_>;
    /// The same, to be written.
    fn list_mut(field: &mut Vec<T>) -> FieldMut<'_>;
}

/// The two kinds differ in the storage of an optional value and in the names of the variants.
macro_rules! kind {
    ($kind:ty, $bound:ident, $optional:ty, $some:expr, $plain:ident, $opt:ident, $view:expr, $list:ident) => {
        impl<T: $bound + Default + Clone + PartialEq + 'static> Kind<T> for $kind {
            type Optional = $optional;
            #[inline]
            fn some(value: T) -> Self::Optional {
                $some(value)
            }
            #[inline]
            fn plain(field: &T) -> FieldRef<'_> {
                FieldRef::$plain(field)
            }
            #[inline]
            fn plain_mut(field: &mut T) -> FieldMut<'_> {
                FieldMut::$plain(field)
            }
            #[inline]
            fn optional(field: &Self::Optional) -> FieldRef<'_> {
                $view(field)
            }
            #[inline]
            fn optional_mut(field: &mut Self::Optional) -> FieldMut<'_> {
                FieldMut::$opt(field)
            }
            #[inline]
            fn list(field: &Vec<T>) -> FieldRef<'_> {
                FieldRef::$list(field)
            }
            #[inline]
            fn list_mut(field: &mut Vec<T>) -> FieldMut<'_> {
                FieldMut::$list(field)
            }
        }
    };
}

kind!(
    ObjectKind,
    Record,
    Option<Box<T>>,
    |value| Some(Box::new(value)),
    Record,
    OptRecord,
    FieldRef::optional,
    Records
);
kind!(TextKind, Text, Option<T>, Some, Text, OptText, FieldRef::OptText, Texts);
