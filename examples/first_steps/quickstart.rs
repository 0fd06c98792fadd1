//! The main job end to end: pull events, say what happened to which file, confirm them.
//!
//! ```sh
//! # Against the emulator, in this process, without an account:
//! cargo run --example quickstart
//! # Against the service, with TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY set:
//! cargo run --example quickstart --features rustls-ring -- --live
//! ```

#![allow(clippy::print_stdout)]

use std::error::Error;
use std::time::Duration;

use vod_api::vod::{
    ConfirmEventsRequest, DescribeEventsStateRequest, EventContent, EventPayload, PullEventsRequest,
};
use vod_api::{Client, Credential, Endpoint};
use vod_emulator::Emulator;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--live") {
        return consume_once(&Client::from_env()?).await;
    }
    let emulator = Emulator::start().await?;
    for event in vod_emulator::samples::three_events() {
        emulator.publish(event)?;
    }
    println!("The emulator listens on {} with three events in its queue.\n", emulator.endpoint());
    let client = Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(Endpoint::custom(emulator.endpoint()))
        .build()?;
    consume_once(&client).await
}

/// Pulls one batch, handles it, confirms it. A real consumer does this for ever.
async fn consume_once(client: &Client) -> Result<(), Box<dyn Error>> {
    // The service holds an empty pull for up to five seconds.
    let pulled = client.pull_events(PullEventsRequest::new()).timeout(Duration::from_secs(10)).await?;
    println!("Pulled {} events (request {}):", pulled.event_set.len(), pulled.request_id);
    for event in &pulled.event_set {
        println!("  {}", describe(event));
    }
    if !pulled.event_set.is_empty() {
        // Within 30 seconds of the pull; until then nobody else gets these events, after that somebody will.
        let handles = pulled.event_set.iter().map(|event| event.event_handle.as_str());
        let confirmed = client.confirm_events(ConfirmEventsRequest::new(handles)).await?;
        println!("\nConfirmed them (request {}).", confirmed.request_id);
    }
    let state = client.describe_events_state(DescribeEventsStateRequest::new()).await?;
    println!("Events left in the queue: {}.", state.count_of_events_to_pull);
    Ok(())
}

/// What happened to which file.
fn describe(event: &EventContent) -> String {
    match event.payload() {
        EventPayload::NewFileUpload(upload) => {
            let name = upload.media_basic_info.as_ref().map_or("", |info| info.name.as_str());
            format!("file {} was uploaded: {name:?}", upload.file_id)
        }
        EventPayload::FileDeleted(deleted) => {
            format!("files were deleted: {}", deleted.file_id_set.join(", "))
        }
        EventPayload::ProcedureStateChanged(task) => {
            format!("file {} was processed by task {}: {}", task.file_id, task.task_id, task.status)
        }
        _ => event.event_type.to_string(),
    }
}
