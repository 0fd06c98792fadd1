//! Posts callbacks to programs on this machine.

use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::time::Duration;

use bytes::Bytes;
use http::header::{CONTENT_TYPE, HOST};
use http::uri::Scheme;
use http::{Request, Uri};
use http_body_util::Full;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::task::JoinSet;

use crate::model::callbacks::{Callback, Waiting};
use crate::model::rules::PRODUCT;
use crate::service::{EmulatedService, World};

/// How long one attempt waits for an answer.
const PATIENCE: Duration = Duration::from_secs(5);
/// How often a callback is sent at most.
const ATTEMPTS: u32 = 3;
/// Callbacks that are under way at one time.
const AT_ONCE: usize = 16;

/// Posts every callback that waits, until told to stop.
pub(crate) async fn send_callbacks(service: EmulatedService, mut stopped: watch::Receiver<bool>) {
    let callbacks = service.world.applications.callbacks();
    let mut under_way = JoinSet::new();
    loop {
        let arrived = callbacks.arrived.notified();
        tokio::pin!(arrived);
        // Registered before looking, so that nothing slips in between.
        arrived.as_mut().enable();
        let next_change = service.apply_due_callbacks();
        while under_way.len() < AT_ONCE
            && let Some(waiting) = callbacks.take()
        {
            under_way.spawn(send(service.clone(), waiting));
        }
        let clock = &service.world.clock;
        tokio::select! {
            _ = stopped.changed() => return,
            () = arrived => {}
            () = clock.sleep_until(next_change.unwrap_or(Duration::MAX)), if next_change.is_some() => {}
            Some(_) = under_way.join_next(), if !under_way.is_empty() => {}
        }
    }
}

/// Sends one callback until it is answered, three times at most.
async fn send(service: EmulatedService, Waiting { callback, counts }: Waiting) {
    let world = &*service.world;
    let mut problem = String::new();
    for attempt in 0..ATTEMPTS {
        if attempt > 0 {
            world.clock.sleep(world.options.callback_pause).await;
        }
        let posted = tokio::select! {
            posted = post(&callback) => posted,
            () = world.clock.sleep(PATIENCE) => Err("no response within five seconds".to_owned()),
        };
        match posted {
            // Any answer ends the delivery.
            Ok(status) => {
                tracing::info!(url = callback.url, status, attempt = attempt + 1, "callback delivered");
                counts.count(true);
                return;
            }
            Err(what) => problem = what,
        }
    }
    tracing::warn!(url = callback.url, "callback was not delivered and is dropped: {problem}");
    counts.count(false);
}

/// Posts a callback once. The result is the status of the answer.
async fn post(callback: &Callback) -> Result<u16, String> {
    let uri: Uri = callback.url.parse().map_err(|error| format!("not a URL: {error}"))?;
    let address = address_of(&uri)?;
    let in_words = |error: hyper::Error| format!("no answer: {error}");
    let stream = TcpStream::connect(address).await.map_err(|error| format!("no connection: {error}"))?;
    let (mut sender, connection) = http1::handshake(TokioIo::new(stream)).await.map_err(in_words)?;
    let authority = uri.authority().map(http::uri::Authority::as_str).unwrap_or_default();
    let target = uri.path_and_query().map_or("/", http::uri::PathAndQuery::as_str);
    let request = Request::post(target)
        .header(HOST, authority)
        .header(CONTENT_TYPE, "application/json")
        .body(Full::<Bytes>::new(callback.body.clone()))
        .map_err(|error| format!("no request can be made: {error}"))?;
    let connection = async move {
        // Its end shows in the answer.
        let _ = connection.await;
        std::future::pending::<()>().await;
    };
    tokio::select! {
        answer = sender.send_request(request) => answer.map(|answer| answer.status().as_u16()).map_err(in_words),
        () = connection => Err("no answer".to_owned()),
    }
}

/// The address on this machine that a URL means. An emulator never posts to another machine.
fn address_of(uri: &Uri) -> Result<SocketAddr, String> {
    if uri.scheme() != Some(&Scheme::HTTP) {
        return Err("the emulator posts to http:// only".to_owned());
    }
    let host = uri.host().unwrap_or_default().trim_start_matches('[').trim_end_matches(']');
    let ip = if host.eq_ignore_ascii_case("localhost") {
        Some(IpAddr::V4(Ipv4Addr::LOCALHOST))
    } else {
        host.parse::<IpAddr>().ok().filter(IpAddr::is_loopback)
    };
    let ip = ip.ok_or("the emulator posts to this machine only: 127.0.0.1, localhost or [::1]")?;
    Ok((ip, uri.port_u16().unwrap_or(80)).into())
}

impl EmulatedService {
    /// Applies what has become due by now in the applications whose events are posted. The result is when the next
    /// change is due.
    pub(crate) fn apply_due_callbacks(&self) -> Option<Duration> {
        let World { specs, applications, .. } = &*self.world;
        let service = specs.of_product(PRODUCT).next()?;
        let posting = applications.all().into_iter().filter(|application| application.posts_events());
        posting.filter_map(|application| application.apply_due(self.world.surroundings(service))).min()
    }

    /// Takes the callbacks that wait to be posted, oldest first: the events of applications in the mode `PUSH` with a
    /// `NotificationUrl`. A running [`Emulator`](crate::Emulator) posts them by itself, to URLs of this machine; a
    /// service without a server leaves them here.
    pub fn take_callbacks(&self) -> Vec<Callback> {
        self.apply_due_callbacks();
        let callbacks = self.world.applications.callbacks();
        std::iter::from_fn(|| callbacks.take()).map(|waiting| waiting.callback).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_gets_callbacks() {
        let address = |url: &str| address_of(&url.parse().unwrap());
        assert_eq!(address("http://127.0.0.1:8080/a?b=c"), Ok(([127, 0, 0, 1], 8080).into()));
        assert_eq!(address("http://LOCALHOST/"), Ok(([127, 0, 0, 1], 80).into()));
        assert_eq!(address("http://[::1]:1/").unwrap().to_string(), "[::1]:1");
        for foreign in [
            "https://127.0.0.1/",
            "http://example.com/",
            "http://10.0.0.1/",
            "http://0.0.0.0/",
            "http://localhost.example.com/",
            "http://127.0.0.1.example.com/",
        ] {
            assert!(address(foreign).is_err(), "{foreign}");
        }
    }
}
