//! A program in Rust, by this SDK.

use super::Call;

/// Services whose types `vod-api` has.
const TYPED: [&str; 2] = ["vod", "sts"];

/// The program: typed where the SDK has the types, with JSON elsewhere.
pub(super) fn text(call: Call<'_>) -> String {
    let Call { action, parameters, scheme, host, .. } = call;
    let (service, model) = (action.service(), action.model());
    if TYPED.contains(&service.name.as_str()) {
        return vod_codegen::example_program(model, parameters, service);
    }
    let json = serde_json::to_string_pretty(parameters).unwrap_or_default().replace('\n', "\n    ");
    format!(
        r#"//! Calls {name}. Needs vod-api, serde_json, and tokio with the features macros and rt-multi-thread.

use vod_api::{{Client, JsonService}};

#[tokio::main]
async fn main() -> Result<(), Box<dyn std::error::Error>> {{
    // The keys come from TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY; calls go to {scheme}://{host}.
    let client = Client::from_env()?;
    let service = JsonService::new("{service_name}", "{version}");
    let parameters = serde_json::json!({json});
    let answer = client.call_json(&service, "{name}", parameters).await?;
    println!("{{answer:#}}");
    Ok(())
}}
"#,
        name = model.name,
        service_name = service.name,
        version = service.version,
    )
}
