//! The documentation of generated items: what the spec files say, as Markdown.

mod action;
mod category;
mod limits;
mod links;
mod prose;
mod search;

#[cfg(test)]
mod tests;

use std::fmt::Display;

use serde_json::Value;
use vod_spec::model::{Element, EnumValue, Field, Position, Record, Service, Site, Storage, Union};
use vod_spec::naming;

use super::Home;

pub(super) use action::{marker, method, method_name, request, response, wait_method};
pub(super) use category::{category, methods, with_features};
pub(super) use links::linked;
pub(super) use search::search_words;

/// A field: its meaning, then one line of facts.
pub(super) fn field(field: &Field) -> String {
    let mut facts = Vec::new();
    if let Some(note) = &field.deprecated {
        facts.push(prose::after("**Deprecated**:", &prose::safe(note)));
    }
    let limits = limits::texts(field);
    if !limits.is_empty() {
        facts.push(format!("Limits: {}.", limits.join(", ")));
    }
    if let Some(default) = &field.default {
        facts.push(format!("Default of the service: `{}`.", plain(default)));
    }
    if let Some(valid) = field.valid_for {
        facts.push(format!("Valid for {}.", limits::duration(valid)));
    }
    if field.sensitive {
        facts.push("Hidden in `Debug`.".to_owned());
    }
    facts.extend(field.only_on.map(|site| format!("Exists {}.", only_on(site))));
    let wire = format!("`{}`", field.name);
    if facts.is_empty() {
        prose::after(&format!("{wire}:"), &field.doc)
    } else {
        format!("{}\n\n{}", prose::after(&format!("{wire}:"), &field.doc), facts.join(" "))
    }
}

/// A type: what it describes, and where it exists.
pub(super) fn record(record: &Record) -> String {
    let site = record.only_on.map(|site| format!("\n\nExists {}.", only_on(site)));
    format!("{}{}", record.doc, site.unwrap_or_default())
}

/// Where something exists that only one of the vendor's sites has.
fn only_on(site: Site) -> &'static str {
    match site {
        Site::Mainland => "on the mainland site only (`Endpoint::mainland`)",
        Site::International => "on the international site only (`Endpoint::international`)",
    }
}

/// Where the spec file says what an item is made of: the compiler's notes can only point at the macro's call.
pub(super) fn origin(at: &Position, service: &Service) -> String {
    let Some(file) = service.files.get(at.file).filter(|_| at.line > 0) else { return String::new() };
    format!("\n\nSpec: `{}:{}`.", file.display().to_string().replace('\\', "/"), at.line)
}

/// A setter: the field has the details.
pub(super) fn setter(field: &Field) -> String {
    format!("Sets `{}`: {}", field.name, first_sentence(&field.doc))
}

/// A variant of an enumeration, with the value on the wire where the variant's name is another one.
pub(super) fn enum_value(value: &EnumValue) -> String {
    named(&value.value, &value.variant, value.doc.trim())
}

/// A variant that holds one of an object's payloads: the first clause of the member's text, because the rest of
/// it says when the member is there.
pub(super) fn payload(field: &Field, tag: &str) -> String {
    let sentence = first_sentence(&field.doc);
    let clause = sentence.split("; ").next().unwrap_or_default().trim_end_matches('.');
    named(tag, &naming::variant_ident(tag), &format!("{clause}."))
}

/// That a type or a response has a method `payload`.
fn carries(union: &Union) -> String {
    format!("\n\n[`payload`](Self::payload) gives what it carries as one [`{}`].", union.name)
}

fn named(wire: &str, variant: &str, doc: &str) -> String {
    if doc.is_empty() {
        format!("`{wire}`.")
    } else if wire == variant {
        doc.to_owned()
    } else {
        prose::after(&format!("`{wire}`:"), doc)
    }
}

/// The enumeration of all error codes.
pub(super) fn error_codes(service: &Service, home: Home) -> String {
    let compare = match home {
        Home::Runtime => "[`Error::code`](crate::Error::code)",
        Home::User => "`Error::code`",
    };
    format!(
        "The error codes of `{}` {}, those of every action and those of single ones, to compare {compare} with.",
        service.name, service.version
    )
}

/// A field's Rust name as a reader sees it: without the mark of a reserved word.
fn rust_name(field: &Field) -> &str {
    field.rust_name.trim_start_matches("r#")
}

/// The Rust type of a field as HTML, with a link to the type if it is one of our own.
fn rust_type(field: &Field) -> String {
    let element = match &field.ty.element {
        Element::String => "String".to_owned(),
        Element::Int64 => "i64".to_owned(),
        Element::Uint64 => "u64".to_owned(),
        Element::Float => "f64".to_owned(),
        Element::Bool => "bool".to_owned(),
        Element::Timestamp => "Timestamp".to_owned(),
        Element::Date => "Date".to_owned(),
        Element::Json => "Value".to_owned(),
        Element::Binary => "Blob".to_owned(),
        Element::Record(name) | Element::Enum(name) => format!("[{name}]"),
        Element::External(name) => name.clone(),
    };
    let ty = match (field.storage(), &field.ty.element) {
        (Storage::Plain, _) => element,
        (Storage::List, _) => format!("Vec&lt;{element}&gt;"),
        (Storage::Optional, Element::Record(_)) => format!("Option&lt;Box&lt;{element}&gt;&gt;"),
        (Storage::Optional, _) => format!("Option&lt;{element}&gt;"),
    };
    format!("<code>{ty}</code>")
}

/// What `new` takes.
pub(super) fn constructor(fields: &[Field]) -> String {
    let required: Vec<String> =
        fields.iter().filter(|field| field.required).map(|field| format!("`{}`", rust_name(field))).collect();
    match required.as_slice() {
        [] => "Makes one with every field left out; set those that you need.".to_owned(),
        names => format!("Makes one with the required fields: {}.", names.join(", ")),
    }
}

/// A value as the API's users write it: a text without quotes.
fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

/// Text for a cell of a table: no line break, no bar.
fn cell(text: &dyn Display) -> String {
    text.to_string().replace('\n', " ").replace('|', "\\|")
}

/// Up to the first full stop that ends a sentence.
fn first_sentence(doc: &str) -> String {
    let doc = prose::before_code(doc).trim();
    let paragraph = doc.split("\n\n").next().unwrap_or(doc);
    let end = paragraph.find(". ").or_else(|| paragraph.find(".\n")).map_or(paragraph.len(), |i| i + 1);
    paragraph[..end].replace('\n', " ")
}
