//! A request to JSON and an answer from JSON, beside serde's derives on the same structs.
//!
//! `-- --render` renders the derives' structs anew after the specs have changed.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench is no library"
)]

mod answer;
mod cpu_time;
mod derive;

use std::fs;
use std::path::Path;

use bytes::Bytes;
use criterion::{Criterion, Throughput};
use serde_json::Value;
use vod_api::__private::measured;
use vod_api::vod::{ConfirmEventsRequest, PullEventsResponse};

use self::answer::{event_handle, pull_events_answer};
use self::cpu_time::CpuTime;
use self::derive::render::{render, service};

fn main() {
    if std::env::args().any(|argument| argument == "--render") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("benches/derive/types.rs");
        fs::write(path, render(&service())).expect("the sources can be written");
        return;
    }
    assert!(
        render(&service()) == include_str!("derive/types.rs"),
        "the specs have changed; run `cargo bench -p vod-api --bench codec -- --render`"
    );
    let mut criterion = Criterion::default().with_measurement(CpuTime).configure_from_args();
    encode(&mut criterion);
    decode(&mut criterion);
    criterion.final_summary();
}

fn encode(criterion: &mut Criterion<CpuTime>) {
    let handles: Vec<String> = (0..16).map(event_handle).collect();
    let request = ConfirmEventsRequest::new(handles.clone()).sub_app_id(1_500_000_001_u64);
    let derived = derive::ConfirmEventsRequest {
        event_handles: handles,
        sub_app_id: Some(1_500_000_001),
        ..Default::default()
    };
    let body = measured::encode(&request);
    assert_eq!(body, serde_json::to_vec(&derived).expect("it is JSON"));

    let mut group = criterion.benchmark_group("encode");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("ours", |b| b.iter(|| measured::encode(&request)));
    group.bench_function("floor", |b| b.iter(|| serde_json::to_vec(&derived)));
    group.bench_function("query", |b| b.iter(|| measured::encode_query(&request)));
    group.finish();
}

fn decode(criterion: &mut Criterion<CpuTime>) {
    let text = pull_events_answer(&service());
    println!("the answer of PullEvents has {} bytes", text.len());
    let body = Bytes::from(text);
    let ours = || {
        let mut response = PullEventsResponse::default();
        measured::decode(&body, &mut response).expect("the answer fits");
        response
    };
    let floor = || {
        serde_json::from_slice::<derive::Envelope<derive::PullEventsResponse>>(&body)
            .expect("the answer fits")
            .response
    };
    let value = |text: serde_json::Result<Value>| text.expect("it is JSON");
    assert_eq!(
        value(serde_json::to_value(ours())),
        value(serde_json::to_value(floor())),
        "both read the same"
    );

    let mut group = criterion.benchmark_group("decode");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("ours", |b| b.iter(ours));
    group.bench_function("floor", |b| b.iter(floor));
    group.finish();
}
