//! Webhook callbacks: the service posts each event to a URL of the application (event mode `PUSH`).
//!
//! [`Callbacks::parse`] turns the body of such a request into the same [`EventContent`] that pulling returns, without
//! a handle, and with its JSON. If `ModifyEventConfig` has set a `SignKey`, the body has a `Sign` and a `T`; they are
//! checked.
//!
//! # What the signature does not prove
//!
//! `Sign` is the MD5 of the key and of `T`, the time at which it expires:
//!
//! - It does not cover the event. An attacker who has captured one callback can send any other event with its `Sign`
//!   and `T` until then, ten minutes by default. Use HTTPS only, and check important facts with the service before
//!   you act on them.
//! - It does not cover the URL, the headers or the application: two applications with the same key accept each other's
//!   callbacks. Give each its own key.
//! - It does not prevent replays. The service itself repeats callbacks that got no response, so deduplicate events by
//!   their ids and types.
//!
//! # Delivery
//!
//! According to the vendor, the service waits five seconds for a response and retries twice. Any HTTP response counts
//! as delivered, even 500. Store the event, then respond quickly. If you can't store it, don't respond. After the
//! third attempt the event is dropped.
//!
//! # Prefer to pull
//!
//! [Pulling](crate::events) has none of these weaknesses: the queue keeps events until they are confirmed, at most four
//! days, calls are signed and encrypted, and you expose no server. An application has one mode or the other.
//!
//! # A server
//!
//! The server must limit the size of a body before it calls [`Callbacks::parse`]. The example `callback_server` in the
//! repository is a complete server, on axum.
//!
//! ```
//! use vod_api::callback::Callbacks;
//!
//! let callbacks = Callbacks::signed_with("abcdefg");
//! let body = br#"{"EventType": "FileDeleted", "FileDeleteEvent": {"FileIdSet": ["1"]},
//!                 "T": 1600000000, "Sign": "0a1b..."}"#;
//! assert!(callbacks.parse(body).is_err(), "the signature is wrong or has expired");
//!
//! let event = Callbacks::unsigned().parse(br#"{"EventType": "FileDeleted"}"#)?;
//! assert_eq!(event.event_type.to_string(), "FileDeleted");
//! # Ok::<(), vod_api::callback::CallbackError>(())
//! ```

use std::fmt;
use std::ops::Deref;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use bytes::Bytes;
use serde::de::IgnoredAny;
use serde::{Serialize, Serializer};
use serde_json::Value;
use zeroize::Zeroizing;

use crate::clock;
use crate::record::mismatch::Mismatch;
use crate::record::unicode::{json_text, without_bom};
use crate::record::{read_record, scan};
use crate::sign::digest::{is_equal, md5_hex};
use crate::vod::EventContent;

/// Verifies and parses the callbacks of one application.
#[derive(Clone)]
pub struct Callbacks {
    key: Option<Zeroizing<String>>,
}

/// Why a callback is rejected.
#[derive(Debug, Clone, PartialEq, Eq)]
#[non_exhaustive]
pub enum CallbackError {
    /// The body is not a JSON object that describes an event; the text gives the reason.
    Malformed(String),
    /// The body has the format of callbacks before 2018, which have other events.
    OldVersion,
    /// The body has no `Sign`, or no valid `T`.
    Unsigned,
    /// The signature was created with another key.
    WrongSignature,
    /// The signature has expired.
    Expired,
}

impl Callbacks {
    /// Accepts only callbacks that are signed with the application's `SignKey`. With an empty key, which anyone could
    /// use, it accepts none.
    pub fn signed_with(key: impl Into<String>) -> Self {
        Self { key: Some(Zeroizing::new(key.into())) }
    }

    /// Accepts every callback: for applications without a `SignKey` that are protected in another way.
    pub fn unsigned() -> Self {
        Self { key: None }
    }

    /// Parses the body of a callback. A byte order mark is skipped, and invalid UTF-8 is replaced by U+FFFD. A value
    /// that does not fit its field leaves the field empty, see [`CallbackEvent::mismatches`].
    ///
    /// # Errors
    ///
    /// The body is not an event, or its signature is missing, wrong or expired.
    pub fn parse(&self, body: &[u8]) -> Result<CallbackEvent, CallbackError> {
        self.parse_at(body, UNIX_EPOCH + Duration::from_secs(clock::unix_seconds()))
    }

    /// Parses the body of a callback that arrived at the given time.
    ///
    /// # Errors
    ///
    /// As [`parse`](Self::parse).
    pub fn parse_at(&self, body: &[u8], now: SystemTime) -> Result<CallbackEvent, CallbackError> {
        let text = json_text(without_bom(body));
        if let Err(error) = serde_json::from_str::<IgnoredAny>(&text) {
            return Err(CallbackError::Malformed(error.to_string()));
        }
        if !text.trim_ascii_start().starts_with('{') {
            return Err(CallbackError::Malformed("it is not an object".to_owned()));
        }
        let member = |name| scan::member(&text, name);
        if member("version").is_some() && member("eventType").is_some() {
            return Err(CallbackError::OldVersion);
        }
        if let Some(key) = &self.key {
            let value = |name| serde_json::from_str::<Value>(member(name)?.text).ok();
            check(key, value("Sign").as_ref(), value("T").as_ref(), now)?;
        }
        let mut event = EventContent::default();
        let mismatches = read_record(&text, &mut event);
        for of_callback in ["Sign", "T"] {
            event.unknown_members.remove(of_callback);
        }
        if event.event_type.as_str().is_empty() {
            return Err(CallbackError::Malformed("there is no `EventType`".to_owned()));
        }
        if let Some(first) = mismatches.as_slice().first() {
            let count = mismatches.total();
            tracing::warn!(event_type = %event.event_type, count, %first, "a callback's event does not fit its type");
        }
        let raw = Bytes::from(text.into_owned());
        Ok(CallbackEvent { event, raw, mismatches: mismatches.into_vec() })
    }
}

/// An event from a callback. It dereferences to its content. Two are equal if their contents are.
#[derive(Clone)]
pub struct CallbackEvent {
    event: EventContent,
    raw: Bytes,
    mismatches: Vec<Mismatch>,
}

impl CallbackEvent {
    /// Returns the event's content.
    pub fn event(&self) -> &EventContent {
        &self.event
    }

    /// Returns the content and drops the rest.
    pub fn into_event(self) -> EventContent {
        self.event
    }

    /// The JSON of the body, with the signature if it has one. Invalid UTF-8 is replaced by U+FFFD, so that it is
    /// always UTF-8. It also contains the values that do not fit their fields.
    pub fn raw(&self) -> &Bytes {
        &self.raw
    }

    /// The values that do not fit their fields, which have their defaults; usually none. The service does not send
    /// the event again, so if you can't use it, store its [`raw`](Self::raw) JSON.
    pub fn mismatches(&self) -> &[Mismatch] {
        &self.mismatches
    }
}

impl Deref for CallbackEvent {
    type Target = EventContent;

    fn deref(&self) -> &EventContent {
        &self.event
    }
}

impl Serialize for CallbackEvent {
    /// The content alone.
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.event.serialize(serializer)
    }
}

impl PartialEq for CallbackEvent {
    fn eq(&self, other: &Self) -> bool {
        self.event == other.event
    }
}

impl fmt::Debug for CallbackEvent {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("CallbackEvent")
            .field("event", &self.event)
            .field("mismatches", &self.mismatches)
            .finish_non_exhaustive()
    }
}

fn check(
    key: &str,
    sign: Option<&Value>,
    time: Option<&Value>,
    now: SystemTime,
) -> Result<(), CallbackError> {
    if key.is_empty() {
        return Err(CallbackError::WrongSignature);
    }
    let sign = sign.and_then(Value::as_str).ok_or(CallbackError::Unsigned)?;
    let time = match time {
        Some(Value::Number(time)) => time.as_i64(),
        Some(Value::String(time)) => time.parse().ok(),
        _ => None,
    }
    .ok_or(CallbackError::Unsigned)?;
    let expected = signature(key, time);
    if !is_equal(sign.to_ascii_lowercase().as_bytes(), expected.as_bytes()) {
        return Err(CallbackError::WrongSignature);
    }
    let now = now.duration_since(UNIX_EPOCH).unwrap_or_default();
    match u64::try_from(time) {
        Ok(time) if now <= Duration::from_secs(time) => Ok(()),
        _ => Err(CallbackError::Expired),
    }
}

fn signature(key: &str, time: i64) -> String {
    md5_hex(&[key, &time.to_string()])
}

impl fmt::Debug for Callbacks {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Callbacks").field("is_signed", &self.key.is_some()).finish_non_exhaustive()
    }
}

impl fmt::Display for CallbackError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Malformed(why) => write!(f, "the callback is not an event: {why}"),
            Self::OldVersion => f.write_str("the callback is of the API before 2018"),
            Self::Unsigned => f.write_str("the callback has no signature"),
            Self::WrongSignature => f.write_str("the callback's signature is wrong"),
            Self::Expired => f.write_str("the callback's signature has expired"),
        }
    }
}

impl std::error::Error for CallbackError {}

#[cfg(test)]
mod tests {
    use serde_json::{Map, json};

    use super::*;
    use crate::vod::EventPayload;

    const KEY: &str = "abcdefghijklmnop";
    const TIME: i64 = 1_590_000_000;

    fn at(seconds: i64) -> SystemTime {
        UNIX_EPOCH + Duration::from_secs(u64::try_from(seconds).unwrap())
    }

    fn sign() -> String {
        signature(KEY, TIME)
    }

    fn body(change: impl FnOnce(&mut Map<String, Value>)) -> Vec<u8> {
        let mut body = json!({
            "EventType": "FileDeleted",
            "FileDeleteEvent": { "FileIdSet": ["5285890784273533167"] },
            "Sign": sign(),
            "T": TIME,
        });
        change(body.as_object_mut().unwrap());
        body.to_string().into_bytes()
    }

    fn parse(change: impl FnOnce(&mut Map<String, Value>)) -> Result<CallbackEvent, CallbackError> {
        Callbacks::signed_with(KEY).parse_at(&body(change), at(TIME))
    }

    #[test]
    fn the_signature_is_the_md5_of_key_and_time() {
        // printf 'abcdefghijklmnop1590000000' | md5sum
        assert_eq!(sign(), "889650044ab4d160b6999bfcdfe23789");
    }

    #[test]
    fn a_signed_event_is_the_one_that_pulling_gives() {
        let event = parse(|_| {}).unwrap();
        assert_eq!(event.event_type.as_str(), "FileDeleted");
        assert_eq!(event.file_delete_event.as_ref().unwrap().file_id_set, ["5285890784273533167"]);
        assert_eq!(event.event_handle, "");
        let without = Callbacks::unsigned().parse(&body(|body| {
            body.remove("Sign");
            body.remove("T");
        }));
        assert_eq!(without.unwrap(), event, "the signature is no part of the event");
    }

    #[test]
    fn a_time_in_text_and_capital_digits_are_accepted() {
        parse(|body| {
            body.insert("T".into(), json!(TIME.to_string()));
            body.insert("Sign".into(), json!(sign().to_uppercase()));
        })
        .unwrap();
    }

    #[test]
    fn what_is_not_signed_by_the_key_is_refused() {
        let refused = |change: fn(&mut Map<String, Value>)| parse(change).unwrap_err();
        assert_eq!(refused(|body| drop(body.remove("Sign"))), CallbackError::Unsigned);
        assert_eq!(refused(|body| drop(body.remove("T"))), CallbackError::Unsigned);
        assert_eq!(refused(|body| drop(body.insert("T".into(), json!(1.5)))), CallbackError::Unsigned);
        assert_eq!(
            refused(|body| drop(body.insert("T".into(), json!(TIME + 1)))),
            CallbackError::WrongSignature
        );
        assert_eq!(
            refused(|body| drop(body.insert("Sign".into(), json!("")))),
            CallbackError::WrongSignature
        );
        let longer = |body: &mut Map<String, Value>| drop(body.insert("Sign".into(), json!(sign() + "0")));
        assert_eq!(parse(longer).unwrap_err(), CallbackError::WrongSignature);
        let shorter = |body: &mut Map<String, Value>| drop(body.insert("Sign".into(), json!(&sign()[..31])));
        assert_eq!(parse(shorter).unwrap_err(), CallbackError::WrongSignature);
        let other = Callbacks::signed_with("other").parse_at(&body(|_| {}), at(TIME));
        assert_eq!(other.unwrap_err(), CallbackError::WrongSignature);
    }

    #[test]
    fn an_empty_key_proves_nothing() {
        let signed = body(|body| {
            body.insert("Sign".into(), json!(signature("", TIME)));
        });
        let error = Callbacks::signed_with("").parse_at(&signed, at(TIME)).unwrap_err();
        assert_eq!(error, CallbackError::WrongSignature);
    }

    #[test]
    fn an_event_of_an_unknown_type_keeps_its_members() {
        let event = parse(|body| {
            body.remove("FileDeleteEvent");
            body.insert("EventType".into(), json!("Brand.New"));
            body.insert("BrandNewEvent".into(), json!({ "FileId": "1" }));
        })
        .unwrap();
        let EventPayload::Unknown { tag, members } = event.payload() else { panic!("{event:?}") };
        assert_eq!(tag, "Brand.New");
        assert_eq!(members["BrandNewEvent"], json!({ "FileId": "1" }));
        assert!(!members.contains_key("Sign") && !members.contains_key("T"), "{members:?}");
    }

    #[test]
    fn an_event_that_does_not_fit_is_there_with_its_json() {
        let event = parse(|body| {
            body.insert("FileDeleteEvent".into(), json!({ "FileIdSet": ["1", {}, "3"] }));
            body.insert("FileUploadEvent".into(), json!(""));
        })
        .unwrap();
        assert_eq!(event.file_delete_event.as_ref().unwrap().file_id_set, ["1", "", "3"]);
        assert!(event.file_upload_event.is_none());
        let paths: Vec<_> = event.mismatches().iter().map(Mismatch::path).collect();
        assert_eq!(paths, ["FileDeleteEvent.FileIdSet[1]", "FileUploadEvent"]);
        let raw: Value = serde_json::from_slice(event.raw()).unwrap();
        assert_eq!(raw["FileDeleteEvent"]["FileIdSet"], json!(["1", {}, "3"]));
    }

    #[test]
    fn broken_text_and_a_byte_order_mark_do_not_hide_an_event() {
        let unsigned = Callbacks::unsigned();
        let mark = b"\xef\xbb\xbf{\"EventType\": \"FileDeleted\"}";
        assert_eq!(unsigned.parse(mark).unwrap().event_type.as_str(), "FileDeleted");
        let emoji = br#"{"EventType": "FileDeleted", "FileDeleteEvent": {"FileIdSet": ["a\ud83d"]}}"#;
        let event = unsigned.parse(emoji).unwrap();
        assert_eq!(event.file_delete_event.as_ref().unwrap().file_id_set, ["a\u{fffd}"]);
        let bytes = b"{\"EventType\": \"FileDeleted\", \"New\": \"\xff\"}";
        assert_eq!(unsigned.parse(bytes).unwrap().unknown_members["New"], json!("\u{fffd}"));
        let deep =
            format!(r#"{{"EventType": "FileDeleted", "New": {}{}}}"#, "[".repeat(200), "]".repeat(200));
        let event = unsigned.parse(deep.as_bytes()).unwrap();
        assert_eq!((event.mismatches().len(), event.raw().len()), (1, deep.len()));
    }

    #[test]
    fn a_signature_expires() {
        let late = Callbacks::signed_with(KEY).parse_at(&body(|_| {}), at(TIME + 1));
        assert_eq!(late.unwrap_err(), CallbackError::Expired);
    }

    #[test]
    fn what_is_no_event_is_refused() {
        let unsigned = Callbacks::unsigned();
        for body in ["", "[]", "{}", "\u{feff}{}", r#"{"EventType": []}"#, r#"{"EventType": ""}"#] {
            let error = unsigned.parse(body.as_bytes()).unwrap_err();
            assert!(matches!(error, CallbackError::Malformed(_)), "{body}: {error:?}");
        }
        let old = br#"{"version": "4.0", "eventType": "NewFileUpload", "data": {}}"#;
        assert_eq!(unsigned.parse(old).unwrap_err(), CallbackError::OldVersion);
    }

    #[test]
    fn the_key_is_not_shown() {
        let shown = format!("{:?}", Callbacks::signed_with(KEY));
        assert!(!shown.contains(KEY), "{shown}");
    }

    /// The number is the nearest of its kind, and stays it when it is written and read again.
    #[test]
    fn a_number_with_many_digits_stays_the_same() {
        let text = r#"{"EventType": "FileDeleted", "New": 16000000022222522211110}"#;
        let event = Callbacks::unsigned().parse(text.as_bytes()).unwrap();
        let again = serde_json::to_vec(&event).unwrap();
        assert_eq!(Callbacks::unsigned().parse(&again), Ok(event));
    }
}
