//! Reads the parameters of a call, which have been checked against the spec.

use serde_json::Value;

use crate::model::instant::unix_of;
use crate::protocol::envelope::Members;

/// The parameters of a call. `null` counts as absent.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Arguments<'a>(pub(crate) &'a Members);

impl<'a> Arguments<'a> {
    pub(crate) fn given(self, name: &str) -> Option<&'a Value> {
        self.0.get(name).filter(|value| !value.is_null())
    }

    pub(crate) fn text(self, name: &str) -> Option<&'a str> {
        self.given(name)?.as_str()
    }

    /// The text of this name; empty if it is absent.
    pub(crate) fn text_or_empty(self, name: &str) -> &'a str {
        self.text(name).unwrap_or_default()
    }

    pub(crate) fn number(self, name: &str) -> Option<i64> {
        self.given(name)?.as_i64()
    }

    pub(crate) fn size(self, name: &str) -> Option<usize> {
        self.given(name)?.as_u64().and_then(|number| usize::try_from(number).ok())
    }

    pub(crate) fn numbers(self, name: &str) -> Vec<i64> {
        self.list(name).iter().filter_map(Value::as_i64).collect()
    }

    pub(crate) fn object(self, name: &str) -> Option<Arguments<'a>> {
        self.given(name)?.as_object().map(Arguments)
    }

    pub(crate) fn list(self, name: &str) -> &'a [Value] {
        self.given(name).and_then(Value::as_array).map(Vec::as_slice).unwrap_or_default()
    }

    pub(crate) fn texts(self, name: &str) -> Vec<&'a str> {
        self.list(name).iter().filter_map(Value::as_str).collect()
    }

    /// A moment as Unix seconds.
    pub(crate) fn moment(self, name: &str) -> Option<i64> {
        unix_of(self.text(name)?)
    }
}
