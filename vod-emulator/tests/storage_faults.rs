//! What can go wrong with uploads on purpose, at the storage.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod connection;
mod signer;

use std::time::Duration;

use bytes::Bytes;
use connection::request_bytes;
use http::{Request, Response};
use serde_json::{Value, json};
use signer::{Storage, call};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::TcpStream;
use vod_emulator::{ConnectionFault, EmulatedService, Emulator, Fault, FaultKind, Faults, Options};

const MIB: usize = 1024 * 1024;

fn service() -> EmulatedService {
    let options = Options { storage_reads: true, ..Options::default() };
    Emulator::builder().options(options).build().unwrap()
}

/// An upload of one session.
struct Upload {
    service: EmulatedService,
    storage: Storage,
    path: String,
    id: String,
}

impl Upload {
    async fn begin() -> Self {
        let service = service();
        let session = call(&service, "ApplyUpload", json!({ "MediaType": "mp4" })).await;
        let path = session["MediaStoragePath"].as_str().unwrap().to_owned();
        let storage = Storage::new(&service, &session);
        let mut upload = Self { service, storage, path, id: String::new() };
        let begun = upload.send("POST", "uploads", "").await;
        upload.id = member(&begun, "UploadId");
        upload
    }

    fn faults(&self, operation: &str, fault: Fault) {
        self.service.set_faults(Faults::none().script(operation, [fault])).unwrap();
    }

    fn request(&self, method: &str, query: &str, body: impl Into<Bytes>) -> Request<Bytes> {
        self.storage.request(method, &self.path, query, body)
    }

    async fn send(&self, method: &str, query: &str, body: impl Into<Bytes>) -> Response<Bytes> {
        self.service.respond(self.request(method, query, body)).await
    }

    async fn part(&self, number: u32, body: impl Into<Bytes>) -> Response<Bytes> {
        self.send("PUT", &format!("partNumber={number}&uploadId={}", self.id), body).await
    }

    async fn parts(&self) -> Response<Bytes> {
        self.send("GET", &format!("uploadId={}", self.id), "").await
    }

    async fn complete(&self, parts: &[Response<Bytes>]) -> Response<Bytes> {
        let listed = (1..).zip(parts).map(|(number, part)| {
            format!("<Part><PartNumber>{number}</PartNumber><ETag>{}</ETag></Part>", header(part, "etag"))
        });
        let list =
            format!("<CompleteMultipartUpload>{}</CompleteMultipartUpload>", listed.collect::<String>());
        self.send("POST", &format!("uploadId={}", self.id), list).await
    }
}

fn text(response: &Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

fn header(response: &Response<Bytes>, name: &str) -> String {
    response.headers()[name].to_str().unwrap().to_owned()
}

fn member(response: &Response<Bytes>, name: &str) -> String {
    let text = text(response);
    let (_, rest) = text.split_once(&format!("<{name}>")).unwrap_or_else(|| panic!("{name}: {text}"));
    rest.split_once('<').unwrap().0.to_owned()
}

#[tokio::test]
async fn a_completion_fails_behind_a_good_status() {
    let upload = Upload::begin().await;
    let part = upload.part(1, "a film").await;
    upload.faults(
        "CompleteMultipartUpload",
        Fault::CompletionError { code: "InternalError".into(), blanks: 500 },
    );
    let failed = upload.complete(std::slice::from_ref(&part)).await;
    assert_eq!(failed.status(), 200);
    assert!(text(&failed).starts_with(&" ".repeat(500)) && !text(&failed).contains("ETag"));
    assert_eq!(member(&failed, "Code"), "InternalError");
    assert_eq!(upload.send("HEAD", "", "").await.status(), 404, "there is no object");
    let completed = upload.complete(&[part]).await;
    assert!(member(&completed, "ETag").ends_with("-1&quot;"), "{}", text(&completed));
    assert_eq!(upload.send("HEAD", "", "").await.status(), 200);
}

#[tokio::test]
async fn etags_and_checksums_can_be_wrong() {
    let upload = Upload::begin().await;
    let right = upload.part(1, "a film").await;
    upload.faults("UploadPart", Fault::WrongEtag);
    let wrong = upload.part(1, "a film").await;
    assert_ne!(header(&wrong, "etag"), header(&right, "etag"));
    assert_eq!(header(&wrong, "x-cos-hash-crc64ecma"), header(&right, "x-cos-hash-crc64ecma"));
    upload.faults("UploadPart", Fault::WrongCrc);
    let wrong = upload.part(1, "a film").await;
    assert_eq!(header(&wrong, "etag"), header(&right, "etag"));
    assert_ne!(header(&wrong, "x-cos-hash-crc64ecma"), header(&right, "x-cos-hash-crc64ecma"));
    upload.faults("CompleteMultipartUpload", Fault::WrongEtag);
    let completed = upload.complete(std::slice::from_ref(&right)).await;
    assert_eq!(member(&completed, "ETag"), header(&completed, "etag").replace('"', "&quot;"));
    assert!(member(&completed, "ETag").contains("00000000"), "{}", text(&completed));
    assert_eq!(upload.send("GET", "", "").await.body(), "a film", "it was kept all the same");
}

#[tokio::test]
async fn a_content_can_be_corrupted_on_its_way() {
    let upload = Upload::begin().await;
    let right = upload.part(1, "a film").await;
    upload.faults("UploadPart", Fault::CorruptedContent);
    let corrupted = upload.part(1, "a film").await;
    for name in ["etag", "x-cos-hash-crc64ecma"] {
        assert_ne!(header(&corrupted, name), header(&right, name), "a client can tell");
    }
    assert_eq!(upload.complete(&[right]).await.status(), 400, "of what was not kept");
}

#[tokio::test]
async fn lists_of_parts_can_lack_one_and_come_in_pages() {
    let upload = Upload::begin().await;
    for number in 1..=3 {
        upload.part(number, vec![7; MIB]).await;
    }
    upload.faults("ListParts", Fault::HiddenPart { number: 2 });
    let listed = text(&upload.parts().await);
    assert!(listed.contains("<PartNumber>1<") && listed.contains("<PartNumber>3<"), "{listed}");
    assert!(!listed.contains("<PartNumber>2<"), "{listed}");
    upload.faults("ListParts", Fault::ShortPage { entries: 2 });
    let page = upload.parts().await;
    assert_eq!(
        (member(&page, "IsTruncated").as_str(), member(&page, "NextPartNumberMarker").as_str()),
        ("true", "2")
    );
    let whole = upload.parts().await;
    assert_eq!(text(&whole).matches("<Part>").count(), 3);
}

#[tokio::test]
async fn an_upload_can_be_forgotten() {
    for operation in ["UploadPart", "ListParts", "CompleteMultipartUpload", "AbortMultipartUpload"] {
        let upload = Upload::begin().await;
        let part = upload.part(1, "a film").await;
        upload.faults(operation, Fault::ForgottenUpload);
        let answer = match operation {
            "UploadPart" => upload.part(2, "more").await,
            "ListParts" => upload.parts().await,
            "CompleteMultipartUpload" => upload.complete(&[part]).await,
            _ => upload.send("DELETE", &format!("uploadId={}", upload.id), "").await,
        };
        assert_eq!(
            (answer.status().as_u16(), member(&answer, "Code").as_str()),
            (404, "NoSuchUpload"),
            "{operation}"
        );
        assert_eq!(upload.parts().await.status(), 404, "{operation}: it is gone for good");
    }
}

#[tokio::test]
async fn a_fault_of_one_operation_is_refused_for_others() {
    let service = service();
    for (operation, fault) in [
        ("PutObject", Fault::HiddenPart { number: 1 }),
        ("UploadPart", Fault::CompletionError { code: "InternalError".into(), blanks: 0 }),
        ("ListParts", Fault::WrongEtag),
        ("PullEvents", Fault::ForgottenUpload),
        ("CompleteMultipartUpload", Fault::CorruptedContent),
    ] {
        let kind = fault.kind().name();
        let refused = service.set_faults(Faults::none().script(operation, [fault])).unwrap_err().to_string();
        assert!(refused.contains(kind) && refused.contains(operation), "{refused}");
    }
    // For all calls it meets those that it can.
    service.set_faults(Faults::seeded(1).random(vod_emulator::Target::All, 1.0, Fault::WrongCrc)).unwrap();
    assert_eq!(signer::code(&call(&service, "DescribeEventConfig", json!({})).await), "ok");
    assert_eq!(service.injected_faults().get(&FaultKind::WrongCrc), None);
}

#[tokio::test]
async fn every_fault_of_the_storage_is_read_from_json() {
    let all: Value = json!({ "script": [
        { "action": "UploadPart", "faults": [
            { "kind": "reset-in-body", "after": 1000 }, { "kind": "slow-reader", "pause-ms": 1 }, "wrong-etag", "wrong-crc",
            "corrupted-content", "forgotten-upload",
        ] },
        { "action": "CompleteMultipartUpload", "faults": [{ "kind": "completion-error", "code": "SlowDown", "blanks": 3 }] },
        { "action": "ListParts", "faults": [{ "kind": "hidden-part", "number": 2 }, { "kind": "short-page", "entries": 5 }] },
    ] });
    let expected = Faults::none()
        .script(
            "UploadPart",
            [
                Fault::ResetInBody { after: 1000 },
                Fault::SlowReader { pause: Duration::from_millis(1) },
                Fault::WrongEtag,
                Fault::WrongCrc,
                Fault::CorruptedContent,
                Fault::ForgottenUpload,
            ],
        )
        .script("CompleteMultipartUpload", [Fault::CompletionError { code: "SlowDown".into(), blanks: 3 }])
        .script("ListParts", [Fault::HiddenPart { number: 2 }, Fault::ShortPage { entries: 5 }]);
    let read = Faults::from_json(all.to_string().as_bytes()).unwrap();
    assert_eq!(read, expected);
    service().set_faults(read).unwrap();
}

#[tokio::test(start_paused = true)]
async fn bodies_are_read_slowly_or_not_to_their_end() {
    let upload = Upload::begin().await;
    upload.faults("UploadPart", Fault::SlowReader { pause: Duration::from_secs(1) });
    let before = upload.service.unix_seconds();
    assert_eq!(upload.part(1, vec![7; MIB]).await.status(), 200);
    assert!((16..=17).contains(&(upload.service.unix_seconds() - before)), "sixteen pieces of 64 KiB");
    upload.faults("UploadPart", Fault::ResetInBody { after: 1000 });
    let query = format!("partNumber=2&uploadId={}", upload.id);
    let broken = upload.service.exchange(upload.request("PUT", &query, vec![7; MIB])).await;
    assert_eq!(broken.unwrap_err(), ConnectionFault::ResetBeforeRequest);
    assert_eq!(text(&upload.parts().await).matches("<Part>").count(), 1, "the second was not kept");
}

#[tokio::test]
async fn a_body_breaks_off_on_a_socket() {
    let emulator = Emulator::start().await.unwrap();
    let session = call(emulator.service(), "ApplyUpload", json!({ "MediaType": "mp4" })).await;
    let mut storage = Storage::new(emulator.service(), &session);
    storage.host = emulator.address().to_string();
    let path = session["MediaStoragePath"].as_str().unwrap();
    let reset = Fault::ResetInBody { after: 1000 };
    emulator.set_faults(Faults::none().script("PutObject", [reset])).unwrap();
    let request = request_bytes(&storage.request("PUT", path, "", vec![7; 4 * MIB]));
    let mut stream = TcpStream::connect(emulator.address()).await.unwrap();
    // The reset may come while this is being written.
    let _ = stream.write_all(&request).await;
    let mut answer = Vec::new();
    let read = stream.read_to_end(&mut answer).await;
    assert!(read.is_err() || answer.is_empty(), "{}", String::from_utf8_lossy(&answer));
    assert_eq!(emulator.injected_faults().get(&FaultKind::ResetInBody), Some(&1));
    assert_eq!(emulator.handled().of("PutObject"), 0);
}
