//! A small model in the form of the vendor's, and directories to import it into.

use std::fs;
use std::path::{Path, PathBuf};

use serde_json::{Value, json};
use vod_import::{Input, Outcome, import};
use vod_spec::{Loaded, load_service};

/// A directory of its own for each test, empty.
pub(crate) fn directory(test: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join("import").join(test);
    let _ = fs::remove_dir_all(&path);
    path
}

/// A member of an object: name, `type`, `member`, and what else it has.
pub(crate) fn member(name: &str, kind: &str, element: &str, more: Value) -> Value {
    let mut member = json!({ "name": name, "type": kind, "member": element, "document": "" });
    let (Some(into), Value::Object(more)) = (member.as_object_mut(), more) else {
        unreachable!("both are objects")
    };
    into.extend(more);
    member
}

/// A model of these actions (name, parameters, answer) and types (name, members).
pub(crate) fn model(actions: &[(&str, Vec<Value>, Vec<Value>)], types: &[(&str, Vec<Value>)]) -> Value {
    let mut model = json!({
        "metadata": { "serviceShortName": "demo", "apiVersion": "2024-01-01" },
        "actions": {},
        "objects": {},
    });
    for (name, request, response) in actions {
        let (input, output) = (format!("{name}Request"), format!("{name}Response"));
        model["actions"][name] = json!({ "input": input, "output": output, "status": "online" });
        let mut response = response.clone();
        response.push(member("RequestId", "string", "string", json!({})));
        model["objects"][input] = json!({ "members": request });
        model["objects"][output] = json!({ "members": response });
    }
    for (name, members) in types {
        model["objects"][name] = json!({ "members": members });
    }
    model
}

/// Imports a model and writes what it changes.
#[track_caller]
pub(crate) fn imported(directory: &Path, model: &Value) -> Outcome {
    imported_with(directory, model, Input::default())
}

/// Imports a model and more.
#[track_caller]
pub(crate) fn imported_with(directory: &Path, model: &Value, input: Input<'_>) -> Outcome {
    let text = model.to_string();
    let outcome = import(directory, &Input { model: &text, ..input }).unwrap();
    outcome.write(directory).unwrap();
    outcome
}

/// What the directory says, which must be sound.
#[track_caller]
pub(crate) fn loaded(directory: &Path) -> Loaded {
    let loaded = load_service(directory, Path::new(""));
    assert_eq!(loaded.problems, []);
    loaded
}

pub(crate) fn read(directory: &Path, file: &str) -> String {
    fs::read_to_string(directory.join(file)).unwrap()
}

pub(crate) fn write(directory: &Path, file: &str, text: &str) {
    let path = directory.join(file);
    fs::create_dir_all(path.parent().unwrap()).unwrap();
    fs::write(path, text).unwrap();
}

/// The changes as texts.
pub(crate) fn told(outcome: &Outcome) -> Vec<String> {
    outcome.changes.iter().map(ToString::to_string).collect()
}
