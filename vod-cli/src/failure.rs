//! Why a command failed: words for people, JSON for programs, and the code to exit with.

use std::fmt;
use std::io::{self, Write as _};
use std::process::ExitCode;

use serde_json::{Value, json};
use vod_api::{Error, ErrorClass, ErrorKind};

/// The code that the program exits with, besides 0 for success. Scripts decide by it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[repr(u8)]
pub enum Exit {
    /// The service refused the call, or answered what cannot be used.
    Service = 1,
    /// The command line, a file, a setting or a parameter is wrong. Nothing was sent.
    Usage = 2,
    /// There is no credential, or the service does not accept it.
    Credential = 3,
    /// No answer came from the service: connection, time-out, or something between.
    Network = 4,
    /// The service throttles.
    Throttled = 5,
    /// What was waited for ended without success.
    TaskFailed = 6,
    /// What was waited for did not end in time.
    WaitTimedOut = 7,
    /// Ended by ctrl-c.
    Interrupted = 130,
    /// What reads the output has gone: 128 and the number of SIGPIPE, as other programs end.
    Unread = 141,
}

/// Why a command failed.
#[derive(Debug)]
pub struct Failure {
    exit: Exit,
    message: String,
    hint: Option<String>,
    details: Value,
}

impl Failure {
    /// A failure that is told in one line.
    pub fn new(exit: Exit, message: impl fmt::Display) -> Self {
        Self { exit, message: message.to_string(), hint: None, details: Value::Null }
    }

    /// The command line, a file or a setting is wrong.
    pub fn usage(message: impl fmt::Display) -> Self {
        Self::new(Exit::Usage, message)
    }

    /// Says what to do next.
    #[must_use]
    pub fn hint(mut self, hint: impl fmt::Display) -> Self {
        self.hint = Some(hint.to_string());
        self
    }

    /// The same with another code to exit with.
    #[must_use]
    pub fn exiting(mut self, exit: Exit) -> Self {
        self.exit = exit;
        // It was about the other code.
        self.hint = None;
        self
    }

    /// Puts before the message what it is about, such as a file, unless the message names it.
    #[must_use]
    pub fn concerning(mut self, subject: impl fmt::Display) -> Self {
        let subject = subject.to_string();
        if !self.message.contains(&subject) {
            self.message = format!("{subject}: {}", self.message);
        }
        self
    }

    /// Facts for programs, beside the message.
    #[must_use]
    pub fn with(mut self, details: Value) -> Self {
        self.details = details;
        self
    }

    /// The code to exit with.
    pub fn exit(&self) -> Exit {
        self.exit
    }

    /// Writes it to standard error, as JSON or in words, and gives the code to exit with.
    pub fn report(&self, as_json: bool) -> ExitCode {
        if self.exit == Exit::Unread {
            return ExitCode::from(self.exit as u8);
        }
        let text = if as_json { self.to_json().to_string() } else { self.to_string() };
        // A closed standard error cannot be reported anywhere.
        let _ = writeln!(io::stderr(), "{text}");
        ExitCode::from(self.exit as u8)
    }

    fn to_json(&self) -> Value {
        let mut out = json!({ "exit": self.exit as u8, "kind": self.kind(), "message": self.message });
        if let Some(hint) = &self.hint {
            out["hint"] = hint.as_str().into();
        }
        if let Value::Object(details) = &self.details {
            for (name, value) in details {
                out[name] = value.clone();
            }
        }
        out
    }

    fn kind(&self) -> &'static str {
        match self.exit {
            Exit::Service => "service",
            Exit::Usage => "usage",
            Exit::Credential => "credential",
            Exit::Network => "network",
            Exit::Throttled => "throttled",
            Exit::TaskFailed => "task-failed",
            Exit::WaitTimedOut => "wait-timed-out",
            Exit::Interrupted => "interrupted",
            Exit::Unread => "unread",
        }
    }
}

impl fmt::Display for Failure {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "error: {}", self.message)?;
        if let Some(hint) = &self.hint {
            write!(f, "\nhint: {hint}")?;
        }
        Ok(())
    }
}

impl std::error::Error for Failure {}

impl From<Error> for Failure {
    fn from(error: Error) -> Self {
        let exit = match error.kind() {
            ErrorKind::Config
            | ErrorKind::InvalidRequest
            | ErrorKind::Blocked
            | ErrorKind::Source
            | ErrorKind::ResumeState => Exit::Usage,
            ErrorKind::Credential => Exit::Credential,
            ErrorKind::Connect
            | ErrorKind::Timeout
            | ErrorKind::Transport
            | ErrorKind::Truncated
            | ErrorKind::Gateway => Exit::Network,
            ErrorKind::Api => match error.class() {
                Some(ErrorClass::Throttling) => Exit::Throttled,
                Some(
                    ErrorClass::Authentication
                    | ErrorClass::TokenExpired
                    | ErrorClass::CredentialRefused
                    | ErrorClass::ClockSkew,
                ) => Exit::Credential,
                _ => Exit::Service,
            },
            _ => Exit::Service,
        };
        let words = || std::env::args_os().map(|word| word.to_string_lossy().into_owned());
        let message = by_given_option(by_options(&error.to_string()), words());
        let mut failure = Self::new(exit, message).with(json!({
            "code": error.code_str(),
            "text": by_options(error.message()),
            "action": error.action(),
            "request_id": error.request_id(),
            "attempts": error.attempts(),
            "may_have_taken_effect": error.may_have_taken_effect(),
            "endpoint": error.endpoint(),
        }));
        failure.hint = hint(&error, exit);
        failure
    }
}

/// A message of the library with settings named as the command line has them. Settings that it does not have are not
/// named.
pub(crate) fn by_options(message: &str) -> String {
    const SETTING: &str = "ClientBuilder::";
    let mut out = String::new();
    let message =
        message.replace("Wait::timeout", "--wait-timeout").replace("Upload::idle_timeout", "--idle-timeout");
    let mut rest = message.as_str();
    while let Some((before, after)) = rest.split_once(SETTING) {
        let length = after.find(|c: char| !(c.is_ascii_lowercase() || c == '_')).unwrap_or(after.len());
        let (name, behind) = after.split_at(length);
        let option = match name {
            "endpoint" => "--endpoint",
            "operation_timeout" => "--timeout",
            _ => "",
        };
        let bare = before.strip_suffix(" (").zip(behind.strip_prefix(')'));
        if let Some((before, behind)) = bare.filter(|_| option.is_empty()) {
            out.push_str(before);
            rest = behind;
        } else {
            out.push_str(before);
            out.push_str(if option.is_empty() { name } else { option });
            rest = behind;
        }
    }
    out + rest
}

/// A message about a setting that begins with its name, with that of the option if the setting was given by one.
fn by_given_option(message: String, words: impl Iterator<Item = String>) -> String {
    let Some((setting, problem)) = message.split_once(": ") else { return message };
    let is_name =
        !setting.is_empty() && setting.bytes().all(|byte| byte.is_ascii_lowercase() || byte == b'_');
    let option = match setting {
        "operation_timeout" => "--timeout".to_owned(),
        "media_name" => "--name".to_owned(),
        other => format!("--{}", other.replace('_', "-")),
    };
    let is_it =
        |word: &str| word.strip_prefix(&option).is_some_and(|rest| rest.is_empty() || rest.starts_with('='));
    if is_name && words.into_iter().any(|word| is_it(&word)) {
        return format!("{option}: {problem}");
    }
    message
}

fn hint(error: &Error, exit: Exit) -> Option<String> {
    if let Some(code) = error.code_str().filter(|_| exit != Exit::Throttled) {
        return Some(format!("`vod explain {code}` tells what the code means"));
    }
    match exit {
        Exit::Credential => Some(
            "`vod doctor` shows where credentials are looked for; `vod config set` stores one".to_owned(),
        ),
        Exit::Network => Some("`vod doctor` checks address, connection and clock".to_owned()),
        _ => None,
    }
}

impl From<io::Error> for Failure {
    /// What writing the output has met. A reader that has gone, such as `head`, needs to be told nothing.
    fn from(error: io::Error) -> Self {
        let exit = if error.kind() == io::ErrorKind::BrokenPipe { Exit::Unread } else { Exit::Usage };
        Self::new(exit, format!("the output cannot be written: {error}"))
    }
}

impl From<String> for Failure {
    /// The command line, a file or a setting is wrong.
    fn from(message: String) -> Self {
        Self::usage(message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_setting_that_an_option_gave_has_the_name_of_the_option() {
        let told = |message: &str, words: &[&str]| {
            by_given_option(message.to_owned(), words.iter().map(|word| (*word).to_owned()))
        };
        assert_eq!(told("operation_timeout: x", &["a", "--timeout", "0"]), "--timeout: x");
        assert_eq!(told("part_size: x", &["upload", "--part-size=3"]), "--part-size: x");
        assert_eq!(told("endpoint: x", &["doctor"]), "endpoint: x", "it came from the environment");
        assert_eq!(told("part_size: x", &["--part-size-of"]), "part_size: x");
        assert_eq!(told("No name: x", &["--No name"]), "No name: x");
    }

    #[test]
    fn settings_are_named_as_options() {
        for (library, command) in [
            (
                "A failed: x (endpoint http://h, set by ClientBuilder::endpoint)",
                "A failed: x (endpoint http://h, set by --endpoint)",
            ),
            (
                "would exceed the operation timeout of 60s (ClientBuilder::operation_timeout))",
                "would exceed the operation timeout of 60s (--timeout))",
            ),
            (
                "used up (ClientBuilder::retry_budget) and more (ClientBuilder::endpoint)",
                "used up and more (--endpoint)",
            ),
            ("ends with ClientBuilder::", "ends with "),
            ("set by VOD_ENDPOINT", "set by VOD_ENDPOINT"),
            ("timed out after 1s (Wait::timeout) waiting", "timed out after 1s (--wait-timeout) waiting"),
        ] {
            assert_eq!(by_options(library), command);
        }
    }
}
