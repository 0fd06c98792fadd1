//! Renders the structs that serde's derives work on, from the same specs as the generated ones.

use std::fmt::Write as _;
use std::path::Path;

use vod_spec::model::{Element, Enum, Field, Service, Storage};

/// Actions whose types are rendered.
const ACTIONS: [&str; 2] = ["ConfirmEvents", "PullEvents"];

/// The specs that the benches know.
pub fn service() -> Service {
    let loaded = vod_spec::load_service(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new("api-specs/vod"));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.service.select(&ACTIONS).expect("the actions exist")
}

/// The text of `types.rs`.
pub fn render(service: &Service) -> String {
    let mut out = String::from(
        "//! Rendered from the specs by `cargo bench -p vod-api --bench codec -- --render`.\n\n\
         use serde::{Deserialize, Serialize};\n\nuse super::open_enum;\n",
    );
    for item in &service.enums {
        render_enum(&mut out, item);
    }
    for record in &service.types {
        render_struct(&mut out, &record.name, &record.fields, false);
    }
    for action in &service.actions {
        render_struct(&mut out, &format!("{}Request", action.name), &action.request, false);
        render_struct(&mut out, &format!("{}Response", action.name), &action.response, true);
    }
    out
}

fn render_enum(out: &mut String, item: &Enum) {
    put(out, format_args!("\nopen_enum!({} {{\n", item.name));
    for value in &item.values {
        put(out, format_args!("    {} = {:?},\n", value.variant, value.value));
    }
    out.push_str("});\n");
}

fn render_struct(out: &mut String, name: &str, fields: &[Field], answer: bool) {
    out.push_str("\n#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]\n");
    put(out, format_args!("pub struct {name} {{\n"));
    for field in fields {
        render_field(out, field);
    }
    if answer {
        out.push_str("    #[serde(rename = \"RequestId\", default)]\n    pub request_id: String,\n");
    }
    out.push_str("}\n");
}

fn render_field(out: &mut String, field: &Field) {
    let Field { name, rust_name, .. } = field;
    let element = match &field.ty.element {
        Element::String | Element::Timestamp | Element::Date => "String",
        Element::Int64 => "i64",
        Element::Uint64 => "u64",
        Element::Float => "f64",
        Element::Bool => "bool",
        Element::Json => "serde_json::Value",
        Element::Record(name) | Element::Enum(name) | Element::External(name) => name,
    };
    let (marks, ty) = match (field.storage(), &field.ty.element) {
        (Storage::Plain, _) => (", default", element.to_owned()),
        (Storage::List, _) if field.required => (", default", format!("Vec<{element}>")),
        (Storage::List, _) => {
            (", default, skip_serializing_if = \"Vec::is_empty\"", format!("Vec<{element}>"))
        }
        (Storage::Optional, Element::Record(_)) => {
            (", skip_serializing_if = \"Option::is_none\"", format!("Option<Box<{element}>>"))
        }
        (Storage::Optional, _) => {
            (", skip_serializing_if = \"Option::is_none\"", format!("Option<{element}>"))
        }
    };
    put(out, format_args!("    #[serde(rename = {name:?}{marks})]\n    pub {rust_name}: {ty},\n"));
}

fn put(out: &mut String, text: std::fmt::Arguments<'_>) {
    out.write_fmt(text).expect("a String takes any text");
}
