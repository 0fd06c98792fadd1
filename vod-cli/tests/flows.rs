//! Command lines that make several calls: whole lists, waiting, events that are handed on, and the codes they exit
//! with.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a helper that fails has failed the test")]

#[path = "commands/running.rs"]
mod running;

use std::collections::BTreeSet;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::Stdio;
use std::thread;
use std::time::Duration;

use serde_json::Value;
use vod_emulator::{Emulator, Fault, Faults, Options, TaskOutcome, TaskProgress, samples};

use running::{against, home, run, runtime, text, vod};

fn json(text: &str) -> Value {
    serde_json::from_str(text).unwrap_or_else(|error| panic!("{error}: {text}"))
}

#[test]
fn a_whole_list_is_fetched_page_by_page() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    for number in 0..5 {
        let name = format!("t{number}");
        let (code, _, err) = against(&emulator, &["create-ai-analysis-template", "--name", &name]);
        assert_eq!(code, 0, "{err}");
    }
    let list = |more: &[&str]| {
        let words = ["describe-ai-analysis-templates", "--limit", "2"];
        let before = emulator.calls().total;
        let (code, out, err) = against(&emulator, &[&words[..], more].concat());
        assert_eq!(code, 0, "{err}");
        (out, emulator.calls().total - before)
    };
    let (page, calls) = list(&["-o", "json"]);
    assert_eq!((json(&page)["AIAnalysisTemplateSet"].as_array().unwrap().len(), calls), (2, 1));
    // The service has templates of its own besides.
    let total = json(&page)["TotalCount"].as_u64().unwrap();
    assert!(total >= 5);
    let (lines, calls) = list(&["--all", "-o", "jsonl"]);
    let names: Vec<String> =
        lines.lines().map(|line| json(line)["Name"].as_str().unwrap().to_owned()).collect();
    assert_eq!(names.len() as u64, total);
    for number in 0..5 {
        assert_eq!(names.iter().filter(|name| **name == format!("t{number}")).count(), 1, "{lines}");
    }
    assert_eq!(calls, total.div_ceil(2));
    let (whole, _) = list(&["--all", "-o", "json"]);
    let whole = json(&whole);
    assert_eq!(whole["AIAnalysisTemplateSet"].as_array().unwrap().len() as u64, total);
    assert!(whole["RequestId"].is_string());
    let (some, calls) = list(&["--all", "--max-items", "3", "-o", "jsonl"]);
    assert_eq!((some.lines().count(), calls), (3, 2), "no page is fetched that nothing is taken from");
    let (count, _) = list(&["--all", "--query", "length(AIAnalysisTemplateSet)"]);
    assert_eq!(count.trim(), total.to_string());
    runtime.block_on(emulator.shutdown());
}

#[test]
fn no_more_events_are_handled_than_were_asked_for() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    for _ in 0..5 {
        emulator.publish(samples::new_file_upload(1)).unwrap();
    }
    // One pull brings all five.
    let (code, out, err) = against(&emulator, &["events", "tail", "--confirm", "--limit", "2"]);
    assert_eq!((code, out.lines().count()), (0, 2), "{err}");
    assert!(err.contains("\"confirmed\":2") && err.contains("\"pulled\":5"), "{err}");
    // The others come back when their handles have expired.
    emulator.service().advance(Duration::from_secs(31));
    let (code, out, err) = against(&emulator, &["events", "tail", "--confirm", "--limit", "3"]);
    assert_eq!((code, out.lines().count()), (0, 3), "{err}");
    assert_eq!(emulator.state().confirmed, 5);
    runtime.block_on(emulator.shutdown());
}

#[test]
fn mistyped_commands_and_options_are_answered_with_the_right_ones() {
    for (words, told) in [
        (&["events", "tial"][..], "tail"),
        (&["events", "tail", "--limt", "3"], "--limit"),
        (&["upload", "f.mp4", "--procedur", "p"], "--procedure"),
        (&["event", "count"], "did you mean the command `vod events`?"),
        (&["describe-media-info"], "did you mean `DescribeMediaInfos`?"),
        (&["describe-media-infos", "--file-id", "1"], "did you mean `--file-ids`?"),
        (&["--profile", "p", "describe-media-infos"], "options follow the command"),
        (&["create-class", "--class-name", "c", "--parent-id", "99999999999999999999"], "is not between"),
    ] {
        let (code, _, err) = run(&mut vod(words));
        assert!(code == 2 && err.contains(told), "{words:?}: {err}");
        let (code, _, err) = run(vod(words).arg("--error-format=json"));
        assert_eq!((code, json(&err)["exit"].as_u64()), (2, Some(2)), "{words:?}: {err}");
    }
}

/// A folder with the specs of VOD in which a search has this ceiling.
fn specs_with_a_ceiling(ceiling: u64) -> PathBuf {
    let folder = home().join(format!("specs-{ceiling}"));
    let specs = Path::new(env!("CARGO_MANIFEST_DIR")).join("../api-specs/vod");
    let (mut folders, mut changed) = (vec![specs.clone()], 0);
    while let Some(from) = folders.pop() {
        std::fs::create_dir_all(folder.join(from.strip_prefix(&specs).unwrap())).unwrap();
        for entry in std::fs::read_dir(&from).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
                continue;
            }
            let spec = std::fs::read_to_string(&path).unwrap();
            let lower = spec.replace("ceiling = 5000", &format!("ceiling = {ceiling}"));
            let lower = lower.replace(
                "page-size = 100\nitems     = \"MediaInfoSet\"",
                "page-size = 7\nitems     = \"MediaInfoSet\"",
            );
            changed += usize::from(lower != spec);
            std::fs::write(folder.join(path.strip_prefix(&specs).unwrap()), lower).unwrap();
        }
    }
    assert_eq!(changed, 1, "one action has a ceiling");
    folder
}

#[test]
fn a_list_is_fetched_past_its_ceiling_each_item_once() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    let client = vod_api::Client::builder()
        .credential(vod_api::Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
        .build()
        .unwrap();
    let mut ids = BTreeSet::new();
    for number in 0..50 {
        let file = bytes::Bytes::from(format!("film {number}"));
        let uploaded = runtime.block_on(async { client.upload(file).media_type("mp4").await }).unwrap();
        ids.insert(uploaded.file_id);
        // Three files of a second.
        emulator.service().advance(Duration::from_secs(u64::from(number % 3 == 0)));
    }
    let specs = specs_with_a_ceiling(12);
    let search = |more: &[&str]| {
        let words = ["search-media", "--specs", specs.to_str().unwrap(), "--all"];
        against(&emulator, &[&words[..], more].concat())
    };
    let ids_of = |items: &[Value]| -> Vec<String> {
        items.iter().map(|item| item["FileId"].as_str().unwrap().to_owned()).collect()
    };
    let (code, lines, err) = search(&["-o", "jsonl"]);
    assert_eq!(code, 0, "{err}");
    let found = ids_of(&lines.lines().map(json).collect::<Vec<_>>());
    assert_eq!((found.len(), found.into_iter().collect::<BTreeSet<_>>()), (50, ids.clone()));
    let (_, whole, err) = search(&["-o", "json"]);
    assert_eq!(err, "");
    let whole = json(&whole);
    let found = ids_of(whole["MediaInfoSet"].as_array().unwrap());
    assert_eq!((found.len(), found.into_iter().collect::<BTreeSet<_>>()), (50, ids));
    assert_eq!(whole["TotalCount"], 50, "and not the length of the last part");
    let (_, some, _) = search(&["--max-items", "30", "-o", "json"]);
    let some = json(&some);
    assert_eq!(some["MediaInfoSet"].as_array().unwrap().len(), 30);
    assert_eq!(some.get("TotalCount"), None, "no answer told it");

    // An order of one's own can't be had past the ceiling; up to it, it can.
    let newest_first = ["--sort.field", "CreateTime", "--sort.order", "Desc", "-o", "jsonl"];
    let (code, out, err) = search(&newest_first);
    assert_eq!((code, out.as_str()), (2, ""), "{err}");
    assert!(err.contains("the first 12 items") && err.contains("without --sort, --all"), "{err}");
    let (code, out, err) = search(&[&newest_first[..], &["--max-items", "12"]].concat());
    assert_eq!((code, out.lines().count()), (0, 12), "{err}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn a_task_is_waited_for_and_its_end_decides_the_code() {
    let runtime = runtime();
    let options = Options { task_progress: TaskProgress::ByHand, ..Options::default() };
    let emulator = runtime.block_on(Emulator::builder().options(options).start()).unwrap();
    let film = home().join("film.mp4");
    std::fs::create_dir_all(home()).unwrap();
    std::fs::write(&film, b"film").unwrap();
    let (code, uploaded, err) = against(&emulator, &["upload", film.to_str().unwrap()]);
    assert_eq!(code, 0, "{err}");
    let file_id = uploaded.split(' ').next().unwrap();
    let process = [
        "process-media",
        "--file-id",
        file_id,
        "--media-process-task.transcode-task-set.0.definition",
        "100010",
    ];
    let failure = || TaskOutcome::Failure {
        code: 30000,
        name: "SourceFile.DownloadFailed".to_owned(),
        message: "no such file".to_owned(),
    };
    for (outcome, expected, told) in
        [(TaskOutcome::Success, 0, ""), (failure(), 6, "30000 (SourceFile.DownloadFailed)")]
    {
        let before = emulator.service().tasks(0).len();
        // The task is ended as soon as the command has started it.
        let service = emulator.service().clone();
        let end = thread::spawn(move || {
            loop {
                let tasks = service.tasks(0);
                if let Some(task) = tasks.get(before) {
                    assert!(service.finish_task(0, task["TaskId"].as_str().unwrap(), outcome));
                    return;
                }
                thread::sleep(Duration::from_millis(5)); // between two looks; nothing depends on its length
            }
        });
        let (code, out, err) =
            against(&emulator, &[&process[..], &["--wait", "-o", "json", "--wait-timeout", "60"]].concat());
        end.join().unwrap();
        assert_eq!(code, expected, "{err}");
        assert_eq!(json(&out)["Status"], "FINISH", "the end is printed, whatever it was");
        assert!(err.contains("TaskId ") && err.contains(told), "{err}");

        // The same by the command for tasks.
        let id = json(&out)["ProcedureTask"]["TaskId"].as_str().unwrap().to_owned();
        let (code, out, err) = against(&emulator, &["task", "wait", &id]);
        assert_eq!(code, expected, "{err}");
        assert!(out.starts_with("status\tFINISH\n"), "{out}");
        let (code, _, _) = against(&emulator, &["describe-task-detail", "--task-id", &id, "--wait"]);
        assert_eq!(code, expected);
    }

    // One that does not end: the time-out of the wait has a code of its own.
    let (_, started, _) = against(&emulator, &[&process[..], &["-o", "json"]].concat());
    let id = json(&started)["TaskId"].as_str().unwrap().to_owned();
    for words in [
        &["describe-task-detail", "--task-id", &id, "--wait", "--wait-timeout", "1"][..],
        &["describe-task-detail", "--task-id", &id, "--until", "Status=FINISH", "--wait-timeout", "1"],
        &["task", "wait", &id, "--wait-timeout", "1"],
    ] {
        let (code, out, err) = against(&emulator, words);
        assert_eq!((code, out.as_str()), (7, ""), "{words:?}: {err}");
    }
    let told = &["describe-task-detail", "--task-id", &id, "--wait", "--wait-timeout", "1"];
    let (_, _, err) = against(&emulator, &[&told[..], &["--error-format", "json"]].concat());
    assert_eq!(json(&err)["kind"], "wait-timed-out");
    // A value that is there already ends the wait at once.
    let (code, _, err) =
        against(&emulator, &["describe-task-detail", "--task-id", &id, "--until", "Status=WAITING"]);
    assert_eq!(code, 0, "{err}");
    runtime.block_on(emulator.shutdown());
}

#[test]
fn throttling_has_a_code_of_its_own() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    for words in [
        &["describe-events-state", "--no-retry"][..],
        &["events", "count", "--no-retry"],
        &["media", "list", "--no-retry"],
    ] {
        let throttled = Fault::Throttling { lasting: Duration::from_mins(1), retry_after: false };
        emulator.set_faults(Faults::none().random("DescribeEventsState", 1.0, throttled.clone())).unwrap();
        if words[0] == "media" {
            emulator.set_faults(Faults::none().random("SearchMedia", 1.0, throttled)).unwrap();
        }
        let (code, out, err) = against(&emulator, words);
        assert_eq!((code, out.as_str()), (5, ""), "{words:?}: {err}");
        assert!(err.contains("RequestLimitExceeded"), "{err}");
        let (_, _, err) = against(&emulator, &[words, &["--error-format=json"]].concat());
        let told = json(&err);
        assert_eq!(
            (&told["kind"], &told["exit"], &told["attempts"]),
            (&"throttled".into(), &5.into(), &1.into())
        );
    }
    runtime.block_on(emulator.shutdown());
}

/// A server for posts: gives each body to `answer`, which chooses the status.
fn receiver(answer: impl Fn(Value) -> u16 + Send + 'static) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = format!("http://{}/events", listener.local_addr().unwrap());
    thread::spawn(move || {
        for stream in listener.incoming() {
            let Ok(stream) = stream else { return };
            let _ = serve(&stream, &answer);
        }
    });
    address
}

fn serve(mut stream: &TcpStream, answer: &impl Fn(Value) -> u16) -> std::io::Result<()> {
    let mut reader = BufReader::new(stream);
    let (mut head, mut length) = (String::new(), 0);
    loop {
        let mut line = String::new();
        if reader.read_line(&mut line)? == 0 {
            return Ok(());
        }
        if let Some((name, value)) = line.split_once(':')
            && name.eq_ignore_ascii_case("content-length")
        {
            length = value.trim().parse().unwrap();
        }
        head.push_str(&line);
        if line == "\r\n" {
            break;
        }
    }
    assert!(head.starts_with("POST /events HTTP/1.1\r\n"), "{head}");
    assert!(head.to_ascii_lowercase().contains("content-type: application/json"), "{head}");
    let mut body = vec![0; length];
    reader.read_exact(&mut body)?;
    let status = answer(json(&text(&body)));
    write!(stream, "HTTP/1.1 {status} x\r\ncontent-length: 0\r\nconnection: close\r\n\r\n")
}

#[test]
fn events_are_forwarded_and_confirmed_after_an_answer_of_2xx() {
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::start()).unwrap();
    for number in 0..4 {
        emulator.publish(samples::file_deleted(number)).unwrap();
    }
    let (sender, received) = std::sync::mpsc::channel();
    let to = receiver(move |event| {
        sender.send(event["EventType"].clone()).unwrap();
        500
    });
    let words = ["events", "forward", "--to", &to, "--limit", "4", "--concurrency", "1"];
    let (code, out, err) = against(&emulator, &words);
    assert_eq!(code, 0, "{err}");
    assert!(out.lines().all(|line| line.starts_with("FileDeleted -> 500 ")), "{out}");
    assert_eq!(json(err.lines().last().unwrap())["confirmed"], 0, "{err}");
    assert!(received.try_iter().count() >= 4);
    assert_eq!(emulator.state().confirmed, 0);

    // They come again, and an answer of 204 deletes them.
    emulator.advance(Duration::from_secs(31));
    let to = receiver(|_| 204);
    let (code, out, err) = against(&emulator, &["events", "forward", "--to", &to, "--limit", "4"]);
    assert_eq!((code, out.lines().count()), (0, 4), "{out}{err}");
    let state = emulator.state();
    assert_eq!((state.confirmed, state.queued, state.in_flight), (4, 0, 0), "{err}");

    // Where nobody listens, nothing is confirmed.
    emulator.publish(samples::file_deleted(9)).unwrap();
    let words = ["events", "forward", "--to", "http://127.0.0.1:9/", "--limit", "1", "--concurrency", "1"];
    let (code, out, _) = against(&emulator, &words);
    assert!(code == 0 && out.contains("FileDeleted -> "), "{out}");
    assert_eq!(emulator.state().confirmed, 4);
    runtime.block_on(emulator.shutdown());
}

#[test]
fn manual_pages_describe_every_command() {
    let folder = home().join("man");
    let (code, listed, err) = run(&mut vod(&["man", "--out", folder.to_str().unwrap()]));
    assert_eq!(code, 0, "{err}");
    let (_, help, _) = run(&mut vod(&["help"]));
    let names = help.lines().skip_while(|line| !line.starts_with("Commands:")).skip(1);
    let names: Vec<&str> =
        names.map_while(|line| line.split_whitespace().next()).filter(|name| *name != "help").collect();
    assert!(names.len() > 10, "{help}");
    for name in &names {
        let page = std::fs::read_to_string(folder.join(format!("vod-{name}.1"))).unwrap();
        assert!(page.contains(".SH NAME") && page.contains(".SH SYNOPSIS"), "{page}");
        assert!(listed.contains(&format!("vod-{name}.1\n")), "{listed}");
    }
    let page = std::fs::read_to_string(folder.join("vod.1")).unwrap();
    assert!(names.iter().all(|name| page.contains(name)), "{page}");
    let (code, _, err) = run(&mut vod(&["man", "--out", "/dev/null/x"]));
    assert!(code == 2 && err.contains("/dev/null/x cannot be written"), "{err}");
}

#[cfg(unix)]
#[test]
fn a_reader_that_goes_away_is_no_failure_to_be_told() {
    let mut child = vod(&["spec", "openapi"]).stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
    let mut first = [0; 64];
    child.stdout.take().unwrap().read_exact(&mut first).unwrap();
    let output = child.wait_with_output().unwrap();
    assert_eq!((output.status.code(), text(&output.stderr).as_str()), (Some(141), ""));
}

#[test]
fn a_file_is_sent_as_a_part_of_a_body() {
    let specs = concat!(env!("CARGO_MANIFEST_DIR"), "/../vod-codegen/tests/specs/sample");
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::builder().specs(specs).start()).unwrap();
    let photo = std::env::temp_dir().join(format!("vod-photo-{}.jpg", std::process::id()));
    std::fs::write(&photo, [0xff, 0xd8, b'\r', b'\n']).unwrap();
    let words = ["store-thing", "--specs", specs, "--name", "box", "--photo"];
    let send = |photo: &str| against(&emulator, &[&words[..], &[photo]].concat());
    let (code, _, err) = send(&format!("@{}", photo.display()));
    assert_eq!(code, 0, "{err}");
    assert_eq!(send("/9j/").0, 0, "Base64");
    for wrong in ["@/no/such/file", "photo.jpg"] {
        let (code, _, err) = send(wrong);
        assert!(code == 2 && err.contains("--photo"), "{code} {err}");
    }
    std::fs::remove_file(photo).unwrap();
}
