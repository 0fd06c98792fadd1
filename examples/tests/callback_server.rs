//! The callback server as a program: what it believes, what it refuses, how it ends.

#![allow(clippy::disallowed_methods, reason = "real time passes in the program")]
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{Shutdown, TcpStream};
use std::process::{Child, ChildStdout, Command, ExitStatus, Output, Stdio};
use std::time::{Duration, Instant};

use md5::{Digest as _, Md5};

const KEY: &str = "aSignKeyThatNobodyMaySee";
/// In the year 2100.
const VALID: i64 = 4_102_444_800;
/// In the year 2020.
const PAST: i64 = 1_600_000_000;

/// The program, killed if a test ends early.
struct Server {
    process: Child,
    stdout: BufReader<ChildStdout>,
    address: String,
}

impl Drop for Server {
    fn drop(&mut self) {
        // It may have ended already.
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

fn program(key: Option<&str>) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_callback_server"));
    command
        .args(["--listen", "127.0.0.1:0"])
        .env_remove("VOD_SIGN_KEY")
        .envs(key.map(|key| ("VOD_SIGN_KEY", key)));
    command.stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

impl Server {
    fn start() -> Self {
        Self::of(&mut program(Some(KEY)))
    }

    fn of(command: &mut Command) -> Self {
        let mut process = command.spawn().unwrap();
        let mut stdout = BufReader::new(process.stdout.take().unwrap());
        let mut line = String::new();
        stdout.read_line(&mut line).unwrap();
        let address = line.trim().strip_prefix("listening on http://").unwrap();
        let address = address.strip_suffix("/callback").unwrap().to_owned();
        Self { process, stdout, address }
    }

    fn connect(&self) -> TcpStream {
        let stream = TcpStream::connect(&self.address).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        stream
    }

    /// Sends a callback and gives the status of the answer.
    fn post(&self, body: &str) -> u16 {
        self.send(&format!(
            "POST /callback HTTP/1.1\r\nhost: {}\r\nconnection: close\r\ncontent-length: {}\r\n\r\n{body}",
            self.address,
            body.len()
        ))
    }

    fn send(&self, request: &str) -> u16 {
        let mut stream = self.connect();
        // A server that has refused a body need not read it to its end.
        let _ = stream.write_all(request.as_bytes());
        let mut answer = [0; 12];
        stream.read_exact(&mut answer).unwrap();
        let answer = String::from_utf8(answer.to_vec()).unwrap();
        answer.strip_prefix("HTTP/1.1 ").unwrap().parse().unwrap()
    }

    /// Asks it to end, and gives the lines that it printed after the first, and its log.
    fn stop(mut self) -> (Vec<String>, String) {
        signal(&self.process, "-INT");
        let mut printed = String::new();
        self.stdout.read_to_string(&mut printed).unwrap();
        let mut log = String::new();
        self.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
        assert!(self.process.wait().unwrap().success(), "{log}");
        (printed.lines().map(str::to_owned).collect(), log)
    }
}

fn sign(key: &str, time: i64) -> String {
    let hash = Md5::new().chain_update(key).chain_update(time.to_string()).finalize();
    hash.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}"))
}

/// A callback about a deleted file, with these members besides.
fn deleted(file: &str, members: &str) -> String {
    format!(r#"{{"EventType": "FileDeleted", "FileDeleteEvent": {{"FileIdSet": ["{file}"]}}{members}}}"#)
}

fn signed(key: &str, time: i64) -> String {
    format!(r#", "T": {time}, "Sign": "{}""#, sign(key, time))
}

#[test]
fn prints_what_was_signed_and_nothing_else() {
    let server = Server::start();
    let valid = signed(KEY, VALID);
    assert_eq!(server.post(&deleted("1001", &valid)), 200);

    let sign_alone = format!(r#", "Sign": "{}""#, sign(KEY, VALID));
    let refused = [
        ("signed with another key", deleted("2001", &signed("another", VALID)), 403),
        ("with an altered signature", deleted("2002", &valid.replace(&sign(KEY, VALID)[..4], "zzzz")), 403),
        ("expired", deleted("2003", &signed(KEY, PAST)), 403),
        ("signed for another time", deleted("2004", &valid.replace("4102444800", "4102444801")), 403),
        ("without a signature", deleted("2005", &format!(r#", "T": {VALID}"#)), 403),
        ("without a time", deleted("2006", &sign_alone), 403),
        ("without both", deleted("2007", ""), 403),
        ("that is no JSON", "2008".to_owned() + &valid, 400),
        ("that is no event", format!(r#"{{"FileId": "2009"{valid}}}"#), 400),
        ("of the old API", format!(r#"{{"version": "4.0", "eventType": "X", "data": {{}}{valid}}}"#), 400),
        ("that is empty", String::new(), 400),
    ];
    for (what, body, status) in refused {
        assert_eq!(server.post(&body), status, "a callback {what}");
    }
    let large = deleted("2010", &format!(r#", "Filler": "{}"{valid}"#, "x".repeat(5 * 1024 * 1024)));
    assert_eq!(server.post(&large), 413);
    let endless =
        format!("POST /callback HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n500000\r\n{large}");
    assert_eq!(server.send(&endless), 413, "also when its length is not told before");
    assert_eq!(server.send("GET /callback HTTP/1.1\r\nhost: x\r\n\r\n"), 405);
    assert_eq!(server.send("POST /other HTTP/1.1\r\nhost: x\r\ncontent-length: 0\r\n\r\n"), 404);

    let unknown = format!(r#"{{"EventType": "Brand\nNew", "BrandNewEvent": {{"FileId": "1002"}}{valid}}}"#);
    assert_eq!(server.post(&unknown), 200);
    let upload =
        format!(r#"{{"EventType": "NewFileUpload", "FileUploadEvent": {{"FileId": "1003"}}{valid}}}"#);
    assert_eq!(server.post(&upload), 200);

    let (printed, log) = server.stop();
    assert_eq!(
        printed,
        [
            r#"files ["1001"] were deleted"#,
            r#"event of an unknown type "Brand\nNew" with ["BrandNewEvent"]"#,
            r#"file "1003" was uploaded: """#,
        ]
    );
    assert_eq!(log.lines().count(), 13, "a line for each one that was refused: {log}");
    assert_eq!(log.matches("its event is lost, because any answer ends the delivery").count(), 2, "{log}");
    for secret in [KEY, &sign(KEY, VALID), &sign(KEY, PAST), &sign("another", VALID)] {
        assert!(!log.contains(secret), "{log}");
    }
}

#[test]
fn what_was_taken_before_the_end_is_printed_although_a_connection_hangs() {
    let server = Server::start();
    let mut hanging = server.connect();
    hanging.write_all(b"POST /callback HTTP/1.1\r\nhost: x\r\ncontent-length: 5\r\n\r\n").unwrap();
    let body = deleted("1", &signed(KEY, VALID));
    for _ in 0..100 {
        assert_eq!(server.post(&body), 200);
    }
    let (printed, log) = server.stop();
    assert_eq!(printed.len(), 100, "{log}");
    // It was open until the end.
    let _ = hanging.shutdown(Shutdown::Both);
}

/// More than the pipe of a standard stream holds, in events of 10,000 bytes.
const MORE_THAN_A_PIPE: usize = 60;

/// Sends a signal.
fn signal(process: &Child, signal: &str) {
    assert!(Command::new("kill").args([signal, &process.id().to_string()]).status().unwrap().success());
}

/// Waits for the program's end, and gives its status.
fn wait(process: &mut Child) -> ExitStatus {
    let begun = Instant::now();
    while begun.elapsed() < Duration::from_secs(20) {
        if let Some(status) = process.try_wait().unwrap() {
            return status;
        }
        std::thread::sleep(Duration::from_millis(20));
    }
    panic!("the program does not end");
}

/// Standard output is a pipe that is not read any more.
fn server_with_a_stuck_output(arguments: &[&str]) -> Server {
    let mut command = program(Some(KEY));
    let server = Server::of(command.args(arguments));
    let body = deleted(&"x".repeat(10_000), &signed(KEY, VALID));
    for _ in 0..MORE_THAN_A_PIPE {
        assert_eq!(server.post(&body), 200, "callbacks are taken all the same");
    }
    server
}

#[test]
fn an_output_that_stands_still_holds_up_neither_callbacks_nor_the_end() {
    let mut server = server_with_a_stuck_output(&["--drain-time", "1"]);
    signal(&server.process, "-TERM");
    assert_eq!(wait(&mut server.process).code(), Some(1));
    let mut log = String::new();
    server.process.stderr.take().unwrap().read_to_string(&mut log).unwrap();
    let (_, unhandled) = log.rsplit_once("unhandled=").expect(&log);
    assert!((1..MORE_THAN_A_PIPE).contains(&unhandled.trim().parse().unwrap()), "{log}");
}

#[test]
fn a_second_signal_ends_it_at_once() {
    let mut server = server_with_a_stuck_output(&["--drain-time", "3600"]);
    signal(&server.process, "-INT");
    // The end of accepting shows that the first one has come.
    while TcpStream::connect(&server.address).is_ok() {
        std::thread::sleep(Duration::from_millis(20));
    }
    signal(&server.process, "-INT");
    assert_eq!(wait(&mut server.process).code(), Some(1));
}

#[test]
fn a_log_that_stands_still_holds_up_neither_callbacks_nor_the_end() {
    let mut server = Server::start();
    // Each one is a line of the log, which is not read.
    for _ in 0..1500 {
        assert_eq!(server.post("no JSON"), 400);
    }
    assert_eq!(server.post(&deleted("1", &signed(KEY, VALID))), 200);
    signal(&server.process, "-INT");
    assert!(wait(&mut server.process).success());
    let mut printed = String::new();
    server.stdout.read_to_string(&mut printed).unwrap();
    assert!(printed.contains("files [\"1\"] were deleted"), "{printed}");
}

#[test]
fn does_not_start_without_a_key() {
    for key in [None, Some("")] {
        let Output { status, stdout, stderr } = program(key).output().unwrap();
        assert_eq!(status.code(), Some(1));
        assert!(stdout.is_empty());
        let error = String::from_utf8(stderr).unwrap();
        assert!(error.contains("VOD_SIGN_KEY"), "{error}");
    }
}
