//! A metrics recorder for tests, which keeps what is recorded.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use metrics::{
    Counter, CounterFn, Gauge, GaugeFn, Histogram, HistogramFn, Key, KeyName, Metadata, Recorder,
    SharedString, Unit,
};

/// Keeps counters, gauges, and how often and with what sum histograms were told, by name and labels. The labels
/// `service` and `action` are left out.
#[derive(Clone, Default)]
pub(crate) struct Kept(Arc<Mutex<BTreeMap<String, Value>>>);

#[derive(Default)]
struct Value {
    number: i64,
    seconds: f64,
}

impl Kept {
    /// Counters, gauges, and how often histograms were told, that were told at all; of names that begin so.
    pub(crate) fn values(&self, prefix: &str) -> Vec<(String, i64)> {
        let values = self.0.lock().unwrap();
        let named = values.iter().filter(|(name, _)| name.starts_with(prefix));
        named.map(|(name, value)| (name.clone(), value.number)).collect()
    }

    /// The sum of a histogram of durations.
    pub(crate) fn time(&self, name: &str) -> Duration {
        Duration::from_secs_f64(self.0.lock().unwrap()[name].seconds)
    }
}

struct Cell(Kept, String);

impl Cell {
    fn of(kept: &Kept, key: &Key) -> Arc<Self> {
        let labels = key.labels().filter(|label| !["service", "action"].contains(&label.key()));
        let name = labels.fold(key.name().to_owned(), |name, label| format!("{name} {}", label.value()));
        Arc::new(Self(kept.clone(), name))
    }

    fn add(&self, number: i64, seconds: f64) {
        let mut values = self.0.0.lock().unwrap();
        let value = values.entry(self.1.clone()).or_default();
        value.number += number;
        value.seconds += seconds;
    }
}

impl CounterFn for Cell {
    fn increment(&self, value: u64) {
        self.add(value.cast_signed(), 0.0);
    }
    fn absolute(&self, value: u64) {
        self.add(value.cast_signed(), 0.0);
    }
}

#[allow(clippy::cast_possible_truncation, reason = "gauges of tests are small whole numbers")]
impl GaugeFn for Cell {
    fn increment(&self, value: f64) {
        self.add(value as i64, 0.0);
    }
    fn decrement(&self, value: f64) {
        self.add(-(value as i64), 0.0);
    }
    fn set(&self, value: f64) {
        self.0.0.lock().unwrap().entry(self.1.clone()).or_default().number = value as i64;
    }
}

impl HistogramFn for Cell {
    fn record(&self, seconds: f64) {
        self.add(1, seconds);
    }
}

impl Recorder for Kept {
    fn describe_counter(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_gauge(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn describe_histogram(&self, _: KeyName, _: Option<Unit>, _: SharedString) {}
    fn register_counter(&self, key: &Key, _: &Metadata<'_>) -> Counter {
        Counter::from_arc(Cell::of(self, key))
    }
    fn register_gauge(&self, key: &Key, _: &Metadata<'_>) -> Gauge {
        Gauge::from_arc(Cell::of(self, key))
    }
    fn register_histogram(&self, key: &Key, _: &Metadata<'_>) -> Histogram {
        Histogram::from_arc(Cell::of(self, key))
    }
}
