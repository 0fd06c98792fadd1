//! Runs a handler for each event.

use std::error::Error as StdError;
use std::future::Future;
use std::pin::pin;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use tokio::task::JoinSet;
use tokio::time::{sleep_until, timeout, timeout_at};
use tracing::Instrument as _;

use super::delivery::Delivery;
use super::received_event::ReceivedEvent;
use super::report::Report;
use super::shared::{Phase, Shared};
use super::stream::EventStream;
use super::subject::Subject;
use crate::clock;
use crate::error::{Error, chain_text};

/// How long handlers that are cancelled are waited for. They end where they await next.
const CANCELLED: Duration = Duration::from_secs(1);

impl EventStream {
    /// Calls the handler for each event, up to the consumer's [concurrency](super::EventsBuilder::concurrency) at a
    /// time, each in its own task. An event is confirmed when its handler returns `Ok`. It is released, to be
    /// redelivered, when the handler returns an error or panics; both are logged with the event's type, its file or
    /// task id, the delivery attempt if it is known, and the error's chain of causes. The error may have any error
    /// type, or be a `String` or a `&str`.
    ///
    /// A handler that has not finished by its event's [deadline](ReceivedEvent::deadline) no longer counts against
    /// the concurrency, and another event takes its place. It continues unless
    /// [`cancel_expired`](super::EventsBuilder::cancel_expired) is set. Handlers that have an event for more than 30
    /// s are logged.
    ///
    /// It returns when the consumer has ended. Dropping the future cancels the handlers.
    ///
    /// # Errors
    ///
    /// A permanent failure of pulls. The handlers have finished, or were cancelled when their events could no longer
    /// be confirmed.
    pub async fn run<H, F, E>(mut self, handler: H) -> Result<Report, Error>
    where
        H: Fn(ReceivedEvent) -> F + Send + Sync + 'static,
        F: Future<Output = Result<(), E>> + Send + 'static,
        E: Into<Box<dyn StdError + Send + Sync>> + Send + 'static,
    {
        let shared = Arc::clone(self.shared());
        let handler = Arc::new(handler);
        let mut handlers = JoinSet::new();
        let mut failure = None;
        let mut is_open = true;
        let mut stopped = pin!(shared.reached(Phase::Stopped));
        let mut abandoned = pin!(shared.reached(Phase::Abandoned));
        loop {
            // Handlers say themselves what came of them; their end matters only where their place is needed.
            while handlers.try_join_next().is_some() {}
            let (working, next_late) = shared.in_flight_in_time();
            // After a failure, those that can change nothing any more are not waited for.
            if !is_open && (handlers.is_empty() || failure.is_some() && working == 0) {
                break;
            }
            let free = self.concurrency.saturating_sub(working);
            let has_place = is_open && free > 0;
            tokio::select! {
                biased;
                () = &mut abandoned => break,
                next = self.next(), if has_place => match next {
                    Some(Ok(first)) => {
                        // The other events of the same pull, without polling for each.
                        for delivery in std::iter::once(first).chain(Delivery::waiting(&shared, free - 1)) {
                            let handler = Arc::clone(&handler);
                            let handling = handle(handler, Arc::clone(&shared), delivery, self.cancel_expired);
                            handlers.spawn(handling.in_current_span());
                        }
                    }
                    Some(Err(error)) => {
                        failure = Some(error);
                        is_open = false;
                    }
                    None => is_open = false,
                },
                () = &mut stopped, if is_open && !has_place => {
                    failure = shared.take_failure();
                    is_open = false;
                }
                Some(_) = handlers.join_next(), if !has_place => {}
                () = sleep_until(next_late.unwrap_or_else(clock::now)), if !has_place && next_late.is_some() => {}
            }
        }
        handlers.abort_all();
        let ended = timeout(CANCELLED, async { while handlers.join_next().await.is_some() {} }).await;
        if ended.is_err() {
            tracing::warn!(
                "event handlers that block their threads can't be cancelled; the consumer no longer waits for them"
            );
            shared.abandon();
        }
        shared.stop();
        shared.reached(Phase::Over).await;
        match failure.or_else(|| shared.take_failure()) {
            Some(error) => Err(error),
            None => Ok(shared.report()),
        }
    }
}

/// Handles one event. If the handler panics, the ticket is dropped, and with that the event released.
async fn handle<H, F, E>(handler: Arc<H>, shared: Arc<Shared>, delivery: Delivery, cancel_expired: bool)
where
    H: Fn(ReceivedEvent) -> F,
    F: Future<Output = Result<(), E>>,
    E: Into<Box<dyn StdError + Send + Sync>>,
{
    let (received, ticket) = delivery.into_parts();
    let deadline = received.deadline();
    let watch = PanicWatch { shared, subject: Subject::of(&received) };
    let handling = handler(received);
    let outcome =
        if cancel_expired { timeout_at(deadline, handling).await.ok() } else { Some(handling.await) };
    match outcome {
        Some(Ok(())) => ticket.confirm(),
        Some(Err(error)) => watch.failed(&*error.into()),
        None => watch.expired(),
    }
}

/// Logs how a handler failed; counts and logs a panic that passes.
struct PanicWatch {
    shared: Arc<Shared>,
    subject: Subject,
}

impl PanicWatch {
    fn failed(&self, error: &(dyn StdError + 'static)) {
        let Subject { event_type, file_id, task_id, attempt } = &self.subject;
        let error = chain_text(error);
        tracing::warn!(
            event_type,
            file_id,
            task_id,
            attempt,
            error,
            "event handler failed; event will be redelivered"
        );
    }

    fn expired(&self) {
        let Subject { event_type, file_id, task_id, attempt } = &self.subject;
        tracing::warn!(
            event_type,
            file_id,
            task_id,
            attempt,
            "event handler exceeded its deadline and was cancelled; event will be redelivered"
        );
    }
}

impl Drop for PanicWatch {
    fn drop(&mut self) {
        if thread::panicking() {
            self.shared.count_panic();
            let Subject { event_type, file_id, task_id, attempt } = &self.subject;
            tracing::error!(
                event_type,
                file_id,
                task_id,
                attempt,
                "event handler panicked; event will be redelivered"
            );
        }
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::super::ReceivedEvent;
    use crate::error::Error;
    use crate::pipeline::tests::log;
    use crate::testing::MockTransport;
    use crate::vod::{ConfirmEvents, PullEvents};

    /// A failure with a cause, as a handler may return.
    #[derive(Debug)]
    struct Unsaved(std::io::Error);

    impl std::fmt::Display for Unsaved {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            f.write_str("the row was not saved")
        }
    }

    impl std::error::Error for Unsaved {
        fn source(&self) -> Option<&(dyn std::error::Error + 'static)> {
            Some(&self.0)
        }
    }

    fn consumer() -> (MockTransport, crate::Client) {
        let mock = MockTransport::new();
        mock.on::<PullEvents>().respond_json(
            r#"{"EventSet": [{
                "EventHandle": "handle-1",
                "EventType": "ProcedureStateChanged",
                "ProcedureStateChangeEvent": {"TaskId": "task-1", "FileId": "file-1"}
            }]}"#,
        );
        mock.on::<PullEvents>().hang().repeat();
        let client = mock.builder().build().unwrap();
        (mock, client)
    }

    #[tokio::test(start_paused = true)]
    async fn the_log_of_a_failed_handler_names_the_event_and_every_cause() {
        let (log, guard) = log::capture();
        let (_mock, client) = consumer();
        let report = client
            .events()
            .deduplicate_by(|event| Some(event.event_type.to_string()))
            .shutdown_on(tokio::time::sleep(Duration::from_secs(1)), Duration::ZERO)
            .run(async |_: ReceivedEvent| Err(Unsaved(std::io::Error::other("disk full"))))
            .await
            .unwrap();
        drop(guard);
        assert_eq!((report.pulled, report.released), (1, 1));
        let log = log.text();
        let line = log.lines().find(|line| line.contains("event handler failed"));
        let line = line.unwrap_or_else(|| panic!("no such line: {log}"));
        for field in [
            "event_type=\"ProcedureStateChanged\"",
            "file_id=\"file-1\"",
            "task_id=\"task-1\"",
            "attempt=1",
            "error=\"the row was not saved: disk full\"",
        ] {
            assert!(line.contains(field), "{field}: {line}");
        }
    }

    #[tokio::test(start_paused = true)]
    async fn a_signal_ends_a_consumer_after_its_events_are_confirmed() {
        let (mock, client) = consumer();
        mock.on::<ConfirmEvents>().respond_json(serde_json::json!({}));
        let signal = async {
            tokio::time::sleep(Duration::from_secs(2)).await;
            Err::<(), &str>("the output does not matter")
        };
        let slow = async |_: ReceivedEvent| {
            tokio::time::sleep(Duration::from_secs(5)).await;
            Ok::<(), String>(())
        };
        let events = client.events().shutdown_on(signal, Duration::from_secs(20));
        let second = events.clone();
        let report = events.run(slow).await.unwrap();
        assert_eq!((report.pulled, report.confirmed, report.abandoned), (1, 1, 0));

        let error: Error = second.run(slow).await.unwrap_err();
        assert!(error.to_string().starts_with("shutdown_on: "), "{error}");
    }

    #[tokio::test(start_paused = true)]
    async fn what_takes_longer_than_the_limit_is_abandoned() {
        let (_mock, client) = consumer();
        let report = client
            .events()
            .shutdown_on(tokio::time::sleep(Duration::from_secs(2)), Duration::from_secs(3))
            .run(async |_: ReceivedEvent| {
                std::future::pending::<()>().await;
                Ok::<(), String>(())
            })
            .await
            .unwrap();
        assert_eq!((report.confirmed, report.abandoned), (0, 1));
    }
}
