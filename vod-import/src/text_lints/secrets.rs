//! Names of fields that may carry a secret.

use vod_spec::model::{Element, Field};
use vod_spec::naming::snake_case;

/// A field with one of these words in its name may hold something that must not reach a log.
const WORDS: &[&str] = &[
    "authorization",
    "credential",
    "key",
    "passphrase",
    "passwd",
    "password",
    "secret",
    "signature",
    "token",
];

/// Whether the file must say that the field is sensitive, or that it is not. Numbers, enumerations and objects are
/// no secrets themselves; the fields of an object are looked at by themselves.
pub(super) fn needs_a_decision(field: &Field) -> bool {
    let holds_text = matches!(field.ty.element, Element::String | Element::Json);
    holds_text && field.shared.is_none() && !field.sensitive_stated && looks_secret(&field.name)
}

/// Whether a word of the name, in the singular or the plural, is one of [`WORDS`], or ends with one: `apikey`.
fn looks_secret(name: &str) -> bool {
    snake_case(name).split('_').any(|word| {
        let singular = word.strip_suffix('s').unwrap_or(word);
        WORDS.iter().any(|secret| singular.ends_with(secret) || word.ends_with(secret))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_are_known_by_words_of_their_names() {
        let secret = [
            "SecretKey",
            "ApiToken",
            "APIKeys",
            "Signature",
            "UserPassword",
            "AccessTokens",
            "apikey",
            "Key",
            "TmpSecretId",
            "Credentials",
            "proxy_authorization",
            "Passwd",
        ];
        for name in secret {
            assert!(looks_secret(name), "{name}");
        }
        for name in
            ["Keyword", "KeywordSet", "Keyframe", "SignedUrl", "SessionId", "Tokenizer", "Author", "MonkId"]
        {
            assert!(!looks_secret(name), "{name}");
        }
    }
}
