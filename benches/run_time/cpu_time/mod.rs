//! Criterion's measurement by CPU time, which other programs on the machine disturb less than a clock's.
#![allow(dead_code, unreachable_pub, reason = "each bench uses a part")]

use criterion::Throughput;
use criterion::measurement::{Measurement, ValueFormatter, WallTime};
use rustix::time::{ClockId, clock_gettime};

/// The CPU time of this process with all its threads, in user and kernel mode.
#[derive(Debug, Clone, Copy, Default)]
pub struct CpuTime;

impl CpuTime {
    /// Nanoseconds since the process began.
    fn nanoseconds() -> i64 {
        let time = clock_gettime(ClockId::ProcessCPUTime);
        time.tv_sec * 1_000_000_000 + time.tv_nsec
    }
}

#[allow(clippy::cast_precision_loss)] // a bench runs seconds: far below 2^53 ns
impl Measurement for CpuTime {
    type Intermediate = i64;
    type Value = i64;

    fn start(&self) -> i64 {
        Self::nanoseconds()
    }
    fn end(&self, start: i64) -> i64 {
        Self::nanoseconds() - start
    }
    fn add(&self, a: &i64, b: &i64) -> i64 {
        a + b
    }
    fn zero(&self) -> i64 {
        0
    }
    fn to_f64(&self, value: &i64) -> f64 {
        *value as f64
    }
    fn formatter(&self) -> &dyn ValueFormatter {
        &Nanoseconds
    }
}

/// Shows nanoseconds the way that criterion shows a clock's.
struct Nanoseconds;

impl ValueFormatter for Nanoseconds {
    fn scale_values(&self, typical: f64, values: &mut [f64]) -> &'static str {
        WallTime.formatter().scale_values(typical, values)
    }
    fn scale_throughputs(&self, typical: f64, throughput: &Throughput, values: &mut [f64]) -> &'static str {
        WallTime.formatter().scale_throughputs(typical, throughput, values)
    }
    fn scale_for_machines(&self, values: &mut [f64]) -> &'static str {
        WallTime.formatter().scale_for_machines(values)
    }
}
