//! The feature `metrics`.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use metrics::{
    Counter, CounterFn, Gauge, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder, SharedString, Unit,
};

use super::fixture::{Confirm, ConfirmRequest, ConfirmResponse};
use crate::testing::MockTransport;

/// Keeps what is counted, by name and outcome.
#[derive(Clone, Default)]
struct Kept(Arc<Mutex<BTreeMap<String, u64>>>);

struct Cell(Kept, String);

impl Cell {
    fn of(kept: &Kept, key: &Key) -> Arc<Self> {
        let outcome = key.labels().find(|label| label.key() == "outcome").map_or("", |label| label.value());
        Arc::new(Self(kept.clone(), format!("{} {outcome}", key.name()).trim_end().to_owned()))
    }
    fn add(&self, value: u64) {
        *self.0.0.lock().unwrap().entry(self.1.clone()).or_default() += value;
    }
}

impl CounterFn for Cell {
    fn increment(&self, value: u64) {
        self.add(value);
    }
    fn absolute(&self, value: u64) {
        self.add(value);
    }
}

impl HistogramFn for Cell {
    fn record(&self, _: f64) {
        self.add(1);
    }
}

impl Recorder for Kept {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Cell::of(self, key))
    }
    fn register_gauge(&self, _: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::noop()
    }
    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(Cell::of(self, key))
    }
}

#[test]
fn calls_and_attempts_are_counted_by_their_outcome() {
    let kept = Kept::default();
    metrics::with_local_recorder(&kept, || {
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_all().start_paused(true).build().unwrap();
        runtime.block_on(async {
            let mock = MockTransport::new();
            mock.on::<Confirm>()
                .error("InternalError.DBError", "")
                .respond(ConfirmResponse::default())
                .error("InvalidParameterValue", "")
                .error("Unheard.Of", "");
            let client = mock.builder().build().unwrap();
            client.call(ConfirmRequest::new(["1"])).await.unwrap();
            client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
            client.call(ConfirmRequest::new(["1"])).await.unwrap_err();
        });
    });
    let expected = [
        ("vod_api_attempt_seconds", 4),
        ("vod_api_attempts_total InternalError", 1),
        ("vod_api_attempts_total InvalidParameterValue", 1),
        ("vod_api_attempts_total ok", 1),
        ("vod_api_attempts_total other code", 1),
        ("vod_api_call_seconds", 3),
        ("vod_api_calls_total InvalidParameterValue", 1),
        ("vod_api_calls_total ok", 1),
        ("vod_api_calls_total other code", 1),
        ("vod_api_pacing_seconds", 4),
        ("vod_api_retries_total", 1),
    ];
    let expected: BTreeMap<String, u64> = expected.map(|(name, count)| (name.to_owned(), count)).into();
    assert_eq!(*kept.0.lock().unwrap(), expected);
}
