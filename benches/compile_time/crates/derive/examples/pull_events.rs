//! Makes one call.

use std::pin::pin;
use std::task::{Context, Waker};

fn main() {
    let mut call = pin!(derive::Client.pull_events(derive::PullEventsRequest::new()));
    println!("{:?}", call.as_mut().poll(&mut Context::from_waker(Waker::noop())));
}
