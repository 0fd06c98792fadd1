//! One action as an operation.

use serde_json::{Map, Value, json};
use vod_spec::model::{Action, AnswerFormat, BodyFormat, Example, Service};

use super::schemas::{Schemas, Side};

pub(super) fn operation(action: &Action, service: &Service, schemas: &mut Schemas<'_>) -> Value {
    let request = schemas.request(action);
    let answer = schemas.answer(action);
    let mut out = json!({
        "operationId": action.name,
        "summary": action.summary,
        "description": action.doc,
        "parameters": parameters(action, service, schemas),
        "requestBody": body(action, &request),
        "responses": { "200": {
            "description": "The answer, or an error: the status is 200 for both.",
            "content": answer_content(action, &answer),
        } },
    });
    let mut set = |name: &str, value: Value| out[name] = value;
    if !action.category.is_empty() {
        set("tags", json!([action.category]));
    }
    if let Some(note) = &action.deprecated {
        set("deprecated", true.into());
        set("x-deprecated", note.as_str().into());
    }
    if action.unsigned {
        set("security", json!([]));
    }
    set("x-idempotent", action.idempotent.into());
    let rate = action.rate_limit.map(|rate| json!(rate));
    let page = action.doc_page.map(|page| json!(page));
    let site = action.only_on.map(|site| json!(site.name()));
    for (name, value) in [("x-rate-limit", rate), ("x-doc-page", page), ("x-only-on", site)] {
        if let Some(value) = value {
            set(name, value);
        }
    }
    let codes = service.errors.iter().chain(&action.errors).map(|code| (code.code.clone(), json!(code.doc)));
    set("x-error-codes", codes.collect::<Map<_, _>>().into());
    out
}

/// The headers, which are the parameters too where the body is something else.
fn parameters(action: &Action, service: &Service, schemas: &mut Schemas<'_>) -> Vec<Value> {
    let mut out = vec![json!({
        "name": "X-TC-Action",
        "in": "header",
        "required": true,
        "schema": { "type": "string", "const": action.name },
    })];
    let common = ["Version", "Timestamp", "Region", "Token", "Language"];
    out.extend(common.map(|name| json!({ "$ref": format!("#/components/parameters/{name}") })));
    if action.body == BodyFormat::OctetStream {
        let prefix = format!("X-{}-", service.name.to_ascii_uppercase());
        out.extend(action.request.iter().map(|field| {
            json!({
                "name": format!("{prefix}{}", field.name),
                "in": "header",
                "required": field.required,
                "schema": schemas.field(field, Side::Request),
            })
        }));
    }
    out
}

fn body(action: &Action, request: &Value) -> Value {
    let content = match action.body {
        BodyFormat::OctetStream => json!({ "application/octet-stream": {} }),
        BodyFormat::Multipart => json!({ "multipart/form-data": { "schema": request } }),
        BodyFormat::Json => {
            json!({ "application/json": with_examples(request, &action.examples, |example| Some(example.request.clone())) })
        }
    };
    json!({ "required": true, "content": content })
}

fn answer_content(action: &Action, answer: &Value) -> Value {
    let whole = |example: &Example| {
        let response = example.response.as_ref().filter(|response| response.is_object())?;
        Some(json!({ "Response": response }))
    };
    let json = with_examples(answer, &action.examples, whole);
    match action.answer {
        AnswerFormat::Json => json!({ "application/json": json }),
        // The service may answer with one object all the same.
        AnswerFormat::EventStream => {
            json!({ "text/event-stream": { "schema": answer }, "application/json": json })
        }
    }
}

fn with_examples(schema: &Value, examples: &[Example], value: impl Fn(&Example) -> Option<Value>) -> Value {
    let named: Map<String, Value> = examples
        .iter()
        .enumerate()
        .filter_map(|(index, example)| {
            let value = value(example)?;
            Some((format!("{}", index + 1), json!({ "summary": example.title, "value": value })))
        })
        .collect();
    if named.is_empty() {
        json!({ "schema": schema })
    } else {
        json!({ "schema": schema, "examples": named })
    }
}
