//! A server for VOD's ordinary callbacks (event mode `PUSH`).

mod describe;
mod handling;

use std::fmt::Display;
use std::future::{Future, IntoFuture as _, pending};
use std::io;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::{Body, to_bytes};
use axum::extract::State;
use axum::http::StatusCode;
use axum::routing::post;
use clap::Args;
use http_body_util::LengthLimitError;
use tokio::net::TcpListener;
use tokio::sync::oneshot;
use tokio::time::{sleep, timeout};
use vod_api::callback::{CallbackError, CallbackEvent, Callbacks};

pub use describe::describe;
pub use handling::Handled;
use handling::{Handling, Waiting};

/// How long a body may take to arrive. The service itself gives up after five seconds.
const BODY_TIME: Duration = Duration::from_secs(10);
/// How long the end waits for connections.
const GRACE: Duration = Duration::from_secs(2);

/// How callbacks are taken and handled.
#[derive(Debug, Clone, Args)]
pub struct ServeSettings {
    /// Bytes of a callback's body at most. The event of a larger one is lost: any answer, a refusal too, ends its
    /// delivery
    #[arg(long, value_name = "BYTES", default_value_t = 4 * 1024 * 1024)]
    pub max_body: usize,

    /// Seconds that the handling of an event may take; after that it is given up, and the next one is handled
    #[arg(long, value_name = "SECONDS", default_value_t = 30)]
    pub handler_time: u64,

    /// Seconds that the end waits for events that were taken and are not yet handled
    #[arg(long, value_name = "SECONDS", default_value_t = 10)]
    pub drain_time: u64,
}

#[derive(Clone)]
struct Door {
    callbacks: Arc<Callbacks>,
    waiting: Waiting,
    max_body: usize,
}

/// Takes callbacks at `POST /callback` until `stop` completes, and has each event that is believed handled, one
/// after the other, on a thread of its own. It returns when all that were taken have been handled, or `drain_time`
/// after the end of accepting; the outcome says how many were not.
///
/// A callback is answered as soon as its event waits to be handled, which costs no time. If 1024 events wait
/// already, because the handler stands still, it isn't answered: the service then sends it again, while an error,
/// like any answer, would be the end of it. Events that wait are lost if the process dies: to rule that out, let the
/// handler's store do the waiting, or pull events in place of this server.
///
/// A handler that takes longer than `handler_time` is given up where it awaits; one that panics or fails is logged.
/// Neither stops the events after it. A handler that blocks its thread for ever stops them, and nothing else:
/// callbacks are taken until 1024 wait, and the end is not held up.
///
/// # Errors
///
/// Connections can't be accepted, or there is no thread for the handler.
pub async fn serve<E: Display>(
    listener: TcpListener,
    callbacks: Callbacks,
    settings: &ServeSettings,
    handle: impl AsyncFnMut(CallbackEvent) -> Result<(), E> + Send + 'static,
    stop: impl Future<Output = ()> + Send + 'static,
) -> io::Result<Handled> {
    let (waiting, handling) = Handling::start(handle, Duration::from_secs(settings.handler_time))?;
    let door = Door { callbacks: Arc::new(callbacks), waiting, max_body: settings.max_body };
    let accepted = accept(listener, door, stop).await;
    let handled = handling.finish_within(Duration::from_secs(settings.drain_time)).await;
    accepted.map(|()| handled)
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
        // A connection is kept open and sends nothing, or waits for its turn.
        () = overdue => Ok(()),
    }
}

/// Takes one callback. The reason of a refusal is logged and not returned.
async fn receive(State(door): State<Door>, body: Body) -> StatusCode {
    let body = match timeout(BODY_TIME, to_bytes(body, door.max_body)).await {
        Err(_) => return StatusCode::REQUEST_TIMEOUT,
        Ok(Err(error)) => {
            if error.into_inner().is::<LengthLimitError>() {
                tracing::error!(
                    max_body = door.max_body,
                    "a callback is larger than max-body and was refused; if the service sent it, its event is lost, \
                     because any answer ends the delivery"
                );
            }
            // Otherwise the connection broke, and the answer plays no part.
            return StatusCode::PAYLOAD_TOO_LARGE;
        }
        Ok(Ok(body)) => body,
    };
    let event = match door.callbacks.parse(&body) {
        Ok(event) => event,
        Err(error) => {
            tracing::warn!(%error, "a callback was refused");
            return refusal(&error);
        }
    };
    if !door.waiting.add(event).await {
        // The server ends: without an answer the service sends the event again.
        pending::<()>().await;
    }
    StatusCode::OK
}

fn refusal(error: &CallbackError) -> StatusCode {
    match error {
        CallbackError::Malformed(_) | CallbackError::OldVersion => StatusCode::BAD_REQUEST,
        // `Unsigned`, `WrongSignature`, `Expired`, and what may be added.
        _ => StatusCode::FORBIDDEN,
    }
}

#[cfg(test)]
mod tests;
