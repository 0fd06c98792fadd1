//! What the check of texts refuses.

use std::path::Path;

use vod_import::text_lints::{UNDESCRIBED, check_docs};
use vod_spec::{Source, load_sources};

const SERVICE: &str = r#"service = "demo"
version = "2024-01-01"
summary = "A demonstration"
doc = "Only for tests."
[endpoints]
mainland = "demo.example.com"
[parameters.SubAppId]
type = "uint64"
doc = "Application that the call is about."
[errors]
InternalError = { class = "service", doc = "It failed." }
[action-errors]
"InternalError.Busy" = "Another call is under way."
"#;

const ACTION: &str = r#"action = "Act"
summary = "Acts on something."
doc = "Does what it should."
errors = ["InternalError.Busy"]
[request.SubAppId]
use = "SubAppId"
[request.TaskId]
type = "string"
doc = "DOC"
[response.Mode]
type = "string"
doc = "How it went."
values = { ON = "It went on.", OFF = "MEANING" }
"#;

fn faults(service: &str, action: &str) -> Vec<String> {
    let source = |path: &str, text: &str| Source { path: path.into(), bytes: text.into() };
    let sources = vec![source("service.toml", service), source("Act.toml", action)];
    let loaded = load_sources(Path::new(""), sources);
    assert_eq!(loaded.problems, []);
    check_docs(&loaded.service).iter().map(ToString::to_string).collect()
}

fn of_texts(doc: &str, meaning: &str) -> Vec<String> {
    faults(SERVICE, &ACTION.replace("DOC", doc).replace("MEANING", meaning))
}

#[test]
fn texts_that_say_something_pass() {
    let good = [
        "Id that `StartTask` answered.",
        "The task, by its id.",
        "Name in `中文` or English.",
        "``a`中`` is fine.",
    ];
    for doc in good {
        assert_eq!(of_texts(doc, "It was stopped."), Vec::<String>::new(), "{doc}");
    }
}

#[test]
fn texts_that_say_nothing_are_refused() {
    for doc in ["Task id.", "The TaskId.", "taskid", "The ID of the task.", "Tasks.", "..."] {
        assert_eq!(
            of_texts(doc, "It was stopped."),
            [
                "Act.toml:7:10 [Act.TaskId] `doc` only repeats the name; say what the name does not say: unit, meaning, when it is there"
            ],
            "{doc}"
        );
    }
    assert_eq!(
        of_texts(UNDESCRIBED, "Off."),
        [
            "Act.toml:7:10 [Act.TaskId] `doc` is not written yet; say what it means",
            "Act.toml:13:32 [ActMode.OFF] `doc` only repeats the name; say what the name does not say: unit, meaning, when it is there",
        ]
    );
}

#[test]
fn other_languages_stay_in_backticks() {
    for (doc, letter) in
        [("Das Ergebnis für alle.", 'ü'), ("Id 任务 of it all.", '任'), ("Id of it， and more.", '，')]
    {
        assert_eq!(
            of_texts(doc, "It was stopped."),
            [format!(
                "Act.toml:7:10 [Act.TaskId] `doc` has `{letter}`, which is no English; write English, and literal values in backticks"
            )]
        );
    }
}

#[test]
fn each_text_of_service_and_action_is_looked_at_once() {
    let service = SERVICE
        .replace("A demonstration", UNDESCRIBED)
        .replace("Only for tests.", UNDESCRIBED)
        .replace("Application that the call is about.", UNDESCRIBED)
        .replace("It failed.", UNDESCRIBED)
        .replace("Another call is under way.", UNDESCRIBED);
    let action = format!(
        "{}[[example]]\ntitle = \"{UNDESCRIBED}\"\nrequest = {{}}\n",
        ACTION
            .replace("Acts on something.", UNDESCRIBED)
            .replace("Does what it should.", UNDESCRIBED)
            .replace("\"MEANING\" }", "\"\" }")
            .replace("OFF = \"\" }", "OFF = \"Off.\" }")
    );
    let expected = [
        "Act.toml:1:10 [Act] `doc` is not written yet; say what it means",
        "Act.toml:1:10 [Act] `summary` is not written yet; say what it means",
        "Act.toml:13:32 [ActMode.OFF] `doc` only repeats the name; say what the name does not say: unit, meaning, when it is there",
        "Act.toml:14:1 [Act] `title` is not written yet; say what it means",
        "service.toml:1:1 `doc` is not written yet; say what it means",
        "service.toml:1:1 `summary` is not written yet; say what it means",
        "service.toml:7:13 [SubAppId] `doc` is not written yet; say what it means",
        "service.toml:11:1 [InternalError] `doc` is not written yet; say what it means",
        "service.toml:13:1 [InternalError.Busy] `doc` is not written yet; say what it means",
    ];
    assert_eq!(faults(&service, &action.replace("DOC", "Id that it got.")), expected);
}

#[test]
fn values_of_a_plain_list_have_no_meaning_yet() {
    let action = ACTION
        .replace("DOC", "Id that it got.")
        .replace("{ ON = \"It went on.\", OFF = \"MEANING\" }", "[\"ON\"]");
    assert_eq!(faults(SERVICE, &action), ["Act.toml:13:11 [ActMode.ON] `doc` is empty; say what it means"]);
}

#[test]
fn each_folder_has_a_text_and_each_text_a_folder() {
    let check = |categories: &str| {
        let source = |path: &str, text: &str| Source { path: path.into(), bytes: text.into() };
        let action = ACTION.replace("DOC", "The task, by its id.").replace("MEANING", "It was stopped.");
        let service = format!("{SERVICE}[categories]\n{categories}");
        let types = "[types.Game]\ndoc = \"What is played.\"\n";
        let sources = vec![
            source("service.toml", &service),
            source("work/Act.toml", &action),
            source("play/types.toml", types),
        ];
        let loaded = load_sources(Path::new(""), sources);
        assert_eq!(loaded.problems, []);
        check_docs(&loaded.service).iter().map(ToString::to_string).collect::<Vec<_>>()
    };
    assert_eq!(check("work = \"Tasks that run.\""), Vec::<String>::new());
    assert_eq!(
        check(""),
        [
            "service.toml:1:1 [work] `[categories]` says nothing of the folder `work`; say what its actions are for"
        ]
    );
    assert_eq!(
        check("work = \"Tasks that run.\"\nplay = \"Games for all.\""),
        ["service.toml:16:1 [play] the folder `play` holds no action; leave the line out"]
    );
}

/// What is wrong with a field of a request, apart from its place.
fn of_field(name: &str, keys: &str) -> Vec<String> {
    let action = format!(
        "action = \"Act\"\nsummary = \"Acts on something.\"\ndoc = \"Does what it should.\"\n[request.{name}]\n{keys}"
    );
    let after = |fault: String| fault.split_once("] ").map(|(_, what)| what.to_owned()).unwrap_or(fault);
    faults(SERVICE, &action).into_iter().map(after).collect()
}

#[test]
fn numbers_that_read_like_limits_are_limits() {
    let texts = [
        ("[string]", "Files to look at, at most 20 of them.", "20", "items = { max = 20 }"),
        ("[string]", "Files to look at. Maximum: 1,000.", "1,000", "items = { max = 1000 }"),
        ("string", "Text of the sign, 250 characters at most.", "250", "length = { max = 250 }"),
        ("string", "Text of the sign; no longer than 16 letters.", "16", "pattern = \"^[a-z]{0,16}$\""),
        ("int64", "How soon it runs, from -10 to 10.", "10", "range = { min = -10, max = 10 }"),
        ("int64", "How soon it runs: between 1 and 9.", "9", "range = { min = 1, max = 9 }"),
        ("int64", "Side in px: 0, or 128 to 4096.", "4096", "range = { max = 4096 }"),
        ("float", "Seconds between two looks; the minimum is 0.5.", "0.5", "range = { min = 0.5 }"),
        ("uint64", "Lines to give, must not exceed 100.", "100", "range = { max = 100 }"),
    ];
    for (ty, doc, number, limit) in texts {
        let keys = format!("type = \"{ty}\"\ndoc = \"{doc}\"\n");
        let fault = format!(
            "`doc` gives {number} as a limit, and the limits of the field do not have it; add `items`, `length`, \
             `range` or `pattern`, or say in `not-limits` what the number is"
        );
        assert_eq!(of_field("Part", &keys), [fault], "{doc}");
        assert_eq!(of_field("Part", &format!("{keys}{limit}\n")), Vec::<String>::new(), "{doc}");
        let told = format!("{keys}not-limits = \"It depends.\"\n");
        assert_eq!(of_field("Part", &told), Vec::<String>::new(), "{doc}");
    }
    for doc in [
        "A picture of at most 10 MB.",
        "`1` to `3`, or `at most 5`.",
        "Ratio of 16:9 to 9:16.",
        "Day 1 of it.",
    ] {
        let keys = format!("type = \"string\"\ndoc = \"{doc}\"\n");
        assert_eq!(of_field("Part", &keys), Vec::<String>::new(), "{doc}");
        let needless = format!("{keys}not-limits = \"It depends.\"\n");
        assert_eq!(
            of_field("Part", &needless),
            ["`not-limits` stands beside a text without such a number; leave it out"],
            "{doc}"
        );
    }
}

#[test]
fn a_name_that_looks_like_a_secret_needs_a_decision() {
    let undecided = "the name looks like a secret, and `sensitive` is not given; write `sensitive = true`, or `sensitive = false`";
    for name in ["SignKey", "ApiTokens", "Password", "Signature", "SecretId"] {
        let keys = "type = \"string\"\ndoc = \"What it is for.\"\n";
        assert_eq!(of_field(name, keys), [undecided], "{name}");
        for decision in ["true", "false"] {
            assert_eq!(
                of_field(name, &format!("{keys}sensitive = {decision}\n")),
                Vec::<String>::new(),
                "{name}"
            );
        }
    }
    assert_eq!(
        of_field("KeyCount", "type = \"int64\"\ndoc = \"How many there are.\"\n"),
        Vec::<String>::new()
    );
}

#[test]
fn an_idempotent_action_says_why() {
    let of = |keys: &str| {
        faults(
            SERVICE,
            &ACTION
                .replace("summary", &format!("{keys}summary"))
                .replace("DOC", "Id of it all.")
                .replace("MEANING", "It was stopped."),
        )
    };
    assert_eq!(
        of("idempotent = true\n"),
        [
            "Act.toml:1:10 [Act] `idempotent` has no reason; say in `why-idempotent` why a second execution changes nothing"
        ]
    );
    assert_eq!(of("idempotent = true\nwhy-idempotent = \"It only reads.\"\n"), Vec::<String>::new());
}

#[test]
fn a_title_says_what_its_example_shows() {
    let of = |title: &str| {
        let action = ACTION.replace("DOC", "Id of it all.").replace("MEANING", "It was stopped.");
        faults(SERVICE, &format!("{action}[[example]]\ntitle = \"{title}\"\nrequest = {{}}\n"))
    };
    assert_eq!(
        of("Example 2 of Act"),
        ["Act.toml:14:1 [Act] `title` is `Example 2 of Act`; say what the example shows"]
    );
    assert_eq!(of("Act on one task"), Vec::<String>::new());
}

#[test]
fn null_is_said_by_nullable() {
    let of = |doc| of_texts(doc, "It went off.");
    for doc in ["Id of the task. May be `null`.", "Id of the task. It can be null if no value is available."]
    {
        let found = of(doc);
        assert!(found.iter().any(|problem| problem.contains("says that the value may be null")), "{found:?}");
    }
    assert_eq!(of("Id of the task; absent while none runs."), [""; 0]);
}
