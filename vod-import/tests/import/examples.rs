//! The vendor's raw requests and answers.

use serde_json::{Value, json};
use vod_import::Input;

use crate::sample::{directory, imported_with, loaded, member, model};

fn demo() -> Value {
    model(
        &[(
            "Act",
            vec![
                member("Names", "list", "string", json!({})),
                member("Filters", "list", "Filter", json!({})),
                member("One", "object", "Filter", json!({})),
                member("Big", "int", "uint64", json!({})),
                member("On", "bool", "bool", json!({})),
                member("Ratio", "float", "float", json!({})),
            ],
            vec![member("Count", "int", "int64", json!({})), member("Maybe", "string", "string", json!({}))],
        )],
        &[(
            "Filter",
            vec![member("Name", "string", "string", json!({})), member("Values", "list", "int64", json!({}))],
        )],
    )
}

/// The examples that arrive, and the notes about the others.
fn tried(test: &str, inputs: &[(&str, &str)]) -> (Vec<Value>, Vec<String>) {
    let directory = directory(test);
    let list: Vec<Value> =
        inputs.iter().map(|(input, output)| json!({ "input": input, "output": output })).collect();
    let examples = json!({ "actions": { "Act": list } }).to_string();
    let input = Input { examples: Some(&examples), ..Input::default() };
    let outcome = imported_with(&directory, &demo(), input);
    let again = imported_with(&directory, &demo(), input);
    assert_eq!((again.changes, again.files), (vec![], vec![]));
    let service = loaded(&directory).service;
    let requests = service.actions[0].examples.iter().map(|example| example.request.clone()).collect();
    (requests, outcome.notes)
}

const OK: &str = r#"{"Response": {"Count": 1, "RequestId": "r"}}"#;

#[test]
fn queries_become_typed_json() {
    let (requests, notes) = tried(
        "query",
        &[(
            "https://demo.example.com/?Action=Act\n&Names.1= b\n&Names.0=a%20%E4%BD%A0\n&Filters.0.Name=x\
             \n&Filters.0.Values.0=7\n&One.Values.0=-1\n&Big=18446744073709551615\n&On=True\n&Ratio=0.5\
             \n&Version=2024-01-01\n&<common>",
            OK,
        )],
    );
    assert_eq!(notes, Vec::<String>::new());
    assert_eq!(
        requests,
        [json!({
            "Names": ["a 你", "b"],
            "Filters": [{ "Name": "x", "Values": [7] }],
            "One": { "Values": [-1] },
            "Big": u64::MAX,
            "On": true,
            "Ratio": 0.5,
        })]
    );
}

#[test]
fn bodies_are_taken_as_they_are_and_those_with_the_same_request_once_each() {
    let body =
        "POST / HTTP/1.1\nHost: demo.example.com\n<common>\n\n{\"Names\": [\"it's\", \"'''\"], \"Big\": 1}";
    let (requests, notes) = tried("body", &[(body, OK), (body, OK), ("POST / HTTP/1.1\nHost: x", OK)]);
    assert_eq!(notes, Vec::<String>::new());
    let first = json!({ "Names": ["it's", "'''"], "Big": 1 });
    assert_eq!(requests, [first.clone(), first, json!({})]);
}

#[test]
fn what_contradicts_the_model_is_left_out_with_the_reason() {
    let query = |rest: &str| format!("https://demo.example.com/?Action=Act&{rest}");
    let body = |json: &str| format!("POST / HTTP/1.1\n\n{json}");
    let cases = [
        (query("Big=x"), OK, "the query gives `Big` as `x`, not as uint64"),
        (query("Names=x"), OK, "the query gives `Names` without an index"),
        (query("Names.a=x"), OK, "the query has `Names.a`, which is no index"),
        (query("Strange=1"), OK, "the query has the parameter `Strange`, which the action has not"),
        (query("One=1"), OK, "the query gives the object `One` as text"),
        (query("Big.A=1"), OK, "the query gives members to `Big`, which has none"),
        (query("Big"), OK, "the query has `Big`, which is no parameter"),
        ("https://demo.example.com/".to_owned(), OK, "the address has no query"),
        (body("{"), OK, "the request is not JSON: EOF while parsing an object at line 1 column 1"),
        (body("[]"), OK, "the request is no object"),
        (body(r#"{"Big": "1"}"#), OK, "its request: `Big` is a text, not a uint64"),
        (body("{}"), "[]", "the answer is no object"),
        (body("{}"), "{}", "the answer has no object `Response`"),
        (body("{}"), "x", "the answer is not JSON: expected value at line 1 column 1"),
        (body("{}"), r#"{"Response": {"Count": "1"}}"#, "its answer: `Count` is a text, not an int64"),
        (body("{}"), r#"{"Response": {"Error": {"Code": "A"}}}"#, "its answer: `Error` is unknown"),
    ];
    let inputs: Vec<(&str, &str)> = cases.iter().map(|(input, output, _)| (&**input, *output)).collect();
    let (requests, notes) = tried("left_out", &inputs);
    assert_eq!(requests, Vec::<Value>::new());
    let expected = cases.iter().enumerate();
    let expected: Vec<String> = expected
        .map(|(at, (_, _, reason))| format!("left out example {} of Act: {reason}", at + 1))
        .collect();
    assert_eq!(notes, expected);
}

#[test]
fn a_null_in_an_answer_makes_its_member_nullable() {
    let directory = directory("nulls");
    let output = r#"{"Response": {"Count": 1, "Maybe": null, "RequestId": "r"}}"#;
    let examples = json!({ "actions": { "Act": [{ "input": "POST / HTTP/1.1\n\n{}", "output": output }] } });
    let examples = examples.to_string();
    imported_with(&directory, &demo(), Input { examples: Some(&examples), ..Input::default() });
    let service = loaded(&directory).service;
    let nullable: Vec<_> = service.actions[0].response.iter().map(|field| field.nullable).collect();
    assert_eq!(nullable, [false, true]);
}
