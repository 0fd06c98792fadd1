//! An answer, whatever its status, header and body, becomes a response or a truthful error.
#![no_main]

use std::fmt::Debug;

use bytes::Bytes;
use http::{HeaderMap, HeaderValue, StatusCode};
use libfuzzer_sys::fuzz_target;
use serde::Serialize;
use serde::de::IgnoredAny;
use serde_json::{Value, json};
use vod_api::internal::fuzz;
use vod_api::vod::{ConfirmEventsResponse, DescribeEventConfigResponse, PullEventsResponse};
use vod_api::{ErrorKind, Record};

/// What the documentation says that an error keeps of an answer, in bytes.
const SNIPPET: usize = 512;

fuzz_target!(|data: &[u8]| {
    let Some((choice, body)) = data.split_first() else { return };
    let status =
        [StatusCode::OK, StatusCode::BAD_GATEWAY, StatusCode::FOUND][usize::from(choice >> 2 & 3) % 3];
    let mut headers = HeaderMap::new();
    if choice & 16 != 0 {
        headers.insert("x-tc-requestid", HeaderValue::from_static("12ae8d8e-dce3-4151-9d4b-5594145287e1"));
    }
    let body = Bytes::copy_from_slice(body);
    match choice & 3 {
        0 => drop(answer::<ConfirmEventsResponse>(status, headers, body)),
        1 => drop(answer::<DescribeEventConfigResponse>(status, headers, body)),
        _ => {
            let events = answer::<PullEventsResponse>(status, headers, body);
            for event in events.iter().flat_map(|response| &response.event_set) {
                let _ = format!("{:?}", event.payload());
            }
        }
    }
});

fn answer<T>(status: StatusCode, headers: HeaderMap, body: Bytes) -> Option<T>
where
    T: Record + Default + Serialize + PartialEq + Debug,
{
    let mut response = T::default();
    let outcome = fuzz::parse_response(status, headers, body.clone(), &mut response);
    let text = String::from_utf8_lossy(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(&body));
    let is_json = serde_json::from_str::<IgnoredAny>(&text).is_ok();
    match outcome {
        Ok(()) => {
            assert!(is_json, "what is no JSON was taken for an answer");
            read_again(&response);
            Some(response)
        }
        Err(error) => {
            let cut = matches!(error.kind(), ErrorKind::Truncated | ErrorKind::NotUtf8);
            assert!(!(cut && is_json), "what is JSON was taken for a piece: {error:?}");
            if let Some(code) = refusal(&body) {
                assert_eq!(error.code_str(), Some(code.as_str()), "{error:?}");
            }
            let shown = error.snippet().unwrap_or_default();
            assert!(shown.len() <= SNIPPET && !shown.contains(char::is_control), "{shown:?}");
            assert_eq!(error.http_status(), Some(status.as_u16()));
            assert!(!error.to_string().contains(char::is_control), "{error}");
            let _ = format!("{error:?}");
            None
        }
    }
}

/// What a response says is not lost when it is written and read again.
fn read_again<T>(response: &T)
where
    T: Record + Default + Serialize + PartialEq + Debug,
{
    let mut value = serde_json::to_value(response).expect("a response is JSON");
    // One that did not fit is none, and an answer needs one.
    if value["RequestId"] == "" {
        value["RequestId"] = "1".into();
    }
    let body = serde_json::to_vec(&json!({ "Response": &value })).expect("a value is JSON");
    let mut again = T::default();
    fuzz::parse_response(StatusCode::OK, HeaderMap::new(), body.into(), &mut again)
        .expect("it was an answer");
    let mut again = serde_json::to_value(again).expect("a response is JSON");
    again["RequestId"] = value["RequestId"].clone();
    assert_eq!(value, again);
}

/// The code of a refusal that has the usual form. Members given twice make it unclear which holds, so nothing is
/// said of a body that has one.
fn refusal(body: &[u8]) -> Option<String> {
    let value: Value = serde_json::from_slice(body).ok()?;
    if !is_plain(&value, body) {
        return None;
    }
    let error = value.get("Response")?.get("Error")?;
    let (Value::String(code), Value::String(_)) = (error.get("Code")?, error.get("Message")?) else {
        return None;
    };
    (error.as_object()?.len() == 2 && !code.is_empty()).then(|| code.clone())
}

/// Whether the body is this value written out, blanks and the order of members aside.
fn is_plain(value: &Value, body: &[u8]) -> bool {
    let sorted = |mut bytes: Vec<u8>| {
        bytes.retain(|byte| !byte.is_ascii_whitespace());
        bytes.sort_unstable();
        bytes
    };
    sorted(value.to_string().into_bytes()) == sorted(body.to_vec())
}
