//! Whatever stands in place of one value of an answer, the others are read as ever, and the odd one is reported.

use std::path::Path;

use http::{HeaderMap, HeaderName, HeaderValue, StatusCode};
use rand::rngs::StdRng;
use rand::{RngExt, SeedableRng};
use serde_json::{Value, json};

use super::round_trip::{fields_of, object};
use super::sample::TakeThingResponse;
use crate::pipeline::response::parse_response;
use crate::record::decode::deserialize_record;
use crate::record::mismatch::Mismatch;
use crate::record::{Broken, Record, decode_leniently, read_record, same_record};
use crate::transport::RawResponse;
use crate::vod::PullEventsResponse;

/// How often each type is tried.
const ROUNDS: u64 = 6;
/// Stands for the odd value.
const HERE: &str = "@@here@@";

/// Values that services have sent where something else belongs, and some that none should.
fn odd_values() -> Vec<String> {
    let mut odd: Vec<String> = [
        r#""""#,
        r#""2023-09-08T02:23:29Z""#,
        r#""a\ud83d""#,
        "0",
        "-1",
        "1.5",
        "1e400",
        "123456789012345678901234567890",
        "true",
        "[]",
        "{}",
        "[null]",
        r#"{"a":{"b":[1]}}"#,
    ]
    .map(str::to_owned)
    .to_vec();
    odd.push(format!("{}{}", "[".repeat(200), "]".repeat(200)));
    odd.push(format!(r#""{}""#, "x".repeat(5000)));
    odd
}

#[test]
fn an_odd_value_takes_nothing_with_it() {
    for (directory, records) in [
        ("api-specs/vod", crate::vod::every_record as fn() -> _),
        ("api-specs/sts", crate::sts::every_record),
    ] {
        let loaded = vod_spec::load_service(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new(directory));
        assert_eq!(loaded.problems, []);
        let mut compared = 0;
        for round in 0..ROUNDS {
            let fresh: Vec<Box<dyn Record>> = records();
            let pairs = fresh.into_iter().zip(records());
            for (index, (mut read, mut expected)) in pairs.enumerate() {
                let seed = round * 10_000 + index as u64;
                let mut random = StdRng::seed_from_u64(seed);
                let name = read.meta().name;
                let (fields, is_answer) = fields_of(name, &loaded.service);
                let mut value = object(fields, &loaded.service, &mut random, 0);
                if is_answer {
                    value["RequestId"] = json!("r");
                }
                let Some(path) = put_mark(&mut value, "", &mut random) else { continue };
                let odd = odd_values();
                let odd = &odd[random.random_range(0..odd.len())];
                let text = value.to_string().replace(&format!("\"{HERE}\""), odd);

                if is_answer {
                    assert_is_read(&text, &mut *read);
                    read = records().swap_remove(index);
                }
                let mismatches = read_record(&crate::record::unicode::json_text(text.as_bytes()), &mut *read);
                let Some(first) = mismatches.as_slice().first() else { continue };
                if first.path() != path {
                    assert!(first.path().starts_with(&path), "{first}, not below {path}\n{text}");
                    continue;
                }
                assert_eq!(mismatches.total(), 1);
                // `null` is the default wherever it stands.
                let without = value.to_string().replace(&format!("\"{HERE}\""), "null");
                let mut json = serde_json::Deserializer::from_str(&without);
                deserialize_record(&mut *expected, &mut json).unwrap();
                assert!(same_record(&*read, &*expected), "{name}, seed {seed}: {first}\n{text}\n{read:?}");
                compared += 1;
            }
        }
        assert!(compared > 0, "nothing was compared in {directory}");
    }
}

/// No value in place of a member fails an answer.
fn assert_is_read(response: &str, record: &mut dyn Record) {
    let body = format!(r#"{{"Response":{response}}}"#).into();
    let headers =
        HeaderMap::from_iter([(HeaderName::from_static("x-tc-requestid"), HeaderValue::from_static("9f"))]);
    let answer = RawResponse { status: StatusCode::OK, headers, body };
    if let Err(error) = parse_response(&answer, record, false, &|_| String::new()) {
        panic!("{error}\n{response}");
    }
}

/// Puts the mark in a random place, and tells its path.
fn put_mark(value: &mut Value, path: &str, random: &mut StdRng) -> Option<String> {
    let stops = !path.is_empty() && random.random_ratio(1, 3);
    match value {
        Value::Object(members) if !stops && !members.is_empty() => {
            let chosen = random.random_range(0..members.len());
            let (name, inner) = members.iter_mut().nth(chosen)?;
            let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
            return put_mark(inner, &path, random);
        }
        Value::Array(values) if !stops && !values.is_empty() => {
            let chosen = random.random_range(0..values.len());
            return put_mark(&mut values[chosen], &format!("{path}[{chosen}]"), random);
        }
        _ => {}
    }
    if path.is_empty() {
        return None;
    }
    *value = json!(HERE);
    Some(path.to_owned())
}

/// Bytes that are not the ones that were written: whatever they do to the text, nothing panics, and as long as it is
/// JSON it is read.
#[test]
fn bytes_that_were_flipped_do_not_hide_what_is_still_json() {
    let event =
        json!({ "EventHandle": "h", "EventType": "FileDeleted", "FileDeleteEvent": { "FileIdSet": ["1"] } });
    let body = json!({ "Response": { "EventSet": vec![event; 3], "RequestId": "r" } }).to_string();
    let mut read = 0;
    for seed in 0..4000 {
        let mut random = StdRng::seed_from_u64(seed);
        let mut bytes = body.clone().into_bytes();
        for _ in 0..random.random_range(1..4) {
            let place = random.random_range(0..bytes.len());
            bytes[place] = random.random_range(0..=255);
        }
        let repaired = crate::record::unicode::json_text(&bytes);
        let is_json = serde_json::from_str::<serde::de::IgnoredAny>(&repaired).is_ok();
        let mut response = PullEventsResponse::default();
        let outcome = decode_leniently(&bytes, &mut response);
        match outcome {
            Ok(_) | Err(Broken::NoEnvelope(_)) => assert!(is_json),
            Err(_) => assert!(!is_json, "{repaired}"),
        }
        read += u32::from(is_json);
    }
    assert!(read > 1000, "{read}");
}

fn read_leniently<T: Record + Default>(response: &str) -> (T, Vec<Mismatch>) {
    let body = format!(r#"{{"Response":{response}}}"#);
    let mut record = T::default();
    let Ok(lenient) = decode_leniently(body.as_bytes(), &mut record) else { panic!("it is JSON: {body}") };
    (record, lenient.mismatches.into_vec())
}

fn shown(mismatches: &[Mismatch]) -> Vec<String> {
    mismatches.iter().map(ToString::to_string).collect()
}

#[test]
fn a_mismatch_says_where_what_and_what_else() {
    let (response, mismatches) = read_leniently::<TakeThingResponse>(
        r#"{"Counts":[1,"x",3],"Boxes":[{"Side":1},"",{"Side":"much"}],"Thing":0,"Shelves":[[],"RED"]}"#,
    );
    assert_eq!(
        shown(&mismatches),
        [
            r#"Counts[1]: expected a whole number, found "x""#,
            r#"Boxes[1]: expected an object, found """#,
            r#"Boxes[2].Side: expected a whole number, found "much""#,
            "Thing: expected an object, found 0",
            "Shelves[0]: expected a string, found []",
        ]
    );
    assert_eq!((response.counts, response.boxes.len(), response.thing), (vec![1, 0, 3], 3, None));
    assert_eq!((response.boxes[0].side, response.boxes[2].side), (1, 0));
    assert_eq!(response.shelves[1].as_str(), "RED");
}

#[test]
fn what_is_long_or_secret_is_described_and_not_shown() {
    let long = "x".repeat(200);
    let (_, mismatches) =
        read_leniently::<TakeThingResponse>(&format!(r#"{{"Counts":["{long}",{{"a":1}}]}}"#));
    assert_eq!(
        shown(&mismatches),
        [
            "Counts[0]: expected a whole number, found a string of 202 bytes",
            "Counts[1]: expected a whole number, found an object of 7 bytes",
        ]
    );
    let (_, mismatches) = read_leniently::<crate::vod::DescribeEventConfigResponse>(
        r#"{"SignKey":["hunter2"],"Mode":{"hunter2":1}}"#,
    );
    assert!(!shown(&mismatches).concat().contains("hunter2"), "{mismatches:?}");
    assert!(!mismatches.is_empty());
    // Their fields would have hidden it.
    let (_, mismatches) = read_leniently::<TakeThingResponse>(r#"{"Thing":"hunter2","Boxes":"hunter2"}"#);
    assert_eq!(
        shown(&mismatches),
        [
            "Thing: expected an object, found a string of 9 bytes",
            "Boxes: expected a list of objects, found a string of 9 bytes",
        ]
    );
}

#[test]
fn what_was_read_before_the_odd_value_is_not_read_twice() {
    let odd = r#"{"Counts":[1,2],"Counts":[3,{}],"Flag":true}"#;
    assert_eq!(read_leniently::<TakeThingResponse>(odd).0.counts, [3, 0]);
    let mut response = TakeThingResponse { counts: vec![9], ..TakeThingResponse::default() };
    assert!(decode_leniently(br#"{"Response":{"Thing":7}}"#, &mut response).is_ok());
    assert_eq!(response, TakeThingResponse::default());
}

#[test]
fn a_body_does_not_grow_beyond_measure() {
    for element in ["{}", r#"{"":{"":0}}"#] {
        let body =
            format!(r#"{{"Response":{{"EventSet":[{}{element}]}}}}"#, format!("{element},").repeat(400_000));
        let mut response = PullEventsResponse::default();
        let error = crate::record::decode_envelope(&body, &mut response).unwrap_err();
        assert!(error.to_string().contains("the answer takes too much memory"), "{error}");
        assert!(matches!(decode_leniently(body.as_bytes(), &mut response), Err(Broken::TooLarge)));
    }
    // As many as an answer may well have are no matter.
    let body = format!(r#"{{"Response":{{"EventSet":[{}{{}}]}}}}"#, "{},".repeat(5000));
    assert!(crate::record::decode_envelope(&body, &mut PullEventsResponse::default()).is_ok());
}
