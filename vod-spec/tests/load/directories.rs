//! Directories, and single files that extend a service elsewhere.

use std::fs;
use std::path::{Path, PathBuf};

use vod_spec::model::{Element, FieldType};
use vod_spec::{Loaded, load_action, load_service, load_sources};

use crate::confirm_events::CONFIRM_EVENTS;
use crate::{SERVICE, action, source};

/// An empty directory for one test.
fn directory(test: &str) -> PathBuf {
    let directory = Path::new(env!("CARGO_TARGET_TMPDIR")).join(test);
    let _ = fs::remove_dir_all(&directory);
    assert!(fs::create_dir_all(&directory).is_ok(), "{}", directory.display());
    directory
}

#[test]
fn a_directory_is_read_with_everything_below_it() {
    let base = directory("a_directory_is_read");
    for (path, text) in [
        ("vod/service.toml", SERVICE),
        ("vod/events/ConfirmEvents.toml", CONFIRM_EVENTS),
        ("vod/events/deeper/types.toml", "[types.T]\ndoc = \"D.\"\n"),
        ("vod/events/.hidden.toml", "not toml"),
        ("vod/events/notes.md", "not toml"),
        ("vod/.git/x.toml", "not toml"),
    ] {
        let path = base.join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let loaded = load_service(&base, Path::new("vod"));
    assert_eq!(loaded.problems, []);
    assert_eq!(
        loaded.service.files,
        ["vod/events/ConfirmEvents.toml", "vod/events/deeper/types.toml", "vod/service.toml"]
            .map(PathBuf::from)
    );
    assert_eq!(loaded.service.actions.len(), 1);
    let sources = vec![
        source("service.toml", SERVICE),
        source("events/ConfirmEvents.toml", CONFIRM_EVENTS),
        source("events/deeper/types.toml", "[types.T]\ndoc = \"D.\"\n"),
    ];
    assert_eq!(loaded, load_sources(Path::new("vod"), sources));
}

#[cfg(unix)]
#[test]
fn links_are_followed_and_a_link_to_a_parent_ends() {
    let base = directory("links_are_followed");
    fs::create_dir_all(base.join("real/events")).unwrap();
    fs::write(base.join("real/service.toml"), SERVICE).unwrap();
    fs::write(base.join("real/events/ConfirmEvents.toml"), CONFIRM_EVENTS).unwrap();
    std::os::unix::fs::symlink(base.join("real"), base.join("vod")).unwrap();
    std::os::unix::fs::symlink(base.join("real"), base.join("real/events/up")).unwrap();
    let loaded = load_service(&base, Path::new("vod"));
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.service.files.len(), 2);
}

/// Git checks out a link so where the file system has none.
#[test]
fn a_file_whose_text_is_the_target_of_a_link_is_followed() {
    let base = directory("a_file_whose_text_is_the_target");
    fs::create_dir_all(base.join("specs/vod")).unwrap();
    fs::create_dir_all(base.join("package")).unwrap();
    fs::write(base.join("specs/vod/service.toml"), SERVICE).unwrap();
    fs::write(base.join("package/specs"), "../specs").unwrap();

    let Loaded { service, problems } = load_service(&base.join("package"), Path::new("specs/vod"));
    assert_eq!(problems, []);
    assert_eq!(service.files, [Path::new("../specs/vod/service.toml")], "cargo watches the file itself");
    fs::write(base.join("package/specs"), "../specs\n").unwrap();
    assert_eq!(
        load_service(&base.join("package"), Path::new("specs/vod")).problems.len(),
        1,
        "not git's form"
    );
}

#[test]
fn directories_and_files_that_do_not_exist_are_reported() {
    let base = directory("directories_that_do_not_exist");
    fs::write(base.join("file"), "").unwrap();
    fs::create_dir_all(base.join("empty/folder.toml")).unwrap();
    let text =
        |loaded: Loaded| loaded.problems.iter().map(ToString::to_string).collect::<Vec<_>>().join("\n");
    for (found, expected) in [
        (
            load_service(&base, Path::new("missing")),
            "missing:1:1 there is no such directory; name the directory that holds the service.toml",
        ),
        (
            load_service(&base, Path::new("file")),
            "file:1:1 not a directory; name the directory that holds the service.toml",
        ),
        (
            load_service(&base, Path::new("empty")),
            "empty:1:1 the directory has no service.toml; add one with `service`, `version`, `summary`, `doc` and \
             `[endpoints]`",
        ),
        (
            load_action(&base, Path::new("my/Missing.toml")),
            "my/Missing.toml:1:1 cannot be read: entity not found; name a spec file",
        ),
    ] {
        assert_eq!(text(found), expected);
    }
}

#[test]
fn a_single_action_extends_a_service_elsewhere() {
    let base = directory("a_single_action");
    fs::create_dir_all(base.join("specs")).unwrap();
    let rest = "[request.Filter]\ntype = \"[MediaFilter]\"\ndoc = \"D.\"\nitems = { max = 3 }\n\
                [request.Own]\ntype = \"Own\"\ndoc = \"D.\"\n[types.Own]\ndoc = \"D.\"\n\
                [errors]\nFailedOperation = \"D.\"\n\
                [[example]]\ntitle = \"E\"\nrequest = { Filter = [{ A = 1 }] }\n";
    fs::write(base.join("specs/Act.toml"), action("Act", rest)).unwrap();
    let loaded = load_action(&base, Path::new("specs/Act.toml"));
    assert_eq!(loaded.problems, []);
    assert_eq!(loaded.service.files, [Path::new("specs/Act.toml")]);
    let act = loaded.service.action("Act").unwrap();
    assert_eq!(act.category, "");
    assert_eq!(act.request[0].ty, FieldType { element: Element::External("MediaFilter".into()), list: true });
    assert_eq!(act.request[1].ty.element, Element::Record("Own".into()));
    assert_eq!(act.errors[0].class, None);
    assert_eq!(act.examples.len(), 1);
}

#[test]
fn a_single_action_cannot_use_shared_parameters_or_misspell_built_in_types() {
    let base = directory("a_single_action_cannot");
    let rest = "[request.SubAppId]\nuse = \"SubAppId\"\n[request.F]\ntype = \"strng\"\ndoc = \"D.\"\n";
    fs::write(base.join("Act.toml"), action("Act", rest)).unwrap();
    let loaded = load_action(&base, Path::new("Act.toml"));
    let found: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(
        found,
        [
            "Act.toml:5:7 [Act.SubAppId] `use` needs a service.toml, which a single file does not have; write the \
             parameter out",
            "Act.toml:7:8 [Act.F] unknown type `strng`; did you mean `string`?",
        ]
    );
    let names: Vec<_> =
        loaded.service.action("Act").unwrap().request.iter().map(|field| field.rust_name.as_str()).collect();
    assert_eq!(names, ["sub_app_id", "f"], "constructors keep their arguments");
}

#[test]
fn the_specs_of_this_repository_are_sound() {
    let base = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs");
    // Published packages do not hold the workspace's specs.
    if base.join("vod").is_dir() {
        let loaded = load_service(&base, Path::new("vod"));
        let found: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        assert_eq!(found, [""; 0]);
        assert!(loaded.service.action("ConfirmEvents").is_some());
    }
}

#[test]
fn a_single_file_that_is_no_action_is_refused_once() {
    let base = directory("a_single_file_that_is_no_action");
    let types = "[types.T]\ndoc = \"D.\"\n";
    for (name, text, expected) in [
        (
            "Empty.toml",
            "",
            "the file declares nothing; write an action, `[types]` or `[enums]` into it, or remove it",
        ),
        (
            "types.toml",
            types,
            "the file has no action; add `action = \"...\"`, or keep types in the files of a service",
        ),
        (
            "service.toml",
            SERVICE,
            "this is the file of a service, not of an action; name the file of an action; `service!` takes a service's \
             directory",
        ),
        (
            "Act.TOML",
            types,
            "the file's name ends in `.TOML`, and a spec file's in `.toml`; name a spec file",
        ),
    ] {
        fs::write(base.join(name), text).unwrap();
        let found = load_action(&base, Path::new(name)).problems;
        assert_eq!(
            found.iter().map(ToString::to_string).collect::<Vec<_>>(),
            [format!("{name}:1:1 {expected}")]
        );
    }
}

#[cfg(unix)]
#[test]
fn pipes_and_links_to_files_that_are_read_are_refused() {
    let base = directory("pipes_and_links");
    fs::create_dir_all(base.join("s/a")).unwrap();
    fs::create_dir_all(base.join("s/b")).unwrap();
    fs::write(base.join("s/service.toml"), SERVICE).unwrap();
    fs::write(base.join("s/a/Act.toml"), action("Act", "")).unwrap();
    std::os::unix::fs::symlink("../a/Act.toml", base.join("s/b/Other.toml")).unwrap();
    let made = std::process::Command::new("mkfifo").arg(base.join("s/b/Pipe.toml")).status().unwrap();
    assert!(made.success());
    let found = load_service(&base, Path::new("s")).problems;
    assert_eq!(
        found.iter().map(ToString::to_string).collect::<Vec<_>>(),
        [
            "s/b/Other.toml:1:1 is the same file as `a/Act.toml`; remove the link",
            "s/b/Pipe.toml:1:1 is no regular file; remove it, or put a spec file there",
        ]
    );
    let found = load_action(&base, Path::new("s/b/Pipe.toml")).problems;
    assert_eq!(found.len(), 1, "{found:#?}");
}
