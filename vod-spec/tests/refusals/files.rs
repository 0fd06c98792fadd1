//! Files that are no spec files, or not at the right place.

use std::path::Path;

use vod_spec::{Source, load_sources};

use crate::{ACTION, SERVICE, refused_action, refused_file, refused_files};

#[test]
fn what_is_not_toml() {
    refused_action("[request\n", &["specs/a/Act.toml:4:9 not TOML: unclosed table; expected `]`"]);
    refused_action(
        "doc-page = 1 2\nrate-limit = = 3\n",
        &[
            "specs/a/Act.toml:4:12 not TOML: string values must be quoted; expected literal string",
            "specs/a/Act.toml:5:14 not TOML: extra `=`; expected nothing",
        ],
    );
    refused_action(
        r#"[[example]
"
"#,
        &[
            "specs/a/Act.toml:4:11 not TOML: unclosed array table; expected `]`",
            "specs/a/Act.toml:5:2 not TOML: key with no value; expected `=`",
        ],
    );
    refused_action("x = [1,\n", &["specs/a/Act.toml:4:8 not TOML: unclosed array; expected `]`"]);
    refused_action(
        "idempotent = yes\n",
        &["specs/a/Act.toml:4:14 not TOML: string values must be quoted; expected literal string"],
    );
}

#[test]
fn keys_given_twice() {
    refused_action(
        r#"doc = "Again."
"#,
        &["specs/a/Act.toml:4:1 [Act] the key `doc` is given twice; keep one of the two"],
    );
    refused_action(
        r#"[request.F]
type = "string"
doc = "D."
[request.F]
type = "string"
doc = "D."
"#,
        &["specs/a/Act.toml:7:10 [Act.F] the field `F` is given twice; keep one of the two"],
    );
    refused_action(
        r#"[response.F]
type = "string"
doc = "D."
type = "int64"
"#,
        &["specs/a/Act.toml:7:1 [Act] the key `type` is given twice; keep one of the two"],
    );
    refused_action(
        r#"[types.T]
doc = "D."
[types.T]
doc = "D."
"#,
        &["specs/a/Act.toml:6:8 [T] the type `T` is given twice; keep one of the two"],
    );
    refused_action(
        r#"[types.T]
doc = "D."
[types.T.fields.F]
type = "string"
doc = "D."
[types.T.fields.F]
type = "string"
doc = "D."
"#,
        &["specs/a/Act.toml:9:17 [T.F] the field `F` is given twice; keep one of the two"],
    );
    refused_action(
        r#"[enums.E]
doc = "D."
values = { A = "a." }
[enums.E]
doc = "D."
"#,
        &["specs/a/Act.toml:7:8 [E] the enumeration `E` is given twice; keep one of the two"],
    );
    refused_action(
        r#"[enums.E]
doc = "D."
[enums.E.values]
A = "a."
A = "b."
"#,
        &["specs/a/Act.toml:8:1 [Act] the key `A` is given twice; keep one of the two"],
    );
}

#[test]
fn a_file_named_differently_from_its_action() {
    refused_files(
        &[(
            "a/Other.toml",
            r#"action = "Act"
summary = "Acts."
doc = "Acts on something."
"#,
        )],
        &[
            "specs/a/Other.toml:1:10 [Act] the file of `Act` is named `Other.toml`; rename it to `Act.toml`, or correct the name",
        ],
    );
}

#[test]
fn an_action_key_that_is_missing() {
    refused_file(
        r#"summary = "Acts."
doc = "D."
"#,
        &[r#"specs/a/Act.toml:1:1 [Act] `action` is missing; add `action = "Act"`"#],
    );
    refused_file(
        r#"acton = "Act"
summary = "Acts."
doc = "D."
"#,
        &["specs/a/Act.toml:1:1 [Act] unknown key `acton`; did you mean `action`?"],
    );
}

#[test]
fn a_second_service_file() {
    refused_files(
        &[(
            "a/service.toml",
            r#"service = "x"
"#,
        )],
        &[
            "specs/a/service.toml:1:1 a service has one service.toml, at the top of its directory; move what it says there, or rename the file",
        ],
    );
}

#[test]
fn what_is_not_utf8() {
    let bytes = [ACTION.as_bytes(), b"[request.F]\ntype = \"string\"\ndoc = \"caf\xE9\"\n"].concat();
    let loaded = load_sources(
        Path::new("specs"),
        vec![
            Source { path: "service.toml".into(), bytes: SERVICE.into() },
            Source { path: "a/Act.toml".into(), bytes },
        ],
    );
    let found: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["specs/a/Act.toml:6:11 the file is not UTF-8: byte 0xE9; save it as UTF-8"]);
    assert!(loaded.service.action("Act").is_some());
}

#[test]
fn files_that_declare_nothing() {
    for text in ["", "# Not written yet.\n", "\n\n", "[types]\n"] {
        refused_file(
            text,
            &[
                "specs/a/Act.toml:1:1 the file declares nothing; write an action, `[types]` or `[enums]` into it, or remove it",
            ],
        );
    }
}

#[test]
fn names_that_almost_fit() {
    refused_files(
        &[("a/Act.TOML", ACTION)],
        &["specs/a/Act.TOML:1:1 the file's name ends in `.TOML`, and a spec file's in `.toml`; rename it"],
    );
    let loaded =
        load_sources(Path::new("specs"), vec![Source { path: "Service.toml".into(), bytes: SERVICE.into() }]);
    let found: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
    assert_eq!(found, ["specs/Service.toml:1:1 the service's own file is named `service.toml`; rename it"]);
}

#[test]
fn keys_of_the_file_below_a_table() {
    let advice = "move `errors` up, above the first `[table]` of the file";
    for (table, complaint) in [
        ("[response.F]\ntype = \"string\"\ndoc = \"D.\"", "[Act.F] unknown key `errors`"),
        ("[response]\n\n", "[Act.errors] `errors` is a list, not a table"),
        ("[enums.E]\ndoc = \"D.\"\n[enums.E.values]\nA = \"a.\"", ""),
    ] {
        let text = format!("{ACTION}{table}\nerrors = [\"InternalError\"]\n");
        let loaded = load_sources(
            Path::new("specs"),
            vec![
                Source { path: "service.toml".into(), bytes: SERVICE.into() },
                Source { path: "a/Act.toml".into(), bytes: text.into_bytes() },
            ],
        );
        let found: Vec<String> = loaded.problems.iter().map(ToString::to_string).collect();
        assert_eq!(found.len(), 1, "{found:#?}");
        assert!(found[0].contains(complaint) && found[0].ends_with(advice), "{found:#?}");
    }
    refused_action(
        "[errors]\nInternalError = \"D.\"\nidempotent = true\n",
        &[
            "specs/a/Act.toml:6:1 [Act.idempotent] the error code `idempotent` does not start with a capital letter; move `idempotent` up, above the first `[table]` of the file",
        ],
    );
}
