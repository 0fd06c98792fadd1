//! Enums of settings: HTTP method and language.

/// The HTTP method of requests.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum HttpMethod {
    /// The parameters are in the body of a POST: JSON, or a form with the older signatures. Up to 10 MB of JSON, 1 MB
    /// of form.
    #[default]
    Post,
    /// The parameters are in the query of a GET, up to 32 KB.
    Get,
}

impl HttpMethod {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::Post => "POST",
            Self::Get => "GET",
        }
    }
}

/// The language of the service's messages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
#[non_exhaustive]
pub enum Language {
    /// `en-US`
    #[default]
    English,
    /// `zh-CN`
    Chinese,
}

impl Language {
    /// The name on the wire.
    pub fn as_str(self) -> &'static str {
        match self {
            Self::English => "en-US",
            Self::Chinese => "zh-CN",
        }
    }
}

/// Whether a region's name can be sent: `ap-guangzhou`, `na-siliconvalley`.
pub(crate) fn is_region(name: &str) -> bool {
    !name.is_empty() && name.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-')
}

/// What is wrong with a name that is not a region's, and what to write.
pub(crate) fn not_a_region(name: &str) -> String {
    format!(
        "{} is not a region name: write lower-case letters, digits and `-`, such as `ap-guangzhou`",
        shown(name)
    )
}

/// How many characters of a wrong value a message repeats.
const SHOWN_CHARS: usize = 64;

/// A setting's value in a message: one line, not too long.
pub(crate) fn shown(value: &str) -> String {
    let beginning: String = value.chars().take(SHOWN_CHARS).flat_map(char::escape_debug).collect();
    let rest = if value.chars().nth(SHOWN_CHARS).is_some() { "…" } else { "" };
    format!("`{beginning}{rest}`")
}
