//! A program in Python, by the vendor's SDK.

use serde_json::Value;

use super::Call;

/// The program.
pub(super) fn text(call: Call<'_>) -> String {
    let Call { action, parameters, scheme, host, region, .. } = call;
    let service = action.service();
    format!(
        r#"# Calls {name}. Install the SDK first: pip install tencentcloud-sdk-python-common
import json
import os

from tencentcloud.common import credential
from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

keys = credential.Credential(
    os.environ["TENCENTCLOUD_SECRET_ID"],
    os.environ["TENCENTCLOUD_SECRET_KEY"],
    os.environ.get("TENCENTCLOUD_TOKEN"),
)
profile = ClientProfile(httpProfile=HttpProfile(protocol="{scheme}", endpoint={host}))
client = CommonClient("{service_name}", "{version}", keys, {region}, profile)
parameters = {parameters}
answer = client.call_json("{name}", parameters)
print(json.dumps(answer, indent=2, ensure_ascii=False))
"#,
        name = action.name(),
        service_name = service.name,
        version = service.version,
        host = text_literal(host),
        region = text_literal(region),
        parameters = literal(parameters, 0),
    )
}

/// A value as Python writes it.
fn literal(value: &Value, depth: usize) -> String {
    let (inner, outer) = ("    ".repeat(depth + 1), "    ".repeat(depth));
    match value {
        Value::Null => "None".to_owned(),
        Value::Bool(true) => "True".to_owned(),
        Value::Bool(false) => "False".to_owned(),
        Value::Object(members) if !members.is_empty() => {
            let lines = members.iter().map(|(name, value)| {
                format!("{inner}{}: {},\n", text_literal(name), literal(value, depth + 1))
            });
            format!("{{\n{}{outer}}}", lines.collect::<String>())
        }
        Value::Array(values) if values.iter().any(|value| value.is_object() || value.is_array()) => {
            let lines = values.iter().map(|value| format!("{inner}{},\n", literal(value, depth + 1)));
            format!("[\n{}{outer}]", lines.collect::<String>())
        }
        Value::Array(values) => {
            let values: Vec<String> = values.iter().map(|value| literal(value, depth)).collect();
            format!("[{}]", values.join(", "))
        }
        Value::String(text) => text_literal(text),
        other => other.to_string(),
    }
}

/// A JSON text is one of Python's, too.
fn text_literal(text: &str) -> String {
    Value::from(text).to_string()
}
