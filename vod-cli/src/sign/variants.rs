//! What other signers are known to sign instead, tried one after the other and two at a time until one gives the
//! signature at hand.

use std::fmt::Write as _;

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, percent_decode_str, utf8_percent_encode};
use vod_api::Credential;
use vod_api::signature::Signer;
use vod_api::signature::explain::{SentRequest, Step, key_mistakes, sha256_hex};
use vod_api::signature::v1::Algorithm;

/// What signers escape.
const ESCAPED: &AsciiSet = &NON_ALPHANUMERIC.remove(b'-').remove(b'_').remove(b'.').remove(b'~');

/// A change to one line of a text, with the words that say what was done.
#[derive(Debug, Clone)]
struct Edit {
    line: usize,
    /// `None`: the line is left out.
    text: Option<String>,
    reason: String,
}

/// A text that gives the signature at hand.
#[derive(Debug)]
pub(crate) struct Found {
    /// The lines that were signed.
    pub(crate) lines: Vec<String>,
    /// Why they differ; empty if the text is the right one.
    pub(crate) reason: String,
    /// What was done to the secret key; `None` if it was used as it is.
    pub(crate) key: Option<&'static str>,
}

/// How the lines are joined, and what that does wrong.
const JOINS: [(&str, &str, &str); 3] = [
    ("\n", "", ""),
    ("\n", "\n", "a line feed was added to the end of the text"),
    ("\r\n", "", "the lines were joined by CR LF; they must be joined by LF alone"),
];

/// The key, and what programs make of it by mistake.
fn signers(credential: &Credential) -> Vec<(Option<&'static str>, Signer)> {
    let right = (None, Signer::new(credential.clone()));
    let mistaken = key_mistakes(credential).into_iter().map(|(what, signer)| (Some(what), signer));
    [right].into_iter().chain(mistaken).collect()
}

/// What a TC3 signature was made for.
pub(crate) struct Tc3Target<'a> {
    pub(crate) request: &'a SentRequest<'a>,
    pub(crate) credential: &'a Credential,
    pub(crate) service: &'a str,
    pub(crate) timestamp: u64,
    /// The signature at hand.
    pub(crate) signature: &'a str,
}

/// Looks for the canonical request that a TC3 signature was made of.
pub(crate) fn find_tc3(canonical: &Step, target: &Tc3Target<'_>) -> Option<Found> {
    let lines: Vec<String> = canonical.lines.iter().map(|line| line.text.clone()).collect();
    let edits = tc3_edits(canonical, target.request);
    for (key, signer) in signers(target.credential) {
        let is_it = |lines: &[String], join: &str, end: &str| {
            let text = lines.join(join) + end;
            let signature = signer.tc3_signature(&text, target.service, target.timestamp);
            signature.eq_ignore_ascii_case(target.signature)
        };
        for (join, end, broken) in JOINS {
            if let Some((lines, reason)) = search(&lines, &edits, |lines| is_it(lines, join, end)) {
                let mut lines = lines;
                match (join, end) {
                    ("\r\n", _) => lines.iter_mut().for_each(|line| line.push('\r')),
                    (_, "\n") => lines.push(String::new()),
                    _ => {}
                }
                let reason =
                    [broken, &reason].iter().filter(|part| !part.is_empty()).copied().collect::<Vec<_>>();
                return Some(Found { lines, reason: reason.join("; "), key });
            }
        }
    }
    None
}

/// Looks for the string that an older signature was made of.
pub(crate) fn find_v1(
    to_sign: &Step,
    sent: &[(String, String)],
    credential: &Credential,
    algorithm: Algorithm,
    signature: &str,
) -> Option<Found> {
    let lines: Vec<String> = to_sign.lines.iter().map(|line| line.text.clone()).collect();
    let edits = v1_edits(to_sign);
    for (key, signer) in signers(credential) {
        for (order, reason) in orders(&lines, sent) {
            let is_it = |lines: &[String]| signer.v1_signature(algorithm, &lines.concat()) == signature;
            if let Some((lines, edited)) = search(&order, &edits_for(&order, &lines, &edits), is_it) {
                let reasons: Vec<&str> =
                    [reason, &edited].into_iter().filter(|reason| !reason.is_empty()).collect();
                return Some(Found { lines, reason: reasons.join("; "), key });
            }
        }
    }
    None
}

/// Tries the lines as they are, with each edit, and with each two.
fn search(
    lines: &[String],
    edits: &[Edit],
    is_it: impl Fn(&[String]) -> bool,
) -> Option<(Vec<String>, String)> {
    if is_it(lines) {
        return Some((lines.to_vec(), String::new()));
    }
    for edit in edits {
        let edited = apply(lines, &[edit]);
        if is_it(&edited) {
            return Some((edited, edit.reason.clone()));
        }
    }
    for (i, first) in edits.iter().enumerate() {
        for second in edits[i + 1..].iter().filter(|second| second.line != first.line) {
            let edited = apply(lines, &[first, second]);
            if is_it(&edited) {
                return Some((edited, format!("{}; {}", first.reason, second.reason)));
            }
        }
    }
    None
}

fn apply(lines: &[String], edits: &[&Edit]) -> Vec<String> {
    let edited = |at: usize, line: &String| match edits.iter().find(|edit| edit.line == at) {
        Some(edit) => edit.text.clone(),
        None => Some(line.clone()),
    };
    lines.iter().enumerate().filter_map(|(at, line)| edited(at, line)).collect()
}

/// Collects edits that change something.
struct Edits<'a> {
    step: &'a Step,
    edits: Vec<Edit>,
}

impl Edits<'_> {
    fn add(&mut self, line: usize, text: impl Into<String>, reason: impl Into<String>) {
        let text = text.into();
        let is_new = self.step.lines.get(line).is_some_and(|right| right.text != text)
            && !self.edits.iter().any(|edit| edit.line == line && edit.text.as_ref() == Some(&text));
        if is_new {
            self.edits.push(Edit { line, text: Some(text), reason: reason.into() });
        }
    }

    fn leave_out(&mut self, line: usize, reason: &str) {
        self.edits.push(Edit { line, text: None, reason: reason.to_owned() });
    }
}

fn tc3_edits(canonical: &Step, request: &SentRequest<'_>) -> Vec<Edit> {
    let mut edits = Edits { step: canonical, edits: Vec::new() };
    let count = canonical.lines.len();
    edits.add(0, canonical.lines[0].text.to_lowercase(), "the method was signed in lower case");
    for method in ["GET", "POST"] {
        edits.add(0, method, format!("the signature is for a {method}"));
    }
    edits.add(1, "", "the path was signed as an empty line; it must be `/`");
    query_edits(&mut edits, request);
    for at in 3..count.saturating_sub(3) {
        header_edits(&mut edits, at, request);
    }
    edits.leave_out(count - 3, "the empty line after the signed headers is missing");
    for (body, reason) in bodies(request.body) {
        edits.add(count - 1, sha256_hex(&body), reason);
    }
    edits.add(
        count - 1,
        sha256_hex(b"UNSIGNED-PAYLOAD"),
        "UNSIGNED-PAYLOAD was signed, but the request has no header `X-TC-Content-SHA256: UNSIGNED-PAYLOAD`",
    );
    edits.add(count - 1, "UNSIGNED-PAYLOAD", "the text UNSIGNED-PAYLOAD was signed instead of its SHA-256");
    edits.add(
        count - 1,
        canonical.lines[count - 1].text.to_uppercase(),
        "the hash of the body is in upper case",
    );
    edits.add(
        count - 1,
        String::from_utf8_lossy(request.body),
        "the body itself was signed instead of its hash",
    );
    edits.edits
}

fn query_edits(edits: &mut Edits<'_>, request: &SentRequest<'_>) {
    let query = request.query;
    edits.add(2, "", "the query of the GET was not signed");
    edits.add(2, format!("?{query}"), "the query was signed with its `?`");
    edits.add(2, query, "the query was signed; that of a POST is an empty line");
    edits.add(2, String::from_utf8_lossy(request.body), "the body was signed as the query");
    let mut sorted: Vec<&str> = query.split('&').collect();
    sorted.sort_unstable();
    edits.add(2, sorted.join("&"), "the query was signed sorted; it must be signed as it is sent");
    edits.add(2, query.replace("%20", "+"), "the signer writes a space as `+`, the request as `%20`");
    edits.add(2, query.replace('+', "%20"), "the signer writes a space as `%20`, the request as `+`");
    if let Ok(decoded) = percent_decode_str(query).decode_utf8() {
        edits.add(2, decoded, "the query was signed before it was percent-encoded");
    }
    edits.add(2, lower_escapes(query), "the signer writes percent escapes in lower case");
}

fn header_edits(edits: &mut Edits<'_>, at: usize, request: &SentRequest<'_>) {
    let line = edits.step.lines[at].text.clone();
    let Some((name, value)) = line.split_once(':') else { return };
    let sent = request.header(name).unwrap_or_default();
    let mut add = |value: &str, reason: String| edits.add(at, format!("{name}:{value}"), reason);
    match name {
        "host" => {
            let bare = value.rsplit_once(':').map_or(value, |(host, _)| host);
            add(bare, "the host was signed without its port".into());
            add(&format!("{bare}:443"), "the host was signed with the port 443".into());
            add(&format!("{bare}:80"), "the host was signed with the port 80".into());
            if let Some(service) = bare.split('.').next() {
                for domain in ["tencentcloudapi.com", "intl.tencentcloudapi.com"] {
                    let host = format!("{service}.{domain}");
                    add(
                        &host,
                        format!("the host `{host}` was signed, and the request was sent to another one"),
                    );
                }
            }
            add(
                "vod.tencentcloudapi.com",
                "the service's own host was signed, and the request was sent to another one".into(),
            );
        }
        "content-type" => {
            let bare = value.split(';').next().unwrap_or(value).trim();
            add(
                bare,
                "the content type was signed without its parameters; an HTTP library probably added them"
                    .into(),
            );
            for charset in ["; charset=utf-8", "; charset=UTF-8", ";charset=utf-8", ";charset=UTF-8"] {
                add(
                    &format!("{bare}{charset}"),
                    format!("the content type was signed with `{}`", charset.trim_start_matches([';', ' '])),
                );
            }
            for other in ["application/json", "application/x-www-form-urlencoded", ""] {
                add(other, format!("the content type `{other}` was signed, and another one was sent"));
            }
        }
        _ => {}
    }
    add(sent, format!("the value of `{name}` was signed as it is sent; the service wants it in lower case"));
    add(&value.to_lowercase(), format!("the value of `{name}` was signed in lower case"));
    edits.add(at, format!("{name}: {value}"), format!("a space was signed after `{name}:`"));
}

/// Bodies that programs sign instead of the one that they send.
fn bodies(body: &[u8]) -> Vec<(Vec<u8>, &'static str)> {
    let trimmed = body.trim_ascii_end();
    let mut bodies = vec![
        (Vec::new(), "an empty body was signed"),
        (trimmed.to_vec(), "the body was signed without the line feed or space at its end"),
        ([body, b"\n"].concat(), "a line feed after the body was signed"),
        (respaced(body, "", ""), "the JSON was signed without spaces, and sent with them"),
        (
            respaced(body, " ", " "),
            "the JSON was signed with spaces after `,` and `:`, and sent without them",
        ),
        (b"{}".to_vec(), "`{}` was signed"),
    ];
    if let Ok(value) = serde_json::from_slice::<serde_json::Value>(body) {
        bodies.push((sorted(&value).to_string().into_bytes(), "the JSON was signed with its members sorted"));
        bodies.push((
            ascii(&value.to_string()),
            "the JSON was signed with characters written as `\\u` escapes",
        ));
        bodies.push((
            respaced(&ascii(&value.to_string()), " ", " "),
            "the JSON was signed with spaces and `\\u` escapes",
        ));
    }
    bodies
}

fn sorted(value: &serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Object(members) => {
            let mut members: Vec<_> = members.iter().collect();
            members.sort_by_key(|(name, _)| *name);
            members.into_iter().map(|(name, value)| (name.clone(), sorted(value))).collect()
        }
        serde_json::Value::Array(values) => values.iter().map(sorted).collect(),
        value => value.clone(),
    }
}

fn ascii(json: &str) -> Vec<u8> {
    let mut text = String::new();
    for c in json.chars() {
        if c.is_ascii() {
            text.push(c);
        } else {
            let mut units = [0; 2];
            for unit in c.encode_utf16(&mut units) {
                // Writing to a String cannot fail.
                let _ = write!(text, "\\u{unit:04x}");
            }
        }
    }
    text.into_bytes()
}

/// JSON with this white space after each comma and colon and none elsewhere.
fn respaced(json: &[u8], after_comma: &str, after_colon: &str) -> Vec<u8> {
    let (mut text, mut in_string, mut escaped) = (Vec::with_capacity(json.len()), false, false);
    for &byte in json {
        if in_string {
            text.push(byte);
            in_string = escaped || byte != b'"';
            escaped = !escaped && byte == b'\\';
        } else if !byte.is_ascii_whitespace() {
            text.push(byte);
            in_string = byte == b'"';
            match byte {
                b',' => text.extend_from_slice(after_comma.as_bytes()),
                b':' => text.extend_from_slice(after_colon.as_bytes()),
                _ => {}
            }
        }
    }
    text
}

fn lower_escapes(query: &str) -> String {
    let mut pieces = query.split('%');
    let mut text = pieces.next().unwrap_or_default().to_owned();
    for piece in pieces {
        let (escape, rest) = piece.split_at_checked(2).unwrap_or((piece, ""));
        text.push('%');
        text.push_str(&escape.to_lowercase());
        text.push_str(rest);
    }
    text
}

fn v1_edits(to_sign: &Step) -> Vec<Edit> {
    let mut edits = Edits { step: to_sign, edits: Vec::new() };
    for method in ["GET", "POST"] {
        edits.add(0, method, format!("the signature is for a {method}"));
    }
    let host = to_sign.lines[1].text.clone();
    let bare = host.rsplit_once(':').map_or(host.as_str(), |(host, _)| host);
    edits.add(1, bare, "the host was signed without its port");
    edits.add(
        1,
        "vod.tencentcloudapi.com",
        "the service's own host was signed, and the request was sent to another one",
    );
    edits.add(2, "", "the path was left out; it must be `/`");
    edits.add(2, "/v2/index.php", "the path of the retired API was signed; it must be `/`");
    for at in 3..to_sign.lines.len() {
        let line = to_sign.lines[at].text.clone();
        let Some((name, value)) = line.split_once('=') else { continue };
        let shown = &name[1..];
        edits.add(
            at,
            format!("{name}={}", utf8_percent_encode(value, ESCAPED)),
            format!("the value of `{shown}` was signed percent-encoded; it must be signed as it is"),
        );
        edits.add(
            at,
            format!("{}={value}", name.replace('_', ".")),
            format!("`{shown}` was signed with `.` in place of `_`"),
        );
        edits.add(
            at,
            format!("{name}={}", value.replace(' ', "+")),
            format!("the signer writes a space in `{shown}` as `+`"),
        );
        edits.leave_out(at, &format!("`{shown}` was not signed, but sent"));
    }
    edits.edits
}

/// The lines in the orders in which signers put them, with what is wrong with each.
fn orders(lines: &[String], sent: &[(String, String)]) -> Vec<(Vec<String>, &'static str)> {
    let bare: Vec<&str> = lines[3..].iter().map(|line| &line[1..]).collect();
    let with_order = |order: Vec<&str>| {
        let parameters =
            order.iter().enumerate().map(|(i, line)| format!("{}{line}", if i == 0 { '?' } else { '&' }));
        lines[..3].iter().cloned().chain(parameters).collect::<Vec<_>>()
    };
    let mut ignoring_case = bare.clone();
    ignoring_case.sort_by_key(|line| line.to_lowercase());
    let mut by_number = bare.clone();
    by_number.sort_by_key(|line| {
        let name = line.split('=').next().unwrap_or(line);
        name.split('.').map(|part| (part.parse::<u64>().ok(), part.to_owned())).collect::<Vec<_>>()
    });
    let as_sent: Vec<String> = sent.iter().map(|(name, value)| format!("{name}={value}")).collect();
    let encoded: Vec<String> = bare
        .iter()
        .map(|line| {
            let (name, value) = line.split_once('=').unwrap_or((line, ""));
            format!("{name}={}", utf8_percent_encode(value, ESCAPED))
        })
        .collect();
    vec![
        (lines.to_vec(), ""),
        (
            with_order(ignoring_case),
            "the parameters were sorted without regard to case; they must be sorted by ASCII",
        ),
        (
            with_order(by_number),
            "the parameters were sorted by their numbers; they must be sorted as text, `A.10` before `A.2`",
        ),
        (
            with_order(as_sent.iter().map(String::as_str).collect()),
            "the parameters were signed in the order in which they are sent; they must be sorted",
        ),
        (
            with_order(encoded.iter().map(String::as_str).collect()),
            "the values were signed percent-encoded; they must be signed as they are",
        ),
    ]
}

/// The edits, for lines in another order.
fn edits_for(order: &[String], lines: &[String], edits: &[Edit]) -> Vec<Edit> {
    if order == lines {
        return edits.to_vec();
    }
    edits.iter().filter(|edit| edit.line < 3).cloned().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn json_is_respaced_outside_of_its_texts_only() {
        let json = br#"{"a" : [1,2], "b":"x, \" : y"}"#;
        assert_eq!(respaced(json, "", ""), br#"{"a":[1,2],"b":"x, \" : y"}"#);
        assert_eq!(respaced(json, " ", " "), br#"{"a": [1, 2], "b": "x, \" : y"}"#);
        assert_eq!(ascii("\"é😀\""), br#""\u00e9\ud83d\ude00""#);
        assert_eq!(lower_escapes("a=%E5%8F%A5&b=%"), "a=%e5%8f%a5&b=%");
    }
}
