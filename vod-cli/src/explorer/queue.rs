//! The emulator's queue as it is now, and what a person can do to it.

use std::time::Duration;

use http::StatusCode;
use serde_json::{Value, json};
use vod_emulator::{Emulator, samples};

use super::calls::{Members, Refusal, refuse};

/// How many of the latest calls, and of the oldest events, are shown.
const SHOWN: usize = 50;
/// The longest step of the clock: a week.
const LONGEST_STEP: u64 = 7 * 24 * 3600;

/// `emulator`: carries out what `do` says, and gives the figures.
pub(crate) fn answer(emulator: &Emulator, body: &Value) -> Result<Value, Refusal> {
    let members = Members::read(body, &["do", "count", "event", "seconds"])?;
    match members.optional_text("do") {
        None => {}
        Some("publish") => publish(emulator, &members)?,
        Some("advance") => {
            let seconds = members.number("seconds").filter(|seconds| *seconds <= LONGEST_STEP);
            let seconds =
                seconds.ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "`seconds` is at most a week"))?;
            emulator.advance(Duration::from_secs(seconds));
        }
        Some(_) => return Err(refuse(StatusCode::BAD_REQUEST, "`do` must be `publish` or `advance`")),
    }
    let state = emulator.state();
    let calls = emulator.calls();
    let recent = calls
        .recent
        .iter()
        .rev()
        .take(SHOWN)
        .map(|call| json!({ "action": call.action, "code": call.code, "request_id": call.request_id }));
    let events = emulator.queued_events();
    let shown = events.iter().take(SHOWN).map(|queued| {
        json!({
            "number": queued.number,
            "event": queued.event,
            "handle": queued.handle,
            "valid_for": queued.valid_for.map(|time| time.as_secs()),
        })
    });
    Ok(json!({
        "events": shown.collect::<Vec<_>>(),
        "more_events": events.len().saturating_sub(SHOWN),
        "endpoint": emulator.endpoint(),
        "state": {
            "queued": state.queued,
            "in flight": state.in_flight,
            "waiting pulls": state.waiting_pulls,
            "published": state.published,
            "confirmed": state.confirmed,
            "redelivered": state.redelivered,
            "expired": state.expired_unpulled,
        },
        "calls": calls.total,
        "failed": calls.failed,
        "recent": recent.collect::<Vec<_>>(),
    }))
}

fn publish(emulator: &Emulator, members: &Members<'_>) -> Result<(), Refusal> {
    let failed =
        |error: vod_emulator::PublishError| refuse(StatusCode::UNPROCESSABLE_ENTITY, error.to_string());
    if let Some(event) = members.value("event") {
        return emulator.publish(event.clone()).map_err(failed);
    }
    let count = members.number("count").filter(|count| (1..=1000).contains(count));
    let count = count.ok_or_else(|| refuse(StatusCode::BAD_REQUEST, "`count` must be 1 to 1000"))?;
    // Continues where the last ones ended, so that the events differ.
    let published = emulator.state().published;
    let skip = usize::try_from(published).unwrap_or_default();
    samples::events(published.saturating_add(count))
        .skip(skip)
        .try_for_each(|event| emulator.publish(event))
        .map_err(failed)
}
