//! Calls that would wait for ever say so instead: from code that the client itself runs, and in a fork.

use std::sync::OnceLock;
use std::sync::mpsc::{Sender, channel};

use super::*;
use crate::credential::{CredentialProvider, ProvideCredential};
use crate::{Attempt, Credential};

/// Longer than any of these tests takes, and short enough for one that stands still.
const TIME_LIMIT: Duration = Duration::from_secs(30);

/// Runs a test on a thread of its own, and fails if it stands still.
fn within_time_limit<T: Send + 'static>(test: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = channel();
    thread::spawn(move || sender.send(test()));
    receiver.recv_timeout(TIME_LIMIT).expect("the test stands still or has panicked")
}

/// A place for a client that its own code uses.
type Slot = Arc<OnceLock<Client>>;

/// Calls with the client of the slot, if it is there, and sends what comes of it.
fn call_by(slot: &Slot, outcomes: &Sender<Result<(), Error>>) {
    if let Some(client) = slot.get() {
        outcomes.send(client.call(request()).map(drop)).unwrap();
    }
}

#[track_caller]
fn assert_blocked(error: &Error, part: &str) {
    assert_eq!(error.kind(), ErrorKind::Blocked, "{error}");
    assert!(error.to_string().contains(part), "{error}");
    assert!(!error.may_have_taken_effect() && error.is_caller_fault() && !error.is_retryable(), "{error:?}");
}

#[test]
fn a_hook_that_calls_gets_an_error_and_the_call_goes_on() {
    let (sender, outcomes) = channel();
    let (slot, mock) = (Slot::default(), mock());
    let hooked = Arc::clone(&slot);
    let builder = mock.builder().on_attempt(move |_: &Attempt<'_>| call_by(&hooked, &sender));
    let client = builder.build_blocking().unwrap();
    slot.set(client.clone()).unwrap();
    within_time_limit(move || client.call(request()).unwrap());
    let error = outcomes.recv().unwrap().unwrap_err();
    assert_blocked(&error, "code that the client itself runs");
    assert_eq!(error.action(), Some("ConfirmEvents"));
    assert_eq!(mock.recorded().len(), 1, "the inner call was not sent");
}

/// A provider that makes a call first.
struct Calling {
    slot: Slot,
    outcomes: Sender<Result<(), Error>>,
}

impl CredentialProvider for Calling {
    fn name(&self) -> &'static str {
        "the provider of a test"
    }

    fn credential(&self) -> ProvideCredential<'_> {
        Box::pin(async {
            call_by(&self.slot, &self.outcomes);
            Ok(Credential::new("AKID-mock", "key-mock"))
        })
    }
}

#[test]
fn a_provider_that_calls_gets_an_error_and_the_call_goes_on() {
    let (outcomes, received) = channel();
    let slot = Slot::default();
    let provider = Calling { slot: Arc::clone(&slot), outcomes };
    let client = Client::build(&mock(), |builder| builder.credential_provider(provider));
    slot.set(client.clone()).unwrap();
    within_time_limit(move || client.call(request()).unwrap());
    assert_blocked(&received.recv().unwrap().unwrap_err(), "a credential provider");
}

#[test]
fn a_mock_that_calls_gets_an_error_too() {
    let (sender, outcomes) = channel();
    let (slot, mock) = (Slot::default(), MockTransport::new());
    let answering = Arc::clone(&slot);
    mock.on::<ConfirmEvents>().respond_with(move |_| {
        call_by(&answering, &sender);
        Ok(ConfirmEventsResponse::default())
    });
    let client = mock.builder().build_blocking().unwrap();
    slot.set(client.clone()).unwrap();
    within_time_limit(move || client.call(request()).unwrap());
    assert_blocked(&outcomes.recv().unwrap().unwrap_err(), "would wait for ever");
}

#[test]
fn a_call_within_what_is_sent_is_an_error_and_an_iterator_ends_with_it() {
    let client = mock().builder().build_blocking().unwrap();
    let inner = client.clone();
    let outcome = within_time_limit(move || {
        client.block_on(|_| async move {
            let nested = inner.block_on(|client| client.confirm_events(request()));
            let mut items = inner.iterate(|_| futures_util::stream::pending::<Result<(), Error>>());
            Ok((nested, items.next(), items.next()))
        })
    });
    let (nested, first, second) = outcome.unwrap();
    assert_blocked(&nested.unwrap_err(), "tokio::task::spawn_blocking");
    assert_blocked(&first.unwrap().unwrap_err(), "call the async client there");
    assert!(second.is_none());
}

/// Two clients of which each one's hook calls with the other one.
#[test]
fn clients_that_would_wait_for_each_other_get_an_error() {
    let slots = [Slot::default(), Slot::default()];
    let (sender, outcomes) = channel();
    let clients = [0, 1].map(|own| {
        let (sender, other) = (sender.clone(), Arc::clone(&slots[1 - own]));
        let builder = mock().builder().on_attempt(move |_| call_by(&other, &sender));
        builder.build_blocking().unwrap()
    });
    for (slot, client) in slots.iter().zip(&clients) {
        slot.set(client.clone()).unwrap();
    }
    let [first, _] = clients;
    within_time_limit(move || first.call(request()).unwrap());
    // The second client's hook was refused by the first client, and then the first one's hook had its answer.
    assert_blocked(&outcomes.recv().unwrap().unwrap_err(), "code that the client itself runs");
    outcomes.recv().unwrap().unwrap();
    assert!(outcomes.try_recv().is_err());
}

/// One client's hook may call with another one, which does not wait for the first.
#[test]
fn a_hook_may_call_with_another_client() {
    let (sender, outcomes) = channel();
    let slot = Slot::default();
    slot.set(mock().builder().build_blocking().unwrap()).unwrap();
    let client = Client::build(&mock(), |builder| builder.on_attempt(move |_| call_by(&slot, &sender)));
    within_time_limit(move || (0..3).for_each(|_| drop(client.call(request()).unwrap())));
    assert!(outcomes.iter().take(3).all(|outcome| outcome.is_ok()));
}

/// The thread that it waits for can't be seen to wait for it.
#[test]
fn a_hook_that_waits_for_a_calling_thread_ends_by_an_error_of_that_call() {
    let (sender, outcomes) = channel();
    let (slot, mock) = (Slot::default(), mock());
    let hooked = Arc::clone(&slot);
    let mut client = Client::build(&mock, |builder| {
        builder.on_attempt(move |_| {
            thread::scope(|scope| scope.spawn(|| call_by(&hooked, &sender)).join().unwrap());
        })
    });
    client.patience = Duration::from_millis(300);
    slot.set(client.clone()).unwrap();
    within_time_limit(move || client.call(request()).unwrap());
    let error = outcomes.recv().unwrap().unwrap_err();
    assert_blocked(&error, "for 300ms, code that the blocking client runs");
    assert_eq!(mock.recorded().len(), 1, "the call was withdrawn");
}

/// The thread stands still when the call has begun: its own limit does not count then.
#[test]
fn a_call_that_has_begun_ends_although_the_thread_stands_still() {
    let (release, released) = channel::<()>();
    let released = std::sync::Mutex::new(released);
    let builder = mock().builder().operation_timeout(Duration::from_millis(200));
    // It stands still until the call has given up.
    let builder = builder.on_attempt(move |_| {
        let _ = released.lock().unwrap().recv();
    });
    let mut client = builder.build_blocking().unwrap();
    client.patience = Duration::from_millis(300);
    let error = within_time_limit(move || {
        let error = client.call(request()).unwrap_err();
        release.send(()).unwrap();
        error
    });
    assert!(error.is_timeout() && error.may_have_taken_effect(), "{error:?}");
    assert!(error.to_string().contains("holds up its thread"), "{error}");
}

#[test]
fn a_fork_gets_an_error_at_once() {
    let mut client = mock().builder().build_blocking().unwrap();
    Arc::get_mut(&mut client.driver).unwrap().become_forked();
    let begun = crate::clock::now();
    let error = within_time_limit(move || {
        let error = client.call(request()).unwrap_err();
        drop(client);
        error
    });
    assert_blocked(&error, "build a client after the fork");
    assert!(error.to_string().contains(&format!("its fork, process {}", std::process::id())), "{error}");
    assert!(begun.elapsed() < DRAIN_LIMIT, "nothing is there to be waited for");
}

#[cfg(feature = "events")]
mod handlers {
    use super::*;
    use crate::events::{EventsBuilder, ReceivedEvent, Report};
    use crate::vod::{EventContent, PullEvents, PullEventsResponse};

    /// A queue with one event.
    fn queue() -> MockTransport {
        let mock = mock();
        let event = EventContent { event_handle: "handle-7".to_owned(), ..EventContent::default() };
        mock.on::<PullEvents>()
            .respond(PullEventsResponse { event_set: vec![event], ..PullEventsResponse::default() })
            .hang()
            .repeat();
        mock
    }

    /// Has the event handled by a function that uses the client, and ends then.
    fn run<F>(handler: impl Fn(Client) -> F + Send + Sync + 'static) -> Report
    where
        F: Future<Output = Result<(), Error>> + Send + 'static,
    {
        let client = queue().builder().build_blocking().unwrap();
        let inner = client.clone();
        within_time_limit(move || {
            client.block_on(|client| {
                let events: EventsBuilder = client.events();
                async move {
                    let stream = events.stream()?;
                    let shutdown = stream.shutdown();
                    let running = stream.run(move |_: ReceivedEvent| {
                        let (handling, shutdown) = (handler(inner.clone()), shutdown.clone());
                        async move {
                            let outcome = handling.await;
                            tokio::spawn(async move { shutdown.finish_within(TIME_LIMIT).await });
                            outcome
                        }
                    });
                    running.await
                }
            })
        })
        .unwrap()
    }

    #[test]
    fn an_event_handler_that_calls_gets_an_error() {
        let (outcomes, received) = channel();
        let report = run(move |client| {
            let outcome = client.call(request()).map(drop);
            outcomes.send(outcome).unwrap();
            std::future::ready(Ok(()))
        });
        assert_blocked(&received.recv().unwrap().unwrap_err(), "an event handler");
        assert_eq!(report.confirmed, 1);
    }

    /// What the error says to do.
    #[test]
    fn an_event_handler_may_call_where_blocking_is_in_order() {
        let report = run(|client| async move {
            let call = tokio::task::spawn_blocking(move || client.call(request()).map(drop));
            call.await.unwrap()
        });
        assert_eq!((report.pulled, report.confirmed), (1, 1));
    }
}
