//! A day's work end to end: upload a video, learn of it by its event, process it, follow that to its end, confirm each
//! event.
//!
//! ```sh
//! # Against the emulator, in this process, without an account:
//! cargo run --example quickstart
//! # Against the service, with TENCENTCLOUD_SECRET_ID and TENCENTCLOUD_SECRET_KEY set; the upload and the processing cost money:
//! cargo run --example quickstart --features rustls-ring -- --live
//! ```

#![allow(clippy::print_stdout)]

use std::error::Error;

use vod_api::task::{TaskOutcome, TaskResult as _};
use vod_api::vod::{
    EventPayload, MediaProcessTaskInput, ProcessMediaRequest, TaskNotifyMode, TranscodeTaskInput,
};
use vod_api::{Client, Credential, Endpoint};
use vod_emulator::Emulator;

/// Two seconds of a test picture.
const CLIP: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/clip.mp4");
/// A transcoding template that every account has: MP4, 640 pixels wide.
const TEMPLATE: u64 = 100_010;

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn Error>> {
    if std::env::args().any(|argument| argument == "--live") {
        return upload_and_process(&Client::from_env()?).await;
    }
    let emulator = Emulator::start().await?;
    println!("The emulator listens on {}, with a page at /_emulator/.\n", emulator.endpoint());
    let client = Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(Endpoint::custom(emulator.endpoint()))
        .build()?;
    upload_and_process(&client).await?;
    println!("Events left in the queue: {}.", emulator.state().queued);
    Ok(())
}

async fn upload_and_process(client: &Client) -> Result<(), Box<dyn Error>> {
    let uploaded = client
        .upload(CLIP)
        .media_name("clip")
        .on_progress(|progress| println!("Stored {} bytes.", progress.stored))
        .await?;
    println!("Uploaded as file {}.", uploaded.file_id);

    let mut task_id = String::new();
    let mut events = client.events().stream()?;
    while let Some(delivery) = events.next().await {
        let delivery = delivery?;
        match delivery.event().payload() {
            EventPayload::NewFileUpload(upload) if upload.file_id == uploaded.file_id => {
                if let Some(meta) = &upload.meta_data {
                    println!("Told of the upload: {} bytes, {} seconds.", meta.size, meta.duration);
                }
                let steps =
                    MediaProcessTaskInput::new().transcode_task_set([TranscodeTaskInput::new(TEMPLATE)]);
                let request =
                    ProcessMediaRequest::new().file_id(upload.file_id.as_str()).media_process_task(steps);
                task_id =
                    client.process_media(request.tasks_notify_mode(TaskNotifyMode::Change)).await?.task_id;
                println!("Started task {task_id}.");
            }
            EventPayload::ProcedureStateChanged(task) if task.task_id == task_id => {
                println!("The task is {}.", task.status);
                if let Some(outcome) = task.outcome().filter(TaskOutcome::is_finished) {
                    outcome.failures().for_each(|failure| println!("  {failure}"));
                    outcome.outputs().for_each(|output| println!("  {}", output.url));
                    delivery.confirm_and_wait().await?;
                    return Ok(());
                }
            }
            // Another program's: it is not confirmed, so it returns to the queue.
            _ => continue,
        }
        // Confirm within 30 seconds; otherwise the event is redelivered, perhaps to another consumer.
        delivery.confirm_and_wait().await?;
    }
    Ok(())
}
