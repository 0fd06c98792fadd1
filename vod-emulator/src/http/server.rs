//! The HTTP server around the emulated service.

use std::collections::BTreeSet;
use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::{Bytes, BytesMut};
use http::{Request, Response, StatusCode};
use http_body_util::BodyExt as _;
use hyper::body::{Body as _, Incoming};
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::server::graceful::GracefulShutdown;
use serde_json::json;
use sha2::{Digest as _, Sha256};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{JoinHandle, JoinSet};
use tokio::time::{sleep, timeout};

use crate::faults::fault::Fault;
use crate::faults::injector::PIECE;
use crate::faults::outcome::Outcome;
use crate::http::body::{AnswerBody, BrokenOff};
use crate::http::callback_sender::send_callbacks;
use crate::http::exchange::marked;
use crate::http::hosts::{Foreign, Hosts, Wanted};
use crate::http::stream::{Ending, Stream};
use crate::http::{admin, metadata, page};
use crate::options::Outage;
use crate::protocol::answer_kind::AnswerKind;
use crate::protocol::call::MAX_BODY;
use crate::protocol::envelope::{json_response, page_response};
use crate::service::EmulatedService;
use crate::storage::operation::is_for_storage;
use crate::storage::paths::FILES_PREFIX;
use crate::storage::refusal;

/// The header with the control token.
const CONTROL_TOKEN: &str = "x-vod-emulator-token";
/// How long a stop waits for calls that are being answered.
const GRACE: Duration = Duration::from_secs(2);
/// How much of a body is read at all. What is beyond the service's limit is thrown away, but read, so that
/// the client gets to see the refusal.
const MAX_READ: usize = 8 * MAX_BODY;
/// How long to wait before trying once more what has failed.
const FIRST_PAUSE: Duration = Duration::from_millis(10);
/// How long to wait at most, if it has failed many times.
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// Who may send requests to a server.
#[derive(Debug, Default)]
pub(crate) struct Access {
    /// Hosts besides those of this machine.
    pub(crate) allowed_hosts: BTreeSet<String>,
    /// What calls below `/_emulator/` must carry.
    pub(crate) control_token: Option<ControlToken>,
}

/// A token that is not shown.
#[derive(Clone)]
pub(crate) struct ControlToken(pub(crate) String);

impl fmt::Debug for ControlToken {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("ControlToken(..)")
    }
}

/// Decides which requests of one server are answered.
#[derive(Debug)]
struct Gate {
    hosts: Hosts,
    control_token: Option<ControlToken>,
}

impl Gate {
    fn admit<B>(&self, request: &Request<B>, peer: SocketAddr) -> Result<(), Foreign> {
        let is_control = request.uri().path().starts_with(admin::PREFIX);
        // The page asks for the token itself, and shows nothing without it.
        let needs_token = is_control && !(self.control_token.is_some() && page::is_wanted(request));
        let path = request.uri().path();
        let wanted = if is_for_storage(request) {
            Wanted::Storage
        } else if path == "/" || path.starts_with(FILES_PREFIX) {
            Wanted::Service
        } else if path.starts_with(metadata::PREFIX) {
            Wanted::Metadata
        } else {
            Wanted::Own
        };
        self.hosts.admit(request, wanted)?;
        match &self.control_token {
            _ if !needs_token => Ok(()),
            Some(token) if carries(request, token) => Ok(()),
            Some(_) => Err(Foreign(format!("the header `{CONTROL_TOKEN}` must carry the control token"))),
            None if peer.ip().to_canonical().is_loopback() => Ok(()),
            None => Err(Foreign(
                "calls below `/_emulator/` from other machines need a control token; start with `--control-token`"
                    .into(),
            )),
        }
    }
}

/// Compares digests, in a time that tells nothing about the token.
fn carries<B>(request: &Request<B>, token: &ControlToken) -> bool {
    let given = request.headers().get(CONTROL_TOKEN).map(|value| Sha256::digest(value.as_bytes()));
    given.is_some_and(|given| given == Sha256::digest(token.0.as_bytes()))
}

/// A server that is listening. Dropping it breaks all connections off.
#[derive(Debug)]
pub(crate) struct Server {
    address: SocketAddr,
    stop: watch::Sender<bool>,
    task: JoinHandle<()>,
    /// Posts callbacks.
    sender: JoinHandle<()>,
}

impl Server {
    pub(crate) async fn start(
        listen: SocketAddr,
        service: EmulatedService,
        access: Access,
    ) -> io::Result<Self> {
        let listener = TcpListener::bind(listen).await?;
        let address = listener.local_addr()?;
        let (stop, stopped) = watch::channel(false);
        let gate = Arc::new(Gate {
            hosts: Hosts::new(address, &access.allowed_hosts),
            control_token: access.control_token,
        });
        let sender = tokio::spawn(send_callbacks(service.clone(), stopped.clone()));
        let task = tokio::spawn(accept(listener, address, service, gate, stopped));
        Ok(Self { address, stop, task, sender })
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
        self.sender.abort();
    }
}

/// Serves connections until told to stop. They are tasks of this one, so that none outlives it.
async fn accept(
    listener: TcpListener,
    address: SocketAddr,
    service: EmulatedService,
    gate: Arc<Gate>,
    mut stopped: watch::Receiver<bool>,
) {
    let graceful = GracefulShutdown::new();
    let mut connections = JoinSet::new();
    let mut outages = service.world.injector.unreachable_until();
    let mut listener = Some(listener);
    let mut trouble = Trouble::default();
    loop {
        let Some(open) = &listener else {
            tokio::select! {
                _ = stopped.changed() => break,
                reopened = reopen(address, &service, &mut outages) => listener = Some(reopened),
            }
            continue;
        };
        tokio::select! {
            _ = stopped.changed() => break,
            _ = outages.changed() => {
                let closes = service.world.options.outage == Outage::ClosePort;
                if service.world.clock.now() < *outages.borrow_and_update() && closes {
                    listener = None;
                }
            }
            Some(_) = connections.join_next() => {}
            accepted = open.accept() => match accepted {
                Ok((stream, peer)) => {
                    trouble = Trouble::default();
                    serve(stream, peer, &service, &gate, &graceful, &mut connections);
                }
                // Out of file descriptors, mostly: leave time for some to be closed.
                Err(error) => trouble.wait("a connection could not be accepted", &error).await,
            }
        }
    }
    drop(listener);
    if timeout(GRACE, graceful.shutdown()).await.is_err() {
        tracing::warn!("shutdown timed out; connections with calls in flight were aborted");
    }
}

/// Listens once more when the outage is over.
async fn reopen(
    address: SocketAddr,
    service: &EmulatedService,
    outages: &mut watch::Receiver<Duration>,
) -> TcpListener {
    let clock = &service.world.clock;
    let mut trouble = Trouble::default();
    loop {
        let until = *outages.borrow_and_update();
        if clock.now() < until {
            tokio::select! {
                () = clock.sleep_until(until) => {}
                _ = outages.changed() => {}
            }
            continue;
        }
        match TcpListener::bind(address).await {
            Ok(listener) => return listener,
            Err(error) => {
                // Another program has taken the port in the meantime, and may give it back.
                trouble.wait("cannot rebind the port after the injected outage; retrying", &error).await;
            }
        }
    }
}

/// Something that fails again and again: each time the pause is longer, and each pause is logged once.
#[derive(Debug)]
struct Trouble {
    pause: Duration,
}

impl Default for Trouble {
    fn default() -> Self {
        Self { pause: FIRST_PAUSE }
    }
}

impl Trouble {
    async fn wait(&mut self, what: &str, error: &io::Error) {
        if self.pause < LONGEST_PAUSE {
            tracing::warn!(%error, pause = ?self.pause, "{what}");
        }
        sleep(self.pause).await;
        self.pause = self.pause.saturating_mul(2).min(LONGEST_PAUSE);
    }
}

/// Serves one connection for as long as it lives.
fn serve(
    stream: TcpStream,
    peer: SocketAddr,
    service: &EmulatedService,
    gate: &Arc<Gate>,
    graceful: &GracefulShutdown,
    connections: &mut JoinSet<()>,
) {
    // Answers are small and written at once; waiting for more would only delay them.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "failed to set TCP_NODELAY");
    }
    let idle_timeout = service.world.options.idle_timeout;
    let (service, gate) = (service.clone(), Arc::clone(gate));
    let ending = Ending::default();
    let stream = TokioIo::new(Stream::new(stream, ending.clone()));
    let respond = service_fn(move |request| {
        let (service, gate, ending) = (service.clone(), Arc::clone(&gate), ending.clone());
        async move { respond(&service, &gate, peer, request, &ending).await }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(idle_timeout);
    let connection = graceful.watch(http.serve_connection(stream, respond));
    connections.spawn(async move {
        if let Err(error) = connection.await {
            tracing::debug!(%error, "connection failed");
        }
    });
}

/// Answers one request. The error breaks the connection off: the request did not arrive whole, or a fault wants
/// it so.
async fn respond(
    service: &EmulatedService,
    gate: &Gate,
    peer: SocketAddr,
    request: Request<Incoming>,
    ending: &Ending,
) -> io::Result<Response<AnswerBody>> {
    let page = |status| Ok(service.dated(page_response(status), 0).map(AnswerBody::whole));
    if let Err(Foreign(reason)) = gate.admit(&request, peer) {
        tracing::warn!(%peer, "request refused: {reason}");
        let refusal = json_response(StatusCode::FORBIDDEN, &json!({ "error": reason }));
        let refusal = marked(refusal, AnswerKind::Refused);
        return Ok(service.dated(refusal, 0).map(AnswerBody::whole));
    }
    let drawn = service.draw_fault(&request, None);
    let before_body = drawn.as_ref().and_then(|disturbance| disturbance.fault.as_ref());
    let reads_body = !before_body.is_some_and(Fault::comes_before_body);
    let is_storage = is_for_storage(&request);
    let storage_limit = service.world.options.storage_limit;
    let sizes = if is_storage {
        let kept = usize::try_from(storage_limit).unwrap_or(usize::MAX).saturating_add(1);
        BodySizes { kept, read: kept.saturating_add(MAX_READ) }
    } else {
        BodySizes { kept: MAX_BODY + 1, read: MAX_READ }
    };
    let (parts, body) = request.into_parts();
    let is_control = parts.uri.path().starts_with(admin::PREFIX);
    let idle_timeout = service.world.options.idle_timeout;
    let slowly = match before_body {
        Some(Fault::SlowReader { pause }) => Some(*pause),
        _ => None,
    };
    let body = match before_body {
        _ if !reads_body => Some(Bytes::new()),
        Some(Fault::ResetInBody { after }) => {
            read_a_part(body, idle_timeout, *after).await;
            Some(Bytes::new())
        }
        _ => {
            let pause = slowly.map(|pause| (service, pause));
            read_body(body, idle_timeout, sizes, pause).await?
        }
    };
    let Some(body) = body else {
        if is_control {
            return Ok(service.dated(admin::too_large(), 0).map(AnswerBody::whole));
        }
        if is_storage {
            let refusal = refusal::too_large(storage_limit).response(parts.uri.path(), "");
            return Ok(service.dated(refusal, 0).map(AnswerBody::whole));
        }
        return page(StatusCode::PAYLOAD_TOO_LARGE);
    };
    let request = Request::from_parts(parts, body);
    let mut disturbance =
        drawn.or_else(|| service.draw_fault(&request, Some(request.body()))).unwrap_or_default();
    disturbance.was_read |= slowly.is_some();
    match service.execute(&request, disturbance).await {
        Outcome::Answer(response) => Ok(response.map(AnswerBody::whole)),
        Outcome::Drip(response, pause) => {
            Ok(response.map(|body| AnswerBody::drip(body, pause, Arc::clone(&service.world))))
        }
        Outcome::Cut(response, keep) => Ok(response.map(|body| AnswerBody::cut(&body, keep))),
        Outcome::Break(_) => {
            ending.reset();
            Err(io::Error::other(BrokenOff))
        }
    }
}

/// How much of a body is handled.
#[derive(Debug, Clone, Copy)]
struct BodySizes {
    /// Bytes that are kept: one more than is accepted, so that a larger body can be refused for its size.
    kept: usize,
    /// Bytes that are read at all.
    read: usize,
}

/// Reads a body. None if there is no end to it. The error breaks the connection off: the body stopped arriving.
async fn read_body(
    mut body: Incoming,
    idle_timeout: Duration,
    sizes: BodySizes,
    slowly: Option<(&EmulatedService, Duration)>,
) -> io::Result<Option<Bytes>> {
    let mut until_pause = 0_usize;
    let expected = body.size_hint().exact().and_then(|size| usize::try_from(size).ok()).unwrap_or_default();
    let mut kept = BytesMut::with_capacity(expected.min(sizes.kept).min(MAX_READ));
    let mut read = 0_usize;
    while let Some(frame) = timeout(idle_timeout, body.frame()).await? {
        let Ok(data) = frame.map_err(io::Error::other)?.into_data() else { continue };
        if let Some((service, pause)) = slowly {
            until_pause += data.len();
            while until_pause >= PIECE {
                until_pause -= PIECE;
                service.world.clock.sleep(pause).await;
            }
        }
        read = read.saturating_add(data.len());
        if read > sizes.read {
            return Ok(None);
        }
        let room = sizes.kept.saturating_sub(kept.len());
        kept.extend_from_slice(&data[..data.len().min(room)]);
    }
    Ok(Some(kept.freeze()))
}

/// Reads so many bytes of a body, or less if no more come.
async fn read_a_part(mut body: Incoming, idle_timeout: Duration, bytes: usize) {
    let mut read = 0_usize;
    while read < bytes
        && let Ok(Some(Ok(frame))) = timeout(idle_timeout, body.frame()).await
    {
        read = read.saturating_add(frame.data_ref().map_or(0, Bytes::len));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn pauses_grow_while_nothing_can_be_accepted() {
        let clock = crate::clock::Clock::new(
            crate::options::WallClock::Virtual,
            crate::options::ClockSkew::None,
            None,
        );
        let mut trouble = Trouble::default();
        let mut pauses = Vec::new();
        for _ in 0..9 {
            let before = clock.now();
            trouble.wait("a connection could not be accepted", &io::Error::other("no descriptor")).await;
            pauses.push(clock.now().saturating_sub(before).as_millis());
        }
        assert_eq!(pauses, [10, 20, 40, 80, 160, 320, 640, 1000, 1000]);
    }
}
