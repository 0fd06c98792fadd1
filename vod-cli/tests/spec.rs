//! `vod spec`, as a maintainer and CI call it.

#![allow(clippy::unwrap_used)] // a helper that fails has failed the test

use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};

/// A model with one action and one parameter.
const MODEL: &str = r#"{
    "metadata": { "apiVersion": "2024-01-01", "serviceShortName": "demo" },
    "actions": { "Act": { "name": "Act", "input": "ActRequest", "output": "ActResponse" } },
    "objects": {
        "ActRequest": { "members": [{ "name": "Name", "type": "string", "member": "string", "required": true }] },
        "ActResponse": { "members": [] }
    }
}"#;

fn vod(arguments: &[&str], directory: &Path) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vod"))
        .arg("spec")
        .args(arguments)
        .current_dir(directory)
        .output()
        .unwrap()
}

/// A new directory with the model in it.
fn directory(test: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    if directory.exists() {
        fs::remove_dir_all(&directory).unwrap();
    }
    fs::create_dir_all(&directory).unwrap();
    fs::write(directory.join("api.json"), MODEL).unwrap();
    directory
}

fn import(directory: &Path, more: &[&str]) -> Output {
    let arguments = ["--model", "api.json", "--out", "specs"];
    vod(&[&["import"], &arguments[..], more].concat(), directory)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\r', "")
}

#[test]
fn import_writes_and_check_tells_whether_it_would() {
    let directory = directory("program_import");

    let before = import(&directory, &["--check"]);
    assert_eq!(before.status.code(), Some(1));
    assert!(!directory.join("specs").exists());
    assert_eq!(
        text(&before.stdout),
        "added service demo: 2024-01-01\nadded action Act: Act.toml\n2 changes, 0 notes, 2 files would change\n"
    );

    assert_eq!(import(&directory, &[]).status.code(), Some(0));
    assert!(fs::read_to_string(directory.join("specs/Act.toml")).unwrap().starts_with("action = \"Act\"\n"));

    let after = import(&directory, &["--check"]);
    assert_eq!(after.status.code(), Some(0));
    assert_eq!(text(&after.stdout), "0 changes, 0 notes, 0 files would change\n");

    let missing = import(&directory, &["--examples", "nowhere.json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).starts_with("error: nowhere.json cannot be read: "));
}

#[test]
fn check_prints_every_problem_and_texts_if_asked() {
    let directory = directory("program_check");
    import(&directory, &[]);
    let check = |arguments: &[&str]| vod(&[&["check"], arguments].concat(), &directory);

    let sound = check(&["specs"]);
    assert_eq!((sound.status.code(), &*text(&sound.stdout)), (Some(0), "0 problems\n"));

    let docs = check(&["--docs", "specs"]);
    assert_eq!(docs.status.code(), Some(1));
    assert_eq!(
        text(&docs.stdout),
        "specs/Act.toml:1:10 [Act] `doc` is not written yet; say what it means\n\
         specs/Act.toml:1:10 [Act] `summary` is not written yet; say what it means\n\
         specs/Act.toml:5:10 [Act.Name] `doc` is not written yet; say what it means\n\
         specs/service.toml:1:1 `doc` is not written yet; say what it means\n\
         specs/service.toml:1:1 `summary` is not written yet; say what it means\n\
         5 problems\n"
    );

    fs::write(directory.join("specs/Act.toml"), "action = \"Act\"\n").unwrap();
    let broken = check(&["specs", "nowhere"]);
    assert_eq!(broken.status.code(), Some(1));
    let printed = text(&broken.stdout);
    assert!(printed.contains("specs/Act.toml:1:1 [Act] `summary` is missing; "), "{printed}");
    assert!(printed.contains("nowhere:1:1 there is no such directory; "), "{printed}");
}

#[test]
fn new_writes_a_file_that_loads_and_whose_texts_are_still_to_be_written() {
    let directory = directory("spec_new");
    import(&directory, &[]);
    let new = |name: &str| vod(&["new", name, "--in", "specs"], &directory);

    assert_eq!(text(&new("BrandNewAction").stdout), "specs/BrandNewAction.toml\n");
    assert_eq!(text(&vod(&["check", "specs"], &directory).stdout), "0 problems\n");
    let docs = text(&vod(&["check", "--docs", "specs"], &directory).stdout);
    assert!(docs.contains("[BrandNewAction.Name] `doc` is not written yet"), "{docs}");

    let again = new("BrandNewAction");
    assert_eq!(again.status.code(), Some(2), "an existing file must stay");
    assert!(text(&new("brand-new").stderr).starts_with("error: `brand-new` is not an action's name"));
}

#[test]
fn expand_prints_the_code_of_one_action() {
    let directory = directory("spec_expand");
    import(&directory, &[]);
    let expand = |name: &str| vod(&["expand", name, "--specs", "specs"], &directory);

    let code = text(&expand("Act").stdout);
    assert!(code.contains("pub struct ActRequest {"), "{code}");
    assert!(code.contains("::vod_api::"), "{code}");

    let unknown = expand("Akt");
    assert_eq!(unknown.status.code(), Some(2));
    assert_eq!(text(&unknown.stderr), "error: specs has no action `Akt`; did you mean `Act`?\n");
}
