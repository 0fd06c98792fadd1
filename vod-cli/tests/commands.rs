//! The program as a person uses it: command lines, what they print, and the codes that they exit with.

#![allow(clippy::unwrap_used, reason = "a test is to fail")]

#[path = "commands/running.rs"]
mod running;

use std::io::Write as _;
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::time::Duration;

use serde_json::{Value, json};
use vod_cli::call::kebab;
use vod_cli::specs::Specs;
use vod_emulator::{Emulator, Options, samples};

use running::{against, home, run, runtime, text, vod};

/// Command lines that call nobody: the code, a part of standard output, a part of standard error.
const OFFLINE: &[(&[&str], i32, &str, &str)] = &[
    (&["--version"], 0, "vod 0.", ""),
    (&["--help"], 0, "Usage: vod", ""),
    (&["help"], 0, "Usage: vod", ""),
    (&["help", "events"], 0, "tail", ""),
    (&[], 2, "", "Usage: vod"),
    (&["pull-event"], 2, "", "did you mean `PullEvents`?"),
    (&["serch"], 2, "", "did you mean the command `vod search`?"),
    (&["pull-events", "--help"], 0, "PARAMETERS", ""),
    (&["PullEvents", "-h"], 0, "EventSet (list of EventContent)", ""),
    (&["pull_events", "--help"], 0, "PullEvents (vod 2018-07-17)", ""),
    (&["describe-media-infos"], 2, "", "`FileIds` is required and missing"),
    (&["describe-media-infos", "--file-id", "1"], 2, "", "did you mean `--file-ids`?"),
    (&["describe-media-infos", "--dry-rnu"], 2, "", "did you mean `--dry-run`?"),
    (&["describe-media-infos", "1"], 2, "", "unexpected `1`"),
    (
        &["describe-media-infos", "--file-ids", "1", "2", "--dry-run", "--as", "body"],
        0,
        "{\"FileIds\":[\"1\",\"2\"]}",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--file-ids", "2", "--dry-run", "--as", "body"],
        0,
        "[\"1\",\"2\"]",
        "",
    ),
    (&["describe-media-infos", "--file-ids=1", "--dry-run", "--as", "body"], 0, "{\"FileIds\":[\"1\"]}", ""),
    (
        &["DescribeMediaInfos", "--FileIds", "[\"1\"]", "--dry-run", "--as=body"],
        0,
        "{\"FileIds\":[\"1\"]}",
        "",
    ),
    (
        &["describe-media-infos", "{\"FileIds\":[\"1\"]}", "--dry-run", "--as", "body"],
        0,
        "{\"FileIds\":[\"1\"]}",
        "",
    ),
    (
        &["describe-media-infos", "--set", "FileIds=1", "--dry-run", "--as", "body"],
        0,
        "{\"FileIds\":[\"1\"]}",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids.0", "a", "--file-ids.1", "b", "--dry-run", "--as", "body"],
        0,
        "[\"a\",\"b\"]",
        "",
    ),
    (&["describe-media-infos", "--file-ids.1", "a", "--dry-run"], 2, "", "lists begin at 0 and have no gaps"),
    (
        &["describe-media-infos", "--file-ids", "1", "--filters", "basicinfo", "--dry-run"],
        0,
        "basicinfo",
        "did you mean `basicInfo`?",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--sub-app-id", "x", "--dry-run"],
        2,
        "",
        "`x` is not a whole number of at least 0",
    ),
    (&["describe-media-infos", "--file-ids", "1", "--dry-run"], 0, "x-tc-action: DescribeMediaInfos", ""),
    (&["describe-media-infos", "--file-ids", "1", "--dry-run", "--sign"], 3, "", "no credential"),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "curl"],
        0,
        "X-TC-Action: DescribeMediaInfos",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "rust"],
        0,
        "DescribeMediaInfosRequest::new([\"1\"])",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "python"],
        0,
        "client.call_json(\"DescribeMediaInfos\"",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "node"],
        0,
        "client.request(\"DescribeMediaInfos\"",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "go"],
        0,
        "NewCommonRequest(\"vod\"",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "tccli"],
        0,
        "--FileIds '[\"1\"]'",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "vod"],
        0,
        "vod describe-media-infos --file-ids 1",
        "",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--dry-run", "--as", "pyton"],
        2,
        "",
        "did you mean `python`?",
    ),
    (
        &["describe-media-infos", "--file-ids", "1", "--as", "curl"],
        2,
        "",
        "--as and --sign go with --dry-run",
    ),
    (&["describe-media-infos", "--file-ids", "1", "--all"], 2, "", "gives out no list page by page"),
    (&["describe-media-infos", "--file-ids", "1", "-o", "jsn"], 2, "", "did you mean `json`?"),
    (&["describe-media-infos", "--file-ids", "1", "--query", "a["], 2, "", "this is not JMESPath"),
    (&["describe-media-infos", "--file-ids", "1", "--wait-timeout", "3"], 2, "", "--wait-timeout goes with"),
    (&["describe-media-infos", "--example"], 0, "\"FileIds\"", ""),
    (&["describe-media-infos", "--example", "99"], 2, "", "has 2 examples"),
    (&["describe-media-infos", "--skeleton"], 0, "FileIds = [", ""),
    (
        &[
            "process-media",
            "--media-process-task.transcode-task-set.0.definition",
            "10",
            "--dry-run",
            "--as",
            "body",
        ],
        0,
        "{\"MediaProcessTask\":{\"TranscodeTaskSet\":[{\"Definition\":10}]}}",
        "",
    ),
    (
        &["process-media", "--media-process-task.transcode-task-sets.0.definition", "10", "--dry-run"],
        2,
        "",
        "did you mean `transcode-task-set`?",
    ),
    (&["process-media", "--media-process-task", "7", "--dry-run"], 2, "", "is not a JSON object"),
    (
        &[
            "confirm-events",
            "--event-handles",
            "1",
            "2",
            "3",
            "4",
            "5",
            "6",
            "7",
            "8",
            "9",
            "10",
            "11",
            "12",
            "13",
            "14",
            "15",
            "16",
            "17",
            "--dry-run",
        ],
        2,
        "",
        "`EventHandles` has 17 items, at most 16 are allowed",
    ),
    (&["assume-role", "--service", "sts", "--help"], 0, "AssumeRole (sts", ""),
    (&["assume-role"], 2, "", "vod has no action `assume-role`"),
    (&["pull-events", "--service", "cvm"], 2, "", "no built-in specs of the service `cvm`"),
    (&["pull-events", "--endpoint", "nonsense://x", "--dry-run"], 2, "", "endpoint"),
    (&["pull-events", "--language", "de", "--dry-run"], 2, "", "en-US or zh-CN"),
    (&["explain", "PullEvents"], 0, "PARAMETERS", ""),
    (&["explain", "PullEvents.EventSet"], 0, "list of EventContent", ""),
    (&["explain", "pull-events.EventSet.0.EventHandle"], 0, "text", ""),
    (&["explain", "PullEvents.EvntSet"], 2, "", "did you mean `EventSet`?"),
    (&["explain", "MediaInfo"], 0, "USED BY", ""),
    (&["explain", "InvalidParameterValue.SubAppId"], 0, "ANSWERED BY", ""),
    (&["explain", "RequestLimitExceeded"], 0, "Too many calls", ""),
    (&["explain", "PullEvnts"], 2, "", "did you mean `PullEvents`?"),
    (&["search", "pull", "events"], 0, "action\tPullEvents\t", ""),
    (&["search", "zzzzzz"], 1, "", "nothing has all of these words"),
    (&["search", "watermark", "--limit", "1", "-o", "json"], 0, "\"kind\": \"action\"", ""),
    (&["completions", "bash"], 0, "complete -o default -F _vod vod", ""),
    (&["completions", "zsh"], 0, "compdef", ""),
    (&["completions", "fish"], 0, "__vod_complete", ""),
    (&["completions", "tcsh"], 2, "", "bash, zsh, fish"),
    (&["__complete", "pull-e"], 0, "pull-events\n", ""),
    (&["__complete", "describe-media-infos", "--file"], 0, "--file-ids\n", ""),
    (
        &["__complete", "process-media", "--media-process-task.tr"],
        0,
        "--media-process-task.transcode-task-set\n",
        "",
    ),
    (&["__complete", "describe-media-infos", "--filters", "basic"], 0, "basicInfo\n", ""),
    (&["__complete", "events", "ta"], 0, "tail\n", ""),
    (&["config", "list"], 0, "", ""),
    (&["config", "set", "--stdin"], 2, "", "the secret id is empty"),
    (&["config", "remove", "nobody"], 2, "", "has no credential of a profile nobody"),
    (&["config", "path"], 0, "credentials", ""),
    (&["emulator", "--help"], 0, "--listen", ""),
    (&["spec", "diff", "vod", "vod"], 0, "0 differences", ""),
    (&["spec", "openapi", "--only", "PullEvents"], 0, "\"openapi\": \"3.1.0\"", ""),
    (&["upload"], 2, "", "<FILE>"),
    (&["upload", "/nonexistent.mp4"], 2, "", "can't read /nonexistent.mp4"),
    (&["media", "rm", "1", "--profile", "other"], 2, "", "say --yes"),
    (&["task", "wait", "--help"], 0, "--wait-timeout", ""),
    (&["sign", "upload"], 3, "", "TENCENTCLOUD_SECRET_ID"),
    (&["events", "forward", "--to", "localhost:1"], 2, "", "begins with neither http:// nor https://"),
    (&["events", "run"], 2, "", "COMMAND"),
    (&["pull-events", "--endpoint", "ftp://x", "--dry-run"], 2, "", "must be an https or http URL"),
    (&["doctor", "--help"], 0, "--endpoint", ""),
];

#[test]
fn command_lines_do_what_they_say() {
    for (words, code, out, err) in OFFLINE {
        let (real, stdout, stderr) = run(&mut vod(words));
        let said = format!("vod {}\nexits with {real}\n{stdout}\n{stderr}", words.join(" "));
        assert_eq!(real, *code, "{said}");
        assert!(stdout.contains(out), "{said}\nlacks {out:?}");
        assert!(stderr.contains(err), "{said}\nlacks {err:?}");
        assert!(!stderr.contains("panicked"), "{said}");
    }
}

#[test]
fn input_comes_from_files_and_from_standard_input_and_words_override_it() {
    let folder = home().join("input");
    std::fs::create_dir_all(&folder).unwrap();
    let toml = folder.join("in.toml");
    std::fs::write(&toml, "FileIds = [\"a\"]\nSubAppId = 7\n").unwrap();
    let path = toml.to_str().unwrap();
    let words = ["describe-media-infos", "--input", path, "--sub-app-id", "8", "--dry-run", "--as", "body"];
    assert_eq!(run(&mut vod(&words)).1, "{\"FileIds\":[\"a\"],\"SubAppId\":8}\n");

    let words = ["describe-media-infos", "--input", "-", "--dry-run", "--as", "body"];
    let mut child = vod(&words).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(b"{\"FileIds\":[\"b\"]}").unwrap();
    assert_eq!(text(&child.wait_with_output().unwrap().stdout), "{\"FileIds\":[\"b\"]}\n");

    let (code, _, err) = run(&mut vod(&["describe-media-infos", "--input", "/nonexistent"]));
    assert!(code == 2 && err.contains("cannot be read"), "{err}");
    // What --skeleton prints can be read again, for every action.
    let specs = Specs::builtin("vod").unwrap();
    for name in specs.action_names().into_iter().step_by(12) {
        let (code, skeleton, err) = run(&mut vod(&[name, "--skeleton"]));
        assert_eq!(code, 0, "{name}: {err}");
        std::fs::write(&toml, skeleton).unwrap();
        let (_, _, err) = run(&mut vod(&[name, "--input", path, "--dry-run"]));
        assert!(!err.contains("TOML"), "{name}: {err}");
    }
}

#[test]
fn calls_answer_with_data_on_standard_output_and_codes_for_scripts() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::builder().answer_examples(true).start()).unwrap();
    let ids = ["--file-ids", "5285485487985271488"];
    let with = |more: &[&'static str]| [&["describe-media-infos"], &ids[..], more].concat();

    let (code, json, err) = against(&emulator, &with(&[]));
    assert_eq!(code, 0, "{err}");
    let answer: Value = serde_json::from_str(&json).unwrap();
    assert!(answer["RequestId"].is_string() && answer["MediaInfoSet"].is_array());
    let (_, queried, _) = against(&emulator, &with(&["--query", "length(MediaInfoSet)"]));
    assert_eq!(queried.trim(), answer["MediaInfoSet"].as_array().unwrap().len().to_string());
    let (_, raw, _) = against(&emulator, &with(&["-o", "raw"]));
    assert!(raw.starts_with("{\"Response\":"), "{raw}");
    for (form, part) in [("yaml", "RequestId: "), ("table", "RequestId"), ("jsonl", "{"), ("json", "{\n")] {
        let (code, out, _) = against(&emulator, &with(&["-o", form]));
        assert!(code == 0 && out.contains(part), "{form}: {out}");
    }
    let (code, out, err) = against(&emulator, &with(&["--verbose", "--strict"]));
    assert!(code == 0 && !out.is_empty() && err.contains("attempt 1 at 127.0.0.1"), "{err}");

    // A wrong key, an address without a service, a refusal: each has a code of its own.
    let key = |command: &mut Command| {
        command.env("VOD_ENDPOINT", emulator.endpoint()).env("TENCENTCLOUD_SECRET_ID", emulator.secret_id());
        command.env("TENCENTCLOUD_SECRET_KEY", "another-key");
    };
    let mut command = vod(&with(&["--no-retry", "--error-format", "json"]));
    key(&mut command);
    let (code, out, err) = run(&mut command);
    let told: Value = serde_json::from_str(&err).unwrap();
    assert_eq!((code, out.as_str(), told["exit"].as_i64()), (3, "", Some(3)));
    assert_eq!(told["code"], "AuthFailure.SignatureFailure");
    assert_eq!(told["action"], "DescribeMediaInfos");
    assert!(told["request_id"].is_string() && !err.contains("another-key"), "{err}");
    let (code, _, err) = against(&emulator, &with(&["--endpoint", "http://127.0.0.1:9", "--no-retry"]));
    assert!(code == 4 && err.contains("Connection refused"), "{err}");
    let (code, _, err) = against(&emulator, &["confirm-events", "--event-handles", "nonsense"]);
    assert!(code == 1 && err.contains("vod explain"), "{err}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn every_example_is_accepted_by_the_service() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::builder().answer_examples(true).start()).unwrap();
    let client = vod_api::Client::builder()
        .credential(vod_api::Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
        .without_rate_limit()
        .build()
        .unwrap();
    let vod = vod_api::JsonService::new("vod", "2018-07-17");
    let specs = Specs::builtin("vod").unwrap();
    let (mut bodies, mut refused) = (0, Vec::new());
    for name in specs.action_names() {
        let action = specs.action(name).unwrap();
        if action.model().examples.is_empty() {
            continue;
        }
        let (code, body, err) =
            run(&mut running::vod(&[&kebab(name), "--example", "--dry-run", "--as", "body"]));
        assert_eq!(code, 0, "{name}: {err}");
        let body: Value = serde_json::from_str(&body).unwrap();
        bodies += 1;
        let outcome = runtime.block_on(async { client.call_json(&vod, name, body).await });
        // What an example names need not exist in a world that has just begun.
        if let Err(error) = outcome {
            let code = error.code_str().unwrap_or_default().to_owned();
            if ["InvalidParameter", "MissingParameter", "UnknownParameter", ""].contains(&code.as_str()) {
                refused.push(format!("{name}: {error}"));
            }
        }
    }
    assert!(bodies >= 238, "{bodies}");
    assert!(refused.is_empty(), "{refused:#?}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn a_command_printed_by_as_vod_makes_the_same_request() {
    let specs = Specs::builtin("vod").unwrap();
    for name in specs.action_names().into_iter().step_by(3) {
        let examples = specs.action(name).unwrap().model().examples.len();
        for number in 1..=examples {
            let number = number.to_string();
            let base = [name, "--example", &number, "--dry-run", "--as"];
            let (_, body, _) = run(&mut vod(&[&base[..], &["body"]].concat()));
            let (_, command, _) = run(&mut vod(&[&base[..], &["vod"]].concat()));
            let line = format!("{} --dry-run --as body", command.trim());
            let program = PathBuf::from(env!("CARGO_BIN_EXE_vod"));
            let path = format!("{}:/usr/bin:/bin", program.parent().unwrap().display());
            let output =
                Command::new("sh").args(["-c", &line]).env("PATH", path).env("HOME", home()).output();
            assert_eq!(text(&output.unwrap().stdout), body, "{line}");
        }
    }
}

#[test]
fn events_are_handed_to_commands_and_confirmed_if_they_succeed() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    for number in 0..6 {
        emulator.publish(samples::file_deleted(number)).unwrap();
    }
    let (code, out, _) = against(&emulator, &["events", "count", "-o", "json"]);
    assert!(code == 0 && out.contains("CountOfEventsToPull"), "{out}");
    let (code, out, _) = against(&emulator, &["events", "config", "-o", "json"]);
    assert!(code == 0 && out.contains("\"Mode\""), "{out}");

    // A command that fails leaves the event in the queue.
    let words = ["events", "run", "--limit", "1", "--concurrency", "1", "--", "false"];
    let (code, _, err) = against(&emulator, &words);
    assert!(
        code == 0 && err.contains("the event will be redelivered") && err.contains("\"confirmed\":0"),
        "{err}"
    );
    emulator.advance(Duration::from_secs(31));

    let words = ["events", "tail", "--confirm", "--limit", "2", "--concurrency", "1"];
    let (code, out, err) = against(&emulator, &words);
    assert_eq!(code, 0, "{err}");
    let events: Vec<Value> = out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert!(events.len() >= 2 && events.iter().all(|event| event["EventType"] == "FileDeleted"), "{out}");
    emulator.advance(Duration::from_secs(31));

    let left = 6 - emulator.state().confirmed;
    let words = ["events", "run", "--limit", &left.to_string(), "--", "sh", "-c", "cat; echo"];
    let (code, out, err) = against(&emulator, &words);
    assert_eq!(code, 0, "{err}");
    assert!(out.contains("\"EventType\":\"FileDeleted\""), "the event is on standard input: {out}");
    assert_eq!(emulator.state().confirmed, 6, "{err}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn profiles_are_stored_for_their_owner_alone_and_used() {
    let runtime = runtime();
    let options = Options { long_poll: Duration::ZERO, ..Options::default() };
    let emulator = runtime.block_on(Emulator::builder().options(options).start()).unwrap();
    let home = home().join("profiles");
    let store = |words: &[&str], lines: String| {
        let mut child =
            vod(words).env("HOME", &home).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
        child.stdin.take().unwrap().write_all(lines.as_bytes()).unwrap();
        text(&child.wait_with_output().unwrap().stdout)
    };
    let lines = format!("{}\n{}\n", emulator.secret_id(), emulator.secret_key());
    let said = store(&["config", "set", "test", "--stdin"], lines);
    assert!(said.contains("profile test") && !said.contains(emulator.secret_key()), "{said}");
    let mut command = vod(&["pull-events", "--profile", "test", "--endpoint", &emulator.endpoint()]);
    let (code, _, err) = run(command.env("HOME", &home));
    // The queue is empty, which the service may tell by an error of its own.
    assert!(matches!(code, 0 | 1) && !err.contains("credential"), "{err}");
    let (code, _, err) = run(vod(&["pull-events", "--profile", "other"]).env("HOME", &home));
    assert!(code == 3 && err.contains("other"), "{err}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn doctor_tells_what_is_wrong() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    let (code, out, err) = against(&emulator, &["doctor", "-o", "json"]);
    assert_eq!(code, 0, "{out}{err}");
    let rows: Vec<Value> = serde_json::from_str(&out).unwrap();
    let found = |what: &str| rows.iter().find(|row| row["what"] == what).cloned().unwrap_or_default();
    for what in ["reachable", "clock", "account", "application", "events"] {
        assert_eq!(found(what)["ok"], json!(true), "{what}: {out}");
    }
    assert!(found("endpoint")["found"].as_str().unwrap().ends_with("(VOD_ENDPOINT)"), "{out}");
    assert!(!out.contains(emulator.secret_key()), "{out}");
    let (code, out, _) = against(&emulator, &["doctor", "--endpoint", "http://127.0.0.1:9"]);
    assert!(code == 4 && out.contains("FAIL reachable"), "{out}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn a_command_is_run_against_an_emulator_of_its_own() {
    let program = env!("CARGO_BIN_EXE_vod");
    let (code, out, err) =
        run(&mut vod(&["emulator", "exec", "--", program, "events", "count", "-o", "json"]));
    assert!(code == 0 && out.contains("CountOfEventsToPull"), "{out}{err}");
    assert_eq!(run(&mut vod(&["emulator", "exec", "--", "sh", "-c", "exit 7"])).0, 7);
    assert_ne!(run(&mut vod(&["emulator", "exec", "--", "/nonexistent"])).0, 0);
}
