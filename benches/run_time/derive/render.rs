//! Renders the structs that serde's derives work on, from the same specs as the generated ones.
//!
//! It names nothing but `vod-spec`, since `benches/compile_time` compiles it too.

use std::collections::BTreeSet;
use std::fmt::Write as _;

use vod_spec::model::{Action, Element, Enum, Field, Service, Storage};

/// How much of an SDK is rendered.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Extent {
    /// Fields: enough to encode and decode.
    Fields,
    /// Documentation, constructors, setters and the client's methods as well: enough to compare what compiling costs.
    Everything,
}

/// The Rust source of the service's types. It needs the macro `open_enum` of the module above.
pub fn render(service: &Service, extent: Extent) -> String {
    let mut out = Source { text: String::new(), extent };
    out.put(format_args!(
        "//! Rendered from the specs by a benchmark.\n\nuse serde::{{Deserialize, Serialize}};\n"
    ));
    out.put(format_args!("\nuse super::open_enum;\n"));
    for item in &service.enums {
        out.open_enum(item);
    }
    let sent = types_of_requests(service);
    for record in &service.types {
        out.structure(&record.name, &record.doc, &record.fields, false);
        if sent.contains(record.name.as_str()) {
            out.constructors(&record.name, &record.fields);
        }
    }
    for action in &service.actions {
        let request = format!("{}Request", action.name);
        out.structure(&request, &format!("Parameters of `{}`.", action.name), &action.request, false);
        out.constructors(&request, &action.request);
        let doc = format!("Answer of `{}`.", action.name);
        out.structure(&format!("{}Response", action.name), &doc, &action.response, true);
    }
    out.methods(&service.actions);
    out.text
}

/// The types that requests reach: only they have constructors.
fn types_of_requests(service: &Service) -> BTreeSet<&str> {
    let mut reached = BTreeSet::new();
    let mut open: Vec<&Field> = service.actions.iter().flat_map(|action| &action.request).collect();
    while let Some(field) = open.pop() {
        if let Element::Record(name) = &field.ty.element
            && reached.insert(name.as_str())
            && let Some(record) = service.record(name)
        {
            open.extend(&record.fields);
        }
    }
    reached
}

struct Source {
    text: String,
    extent: Extent,
}

impl Source {
    fn put(&mut self, text: std::fmt::Arguments<'_>) {
        self.text.write_fmt(text).expect("a String takes any text");
    }

    fn doc(&mut self, indent: &str, doc: &str) {
        if self.extent == Extent::Everything {
            self.put(format_args!("{indent}#[doc = {:?}]\n", doc.trim()));
        }
    }

    fn open_enum(&mut self, item: &Enum) {
        self.put(format_args!("\nopen_enum!("));
        self.doc("", &item.doc);
        self.put(format_args!("{} {{\n", item.name));
        for value in &item.values {
            self.doc("    ", &value.doc);
            self.put(format_args!("    {} = {:?},\n", value.variant, value.value));
        }
        self.put(format_args!("}});\n"));
    }

    fn structure(&mut self, name: &str, doc: &str, fields: &[Field], answer: bool) {
        self.put(format_args!("\n"));
        self.doc("", doc);
        self.put(format_args!("#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]\n"));
        if self.extent == Extent::Everything {
            self.put(format_args!("#[non_exhaustive]\n"));
        }
        self.put(format_args!("pub struct {name} {{\n"));
        for field in fields {
            self.field(field);
        }
        if answer {
            self.doc("    ", "The id of the call.");
            self.put(format_args!(
                "    #[serde(rename = \"RequestId\", default)]\n    pub request_id: String,\n"
            ));
        }
        self.put(format_args!("}}\n"));
    }

    fn field(&mut self, field: &Field) {
        let Field { name, rust_name, .. } = field;
        let marks = match field.storage() {
            Storage::Plain => ", default",
            Storage::List if field.required => ", default",
            Storage::List => ", default, skip_serializing_if = \"Vec::is_empty\"",
            Storage::Optional => ", skip_serializing_if = \"Option::is_none\"",
        };
        self.doc("    ", &field.doc);
        self.put(format_args!("    #[serde(rename = {name:?}{marks})]\n"));
        self.put(format_args!("    pub {rust_name}: {},\n", stored_type(field)));
    }

    fn constructors(&mut self, name: &str, fields: &[Field]) {
        if self.extent == Extent::Fields {
            return;
        }
        let (required, optional): (Vec<&Field>, Vec<&Field>) =
            fields.iter().partition(|field| field.required);
        self.put(format_args!("\nimpl {name} {{\n"));
        self.doc("    ", "With the fields that must be given.");
        self.put(format_args!("    #[must_use]\n    pub fn new("));
        for field in &required {
            self.put(format_args!("{}: {}, ", field.rust_name, argument_type(field)));
        }
        self.put(format_args!(") -> Self {{\n        Self {{ "));
        for field in &required {
            self.put(format_args!("{}: {}, ", field.rust_name, stored_value(field)));
        }
        let rest = if optional.is_empty() { "" } else { "..Default::default() " };
        self.put(format_args!("{rest}}}\n    }}\n"));
        for field in optional {
            self.setter(field);
        }
        self.put(format_args!("}}\n"));
    }

    fn setter(&mut self, field: &Field) {
        let name = &field.rust_name;
        let method = if name == "new" { "new_" } else { name };
        let doc = field.doc.split(". ").next().unwrap_or_default();
        self.doc("    ", &format!("Sets `{}`: {doc}", field.name));
        self.put(format_args!(
            "    #[must_use]\n    pub fn {method}(mut self, {name}: {}) -> Self {{\n        self.{name} = {};\n        \
             self\n    }}\n",
            argument_type(field),
            stored_value(field),
        ));
    }

    fn methods(&mut self, actions: &[Action]) {
        if self.extent == Extent::Fields {
            return;
        }
        self.put(format_args!("\nimpl super::Client {{\n"));
        for action in actions {
            let (name, method) = (&action.name, vod_spec::naming::field_ident(&action.name));
            self.doc("    ", &format!("{}\n\n{}", action.summary, action.doc));
            self.put(format_args!(
                "    pub async fn {method}(&self, request: {name}Request) -> Result<{name}Response, super::Error> {{\n        \
                 self.call({name:?}, &request).await\n    }}\n",
            ));
        }
        self.put(format_args!("}}\n"));
    }
}

fn element_type(field: &Field) -> &str {
    match &field.ty.element {
        Element::String | Element::Timestamp | Element::Date => "String",
        Element::Int64 => "i64",
        Element::Uint64 => "u64",
        Element::Float => "f64",
        Element::Bool => "bool",
        Element::Json => "serde_json::Value",
        // No action of VOD has any.
        Element::Binary => "Vec<u8>",
        Element::Record(name) | Element::Enum(name) | Element::External(name) => name,
    }
}

fn stored_type(field: &Field) -> String {
    let element = element_type(field);
    match (field.storage(), &field.ty.element) {
        (Storage::Plain, _) => element.to_owned(),
        (Storage::List, _) => format!("Vec<{element}>"),
        (Storage::Optional, Element::Record(_)) => format!("Option<Box<{element}>>"),
        (Storage::Optional, _) => format!("Option<{element}>"),
    }
}

/// Whether a setter takes whatever converts into the value.
fn converts(field: &Field) -> bool {
    use Element::{Date, Enum, Json, String, Timestamp};
    matches!(field.ty.element, String | Timestamp | Date | Json | Enum(_))
}

fn argument_type(field: &Field) -> String {
    let element = element_type(field);
    match (field.ty.list, converts(field)) {
        (true, true) => format!("impl IntoIterator<Item = impl Into<{element}>>"),
        (true, false) => format!("impl IntoIterator<Item = {element}>"),
        (false, true) => format!("impl Into<{element}>"),
        (false, false) => element.to_owned(),
    }
}

fn stored_value(field: &Field) -> String {
    let name = &field.rust_name;
    let value = if converts(field) { format!("{name}.into()") } else { name.clone() };
    match (field.storage(), &field.ty.element) {
        (Storage::List, _) if converts(field) => format!("{name}.into_iter().map(Into::into).collect()"),
        (Storage::List, _) => format!("{name}.into_iter().collect()"),
        (Storage::Plain, _) => value,
        (Storage::Optional, Element::Record(_)) => format!("Some(Box::new({value}))"),
        (Storage::Optional, _) => format!("Some({value})"),
    }
}
