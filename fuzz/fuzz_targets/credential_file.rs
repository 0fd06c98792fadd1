//! The text of a credentials file becomes a credential, or an error that does not show it.
#![no_main]

use libfuzzer_sys::fuzz_target;
use vod_api::Credential;
use vod_api::internal::fuzz;

fuzz_target!(|data: &[u8]| {
    if let Some(Ok(credential)) = fuzz::tccli(data) {
        check(&credential);
    }
    let Ok(text) = str::from_utf8(data) else { return };
    let first = text.lines().next().unwrap_or_default();
    for name in ["default", first.trim_matches(['[', ']', ' ', '\u{feff}'])] {
        match fuzz::ini_section(text, name) {
            Ok(Some(values)) => values.iter().for_each(|(key, value)| {
                assert!(!key.contains('\n') && *key == key.to_ascii_lowercase() && !key.is_empty());
                assert!(*value == value.trim() && !value.contains('\n'));
                assert!(text.as_bytes().as_ptr_range().contains(&value.as_ptr()) || value.is_empty());
            }),
            Ok(None) => {}
            Err(line) => assert!((1..=text.lines().count()).contains(&line)),
        }
        match fuzz::profile(text, name) {
            Ok(Some(credential)) => check(&credential),
            Ok(None) => {}
            Err(error) => {
                let shown = format!("{error} {error:?}");
                for secret in values_of(text, name, ["secret_key", "token"]) {
                    // The profile's name is shown, whatever the caller chose for it.
                    assert!(!shown.contains(secret) || name.contains(secret), "{shown}");
                }
            }
        }
    }
});

/// Values of these names that are long enough to be secrets. Words that messages have are none.
fn values_of<'a>(text: &'a str, name: &str, keys: [&str; 2]) -> Vec<&'a str> {
    let values = fuzz::ini_section(text, name).ok().flatten().unwrap_or_default();
    let is_secret = |value: &str| value.len() >= 16 && value.bytes().any(|byte| byte.is_ascii_digit());
    values
        .into_iter()
        .filter(|(key, value)| keys.contains(&key.as_str()) && is_secret(value))
        .map(|(_, v)| v)
        .collect()
}

/// A credential has an id that can be sent, and shows nothing else.
fn check(credential: &Credential) {
    let id = credential.secret_id();
    assert!(!id.is_empty() && id.bytes().all(|byte| byte.is_ascii_graphic()), "{id:?}");
    let shown = format!("{credential:?}");
    let other = Credential::new(id, "another key");
    let as_other = |other: Credential| shown.starts_with(format!("{other:?}").trim_end_matches(" }"));
    assert!(as_other(other.clone()) || as_other(other.with_token("another token")), "{shown}");
}
