//! Recognizes members that contain secrets by their names, if there is no spec.

/// Words that a name has which holds a secret, in lower case.
const WORDS: [&str; 8] =
    ["secret", "password", "passwd", "token", "credential", "signature", "authorization", "privatekey"];

/// Whether a member's name looks like that of a secret: `SecretKey`, `SessionToken`, `DbPassword`, `SignKey`.
pub fn looks_secret(name: &str) -> bool {
    let name: String =
        name.chars().filter(|c| !matches!(c, '_' | '-')).collect::<String>().to_ascii_lowercase();
    name.ends_with("key") || WORDS.iter().any(|word| name.contains(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_secrets_are_told_from_others() {
        for name in ["SecretKey", "secret_id", "Token", "X-TC-Token", "DbPassword", "SignKey", "PrivateKey"] {
            assert!(looks_secret(name), "{name}");
        }
        for name in ["FileId", "Name", "Keyword", "KeyFrame", "Region", "TotalCount", "Passed"] {
            assert!(!looks_secret(name), "{name}");
        }
    }
}
