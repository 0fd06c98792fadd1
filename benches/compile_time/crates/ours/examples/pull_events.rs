//! Makes one call.

use std::future::IntoFuture;
use std::pin::pin;
use std::task::{Context, Waker};

use ours::VodCalls;

fn main() -> Result<(), vod_api::Error> {
    let client = vod_api::Client::builder().credential(vod_api::Credential::new("id", "key")).build()?;
    let mut call = pin!(client.pull_events(ours::PullEventsRequest::new()).into_future());
    println!("{:?}", call.as_mut().poll(&mut Context::from_waker(Waker::noop())));
    Ok(())
}
