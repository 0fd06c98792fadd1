//! The programs `import` and `check`, as a maintainer and CI call them.

use std::path::Path;
use std::process::{Command, Output};

use serde_json::json;

use crate::sample::{directory, member, model, read, write};

fn run(program: &str, arguments: &[&str], directory: &Path) -> Output {
    Command::new(program).args(arguments).current_dir(directory).output().unwrap()
}

fn import(directory: &Path, more: &[&str]) -> Output {
    let arguments = ["--model", "api.json", "--out", "specs"];
    run(env!("CARGO_BIN_EXE_import"), &[&arguments[..], more].concat(), directory)
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).replace('\r', "")
}

#[test]
fn import_writes_and_check_tells_whether_it_would() {
    let directory = directory("program_import");
    let model = model(&[("Act", vec![member("Name", "string", "string", json!({}))], vec![])], &[]);
    write(&directory, "api.json", &model.to_string());

    let before = import(&directory, &["--check"]);
    assert_eq!(before.status.code(), Some(1));
    assert!(!directory.join("specs").exists());
    assert_eq!(
        text(&before.stdout),
        "added service demo: 2024-01-01\nadded action Act: Act.toml\n2 changes, 0 notes, 2 files would change\n"
    );

    assert_eq!(import(&directory, &[]).status.code(), Some(0));
    assert!(read(&directory, "specs/Act.toml").starts_with("action = \"Act\"\n"));

    let after = import(&directory, &["--check"]);
    assert_eq!(after.status.code(), Some(0));
    assert_eq!(text(&after.stdout), "0 changes, 0 notes, 0 files would change\n");

    let missing = import(&directory, &["--examples", "nowhere.json"]);
    assert_eq!(missing.status.code(), Some(2));
    assert!(text(&missing.stderr).starts_with("nowhere.json cannot be read: "));
}

#[test]
fn check_prints_every_problem_and_texts_if_asked() {
    let directory = directory("program_check");
    let model = model(&[("Act", vec![], vec![])], &[]);
    write(&directory, "api.json", &model.to_string());
    import(&directory, &[]);
    let check = |arguments: &[&str]| run(env!("CARGO_BIN_EXE_check"), arguments, &directory);

    let sound = check(&["specs"]);
    assert_eq!((sound.status.code(), &*text(&sound.stdout)), (Some(0), "0 problems\n"));

    let docs = check(&["--docs", "specs"]);
    assert_eq!(docs.status.code(), Some(1));
    assert_eq!(
        text(&docs.stdout),
        "specs/Act.toml:1:10 [Act] `doc` is not written yet; say what it means\n\
         specs/Act.toml:1:10 [Act] `summary` is not written yet; say what it means\n\
         specs/service.toml:1:1 `doc` is not written yet; say what it means\n\
         specs/service.toml:1:1 `summary` is not written yet; say what it means\n\
         4 problems\n"
    );

    write(&directory, "specs/Act.toml", "action = \"Act\"\n");
    let broken = check(&["specs", "nowhere"]);
    assert_eq!(broken.status.code(), Some(1));
    let printed = text(&broken.stdout);
    assert!(printed.contains("specs/Act.toml:1:1 [Act] `summary` is missing; "), "{printed}");
    assert!(printed.contains("nowhere:1:1 there is no such directory; "), "{printed}");
}
