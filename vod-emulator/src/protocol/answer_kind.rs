//! The kinds of responses: modelled, example, refused.

use std::fmt;

/// The header of every answer that says what the answer is worth.
pub(crate) const HEADER: &str = "x-vod-emulator";

/// What an answer is worth to a test. The name of it stands in the header `X-Vod-Emulator` of every answer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum AnswerKind {
    /// It follows from rules that are listed with their source, and from what calls did before. The checks of
    /// signature, parameters, limits and rates are such rules for every action.
    #[default]
    Modelled,
    /// It is the example of the action's spec, whatever calls did before.
    Example,
    /// The emulator does not model what was asked for and was told to say so, or the request was not meant for it.
    Refused,
}

impl AnswerKind {
    /// The name in the header: `modelled`, `example` or `refused`.
    pub fn name(self) -> &'static str {
        match self {
            Self::Modelled => "modelled",
            Self::Example => "example",
            Self::Refused => "refused",
        }
    }
}

impl fmt::Display for AnswerKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name())
    }
}
