//! Values of an answer that do not fit their fields.

use std::fmt;

use crate::error::{Error, ErrorKind};
use crate::record::Record;

/// How many mismatches of one answer are kept; the others are counted.
const KEPT: usize = 64;

/// A value of a response that does not fit its field. The field has its default.
///
/// Mismatches are part of [`Detailed`](crate::Detailed) responses, of an [`Attempt`](crate::Attempt), and of events.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mismatch {
    path: String,
    expected: &'static str,
    found: String,
}

impl Mismatch {
    pub(crate) fn new(path: String, expected: &'static str, found: String) -> Self {
        Self { path, expected, found }
    }

    /// The path of the value: `EventSet[3].FileUploadEvent.FileId`, below `Response` or in the event. It is empty for
    /// an event that is not a JSON object.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The expected type, such as `a whole number`.
    pub fn expected(&self) -> &'static str {
        self.expected
    }

    /// What was found, described or as JSON of at most 100 characters. The value of a sensitive field is not shown.
    pub fn found(&self) -> &str {
        &self.found
    }

    /// The error of a strict answer, or of a field that the SDK acts on.
    pub(crate) fn to_error(&self) -> Error {
        Error::new(ErrorKind::Decode, format!("response does not fit the action: {self}"))
    }

    /// Whether it is this field of the answer itself, and not one inside of it.
    pub(crate) fn is_of_field(&self, name: &str) -> bool {
        self.path == name
    }

    /// The path without the numbers of list elements: the same for each element.
    pub(crate) fn pattern(&self) -> String {
        let mut pattern = String::with_capacity(self.path.len());
        for part in self.path.split_inclusive('[') {
            pattern.push_str(part.trim_start_matches(|c: char| c.is_ascii_digit()));
        }
        pattern
    }

    /// Changes the text that came from outside.
    pub(crate) fn map_text(&mut self, change: impl Fn(String) -> String) {
        self.found = change(std::mem::take(&mut self.found));
    }
}

impl fmt::Display for Mismatch {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if !self.path.is_empty() {
            write!(f, "{}: ", self.path)?;
        }
        write!(f, "expected {}, found {}", self.expected, self.found)
    }
}

/// The mismatches of one answer: the first ones, and all that concern a field of the answer itself.
#[derive(Debug, Clone, Default)]
pub(crate) struct Mismatches {
    kept: Vec<Mismatch>,
    total: usize,
}

impl Mismatches {
    pub(crate) fn add(&mut self, mismatch: Mismatch) {
        self.total += 1;
        // The fields of the answer itself are what the SDK acts on. There are only so many of them.
        let is_outermost = !mismatch.path.contains(['.', '[']);
        let is_known = || self.kept.iter().any(|known| known.path == mismatch.path);
        if self.kept.len() < KEPT || is_outermost && !is_known() {
            self.kept.push(mismatch);
        }
    }

    /// How many there were.
    pub(crate) fn total(&self) -> usize {
        self.total
    }

    pub(crate) fn as_slice(&self) -> &[Mismatch] {
        &self.kept
    }

    pub(crate) fn as_mut_slice(&mut self) -> &mut [Mismatch] {
        &mut self.kept
    }

    pub(crate) fn into_vec(self) -> Vec<Mismatch> {
        self.kept
    }

    /// The one of a field of the answer itself.
    pub(crate) fn of_field(&self, name: &str) -> Option<&Mismatch> {
        self.kept.iter().find(|mismatch| mismatch.is_of_field(name))
    }
}

/// Whether fields of an answer that the SDK decides by fit: what leaves them empty must not be taken for what the
/// service says.
///
/// # Errors
/// One does not. The error names it.
pub(crate) fn check_fit(
    response: &dyn Record,
    mismatches: &[Mismatch],
    fields: impl IntoIterator<Item = usize>,
) -> Result<(), Error> {
    if mismatches.is_empty() {
        return Ok(());
    }
    let names = response.meta().fields;
    for name in fields.into_iter().filter_map(|index| names.get(index)) {
        if let Some(mismatch) = mismatches.iter().find(|mismatch| mismatch.is_of_field(name)) {
            return Err(mismatch.to_error());
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn mismatch(path: &str) -> Mismatch {
        Mismatch::new(path.to_owned(), "a string", "{}".to_owned())
    }

    #[test]
    fn the_pattern_is_the_same_for_each_element() {
        for (path, pattern) in [("A[12].B[0].C9", "A[].B[].C9"), ("A", "A"), ("", ""), ("A[7]", "A[]")] {
            assert_eq!(mismatch(path).pattern(), pattern);
        }
    }

    #[test]
    fn memory_is_bounded_and_fields_of_the_answer_itself_are_kept() {
        let mut all = Mismatches::default();
        for index in 0..10_000 {
            all.add(mismatch(&format!("Set[{index}].Id")));
            all.add(mismatch("TotalCount"));
        }
        all.add(mismatch("NextMarker"));
        assert_eq!(all.total(), 20_001);
        assert!(all.as_slice().len() <= KEPT + 2);
        assert!(all.of_field("TotalCount").is_some() && all.of_field("NextMarker").is_some());
        assert!(all.of_field("Set").is_none());
    }
}
