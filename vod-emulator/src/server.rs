//! The HTTP server around the emulated service.

use std::io;
use std::net::SocketAddr;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use hyper_util::server::graceful::GracefulShutdown;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::admin;
use crate::call::MAX_BODY;
use crate::envelope::page_response;
use crate::service::EmulatedService;

/// How long a stop waits for calls that are being answered.
const GRACE: Duration = Duration::from_secs(2);
/// How much of a body is read at all. What is beyond the service's limit is thrown away, but read, so that
/// the client gets to see the refusal.
const MAX_READ: usize = 8 * MAX_BODY;

/// A server that is listening. Dropping it breaks all connections off.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(listen: SocketAddr, service: EmulatedService) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let task = tokio::spawn(accept(listener, service, stopped));
        Ok(Self { address, stop, task })
    }

    pub(crate) fn address(&self) -> SocketAddr {
        self.address
    }

    /// Accepts no more calls, finishes the ones that are being answered, and ends.
    pub(crate) async fn stop(mut self) {
        self.stop.send_replace(true);
        // The task ends by itself within the grace period; it fails only if it was aborted.
        let _ = (&mut self.task).await;
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        self.task.abort();
    }
}

/// Serves connections until told to stop. They are tasks of this one, so that none outlives it.
async fn accept(listener: TcpListener, service: EmulatedService, mut stopped: watch::Receiver<bool>) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            _ = stopped.changed() => break,
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, peer)) => serve(stream, peer, &service, &graceful, &mut connections),
                Err(error) => {
                    tracing::warn!(%error, "a connection could not be accepted");
                    // Out of file descriptors, mostly: leave time for some to be closed.
                    sleep(Duration::from_millis(50)).await;
                }
            }
        }
    }
    drop(listener);
    if timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("connections were broken off while a call was being answered");
    }
}

/// Serves one connection for as long as it lives.
fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    service: &EmulatedService,
    graceful: &GracefulShutdown,
    connections: &mut JoinSet<()>,
) {
    // Answers are small and written at once; waiting for more would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let service = service.clone();
    let respond = service_fn(move |request| {
        let service = service.clone();
        async move { respond(&service, peer, request).await }
    });
    let connection = graceful.watch(http1::Builder::new().serve_connection(TokioIo::new(stream), respond));
    connections.spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "a connection broke");
        }
    });
}

/// Answers one request. The error breaks the connection off: the request did not arrive whole.
async fn respond(
    service: &EmulatedService,
    peer: SocketAddr,
    request: Request<Incoming>,
) -> Result<Response<Full<Bytes>>, hyper::Error> {
    if request.uri().path().starts_with(admin::PREFIX) && !peer.ip().to_canonical().is_loopback() {
        return Ok(page_response(StatusCode::FORBIDDEN).map(Full::new));
    }
    let (parts, body) = request.into_parts();
    let Some(body) = read_body(body).await? else {
        return Ok(page_response(StatusCode::PAYLOAD_TOO_LARGE).map(Full::new));
    };
    Ok(service.respond(Request::from_parts(parts, body)).await.map(Full::new))
}

/// Reads a body, keeping one byte more than the service accepts, so that it can be refused for its size.
/// None if there is no end to it.
async fn read_body(mut body: Incoming) -> Result<Option<Bytes>, hyper::Error> {
    let mut kept = BytesMut::new();
    let mut read = 0;
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame?.into_data() else { continue };
        read += data.len();
        if read > MAX_READ {
            return Ok(None);
        }
        let room = (MAX_BODY + 1).saturating_sub(kept.len());
        kept.extend_from_slice(&data[..data.len().min(room)]);
    }
    Ok(Some(kept.freeze()))
}
