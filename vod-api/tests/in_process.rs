//! The emulator as a transport: the whole way of a call, checked by the other side, without a socket and on a
//! paused clock.

#![cfg(feature = "events")]
#![allow(clippy::unwrap_used, reason = "a test is to fail")]

use std::time::Duration;

use bytes::Bytes;
use vod_api::vod::{
    ConfirmEventsRequest, DescribeEventsState, DescribeEventsStateRequest, PullEventsRequest,
};
use vod_api::{
    Action, Client, ClientBuilder, Credential, HttpMethod, SignatureMethod, Transport, TransportFuture,
};
use vod_emulator::{ClockSkew, EmulatedService, Emulator, Options};

/// All that it takes.
struct InProcess(EmulatedService);

impl Transport for InProcess {
    fn send(&self, request: http::Request<Bytes>, _: usize) -> TransportFuture<'_> {
        Box::pin(async { Ok(self.0.respond(request).await) })
    }
}

fn service(options: Options) -> EmulatedService {
    Emulator::builder().options(options).build().unwrap()
}

fn builder(service: &EmulatedService) -> ClientBuilder {
    Client::builder()
        .credential(Credential::new(service.secret_id(), service.secret_key()))
        .transport(InProcess(service.clone()))
}

#[tokio::test(start_paused = true)]
async fn an_event_is_pulled_and_confirmed_by_every_signature() {
    let service = service(Options::default());
    for (method, signature) in [
        (HttpMethod::Post, SignatureMethod::Tc3),
        (HttpMethod::Get, SignatureMethod::Tc3),
        (HttpMethod::Post, SignatureMethod::HmacSha256),
        (HttpMethod::Get, SignatureMethod::HmacSha1),
    ] {
        let client = builder(&service).method(method).signature(signature).build().unwrap();
        service.publish(vod_emulator::samples::new_file_upload(1)).unwrap();
        let pulled = client.pull_events(PullEventsRequest::new()).await.unwrap();
        let handles: Vec<String> = pulled.event_set.iter().map(|event| event.event_handle.clone()).collect();
        assert_eq!(handles.len(), 1, "{signature:?}");
        client.confirm_events(ConfirmEventsRequest::new(handles)).await.unwrap();
    }
    assert_eq!(service.state().confirmed, 4);
}

#[tokio::test(start_paused = true)]
async fn a_clock_that_is_an_hour_wrong_is_put_right() {
    for skew in [ClockSkew::Ahead(Duration::from_hours(1)), ClockSkew::Behind(Duration::from_hours(1))] {
        let service = service(Options { clock_skew: skew, ..Options::default() });
        service.publish(vod_emulator::samples::new_file_upload(1)).unwrap();
        let client = builder(&service).build().unwrap();
        assert_eq!(client.pull_events(PullEventsRequest::new()).await.unwrap().event_set.len(), 1);
    }
}

#[tokio::test(start_paused = true)]
#[allow(clippy::disallowed_methods, reason = "a test of the rate needs the time")]
async fn a_client_alone_is_never_throttled() {
    let service = service(Options { enforce_rate_limits: true, ..Options::default() });
    let client = builder(&service)
        .on_attempt(|attempt| assert!(attempt.number == 1, "sent again: {:?}", attempt.error))
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    let calls: Vec<_> = (0..500)
        .map(|number| {
            let client = client.clone();
            tokio::spawn(async move {
                let unknown =
                    client.confirm_events(ConfirmEventsRequest::new([format!("handle-{number}")])).await;
                assert_eq!(unknown.unwrap_err().code_str(), Some("InvalidParameterValue"));
            })
        })
        .collect();
    for call in calls {
        call.await.unwrap();
    }
    let per_second = 500.0 / start.elapsed().as_secs_f64();
    assert!((98.0..=100.5).contains(&per_second), "{per_second} calls a second");
}

#[tokio::test(start_paused = true)]
#[allow(clippy::disallowed_methods, reason = "a test of the rate needs the time")]
async fn calls_without_a_published_rate_are_neither_spaced_nor_refused() {
    assert_eq!(DescribeEventsState::META.rate_limit, 0, "the vendor publishes none");
    let service = service(Options { enforce_rate_limits: true, ..Options::default() });
    let client = builder(&service)
        .on_attempt(|attempt| assert!(attempt.error.is_none(), "{:?}", attempt.error))
        .build()
        .unwrap();
    let start = tokio::time::Instant::now();
    for _ in 0..500 {
        client.describe_events_state(DescribeEventsStateRequest::new()).await.unwrap();
    }
    assert_eq!(start.elapsed(), Duration::ZERO);
}
