//! A spec file's example as the Rust that a caller would write.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proc_macro2::{LexError, TokenStream};
use quote::quote;
use serde_json::Value;
use vod_spec::model::{Action, AnswerFormat, BodyFormat, Element, Example, Field, Record, Service, Storage};
use vod_spec::{decode_base64, naming};

use super::{Home, docs, field};

/// How many characters of code a line of the documentation shows.
const PAGE: usize = 80;

/// The example as a code block. In the runtime crate it is a doctest that runs against the emulator, which
/// answers an example's request with the example's response; elsewhere it is shown only, because the user's
/// crate need not depend on the emulator.
pub(super) fn call(action: &Action, example: &Example, service: &Service, home: Home) -> String {
    let mut names = BTreeSet::new();
    let request = construct(
        &format!("{}Request", action.name),
        &action.request,
        &example.request,
        service,
        &mut names,
        1,
    );
    let method = docs::method_name(action);
    let module = naming::snake_case(&service.name);
    let imports = imports(&module, &names);
    let shown = shown(action, service);
    let body = body(action, home, &request, &method, &shown);
    let proof = match action.answer {
        AnswerFormat::Json => "# assert!(!response.request_id.is_empty());\n",
        AnswerFormat::EventStream => "# assert!(events.request_id().is_some());\n",
    };
    match home {
        Home::Runtime => format!(
            "```\n\
             # #[tokio::main(flavor = \"current_thread\")]\n\
             # async fn main() -> Result<(), Box<dyn std::error::Error>> {{\n\
             # let emulator = vod_emulator::Emulator::builder().answer_examples(true).start().await?;\n\
             # let credential = vod_api::Credential::new(emulator.secret_id(), emulator.secret_key());\n\
             # let endpoint = vod_api::Endpoint::custom(emulator.endpoint());\n\
             # let client = vod_api::Client::builder().credential(credential).endpoint(endpoint).build()?;\n\
             {imports}\n\n{body}\
             {proof}\
             # Ok(())\n\
             # }}\n\
             ```\n"
        ),
        Home::User => format!("```ignore\n{body}```\n"),
    }
}

/// The call itself.
fn body(action: &Action, home: Home, request: &str, method: &str, shown: &str) -> String {
    let bytes = match (action.body, home) {
        (BodyFormat::OctetStream, Home::Runtime) => ", \"the bytes\"",
        (BodyFormat::OctetStream, Home::User) => ", std::fs::read(\"body.bin\")?",
        _ => "",
    };
    if action.answer == AnswerFormat::EventStream {
        let shown = shown.trim_end().replace('\n', "\n    ");
        return format!(
            "let request = {request};\nlet mut events = client.{method}(request{bytes});\n\
             while let Some(response) = events.next().await {{\n    let response = response?;\n    {shown}\n}}\n"
        );
    }
    format!("let request = {request};\nlet response = client.{method}(request{bytes}).await?;\n{shown}")
}

/// A whole program that makes one call with these parameters, for services whose types `vod-api` has.
///
/// It needs `tokio` with `macros` and `rt-multi-thread`, and `serde_json` if a parameter holds any JSON.
pub fn program(action: &Action, request: &Value, service: &Service) -> String {
    let mut names = BTreeSet::new();
    let name = format!("{}Request", action.name);
    let request = construct(&name, &action.request, request, service, &mut names, 2);
    let imports = imports(&naming::snake_case(&service.name), &names);
    let method = docs::method_name(action);
    let deprecated = if action.deprecated.is_some() { "#[allow(deprecated)]\n" } else { "" };
    format!(
        "//! Calls {}: {}\n\n{imports}\n\n#[tokio::main]\n{deprecated}async fn main() -> Result<(), vod_api::Error> {{\n    \
         // Keys and endpoint come from the environment, see `vod_api::ClientBuilder::from_env`.\n    \
         let client = vod_api::Client::from_env()?;\n    \
         let request = {request};\n    let response = client.{method}(request).await?;\n    \
         println!(\"{{response:#?}}\");\n    Ok(())\n}}\n",
        action.name, action.summary
    )
}

/// What a caller most likely wants of the response, as a line of code that prints it: the items of a list, an id, or
/// whatever comes first.
fn shown(action: &Action, service: &Service) -> String {
    // Of a response with a secret in it, nothing is printed that might hold the secret, not even its mark.
    let secretive = service.holds_sensitive(&action.response);
    let is_shown =
        |field: &&Field| !field.sensitive && field.deprecated.is_none() && (!secretive || has_display(field));
    let visible = || action.response.iter().filter(is_shown);
    let is_items = |field: &&Field| match &action.pagination {
        Some(pages) => field.name == pages.items,
        None => field.ty.list && matches!(field.ty.element, Element::Record(_)),
    };
    let is_id =
        |field: &&Field| !field.ty.list && (field.name.ends_with("Id") || field.name.ends_with("Url"));
    if let Some(list) = visible().find(is_items) {
        let list_name = &list.rust_name;
        let of_item = match &list.ty.element {
            Element::Record(name) => service.record(name).and_then(plain_text),
            _ => None,
        };
        let item = of_item.map_or_else(
            || "    println!(\"{item:?}\");".to_owned(),
            |field| format!("    println!(\"{{}}\", item.{field});"),
        );
        return format!("for item in &response.{list_name} {{\n{item}\n}}\n");
    }
    match visible().find(is_id).or_else(|| visible().next()) {
        Some(field) => {
            let name = &field.rust_name;
            let braces = if has_display(field) { "{}" } else { "{:?}" };
            format!("println!(\"{braces}\", response.{name});\n")
        }
        None => "println!(\"{}\", response.request_id);\n".to_owned(),
    }
}

/// The first field of a type that names an item: a text that is always there.
fn plain_text(record: &Record) -> Option<&str> {
    let names = record.fields.iter().filter(|field| {
        has_display(field)
            && !field.sensitive
            && matches!(field.ty.element, Element::String | Element::Enum(_))
    });
    names.map(|field| field.rust_name.as_str()).next()
}

fn has_display(field: &Field) -> bool {
    use Element::{Bool, Enum, Int64, String, Uint64};
    field.storage() == Storage::Plain && matches!(field.ty.element, String | Int64 | Uint64 | Bool | Enum(_))
}

/// `use` for the types of an example, in lines that fit on a page.
fn imports(module: &str, names: &BTreeSet<String>) -> String {
    let names: Vec<&str> = names.iter().map(String::as_str).collect();
    if let [one] = names.as_slice() {
        return format!("use vod_api::{module}::{one};");
    }
    let line = format!("use vod_api::{module}::{{{}}};", names.join(", "));
    if line.len() <= PAGE {
        return line;
    }
    let mut lines: Vec<String> = Vec::new();
    for name in names {
        match lines.last_mut().filter(|line| line.len() + name.len() + 2 <= PAGE) {
            Some(line) => line.push_str(&[" ", name, ","].concat()),
            None => lines.push(format!("    {name},")),
        }
    }
    format!("use vod_api::{module}::{{\n{}\n}};", lines.join("\n"))
}

/// The example's request as an expression.
pub(super) fn request(action: &Action, example: &Example, service: &Service) -> TokenStream {
    let name = format!("{}Request", action.name);
    let code = construct(&name, &action.request, &example.request, service, &mut BTreeSet::new(), 1);
    // Names and values come from a checked model, so that this is an expression; should it not be one, the
    // compiler says so where the macro is called.
    code.parse().unwrap_or_else(|error: LexError| {
        let message = format!("{}: {error}", example.title);
        quote!(::core::compile_error! { #message })
    })
}

/// `XRequest::new(required…).optional(…)`, one setter a line.
fn construct(
    name: &str,
    fields: &[Field],
    value: &Value,
    service: &Service,
    names: &mut BTreeSet<String>,
    depth: usize,
) -> String {
    names.insert(name.to_owned());
    let given = |field: &&Field| value.get(&field.name).is_some_and(|value| !value.is_null());
    let required: Vec<String> = fields
        .iter()
        .filter(|field| field.required)
        .map(|field| argument(field, value.get(&field.name).unwrap_or(&Value::Null), service, names, depth))
        .collect();
    let mut out = format!("{name}::new({})", required.join(", "));
    let indent = "    ".repeat(depth);
    for field in fields.iter().filter(|field| !field.required).filter(given) {
        let argument = argument(field, &value[field.name.as_str()], service, names, depth);
        let _ = write!(out, "\n{indent}.{}({argument})", field::setter_name(field));
    }
    out
}

fn argument(
    field: &Field,
    value: &Value,
    service: &Service,
    names: &mut BTreeSet<String>,
    depth: usize,
) -> String {
    match value {
        Value::Array(values) if field.ty.list => {
            let values: Vec<String> =
                values.iter().map(|value| single(field, value, service, names, depth)).collect();
            format!("[{}]", values.join(", "))
        }
        value => single(field, value, service, names, depth),
    }
}

fn single(
    field: &Field,
    value: &Value,
    service: &Service,
    names: &mut BTreeSet<String>,
    depth: usize,
) -> String {
    match &field.ty.element {
        Element::String | Element::Timestamp | Element::Date | Element::External(_) => text(value),
        Element::Int64 | Element::Uint64 | Element::Bool => value.to_string(),
        Element::Float => value.as_f64().map_or_else(|| value.to_string(), |v| format!("{v:?}")),
        Element::Json => format!("serde_json::json!({value})"),
        Element::Binary => bytes(value),
        Element::Enum(name) => {
            let listed = service.enumeration(name).and_then(|item| {
                item.values.iter().find(|listed| Some(listed.value.as_str()) == value.as_str())
            });
            match listed {
                Some(listed) => {
                    names.insert(name.clone());
                    format!("{name}::{}", listed.variant)
                }
                None => text(value),
            }
        }
        Element::Record(name) => match service.record(name) {
            Some(record) => construct(name, &record.fields, value, service, names, depth + 1),
            None => "Default::default()".to_owned(),
        },
    }
}

/// Bytes that are a text are written as one.
fn bytes(value: &Value) -> String {
    let bytes = value.as_str().and_then(decode_base64).unwrap_or_default();
    match std::str::from_utf8(&bytes) {
        Ok(text) => format!("{text:?}"),
        Err(_) => format!("&b\"{}\"[..]", bytes.escape_ascii()),
    }
}

fn text(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), |text| format!("{text:?}"))
}
