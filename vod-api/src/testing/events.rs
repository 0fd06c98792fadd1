//! Events for tests of handlers, as a consumer would deliver them.

use std::time::Duration;

use crate::events::ReceivedEvent;
use crate::vod::EventContent;

/// How long an event can be confirmed after its pull, with the default margin.
const REMAINING: Duration = Duration::from_secs(28);

/// Creates an event as a handler gets it, with its whole time left, to test a handler without a consumer.
///
/// ```
/// use vod_api::events::ReceivedEvent;
/// use vod_api::testing::received;
/// use vod_api::vod::EventContent;
///
/// async fn handle(event: ReceivedEvent) -> Result<(), String> {
///     if event.event_type == "NewFileUpload".into() { Ok(()) } else { Err("unexpected".to_owned()) }
/// }
///
/// # let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
/// # runtime.block_on(async {
/// let mut event = EventContent::default();
/// event.event_type = "NewFileUpload".into();
/// assert_eq!(handle(received(event)).await, Ok(()));
/// # });
/// ```
pub fn received(event: EventContent) -> ReceivedEvent {
    received_with(event, REMAINING, None)
}

/// Creates an event that can be confirmed for the given time and was pulled the given number of times. Only consumers
/// that [deduplicate by a key](crate::events::EventsBuilder::deduplicate_by) count deliveries.
pub fn received_with(
    event: EventContent,
    remaining: Duration,
    delivery_attempt: Option<u32>,
) -> ReceivedEvent {
    ReceivedEvent::for_test(event, remaining, delivery_attempt)
}
