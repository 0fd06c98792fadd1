//! `vod ACTION`: calls of any action that the specs describe.

mod answer;
mod arguments;
pub(crate) mod dry_run;
mod help;
mod input;
mod list;
mod option_name;
mod options;
mod parameters;
mod send;
mod skeleton;
pub mod snippet;

use std::borrow::Cow;
use std::ffi::OsString;
use std::io::{self, Write as _};
use std::process::ExitCode;

use serde_json::{Map, Value, json};
use vod_spec::model::{AnswerFormat, BodyFormat};

use arguments::{Arguments, parse};
pub use help::text as help_text;
pub use option_name::kebab;
pub use options::names as option_names;

use crate::call_options::SpecOptions;
use crate::dynamic::{DynamicAction, DynamicRecord, to_json};
use crate::failure::Failure;
use crate::output::{Document, Format, Query};
use crate::specs::Specs;

/// Runs `vod WORD...`, where the first word names an action. The other commands are named for the hint where it names
/// none.
///
/// # Errors
/// What went wrong, with the code to exit with.
pub fn run(words: Vec<OsString>, commands: &[String]) -> Result<ExitCode, Failure> {
    let mut words = words.into_iter();
    let name = words.next().unwrap_or_default().to_string_lossy().into_owned();
    let words: Vec<OsString> = words.collect();
    let specs = chosen_specs(&words)?;
    let action = specs.action(&name).map_err(|error| {
        let failure = Failure::usage(&error);
        match vod_spec::suggest(&name, commands.iter().map(String::as_str)) {
            Some(near) if !error.to_string().contains("did you mean") => {
                failure.hint(format!("did you mean the command `vod {near}`?"))
            }
            _ => failure.hint("`vod search WORDS` finds actions, `vod help` lists the other commands"),
        }
    })?;
    let arguments = parse(action, words)?;
    let options = &arguments.options;
    if options.help {
        return show(&help_text(action));
    }
    if options.skeleton {
        return show(&skeleton::text(action));
    }
    let value = all_parameters(action, &arguments)?;
    if options.example.is_some() && !options.dry_run {
        return show(&(Document::from(&value).indented() + "\n"));
    }
    let request = checked(action, &value)?;
    let query = options.query.as_deref().map(|text| Query::parse("query", text)).transpose()?;
    check_combination(action, &arguments)?;
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    if options.dry_run {
        return runtime.block_on(dry_run(action, &arguments, request));
    }
    let format = options.output.unwrap_or_else(Format::usual);
    runtime.block_on(send::run(&specs, action, options, request, query.as_ref(), format))
}

/// The specs that options choose which stand behind the action's name.
fn chosen_specs(words: &[OsString]) -> Result<Specs, Failure> {
    let mut options = SpecOptions::default();
    let mut words = words.iter().map(|word| word.to_string_lossy());
    while let Some(word) = words.next() {
        let mut value = |name: &str| match word.strip_prefix(name)? {
            "" => words.next().map(Cow::into_owned),
            attached => attached.strip_prefix('=').map(str::to_owned),
        };
        if let Some(service) = value("--service") {
            options.service = service;
        } else if let Some(folder) = value("--specs") {
            options.specs = Some(folder.into());
        }
    }
    options.load()
}

/// The parameters: those of an example, of a file or of JSON on the command line, and those that are named.
fn all_parameters(action: &DynamicAction, arguments: &Arguments) -> Result<Value, Failure> {
    let options = &arguments.options;
    let sources = [options.example.is_some(), options.input.is_some(), options.inline.is_some()];
    if sources.iter().filter(|is_there| **is_there).count() > 1 {
        return Err(Failure::usage("--example, --input and JSON on the command line exclude each other"));
    }
    let base = if let Some(number) = options.example {
        let examples = &action.model().examples;
        let example = number.checked_sub(1).and_then(|index| examples.get(index)).ok_or_else(|| {
            Failure::usage(format!("--example {number}: {} has {} examples", action.name(), examples.len()))
        })?;
        example.request.clone()
    } else if let Some(path) = &options.input {
        input::read(path)?
    } else if let Some(text) = &options.inline {
        input::parse(text).map_err(|problem| Failure::usage(format!("the parameters: {problem}")))?
    } else {
        Value::Object(Map::new())
    };
    let parameters = arguments.parameters(action, base)?;
    for warning in &parameters.warnings {
        warn(warning);
    }
    Ok(parameters.into_value())
}

/// A request of parameters that fit the spec.
fn checked(action: &DynamicAction, value: &Value) -> Result<DynamicRecord, Failure> {
    action.request(value).map_err(|problems| {
        let messages: Vec<&str> = problems.iter().map(|problem| problem.message.as_str()).collect();
        let fields: Vec<Value> = problems
            .iter()
            .map(|problem| json!({ "field": problem.path, "problem": problem.message }))
            .collect();
        Failure::usage(format!("{}: {}", action.name(), messages.join("\n       ")))
            .hint(format!("`vod {} --help` describes the parameters", kebab(action.name())))
            .with(json!({ "action": action.name(), "problems": fields }))
    })
}

/// Options that do not go together, or not with the action.
fn check_combination(action: &DynamicAction, arguments: &Arguments) -> Result<(), Failure> {
    let options = &arguments.options;
    let model = action.model();
    if model.body == BodyFormat::OctetStream || model.answer != AnswerFormat::Json {
        let message =
            format!("{}: bodies of bytes and streams of events are not supported here", action.name());
        return Err(Failure::usage(message).hint("the generated types of the SDK send and read them"));
    }
    if options.all && action.paging().is_none() {
        return Err(Failure::usage(format!("--all: {} gives out no list page by page", action.name())));
    }
    if options.all && (options.wait || options.until.is_some()) {
        return Err(Failure::usage("--all does not go with --wait and --until"));
    }
    if options.max_items.is_some() && !options.all {
        return Err(Failure::usage("--max-items goes with --all"));
    }
    if options.wait_timeout.is_some() && !options.wait && options.until.is_none() {
        return Err(Failure::usage("--wait-timeout goes with --wait or --until"));
    }
    if (options.form.is_some() || options.sign) && !options.dry_run {
        return Err(Failure::usage("--as and --sign go with --dry-run"));
    }
    Ok(())
}

async fn dry_run(
    action: &DynamicAction,
    arguments: &Arguments,
    mut request: DynamicRecord,
) -> Result<ExitCode, Failure> {
    let options = &arguments.options;
    let builder = options.client.client_builder()?;
    let http = dry_run::request(builder, action, &mut request, options.sign).await?;
    let form = options.form.as_deref().unwrap_or("http");
    let sent = String::from_utf8_lossy(http.body());
    let text = match form {
        "http" => dry_run::http_text(&http, |_, value| value.to_owned(), &sent),
        "body" => sent.into_owned(),
        form => {
            // What the client has filled in is in the request by now.
            let body = to_json(&request);
            let body = String::from_utf8_lossy(&body);
            let parameters = serde_json::from_str(&body)
                .map_err(|error| Failure::usage(format!("the request can't be read again: {error}")))?;
            let header = |name: &str| http.headers().get(name).and_then(|value| value.to_str().ok());
            let call = snippet::Call {
                action,
                parameters: &parameters,
                body: &body,
                scheme: http.uri().scheme_str().unwrap_or("https"),
                host: header("host").unwrap_or_default(),
                region: header("x-tc-region").unwrap_or_default(),
            };
            snippet::text(form, call)?
        }
    };
    show(&(text.trim_end().to_owned() + "\n"))
}

pub(crate) fn show(text: &str) -> Result<ExitCode, Failure> {
    let mut out = io::stdout().lock();
    out.write_all(text.as_bytes())?;
    out.flush()?;
    Ok(ExitCode::SUCCESS)
}

pub(crate) fn warn(text: &str) {
    // A closed standard error cannot be reported anywhere.
    let _ = writeln!(io::stderr(), "warning: {text}");
}
