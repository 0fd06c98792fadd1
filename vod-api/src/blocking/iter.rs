//! A stream of the async client as an iterator.

use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;

use futures_core::Stream;

use super::Client;
use crate::error::Error;

/// The items of a stream, one by one; from [`Client::iterate`]. It ends with the stream, and after an error of kind
/// [`ErrorKind::Blocked`](crate::ErrorKind::Blocked).
#[must_use = "nothing is fetched until it is asked for"]
pub struct Iter<S> {
    // Before the client, which may wait for what is left of it.
    stream: Option<S>,
    client: Client,
}

impl<S> Iter<S> {
    pub(super) fn new(client: Client, stream: S) -> Self {
        Self { stream: Some(stream), client }
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
        let fetch = async move {
            let item = poll_fn(|context| Pin::new(&mut stream).poll_next(context)).await;
            (stream, item)
        };
        match self.client.run(fetch, None) {
            Ok((stream, item)) => {
                self.stream = item.is_some().then_some(stream);
                item
            }
            Err(error) => Some(Err(error)),
        }
    }
}

impl<S: fmt::Debug> fmt::Debug for Iter<S> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Iter").field("stream", &self.stream).finish_non_exhaustive()
    }
}
