//! What is understood of answers that are not as they should be.

use bytes::Bytes;
use http::{HeaderMap, StatusCode};

use super::{Understood, parse_response};
use crate::error::{Error, ErrorKind};
use crate::redact::Redactor;
use crate::transport::RawResponse;
use crate::transport::snippet::{REDACTED_BYTES, SNIPPET_BYTES, snippet};
use crate::vod::PullEventsResponse;

fn answer(body: impl AsRef<[u8]>) -> RawResponse {
    let body = Bytes::copy_from_slice(body.as_ref());
    RawResponse { status: StatusCode::OK, headers: HeaderMap::new(), body }
}

fn plain(body: &[u8]) -> String {
    snippet(body, &Redactor::new([]))
}

fn read(body: impl AsRef<[u8]>) -> Result<(PullEventsResponse, Understood), Error> {
    let mut response = PullEventsResponse::default();
    parse_response(&answer(body), &mut response, false, &plain).map(|understood| (response, understood))
}

fn strictly(body: impl AsRef<[u8]>) -> Result<(), Error> {
    parse_response(&answer(body), &mut PullEventsResponse::default(), true, &plain).map(drop)
}

/// Three events, of which the second one is this.
fn pulled(second: &str) -> String {
    let event = |n| format!(r#"{{"EventHandle":"h{n}","EventType":"FileDeleted"}}"#);
    format!(r#"{{"Response":{{"EventSet":[{},{second},{}],"RequestId":"r"}}}}"#, event(1), event(3))
}

#[test]
fn one_odd_event_does_not_hide_the_others() {
    let deep = format!("{}{}", "[".repeat(200), "]".repeat(200));
    let whole = format!(r#"{{"EventHandle":"h2","NewEvent":{deep}}}"#);
    for second in [
        "\"\"",
        "0",
        "[]",
        "{}",
        "null",
        r#"{"EventHandle":"h2","EventType":{}}"#,
        r#"{"EventHandle":"h2","FileUploadEvent":""}"#,
        r#"{"EventHandle":"h2","FileUploadEvent":{"FileId":[]}}"#,
        r#"{"EventHandle":"h2","FileDeleteEvent":{"FileIdSet":""}}"#,
        r#"{"EventHandle":"h2","ProcedureStateChangeEvent":{"ErrCode":1e400}}"#,
        r#"{"EventHandle":"h2","EventType":"cut \ud83d"}"#,
        r#"{"EventHandle":"h2","Cut \ud83d":1}"#,
        &whole,
    ] {
        let (response, _) = read(pulled(second)).unwrap();
        let handles: Vec<_> = response.event_set.iter().map(|event| event.event_handle.as_str()).collect();
        let handle = if second.contains("h2") { "h2" } else { "" };
        assert_eq!(handles, ["h1", handle, "h3"], "{second}");
    }
}

#[test]
fn bytes_that_are_not_utf_8_become_the_replacement_character() {
    let mut body = pulled(r#"{"EventHandle":"h2","EventType":"a?b"}"#).into_bytes();
    let place = body.iter().position(|byte| *byte == b'?').unwrap();
    body[place] = 0xff;
    let (response, understood) = read(&body).unwrap();
    assert_eq!(response.event_set[1].event_type.as_str(), "a\u{fffd}b");
    assert!(understood.mismatches.as_slice().is_empty());
    assert!(str::from_utf8(&understood.json).unwrap().contains("a\u{fffd}b"));
    assert_eq!(strictly(&body).unwrap_err().kind(), ErrorKind::NotUtf8);
    let error = strictly(pulled(r#"{"EventType":"\ud83d"}"#)).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Decode);
    assert!(error.message().contains("halves of characters"), "{error}");
}

#[test]
fn a_byte_order_mark_is_no_part_of_an_answer() {
    let body = format!("\u{feff}{}", pulled("{}"));
    let (response, understood) = read(&body).unwrap();
    assert_eq!(response.event_set.len(), 3);
    assert!(understood.json.starts_with(b"{"));
    let error = read("\u{feff}<html>").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Gateway);
}

#[test]
fn a_good_answer_is_its_own_json() {
    let answer = answer(pulled("{}"));
    let understood = parse_response(&answer, &mut PullEventsResponse::default(), true, &plain).unwrap();
    assert_eq!(understood.json.as_ptr(), answer.body.as_ptr(), "it is not a copy");
}

#[test]
fn strict_answers_name_the_first_path() {
    let body = pulled(r#"{"FileUploadEvent":{"FileId":[1]},"EventHandle":{}}"#);
    let error = strictly(&body).unwrap_err();
    assert_eq!((error.kind(), error.request_id()), (ErrorKind::Decode, Some("r")));
    assert_eq!(
        error.message(),
        "response does not fit the action: EventSet[1].FileUploadEvent.FileId: expected a string, found a list of 3 bytes"
    );
    let refused = r#"{"Response":{"EventSet":0,"Error":{"Code":"A.B","Message":"m"},"RequestId":"r"}}"#;
    assert_eq!(strictly(refused).unwrap_err().code_str(), Some("A.B"));
}

#[test]
fn a_success_is_a_success_whatever_stands_beside_it() {
    for beside in [
        r#""code":0,"message":"ok""#,
        r#""code":{},"message":[1],"codeDesc":true"#,
        r#""code":"x","Code":1e400"#,
    ] {
        let inside = r#""Response":{"EventSet":[],"RequestId":"r"}"#;
        for body in [format!("{{{inside},{beside}}}"), format!("{{{beside},{inside}}}")] {
            assert_eq!(read(&body).unwrap().0.request_id, "r", "{body}");
        }
    }
}

#[test]
fn a_warning_of_any_kind_does_not_fail_an_answer() {
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    let map = format!("{}1{}", r#"{"a":"#.repeat(1000), "}".repeat(1000));
    for (warning, expected) in [
        ("7", None),
        ("-7", None),
        ("1.5", None),
        ("true", None),
        ("null", None),
        ("{}", None),
        ("1e400", None),
        ("\"soon\"", Some("soon")),
        (r#""\ud83d""#, Some("\u{fffd}")),
        (&deep, None),
        (&map, None),
    ] {
        let body = format!(r#"{{"Response":{{"DeprecatedWarning":{warning},"RequestId":"r"}}}}"#);
        let (response, understood) = read(&body).unwrap();
        assert_eq!((response.request_id.as_str(), understood.deprecated.as_deref()), ("r", expected));
    }
}

#[test]
fn code_and_request_id_survive_whatever_the_message_is() {
    let refused = |message: &str| {
        format!(
            r#"{{"Response":{{"Error":{{"Code":"RequestLimitExceeded","Message":{message}}},"RequestId":"12ae-8d8e"}}}}"#
        )
    };
    let deep = format!("{}{}", "[".repeat(1000), "]".repeat(1000));
    for message in [
        "{}",
        "[1]",
        "7",
        "null",
        r#""cut \ud83d""#,
        &deep,
        "\"tab \t\"",
        r#""a "quoted" word""#,
        r#""\x""#,
        r#""\u12""#,
    ] {
        let error = read(refused(message)).unwrap_err();
        assert_eq!(
            (error.kind(), error.code_str()),
            (ErrorKind::Api, Some("RequestLimitExceeded")),
            "{message}"
        );
        assert_eq!(error.request_id(), Some("12ae-8d8e"), "{message}");
    }
    let mut bytes = refused(r#""a ? b""#).into_bytes();
    let place = bytes.iter().position(|byte| *byte == b'?').unwrap();
    bytes[place] = 0xff;
    let error = read(bytes).unwrap_err();
    assert_eq!((error.code_str(), error.message()), (Some("RequestLimitExceeded"), "a \u{fffd} b"));
}

#[test]
fn a_refusal_that_is_cut_off_tells_its_code_once_it_is_whole() {
    let body = r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":"too \u00e9 many"},"RequestId":"12ae"}}"#;
    let whole = body.find(r#"ed","#).unwrap() + 3;
    for end in 1..body.len() {
        let error = read(&body[..end]).unwrap_err();
        let code = (end >= whole).then_some("RequestLimitExceeded");
        assert_eq!(error.code_str(), code, "{}", &body[..end]);
        let kind = if code.is_some() { ErrorKind::Api } else { ErrorKind::Truncated };
        assert_eq!(error.kind(), kind, "{}", &body[..end]);
    }
    // A code that is not the answer's own error is none.
    for other in
        [r#"{"Response":{"EventSet":[{"Error":{"Code":"X","Message":"#, r#"{"Error":{"Code":"X","Message":"#]
    {
        assert_eq!(read(other).unwrap_err().kind(), ErrorKind::Truncated);
    }
}

#[test]
fn an_error_says_what_is_known_of_it() {
    for (error, expected) in [
        ("{}", "the service reports an error without a code and a message (request r)"),
        (r#"{"Code":"A.B"}"#, "A.B: no message (request r)"),
        (r#"{"Message":"text"}"#, "text (request r)"),
        (
            r#"{"Code":{},"Message":[]}"#,
            "the service reports an error without a code and a message (request r)",
        ),
        (r#""denied""#, "denied (request r)"),
        ("[]", "the answer's `Error` is [] (request r)"),
    ] {
        let error = read(format!(r#"{{"Response":{{"Error":{error},"RequestId":"r"}}}}"#)).unwrap_err();
        assert_eq!((error.kind(), error.to_string().as_str()), (ErrorKind::Api, expected));
    }
    assert!(read(r#"{"Response":{"Error":null,"RequestId":"r"}}"#).is_ok());
}

#[test]
fn a_request_id_that_does_not_fit_does_not_fail_an_answer() {
    for id in ["{}", "[]"] {
        let (response, understood) = read(format!(r#"{{"Response":{{"RequestId":{id}}}}}"#)).unwrap();
        assert_eq!((response.request_id.as_str(), understood.mismatches.total()), ("", 1));
    }
    for id in ["null", r#""""#] {
        let error = read(format!(r#"{{"Response":{{"RequestId":{id}}}}}"#)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::MissingRequestId);
    }
}

#[test]
fn a_response_that_is_no_object_is_no_answer() {
    for response in ["[]", "\"\"", "7", "null", "true"] {
        let error = read(format!(r#"{{"Response":{response},"RequestId":"r"}}"#)).unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Malformed, "{response}: {error}");
    }
    let error = read(r#"{"Response":null,"code":4000,"message":"old"}"#).unwrap_err();
    assert_eq!((error.kind(), error.legacy_code()), (ErrorKind::LegacyResponse, Some(4000)));
}

const TOKEN: &str = "AbCd+EfGh/IjKl=MnOpQrSt+UvWx/Yz01234=";

fn shown(body: &str) -> String {
    snippet(body.as_bytes(), &Redactor::new([TOKEN]))
}

#[test]
fn a_snippet_has_at_most_so_many_bytes_and_no_half_character() {
    assert_eq!(shown(&"x".repeat(SNIPPET_BYTES)), "x".repeat(SNIPPET_BYTES));
    assert_eq!(shown(&"x".repeat(SNIPPET_BYTES + 1)), "x".repeat(SNIPPET_BYTES));
    assert_eq!(shown(&"é".repeat(SNIPPET_BYTES)), "é".repeat(SNIPPET_BYTES / 2));
    assert_eq!(shown(&format!("{}é", "x".repeat(SNIPPET_BYTES - 1))), "x".repeat(SNIPPET_BYTES - 1));
    assert_eq!(shown("a\n\u{0}b"), "a\\n\\u{0}b");
    assert_eq!(shown(&format!("{}\n", "x".repeat(SNIPPET_BYTES - 1))), "x".repeat(SNIPPET_BYTES - 1));
}

#[test]
fn a_secret_on_the_edge_of_a_snippet_does_not_show() {
    for edge in [SNIPPET_BYTES, REDACTED_BYTES] {
        for offset in edge - 2 * TOKEN.len()..edge + 2 {
            // Most of the text disappears, so that much of what follows is shown.
            let long = format!("{}{TOKEN} end", TOKEN.repeat(offset / TOKEN.len()));
            for body in [format!("{}{TOKEN} end", "x".repeat(offset)), long] {
                let shown = shown(&body);
                for part in TOKEN.as_bytes().windows(8) {
                    let part = str::from_utf8(part).unwrap();
                    assert!(!shown.contains(part), "{offset}: {part} in {shown}");
                }
            }
        }
    }
}
