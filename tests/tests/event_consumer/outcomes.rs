//! What a confirmation comes to, and that it is never glossed over.

use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::time::{Instant, sleep};
use vod_api::events::ConfirmError;
use vod_api::{Transport, TransportFuture};
use vod_emulator::{BadHandleInBatch, ConfirmTwice, Fault, Faults, Options};

use crate::SECOND;
use crate::service::{
    InProcess, calm_client, client, collect, confirm_options, is_over, next, number, publish, service,
};

#[tokio::test(start_paused = true)]
async fn a_late_confirmation_is_reported_as_late_under_every_option() {
    for options in confirm_options() {
        let service = service(options);
        publish(&service, 0..2);
        let mut stream = calm_client(&service).events().stream().unwrap();
        let mut deliveries = collect(&mut stream, 2).await;
        sleep(28 * SECOND).await;
        let late = deliveries.pop().unwrap();
        assert_eq!(late.remaining(), Duration::ZERO);
        assert!(matches!(late.confirm_and_wait().await, Err(ConfirmError::HandleExpired)));
        deliveries.pop().unwrap().confirm();
        assert_eq!(stream.stats().totals.expired, 2);
        for delivery in collect(&mut stream, 2).await {
            delivery.confirm_and_wait().await.unwrap();
        }
        assert!(is_over(&service));
    }
}

#[tokio::test(start_paused = true)]
async fn one_bad_handle_is_reported_alone_under_every_option() {
    for options in confirm_options() {
        let (bad_handle_in_batch, confirm_twice) = (options.bad_handle_in_batch, options.confirm_twice);
        let service = service(options);
        publish(&service, 0..16);
        // The service does not know the handle that the consumer gets for event 7.
        let transport = Spoil { inner: InProcess(service.clone()), number: "7" };
        let mut stream = client(&service, transport).events().stream().unwrap();
        let deliveries = collect(&mut stream, 16).await;
        let confirmations = deliveries
            .into_iter()
            .map(|delivery| async move { (number(delivery.event()), delivery.confirm_and_wait().await) });
        let outcomes = futures_util::future::join_all(confirmations).await;
        let state = service.state();
        assert_eq!(state.confirmed, 15, "every good handle is confirmed");
        let refuses_twice = confirm_twice == ConfirmTwice::Refuse;
        for (number, outcome) in outcomes {
            // Handles that were confirmed with the refused batch, and the bad one, look the same.
            let nobody_can_tell = refuses_twice
                && match bad_handle_in_batch {
                    BadHandleInBatch::ConfirmGoodOnes => true,
                    BadHandleInBatch::StopAtFirstBad => number <= 7,
                    _ => false,
                };
            match (number, &outcome) {
                (_, Err(ConfirmError::OutcomeUnknown)) if nobody_can_tell => {}
                (_, outcome) if nobody_can_tell => panic!("{number}: {outcome:?}"),
                // Where bad handles are ignored, success is all that the service tells.
                (7, Ok(())) if bad_handle_in_batch == BadHandleInBatch::IgnoreBadOnes => {}
                (7, Err(ConfirmError::Rejected(_))) => {}
                (7, outcome) => panic!("{outcome:?}"),
                (_, outcome) => assert!(outcome.is_ok(), "{outcome:?}"),
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_lost_answer_is_never_mistaken_under_any_option() {
    for options in confirm_options() {
        for (lost, reaches_the_service) in
            [(Fault::ResetAfterRequest, false), (Fault::ResetAfterHandling, true)]
        {
            let service = service(options.clone());
            publish(&service, 0..1);
            service.set_faults(Faults::none().script("ConfirmEvents", [lost])).unwrap();
            let mut stream = calm_client(&service).events().stream().unwrap();
            let outcome = next(&mut stream).await.confirm_and_wait().await;
            assert!(is_over(&service));
            match outcome {
                Ok(()) => {}
                Err(ConfirmError::OutcomeUnknown) => {
                    assert!(reaches_the_service && options.confirm_twice == ConfirmTwice::Refuse);
                }
                Err(other) => panic!("{other:?}"),
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn a_service_that_cannot_be_reached_is_told_from_a_refusal() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let unreachable = Fault::ConnectionRefused { lasting: Duration::ZERO };
    service.set_faults(Faults::none().random("ConfirmEvents", 1.0, unreachable)).unwrap();
    let mut stream = calm_client(&service).events().stream().unwrap();
    let start = Instant::now();
    let outcome = next(&mut stream).await.confirm_and_wait().await;
    assert!(matches!(outcome, Err(ConfirmError::Transport(_))), "{outcome:?}");
    assert_eq!(start.elapsed(), 28 * SECOND, "it is tried until the deadline");
    assert_eq!(stream.stats().totals.failed, 1);
}

#[tokio::test(start_paused = true)]
async fn confirming_after_the_end_says_so() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let mut stream = calm_client(&service).events().stream().unwrap();
    let delivery = next(&mut stream).await;
    stream.shutdown().abandon();
    assert!(matches!(delivery.confirm_and_wait().await, Err(ConfirmError::Shutdown)));
    assert!(stream.next().await.is_none());
}

/// The consumer counts 30 s; a service that counts fewer refuses what comes after them.
#[tokio::test(start_paused = true)]
async fn a_handle_that_expired_early_is_rejected_under_every_option() {
    for options in confirm_options() {
        let code = options.late_confirm_code.to_string();
        let service = service(Options { visibility_timeout: 20 * SECOND, ..options });
        publish(&service, 0..1);
        let mut stream = calm_client(&service).events().stream().unwrap();
        let early = next(&mut stream).await;
        sleep(25 * SECOND).await;
        match early.confirm_and_wait().await {
            Err(ConfirmError::Rejected(cause)) => assert_eq!(cause.code_str(), Some(code.as_str())),
            outcome => panic!("{outcome:?}"),
        }
        next(&mut stream).await.confirm_and_wait().await.unwrap();
        assert!(is_over(&service));
        let totals = stream.stats().totals;
        assert_eq!((totals.rejected, totals.confirmed), (1, 1));
    }
}

#[tokio::test(start_paused = true)]
async fn abandoning_ends_the_wait_for_an_answer_as_unknown() {
    let service = service(Options::default());
    publish(&service, 0..1);
    let slow = Fault::Latency { before: Duration::ZERO, after: 3 * SECOND };
    service.set_faults(Faults::none().random("ConfirmEvents", 1.0, slow)).unwrap();
    let mut stream = calm_client(&service).events().stream().unwrap();
    let delivery = next(&mut stream).await;
    let shutdown = stream.shutdown();
    let confirming = tokio::spawn(delivery.confirm_and_wait());
    sleep(SECOND).await;
    shutdown.abandon();
    assert!(matches!(confirming.await.unwrap(), Err(ConfirmError::OutcomeUnknown)));
    assert!(is_over(&service), "the service has confirmed it");
}

/// Gives the event of a number a handle that the service does not know.
struct Spoil {
    inner: InProcess,
    number: &'static str,
}

impl Transport for Spoil {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        Box::pin(async move {
            let is_pull = request.headers().get("x-tc-action").is_some_and(|action| action == "PullEvents");
            let mut answer = self.inner.send(request, limit).await?;
            if is_pull {
                let mut body: serde_json::Value = serde_json::from_slice(answer.body()).unwrap();
                for event in body["Response"]["EventSet"].as_array_mut().into_iter().flatten() {
                    if event["FileDeleteEvent"]["FileIdSet"][0] == self.number {
                        event["EventHandle"] = "unknown".into();
                    }
                }
                *answer.body_mut() = body.to_string().into();
            }
            Ok(answer)
        })
    }
}
