//! `vod events run -- CMD`: a process for each event.

use std::process::Stdio;

use tokio::io::AsyncWriteExt as _;
use tokio::process::Command;
use vod_api::events::ReceivedEvent;

use super::Handled;
use super::live_line::Screen;

/// Runs the command with the event on standard input. Exit code 0 confirms it.
pub(super) async fn run(words: &[String], event: &ReceivedEvent, screen: &Screen) -> Handled {
    let kept = |note: String| Handled { is_confirmed: false, note: Some(note) };
    let Some((program, arguments)) = words.split_first() else {
        return kept("there is no command".to_owned());
    };
    let started = Command::new(program)
        .args(arguments)
        .env("VOD_EVENT_TYPE", event.event_type.as_str())
        .env("VOD_EVENT_HANDLE", &event.event_handle)
        .stdin(Stdio::piped())
        .kill_on_drop(true)
        .spawn();
    let mut child = match started {
        Ok(child) => child,
        Err(error) => {
            screen.print(|| crate::call::warn(&format!("{program} can't be started: {error}")));
            return kept(error.to_string());
        }
    };
    if let Some(mut input) = child.stdin.take() {
        // A command need not read its input.
        let _ = input.write_all(event.raw()).await;
    }
    match child.wait().await {
        Ok(status) if status.success() => Handled { is_confirmed: true, note: None },
        Ok(status) => {
            screen.print(|| {
                crate::call::warn(&format!("{program} ended with {status}; the event will be redelivered"));
            });
            kept(status.to_string())
        }
        Err(error) => kept(error.to_string()),
    }
}
