//! An emulated service as a transport inside the process, which fails as a network does.

use bytes::Bytes;
use http::{HeaderMap, Request};
use vod_api::{Transport, TransportError, TransportFailure, TransportFuture};
use vod_emulator::{ConnectionFault, EmulatedService};

/// Carries each request to an emulated service in this process, and fails as a network does if a fault of the
/// service wants it so.
#[derive(Debug, Clone)]
pub(crate) struct InProcess(pub(crate) EmulatedService);

impl Transport for InProcess {
    fn send(&self, request: Request<Bytes>, _limit: usize) -> TransportFuture<'_> {
        Box::pin(async move { self.0.exchange(request).await.map_err(failure) })
    }
}

/// What a client can tell of a fault: no more than whether the request left.
fn failure(fault: ConnectionFault) -> TransportError {
    let failure = match &fault {
        ConnectionFault::Refused => TransportFailure::Connect,
        ConnectionFault::TruncatedBody { .. } => TransportFailure::Truncated,
        _ => TransportFailure::Disconnected,
    };
    let error = TransportError::new(failure, fault.to_string());
    match fault {
        ConnectionFault::TruncatedBody { status, received, .. } => {
            error.with_head(status, &HeaderMap::new()).with_body(&received)
        }
        _ => error,
    }
}
