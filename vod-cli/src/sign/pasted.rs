//! What a person pastes: another signer's texts, or what a service answered.

use serde_json::Value;
use vod_api::signature::explain::StepKind;

use super::authorization::ALGORITHM;

/// What a pasted text holds.
#[derive(Debug, Default, PartialEq, Eq)]
pub(crate) struct Pasted {
    /// Texts of steps, in the order in which they are made.
    pub(crate) steps: Vec<(StepKind, String)>,
    /// An `Authorization` header's value.
    pub(crate) authorization: Option<String>,
    /// The code of a service's refusal.
    pub(crate) code: Option<String>,
    /// The service's words.
    pub(crate) message: Option<String>,
}

impl Pasted {
    /// Looks for everything that helps to compare.
    pub(crate) fn read(text: &str) -> Self {
        let mut pasted = Self::default();
        let mut text = text.trim().to_owned();
        if let Ok(answer) = serde_json::from_str::<Value>(&text) {
            match answer {
                Value::String(inner) => text = inner,
                answer => text = pasted.read_answer(&answer),
            }
        }
        let text = unescaped(&text);
        pasted.code = pasted.code.or_else(|| code_in(&text));
        if pasted.code.is_some() && pasted.message.is_none() {
            pasted.message = Some(text.clone());
        }
        let lines: Vec<&str> = text.lines().map(|line| line.trim_end_matches('\r')).collect();
        for (kind, found) in [
            (StepKind::CanonicalRequest, canonical_request(&lines)),
            (StepKind::StringToSign, string_to_sign(&lines)),
            (StepKind::ParametersToSign, parameters_to_sign(&lines)),
        ] {
            pasted.steps.extend(found.map(|text| (kind, text)));
        }
        let header = format!("{ALGORITHM} Credential=");
        pasted.authorization =
            lines.iter().find_map(|line| line.find(&header).map(|at| unquoted(&line[at..]).to_owned()));
        pasted
    }

    /// Whether there is nothing to compare.
    pub(crate) fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The time in seconds that a string to sign names.
    pub(crate) fn timestamp(&self) -> Option<String> {
        let (_, text) = self.steps.iter().find(|(kind, _)| *kind == StepKind::StringToSign)?;
        text.lines().nth(1).filter(|line| line.parse::<u64>().is_ok()).map(str::to_owned)
    }

    /// Takes code and message from an answer; the message is what may hold more.
    fn read_answer(&mut self, answer: &Value) -> String {
        let response = answer.get("Response").unwrap_or(answer);
        let error = response.get("Error").unwrap_or(response);
        let text =
            |names: [&str; 3]| names.iter().find_map(|name| error.get(*name)?.as_str().map(str::to_owned));
        self.code = text(["Code", "code", "codeDesc"]);
        self.message = text(["Message", "message", "error"]);
        self.message.clone().unwrap_or_else(|| answer.to_string())
    }
}

/// A text that came through a log has `\n` written out.
fn unescaped(text: &str) -> String {
    if text.contains('\n') || !text.contains("\\n") {
        return text.to_owned();
    }
    text.replace("\\r\\n", "\n").replace("\\n", "\n").replace("\\\"", "\"")
}

fn unquoted(text: &str) -> &str {
    text.trim().trim_matches(['"', '\'', '`'])
}

/// A code such as `AuthFailure.SignatureFailure` within the words of a program.
fn code_in(text: &str) -> Option<String> {
    let words = text.split(|c: char| !(c.is_ascii_alphanumeric() || c == '.' || c == '_'));
    let is_code = |word: &&str| {
        let mut parts = word.split('.');
        let is_part = |part: &str| {
            part.starts_with(|c: char| c.is_ascii_uppercase()) && part.chars().any(|c| c.is_ascii_lowercase())
        };
        let (Some(first), Some(second), None) = (parts.next(), parts.next(), parts.next()) else {
            return false;
        };
        is_part(first) && is_part(second)
    };
    words.map(|word| word.trim_matches('.')).find(is_code).map(str::to_owned)
}

fn is_hash(line: &str) -> bool {
    line.len() == 64 && line.bytes().all(|byte| byte.is_ascii_hexdigit())
}

/// From a line that is only a method to the hash of the body.
fn canonical_request(lines: &[&str]) -> Option<String> {
    let is_method = |line: &str| matches!(unquoted(line), "GET" | "POST" | "get" | "post");
    let is_start = |pair: &[&str]| is_method(pair[0]) && pair[1].starts_with('/');
    let start = lines.windows(2).position(is_start)?;
    let rest = &lines[start..];
    let end = rest.iter().position(|line| is_hash(unquoted(line)) || unquoted(line) == "UNSIGNED-PAYLOAD");
    let end = end.map_or(rest.len(), |end| end + 1);
    let mut text: Vec<&str> = rest[..end].to_vec();
    text[0] = unquoted(text[0]);
    text[end - 1] = unquoted(text[end - 1]);
    Some(text.join("\n"))
}

/// The line that is only the method's name, and the three below it.
fn string_to_sign(lines: &[&str]) -> Option<String> {
    let start = lines.iter().position(|line| unquoted(line) == ALGORITHM)?;
    let rest = &lines[start..lines.len().min(start + 4)];
    Some(rest.iter().map(|line| unquoted(line)).collect::<Vec<_>>().join("\n"))
}

/// `GEThost/?Action=...`.
fn parameters_to_sign(lines: &[&str]) -> Option<String> {
    lines.iter().find_map(|line| {
        ["GET", "POST"].iter().find_map(|method| {
            let at = line.find(method)?;
            let text = &line[at..];
            let host = &text[method.len()..text.find('/')?];
            let is_host = !host.is_empty()
                && host.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".:-[]".contains(&byte));
            (is_host && text.contains('?')).then(|| text.trim_end_matches(['"', '\'', '`']).to_owned())
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    const CANONICAL: &str = "POST\n/\n\ncontent-type:application/json\nhost:h\n\ncontent-type;host\n44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a";
    const TO_SIGN: &str = "TC3-HMAC-SHA256\n0\n1970-01-01/vod/tc3_request\n5ffe6a04c0664d6b969fab9a13bdab201d63ee709638e2749d62a09ca18d7031";

    #[test]
    fn texts_are_found_in_a_log() {
        for text in [
            format!("canonical request:\n{CANONICAL}\nstring to sign:\n{TO_SIGN}\n"),
            format!("'{CANONICAL}'\n\"{TO_SIGN}\"").replace('\n', "\\n"),
            format!("{CANONICAL}\n{TO_SIGN}").replace('\n', "\r\n"),
        ] {
            let pasted = Pasted::read(&text);
            assert_eq!(
                pasted.steps,
                [
                    (StepKind::CanonicalRequest, CANONICAL.to_owned()),
                    (StepKind::StringToSign, TO_SIGN.to_owned())
                ],
                "{text}"
            );
        }
        let v1 = Pasted::read("srcStr = 'GETvod.tencentcloudapi.com/?Action=A&Note=a b'");
        let text = "GETvod.tencentcloudapi.com/?Action=A&Note=a b".to_owned();
        assert_eq!(v1.steps, [(StepKind::ParametersToSign, text)]);
    }

    #[test]
    fn a_services_answer_is_read_in_each_form() {
        let code = Some("AuthFailure.SignatureFailure");
        for text in [
            r#"{"Response":{"Error":{"Code":"AuthFailure.SignatureFailure","Message":"m"},"RequestId":"r"}}"#,
            r#"{"Code":"AuthFailure.SignatureFailure","Message":"m"}"#,
            "[TencentCloudSDKException] code:AuthFailure.SignatureFailure message:m requestId:r",
            "[TencentCloudSDKError] Code=AuthFailure.SignatureFailure, Message=m, RequestId=r",
        ] {
            let pasted = Pasted::read(text);
            assert_eq!(pasted.code.as_deref(), code, "{text}");
            assert!(pasted.message.is_some_and(|message| message.contains('m')), "{text}");
        }
        let inside = format!(r#"{{"Response":{{"Error":{{"Code":"A.B","Message":{TO_SIGN:?}}}}}}}"#);
        assert_eq!(Pasted::read(&inside).steps.len(), 1, "{inside}");
        assert!(Pasted::read("nothing of use, e.g. this").is_empty());
    }
}
