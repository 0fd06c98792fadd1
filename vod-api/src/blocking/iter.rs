//! A stream of the async client as an iterator.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::{Client, broken_off};
use crate::error::Error;

/// What a stream gives, one by one; from [`Client::iterate`]. It ends where the stream ends.
#[must_use = "nothing is fetched until it is asked for"]
pub struct Iter<S> {
    client: Client,
    stream: Option<S>,
}

impl<S> Iter<S> {
    pub(super) fn new(client: Client, stream: S) -> Self {
        Self { client, stream: Some(stream) }
    }
}

impl<S, T> Iterator for Iter<S>
where
    S: Stream<Item = Result<T, Error>> + Unpin + Send + 'static,
    T: Send + 'static,
{
    type Item = Result<T, Error>;

    fn next(&mut self) -> Option<Self::Item> {
        let mut stream = self.stream.take()?;
        // The stream goes to the client's thread and comes back, unless it panics there.
        let fetched = self.client.run(async move {
            let item = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (stream, item)
        });
        let Some((stream, item)) = fetched else { return Some(Err(broken_off())) };
        self.stream = item.is_some().then_some(stream);
        item
    }
}

impl<S: fmt::Debug> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").field("stream", &self.stream).finish_non_exhaustive()
    }
}
