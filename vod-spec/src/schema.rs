//! JSON schemas of spec files, for editors that complete and check TOML by one. They are made from the reader's own
//! lists of keys, so that neither can know a key that the other does not.

use serde_json::{Map, Value, json};

use crate::model::{AnswerFormat, BodyFormat, Site};
use crate::read::{BUILT_IN, class_names, keys};

/// The name that the schema of `service.toml` files has where it is published.
pub const SERVICE_SCHEMA: &str = "service.schema.json";
/// The name that the schema of all other spec files has where it is published.
pub const ACTION_SCHEMA: &str = "action.schema.json";

/// The schema of `service.toml`.
pub fn service_schema() -> Value {
    document(
        "service.toml of a service",
        object(keys::SERVICE, &["service", "version", "summary", "doc", "endpoints"], service_key),
    )
}

/// The schema of all other spec files: actions, types and enumerations.
pub fn action_schema() -> Value {
    let mut schema = object(keys::ACTION, &[], action_key);
    // What only an action has needs the keys that every action has.
    schema["dependencies"] = json!({ "summary": ["action", "doc"], "action": ["summary", "doc"] });
    document("An action, or types and enumerations, of a service", schema)
}

fn document(title: &str, mut schema: Value) -> Value {
    schema["$schema"] = json!("http://json-schema.org/draft-07/schema#");
    schema["title"] = json!(title);
    schema["definitions"] = json!({
        "field": field(),
        "bounds": object(keys::BOUNDS, &[], |_| Some(json!({ "type": "number" }))),
        "error": {
            "anyOf": [text("When the service answers the code."), object(keys::ERROR, &["doc"], error_key)],
        },
        "type": object(keys::TYPE, &["doc"], type_key),
        "enum": object(keys::ENUMERATION, &["doc", "values"], enumeration_key),
        "value": text("What the value means."),
    });
    schema
}

/// A table with these keys alone.
fn object(keys: &[&str], required: &[&str], schema: impl Fn(&str) -> Option<Value>) -> Value {
    let properties: Map<String, Value> =
        keys.iter().map(|key| ((*key).to_owned(), schema(key).unwrap_or_else(|| json!({})))).collect();
    let mut object = json!({ "type": "object", "additionalProperties": false, "properties": properties });
    if !required.is_empty() {
        object["required"] = json!(required);
    }
    object
}

/// A table from names of the author's to something.
fn table_of(what: &str, each: &Value) -> Value {
    json!({ "type": "object", "additionalProperties": each, "description": what })
}

fn reference(name: &str) -> Value {
    json!({ "$ref": format!("#/definitions/{name}") })
}

fn text(what: &str) -> Value {
    json!({ "type": "string", "description": what })
}

fn flag(what: &str) -> Value {
    json!({ "type": "boolean", "description": what })
}

fn count(what: &str) -> Value {
    json!({ "type": "integer", "minimum": 1, "description": what })
}

fn texts(what: &str) -> Value {
    json!({ "type": "array", "items": { "type": "string" }, "description": what })
}

fn one_of(what: &str, words: &[&str]) -> Value {
    json!({ "enum": words, "description": what })
}

fn union() -> Value {
    let mut union = object(keys::UNION, keys::UNION, |key| {
        Some(text(match key {
            "name" => "The Rust enumeration of the members that have a `tag`.",
            _ => "The member that tells which of them is there.",
        }))
    });
    union["description"] = json!("`payload()` gives the member whose `tag` is in the tag's member.");
    union
}

fn site() -> Value {
    let sites = [Site::Mainland, Site::International].map(Site::name);
    one_of("The one of the vendor's two sites that has it.", &sites)
}

fn fields(what: &str) -> Value {
    table_of(what, &reference("field"))
}

fn errors(what: &str) -> Value {
    table_of(what, &reference("error"))
}

fn action_key(key: &str) -> Option<Value> {
    Some(match key {
        "action" => text("The action's name, equal to the file's."),
        "summary" => text("What the action does, in one line that ends with a full stop."),
        "doc" => text("What a user should know, Markdown."),
        "doc-page" => count("The number of the vendor's documentation page."),
        "rate-limit" => count("Calls a second, only where the vendor publishes it."),
        "idempotent" => flag("May be sent again when an earlier outcome is unknown."),
        "why-idempotent" => text("Why a second execution changes nothing, in one line."),
        "only-on" => site(),
        "unsigned" => flag("Sent without a signature."),
        "body" => {
            one_of("How the parameters travel, if not as JSON.", &BodyFormat::NAMED.map(BodyFormat::name))
        }
        "answer" => {
            one_of("How the answer comes, if not as JSON.", &AnswerFormat::NAMED.map(AnswerFormat::name))
        }
        "union" => union(),
        "deprecated" => text("Why not to use it any more, and what to use instead."),
        "see-also" => texts("What to read next: actions of the service, and names under [guides]."),
        "aliases" => texts("Words to search for that neither name nor summary has."),
        "request" => fields("The parameters."),
        "response" => fields("The members of the answer, without RequestId."),
        "pagination" => object(keys::PAGINATION, &["items"], pagination_key),
        "wait" => object(keys::WAIT, keys::WAIT, wait_key),
        "errors" => {
            json!({ "anyOf": [errors("Codes on top of the service's."), texts("Codes that service.toml describes.")] })
        }
        "example" => {
            json!({ "type": "array", "items": object(keys::EXAMPLE, &["title", "request"], example_key) })
        }
        "types" => table_of("Object types.", &reference("type")),
        "enums" => table_of("Open enumerations.", &reference("enum")),
        _ => return None,
    })
}

fn service_key(key: &str) -> Option<Value> {
    Some(match key {
        "service" => text("The product name that is signed into every call."),
        "version" => {
            json!({ "type": "string", "pattern": "^\\d{4}-\\d{2}-\\d{2}$", "description": "The API version." })
        }
        "summary" => text("What the service is, in one line."),
        "endpoints" => object(keys::ENDPOINTS, &[], |_| Some(text("A host; may hold {region}."))),
        "categories" => table_of(
            "What each folder of actions is about.",
            &json!({ "anyOf": [text("Markdown."), object(keys::CATEGORY, &["doc"], category_key)] }),
        ),
        "guides" => {
            let guide = object(keys::GUIDE, &["path", "doc"], |_| Some(json!({ "type": "string" })));
            table_of("What see-also may name besides actions.", &guide)
        }
        "parameters" => fields("Parameters that fields take over with `use`."),
        "errors" => errors("Codes that any action may answer."),
        "action-errors" => errors("Codes that some actions answer, described once for all of them."),
        "doc" | "types" | "enums" => return action_key(key),
        _ => return None,
    })
}

fn field() -> Value {
    let mut field = object(keys::FIELD_KEYS, &[], field_key);
    field["anyOf"] = json!([{ "required": ["type", "doc"] }, { "required": ["use"] }]);
    field
}

fn field_key(key: &str) -> Option<Value> {
    Some(match key {
        "type" => {
            let lists = BUILT_IN.iter().map(|name| format!("[{name}]"));
            let names: Vec<String> = BUILT_IN.iter().map(ToString::to_string).chain(lists).collect();
            json!({
                "description": "A built-in type, a type or an enumeration of the service, or [T] for a list.",
                "anyOf": [{ "enum": names }, { "type": "string", "pattern": "^\\[?[A-Z][A-Za-z0-9]*\\]?$" }],
            })
        }
        "use" => text("Take over this shared parameter of service.toml."),
        "rust-name" => text("The name of the Rust field."),
        "doc" => text("What it means, unit, when it is there."),
        "required" => flag("Request: must be given. Answer and type: always there."),
        "nullable" => flag("May be null in an answer."),
        "sensitive" => flag("Never shown in logs."),
        "deprecated" => text("Why not to use it any more, and what to use instead."),
        "items" | "length" | "range" => reference("bounds"),
        "pattern" => text("A regular expression for a text."),
        "values" => json!({
            "description": "An open enumeration made on the spot.",
            "anyOf": [texts("Values."), table_of("Values with what they mean.", &reference("value"))],
        }),
        "default" => json!({ "description": "What the service assumes when it is absent." }),
        "valid-for" => {
            json!({ "type": "string", "pattern": "^[0-9]+[smhd]$", "description": "How long the value is usable." })
        }
        "tag" => text("The value of the type's tag that says that it carries this member."),
        "not-limits" => text("What numbers in the doc are that read like limits and are none."),
        "only-on" => site(),
        _ => return None,
    })
}

fn error_key(key: &str) -> Option<Value> {
    Some(match key {
        "class" => one_of("What a caller can do about the code.", &class_names()),
        "doc" => text("When the service answers the code."),
        _ => return None,
    })
}

fn type_key(key: &str) -> Option<Value> {
    Some(match key {
        "doc" => text("What it describes."),
        "unknown-members" => one_of("Members that are not declared survive a round trip.", &["keep"]),
        "union" => union(),
        "only-on" => site(),
        "fields" => fields("Its members."),
        _ => return None,
    })
}

fn enumeration_key(key: &str) -> Option<Value> {
    Some(match key {
        "doc" => text("What the values mean together."),
        "values" => table_of("Values on the wire with what they mean.", &reference("value")),
        _ => return None,
    })
}

fn category_key(key: &str) -> Option<Value> {
    match key {
        "doc" => Some(text("What its actions are for, Markdown.")),
        "see-also" => action_key(key),
        _ => None,
    }
}

fn pagination_key(key: &str) -> Option<Value> {
    Some(match key {
        "offset" => text("The request's field with the number of items to skip."),
        "page" => text("The request's field with the number of the page, from 1."),
        "token" => text("The request's field that takes a text from the answer before."),
        "next" => text("The answer's field with that text, if it has another name."),
        "limit" => text("The request's field with the size of a page."),
        "page-size" => count("The size to ask for where the caller asks for none."),
        "items" => text("The answer's field with the list."),
        "total" => text("The answer's field with the length of the whole list."),
        "more" => text("The answer's field that tells whether there is another page."),
        "window" => {
            object(keys::WINDOW, keys::WINDOW.strip_suffix(&["set"]).unwrap_or(keys::WINDOW), window_key)
        }
        _ => return None,
    })
}

fn window_key(key: &str) -> Option<Value> {
    Some(match key {
        "ceiling" => count("The largest sum of offset and limit that the service takes."),
        "range" => text("The request's field with a period of time."),
        "start" => text("The field of the range with its start."),
        "end" => text("The field of the range with its end."),
        "id" => text("The text by which items are told apart."),
        "set" => {
            json!({ "type": "object", "description": "What else the request says: the order by that time." })
        }
        _ => return None,
    })
}

fn wait_key(key: &str) -> Option<Value> {
    Some(match key {
        "method" => text("The name of the client's method."),
        "id" => text("The request's field that names what is waited for."),
        "status" => text("The answer's field that tells how far it is."),
        "until" => texts("The values that end the waiting."),
        _ => return None,
    })
}

fn example_key(key: &str) -> Option<Value> {
    let object = json!({ "type": ["object", "string"], "description": "A table, or JSON in a string." });
    Some(match key {
        "title" => text("What the example shows."),
        "request" => object,
        "response" => json!({
            "type": ["object", "string", "array"],
            "description": "The object inside Response, or one for each event of a stream.",
        }),
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_that_the_reader_knows_has_a_schema() {
        type Schema = fn(&str) -> Option<Value>;
        let tables: [(&[&str], Schema); 11] = [
            (keys::ACTION, action_key),
            (keys::SERVICE, service_key),
            (keys::FIELD_KEYS, field_key),
            (keys::ERROR, error_key),
            (keys::TYPE, type_key),
            (keys::ENUMERATION, enumeration_key),
            (keys::CATEGORY, category_key),
            (keys::PAGINATION, pagination_key),
            (keys::WINDOW, window_key),
            (keys::WAIT, wait_key),
            (keys::EXAMPLE, example_key),
        ];
        for (keys, schema) in tables {
            for key in keys {
                assert!(schema(key).is_some(), "`{key}` has no schema");
            }
            assert_eq!(schema("colour"), None);
        }
    }

    #[test]
    fn references_lead_to_definitions() {
        for schema in [action_schema(), service_schema()] {
            let text = schema.to_string();
            for part in text.split("#/definitions/").skip(1) {
                let name = part.split('"').next().unwrap();
                assert!(schema["definitions"].get(name).is_some(), "{name}");
            }
        }
    }
}
