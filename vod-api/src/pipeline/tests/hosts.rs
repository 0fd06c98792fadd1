//! Calls with hosts to fall back on.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;
use http::{Request, Response};

use super::fixture::{ConfirmRequest, CreateRequest, SUCCESS};
use crate::client::{Client, ClientBuilder};
use crate::credential::Credential;
use crate::error::Error;
use crate::retry::RetryPolicy;
use crate::transport::{Transport, TransportError, TransportFailure, TransportFuture};

const FIRST: &str = "first.example.com";
const SECOND: &str = "second.example.com";

/// What a host does.
#[derive(Clone, Copy)]
enum Host {
    Answers,
    Fails(TransportFailure),
    Throttles,
    Says(&'static [u8]),
}

/// Hosts by name, and the requests that they have got: host, `Host` header and signature.
#[derive(Clone)]
struct Network {
    first: Arc<Mutex<Host>>,
    seen: Arc<Mutex<Vec<[String; 3]>>>,
}

impl Network {
    fn new(first: Host) -> Self {
        Self { first: Arc::new(Mutex::new(first)), seen: Arc::default() }
    }

    fn client(&self) -> Client {
        self.builder().build().unwrap()
    }

    fn builder(&self) -> ClientBuilder {
        Client::builder()
            .credential(Credential::new("AKID1", "key-text"))
            .endpoint(FIRST)
            .backup_endpoints([SECOND])
            .without_rate_limit()
            .transport(self.clone())
    }

    /// The hosts that were called since the last time, in order.
    fn hosts(&self) -> Vec<String> {
        self.seen.lock().unwrap().drain(..).map(|[host, ..]| host).collect()
    }
}

impl Transport for Network {
    fn send(&self, request: Request<Bytes>, _: usize) -> TransportFuture<'_> {
        let header = |name: &str| request.headers()[name].to_str().unwrap().to_owned();
        let host = request.uri().host().unwrap().to_owned();
        let behaviour = if host == FIRST { *self.first.lock().unwrap() } else { Host::Answers };
        self.seen.lock().unwrap().push([host, header("host"), header("authorization")]);
        let throttled =
            r#"{"Response":{"Error":{"Code":"RequestLimitExceeded","Message":""},"RequestId":"1"}}"#;
        let answer = match behaviour {
            Host::Answers => Ok(Response::new(Bytes::from_static(SUCCESS.as_bytes()))),
            Host::Throttles => Ok(Response::new(Bytes::from_static(throttled.as_bytes()))),
            Host::Says(body) => Ok(Response::new(Bytes::from_static(body))),
            Host::Fails(failure) => Err(TransportError::new(failure, "no")),
        };
        Box::pin(std::future::ready(answer))
    }
}

async fn confirm(client: &Client) -> Result<(), Error> {
    client.call(ConfirmRequest::new(["1"])).await.map(|_| ())
}

#[tokio::test(start_paused = true)]
async fn an_idempotent_call_goes_on_at_the_next_host_signed_for_it() {
    let network = Network::new(Host::Fails(TransportFailure::Disconnected));
    confirm(&network.client()).await.unwrap();
    let seen = network.seen.lock().unwrap().clone();
    assert_eq!([&seen[0][..2], &seen[1][..2]], [[FIRST, FIRST], [SECOND, SECOND]]);
    assert_ne!(seen[0][2], seen[1][2]);
}

#[tokio::test(start_paused = true)]
async fn a_call_that_must_not_happen_twice_only_changes_hosts_if_it_never_left() {
    let network = Network::new(Host::Fails(TransportFailure::Connect));
    network.client().call(CreateRequest).await.unwrap();
    assert_eq!(network.hosts(), [FIRST, SECOND]);

    for behaviour in [Host::Fails(TransportFailure::Disconnected), Host::Fails(TransportFailure::TimedOut)] {
        let network = Network::new(behaviour);
        network.client().call(CreateRequest).await.unwrap_err();
        assert_eq!(network.hosts(), [FIRST]);
    }
    let network = Network::new(Host::Throttles);
    network.client().call(CreateRequest).await.unwrap_err();
    assert_eq!(network.hosts(), [FIRST, FIRST, FIRST]);
}

/// Its host is left alone while the call waits, because others failed there.
#[tokio::test(start_paused = true)]
async fn a_call_that_must_not_happen_twice_stays_with_a_host_that_is_left_alone() {
    let network = Network::new(Host::Throttles);
    let client = network.client();
    let call = tokio::spawn(client.call(CreateRequest).into_future());
    while network.hosts().is_empty() {
        tokio::task::yield_now().await;
    }
    *network.first.lock().unwrap() = Host::Fails(TransportFailure::Connect);
    for _ in 0..5 {
        let _ = client.call(ConfirmRequest::new(["1"])).retry(RetryPolicy::none()).await;
    }
    *network.first.lock().unwrap() = Host::Answers;
    network.hosts();
    confirm(&client).await.unwrap();
    assert_eq!(network.hosts(), [SECOND], "others leave it alone");
    call.await.unwrap().unwrap();
    assert_eq!(network.hosts(), [FIRST]);
}

#[tokio::test(start_paused = true)]
async fn a_host_that_fails_again_and_again_is_left_alone_and_tried_later() {
    let network = Network::new(Host::Fails(TransportFailure::Disconnected));
    let client = network.builder().retry(RetryPolicy::none()).build().unwrap();
    for _ in 0..5 {
        confirm(&client).await.unwrap_err();
    }
    network.hosts();
    confirm(&client).await.unwrap();
    client.call(CreateRequest).await.unwrap();
    assert_eq!(network.hosts(), [SECOND, SECOND]);

    tokio::time::advance(Duration::from_secs(31)).await;
    confirm(&client).await.unwrap_err();
    confirm(&client).await.unwrap();
    assert_eq!(network.hosts(), [FIRST, SECOND]);

    *network.first.lock().unwrap() = Host::Answers;
    tokio::time::advance(Duration::from_secs(31)).await;
    confirm(&client).await.unwrap();
    confirm(&client).await.unwrap();
    assert_eq!(network.hosts(), [FIRST, FIRST]);
}

#[tokio::test(start_paused = true)]
async fn refusals_do_not_speak_against_a_host() {
    let network = Network::new(Host::Throttles);
    let client = network.builder().retry(RetryPolicy::none()).build().unwrap();
    for _ in 0..20 {
        confirm(&client).await.unwrap_err();
    }
    assert!(network.hosts().iter().all(|host| host == FIRST));
}

#[tokio::test(start_paused = true)]
async fn answers_that_cannot_be_read_do_not_speak_against_a_host() {
    for body in [
        &b"{\"Response\":{\"Count\":2,}}"[..],
        b"{\"Response\":[]}",
        b"{\"Response\":{\"\xff\":}}",
        b"{\"status\":\"ok\"}",
    ] {
        let network = Network::new(Host::Says(body));
        let client = network.builder().retry(RetryPolicy::none()).build().unwrap();
        for _ in 0..20 {
            confirm(&client).await.unwrap_err();
        }
        assert!(network.hosts().iter().all(|host| host == FIRST));
    }
}

#[test]
fn a_backup_that_is_no_address_is_refused() {
    let error = Network::new(Host::Answers).builder().backup_endpoints(["ftp://host"]).build().unwrap_err();
    assert!(error.to_string().starts_with("backup_endpoints: "), "{error}");
}
