//! A server for VOD's ordinary callbacks (event mode `PUSH`).

mod describe;

use std::future::{Future, IntoFuture as _};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use tokio::net::TcpListener;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{sleep, timeout};
use vod_api::callback::{CallbackError, Callbacks};
use vod_api::vod::EventContent;

pub use describe::describe;

/// Bytes of a body that are read at most. Events with the results of many tasks can have several hundred thousand.
pub const MAX_BODY: usize = 1024 * 1024;
/// How long a body may take to arrive. The service itself gives up after five seconds.
const BODY_TIME: Duration = Duration::from_secs(10);
/// How many events may wait for the handler, so that an answer need not wait for the work.
const WAITING_EVENTS: usize = 1024;
/// How long the end waits for connections.
const GRACE: Duration = Duration::from_secs(2);

#[derive(Clone)]
struct Door {
    callbacks: Arc<Callbacks>,
    events: mpsc::Sender<EventContent>,
}

/// Takes callbacks at `POST /callback` until `stop` completes, and has each event that is believed handled, one
/// after the other. It returns when all that were taken have been handled.
///
/// A callback is answered as soon as its event waits to be handled, which costs no time. If 1024 events wait
/// already, it isn't answered: the service then sends it again, while an error, like any answer, would be the end
/// of it. Events that wait are lost if the process dies: to rule that out, let the handler's store do the
/// waiting, or pull events in place of this server.
///
/// # Errors
///
/// Connections can't be accepted.
pub async fn serve(
    listener: TcpListener,
    callbacks: Callbacks,
    handle: impl AsyncFnMut(EventContent),
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let (events, waiting) = mpsc::channel(WAITING_EVENTS);
    let (closed, is_closed) = oneshot::channel();
    let accepting = async {
        let accepted = accept(listener, Door { callbacks: Arc::new(callbacks), events }, stop).await;
        // The handler is gone only if it panicked, and then so has this future.
        let _ = closed.send(());
        accepted
    };
    tokio::join!(accepting, handle_all(waiting, handle, is_closed)).0
}

async fn accept(
    listener: TcpListener,
    door: Door,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<()> {
    let router = Router::new().route("/callback", post(receive)).with_state(door);
    let (stopping, is_stopping) = oneshot::channel();
    let stop = async {
        stop.await;
        let _ = stopping.send(());
    };
    let overdue = async {
        let _ = is_stopping.await;
        sleep(GRACE).await;
    };
    tokio::select! {
        served = axum::serve(listener, router).with_graceful_shutdown(stop).into_future() => served,
        // Somebody keeps a connection open and sends nothing.
        () = overdue => Ok(()),
    }
}

/// Handles events until the server has ended, and then those that still wait.
async fn handle_all(
    mut waiting: mpsc::Receiver<EventContent>,
    mut handle: impl AsyncFnMut(EventContent),
    mut is_closed: oneshot::Receiver<()>,
) {
    loop {
        tokio::select! {
            event = waiting.recv() => match event {
                Some(event) => handle(event).await,
                None => return,
            },
            _ = &mut is_closed, if !waiting.is_closed() => waiting.close(),
        }
    }
}

/// Takes one callback. Why it is refused is for the log and not for whoever tries.
async fn receive(State(door): State<Door>, body: Body) -> StatusCode {
    let body = match timeout(BODY_TIME, to_bytes(body, MAX_BODY)).await {
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
        // It is too large, or the connection broke, and then the answer plays no part.
        Ok(Err(_)) => return StatusCode::PAYLOAD_TOO_LARGE,
        Ok(Ok(body)) => body,
    };
    let event = match door.callbacks.parse(&body) {
        Ok(event) => event.into_event(),
        Err(error) => {
            tracing::warn!(%error, "a callback was refused");
            return refusal(&error);
        }
    };
    match door.events.send(event).await {
        Ok(()) => StatusCode::OK,
        Err(_) => StatusCode::SERVICE_UNAVAILABLE,
    }
}

fn refusal(error: &CallbackError) -> StatusCode {
    match error {
        CallbackError::Malformed(_) | CallbackError::OldVersion => StatusCode::BAD_REQUEST,
        // `Unsigned`, `WrongSignature`, `Expired`, and what may be added.
        _ => StatusCode::FORBIDDEN,
    }
}
