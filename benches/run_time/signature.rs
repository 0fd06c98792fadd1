//! One TC3 signature of a body of 1 KiB, beside bare `hmac` and `sha2` with the same key cached.
#![allow(missing_docs, clippy::expect_used, reason = "a bench is no library")]

mod cpu_time;
mod handmade;

use criterion::Criterion;
use vod_api::Credential;
use vod_api::signature::{Signer, tc3};

use self::cpu_time::CpuTime;
use self::handmade::HandmadeSigner;

const ID: &str = "AKIDEXAMPLE0000000000000000000000000";
const KEY: &str = "SecretKeyEXAMPLE0000000000000000";
const HOST: &str = "vod.tencentcloudapi.com";
/// 2025-01-01T00:00:00Z
const TIMESTAMP: u64 = 1_735_689_600;

fn main() {
    let body = [b'x'; 1024];
    let signer = Signer::new(Credential::new(ID, KEY));
    let parts = tc3::Parts {
        method: "POST",
        host: HOST,
        content_type: "application/json",
        action: None,
        query: "",
        payload: tc3::Payload::Signed(&body),
        service: "vod",
        timestamp: TIMESTAMP,
    };
    let floor = HandmadeSigner::new(ID, KEY, HOST, "vod", "2025-01-01");
    assert_eq!(signer.tc3(&parts), floor.authorization(TIMESTAMP, &body));

    let mut criterion = Criterion::default().with_measurement(CpuTime).configure_from_args();
    let mut group = criterion.benchmark_group("signature");
    group.bench_function("ours", |b| b.iter(|| signer.tc3(&parts)));
    group.bench_function("floor", |b| b.iter(|| floor.authorization(TIMESTAMP, &body)));
    group.finish();
    criterion.final_summary();
}
