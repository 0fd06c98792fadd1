//! A full call of `ConfirmEvents` over loopback, beside bare `reqwest` with a handmade signature.
//!
//! The service is another process, so that the CPU time is the client's alone: the bench starts itself once
//! more with `--serve`.
#![allow(missing_docs, clippy::expect_used, reason = "a bench is no library")]

mod cpu_time;
mod derive;
mod handmade;
mod responder;

use std::io::{BufRead as _, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{SystemTime, UNIX_EPOCH};

use criterion::measurement::{Measurement, WallTime};
use criterion::{Criterion, Throughput};
use reqwest::Url;
use reqwest::header::{AUTHORIZATION, CONTENT_TYPE};
use tokio::runtime::Runtime;
use tokio::task::JoinSet;
use vod_api::vod::ConfirmEventsRequest;
use vod_api::{Client, Credential};

use self::cpu_time::CpuTime;
use self::handmade::HandmadeSigner;

const ID: &str = "AKIDEXAMPLE0000000000000000000000000";
const KEY: &str = "SecretKeyEXAMPLE0000000000000000";

fn main() {
    if std::env::args().any(|argument| argument == "--serve") {
        responder::serve().expect("the loopback takes connections");
        return;
    }
    let (mut service, address) = start_service();
    let runtime =
        tokio::runtime::Builder::new_current_thread().enable_all().build().expect("a runtime starts");
    let bench = Bench {
        ours: Client::builder()
            .credential(Credential::new(ID, KEY))
            .endpoint(format!("http://{address}"))
            .without_pacing()
            .build()
            .expect("the settings are right"),
        floor: Floor::new(&address),
        handles: (0..16).map(|i| format!("EventHandle-5285890784{i:06}-9e3779b97f4a7c15")).collect(),
    };
    let mut cpu = Criterion::default().with_measurement(CpuTime).configure_from_args();
    for in_flight in [1, 16, 64] {
        bench.run(&mut cpu, &runtime, &format!("call_cpu_{in_flight}"), in_flight);
    }
    cpu.final_summary();
    let mut wall = Criterion::default().with_measurement(WallTime).configure_from_args();
    bench.run(&mut wall, &runtime, "call_wall_1", 1);
    wall.final_summary();
    drop(bench);
    service.kill().expect("the service still runs");
    service.wait().expect("the service ends");
}

/// Starts the service, and waits until it tells its address.
fn start_service() -> (Child, String) {
    let mut service = Command::new(std::env::current_exe().expect("the bench is a file"))
        .arg("--serve")
        .stdout(Stdio::piped())
        .spawn()
        .expect("the bench can run");
    let output = service.stdout.take().expect("it is piped");
    let mut address = String::new();
    BufReader::new(output).read_line(&mut address).expect("the service tells its address");
    (service, address.trim().to_owned())
}

struct Bench {
    ours: Client,
    floor: Floor,
    handles: Vec<String>,
}

impl Bench {
    fn run<M: Measurement>(
        &self,
        criterion: &mut Criterion<M>,
        runtime: &Runtime,
        name: &str,
        in_flight: u64,
    ) {
        let mut group = criterion.benchmark_group(name);
        group.throughput(Throughput::Elements(in_flight));
        group.bench_function("ours", |b| b.to_async(runtime).iter(|| at_once(in_flight, || self.ours())));
        group.bench_function("floor", |b| b.to_async(runtime).iter(|| at_once(in_flight, || self.floor())));
        group.finish();
    }

    /// One call as a caller makes it, with a request of its own.
    fn ours(&self) -> impl Future<Output = String> + Send + 'static {
        let client = self.ours.clone();
        let request = ConfirmEventsRequest::new(self.handles.clone()).sub_app_id(1_500_000_001_u64);
        async move { client.confirm_events(request).await.expect("the call succeeds").request_id }
    }

    fn floor(&self) -> impl Future<Output = String> + Send + 'static {
        let client = self.floor.clone();
        let request = derive::ConfirmEventsRequest {
            event_handles: self.handles.clone(),
            sub_app_id: Some(1_500_000_001),
            ..Default::default()
        };
        async move { client.confirm_events(request).await.request_id }
    }
}

/// Makes calls at the same time, and waits for all of them.
async fn at_once<F>(count: u64, call: impl Fn() -> F)
where
    F: Future<Output = String> + Send + 'static,
{
    if count == 1 {
        assert!(!call().await.is_empty());
        return;
    }
    let mut calls: JoinSet<String> = (0..count).map(|_| call()).collect();
    while let Some(request_id) = calls.join_next().await {
        assert!(!request_id.expect("no call panics").is_empty());
    }
}

/// A client for one action: `reqwest` with the settings that ours has, and nothing that a call could do without.
#[derive(Clone)]
struct Floor {
    http: reqwest::Client,
    url: Url,
    signer: Arc<HandmadeSigner>,
}

impl Floor {
    fn new(address: &str) -> Self {
        Self {
            http: reqwest::Client::builder()
                .http1_only()
                .tcp_nodelay(true)
                .redirect(reqwest::redirect::Policy::none())
                .retry(reqwest::retry::never())
                .no_proxy()
                .build()
                .expect("the settings are right"),
            url: Url::parse(&format!("http://{address}/")).expect("it is an address"),
            // The responder takes any date.
            signer: Arc::new(HandmadeSigner::new(ID, KEY, address, "vod", "2025-01-01")),
        }
    }

    async fn confirm_events(&self, request: derive::ConfirmEventsRequest) -> derive::ConfirmEventsResponse {
        let body = serde_json::to_vec(&request).expect("it is JSON");
        let timestamp = now();
        let authorization = self.signer.authorization(timestamp, &body);
        let answer = self
            .http
            .post(self.url.clone())
            .header(CONTENT_TYPE, "application/json")
            .header("X-TC-Action", "ConfirmEvents")
            .header("X-TC-Version", "2018-07-17")
            .header("X-TC-Timestamp", timestamp)
            .header(AUTHORIZATION, authorization)
            .body(body)
            .send()
            .await
            .expect("the service answers");
        let body = answer.bytes().await.expect("the answer is whole");
        let envelope: derive::Envelope<derive::ConfirmEventsResponse> =
            serde_json::from_slice(&body).expect("the answer fits");
        envelope.response
    }
}

#[allow(clippy::disallowed_methods, reason = "the floor has no clock of its own")]
fn now() -> u64 {
    SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs())
}
