//! The feature `metrics`.

use super::fixture::{Confirm, ConfirmRequest, ConfirmResponse};
use crate::telemetry::test_recorder::Kept;
use crate::testing::MockTransport;

#[test]
fn calls_and_attempts_are_counted_by_their_outcome() {
    let kept = Kept::default();
    metrics::with_local_recorder(&kept, || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let mock = MockTransport::new();
            mock.on::<Confirm>()
                .respond_error("InternalError.DBError", "")
                .respond(ConfirmResponse::default())
                .respond_error("InvalidParameterValue", "")
                .respond_error("Unheard.Of", "")
                .respond_http(http::Response::new(r#"{"Response":{"Count":"x","RequestId":[]}}"#));
            let client = mock.builder().build().unwrap();
            client.call(ConfirmRequest::new(["1"])).await.unwrap();
            client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
            client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
            client.call(ConfirmRequest::new(["1"])).await.unwrap();
        });
    });
    let expected = [
        ("vod_api_attempt_seconds", 5),
        ("vod_api_attempts_total InternalError", 1),
        ("vod_api_attempts_total InvalidParameterValue", 1),
        ("vod_api_attempts_total ok", 2),
        ("vod_api_attempts_total other code", 1),
        ("vod_api_call_seconds", 4),
        ("vod_api_calls_total InvalidParameterValue", 1),
        ("vod_api_calls_total ok", 2),
        ("vod_api_calls_total other code", 1),
        ("vod_api_mismatches_total", 2),
        ("vod_api_rate_limit_wait_seconds", 5),
        ("vod_api_retries_total", 1),
    ];
    let expected: Vec<(String, i64)> = expected.map(|(name, count)| (name.to_owned(), count)).into();
    assert_eq!(kept.values(""), expected);
}
