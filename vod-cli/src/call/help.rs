//! `vod ACTION --help`: the documentation of an action.

use std::fmt::Write as _;

use vod_spec::model::{Action, Element, Field, Service};

use super::option_name::kebab;
use super::options::{OPTIONS, Takes};
use super::snippet;
use crate::dynamic::DynamicAction;
use crate::prose::{facts, first_sentence, type_text, wrapped};

/// The whole page.
pub fn text(action: &DynamicAction) -> String {
    let (service, model) = (action.service(), action.model());
    let command = kebab(&model.name);
    let mut out = format!("{} ({} {}): {}\n\n", model.name, service.name, service.version, model.summary);
    let _ = writeln!(out, "  vod {command}{} [options]\n", usage(model));
    if let Some(note) = &model.deprecated {
        out.push_str(&wrapped(&format!("Deprecated: {note}"), 0));
        out.push('\n');
    }
    out.push_str(&wrapped(&model.doc, 0));
    marks(&mut out, model);
    if model.request.is_empty() {
        out.push_str("\nIt takes no parameters.\n");
    } else {
        out.push_str("\nPARAMETERS\n");
        let (required, others): (Vec<&Field>, Vec<&Field>) =
            model.request.iter().partition(|field| field.required);
        for field in required.into_iter().chain(others) {
            parameter(&mut out, field, service);
        }
    }
    out.push_str("\nANSWER\n");
    for field in &model.response {
        let _ = writeln!(out, "  {} ({})", field.name, type_text(field));
        out.push_str(&wrapped(&first_sentence(&field.doc), 6));
    }
    out.push_str("  RequestId (text)\n");
    examples(&mut out, action);
    if !model.errors.is_empty() {
        out.push_str("\nERRORS\n");
        for error in &model.errors {
            let _ = writeln!(out, "  {}", error.code);
            out.push_str(&wrapped(&first_sentence(&error.doc), 6));
        }
    }
    if !model.see_also.is_empty() {
        let names: Vec<&str> = model.see_also.iter().map(|other| other.target.as_str()).collect();
        let _ = writeln!(out, "\nSEE ALSO\n  {}", names.join(", "));
    }
    out.push_str("\nOPTIONS\n");
    out.push_str(&options(model));
    let _ =
        writeln!(out, "\n`vod explain {}.FIELD` goes down into a parameter or into the answer.", model.name);
    out
}

/// The required parameters, as they are written.
fn usage(model: &Action) -> String {
    let mut out = String::new();
    for field in model.request.iter().filter(|field| field.required) {
        let _ = write!(out, " --{} {}", kebab(&field.name), placeholder(field));
    }
    out
}

fn placeholder(field: &Field) -> String {
    let word = match &field.ty.element {
        Element::String | Element::Enum(_) => "TEXT",
        Element::Int64 | Element::Uint64 => "N",
        Element::Float => "NUMBER",
        Element::Bool => "true|false",
        Element::Timestamp => "TIME",
        Element::Date => "DAY",
        Element::Binary => "@FILE|BASE64",
        Element::Json | Element::Record(_) | Element::External(_) => "JSON",
    };
    if field.ty.list { format!("{word}...") } else { word.to_owned() }
}

fn marks(out: &mut String, model: &Action) {
    let mut marks = Vec::new();
    marks.extend(model.rate_limit.map(|rate| format!("At most {rate} calls a second.")));
    marks.push(match (model.idempotent, &model.why_idempotent) {
        (true, Some(why)) => format!("Sent again after an unknown outcome: {why}"),
        (true, None) => "Sent again after an unknown outcome.".to_owned(),
        (false, _) => "Not sent again once it may have taken effect.".to_owned(),
    });
    marks.extend(
        model.pagination.as_ref().map(|pages| {
            let whole = format!("--all fetches the whole list `{}`", pages.items);
            pages.window.as_ref().map_or_else(
                || format!("{whole}."),
                |window| {
                    format!(
                        "{whole}, past the {} items that the service returns of it: by periods of `{}`, the oldest first.",
                        window.ceiling, window.range
                    )
                },
            )
        }),
    );
    marks.extend(
        model
            .wait
            .as_ref()
            .map(|wait| format!("--wait polls until `{}` is {}.", wait.status, wait.until.join(" or "))),
    );
    marks.extend(model.only_on.map(|site| format!("On the {} site only.", site.name())));
    out.push('\n');
    for mark in marks {
        out.push_str(&wrapped(&mark, 0));
    }
}

fn parameter(out: &mut String, field: &Field, service: &Service) {
    let facts = facts(field, service);
    let _ = writeln!(out, "  --{} {}  ({})", kebab(&field.name), placeholder(field), type_text(field));
    if !facts.is_empty() {
        out.push_str(&wrapped(&facts.join("; "), 6));
    }
    out.push_str(&wrapped(&field.doc, 6));
    if let Element::Record(name) = &field.ty.element
        && let Some(record) = service.record(name)
    {
        let index = if field.ty.list { ".0" } else { "" };
        let parts: Vec<String> =
            record.fields.iter().map(|part| format!("{index}.{}", kebab(&part.name))).collect();
        out.push_str(&wrapped(&format!("parts: {}", parts.join(" ")), 6));
    }
}

fn examples(out: &mut String, action: &DynamicAction) {
    if action.model().examples.is_empty() {
        return;
    }
    out.push_str("\nEXAMPLES\n");
    for example in &action.model().examples {
        out.push_str(&wrapped(&example.title, 2));
        for line in snippet::vod_command(action, &example.request).lines() {
            let _ = writeln!(out, "      {line}");
        }
    }
}

/// Options that make sense for the action. One that a parameter hides is shown by its other name.
fn options(model: &Action) -> String {
    let mut out = String::new();
    for option in OPTIONS {
        if option.name == "all" && model.pagination.is_none() {
            continue;
        }
        let is_hidden = model.request.iter().any(|field| kebab(&field.name) == option.name);
        if is_hidden && option.name == "sub-app-id" {
            continue;
        }
        let prefix = if is_hidden { "vod-" } else { "" };
        let short = option.short.map_or_else(|| "    ".to_owned(), |letter| format!("-{letter}, "));
        let value = match option.takes {
            Takes::Nothing => String::new(),
            Takes::Maybe(what) => format!(" [{what}]"),
            Takes::Value(what) => format!(" {what}"),
        };
        let name = format!("{short}--{prefix}{}{value}", option.name);
        let _ = writeln!(out, "  {name:<30} {}", option.about);
    }
    out
}
