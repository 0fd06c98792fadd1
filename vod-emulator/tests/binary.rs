//! The program: its first line, its log, its end.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::TcpStream;
use std::process::{Child, Command, Stdio};

/// The program, killed if a test ends early.
struct Program(Child);

impl Drop for Program {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

fn start(arguments: &[&str]) -> (Program, String) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod-emulator"));
    command.args(["--listen", "127.0.0.1:0"]).args(arguments);
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    let mut program = Program(command.spawn().unwrap());
    let mut line = String::new();
    BufReader::new(program.0.stdout.take().unwrap()).read_line(&mut line).unwrap();
    let address = line.trim().strip_prefix("listening on http://").expect("the first line").to_owned();
    (program, address)
}

fn get(address: &str, path: &str) -> String {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n").unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    answer
}

#[test]
fn tells_its_address_logs_calls_and_stops_when_asked() {
    let (mut program, address) = start(&["--seed-events", "7", "--secret-key", "top-secret-key"]);
    assert!(get(&address, "/_emulator/state").contains(r#""queued":7"#));
    let answer = get(&address, "/?Action=PullEvents");
    assert!(answer.contains("MissingParameter"), "{answer}");

    let asked = Command::new("kill").args(["-TERM", &program.0.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert!(program.0.wait().unwrap().success());
    let mut log = String::new();
    program.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert_eq!(log.lines().count(), 1, "one line for the one call: {log}");
    assert!(log.contains("MissingParameter") && log.contains("request_id"), "{log}");
    assert!(!log.contains("top-secret-key"), "{log}");
}

#[test]
fn injects_faults_from_a_text_or_a_file() {
    let faults = r#"{ "random": [{ "probability": 1, "fault": "bad-gateway" }] }"#;
    let path = std::env::temp_dir().join(format!("vod-emulator-faults-{}.json", std::process::id()));
    std::fs::write(&path, faults).unwrap();
    for argument in [faults, path.to_str().unwrap()] {
        let (_program, address) = start(&["--faults", argument, "--count-handled-by", "ExtInfo"]);
        assert!(get(&address, "/?Action=PullEvents").starts_with("HTTP/1.1 502"));
        assert!(get(&address, "/_emulator/faults").contains(r#""bad-gateway":1"#));
    }
    std::fs::remove_file(path).unwrap();
}

#[test]
fn the_date_can_be_wrong() {
    let (_program, address) = start(&["--date-skew", "-3000000000"]);
    let answer = get(&address, "/_emulator/state").to_ascii_lowercase();
    let date = answer.lines().find_map(|line| line.strip_prefix("date: ")).unwrap();
    let year: u32 = date[12..16].parse().unwrap();
    assert!(year < 1970, "{date}");
}

#[test]
fn refuses_wrong_arguments_with_the_choices() {
    let run = |arguments: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_vod-emulator")).args(arguments).output().unwrap();
        (output.status.success(), String::from_utf8(output.stderr).unwrap())
    };
    let (success, text) = run(&["--empty-pull", "nothing"]);
    assert!(!success && text.contains("null-set, absent-set, resource-not-found"), "{text}");
    let (success, text) = run(&["--faults", r#"{ "script": [{ "faults": ["earthquake"] }] }"#]);
    assert!(!success && text.contains("no fault `earthquake`"), "{text}");
    let (success, text) = run(&["--listen", "127.0.0.1:0", "--specs", "src"]);
    assert!(!success && text.contains("service.toml"), "{text}");
}
