//! A request to JSON, and full-size answers from and to JSON, beside serde's derives on the same structs.
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
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use vod_api::Record;
use vod_api::internal::bench;
use vod_api::vod::{
    ConfirmEventsRequest, DescribeMediaInfosResponse, DescribeTaskDetailResponse, PullEventsResponse,
};
use vod_spec::model::Service;

use self::answer::event_handle;
use self::cpu_time::CpuTime;
use self::derive::render::{Extent, render};

/// Actions whose types are rendered.
const ACTIONS: [&str; 4] = ["ConfirmEvents", "DescribeMediaInfos", "DescribeTaskDetail", "PullEvents"];

fn main() {
    let service = service();
    let rendered = render(&service, Extent::Fields);
    if std::env::args().any(|argument| argument == "--render") {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("run_time/derive/types.rs");
        fs::write(path, rendered).expect("the sources can be written");
        return;
    }
    assert!(
        rendered == include_str!("derive/types.rs"),
        "the specs have changed; run `cargo bench -p vod-benches --bench codec -- --render`"
    );
    let mut criterion = Criterion::default().with_measurement(CpuTime).configure_from_args();
    request(&mut criterion);
    answer::<PullEventsResponse, derive::PullEventsResponse>(
        &mut criterion,
        "pull_events",
        answer::pull_events(&service),
    );
    answer::<DescribeMediaInfosResponse, derive::DescribeMediaInfosResponse>(
        &mut criterion,
        "media_infos",
        answer::describe_media_infos(&service),
    );
    answer::<DescribeTaskDetailResponse, derive::DescribeTaskDetailResponse>(
        &mut criterion,
        "task_detail",
        answer::describe_task_detail(&service),
    );
    criterion.final_summary();
}

/// The specs that the bench knows.
fn service() -> Service {
    let loaded = vod_spec::load_service(Path::new(env!("CARGO_MANIFEST_DIR")), Path::new("../api-specs/vod"));
    assert!(loaded.problems.is_empty(), "{:?}", loaded.problems);
    loaded.service.select(&ACTIONS).expect("the actions exist")
}

fn request(criterion: &mut Criterion<CpuTime>) {
    let handles: Vec<String> = (0..16).map(event_handle).collect();
    let request = ConfirmEventsRequest::new(handles.clone()).sub_app_id(1_500_000_001_u64);
    let derived = derive::ConfirmEventsRequest {
        event_handles: handles,
        sub_app_id: Some(1_500_000_001),
        ..Default::default()
    };
    let body = bench::encode(&request);
    assert_eq!(body, serde_json::to_vec(&derived).expect("it is JSON"));

    let mut group = criterion.benchmark_group("encode");
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("ours", |b| b.iter(|| bench::encode(&request)));
    group.bench_function("floor", |b| b.iter(|| serde_json::to_vec(&derived)));
    group.bench_function("query", |b| b.iter(|| bench::encode_query(&request)));
    group.finish();
}

/// An answer from JSON, and what it says to JSON.
fn answer<Ours, Floor>(criterion: &mut Criterion<CpuTime>, name: &str, text: String)
where
    Ours: Record + Default + Serialize,
    Floor: DeserializeOwned + Serialize,
{
    println!("the answer {name} has {} bytes", text.len());
    let body = Bytes::from(text);
    let ours = || {
        let mut response = Ours::default();
        bench::decode(&body, &mut response).expect("the answer fits");
        response
    };
    let floor =
        || serde_json::from_slice::<derive::Envelope<Floor>>(&body).expect("the answer fits").response;
    let (decoded, derived) = (ours(), floor());
    let value = |text: serde_json::Result<Value>| text.expect("it is JSON");
    assert_eq!(
        value(serde_json::to_value(&decoded)),
        value(serde_json::to_value(&derived)),
        "both read the same"
    );
    let encoded = bench::encode(&decoded);
    assert_eq!(encoded, serde_json::to_vec(&derived).expect("it is JSON"), "both write the same");

    let mut group = criterion.benchmark_group(format!("decode_{name}"));
    group.throughput(Throughput::Bytes(body.len() as u64));
    group.bench_function("ours", |b| b.iter(ours));
    group.bench_function("floor", |b| b.iter(floor));
    group.finish();
    let mut group = criterion.benchmark_group(format!("encode_{name}"));
    group.throughput(Throughput::Bytes(encoded.len() as u64));
    group.bench_function("ours", |b| b.iter(|| bench::encode(&decoded)));
    group.bench_function("floor", |b| b.iter(|| serde_json::to_vec(&derived)));
    group.finish();
}
