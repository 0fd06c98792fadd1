//! Reports of the transferred bytes of a request and its response, during the transfer.

use std::convert::Infallible;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};

use bytes::Bytes;
use http_body::{Body, Frame, SizeHint};

/// How much of a body is handed on at a time.
const PIECE: usize = 64 * 1024;

/// Receives reports about the transferred bytes of a request and its response. A transport calls it from
/// [`Transport::send_reporting`](super::Transport::send_reporting).
pub trait Traffic: Send + Sync + 'static {
    /// Whether this number of bytes of the request's body may be sent now. If not, the task is woken when they may.
    fn poll_permit(&self, context: &mut Context<'_>, bytes: usize) -> Poll<()>;

    /// This number of bytes of the request's body is being sent.
    fn sent(&self, bytes: usize);

    /// This number of bytes of the response's body was received; 0 for its head.
    fn received(&self, bytes: usize);
}

/// A request's body that reports each piece of it that leaves.
pub(super) struct ReportingBody {
    rest: Bytes,
    traffic: Arc<dyn Traffic>,
}

impl ReportingBody {
    pub(super) fn new(body: Bytes, traffic: Arc<dyn Traffic>) -> Self {
        Self { rest: body, traffic }
    }
}

impl Body for ReportingBody {
    type Data = Bytes;
    type Error = Infallible;

    fn poll_frame(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
    ) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
        let this = self.get_mut();
        let length = this.rest.len().min(PIECE);
        if length == 0 {
            return Poll::Ready(None);
        }
        std::task::ready!(this.traffic.poll_permit(context, length));
        this.traffic.sent(length);
        Poll::Ready(Some(Ok(Frame::data(this.rest.split_to(length)))))
    }

    fn is_end_stream(&self) -> bool {
        self.rest.is_empty()
    }

    fn size_hint(&self) -> SizeHint {
        SizeHint::with_exact(self.rest.len() as u64)
    }
}
