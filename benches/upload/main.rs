//! An upload of a file to storage on this machine, by vod-api and by a bare loop over reqwest.
//!
//! `benches/upload/run.py` builds and runs it: each upload is a process of its own, so that its CPU time and its memory
//! are those of the upload alone, and storage is another one.
#![allow(
    missing_docs,
    clippy::expect_used,
    clippy::panic,
    clippy::print_stdout,
    reason = "a bench is no library"
)]

mod storage;

use std::fs::File;
use std::os::unix::fs::FileExt as _;
use std::sync::Arc;

use tokio::runtime::Runtime;
use tokio::sync::Semaphore;
use tokio::task::{JoinSet, spawn_blocking};
use vod_api::{Client, Credential};

fn main() {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments.as_slice() {
        ["serve"] => storage::serve(),
        ["ours", job @ ..] => run(ours(Job::of(job))),
        ["bare", job @ ..] => run(bare(Job::of(job))),
        _ => println!("python3 benches/upload/run.py runs this bench"),
    }
}

fn run(upload: impl Future<Output = ()>) {
    Runtime::new().expect("a runtime starts").block_on(upload);
}

/// What is uploaded, and how.
struct Job {
    /// Where storage is.
    base: String,
    file: String,
    part_size: u64,
    concurrency: usize,
}

impl Job {
    fn of(arguments: &[&str]) -> Self {
        let [base, file, part_size, concurrency] = arguments else {
            panic!("four arguments are needed: address, file, part size, concurrency")
        };
        Self {
            base: (*base).to_owned(),
            file: (*file).to_owned(),
            part_size: part_size.parse().expect("a number of bytes"),
            concurrency: concurrency.parse().expect("a number of parts"),
        }
    }
}

/// With all that an upload does: signatures, checksums of parts and object, retries, progress, the file's stamp.
async fn ours(job: Job) {
    let client = Client::builder()
        .credential(Credential::new("AKID-bench", "secret-key-of-the-bench"))
        .endpoint(job.base.as_str())
        .build()
        .expect("the settings are right");
    let upload = client.upload(job.file).part_size(job.part_size).concurrency(job.concurrency);
    let uploaded = upload.on_progress(|progress| _ = std::hint::black_box(*progress)).await;
    assert!(uploaded.expect("the upload succeeds").is_verified, "the checksums were compared");
}

/// The least that sends the same parts at the same concurrency: no signature, no checksum, no retry.
async fn bare(job: Job) {
    let file = Arc::new(File::open(&job.file).expect("the file opens"));
    let length = file.metadata().expect("the file has a length").len();
    let client = reqwest::Client::new();
    let permits = Arc::new(Semaphore::new(job.concurrency));
    let mut tasks = JoinSet::new();
    for number in 1..=length.div_ceil(job.part_size) {
        let permit = Arc::clone(&permits).acquire_owned().await.expect("it is not closed");
        let (client, file) = (client.clone(), Arc::clone(&file));
        let offset = (number - 1) * job.part_size;
        let size = usize::try_from((length - offset).min(job.part_size)).expect("a part fits into memory");
        let url = format!("{}/_storage/bare/film.mp4?partNumber={number}&uploadId=u", job.base);
        tasks.spawn(async move {
            let read = move || {
                let mut bytes = vec![0; size];
                file.read_exact_at(&mut bytes, offset).expect("the file is read");
                bytes
            };
            let bytes = spawn_blocking(read).await.expect("nothing panics");
            let answer = client.put(url).body(bytes).send().await.expect("storage answers");
            assert!(answer.status().is_success(), "storage takes the part");
            answer.bytes().await.expect("the answer ends");
            drop(permit);
        });
    }
    while let Some(ended) = tasks.join_next().await {
        ended.expect("nothing panics");
    }
}
