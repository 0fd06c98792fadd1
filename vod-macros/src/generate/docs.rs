//! The documentation of generated items: what the spec files say, as Markdown.

use std::collections::BTreeSet;
use std::fmt::{Display, Write as _};
use std::time::Duration;

use vod_spec::model::{Action, Bounds, Element, EnumValue, Field, Limits, Number, Service, Storage, Wait};
use vod_spec::naming;

use super::{Home, example};

/// Where the vendor documents an action.
const VENDOR_PAGES: &str = "https://www.tencentcloud.com/document/product/266/";

/// The client's method: everything that a caller wants to know without opening another page.
pub(super) fn method(action: &Action, service: &Service, home: Home) -> String {
    let mut out = format!("{}\n\n{}\n", action.summary.trim(), action.doc.trim());
    line(&mut out, &facts(action, home));
    line(&mut out, &parameters(&action.request));
    line(&mut out, &answer(action));
    line(&mut out, &errors(action));
    if let Some(first) = action.examples.first() {
        let example = example::call(action, first, service, home);
        let _ = write!(out, "\n# Example\n{}:\n\n{example}", first.title.trim_end_matches('.'));
    }
    out
}

fn line(out: &mut String, part: &str) {
    if !part.is_empty() {
        let _ = write!(out, "\n{part}\n");
    }
}

fn facts(action: &Action, home: Home) -> String {
    let mut facts = Vec::new();
    if let Some(note) = &action.deprecated {
        facts.push(format!("**Deprecated**: {note}"));
    }
    if let Some(rate) = action.rate_limit {
        facts.push(format!("**Rate limit**: {rate} calls a second."));
    }
    if action.idempotent {
        facts.push("**Idempotent**: may be sent again when an earlier outcome is unknown.".to_owned());
    }
    if let Some(pages) = &action.pagination {
        facts.push(format!(
            "**Pages**: a call has `.pages()` and `.items()`, which go through all of `{}`.",
            pages.items
        ));
    }
    if let Some(wait) = &action.wait {
        facts.push(format!(
            "**Waiting**: `.wait()` on a call, or `{}`, calls until `{}` is {}.",
            wait.method,
            wait.status,
            ends(wait)
        ));
    }
    if home == Home::Runtime && !action.category.is_empty() {
        facts.push(format!("**Feature**: `{}`.", action.category));
    }
    if let Some(page) = action.doc_page {
        facts.push(format!("**Source**: the vendor's page [{page}]({VENDOR_PAGES}{page})."));
    }
    facts.join("  \n")
}

/// The values that end a waiting, as a list in words.
fn ends(wait: &Wait) -> String {
    wait.until.iter().map(|value| format!("`{value}`")).collect::<Vec<_>>().join(" or ")
}

/// The method that waits.
pub(super) fn wait_method(action: &Action, wait: &Wait) -> String {
    format!(
        "Calls `{}` until `{}` is {}, and gives the last answer.\n\n\
         `{}` says what to wait for. The value decides nothing else: look at the answer for success or failure. \
         To set more of the request or of the calls, prepare a call with `{}` and `.wait()` on it.\n\n\
         # Errors\nA call failed for good, or the time ran out that was set for the waiting.",
        action.name,
        wait.status,
        ends(wait),
        wait.id,
        method_name(action),
    )
}

fn parameters(fields: &[Field]) -> String {
    if fields.is_empty() {
        return "It takes no parameters.".to_owned();
    }
    let mut out =
        "# Parameters\n| name | type | required | limits | meaning |\n|---|---|---|---|---|".to_owned();
    for field in fields {
        let required = if field.required { "yes" } else { "no" };
        let _ = write!(
            out,
            "\n| `{}` | {} | {required} | {} | {} |",
            field.name,
            cell(&type_text(field)),
            cell(&limits(&field.limits).join(", ")),
            cell(&first_sentence(&field.doc)),
        );
    }
    out
}

fn answer(action: &Action) -> String {
    let names: Vec<String> = action.response.iter().map(|field| format!("`{}`", field.name)).collect();
    match names.as_slice() {
        [] => "# Returns\nOnly the request id.".to_owned(),
        names => format!("# Returns\n{} and the request id.", names.join(", ")),
    }
}

fn errors(action: &Action) -> String {
    let mut out =
        "# Errors\nA request that breaks a limit is refused before anything is sent; a call can fail on \
                   its way; and the service answers its shared error codes"
            .to_owned();
    if action.errors.is_empty() {
        out.push('.');
        return out;
    }
    out.push_str(" and these:\n");
    for error in &action.errors {
        let _ = writeln!(out, "- `{}`: {}", error.code, error.doc.trim());
    }
    out.trim_end().to_owned()
}

/// A category's module: a table of its actions.
pub(super) fn category(name: &str, actions: &[&Action]) -> String {
    let mut out = format!("Actions of the category `{name}`, which needs the feature `{name}`.\n\n");
    out.push_str("| action | what it does |\n|---|---|");
    for action in actions {
        let method = method_name(action);
        let _ = write!(
            out,
            "\n| [`{}`](crate::Client::{method}) | {} |",
            action.name,
            cell(&action.summary.trim())
        );
    }
    out
}

/// Words of an action's summary that its name does not have, so that a search for them finds the method.
pub(super) fn search_words(action: &Action) -> Vec<String> {
    let name = naming::snake_case(&action.name);
    let words: BTreeSet<String> = action
        .summary
        .split(|c: char| !c.is_ascii_alphanumeric())
        .map(str::to_ascii_lowercase)
        .filter(|word| word.len() > 3 && !name.split('_').any(|part| part == word))
        .collect();
    words.into_iter().collect()
}

/// The marker type of an action.
pub(super) fn marker(action: &Action) -> String {
    format!("The action `{}`: {}", action.name, lower_first(&action.summary))
}

/// The request struct.
pub(super) fn request(action: &Action) -> String {
    format!("Parameters of `{}`: {}", action.name, lower_first(&action.summary))
}

/// The response struct.
pub(super) fn response(action: &Action) -> String {
    format!("Answer of `{}`: {}", action.name, lower_first(&action.summary))
}

fn lower_first(text: &str) -> String {
    let mut chars = text.trim().chars();
    chars.next().map_or_else(String::new, |first| first.to_lowercase().chain(chars).collect())
}

/// A field: its meaning, then one line of facts.
pub(super) fn field(field: &Field) -> String {
    let mut facts = Vec::new();
    if let Some(note) = &field.deprecated {
        facts.push(format!("**Deprecated**: {note}"));
    }
    let limits = limits(&field.limits);
    if !limits.is_empty() {
        facts.push(format!("Limits: {}.", limits.join(", ")));
    }
    if let Some(default) = &field.default {
        facts.push(format!("Default of the service: `{default}`."));
    }
    if let Some(valid) = field.valid_for {
        facts.push(format!("Valid for {}.", duration(valid)));
    }
    if field.sensitive {
        facts.push("Hidden in `Debug`.".to_owned());
    }
    let wire = format!("`{}`", field.name);
    if facts.is_empty() {
        format!("{wire}: {}", field.doc.trim())
    } else {
        format!("{wire}: {}\n\n{}", field.doc.trim(), facts.join(" "))
    }
}

/// A setter: the field has the details.
pub(super) fn setter(field: &Field) -> String {
    format!("Sets `{}`: {}", field.name, first_sentence(&field.doc))
}

/// A variant of an enumeration.
pub(super) fn enum_value(value: &EnumValue) -> String {
    match value.doc.trim() {
        "" => format!("`{}`.", value.value),
        doc => format!("`{}`: {doc}", value.value),
    }
}

fn type_text(field: &Field) -> String {
    let element = match &field.ty.element {
        Element::String => "string".to_owned(),
        Element::Int64 => "int64".to_owned(),
        Element::Uint64 => "uint64".to_owned(),
        Element::Float => "float".to_owned(),
        Element::Bool => "bool".to_owned(),
        Element::Timestamp => "timestamp".to_owned(),
        Element::Date => "date".to_owned(),
        Element::Json => "JSON".to_owned(),
        Element::Record(name) | Element::Enum(name) | Element::External(name) => format!("`{name}`"),
    };
    if field.storage() == Storage::List { format!("list of {element}") } else { element }
}

fn limits(limits: &Limits) -> Vec<String> {
    let mut out = Vec::new();
    out.extend(limits.items.map(|bounds| counted(bounds, "item")));
    out.extend(limits.length.map(|bounds| counted(bounds, "character")));
    out.extend(limits.range.map(range));
    out.extend(limits.pattern.as_ref().map(|pattern| format!("matches `{pattern}`")));
    out
}

fn counted(bounds: Bounds<u64>, unit: &str) -> String {
    let many = |n: u64| {
        if n == 1 { format!("1 {unit}") } else { format!("{n} {unit}s") }
    };
    match (bounds.min, bounds.max) {
        (Some(min), Some(max)) if min == max => format!("exactly {}", many(min)),
        (Some(min), Some(max)) => format!("{min} to {}", many(max)),
        (Some(min), None) => format!("at least {}", many(min)),
        (None, Some(max)) => format!("at most {}", many(max)),
        (None, None) => String::new(),
    }
}

fn range(bounds: Bounds<Number>) -> String {
    let number = |number: Number| match number {
        Number::Int(v) => v.to_string(),
        Number::Float(v) => v.to_string(),
    };
    match (bounds.min.map(number), bounds.max.map(number)) {
        (Some(min), Some(max)) => format!("{min} to {max}"),
        (Some(min), None) => format!("at least {min}"),
        (None, Some(max)) => format!("at most {max}"),
        (None, None) => String::new(),
    }
}

fn duration(duration: Duration) -> String {
    let seconds = duration.as_secs();
    let (count, unit) = match seconds {
        s if s % 86_400 == 0 => (s / 86_400, "day"),
        s if s % 3_600 == 0 => (s / 3_600, "hour"),
        s if s % 60 == 0 && s > 60 => (s / 60, "minute"),
        s => (s, "second"),
    };
    format!("{count} {unit}{}", if count == 1 { "" } else { "s" })
}

/// Text for a cell of a table: no line break, no bar.
fn cell(text: &dyn Display) -> String {
    text.to_string().replace('\n', " ").replace('|', "\\|")
}

/// Up to the first full stop that ends a sentence.
pub(super) fn first_sentence(doc: &str) -> String {
    let doc = doc.trim();
    let paragraph = doc.split("\n\n").next().unwrap_or(doc);
    let end = paragraph.find(". ").or_else(|| paragraph.find(".\n")).map_or(paragraph.len(), |i| i + 1);
    paragraph[..end].replace('\n', " ")
}

/// The name of an action's method, for links and examples.
pub(super) fn method_name(action: &Action) -> String {
    naming::field_ident(&action.name)
}
