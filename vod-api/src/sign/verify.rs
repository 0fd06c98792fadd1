//! Why a signature is rejected.

use std::fmt;

/// Why a signature is not accepted.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum VerifyError {
    /// The text is not a signature of this kind; the string says why.
    Malformed(String),
    /// It was made with another key, or for another content.
    WrongSignature,
    /// It is no longer valid.
    Expired,
}

impl VerifyError {
    pub(super) fn malformed(why: impl Into<String>) -> Self {
        Self::Malformed(why.into())
    }
}

impl fmt::Display for VerifyError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "malformed signature: {why}"),
            Self::WrongSignature => {
                f.write_str("wrong signature: made with another key or for another content")
            }
            Self::Expired => f.write_str("expired signature"),
        }
    }
}

impl std::error::Error for VerifyError {}
