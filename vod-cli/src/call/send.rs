//! The call itself: once, page by page, or until what it describes has ended.

use std::fmt::Write as _;
use std::io::{self, IsTerminal as _, Write as _};
use std::process::ExitCode;
use std::time::Duration;

use serde_json::{Map, Value, json};
use vod_api::__private::untyped::{Pauses, RecordAnswer, RecordCall};
use vod_api::{Client, ErrorKind};

use super::answer::{document, document_quietly};
use super::list::all_pages;
use super::options::Options;
use crate::dynamic::{DynamicAction, DynamicRecord};
use crate::failure::{Exit, Failure, by_options};
use crate::output::{self, Document, Format, Query};
use crate::specs::Specs;

/// Makes the call and prints what comes of it.
pub(super) async fn run(
    specs: &Specs,
    action: &'static DynamicAction,
    options: &Options,
    mut request: DynamicRecord,
    query: Option<&Query>,
    format: Format,
) -> Result<ExitCode, Failure> {
    let client = client(options)?;
    let list = action.model().pagination.as_ref().map(|pages| pages.items.clone());
    let print = |document: &Document| -> Result<(), Failure> {
        match query {
            Some(query) => Ok(output::print(&query.apply(document)?, format, None)?),
            None => Ok(output::print(document, format, list.as_deref())?),
        }
    };
    if options.all {
        let prints_items = format == Format::Jsonl && query.is_none();
        all_pages(action, &client, options, request, prints_items, &print).await?;
        return Ok(ExitCode::SUCCESS);
    }
    if options.wait || options.until.is_some() {
        return wait(specs, action, &client, options, request, &print).await;
    }
    let mut response = action.response();
    let answer = action.call(&client).send(&mut request, &mut response).await?;
    if format == Format::Raw && query.is_none() {
        let mut out = io::stdout().lock();
        out.write_all(&answer.json)?;
        writeln!(out)?;
        return Ok(ExitCode::SUCCESS);
    }
    print(&document(&answer)?)?;
    Ok(ExitCode::SUCCESS)
}

fn client(options: &Options) -> Result<Client, Failure> {
    let mut builder = options.client.client_builder()?;
    if options.verbose {
        builder = builder.on_attempt(|attempt| {
            let status = attempt.status.map_or_else(|| "no answer".to_owned(), |status| status.to_string());
            let mut line = format!(
                "{} attempt {} at {}: {status} in {:?}, {} bytes sent, {} received",
                attempt.action,
                attempt.number,
                attempt.host,
                attempt.elapsed,
                attempt.request_bytes,
                attempt.response_bytes
            );
            if let Some(error) = attempt.error {
                let _ = write!(line, "; {}", by_options(&error.to_string()));
            }
            if let Some(pause) = attempt.retry_in {
                let _ = write!(line, "; again in {pause:?}");
            }
            // A closed standard error cannot be reported anywhere.
            let _ = writeln!(io::stderr(), "{line}");
        });
    }
    Ok(builder.build()?)
}

/// Waits, for what the action describes or for what it starts.
async fn wait(
    specs: &Specs,
    action: &'static DynamicAction,
    client: &Client,
    options: &Options,
    mut request: DynamicRecord,
    print: &impl Fn(&Document) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    if options.until.is_some() || action.waiting().is_some() {
        return watch(action, action.call(client), options, &mut request, print).await;
    }
    let (watcher, id) = watcher_of(specs, action)?;
    let mut response = action.response();
    let answer = action.call(client).send(&mut request, &mut response).await?;
    let started = document(&answer)?;
    let Some(value) = started.member(&id).and_then(Document::as_text).filter(|id| !id.is_empty()) else {
        print(&started)?;
        let message = format!("the answer of {} has no {id} to wait for", action.name());
        return Err(Failure::new(Exit::Service, message));
    };
    tell(&format!("{id} {value}"));
    let mut parameters = Map::new();
    parameters.insert(id, value.into());
    let given = serde_json::from_slice::<Value>(&crate::dynamic::to_json(&request)).unwrap_or_default();
    for parameter in &specs.head().parameters {
        let takes_it = watcher.model().request.iter().any(|field| field.name == parameter.name);
        if let Some(value) = given.get(&parameter.name).filter(|_| takes_it) {
            parameters.insert(parameter.name.clone(), value.clone());
        }
    }
    let mut request = watcher.parse(&Value::Object(parameters)).map_err(|error| Failure::usage(&error))?;
    watch(watcher, watcher.call(client), options, &mut request, print).await
}

/// The action that tells how far something is which another one's answer names.
fn watcher_of(specs: &Specs, action: &DynamicAction) -> Result<(&'static DynamicAction, String), Failure> {
    let watchers =
        specs.actions().filter_map(|other| Some((other.wait.as_ref()?.id.clone(), other.name.clone())));
    for (id, name) in watchers {
        if action.model().response.iter().any(|field| field.name == id) {
            return Ok((specs.action(&name).map_err(Failure::usage)?, id));
        }
    }
    let message =
        format!("--wait: {} neither starts nor describes anything that can be waited for", action.name());
    Err(Failure::usage(message).hint("--until PATH=VALUE waits for any value of an answer"))
}

/// What `--until` waits for.
struct Until {
    path: Query,
    value: String,
}

impl Until {
    fn parse(text: &str) -> Result<Self, Failure> {
        let Some((path, value)) = text.split_once('=') else {
            return Err(Failure::usage(format!("--until {text}: write PATH=VALUE, such as Status=FINISH")));
        };
        Ok(Self { path: Query::parse("until", path)?, value: value.to_owned() })
    }

    fn holds(&self, document: &Document) -> bool {
        self.path.apply(document).is_ok_and(|found| match &found {
            Document::Text(text) => *text == self.value,
            other => other.compact() == self.value,
        })
    }
}

async fn watch(
    action: &'static DynamicAction,
    call: RecordCall,
    options: &Options,
    request: &mut DynamicRecord,
    print: &impl Fn(&Document) -> Result<(), Failure>,
) -> Result<ExitCode, Failure> {
    let until = options.until.as_deref().map(Until::parse).transpose()?;
    let pauses = Pauses { timeout: options.wait_timeout.map(Duration::from_secs), ..Pauses::default() };
    let model = action.model();
    #[expect(clippy::disallowed_methods, reason = "a person is told how long it takes")]
    let started = tokio::time::Instant::now();
    let is_told = options.verbose || io::stderr().is_terminal();
    let mut last_status = String::new();
    let status_in = |document: &Document| {
        let wait = model.wait.as_ref()?;
        Some(document.member(&wait.status)?.as_text()?.to_owned())
    };
    let is_final =
        |status: &str| model.wait.as_ref().is_some_and(|wait| wait.until.iter().any(|value| value == status));
    let mut look = |answer: &RecordAnswer| {
        let document = document_quietly(answer);
        let status = status_in(&document).unwrap_or_default();
        if is_told && status != last_status {
            tell(&format!("{:>4} s  {status}", started.elapsed().as_secs()));
            last_status.clone_from(&status);
        }
        until.as_ref().map(|until| until.holds(&document) || is_final(&status))
    };
    let mut response = action.response();
    let outcome = call.wait(action.waiting(), pauses).run(request, &mut response, &mut look).await;
    let answer = outcome.map_err(|error| {
        // A call's own time-out comes after an attempt.
        let is_over =
            error.kind() == ErrorKind::Timeout && error.attempts() == 0 && options.wait_timeout.is_some();
        let failure = Failure::from(error);
        if is_over { failure.exiting(Exit::WaitTimedOut) } else { failure }
    })?;
    let ended = document(&answer)?;
    print(&ended)?;
    if let Some(until) = &until {
        if until.holds(&ended) {
            return Ok(ExitCode::SUCCESS);
        }
        let status = status_in(&ended).unwrap_or_default();
        let message = format!(
            "it ended as {status}, and --until {} did not come true",
            options.until.as_deref().unwrap_or_default()
        );
        return Err(Failure::new(Exit::TaskFailed, message));
    }
    match failure_in(action, &ended, status_in(&ended).as_deref()) {
        None => Ok(ExitCode::SUCCESS),
        Some(failure) => Err(failure),
    }
}

/// Whether what has ended did so without success: by its status, of which the spec names the good one first, or by an
/// error code in what it tells of its parts.
fn failure_in(action: &DynamicAction, ended: &Document, status: Option<&str>) -> Option<Failure> {
    let good = action.model().wait.as_ref().and_then(|wait| wait.until.first());
    if let (Some(good), Some(status)) = (good, status)
        && good != status
    {
        return Some(
            Failure::new(Exit::TaskFailed, format!("it ended as {status}")).with(json!({ "status": status })),
        );
    }
    let mut parts = Vec::new();
    failed_parts(ended, "", &mut parts);
    // The whole names no more than a number where a part of it tells why.
    let told = parts.iter().position(|part| part.name.is_some()).unwrap_or_default();
    let FailedPart { path, code, name, message } = parts.into_iter().nth(told)?;
    let mut text = format!("a part of it failed: {path} is {code}");
    for more in [name.as_ref().map(|name| format!(" ({name})")), message.map(|text| format!(": {text}"))] {
        text.push_str(&more.unwrap_or_default());
    }
    let failure = Failure::new(Exit::TaskFailed, text);
    Some(failure.with(json!({ "status": status, "path": path, "code": code, "name": name })))
}

/// An error code that is not nought, with what is told beside it.
struct FailedPart {
    path: String,
    code: String,
    name: Option<String>,
    message: Option<String>,
}

/// All of them, from the whole down to its parts: `ErrCode`, with `ErrCodeExt` and `Message`.
fn failed_parts(document: &Document, path: &str, found: &mut Vec<FailedPart>) {
    let below = |part: &str| if path.is_empty() { part.to_owned() } else { format!("{path}.{part}") };
    match document {
        Document::Object(members) => {
            for (name, value) in members {
                match (name.as_str(), value) {
                    ("ErrCode", Document::Number(code)) if code.as_i64() != Some(0) => {
                        let text = |name: &str| {
                            let text = document.member(name).and_then(Document::as_text);
                            text.filter(|text| !text.is_empty()).map(str::to_owned)
                        };
                        let (code, path) = (code.to_string(), below(name));
                        found.push(FailedPart {
                            path,
                            code,
                            name: text("ErrCodeExt"),
                            message: text("Message"),
                        });
                    }
                    _ => failed_parts(value, &below(name), found),
                }
            }
        }
        Document::List(values) => {
            for (index, value) in values.iter().enumerate() {
                failed_parts(value, &below(&index.to_string()), found);
            }
        }
        _ => {}
    }
}

fn tell(line: &str) {
    // A closed standard error cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "{line}");
}
