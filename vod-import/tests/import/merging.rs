//! Onto spec files that people have worked on.

use serde_json::{Value, json};
use vod_import::{ImportError, Input, import};

use crate::sample::{directory, imported, imported_with, loaded, member, model, read, told, write};

const SERVICE: &str = r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc     = "For tests."

[endpoints]
mainland = "demo.example.com" # only one

[parameters.SubAppId]
type = "uint64"
doc  = "The application."

[errors]
InternalError = { class = "service", doc = "It failed." }
"#;

const ACTION: &str = r#"# Written by hand.
action     = "Pull"
summary    = "Fetches events."
doc        = "Long poll."
rate-limit = 100
idempotent = true

[request.Mode]
type     = "Switch"   # better than a text
doc      = "Whether to wait."

[request.Key]
sensitive = true
type      = "string"
pattern   = "^[a-z]*$"
length    = { min = 2, max = 9 }
doc       = "Key to sign with."

[request.Extra]
type = "json"
doc  = "Anything."

[request.Gone]
type = "string"
doc  = "No longer there."

[request.SubAppId]
use = "SubAppId"

[response.Level]
type = "string"
doc  = "How far."

[response.Level.values]
LOW = "Little."

[errors]
InternalError = "Not pulled."

[[example]]
title    = "A pull"
request  = { Mode = "ON", Extra = "1" }
response = '{"RequestId": "r"}'
"#;

const TYPES: &str = r#"[enums.Switch]
doc = "On or off."
[enums.Switch.values]
ON = "Switched on."
"#;

fn by_hand(test: &str) -> std::path::PathBuf {
    let directory = directory(test);
    write(&directory, "service.toml", SERVICE);
    write(&directory, "events/Pull.toml", ACTION);
    write(&directory, "events/types.toml", TYPES);
    directory
}

fn text(name: &str, more: Value) -> Value {
    member(name, "string", "string", more)
}

fn agreeing() -> Vec<Value> {
    vec![
        text("Mode", json!({ "document": "<li>ON：开</li><li>OFF：关</li>" })),
        text("Key", json!({ "document": "<li>Sign：签名</li><li>T：时间</li>" })),
        text("Extra", json!({})),
        member("SubAppId", "int", "uint64", json!({})),
    ]
}

fn level() -> Value {
    text("Level", json!({ "document": "<li>LOW：低</li><li>HIGH：高</li>" }))
}

#[test]
fn words_and_refinements_stay_and_facts_follow() {
    let directory = by_hand("merge");
    let mut request = agreeing();
    request[1]["document"] = json!("长度限制：32 个字符。");
    request[3]["required"] = json!(true);
    request.push(text("New", json!({ "required": true })));
    let answer = vec![level(), member("Count", "int", "int64", json!({}))];
    let model = model(
        &[("Pull", request, answer), ("Push", vec![member("SubAppId", "int", "uint64", json!({}))], vec![])],
        &[],
    );
    let examples = json!({ "actions": { "Pull": [{
        "input": "https://demo.example.com/?Action=Pull&Mode=ON&Extra=1&SubAppId=1&New=x&<common>",
        "output": "{\"Response\": {\"Count\": 3, \"RequestId\": \"r\"}}",
    }] } });
    let examples = examples.to_string();
    let outcome = imported_with(&directory, &model, Input { examples: Some(&examples), ..Input::default() });
    assert_eq!(
        told(&outcome),
        [
            "removed field Pull.Gone",
            "changed limit Pull.Key: length 9 -> 32",
            "changed field Pull.SubAppId: required",
            "added field Pull.New: string",
            "added value Pull.Level: HIGH",
            "added field Pull.Count: int64",
            "added action Push: Push.toml",
            "added value Switch.OFF",
            "removed example Pull: A pull: its request: `SubAppId` is required and missing",
            "added example Pull: number 1",
        ]
    );
    let expected = ACTION
        .replace("length    = { min = 2, max = 9 }", "length    = { min = 2, max = 32 }")
        .replace("[request.Gone]\ntype = \"string\"\ndoc  = \"No longer there.\"\n\n", "")
        .replace(
            "use = \"SubAppId\"\n",
            "use = \"SubAppId\"\nrequired = true\n\n[request.New]\ntype = \"string\"\nrequired = true\ndoc = \"Not described yet.\"\n",
        )
        .replace(
            "LOW = \"Little.\"\n",
            "LOW = \"Little.\"\nHIGH = \"Not described yet.\"\n\n[response.Count]\ntype = \"int64\"\ndoc = \"Not described yet.\"\n",
        );
    let (before, _) = expected.split_once("[[example]]").unwrap();
    let now = read(&directory, "events/Pull.toml");
    // The keys of the one field that was written to are put in order.
    let before = before.replace(
        "sensitive = true\ntype      = \"string\"\npattern   = \"^[a-z]*$\"\nlength    = { min = 2, max = 32 }\n",
        "type      = \"string\"\nsensitive = true\nlength    = { min = 2, max = 32 }\npattern   = \"^[a-z]*$\"\n",
    );
    assert_eq!(now.split_once("[[example]]").unwrap().0, before);
    assert!(now.ends_with(
        "[[example]]\ntitle = \"Not described yet.\"\n\
         request = '{\"Extra\":\"1\",\"Mode\":\"ON\",\"New\":\"x\",\"SubAppId\":1}'\n\
         response = '{\"Count\":3,\"RequestId\":\"r\"}'\n"
    ));
    assert_eq!(read(&directory, "service.toml"), SERVICE);
    assert_eq!(read(&directory, "events/types.toml"), format!("{TYPES}OFF = \"Not described yet.\"\n"));
    loaded(&directory);
    let again = imported_with(&directory, &model, Input { examples: Some(&examples), ..Input::default() });
    assert_eq!((again.changes, again.files), (vec![], vec![]));
}

#[test]
fn what_agrees_keeps_every_byte() {
    let directory = by_hand("agree");
    write(&directory, "events/types.toml", &format!("{TYPES}OFF = \"Switched off.\"\n"));
    let action = ACTION.replace("LOW = \"Little.\"\n", "LOW = \"Little.\"\nHIGH = \"Much.\"\n");
    let action = action.replace("[request.Gone]\ntype = \"string\"\ndoc  = \"No longer there.\"\n\n", "");
    write(&directory, "events/Pull.toml", &action);
    let outcome = imported(&directory, &model(&[("Pull", agreeing(), vec![level()])], &[]));
    assert_eq!((outcome.changes, outcome.files), (vec![], vec![]));
    // A text with a pattern is no enumeration, whatever its description lists.
    assert_eq!(outcome.notes, ["Pull.Key is a plain text; the model seems to list values: Sign, T"]);
}

#[test]
fn what_the_model_has_lost_goes_and_a_file_without_anything_with_it() {
    let directory = by_hand("lost");
    write(&directory, "events/old.toml", "[types.Old]\ndoc = \"Old.\"\n");
    let outcome = imported(&directory, &model(&[("Other", vec![], vec![])], &[]));
    assert_eq!(told(&outcome), ["removed action Pull", "removed type Old", "added action Other: Other.toml"]);
    assert!(!directory.join("events/Pull.toml").exists());
    assert!(!directory.join("events/old.toml").exists());
    assert_eq!(read(&directory, "events/types.toml"), TYPES);
}

#[test]
fn a_type_that_the_model_changed_is_taken_over() {
    let directory = by_hand("types");
    let mut request = agreeing();
    request[2] = member("Extra", "object", "Extra", json!({}));
    let examples = r#"{"actions": {}}"#;
    let input = Input { examples: Some(examples), ..Input::default() };
    let outcome = imported_with(
        &directory,
        &model(&[("Pull", request, vec![level()])], &[("Extra", vec![text("A", json!({}))])]),
        input,
    );
    let told = told(&outcome);
    assert!(told.contains(&"changed type Pull.Extra: json -> Extra".to_owned()), "{told:#?}");
    assert!(
        told.contains(
            &"removed example Pull: A pull: its request: `Extra` is a text, not an object".to_owned()
        ),
        "{told:#?}"
    );
    assert_eq!(loaded(&directory).service.types.len(), 1);
}

#[test]
fn a_union_by_hand_stays_and_keeps_its_name() {
    let directory = directory("union");
    let payload = |name: &str| member(name, "object", "Payload", json!({ "value_allowed_null": true }));
    let event = vec![text("Kind", json!({ "output_required": true })), payload("A"), payload("B")];
    let answer = || vec![member("Event", "object", "Event", json!({}))];
    let before = model(&[("Pull", vec![], answer())], &[("Event", event.clone()), ("Payload", vec![])]);
    imported(&directory, &before);
    let types = read(&directory, "types.toml");
    let types = types
        .replacen(
            "[types.Event]\n",
            "[types.Event]\nunknown-members = \"keep\"\nunion = { name = \"Carried\", tag = \"Kind\" }\n",
            1,
        )
        .replacen("[types.Event.fields.A]\n", "[types.Event.fields.A]\ntag = \"a\"\n", 1)
        .replacen("[types.Event.fields.B]\n", "[types.Event.fields.B]\ntag = \"b\"\n", 1);
    write(&directory, "types.toml", &types);
    let mut more = event;
    more.push(member("C", "object", "Carried", json!({})));
    let after =
        model(&[("Pull", vec![], answer())], &[("Event", more), ("Payload", vec![]), ("Carried", vec![])]);
    assert_eq!(
        told(&imported(&directory, &after)),
        ["added type CarriedType: types.toml", "added field Event.C: CarriedType"]
    );
    let service = loaded(&directory).service;
    let tags: Vec<_> =
        service.record("Event").unwrap().fields.iter().map(|field| field.tag.as_deref()).collect();
    assert_eq!(tags, [None, Some("a"), Some("b"), None]);
}

#[test]
fn faulty_spec_files_are_not_touched() {
    let directory = by_hand("faulty");
    write(&directory, "events/Pull.toml", &ACTION.replace("doc        =", "docs       ="));
    let text = model(&[("Pull", agreeing(), vec![])], &[]).to_string();
    let result = import(&directory, &Input { model: &text, ..Input::default() });
    let Err(ImportError::Faulty(problems)) = result else { panic!("{result:?}") };
    assert_eq!(problems.len(), 1);
    assert_eq!(
        problems[0].to_string(),
        "events/Pull.toml:4:1 [Pull] unknown key `docs`; did you mean `doc`?"
    );
}

#[test]
fn a_limit_by_hand_that_contradicts_the_model_is_told() {
    let directory = by_hand("contradiction");
    let action = ACTION.replace("[request.Gone]", "[request.Size]").replace(
        "type = \"string\"\ndoc  = \"No longer there.\"",
        "type = \"int64\"\nrange = { min = -5, max = 9 }\ndoc  = \"Size in bytes.\"",
    );
    write(&directory, "events/Pull.toml", &action);
    let mut request = agreeing();
    request.push(member("Size", "int", "uint64", json!({})));
    let text = model(&[("Pull", request, vec![level()])], &[]).to_string();
    let result = import(&directory, &Input { model: &text, ..Input::default() });
    let Err(ImportError::Contradiction(problems)) = result else { panic!("{result:?}") };
    assert!(
        problems[0].to_string().contains("[Pull.Size] `range` of `uint64` has a negative bound"),
        "{problems:?}"
    );
}

#[test]
fn input_that_is_no_model_is_refused() {
    let directory = directory("no_model");
    for (text, fault) in [
        ("{", "the model cannot be used: it is not JSON"),
        ("{}", "the model cannot be used: it has no object `metadata`"),
        (
            r#"{"metadata": {}, "actions": {}, "objects": {}}"#,
            "the model cannot be used: `metadata` names no `serviceShortName`",
        ),
    ] {
        let error = import(&directory, &Input { model: text, ..Input::default() }).unwrap_err();
        assert!(error.to_string().starts_with(fault), "{error}");
    }
    let model = model(&[("Act", vec![], vec![])], &[]).to_string();
    for (categories, fault) in [
        ("a = 1", "the list of categories cannot be used: `a` is no table of actions"),
        ("[a]\nAct = {}\n[b]\nAct = {}", "the list of categories cannot be used: `Act` is in two folders"),
        ("[\"../a\"]\nAct = {}", "the list of categories cannot be used: `../a` is no folder's name"),
    ] {
        let input = Input { model: &model, categories: Some(categories), ..Input::default() };
        assert_eq!(import(&directory, &input).unwrap_err().to_string(), fault);
    }
    let input = Input { model: &model, errors: Some("[]"), ..Input::default() };
    assert_eq!(
        import(&directory, &input).unwrap_err().to_string(),
        "the list of error codes is no object of actions"
    );
}

#[test]
fn the_directory_of_another_service_is_left_alone() {
    let directory = directory("another_service");
    let demo = model(&[("Act", vec![], vec![])], &[]);
    imported(&directory, &demo);
    for (key, value) in [("serviceShortName", "other"), ("apiVersion", "2025-01-01")] {
        let mut stranger = demo.clone();
        stranger["metadata"][key] = json!(value);
        let text = stranger.to_string();
        let error = import(&directory, &Input { model: &text, ..Input::default() }).unwrap_err();
        let told = error.to_string();
        assert!(told.contains("the directory holds `demo` 2024-01-01") && told.contains(value), "{told}");
    }
    let text = demo.to_string();
    let above = crate::sample::directory("above_services");
    imported(&above.join("demo"), &demo);
    let error = import(&above, &Input { model: &text, ..Input::default() });
    let told = error.unwrap_err().to_string();
    assert!(told.contains("the directory has a service in its folder"), "{told}");
}

#[test]
fn what_only_one_site_has_stays() {
    let directory = directory("one_site");
    let text = || member("Name", "string", "string", json!({}));
    let item = || member("Item", "object", "Thing", json!({}));
    let whole = model(
        &[("Keep", vec![text()], vec![]), ("Other", vec![text(), item()], vec![])],
        &[("Thing", vec![text()])],
    );
    imported(&directory, &whole);
    let other = read(&directory, "Other.toml").replace("action = ", "only-on = \"international\"\naction = ");
    write(&directory, "Other.toml", &other);
    let path = if directory.join("types.toml").exists() { "types.toml" } else { "Other.toml" };
    let types =
        read(&directory, path).replace("[types.Thing]\n", "[types.Thing]\nonly-on = \"international\"\n");
    write(&directory, path, &types);
    let keep = format!(
        "{}\n[request.Extra]\ntype = \"string\"\nonly-on = \"mainland\"\ndoc = \"More of it.\"\n",
        read(&directory, "Keep.toml")
    );
    write(&directory, "Keep.toml", &keep);
    let outcome = imported(&directory, &model(&[("Keep", vec![text()], vec![])], &[]));
    assert_eq!((told(&outcome), outcome.files), (vec![], vec![]));
    assert!(loaded(&directory).service.action("Other").is_some());
}
