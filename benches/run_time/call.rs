//! A full call of `ConfirmEvents` over loopback with everything on, beside bare `reqwest` with a handmade signature.
//!
//! First without a `tracing` subscriber, then with one at INFO, as most programs run. The two clients take turns, a
//! few hundred calls at a time, and it is the ratio of each turn that counts: other programs on the machine disturb
//! neighbours alike. `benches/ratios.py` reads what is printed.
#![allow(missing_docs, clippy::expect_used, clippy::print_stdout, reason = "a bench is no library")]

mod bare;
mod both;
mod cpu_time;
mod derive;
mod handmade;
mod paced;
mod responder;

use criterion::measurement::{Measurement, WallTime};
use tokio::runtime::Runtime;
use tracing::level_filters::LevelFilter;

use self::both::{Both, at_once, runtime};
use self::cpu_time::CpuTime;
use self::responder::{Service, is_service};

/// Calls of one turn.
const CALLS: u64 = 320;
/// Turns of each client.
const TURNS: usize = 60;

fn main() {
    if is_service() {
        return;
    }
    let service = Service::start();
    let both = Both::new(&service.address);
    let bench = Bench { both, runtime: runtime() };
    bench.side_by_side("call_cpu_1", &CpuTime, 1);
    bench.side_by_side("call_cpu_16", &CpuTime, 16);
    bench.side_by_side("call_cpu_64", &CpuTime, 64);
    bench.side_by_side("call_wall_1", &WallTime, 1);
    tracing_subscriber::fmt().with_max_level(LevelFilter::INFO).with_writer(std::io::sink).init();
    bench.side_by_side("call_info_cpu_1", &CpuTime, 1);
    bench.side_by_side("call_info_cpu_16", &CpuTime, 16);
    bench.side_by_side("call_info_cpu_64", &CpuTime, 64);
}

struct Bench {
    both: Both,
    runtime: Runtime,
}

impl Bench {
    /// Prints the medians of both in nanoseconds for a call, and the median of the turns' ratios.
    fn side_by_side<M: Measurement>(&self, name: &str, measurement: &M, in_flight: u64) {
        let ours = || self.turn(measurement, in_flight, || self.both.ours());
        let floor = || self.turn(measurement, in_flight, || self.both.bare());
        // Connections are opened, keys derived, tables grown.
        ours();
        floor();
        let turns = (0..TURNS).map(|turn| {
            if turn % 2 == 0 {
                let ours = ours();
                (ours, floor())
            } else {
                let floor = floor();
                (ours(), floor)
            }
        });
        let (ours, floor): (Vec<f64>, Vec<f64>) = turns.unzip();
        let ratios = ours.iter().zip(&floor).map(|(ours, floor)| ours / floor).collect();
        println!("{name} ours={:.0} floor={:.0} ratio={:.3}", median(ours), median(floor), median(ratios));
    }

    /// Nanoseconds for a call.
    #[allow(clippy::cast_precision_loss, reason = "far below 2^53")]
    fn turn<M, F>(&self, measurement: &M, in_flight: u64, call: impl Fn() -> F) -> f64
    where
        M: Measurement,
        F: Future<Output = String> + Send + 'static,
    {
        self.runtime.block_on(async {
            let start = measurement.start();
            for _ in 0..CALLS / in_flight {
                at_once(in_flight, &call).await;
            }
            measurement.to_f64(&measurement.end(start)) / CALLS as f64
        })
    }
}

fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    values[values.len() / 2]
}
