//! The body of a response on the socket: whole, byte by byte, or truncated.

use std::fmt;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll, ready};
use std::time::Duration;

use bytes::Bytes;
use hyper::body::{Body, Frame, SizeHint};

use crate::service::World;

/// Why a connection ends without a whole answer: a fault wants it so.
#[derive(Debug, Clone, Copy)]
pub(crate) struct BrokenOff;

impl fmt::Display for BrokenOff {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a fault broke the connection off")
    }
}

impl std::error::Error for BrokenOff {}

type Pause = Pin<Box<dyn Future<Output = ()> + Send>>;

/// A body whose head always promises it whole.
pub(crate) struct AnswerBody {
    rest: Bytes,
    /// Bytes promised beyond `rest`, in whose place the connection breaks.
    missing: usize,
    drip: Option<Drip>,
    /// Whether what came before a break has had the time to be written.
    flushed: bool,
}

struct Drip {
    world: Arc<World>,
    period: Duration,
    pause: Option<Pause>,
}

impl AnswerBody {
    pub(crate) fn whole(body: Bytes) -> Self {
        Self { rest: body, missing: 0, drip: None, flushed: false }
    }

    /// Only the first bytes, of a body that is longer.
    pub(crate) fn cut(body: &Bytes, keep: usize) -> Self {
        let missing = body.len().saturating_sub(keep);
        Self { missing, ..Self::whole(body.slice(..body.len() - missing)) }
    }

    /// One byte at a time, after a pause each.
    pub(crate) fn drip(body: Bytes, period: Duration, world: Arc<World>) -> Self {
        Self { drip: Some(Drip { world, period, pause: None }), ..Self::whole(body) }
    }
}

impl Drip {
    fn poll_pause(&mut self, context: &mut Context<'_>) -> Poll<()> {
        let pause = self.pause.get_or_insert_with(|| {
            let (world, period) = (Arc::clone(&self.world), self.period);
            Box::pin(async move { world.clock.sleep(period).await })
        });
        ready!(pause.as_mut().poll(context));
        self.pause = None;
        Poll::Ready(())
    }
}

impl Body for AnswerBody {
    type Data = Bytes;
    type Error = BrokenOff;

    fn poll_frame(
        mut self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, BrokenOff>>> {
        if self.rest.is_empty() {
            if self.missing == 0 {
                return Poll::Ready(None);
            }
            // The server writes what it holds when the body makes it wait.
            if !std::mem::replace(&mut self.flushed, true) {
                context.waker().wake_by_ref();
                return Poll::Pending;
            }
            return Poll::Ready(Some(Err(BrokenOff)));
        }
        let mut length = self.rest.len();
        if let Some(drip) = &mut self.drip {
            ready!(drip.poll_pause(context));
            length = 1;
        }
        Poll::Ready(Some(Ok(Frame::data(self.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty() && self.missing == 0
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact((self.rest.len() + self.missing) as u64)
    }
}
