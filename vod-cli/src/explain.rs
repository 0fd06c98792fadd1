//! `vod explain`: what the specs say of an action, a field, a type or an error code.

use std::fmt::Write as _;

use vod_spec::model::{Element, ErrorClass, ErrorCode, Field, Record, Service};
use vod_spec::suggest;

use crate::failure::Failure;
use crate::prose::{facts, first_sentence, type_text, wrapped};
use crate::specs::{Specs, folded};

/// The text about a subject: `ACTION`, `ACTION.Field.Part`, `TYPE`, `TYPE.Field`, or an error code.
///
/// # Errors
/// The specs know no such thing; the message names what was probably meant.
pub fn text(specs: &Specs, subject: &str) -> Result<String, Failure> {
    let (first, path) = subject.split_once('.').map_or((subject, ""), |(first, path)| (first, path));
    if let Ok(action) = specs.action(first) {
        if path.is_empty() {
            return Ok(crate::call::help_text(action));
        }
        let model = action.model();
        let service = action.service();
        let request = down(service, &model.request, path);
        let answer = down(service, &model.response, path);
        let place = |side: &str| format!("{}.{path}, {side}", model.name);
        return match (request, answer) {
            (Ok(field), Err(_)) => Ok(field_text(service, field, &place("a parameter"))),
            (Err(_), Ok(field)) => Ok(field_text(service, field, &place("in the answer"))),
            (Ok(sent), Ok(received)) => Ok(format!(
                "{}\n{}",
                field_text(service, sent, &place("a parameter")),
                field_text(service, received, &place("in the answer"))
            )),
            (Err(sent), Err(received)) => {
                let problem = if received.contains("did you mean") { received } else { sent };
                Err(Failure::usage(format!("{}: {problem}", model.name)))
            }
        };
    }
    let service = specs.whole();
    let wanted = folded(first);
    if let Some(record) = service.types.iter().find(|record| folded(&record.name) == wanted) {
        if path.is_empty() {
            return Ok(record_text(&service, record));
        }
        let field = down(&service, &record.fields, path)
            .map_err(|problem| Failure::usage(format!("{}: {problem}", record.name)))?;
        return Ok(field_text(&service, field, &format!("{}.{path}", record.name)));
    }
    if let Some(list) = service.enums.iter().find(|list| folded(&list.name) == wanted) {
        let mut out = format!("{}: values of {}\n\n", list.name, service.name);
        out.push_str(&wrapped(&list.doc, 0));
        for value in &list.values {
            let _ = writeln!(out, "\n  {}", value.value);
            out.push_str(&wrapped(&value.doc, 6));
        }
        out.push_str(&users(&service, &list.name));
        return Ok(out);
    }
    code_str(&service, subject).ok_or_else(|| unknown(specs, &service, subject, first))
}

fn unknown(specs: &Specs, service: &Service, subject: &str, first: &str) -> Failure {
    let failure = Failure::usage(format!(
        "the specs of {} have no action, type or error code `{subject}`",
        service.name
    ));
    let codes = codes(service);
    let known = specs
        .action_names()
        .into_iter()
        .chain(specs.type_names())
        .chain(codes.iter().map(|code| code.code.as_str()));
    let known: Vec<&str> = known.collect();
    match suggest(subject, known.iter().copied()).or_else(|| suggest(first, known)) {
        Some(near) => failure.hint(format!("did you mean `{near}`?")),
        None => failure.hint("`vod search WORDS` finds what has them in it"),
    }
}

/// The field at the end of a path. Numbers, which name values of lists, are passed over.
fn down<'a>(service: &'a Service, fields: &'a [Field], path: &str) -> Result<&'a Field, String> {
    let mut fields = fields;
    let mut found = None;
    for step in path.split('.').filter(|step| step.parse::<usize>().is_err()) {
        let wanted = folded(step);
        let Some(field) = fields.iter().find(|field| folded(&field.name) == wanted) else {
            let hint = suggest(step, fields.iter().map(|field| field.name.as_str()))
                .map_or_else(String::new, |near| format!("; did you mean `{near}`?"));
            return Err(format!("there is no `{step}`{hint}"));
        };
        found = Some(field);
        fields = match &field.ty.element {
            Element::Record(name) => service.record(name).map_or(&[], |record| &record.fields),
            _ => &[],
        };
    }
    found.ok_or_else(|| format!("`{path}` names no field"))
}

fn field_text(service: &Service, field: &Field, place: &str) -> String {
    let mut out = format!("{place}: {}\n", type_text(field));
    let facts = facts(field, service);
    if !facts.is_empty() {
        out.push_str(&wrapped(&facts.join("; "), 2));
    }
    out.push('\n');
    out.push_str(&wrapped(&field.doc, 0));
    if let Some(note) = &field.deprecated {
        out.push_str(&wrapped(&format!("Deprecated: {note}"), 0));
    }
    match &field.ty.element {
        Element::Record(name) => {
            if let Some(record) = service.record(name) {
                let _ = write!(out, "\n{}", members(service, record));
            }
        }
        Element::Enum(name) => {
            for value in service.enumeration(name).into_iter().flat_map(|list| &list.values) {
                let _ = writeln!(out, "\n  {}", value.value);
                out.push_str(&wrapped(&value.doc, 6));
            }
        }
        _ => {}
    }
    out
}

fn record_text(service: &Service, record: &Record) -> String {
    let mut out = format!("{}: a type of {}\n\n", record.name, service.name);
    out.push_str(&wrapped(&record.doc, 0));
    let _ = write!(out, "\n{}", members(service, record));
    out.push_str(&users(service, &record.name));
    out
}

fn members(service: &Service, record: &Record) -> String {
    let mut out = String::new();
    for field in &record.fields {
        let _ = writeln!(out, "  {} ({})", field.name, type_text(field));
        let facts = facts(field, service);
        if !facts.is_empty() {
            out.push_str(&wrapped(&facts.join("; "), 6));
        }
        out.push_str(&wrapped(&first_sentence(&field.doc), 6));
    }
    out
}

/// Where a type is used: actions, and other types.
fn users(service: &Service, name: &str) -> String {
    let uses = |fields: &[Field]| {
        fields.iter().any(
            |field| matches!(&field.ty.element, Element::Record(used) | Element::Enum(used) if used == name),
        )
    };
    let actions = service.actions.iter().filter(|action| uses(&action.request) || uses(&action.response));
    let types = service.types.iter().filter(|record| record.name != name && uses(&record.fields));
    let names: Vec<&str> =
        actions.map(|action| action.name.as_str()).chain(types.map(|record| record.name.as_str())).collect();
    if names.is_empty() { String::new() } else { format!("\nUSED BY\n{}", wrapped(&names.join(", "), 2)) }
}

fn codes(service: &Service) -> Vec<&ErrorCode> {
    let of_actions = service.actions.iter().flat_map(|action| &action.errors);
    service.errors.iter().chain(&service.action_errors).chain(of_actions).collect()
}

fn code_str(service: &Service, subject: &str) -> Option<String> {
    let all = codes(service);
    let code = all.iter().find(|code| code.code.eq_ignore_ascii_case(subject))?;
    let mut out = format!("{}: an error code of {}\n\n", code.code, service.name);
    out.push_str(&wrapped(&code.doc, 0));
    if let Some(class) = code.class.or_else(|| service.error_class(&code.code)) {
        let _ = write!(out, "\n{}", wrapped(advice(class), 0));
    }
    let below: Vec<&str> = {
        let prefix = format!("{}.", code.code);
        let mut names: Vec<&str> =
            all.iter().map(|other| other.code.as_str()).filter(|other| other.starts_with(&prefix)).collect();
        names.sort_unstable();
        names.dedup();
        names
    };
    if !below.is_empty() {
        let _ = write!(out, "\nMORE PRECISE CODES\n{}", wrapped(&below.join(", "), 2));
    }
    let listed =
        service.actions.iter().filter(|action| action.errors.iter().any(|own| own.code == code.code));
    let names: Vec<&str> = listed.map(|action| action.name.as_str()).collect();
    if !names.is_empty() {
        let _ = write!(out, "\nANSWERED BY\n{}", wrapped(&names.join(", "), 2));
    }
    Some(out)
}

/// What a caller can do.
fn advice(class: ErrorClass) -> &'static str {
    match class {
        ErrorClass::Caller => {
            "The request is wrong and stays wrong: change it. The SDK does not send it again."
        }
        ErrorClass::Authentication => {
            "The credential or its signature was refused: check keys and permissions. `vod sign explain` compares signatures."
        }
        ErrorClass::TokenExpired => "The SDK asks for a fresh credential and sends the call again.",
        ErrorClass::CredentialRefused => {
            "The credential is unknown, or its key is another one. The SDK asks its source once more and sends the call again if that gives another one."
        }
        ErrorClass::ClockSkew => {
            "The clocks of service and caller differ too much. The SDK corrects the time and sends the call again."
        }
        ErrorClass::Throttling => {
            "Too many calls: the SDK waits, sends the call again and calls less often from then on."
        }
        ErrorClass::Service => {
            "The service failed, and the call may have taken effect. The SDK sends it again if the action is idempotent."
        }
        ErrorClass::Retryable => "The service could not take the call now: the SDK waits and sends it again.",
        ErrorClass::None => "This is no failure: a dry run would have succeeded.",
    }
}
