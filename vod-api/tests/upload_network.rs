//! Uploads over the real transport: what stands still ends, what only takes long does not, and a connection that breaks
//! is replaced. The clock stands, and is moved by hand once the network has done what was waited for.

#![cfg(feature = "upload")]
#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its helpers"
)]

use std::io::{Read as _, Write as _};
use std::net::{TcpListener, TcpStream};
use std::pin::pin;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex};
use std::task::{Context, Poll};
use std::time::Duration;

use bytes::Bytes;
use http::Request;
use tokio::sync::Notify;
use vod_api::upload::{Upload, UploadSource};
use vod_api::{
    Client, Credential, ErrorKind, ReqwestTransport, RetryPolicy, Traffic, Transport, TransportFuture,
};

const MIB: usize = 1024 * 1024;
/// More than the buffers of both ends hold.
const LARGE: usize = 64 * MIB;
const IDLE: Duration = Duration::from_mins(1);
const NEARLY: Duration = Duration::from_secs(55);
/// What is left of the limit after that, and a bit more.
const REST: Duration = Duration::from_millis(5001);

/// What has passed, as the transport reports it.
#[derive(Default)]
struct Passed {
    sent: AtomicUsize,
    received: AtomicUsize,
    changed: Notify,
}

impl Passed {
    async fn more_than(&self, count: &AtomicUsize, before: usize) {
        loop {
            let changed = self.changed.notified();
            if count.load(Ordering::SeqCst) > before {
                return;
            }
            changed.await;
        }
    }
}

/// Reports to an upload, and to the test.
struct Watched(Arc<dyn Traffic>, Arc<Passed>);

impl Traffic for Watched {
    fn poll_permit(&self, context: &mut Context<'_>, bytes: usize) -> Poll<()> {
        self.0.poll_permit(context, bytes)
    }

    fn sent(&self, bytes: usize) {
        self.0.sent(bytes);
        self.1.sent.fetch_add(bytes, Ordering::SeqCst);
        self.1.changed.notify_waiters();
    }

    fn received(&self, bytes: usize) {
        self.0.received(bytes);
        self.1.received.fetch_add(bytes, Ordering::SeqCst);
        self.1.changed.notify_waiters();
    }
}

struct Watching(ReqwestTransport, Arc<Passed>);

impl Transport for Watching {
    fn send(&self, request: Request<Bytes>, limit: usize) -> TransportFuture<'_> {
        self.0.send(request, limit)
    }

    fn send_reporting(
        &self,
        request: Request<Bytes>,
        limit: usize,
        traffic: Arc<dyn Traffic>,
    ) -> TransportFuture<'_> {
        self.0.send_reporting(request, limit, Arc::new(Watched(traffic, Arc::clone(&self.1))))
    }
}

/// Which request of storage goes step by step, each step when the test says so. Without another step it is mute.
#[derive(Clone, Copy, PartialEq)]
enum Stepwise {
    /// The body of `PUT` is read so: as many bytes a step.
    Body(usize),
    /// The answer to the completion is written so: a blank a step, and the rest at the end of the steps.
    Answer,
    /// The first body of `PUT` is read so far, and the connection is closed then.
    Break(usize),
}

struct Server {
    address: String,
    steps: Sender<()>,
}

impl Server {
    fn start(stepwise: Stepwise) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = format!("http://{}", listener.local_addr().unwrap());
        let (steps, taken) = channel();
        let taken = Arc::new(Mutex::new(taken));
        std::thread::spawn(move || {
            for stream in listener.incoming() {
                let taken = Arc::clone(&taken);
                std::thread::spawn(move || serve(stream.unwrap(), stepwise, &taken));
            }
        });
        Self { address, steps }
    }
}

/// One request and its answer, and the end of the connection. A client that went away ends it, too.
fn serve(mut stream: TcpStream, stepwise: Stepwise, steps: &Mutex<Receiver<()>>) -> Option<()> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        let mut byte = [0];
        stream.read_exact(&mut byte).ok()?;
        head.push(byte[0]);
    }
    let head = String::from_utf8(head).unwrap().to_ascii_lowercase();
    let header = |name: &str| head.lines().find_map(|line| line.strip_prefix(name)?.strip_prefix(": "));
    let length: usize = header("content-length").map_or(0, |length| length.parse().unwrap());
    let is_put = head.starts_with("put ");
    let mut left = length;
    if let (Stepwise::Body(step), true) = (stepwise, is_put) {
        let steps = steps.lock().unwrap();
        // The sender's end lets the rest pass.
        while left > 0 && steps.recv().is_ok() {
            left -= read(&mut stream, step.min(left))?;
        }
    }
    if let (Stepwise::Break(after), true) = (stepwise, is_put) {
        // The only step that there is.
        if steps.lock().unwrap().try_recv().is_ok() {
            read(&mut stream, after.min(left))?;
            return None;
        }
    }
    read(&mut stream, left)?;
    let action = header("x-tc-action").unwrap_or_default();
    let is_completion = head.starts_with("post ") && head.contains("uploadid=");
    let body = match action {
        "applyupload" => {
            r#"{"Response":{"StorageBucket":"b-1","StorageRegion":"r","VodSessionKey":"k","MediaStoragePath":"/m.mp4","CoverStoragePath":"","TempCertificate":{"SecretId":"i","SecretKey":"s","Token":"t","ExpiredTime":4000000000},"RequestId":"1"}}"#
        }
        "commitupload" => r#"{"Response":{"FileId":"7","MediaUrl":"","CoverUrl":"","RequestId":"2"}}"#,
        _ if head.starts_with("delete ") || is_put => "",
        _ if is_completion => "<CompleteMultipartUploadResult><ETag>e</ETag></CompleteMultipartUploadResult>",
        _ => "<InitiateMultipartUploadResult><UploadId>u</UploadId></InitiateMultipartUploadResult>",
    };
    let headers = "HTTP/1.1 200 OK\r\nETag: \"e\"\r\nx-cos-request-id: c\r\nConnection: close\r\n";
    if stepwise == Stepwise::Answer && is_completion {
        write!(stream, "{headers}Transfer-Encoding: chunked\r\n\r\n").ok()?;
        let steps = steps.lock().unwrap();
        while steps.recv().is_ok() {
            stream.write_all(b"1\r\n \r\n").ok()?;
        }
        return write!(stream, "{:x}\r\n{body}\r\n0\r\n\r\n", body.len()).ok();
    }
    write!(stream, "{headers}Content-Length: {}\r\n\r\n{body}", body.len()).ok()
}

fn read(stream: &mut TcpStream, length: usize) -> Option<usize> {
    let mut buffer = vec![0; 64 * 1024];
    let mut left = length;
    while left > 0 {
        let most = left.min(buffer.len());
        left -= match stream.read(&mut buffer[..most]).ok()? {
            0 => return None,
            read => read,
        };
    }
    Some(length)
}

fn upload(server: &Server, length: usize, part_size: usize) -> (Upload, Arc<Passed>) {
    let passed = Arc::new(Passed::default());
    let transport = Watching(ReqwestTransport::standard().unwrap(), Arc::clone(&passed));
    let client = Client::builder()
        .credential(Credential::new("AKID-test", "key-of-the-caller"))
        .endpoint(server.address.as_str())
        .transport(transport)
        .build()
        .unwrap();
    let source = UploadSource::from(vec![7; length]).named("a.mp4");
    let upload = client.upload(source).part_size(part_size as u64).idle_timeout(IDLE);
    (upload.retry(RetryPolicy::default().max_attempts(1)), passed)
}

/// Keeps the paused clock from going on by itself while the network is waited for: a blocking task does.
struct Clock(Option<Sender<()>>);

impl Clock {
    fn stand() -> Self {
        let (end, ended) = channel();
        tokio::task::spawn_blocking(move || {
            let _ = ended.recv();
        });
        Self(Some(end))
    }
}

impl Drop for Clock {
    fn drop(&mut self) {
        self.0 = None;
    }
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_taken_slowly_is_sent_to_its_end() {
    let _clock = Clock::stand();
    let server = Server::start(Stepwise::Body(8 * MIB));
    let (upload, passed) = upload(&server, LARGE, LARGE);
    let uploading = tokio::spawn(upload.into_future());
    for _ in 0..5 {
        let before = passed.sent.load(Ordering::SeqCst);
        server.steps.send(()).unwrap();
        passed.more_than(&passed.sent, before).await;
        tokio::time::advance(NEARLY).await;
    }
    // More than four times the limit have passed.
    drop(server);
    assert_eq!(uploading.await.unwrap().unwrap().file_id, "7");
}

#[tokio::test(start_paused = true)]
async fn a_body_that_is_not_taken_any_more_ends_the_upload() {
    let _clock = Clock::stand();
    let server = Server::start(Stepwise::Body(MIB));
    let (upload, passed) = upload(&server, LARGE, LARGE);
    let mut uploading = pin!(tokio::spawn(upload.into_future()));
    server.steps.send(()).unwrap();
    passed.more_than(&passed.sent, 2 * MIB).await;
    let error = loop {
        // What is still being written to a buffer has passed.
        let before = passed.sent.load(Ordering::SeqCst);
        tokio::time::advance(IDLE + Duration::from_millis(1)).await;
        tokio::select! {
            biased;
            ended = &mut uploading => break ended.unwrap().unwrap_err(),
            () = passed.more_than(&passed.sent, before) => {}
        }
    };
    assert_eq!(error.kind(), ErrorKind::Timeout, "{error}");
    assert!(error.message().contains("no byte has passed for 60s (Upload::idle_timeout)"), "{error}");
    assert!(passed.sent.load(Ordering::SeqCst) < LARGE);
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_comes_slowly_is_waited_for() {
    let _clock = Clock::stand();
    let server = Server::start(Stepwise::Answer);
    let (upload, passed) = upload(&server, 2 * MIB, MIB);
    let uploading = tokio::spawn(upload.into_future());
    passed.more_than(&passed.sent, 2 * MIB).await;
    for _ in 0..5 {
        let before = passed.received.load(Ordering::SeqCst);
        server.steps.send(()).unwrap();
        passed.more_than(&passed.received, before).await;
        tokio::time::advance(NEARLY).await;
    }
    drop(server);
    assert_eq!(uploading.await.unwrap().unwrap().file_id, "7");
}

#[tokio::test(start_paused = true)]
async fn an_answer_that_breaks_off_silently_ends_the_upload() {
    let _clock = Clock::stand();
    let server = Server::start(Stepwise::Answer);
    let (upload, passed) = upload(&server, 2 * MIB, MIB);
    let uploading = tokio::spawn(upload.into_future());
    passed.more_than(&passed.sent, 2 * MIB).await;
    let before = passed.received.load(Ordering::SeqCst);
    server.steps.send(()).unwrap();
    passed.more_than(&passed.received, before).await;
    tokio::time::advance(NEARLY).await;
    assert!(!uploading.is_finished());
    tokio::time::advance(REST).await;
    let error = uploading.await.unwrap().unwrap_err();
    assert_eq!(
        (error.kind(), error.action()),
        (ErrorKind::Timeout, Some("CompleteMultipartUpload")),
        "{error}"
    );
    assert!(error.message().contains("no byte has passed for 60s (Upload::idle_timeout)"), "{error}");
    drop(server);
}

#[tokio::test]
async fn a_connection_that_breaks_within_a_body_costs_that_part_alone() {
    for after in [0, MIB, 5 * MIB] {
        let server = Server::start(Stepwise::Break(after));
        server.steps.send(()).unwrap();
        let (upload, passed) = upload(&server, 12 * MIB, 6 * MIB);
        let pause = Duration::from_millis(1);
        let upload = upload.concurrency(1).retry(RetryPolicy::default().backoff(pause, pause));
        let uploaded = upload.await.unwrap();
        assert_eq!((uploaded.file_id.as_str(), uploaded.bytes), ("7", 12 * MIB as u64));
        let sent = passed.sent.load(Ordering::SeqCst);
        assert!((12 * MIB..=19 * MIB).contains(&sent), "{sent}");
    }
}
