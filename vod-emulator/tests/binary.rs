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
    started(command)
}

fn started(mut command: Command) -> (Program, String) {
    command.stdout(Stdio::piped()).stderr(Stdio::piped()).stdin(Stdio::null());
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

#[allow(clippy::disallowed_methods, reason = "a test measures how long the end takes")]
fn stop(program: &mut Program) -> std::time::Duration {
    let started = std::time::Instant::now();
    let asked = Command::new("kill").args(["-TERM", &program.0.id().to_string()]).status().unwrap();
    assert!(asked.success());
    assert!(program.0.wait().unwrap().success());
    started.elapsed()
}

/// Nobody reads standard error, as in many harnesses.
#[test]
fn an_unread_log_holds_nothing_up() {
    let (mut program, address) = start(&[]);
    let mut stream = TcpStream::connect(&address).unwrap();
    stream.set_read_timeout(Some(std::time::Duration::from_secs(20))).unwrap();
    let action = "x".repeat(80);
    let request = format!("GET /?Action={action} HTTP/1.1\r\nhost: {address}\r\n\r\n");
    let mut answers = BufReader::new(stream.try_clone().unwrap());
    for call in 0..10_000 {
        stream.write_all(request.as_bytes()).unwrap();
        let mut length = 0;
        loop {
            let mut line = String::new();
            answers.read_line(&mut line).unwrap_or_else(|error| panic!("call {call} hangs: {error}"));
            if let Some(value) = line.to_ascii_lowercase().strip_prefix("content-length: ") {
                length = value.trim().parse().unwrap();
            }
            if line.trim().is_empty() {
                break;
            }
        }
        answers.read_exact(&mut vec![0; length]).unwrap();
    }
    let took = stop(&mut program);
    assert!(took < std::time::Duration::from_secs(3), "stopping took {took:?}");
}

#[test]
fn the_log_can_be_silenced() {
    for (arguments, variable) in
        [(&["--quiet"][..], None), (&[], Some("off")), (&[], Some("vod_emulator=warn"))]
    {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vod-emulator"));
        command.args(["--listen", "localhost:0"]).args(arguments);
        if let Some(level) = variable {
            command.env("RUST_LOG", level);
        }
        let (mut program, address) = started(command);
        assert!(get(&address, "/?Action=PullEvents").contains("MissingParameter"));
        stop(&mut program);
        let mut log = String::new();
        program.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert_eq!(log, "", "{arguments:?} {variable:?}");
    }
}

#[test]
fn a_line_of_the_log_cannot_be_forged() {
    let (mut program, address) = start(&[]);
    assert!(get(&address, "/?Action=A%0A2026-01-01%20INFO%20forged&Version=1").contains("MissingParameter"));
    let forged = "/?Action=A%0Aforged&Version=1%0Aforged&Timestamp=1&Nonce=1&SecretId=1&Signature=1";
    assert!(get(&address, forged).contains("NoSuchVersion"));
    stop(&mut program);
    let mut log = String::new();
    program.0.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    assert_eq!(log.lines().count(), 2, "{log}");
}

#[test]
fn addresses_can_be_short() {
    for listen in ["localhost:0", ":0", "0", "127.0.0.1:0", "[::1]:0"] {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vod-emulator"));
        command.args(["--listen", listen]);
        let (_program, address) = started(command);
        assert!(get(&address, "/_emulator/health").starts_with("HTTP/1.1 200"), "{listen}");
    }
}

#[test]
fn empty_variables_count_as_absent_and_time_can_be_skipped() {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod-emulator"));
    command.args(["--listen", "0", "--wall-clock", "system", "--retention", "60", "--seed-events", "3"]);
    for name in ["SECRET_ID", "SECRET_KEY", "TOKEN", "CONTROL_TOKEN", "ALLOW_HOST"] {
        command.env(format!("VOD_EMULATOR_{name}"), "");
    }
    let (_program, address) = started(command);
    let mut stream = TcpStream::connect(&address).unwrap();
    write!(
        stream,
        "POST /_emulator/advance?seconds=61 HTTP/1.1\r\nhost: {address}\r\nconnection: close\r\n\r\n"
    )
    .unwrap();
    let mut answer = String::new();
    stream.read_to_string(&mut answer).unwrap();
    let told: u64 =
        answer.split("\"unix_seconds\":").nth(1).unwrap().trim_end_matches(['}', '\n']).parse().unwrap();
    let machine = std::process::Command::new("date").arg("+%s").output().unwrap();
    let machine: u64 = String::from_utf8(machine.stdout).unwrap().trim().parse().unwrap();
    assert!(told.abs_diff(machine) < 30, "the wall clock stays the machine's");
    assert!(get(&address, "/_emulator/state").contains(r#""expired_unpulled":3"#));
}

#[test]
fn a_command_runs_beside_an_emulator_of_its_own() {
    let path = std::env::temp_dir().join(format!("vod-emulator-failure-{}.json", std::process::id()));
    let exec = |script: &str| {
        let mut command = Command::new(env!("CARGO_BIN_EXE_vod-emulator"));
        command.args(["--quiet", "exec", "--failure-snapshot"]).arg(&path).args(["--", "sh", "-c", script]);
        command.output().unwrap()
    };
    let good =
        exec("echo $VOD_ENDPOINT $VOD_STORAGE_ENDPOINT $TENCENTCLOUD_SECRET_ID $TENCENTCLOUD_SECRET_KEY");
    assert_eq!(good.status.code(), Some(0));
    let told = String::from_utf8(good.stdout).unwrap();
    let told: Vec<&str> = told.split_whitespace().collect();
    assert_eq!(told.len(), 4, "{told:?}");
    assert!(told[0].starts_with("http://127.0.0.1:") && !told[0].ends_with(":9410"), "{told:?}");
    assert_eq!(told[1], format!("{}/_storage/{{bucket}}", told[0]));
    assert!(!path.exists(), "the command succeeded");
    let bad = exec("exit 7");
    assert_eq!(bad.status.code(), Some(7));
    let snapshot = std::fs::read_to_string(&path).unwrap();
    std::fs::remove_file(&path).unwrap();
    assert!(snapshot.contains("\"version\": 1"), "{snapshot}");
    let absent = Command::new(env!("CARGO_BIN_EXE_vod-emulator"))
        .args(["exec", "--", "/nonexistent/command"])
        .output()
        .unwrap();
    assert_eq!(absent.status.code(), Some(1));
    assert!(String::from_utf8_lossy(&absent.stderr).contains("/nonexistent/command"));
}

#[test]
fn the_state_is_kept_at_the_end_and_restored_at_the_start() {
    let path = std::env::temp_dir().join(format!("vod-emulator-state-{}.json", std::process::id()));
    let path = path.to_str().unwrap();
    let (mut program, address) = start(&["--snapshot", path, "--seed-events", "3"]);
    assert!(get(&address, "/_emulator/state").contains(r#""queued":3"#));
    assert!(Command::new("kill").args(["-TERM", &program.0.id().to_string()]).status().unwrap().success());
    assert!(program.0.wait().unwrap().success());
    let (_program, address) = start(&["--restore", path]);
    assert!(get(&address, "/_emulator/state").contains(r#""queued":3"#));
    std::fs::remove_file(path).unwrap();
}
