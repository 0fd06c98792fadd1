//! A running explorer, and requests to it byte by byte.

use std::fs;
use std::io::{BufRead as _, BufReader, Read as _, Write as _};
use std::net::{SocketAddr, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::thread::sleep;
use std::time::Duration;

use serde_json::Value;
use vod_spec::model::{Element, Field, Service};

/// The credential of the profile `own`.
pub(crate) const ID: &str = "AKIDexplorerTESTS00000000000000009f2a";
pub(crate) const KEY: &str = "SecretKeyOfTheExplorersTests0001";

/// The program, with an environment of its own.
pub(crate) fn vod(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod"));
    command.env_clear().env("HOME", concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home")).args(arguments);
    command
}

/// A home directory with a credentials file.
pub(crate) fn home(test: &str) -> PathBuf {
    let home = Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("explorer-{test}"));
    fs::create_dir_all(home.join(".tencentcloud")).unwrap();
    let profile = format!("[own]\nsecret_id = {ID}\nsecret_key = {KEY}\n");
    fs::write(home.join(".tencentcloud/credentials"), profile).unwrap();
    home
}

pub(crate) struct Explorer {
    child: Child,
    address: SocketAddr,
    token: String,
}

impl Explorer {
    pub(crate) fn start(arguments: &[&str]) -> Self {
        Self::start_in(Path::new(concat!(env!("CARGO_TARGET_TMPDIR"), "/no-home")), arguments)
    }

    pub(crate) fn start_in(home: &Path, arguments: &[&str]) -> Self {
        let mut command = vod(&[&["explorer", "--port", "0"], arguments].concat());
        let mut child = command.env("HOME", home).stdout(Stdio::piped()).spawn().unwrap();
        let mut line = String::new();
        BufReader::new(child.stdout.as_mut().unwrap()).read_line(&mut line).unwrap();
        let url = line.trim().strip_prefix("open http://").unwrap_or_else(|| panic!("{line}"));
        let (address, token) = url.split_once("/#token=").unwrap_or_else(|| panic!("{line}"));
        Self { child, address: address.parse().unwrap(), token: token.to_owned() }
    }

    pub(crate) fn port(&self) -> u16 {
        self.address.port()
    }

    pub(crate) fn token(&self) -> &str {
        &self.token
    }

    pub(crate) fn id(&self) -> u32 {
        self.child.id()
    }

    /// Sends bytes on a new connection, and reads the answer to its end.
    pub(crate) fn raw(&self, request: &[u8]) -> Answer {
        self.try_raw(request).unwrap()
    }

    fn try_raw(&self, request: &[u8]) -> Option<Answer> {
        let mut stream = TcpStream::connect(self.address).ok()?;
        stream.set_read_timeout(Some(Duration::from_secs(30))).ok()?;
        stream.write_all(request).ok()?;
        let mut bytes = Vec::new();
        let mut piece = vec![0; 65536];
        loop {
            match stream.read(&mut piece) {
                Ok(0) | Err(_) => break,
                Ok(read) => bytes.extend_from_slice(&piece[..read]),
            }
            if Answer::is_whole(&bytes) {
                break;
            }
        }
        Answer::read(&bytes)
    }

    pub(crate) fn get(&self, path: &str, headers: &[(&str, &str)]) -> Answer {
        self.raw(&self.request("GET", path, headers, ""))
    }

    pub(crate) fn post(&self, path: &str, headers: &[(&str, &str)], body: &str) -> Answer {
        self.raw(&self.request("POST", path, headers, body))
    }

    /// A call as the page makes it.
    pub(crate) fn call(&self, path: &str, body: &Value) -> Answer {
        self.try_call(path, body).unwrap()
    }

    pub(crate) fn try_call(&self, path: &str, body: &Value) -> Option<Answer> {
        let headers = [("Content-Type", "application/json"), ("X-Vod-Token", self.token.as_str())];
        self.try_raw(&self.request("POST", &format!("/api/{path}"), &headers, &body.to_string()))
    }

    fn request(&self, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Vec<u8> {
        let length = format!("Content-Length: {}", body.len());
        let mut lines = vec![format!("{method} {path} HTTP/1.1"), "Connection: close".into(), length];
        if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
            lines.push(format!("Host: {}", self.address));
        }
        lines.extend(headers.iter().map(|(name, value)| format!("{name}: {value}")));
        format!("{}\r\n\r\n{body}", lines.join("\r\n")).into_bytes()
    }

    /// The exit code, if the program ends in this time.
    pub(crate) fn wait(&mut self, limit: Duration) -> Option<i32> {
        let step = Duration::from_millis(20);
        for _ in 0..limit.as_millis() / step.as_millis() {
            if let Some(status) = self.child.try_wait().unwrap() {
                return status.code();
            }
            sleep(step); // another process's end is waited for
        }
        None
    }
}

impl Drop for Explorer {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}

pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) head: String,
    pub(crate) body: String,
}

impl Answer {
    fn is_whole(bytes: &[u8]) -> bool {
        Self::read(bytes).is_some_and(|answer| {
            let length = answer.header("content-length").and_then(|text| text.parse::<usize>().ok());
            length.is_some_and(|length| answer.body.len() >= length)
        })
    }

    fn read(bytes: &[u8]) -> Option<Self> {
        let text = String::from_utf8_lossy(bytes);
        let (head, body) = text.split_once("\r\n\r\n")?;
        let status = head.split(' ').nth(1)?.parse().ok()?;
        Some(Self { status, head: head.to_owned(), body: body.to_owned() })
    }

    pub(crate) fn header(&self, name: &str) -> Option<String> {
        self.head.lines().skip(1).find_map(|line| {
            let (header, value) = line.split_once(':')?;
            header.eq_ignore_ascii_case(name).then(|| value.trim().to_owned())
        })
    }

    pub(crate) fn json(&self) -> Value {
        serde_json::from_str(&self.body).unwrap_or_else(|error| panic!("{error}: {}", self.body))
    }
}

/// The texts of sensitive fields in a value.
pub(crate) fn sensitive_texts(service: &Service, fields: &[Field], value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    for field in fields {
        let Some(value) = value.get(&field.name) else { continue };
        let values = match value {
            Value::Array(values) => values.clone(),
            value => vec![value.clone()],
        };
        for value in values {
            match (&value, &field.ty.element) {
                (Value::String(text), _) if field.sensitive => found.push(text.clone()),
                (Value::Object(_), Element::Record(name)) => {
                    let fields = service.record(name).map_or(&[][..], |record| &record.fields);
                    found.extend(sensitive_texts(service, fields, &value));
                }
                _ => {}
            }
        }
    }
    found
}
