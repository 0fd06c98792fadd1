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

    let docs = check(&["--docs", "--short", "specs"]);
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
    let broken = check(&["--short", "specs", "nowhere"]);
    assert_eq!(broken.status.code(), Some(1));
    let printed = text(&broken.stdout);
    assert!(printed.contains("specs/Act.toml:1:1 [Act] `summary` is missing; "), "{printed}");
    assert!(printed.contains("nowhere:1:1 there is no such directory; "), "{printed}");
}

#[test]
fn check_shows_the_lines_that_problems_are_about_in_the_words_of_the_compile_error() {
    let directory = directory("spec_excerpts");
    import(&directory, &[]);
    let path = directory.join("specs/Act.toml");
    let sound = fs::read_to_string(&path).unwrap();
    fs::write(&path, sound.replace("\"string\"", "\"strng\"")).unwrap();

    let long = vod(&["check", "specs"], &directory);
    assert_eq!(long.status.code(), Some(1));
    assert_eq!(
        text(&long.stdout),
        "error: [Act.Name] unknown type `strng`\n \
         --> specs/Act.toml:6:8\n  \
         |\n\
         6 | type = \"strng\"\n  \
         |        ^^^^^^^\n  \
         |\n  \
         = help: did you mean `string`?\n\n\
         1 problem\n"
    );
    let short = text(&vod(&["check", "--short", "specs"], &directory).stdout);
    assert_eq!(
        short,
        "specs/Act.toml:6:8 [Act.Name] unknown type `strng`; did you mean `string`?\n1 problem\n"
    );

    // Whatever is in a file, each problem of the short form is there, with the same words.
    let hostile: &[&[u8]] = &[
        b"",
        b"\xFF\xFE",
        b"\xEF\xBB\xBFaction = 7\n",
        b"action = \"Act\"\r\nsummary = \"\"\"\r\n\x1b[31m\r\n",
        "action = \"\u{1F600}\u{202E}\"\n[request.\"\u{1F600}\"]\ntype = 'x".as_bytes(),
        &[b'['; 3000],
    ];
    for bytes in hostile {
        fs::write(&path, bytes).unwrap();
        let long = text(&vod(&["check", "specs"], &directory).stdout);
        let short = text(&vod(&["check", "--short", "specs"], &directory).stdout);
        assert_eq!(long.lines().last(), short.lines().last());
        assert!(!long.contains('\u{1b}'), "{long:?}");
        for problem in short.lines().take_while(|line| line.contains("; ")) {
            let (place, words) = problem.split_once(' ').unwrap();
            let (what, instead) = words.rsplit_once("; ").unwrap();
            assert!(
                long.contains(place) || long.contains(place.split(':').next().unwrap()),
                "{place}\n{long}"
            );
            for part in what.split(['\u{1F600}', '\u{202E}']).chain([instead]) {
                assert!(long.contains(part.trim()), "{part}\n{long}");
            }
        }
    }
}

const BEFORE: &str = r#"
action = "Act"
summary = "Acts."
doc = "It acts."
rate-limit = 10
[request.Name]
type = "string"
length = { max = 10 }
doc = "A name."
[request.Kept]
type = "Thing"
doc = "A thing."
[response.Thing]
type = "Thing"
doc = "A thing."
[types.Thing]
doc = "A thing."
[types.Thing.fields.Size]
type = "int64"
doc = "Its size."
[types.Thing.fields.Old]
type = "string"
doc = "Gone."
[enums.Colour]
doc = "Colours."
values = { Red = "Red.", Blue = "Blue." }
[request.Colour]
type = "Colour"
doc = "A colour."
"#;

#[test]
fn diff_tells_what_changed_and_what_breaks_programs() {
    let directory = directory("spec_diff");
    import(&directory, &[]);
    fs::write(directory.join("specs/Act.toml"), BEFORE).unwrap();
    let checked = text(&vod(&["check", "specs"], &directory).stdout);
    assert_eq!(checked, "0 problems\n");
    let after = BEFORE
        .replace("rate-limit = 10", "rate-limit = 20")
        .replace("max = 10", "max = 8")
        .replace("\"int64\"", "\"uint64\"")
        .replace("[types.Thing.fields.Old]", "[types.Thing.fields.New]\nrequired = true")
        .replace("Blue = \"Blue.\"", "Green = \"Green.\"")
        .replace("It acts.", "It acts well.");
    fs::create_dir(directory.join("later")).unwrap();
    fs::copy(directory.join("specs/service.toml"), directory.join("later/service.toml")).unwrap();
    fs::write(directory.join("later/Act.toml"), after).unwrap();
    let diff = |more: &[&str]| vod(&[&["diff"], more].concat(), &directory);

    let none = diff(&["specs", "specs"]);
    assert_eq!((none.status.code(), &*text(&none.stdout)), (Some(0), "0 differences, 0 breaking\n"));
    let found = diff(&["specs", "later"]);
    assert_eq!(found.status.code(), Some(1));
    assert_eq!(
        text(&found.stdout),
        "changed action Act: rate limit 10 -> 20\n\
         breaking: changed parameter Act.Name: length at most 10 -> at most 8\n\
         breaking: changed member Thing.Size: type integer -> unsigned integer\n\
         breaking: removed member Thing.Old\n\
         breaking: added member Thing.New: text, required\n\
         breaking: removed value Colour.Blue\n\
         added value Colour.Green\n\
         7 differences, 5 breaking\n"
    );
    // The other way round, what was taken away comes back, and limits become wider.
    let back = text(&diff(&["later", "specs"]).stdout);
    assert!(back.contains("\nchanged parameter Act.Name: length at most 8 -> at most 10\n"), "{back}");
    assert!(back.contains("\nadded member Thing.Old: text\n"), "{back}");

    let breaking = text(&diff(&["specs", "later", "--breaking", "-o", "json"]).stdout);
    let rows: serde_json::Value = serde_json::from_str(&breaking).unwrap();
    assert_eq!(rows.as_array().unwrap().len(), 5);
    assert!(rows.as_array().unwrap().iter().all(|row| row["breaking"] == true), "{rows}");
    let texts = text(&diff(&["specs", "later", "--docs"]).stdout);
    assert!(texts.contains("changed action Act: doc \"It acts.\" -> \"It acts well.\"\n"), "{texts}");

    // Services of the program are compared by their names; nothing in the files differs from what was packed.
    let own = Path::new(env!("CARGO_MANIFEST_DIR")).join("api-specs/vod");
    let own = diff(&["vod", own.to_str().unwrap(), "--docs"]);
    assert_eq!(text(&own.stdout), "0 differences, 0 breaking\n");
    let unknown = diff(&["specs", "nowhere"]);
    assert_eq!(unknown.status.code(), Some(2));
    assert!(text(&unknown.stderr).contains("`nowhere` is neither a folder nor a service"));
    fs::write(directory.join("later/Act.toml"), "action = \"Act\"").unwrap();
    let broken = diff(&["specs", "later"]);
    assert!(broken.status.code() == Some(2) && text(&broken.stderr).contains("vod spec check later"));
}

#[test]
fn openapi_describes_every_action_and_refers_to_what_is_there() {
    let directory = directory("spec_openapi");
    let whole = vod(&["openapi"], &directory);
    assert_eq!(whole.status.code(), Some(0));
    let document: serde_json::Value = serde_json::from_slice(&whole.stdout).unwrap();
    let specs = vod_cli::specs::Specs::builtin("vod").unwrap();
    let paths = document["paths"].as_object().unwrap();
    assert_eq!(paths.len(), specs.action_names().len());
    for name in specs.action_names() {
        let operation = &paths[&format!("/#{name}")]["post"];
        assert_eq!(operation["operationId"], name);
        assert_eq!(operation["parameters"][0]["schema"]["const"], name);
        let model = specs.action(name).unwrap().model();
        let examples = &operation["requestBody"]["content"]["application/json"]["examples"];
        assert_eq!(examples.as_object().map_or(0, serde_json::Map::len), model.examples.len(), "{name}");
    }
    let mut references = 0;
    let mut pending = vec![&document];
    while let Some(value) = pending.pop() {
        if let Some(reference) = value.get("$ref").and_then(serde_json::Value::as_str) {
            references += 1;
            assert!(document.pointer(reference.strip_prefix('#').unwrap()).is_some(), "{reference}");
        }
        match value {
            serde_json::Value::Object(members) => pending.extend(members.values()),
            serde_json::Value::Array(values) => pending.extend(values),
            _ => {}
        }
    }
    assert!(references > 2000, "{references}");
    let handles = &document["components"]["schemas"]["ConfirmEventsRequest"]["properties"]["EventHandles"];
    assert_eq!((&handles["minItems"], &handles["maxItems"]), (&1.into(), &16.into()), "{handles}");

    let one = vod(&["openapi", "vod", "--only", "PullEvents"], &directory);
    let one: serde_json::Value = serde_json::from_slice(&one.stdout).unwrap();
    assert_eq!(one["paths"].as_object().unwrap().len(), 1);
    let unknown = vod(&["openapi", "--only", "PullEvens"], &directory);
    assert_eq!(text(&unknown.stderr), "error: vod has no action `PullEvens`; did you mean `PullEvents`?\n");
}

#[test]
fn new_writes_a_file_that_loads_and_whose_texts_are_still_to_be_written() {
    let directory = directory("spec_new");
    import(&directory, &[]);
    let new = |name: &str| vod(&["new", name, "--in", "specs"], &directory);

    assert_eq!(text(&new("BrandNewAction").stdout), "specs/BrandNewAction.toml\n");
    assert_eq!(text(&vod(&["check", "specs"], &directory).stdout), "0 problems\n");
    let docs = text(&vod(&["check", "--docs", "--short", "specs"], &directory).stdout);
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
