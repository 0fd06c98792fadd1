//! Secrets in texts: whole, in parts, encoded, and beside what only looks like one.

use percent_encoding::utf8_percent_encode;
use proptest::prelude::*;

use super::*;
use crate::signature::UNRESERVED;

const TOKEN: &str = "AbCd+EfGh/IjKl=MnOpQrSt+UvWx/Yz01234=";
const SIGNATURE: &str = "5f3ad81c0de9b2477b66e0194cc8d2fa3e7190b8a5d6c4132f80e9b7a1d4c6f2";

fn redactor() -> Redactor {
    Redactor::new([TOKEN, SIGNATURE])
}

fn redacted(text: &str) -> String {
    redactor().redact(text.to_owned())
}

fn percent(text: &str) -> String {
    utf8_percent_encode(text, UNRESERVED).to_string()
}

fn unicode(text: &str) -> String {
    text.bytes().map(|byte| format!("\\u{byte:04x}")).collect::<Vec<_>>().concat()
}

/// No part of the secret of that length is left.
fn assert_hidden(shown: &str, secret: &str, length: usize) {
    for part in secret.as_bytes().windows(length) {
        let part = str::from_utf8(part).unwrap();
        assert!(!shown.contains(part), "{part} is left in {shown}");
    }
}

#[test]
fn a_secret_is_taken_out_however_it_is_encoded() {
    let html = TOKEN.bytes().map(|byte| format!("&#{byte};")).collect::<Vec<_>>().concat();
    let html_hex = TOKEN.bytes().map(|byte| format!("&#x{byte:X};")).collect::<Vec<_>>().concat();
    for encoded in [
        TOKEN.to_owned(),
        percent(TOKEN),
        TOKEN.replace('+', "%2b").replace('/', "%2f").replace('=', "%3d"),
        percent(&percent(TOKEN)),
        TOKEN.replace('/', "\\/"),
        TOKEN.replace('+', "\\u002b").replace('/', "\\u002F").replace('=', "\\u003d"),
        unicode(TOKEN),
        percent(&unicode(TOKEN)),
        TOKEN.replace('+', "&plus;").replace('/', "&sol;").replace('=', "&equals;"),
        html,
        html_hex,
        TOKEN.replace('=', "\\\\u003d"),
    ] {
        assert_eq!(redacted(&format!("<{encoded}> end")), format!("<{REDACTED}> end"), "{encoded}");
    }
}

#[test]
fn what_stands_around_a_secret_stays() {
    let redactor = Redactor::new(["k3y-text", "a+b/cdef="]);
    let text = redactor.redact("GET /?Token=a%2Bb%2Fcdef%3D a+b/cdef= k3y-text end".to_owned());
    assert_eq!(text, format!("GET /?Token={REDACTED} {REDACTED} {REDACTED} end"));
}

#[test]
fn a_part_of_a_secret_is_taken_out() {
    for start in 0..TOKEN.len() {
        for end in start + PART..=TOKEN.len() {
            let part = &TOKEN[start..end];
            assert_eq!(redacted(&format!("<{part}…>")), format!("<{REDACTED}…>"), "{part}");
        }
    }
    let twice = format!("{}{}", &TOKEN[..12], &TOKEN[3..20]);
    assert_hidden(&redacted(&twice), TOKEN, PART);
}

#[test]
fn the_start_of_a_secret_is_taken_out_where_a_text_was_cut() {
    for length in 0..=TOKEN.len() {
        let text = format!("it was {}", &TOKEN[..length]);
        let shown = redactor().redact_cut(&text);
        if length < CUT_PART {
            assert_eq!(shown, text);
        } else {
            assert_eq!(shown, format!("it was {REDACTED}"), "{length}");
        }
    }
    assert_eq!(redacted("AbCd"), "AbCd", "only where it was cut");
    assert_eq!(redactor().redact_cut(&format!("{} end", &TOKEN[..7])), "AbCd+Ef end");
}

#[test]
fn sensitive_fields_of_a_request_are_secrets_of_its_call() {
    let request =
        crate::sts::AssumeRoleWithWebIdentityRequest::new("OIDC", TOKEN, "the-arn-of-a-role", "session");
    assert_eq!(sensitive_texts(&request), [TOKEN]);
}

#[test]
fn what_is_short_or_has_no_features_is_no_secret() {
    let short = Redactor::new(["1234567", ""]);
    assert_eq!(short.redact("1234567".to_owned()), "1234567");
    let padded = Redactor::new(["Key-EXAMPLE-00000000000"]);
    assert_eq!(padded.redact("id 00000000-0000".to_owned()), "id 00000000-0000");
    assert_eq!(padded.redact("Key-EXAMPLE-00000000000!".to_owned()), format!("{REDACTED}!"));
    let plain = Redactor::new(["aaaaaaaa"]);
    assert_eq!(plain.redact("aaaaaaaa".to_owned()), REDACTED, "whole it is taken out all the same");
}

#[test]
fn names_tell_secrets_whosever_they_are() {
    let other = "q7Wz0pLk3vXc9bNm5tRe";
    for (text, shown) in [
        (
            "Authorization: TC3-HMAC-SHA256 Credential=AKID/x, SignedHeaders=a;b, Signature=ff\r\nHost: h",
            "Authorization: @\r\nHost: h",
        ),
        ("authorization=SKIP<br>", "authorization=@<br>"),
        (r#"{"authorization":"Bearer abc","host":"h"}"#, r#"{"authorization":"@","host":"h"}"#),
        (r#"{\"Authorization\": [\"abc def\"]}"#, r#"{\"Authorization\": [\"@\"]}"#),
        ("Proxy-Authorization: Basic abc\nend", "Proxy-Authorization: @\nend"),
        ("got TC3-HMAC-SHA256 Credential=AKID/x, SignedHeaders=a;b, Signature=ff", "got @"),
        ("/?Nonce=1&Signature=aBc%2Bd%3D&Timestamp=2", "/?Nonce=1&@&Timestamp=2"),
        ("Signature%3DaBc%26Timestamp", "@%26Timestamp"),
        ("X-TC-Token: a b", "X-TC-Token: @ b"),
        (r#""Signature":"0123456789abcdef""#, r#""@""#),
    ] {
        assert_eq!(redacted(text), shown.replace('@', REDACTED), "{text}");
    }
    for text in [format!("/?Token={other}&a=b"), format!(r#""Token" : "{other}""#)] {
        assert_eq!(redacted(&text), text.replace(other, REDACTED));
    }
    for harmless in [
        "The Authorization header does not have the form",
        "AuthFailure.InvalidAuthorization: wrong",
        "signature: wrong key",
        "The provided credentials could not be validated. Signature does not match",
        "SignatureMethod=HmacSHA256",
        "the algorithm is TC3-HMAC-SHA256",
        "token: expired",
        "ScrollToken=0123456789abcdef0123&Next-Token=0123456789abcdef0123",
        "100 % of a\\b & c; &unknown; %zz \\u12",
        "",
    ] {
        assert_eq!(redacted(harmless), harmless);
    }
}

#[test]
fn a_long_text_is_redacted_across_its_pieces() {
    for offset in (CHUNK - 2 * TOKEN.len()..CHUNK + 2).chain([CHUNK - OVERLAP, 3 * CHUNK]) {
        let text = format!("{}{}{}", "x".repeat(offset), TOKEN, "é".repeat(OVERLAP));
        let shown = redacted(&text);
        assert_hidden(&shown, TOKEN, PART);
        assert_eq!(shown.matches(REDACTED).count(), 1, "{offset}");
        assert!(shown.ends_with('é') && shown.starts_with('x'));
    }
}

proptest! {
    #[test]
    fn no_text_makes_it_panic(text in any::<String>(), secret in any::<String>()) {
        let redactor = Redactor::new([secret.as_str()]);
        let _ = redactor.redact(text.clone());
        let _ = redactor.redact_cut(&text);
    }

    #[test]
    fn text_full_of_escapes_does_not_either(text in r"([%&#;\\ux0-9a-f=:é]|Signature|Token|Authorization){0,60}") {
        let _ = redactor().redact(text.clone());
        let _ = redactor().redact_cut(&text);
    }

    #[test]
    fn whatever_stands_around_it_a_secret_does_not_show(before in any::<String>(), after in any::<String>()) {
        let shown = redacted(&format!("{before} {TOKEN} {after}"));
        assert_hidden(&shown, TOKEN, PART);
    }
}
