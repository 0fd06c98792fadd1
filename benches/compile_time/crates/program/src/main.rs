//! Makes one call through the SDK.

use vod_api::vod::PullEventsRequest;

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    let client = vod_api::Client::from_env()?;
    let pulled = runtime.block_on(async { client.pull_events(PullEventsRequest::new()).await })?;
    println!("{} events, request {}", pulled.event_set.len(), pulled.request_id);
    Ok(())
}
