//! The words behind `vod ACTION`: parameters of the action, and options of the command.
//!
//! An action's parameters are too many for a parser that is built beforehand, so that words are looked up in the spec
//! one by one.

use std::ffi::OsString;

use serde_json::Value;
use vod_spec::model::{Element, Field};
use vod_spec::naming::snake_case;
use vod_spec::suggest;

use super::option_name::kebab;
use super::options::{OPTIONS, Options, Spec, Takes, named};
use super::parameters::Parameters;
use crate::dynamic::DynamicAction;
use crate::failure::Failure;
use crate::specs::folded;

/// What the words say.
#[derive(Debug)]
pub(crate) struct Arguments {
    /// Options of the command.
    pub(crate) options: Options,
    /// The action's parameters by the command line alone, in the order in which they were given.
    pub(crate) assignments: Vec<Assignment>,
}

/// One parameter of the command line.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Assignment {
    /// The name as it was written, with dots: `media-process-task.transcode-task-set.0.definition`.
    pub(crate) path: String,
    /// The values.
    pub(crate) values: Vec<String>,
    /// By `--set`, which replaces what is there.
    pub(crate) is_set: bool,
}

/// Reads the words behind the action's name.
///
/// # Errors
/// A word can't be read; the message names the option or parameter that was probably meant.
pub(crate) fn parse(
    action: &DynamicAction,
    words: impl IntoIterator<Item = OsString>,
) -> Result<Arguments, Failure> {
    let words: Result<Vec<String>, _> = words.into_iter().map(OsString::into_string).collect();
    let words = words.map_err(|word| {
        Failure::usage(format!("{} is not Unicode", word.display()))
            .hint("put the value into a file and give it by --input")
    })?;
    let mut out = Arguments { options: Options::default(), assignments: Vec::new() };
    let mut words = words.into_iter().peekable();
    while let Some(word) = words.next() {
        if let Some(long) = word.strip_prefix("--") {
            let (name, attached) = match long.split_once('=') {
                Some((name, value)) => (name, Some(value.to_owned())),
                None => (long, None),
            };
            let mut more = || words.next_if(|word| !is_option(word));
            match lookup(action, name)? {
                Meant::Field => {
                    let mut values: Vec<String> = attached.into_iter().collect();
                    let is_whole_list = is_list(action, name);
                    if values.is_empty() {
                        values.extend(more());
                        while is_whole_list && let Some(value) = more() {
                            values.push(value);
                        }
                    }
                    out.assignments.push(Assignment { path: name.to_owned(), values, is_set: false });
                }
                Meant::Option(option) => {
                    let value = match option.takes {
                        Takes::Nothing if attached.is_some() => {
                            return Err(Failure::usage(format!("--{} takes no value", option.name)));
                        }
                        Takes::Nothing => None,
                        Takes::Maybe(_) => attached.or_else(&mut more),
                        Takes::Value(_) => attached.or_else(|| words.next()),
                    };
                    apply(&mut out, option.name, value)?;
                }
            }
        } else if let Some(option) = short_option(&word) {
            let value = if matches!(option.takes, Takes::Value(_)) { words.next() } else { None };
            apply(&mut out, option.name, value)?;
        } else if word.starts_with('{') && out.options.inline.is_none() {
            out.options.inline = Some(word);
        } else {
            return Err(unexpected(action, &word));
        }
    }
    Ok(out)
}

fn apply(out: &mut Arguments, option: &str, value: Option<String>) -> Result<(), Failure> {
    if option != "set" {
        return out.options.apply(option, value);
    }
    let value = value.ok_or_else(|| Failure::usage("--set needs NAME=VALUE"))?;
    let Some((path, value)) = value.split_once('=') else {
        return Err(Failure::usage(format!("--set {value}: write NAME=VALUE, such as Limit=10")));
    };
    out.assignments.push(Assignment { path: path.to_owned(), values: vec![value.to_owned()], is_set: true });
    Ok(())
}

/// Numbers below nought are values.
fn is_option(word: &str) -> bool {
    match word.strip_prefix('-') {
        None | Some("") => false,
        Some(rest) => !rest.starts_with(|c: char| c.is_ascii_digit() || c == '.'),
    }
}

enum Meant {
    /// A parameter, or a part of one, which is looked up later.
    Field,
    Option(&'static Spec),
}

fn short_option(word: &str) -> Option<&'static Spec> {
    let letter = word.strip_prefix('-')?;
    OPTIONS.iter().find(|option| option.short == Some(letter))
}

/// Whether a path ends at a list as a whole, which takes any number of values.
fn is_list(action: &DynamicAction, path: &str) -> bool {
    let service = action.service();
    let mut fields: &[Field] = &action.model().request;
    let mut is_list = false;
    for step in path.split('.') {
        if is_list && step.parse::<usize>().is_ok() {
            is_list = false;
            continue;
        }
        let wanted = folded(step);
        let Some(field) = fields.iter().find(|field| folded(&field.name) == wanted) else { return false };
        is_list = field.ty.list;
        fields = match &field.ty.element {
            Element::Record(name) => service.record(name).map_or(&[], |record| &record.fields),
            _ => &[],
        };
    }
    is_list
}

/// A parameter comes before an option of the same name; `--vod-NAME` is always the option.
fn lookup(action: &DynamicAction, name: &str) -> Result<Meant, Failure> {
    let first = name.split('.').next().unwrap_or(name);
    let wanted = folded(first);
    let fields = &action.model().request;
    if fields.iter().any(|field| folded(&field.name) == wanted) {
        return Ok(Meant::Field);
    }
    if let Some(option) = named(name.strip_prefix("vod-").unwrap_or(name)) {
        return Ok(Meant::Option(option));
    }
    let kebabs: Vec<String> = fields.iter().map(|field| kebab(&field.name)).collect();
    let known = kebabs.iter().map(String::as_str).chain(OPTIONS.iter().map(|option| option.name));
    let mut failure = Failure::usage(format!("{} has no parameter `--{first}`", action.name()));
    failure = match suggest(first, known.clone())
        .or_else(|| suggest(&snake_case(first).replace('_', "-"), known))
    {
        Some(near) => failure.hint(format!("did you mean `--{near}`?")),
        None => failure.hint(format!("`vod {} --help` lists the parameters", kebab(action.name()))),
    };
    Err(failure)
}

fn unexpected(action: &DynamicAction, word: &str) -> Failure {
    let first = action.model().request.first().map_or_else(|| "name".to_owned(), |field| kebab(&field.name));
    Failure::usage(format!("unexpected `{word}`"))
        .hint(format!("a parameter is written as --{first} VALUE, or give all of them as one JSON object"))
}

impl Arguments {
    /// All parameters: those of the file or of the JSON on the command line, then those that are named.
    ///
    /// # Errors
    /// A name or a value does not fit the spec.
    pub(crate) fn parameters<'a>(
        &self,
        action: &'a DynamicAction,
        base: Value,
    ) -> Result<Parameters<'a>, Failure> {
        let mut parameters = Parameters::new(action, base)?;
        for assignment in &self.assignments {
            parameters.assign(&assignment.path, &assignment.values, assignment.is_set).map_err(
                |problem| {
                    let option = if assignment.is_set { "--set " } else { "--" };
                    Failure::usage(format!("{option}{}: {}", assignment.path, problem.message))
                        .with(problem.to_json())
                },
            )?;
        }
        Ok(parameters)
    }
}
