//! Code of a test's may ask the mock wherever the mock runs it.

use std::fmt::Write;
use std::sync::mpsc::channel;
use std::thread;

use super::*;
use crate::vod::{ConfirmEvents, ConfirmEventsRequest, ConfirmEventsResponse};

/// Runs a test on a thread of its own, and fails if it stands still.
fn within_time_limit<T: Send + 'static>(test: impl FnOnce() -> T + Send + 'static) -> T {
    let (sender, receiver) = channel();
    thread::spawn(move || sender.send(test()));
    receiver.recv_timeout(Duration::from_secs(20)).expect("the test stands still or has panicked")
}

fn call(client: &Client) -> Result<ConfirmEventsResponse, crate::Error> {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    let call = client.confirm_events(ConfirmEventsRequest::new(["handle-1"]));
    runtime.block_on(async { call.retry(crate::RetryPolicy::none()).await })
}

#[test]
fn an_answering_function_may_ask_the_mock_and_prepare_answers() {
    let mock = MockTransport::new();
    let inner = mock.clone();
    mock.on::<ConfirmEvents>().respond_with(move |request| {
        inner.on::<ConfirmEvents>().respond_error("InternalError", "never given");
        let shown = format!("{inner:?}");
        let ids = [
            inner.recorded().len().to_string(),
            inner.requests::<ConfirmEvents>()[0].event_handles[0].clone(),
            request.event_handles[0].clone(),
            shown,
        ];
        Ok(ConfirmEventsResponse { request_id: ids.join(" "), ..ConfirmEventsResponse::default() })
    });
    let client = mock.builder().build().unwrap();
    let answer = within_time_limit(move || call(&client)).unwrap();
    assert_eq!(answer.request_id, "1 handle-1 handle-1 MockTransport { sent: 1, .. }");
}

#[test]
fn a_function_that_panics_leaves_the_mock_whole() {
    let mock = MockTransport::new();
    mock.on::<ConfirmEvents>().respond_with(|_| panic!("the function of a test"));
    let client = mock.builder().build().unwrap();
    thread::spawn(move || call(&client)).join().unwrap_err();
    assert_eq!(mock.recorded().len(), 1);
    mock.assert_all_used();
}

/// A writer that asks the mock about each piece that it is given.
struct Asking(MockTransport, usize);

impl Write for Asking {
    fn write_str(&mut self, _: &str) -> fmt::Result {
        self.1 += self.0.recorded().len() + 1;
        Ok(())
    }
}

#[test]
fn debug_may_be_written_to_what_asks_the_mock() {
    let mock = MockTransport::new();
    let pieces = within_time_limit(move || {
        let mut asking = Asking(mock.clone(), 0);
        write!(asking, "{mock:?}").unwrap();
        asking.1
    });
    assert!(pieces > 0);
}
