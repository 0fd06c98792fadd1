//! The spec files of this repository against the vendor's models and examples.
//!
//! What needs the models runs where `VOD_SPEC_MODELS` names a folder with them, as for `all_models`.

use std::path::{Path, PathBuf};

use serde_json::Value;
use toml_edit::{DocumentMut, Item, Table};
use vod_import::{Input, import};
use vod_spec::model::{Element, Field, Service};
use vod_spec::{Side, check_value, load_service};

use crate::all_models::find;

/// Services of this repository, and where their models are.
const SERVICES: [(&str, &str); 2] = [("vod", "vod/v20180717"), ("sts", "sts/v20180813")];

/// How the vendor's model calls a text a point in time or a day.
const POINTS_IN_TIME: [&str; 5] = ["ISO 8601", "ISO8601", "ISO 日期格式", "RFC3339", "yyyy-MM-dd"];

/// An example of the vendor that the spec files do not have.
struct LeftOut {
    service: String,
    action: String,
    number: i64,
    fault: String,
    request: Value,
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn specs(service: &str) -> Service {
    load_service(&repository(), &Path::new("api-specs").join(service)).service
}

fn list() -> DocumentMut {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/left_out_examples.toml");
    std::fs::read_to_string(path).unwrap().parse().unwrap()
}

/// The exceptions.
fn left_out() -> Vec<LeftOut> {
    let list = list();
    let text = |table: &Table, key: &str| table[key].as_str().unwrap().to_owned();
    let examples = list["example"].as_array_of_tables().unwrap().iter();
    examples
        .map(|table| {
            assert!(!text(table, "reason").is_empty());
            LeftOut {
                service: text(table, "service"),
                action: text(table, "action"),
                number: table.get("number").and_then(Item::as_integer).unwrap(),
                fault: text(table, "fault"),
                request: serde_json::from_str(&text(table, "request")).unwrap(),
            }
        })
        .collect()
}

/// The model of each service with its examples; none where the vendor's models are not at hand.
fn models() -> Option<Vec<(&'static str, String, String)>> {
    let folder = std::env::var_os("VOD_SPEC_MODELS")?;
    let mut paths = Vec::new();
    find(Path::new(&folder), &mut paths);
    let read = |(service, place): (&'static str, &str)| {
        let path = paths.iter().find(|path| path.ends_with(Path::new(place).join("api.json")));
        assert!(path.is_some(), "there is no {place} below {}", folder.display());
        let path = path.unwrap();
        let examples = path.with_file_name("examples.json");
        (service, std::fs::read_to_string(path).unwrap(), std::fs::read_to_string(examples).unwrap())
    };
    Some(SERVICES.map(read).into())
}

#[test]
fn examples_that_are_left_out_contradict_their_action() {
    for example in left_out() {
        let service = specs(&example.service);
        let action = service.action(&example.action).unwrap();
        let faults = check_value(&service, &action.request, &example.request, Side::Request);
        let found = faults.first().map(|fault| format!("its request: {}", fault.message));
        assert_eq!(found.as_ref(), Some(&example.fault), "{} {}", example.action, example.number);
        assert!(action.examples.iter().all(|other| other.request != example.request), "{}", example.action);
    }
}

#[test]
fn the_specs_agree_with_the_models_and_have_every_example_that_is_not_listed() {
    let Some(models) = models() else { return };
    for (name, model, examples) in models {
        let service = specs(name);
        let only: Vec<String> = service.actions.iter().map(|action| action.name.clone()).collect();
        let categories = std::fs::read_to_string(repository().join("vod-import/data/vod_categories.toml"));
        let categories = categories.unwrap();
        let input = Input {
            model: &model,
            examples: Some(&examples),
            categories: (name == "vod").then_some(&*categories),
            only: if name == "vod" { &[] } else { &only },
            ..Input::default()
        };
        let outcome = import(&repository().join("api-specs").join(name), &input).unwrap();
        // Also says that each of the other examples is in the files: they would be added.
        assert_eq!((outcome.changes, outcome.files), (vec![], vec![]), "{name}");

        let mut found: Vec<String> = outcome.notes;
        found.retain(|note| note.starts_with("left out example"));
        let listed = left_out().into_iter().filter(|example| example.service == name);
        let mut listed: Vec<String> = listed
            .map(|LeftOut { action, number, fault, .. }| {
                format!("left out example {number} of {action}: {fault}")
            })
            .collect();
        found.sort();
        listed.sort();
        assert_eq!(found, listed, "{name}: left out, and listed in left_out_examples.toml");

        let examples: Value = serde_json::from_str(&examples).unwrap();
        let count = |action: &String| examples["actions"][action].as_array().map_or(0, Vec::len);
        let all: usize = only.iter().map(count).sum();
        let said = list()["examples"][name].as_integer().and_then(|count| usize::try_from(count).ok());
        assert_eq!(said, Some(all), "{name}: how many examples the vendor has");
        println!("{name}: {} of {all} examples of the vendor are in the spec files", all - listed.len());
    }
}

#[test]
fn what_the_model_calls_a_point_in_time_is_typed_as_one() {
    let Some(models) = models() else { return };
    for (name, model, _) in models {
        let service = specs(name);
        let model: Value = serde_json::from_str(&model).unwrap();
        let mut texts = Vec::new();
        let mut times = 0;
        for (owner, fields) in owners(&service) {
            let members = model["objects"][&owner]["members"].as_array();
            for member in members.into_iter().flatten() {
                let document = member["document"].as_str().unwrap_or_default();
                if member["member"] != "string" || !POINTS_IN_TIME.iter().any(|word| document.contains(word))
                {
                    continue;
                }
                let field = fields.iter().find(|field| field.name == member["name"]).unwrap();
                times += 1;
                if !matches!(field.ty.element, Element::Timestamp | Element::Date) {
                    texts.push(format!("{owner}.{}", field.name));
                }
            }
        }
        assert_eq!(texts, Vec::<String>::new(), "{name}");
        println!("{name}: {times} texts of the model are points in time");
    }
}

/// The objects of the model by name, with their fields in the specs.
fn owners(service: &Service) -> Vec<(String, &[Field])> {
    let actions = service.actions.iter();
    let requests = actions.clone().map(|action| (format!("{}Request", action.name), &*action.request));
    let responses = actions.map(|action| (format!("{}Response", action.name), &*action.response));
    let types = service.types.iter().map(|record| (record.name.clone(), &*record.fields));
    requests.chain(responses).chain(types).collect()
}
