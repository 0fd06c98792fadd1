//! Everything that is created, described, modified and deleted alike, by the examples of the specs.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::path::Path;

use fastrand::Rng;
use serde_json::{Map, Value, json};
use signer::{call, code};
use vod_emulator::{AnswerKind, EmulatedService, Emulator, Options};
use vod_spec::model::{Action, Element, Service};
use vod_spec::{Side, first_mismatch, load_service};

fn service() -> EmulatedService {
    let options = Options { enforce_rate_limits: false, ..Options::default() };
    Emulator::builder().options(options).build().unwrap()
}

fn spec() -> Service {
    load_service(Path::new(""), &Path::new(env!("CARGO_MANIFEST_DIR")).join("api-specs/vod")).service
}

/// An id as a text: some actions write it as a number, others as a text.
fn text(id: &Value) -> String {
    id.as_str().map_or_else(|| id.to_string(), str::to_owned)
}

/// One collection by its actions, which the test finds in the spec by their names alone.
struct Collection<'a> {
    create: &'a Action,
    describe: &'a Action,
    modify: Option<&'a Action>,
    delete: &'a Action,
    id: String,
    set: String,
    fields: Vec<String>,
}

/// Every modelled action `CreateX` with a `DescribeXs` and a `DeleteX` with one required parameter: the id.
fn collections<'a>(emulator: &EmulatedService, spec: &'a Service) -> Vec<Collection<'a>> {
    let modelled = emulator.coverage(AnswerKind::Modelled);
    let found = modelled.iter().filter_map(|name| {
        let noun = name.strip_prefix("Create")?;
        let describe = spec.action(&format!("Describe{noun}s"))?;
        let delete = spec.action(&format!("Delete{noun}"))?;
        let modify = [("Modify", ""), ("Reset", ""), ("Modify", "Config")]
            .iter()
            .find_map(|(verb, end)| spec.action(&format!("{verb}{noun}{end}")));
        let (set, record) = describe.response.iter().find_map(|field| match &field.ty.element {
            Element::Record(record) => Some((field.name.clone(), record)),
            _ => None,
        })?;
        Some(Collection {
            create: spec.action(name)?,
            describe,
            modify,
            delete,
            id: id_of(spec.action(name)?, delete)?,
            set,
            fields: spec.record(record)?.fields.iter().map(|field| field.name.clone()).collect(),
        })
    });
    found.collect()
}

/// The parameter that names what is to be deleted, if creating takes it or tells it.
fn id_of(create: &Action, delete: &Action) -> Option<String> {
    let mut named = delete.request.iter().filter(|field| field.name != "SubAppId");
    let id = &named.clone().find(|field| field.required).or_else(|| named.next())?.name;
    let is_id = create.request.iter().chain(&create.response).any(|field| field.name == *id);
    is_id.then(|| id.clone())
}

/// The parameters with an application, where the action wants one to be named.
fn in_application(action: &Action, mut parameters: Value) -> Value {
    if action.request.iter().any(|field| field.name == "SubAppId" && field.required) {
        parameters.as_object_mut().unwrap().entry("SubAppId").or_insert(json!(0));
    }
    parameters
}

/// The parameters of an example, for the application of the test.
fn example(action: &Action) -> Map<String, Value> {
    let given = action.examples.first().and_then(|example| example.request.as_object().cloned());
    let mut parameters = given.unwrap_or_default();
    parameters.remove("SubAppId");
    in_application(action, parameters.into()).as_object().unwrap().clone()
}

impl Collection<'_> {
    async fn create(&self, service: &EmulatedService, number: usize) -> Value {
        let mut parameters = example(self.create);
        let takes_id = self.create.request.iter().any(|field| field.name == self.id);
        if takes_id {
            parameters.insert(self.id.clone(), format!("name-{number}").into());
        }
        let answer = call(service, &self.create.name, parameters.clone().into()).await;
        assert_eq!(code(&answer), "ok", "{} {parameters:?}: {answer}", self.create.name);
        if takes_id { parameters[&self.id].clone() } else { answer[&self.id].clone() }
    }

    async fn described(&self, service: &EmulatedService, parameters: Value) -> (u64, Vec<Value>) {
        let answer = call(service, &self.describe.name, in_application(self.describe, parameters)).await;
        assert_eq!(code(&answer), "ok", "{}: {answer}", self.describe.name);
        (answer["TotalCount"].as_u64().unwrap(), answer[&self.set].as_array().unwrap().clone())
    }
}

/// Checks an answer against the fields of its action.
fn check_shape(spec: &Service, action: &Action, answer: &Value) {
    let mismatch = first_mismatch(spec, &action.response, false, answer, Side::Response);
    assert!(mismatch.is_none(), "{}: {}", action.name, mismatch.unwrap().message);
}

#[tokio::test]
async fn what_was_created_is_described_modified_and_deleted() {
    let (service, spec) = (service(), spec());
    let all = collections(&service, &spec);
    assert!(all.len() >= 26, "{}", all.len());
    for collection in &all {
        let name = &collection.create.name;
        let (before, _) = collection.described(&service, json!({})).await;
        assert_eq!(before, 0, "{name}");
        let id = collection.create(&service, 1).await;
        let mut answer =
            call(&service, &collection.describe.name, in_application(collection.describe, json!({}))).await;
        answer.as_object_mut().unwrap().remove("RequestId");
        check_shape(&spec, collection.describe, &answer);
        let item = answer[&collection.set][0].clone();
        assert_eq!(text(&item[&collection.id]), text(&id), "{name}");
        // What was given and has the same form in the description is there as it was given.
        for (member, value) in example(collection.create) {
            let is_plain = !value.is_object() && !value.is_array();
            if is_plain && member != collection.id && collection.fields.contains(&member) {
                assert_eq!(text(&item[&member]), text(&value), "{name}: {member}");
            }
        }
        if let Some(modify) = collection.modify {
            let mut parameters = example(modify);
            parameters.insert(collection.id.clone(), id.clone());
            let answer = call(&service, &modify.name, parameters.clone().into()).await;
            assert_eq!(code(&answer), "ok", "{}: {answer}", modify.name);
            let (_, items) = collection.described(&service, json!({})).await;
            for (member, value) in parameters {
                let is_plain = value.is_string() && collection.fields.contains(&member);
                assert!(
                    !is_plain || items[0][&member] == value,
                    "{}: {member}: {}",
                    modify.name,
                    items[0][&member]
                );
            }
            if modify.name.starts_with("Modify") {
                assert_eq!(items[0]["CreateTime"], item["CreateTime"], "{name}");
            }
            let mut absent = example(modify);
            let unknown = if id.is_string() { json!("unknown") } else { json!(987_654) };
            absent.insert(collection.id.clone(), unknown);
            let answer = call(&service, &modify.name, absent.into()).await;
            let listed = modify.errors.is_empty() && code(&answer) == "ResourceNotFound"
                || modify.errors.iter().any(|error| error.code == code(&answer));
            // An action may list no code that fits.
            assert!(listed || code(&answer) == "InternalError", "{}: {}", modify.name, code(&answer));
        }
        let delete = || {
            call(
                &service,
                &collection.delete.name,
                in_application(collection.delete, json!({ collection.id.as_str(): id })),
            )
        };
        assert_eq!(code(&delete().await), "ok", "{}", collection.delete.name);
        assert_ne!(code(&delete().await), "ok", "{}", collection.delete.name);
        assert_eq!(collection.described(&service, json!({})).await, (0, Vec::new()), "{name}");
    }
}

#[tokio::test]
async fn pages_and_totals_add_up() {
    let (service, spec) = (service(), spec());
    let mut random = Rng::with_seed(14);
    for collection in &collections(&service, &spec) {
        let name = &collection.create.name;
        let count = random.usize(3..9);
        let mut ids = Vec::new();
        for number in 0..count {
            ids.push(collection.create(&service, number).await);
        }
        let gone = ids.remove(random.usize(..ids.len()));
        let answer = call(
            &service,
            &collection.delete.name,
            in_application(collection.delete, json!({ collection.id.as_str(): gone })),
        )
        .await;
        assert_eq!(code(&answer), "ok");
        let size = random.usize(1..=4);
        let mut seen = Vec::new();
        for offset in (0..count).step_by(size) {
            let (total, items) =
                collection.described(&service, json!({ "Offset": offset, "Limit": size })).await;
            assert_eq!(total, ids.len() as u64, "{name}");
            assert!(items.len() <= size, "{name}");
            seen.extend(items.into_iter().map(|item| text(&item[&collection.id])));
        }
        assert_eq!(seen, ids.iter().map(text).collect::<Vec<_>>(), "{name}");
        let plural = format!("{}s", collection.id);
        if collection.describe.request.iter().any(|field| field.name == plural) {
            let (total, items) = collection.described(&service, json!({ plural: [ids[1]] })).await;
            assert_eq!((total, text(&items[0][&collection.id])), (1, text(&ids[1])), "{name}");
        }
        let takes_text = collection
            .describe
            .request
            .iter()
            .any(|field| field.name == "SubAppId" && field.ty.element == Element::String);
        let application = if takes_text { json!("77") } else { json!(77) };
        let (other, _) = collection.described(&service, json!({ "SubAppId": application })).await;
        assert_eq!(other, 0, "{name} of another application");
    }
}

#[tokio::test]
async fn a_change_merges_into_objects() {
    let service = service();
    let video = json!({ "Codec": "libx264", "Fps": 25, "Bitrate": 1000, "Width": 640, "Height": 360 });
    let created = json!({ "Container": "mp4", "Name": "small", "VideoTemplate": video });
    let id = call(&service, "CreateTranscodeTemplate", created).await["Definition"].clone();
    let change = json!({ "Definition": id, "VideoTemplate": { "Bitrate": 500 } });
    assert_eq!(code(&call(&service, "ModifyTranscodeTemplate", change).await), "ok");
    let found = call(&service, "DescribeTranscodeTemplates", json!({ "Definitions": [id] })).await;
    let found = &found["TranscodeTemplateSet"][0];
    assert_eq!((&found["Name"], &found["Type"]), (&json!("small"), &json!("Custom")));
    assert_eq!(
        (&found["VideoTemplate"]["Bitrate"], &found["VideoTemplate"]["Width"]),
        (&json!(500), &json!(640))
    );
    let presets = call(&service, "DescribeTranscodeTemplates", json!({ "Type": "Preset" })).await;
    assert_eq!(presets["TotalCount"], 0);
}
