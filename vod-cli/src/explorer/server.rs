//! The explorer's HTTP server: connections, the headers of each answer, and the end after a time without requests.

use std::convert::Infallible;
use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::header::{self, HeaderName, HeaderValue};
use http::{Method, Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full, Limited};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::{TokioIo, TokioTimer};
use serde_json::{Value, json};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::{sleep, timeout};

use super::access::{Access, Refusal};
use super::assets::asset;

/// The largest body that is read: the service's own limit, and room for the JSON around it.
const MAX_BODY: usize = 11 * 1024 * 1024;
/// How long a request may take to arrive.
const ARRIVAL: Duration = Duration::from_secs(20);
/// What an accept that failed waits for.
const PAUSE: Duration = Duration::from_millis(50);

/// What the calls of the page are answered by.
pub(crate) trait Calls: Send + Sync + 'static {
    /// Answers one call: the path below `/api/` with the query's or the body's values.
    fn call(&self, path: &str, body: Value) -> impl Future<Output = Answer> + Send;
}

/// Status and JSON.
pub(crate) type Answer = (StatusCode, Value);

/// What each answer carries: nothing may be loaded, embedded or sent elsewhere, and nothing is kept.
const HEADERS: [(HeaderName, &str); 8] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; \
         base-uri 'none'; form-action 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::CACHE_CONTROL, "no-store"),
    (HeaderName::from_static("cross-origin-resource-policy"), "same-origin"),
    (HeaderName::from_static("cross-origin-opener-policy"), "same-origin"),
    (header::X_FRAME_OPTIONS, "DENY"),
    (HeaderName::from_static("permissions-policy"), "camera=(), microphone=(), geolocation=()"),
];

/// A server that has not begun yet.
pub(crate) struct Server {
    listeners: Vec<TcpListener>,
    addresses: Vec<SocketAddr>,
}

impl Server {
    /// Takes the port at each of these addresses; the first one decides which port 0 means. An address family that
    /// the machine lacks is left out, unless it is the first one.
    pub(crate) async fn bind(listen: &[SocketAddr]) -> io::Result<Self> {
        let mut server = Self { listeners: Vec::new(), addresses: Vec::new() };
        for wanted in listen {
            let port = server.addresses.first().map_or(wanted.port(), SocketAddr::port);
            let wanted = SocketAddr::new(wanted.ip(), port);
            match TcpListener::bind(wanted).await {
                Ok(listener) => {
                    server.addresses.push(listener.local_addr()?);
                    server.listeners.push(listener);
                }
                Err(error) if !server.listeners.is_empty() && error.kind() != io::ErrorKind::AddrInUse => {}
                Err(error) => return Err(error),
            }
        }
        Ok(server)
    }

    pub(crate) fn addresses(&self) -> &[SocketAddr] {
        &self.addresses
    }

    /// Answers requests until none has come for this long.
    pub(crate) async fn serve<C: Calls>(self, access: Access, calls: C, idle: Duration) {
        let (heard, mut requests) = watch::channel(());
        let shared = Arc::new(Shared { access, calls, heard });
        let mut tasks = JoinSet::new();
        for listener in self.listeners {
            tasks.spawn(accept(listener, Arc::clone(&shared)));
        }
        loop {
            match timeout(idle, requests.changed()).await {
                Ok(Ok(())) => {}
                Ok(Err(_)) | Err(_) => return,
            }
        }
    }
}

struct Shared<C> {
    access: Access,
    calls: C,
    /// Told of each request that a person caused.
    heard: watch::Sender<()>,
}

/// Connections are tasks of this one, so that none outlives it.
async fn accept<C: Calls>(listener: TcpListener, shared: Arc<Shared<C>>) {
    let mut connections = JoinSet::new();
    loop {
        tokio::select! {
            Some(_) = connections.join_next() => {}
            accepted = listener.accept() => match accepted {
                Ok((stream, _)) => {
                    connections.spawn(serve(stream, Arc::clone(&shared)));
                }
                // Out of file descriptors, mostly: leave time for some to be closed.
                Err(_) => sleep(PAUSE).await,
            }
        }
    }
}

async fn serve<C: Calls>(stream: TcpStream, shared: Arc<Shared<C>>) {
    let respond = service_fn(move |request| {
        let shared = Arc::clone(&shared);
        async move { Ok::<_, Infallible>(respond(&shared, request).await) }
    });
    let mut http = http1::Builder::new();
    http.timer(TokioTimer::new()).header_read_timeout(ARRIVAL);
    // A connection that breaks is the browser's business.
    let _ = http.serve_connection(TokioIo::new(stream), respond).await;
}

async fn respond<C: Calls>(shared: &Shared<C>, request: Request<Incoming>) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    if let Err(Refusal { status, reason }) = shared.access.admit(&head) {
        return answer(status, &json!({ "error": reason }));
    }
    let path = head.uri.path();
    let Some(call) = path.strip_prefix("/api/") else {
        return match asset(path) {
            Some(asset) if head.method == Method::GET => {
                shared.heard.send_replace(());
                response(StatusCode::OK, asset.content_type, asset.text.into())
            }
            Some(_) => {
                answer(StatusCode::METHOD_NOT_ALLOWED, &json!({ "error": "only GET is answered here" }))
            }
            None => answer(StatusCode::NOT_FOUND, &json!({ "error": "there is no such page" })),
        };
    };
    if let Err(Refusal { status, reason }) = shared.access.admit_call(&head) {
        return answer(status, &json!({ "error": reason }));
    }
    if head.method != Method::POST {
        return answer(StatusCode::METHOD_NOT_ALLOWED, &json!({ "error": "only POST is answered here" }));
    }
    // What the page asks by itself while nobody looks keeps nothing alive.
    if call != "emulator" {
        shared.heard.send_replace(());
    }
    let (status, json) = match read(body).await {
        Ok(body) => shared.calls.call(call, body).await,
        Err((status, reason)) => (status, json!({ "error": reason })),
    };
    answer(status, &json)
}

async fn read(body: Incoming) -> Result<Value, (StatusCode, String)> {
    let too_large = || (StatusCode::PAYLOAD_TOO_LARGE, "the body cannot be read, or is too large".to_owned());
    let read = timeout(ARRIVAL, Limited::new(body, MAX_BODY).collect()).await;
    let bytes = match read {
        Ok(Ok(body)) => body.to_bytes(),
        Ok(Err(_)) => return Err(too_large()),
        Err(_) => return Err((StatusCode::REQUEST_TIMEOUT, "the body did not arrive".to_owned())),
    };
    serde_json::from_slice(&bytes)
        .map_err(|error| (StatusCode::BAD_REQUEST, format!("the body is not JSON: {error}")))
}

fn answer(status: StatusCode, json: &Value) -> Response<Full<Bytes>> {
    response(status, "application/json", json.to_string().into())
}

fn response(status: StatusCode, content_type: &'static str, body: Bytes) -> Response<Full<Bytes>> {
    let mut response = Response::new(Full::new(body));
    *response.status_mut() = status;
    let headers = response.headers_mut();
    for (name, value) in HEADERS {
        headers.insert(name, HeaderValue::from_static(value));
    }
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    response
}
