//! Uploads: the sessions, the object storage, and the files that commits make.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic, reason = "a test fails by panicking")]

mod signer;

use std::time::Duration;

use bytes::Bytes;
use http::Response;
use serde_json::{Value, json};
use signer::{Storage, call, code};
use vod_emulator::{EmulatedService, Emulator, Fault, Faults, Options, SecondCommit};

const MIB: usize = 1024 * 1024;

fn service(mut options: Options) -> EmulatedService {
    options.enforce_rate_limits = false;
    options.long_poll = Duration::ZERO;
    Emulator::builder().options(options).build().unwrap()
}

async fn apply(service: &EmulatedService, parameters: Value) -> Value {
    let answer = call(service, "ApplyUpload", parameters).await;
    assert_eq!(code(&answer), "ok", "{answer}");
    answer
}

fn path(session: &Value) -> &str {
    session["MediaStoragePath"].as_str().unwrap()
}

async fn commit(service: &EmulatedService, session: &Value) -> Value {
    call(service, "CommitUpload", json!({ "VodSessionKey": session["VodSessionKey"] })).await
}

fn text(response: &Response<Bytes>) -> String {
    String::from_utf8(response.body().to_vec()).unwrap()
}

/// The content of the first element of this name.
fn element(response: &Response<Bytes>, name: &str) -> String {
    let text = text(response);
    let (open, close) = (format!("<{name}>"), format!("</{name}>"));
    let start = text.find(&open).unwrap_or_else(|| panic!("no {name} in {text}")) + open.len();
    text[start..].split(&close).next().unwrap().to_owned()
}

/// The status and the error code of a refusal.
fn refusal(response: &Response<Bytes>) -> (u16, String) {
    (response.status().as_u16(), element(response, "Code"))
}

#[tokio::test]
async fn a_file_that_was_put_becomes_media_and_an_event() {
    let service = service(Options::default());
    let parameters =
        json!({ "MediaType": "mp4", "MediaName": "dawn", "CoverType": "jpg", "SourceContext": "order 7" });
    let session = apply(&service, parameters.clone()).await;
    let other = apply(&service, parameters).await;
    for member in ["VodSessionKey", "MediaStoragePath", "CoverStoragePath"] {
        assert_ne!(session[member], other[member], "{member}");
    }
    let lasts = session["TempCertificate"]["ExpiredTime"].as_i64().unwrap() - service.unix_seconds();
    assert!((7199..=7200).contains(&lasts), "{lasts}");

    let absent = commit(&service, &session).await;
    assert_eq!(code(&absent), "ResourceNotFound");
    let storage = Storage::new(&service, &session);
    let put = service.respond(storage.request("PUT", path(&session), "", "123456789")).await;
    assert_eq!((put.status().as_u16(), text(&put)), (200, String::new()));
    assert_eq!(put.headers()["etag"], "\"25f9e794323b453885f5181f1b624d0b\"");
    assert_eq!(put.headers()["x-cos-hash-crc64ecma"], "11051210869376104954");
    assert!(put.headers().contains_key("x-cos-request-id"));
    let cover = session["CoverStoragePath"].as_str().unwrap();
    assert_eq!(service.respond(storage.request("PUT", cover, "", "picture")).await.status(), 200);

    let committed = commit(&service, &session).await;
    let file_id = committed["FileId"].as_str().unwrap();
    assert_eq!(code(&commit(&service, &session).await), "InvalidParameterValue.VodSessionKey");
    assert_eq!(
        code(&call(&service, "CommitUpload", json!({ "VodSessionKey": "never-given" })).await),
        "InvalidParameterValue.VodSessionKey"
    );

    let url = committed["MediaUrl"].as_str().unwrap();
    let played = http::Request::builder().uri(url).header("host", signer::HOST).body(Bytes::new()).unwrap();
    let played = service.respond(played).await;
    assert_eq!((played.status().as_u16(), text(&played)), (200, "123456789".to_owned()));

    let found = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id, "nope"] })).await;
    assert_eq!(found["NotExistFileIdSet"], json!(["nope"]));
    let info = &found["MediaInfoSet"][0];
    assert_eq!((&info["FileId"], &info["BasicInfo"]["Name"]), (&json!(file_id), &json!("dawn")));
    assert_eq!(info["BasicInfo"]["MediaUrl"], committed["MediaUrl"]);
    assert_eq!(info["BasicInfo"]["CoverUrl"], committed["CoverUrl"]);
    assert_eq!(
        (&info["MetaData"]["Size"], &info["MetaData"]["Md5"]),
        (&json!(9), &json!("25f9e794323b453885f5181f1b624d0b"))
    );
    let filtered = json!({ "FileIds": [file_id], "Filters": ["metaData"] });
    let filtered = call(&service, "DescribeMediaInfos", filtered).await;
    assert_eq!(filtered["MediaInfoSet"][0]["BasicInfo"], Value::Null);
    assert_eq!(filtered["MediaInfoSet"][0]["MetaData"]["Size"], 9);

    let events = call(&service, "PullEvents", json!({})).await;
    let event = &events["EventSet"][0];
    assert_eq!(events["EventSet"].as_array().unwrap().len(), 1);
    assert_eq!(
        (&event["EventType"], &event["FileUploadEvent"]["FileId"]),
        (&json!("NewFileUpload"), &json!(file_id))
    );
    assert_eq!(event["FileUploadEvent"]["MediaBasicInfo"]["SourceInfo"]["SourceContext"], "order 7");

    assert_eq!(code(&call(&service, "DeleteMedia", json!({ "FileId": file_id })).await), "ok");
    assert_eq!(code(&call(&service, "DeleteMedia", json!({ "FileId": file_id })).await), "ResourceNotFound");
    let found = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!((&found["MediaInfoSet"], &found["NotExistFileIdSet"]), (&json!([]), &json!([file_id])));
    let events = call(&service, "PullEvents", json!({})).await;
    assert_eq!(events["EventSet"][0]["FileDeleteEvent"]["FileIdSet"], json!([file_id]));
}

#[tokio::test]
async fn parts_are_listed_completed_and_aborted() {
    let service = service(Options { storage_page: 2, ..Options::default() });
    let session = apply(&service, json!({ "MediaType": "mp4" })).await;
    let storage = Storage::new(&service, &session);
    let begin = service.respond(storage.request("POST", path(&session), "uploads", "")).await;
    let id = element(&begin, "UploadId");
    assert_eq!(format!("/{}", element(&begin, "Key")), path(&session));
    let sizes = [MIB, MIB, MIB, 5];
    let mut tags = Vec::new();
    for (number, size) in (1..).zip(sizes) {
        let query = format!("partNumber={number}&uploadId={id}");
        let part = service.respond(storage.request("PUT", path(&session), &query, vec![number; size])).await;
        assert_eq!(part.status(), 200, "{}", text(&part));
        tags.push(part.headers()["etag"].to_str().unwrap().to_owned());
    }
    let first = service.respond(storage.request("GET", path(&session), &format!("uploadId={id}"), "")).await;
    assert_eq!(
        (element(&first, "IsTruncated"), element(&first, "NextPartNumberMarker")),
        ("true".into(), "2".into())
    );
    assert_eq!(text(&first).matches("<Part>").count(), 2);
    let query = format!("part-number-marker=2&uploadId={id}");
    let second = service.respond(storage.request("GET", path(&session), &query, "")).await;
    assert_eq!(element(&second, "IsTruncated"), "false");
    assert_eq!(text(&second).matches("<Part>").count(), 2);
    assert!(text(&second).contains("<PartNumber>4</PartNumber>") && text(&second).contains("<Size>5</Size>"));

    let prefix = &path(&session)[1..];
    let uploads = service.respond(storage.request("GET", "/", &format!("prefix={prefix}&uploads"), "")).await;
    assert_eq!(element(&uploads, "UploadId"), id);

    let list = |tags: &[String]| {
        let parts = (1..)
            .zip(tags)
            .map(|(number, tag)| format!("<Part><PartNumber>{number}</PartNumber><ETag>{tag}</ETag></Part>"));
        format!("<CompleteMultipartUpload>{}</CompleteMultipartUpload>", parts.collect::<String>())
    };
    let query = format!("uploadId={id}");
    let wrong = list(&["\"0\"".to_owned()]);
    let wrong = service.respond(storage.request("POST", path(&session), &query, wrong)).await;
    assert_eq!(refusal(&wrong), (400, "InvalidPart".into()));
    let complete = service.respond(storage.request("POST", path(&session), &query, list(&tags))).await;
    assert_eq!(complete.status(), 200);
    assert!(element(&complete, "ETag").ends_with("-4&quot;"), "{}", text(&complete));
    assert!(complete.headers()["x-cos-hash-crc64ecma"].to_str().unwrap().parse::<u64>().is_ok());
    let again = service.respond(storage.request("POST", path(&session), &query, list(&tags))).await;
    assert_eq!(refusal(&again), (404, "NoSuchUpload".into()));
    let file_id = commit(&service, &session).await["FileId"].as_str().unwrap().to_owned();
    let found = call(&service, "DescribeMediaInfos", json!({ "FileIds": [file_id] })).await;
    assert_eq!(found["MediaInfoSet"][0]["MetaData"]["Size"], 3 * MIB + 5);

    let begin = service.respond(storage.request("POST", path(&session), "uploads", "")).await;
    let query = format!("uploadId={}", element(&begin, "UploadId"));
    let aborted = service.respond(storage.request("DELETE", path(&session), &query, "")).await;
    assert_eq!(aborted.status(), 204);
    let again = service.respond(storage.request("DELETE", path(&session), &query, "")).await;
    assert_eq!(refusal(&again), (404, "NoSuchUpload".into()));
}

#[tokio::test]
async fn the_storage_refuses_what_is_not_permitted() {
    let service = service(Options::default());
    let session = apply(&service, json!({ "MediaType": "mp4" })).await;
    let other = apply(&service, json!({ "MediaType": "mp4", "SubAppId": 7 })).await;
    let good = Storage::new(&service, &session);
    let own = path(&session);
    let changed = |name: &str, value: Value| {
        let mut storage = good.clone();
        storage.session["TempCertificate"][name] = value;
        storage
    };
    let unsigned = {
        let mut request = good.request("PUT", own, "", "a");
        request.headers_mut().remove("authorization");
        request
    };
    let moved = |prefix: &str| Storage { prefix: prefix.into(), ..good.clone() };
    let at = |start: i64| Storage { start, ..good.clone() };
    let now = service.unix_seconds();
    let beside = format!("{}/1.ts", own.rsplit_once('/').unwrap().0);
    let digest = |md5: &str| good.clone().header("content-md5", md5).request("PUT", own, "", "123456789");
    for (what, request, expected) in [
        (
            "another key",
            changed("SecretKey", json!("x")).request("PUT", own, "", "a"),
            Some((403, "SignatureDoesNotMatch")),
        ),
        (
            "another id",
            changed("SecretId", json!("x")).request("PUT", own, "", "a"),
            Some((403, "InvalidAccessKeyId")),
        ),
        (
            "another token",
            changed("Token", json!("x")).request("PUT", own, "", "a"),
            Some((403, "AccessDenied")),
        ),
        ("unsigned", unsigned, Some((403, "AccessDenied"))),
        ("expired", at(now - 3700).request("PUT", own, "", "a"), Some((403, "AccessDenied"))),
        ("not yet valid", at(now + 600).request("PUT", own, "", "a"), Some((403, "RequestTimeTooSkewed"))),
        ("the path of another", good.request("PUT", path(&other), "", "a"), Some((403, "AccessDenied"))),
        (
            "out of the folder",
            good.request("PUT", &format!("{own}/../../x"), "", "a"),
            Some((403, "AccessDenied")),
        ),
        ("beside the manifest", good.request("PUT", &beside, "", "a"), None),
        (
            "another bucket",
            moved("/_storage/vod7-1250000000").request("PUT", own, "", "a"),
            Some((403, "InvalidAccessKeyId")),
        ),
        ("no bucket", moved("/_storage/nothing").request("PUT", own, "", "a"), Some((404, "NoSuchBucket"))),
        ("by the key alone", moved("").request("PUT", own, "", "a"), None),
        ("to read", good.request("GET", own, "", ""), Some((403, "AccessDenied"))),
        ("part 0", good.request("PUT", own, "partNumber=0&uploadId=a", "a"), Some((400, "InvalidArgument"))),
        (
            "part 10001",
            good.request("PUT", own, "partNumber=10001&uploadId=a", "a"),
            Some((400, "InvalidArgument")),
        ),
        ("no upload", good.request("PUT", own, "partNumber=1&uploadId=a", "a"), Some((404, "NoSuchUpload"))),
        ("no list", good.request("POST", own, "uploadId=a", "a"), Some((400, "MalformedXML"))),
        ("a wrong digest", digest("JfnnlDI7RTiF9RgfG2JNCQ=="), Some((400, "BadDigest"))),
        ("a right digest", digest("JfnnlDI7RTiF9RgfG2JNCw=="), None),
        (
            "no overwrite",
            good.clone().header("x-cos-forbid-overwrite", "true").request("PUT", own, "", "b"),
            Some((409, "FileAlreadyExists")),
        ),
        ("a foreign method", good.request("PATCH", own, "", ""), Some((405, "MethodNotAllowed"))),
    ] {
        let response = service.respond(request).await;
        match expected {
            Some((status, code)) => assert_eq!(refusal(&response), (status, code.to_owned()), "{what}"),
            None => assert_eq!(response.status(), 200, "{what}: {}", text(&response)),
        }
    }
    service.advance(Duration::from_secs(7201));
    let late = Storage { start: service.unix_seconds(), ..good.clone() };
    let late = service.respond(late.request("PUT", own, "", "a")).await;
    assert_eq!(refusal(&late), (400, "ExpiredToken".into()));
    assert_eq!(code(&commit(&service, &session).await), "ok", "a commit needs no certificate");
}

#[tokio::test]
async fn options_choose_what_is_not_documented() {
    let options = Options {
        storage_reads: true,
        storage_limit: 10,
        certificate_lifetime: Duration::from_mins(1),
        ..Options::default()
    };
    let service = service(options);
    let session = apply(&service, json!({ "MediaType": "mp3", "MediaStoragePath": "/songs/a.mp3" })).await;
    assert_eq!(path(&session), "/songs/a.mp3");
    let storage = Storage::new(&service, &session);
    let big = service.respond(storage.request("PUT", "/songs/other.mp3", "", "0123456789x")).await;
    assert_eq!(refusal(&big), (507, "VodEmulator.StorageFull".into()));
    let put = service.respond(storage.request("PUT", "/songs/1.ts", "", "0123456789")).await;
    assert_eq!(put.status(), 200);
    let full = service.respond(storage.request("PUT", "/songs/2.ts", "", "x")).await;
    assert_eq!(refusal(&full), (507, "VodEmulator.StorageFull".into()));
    let read = service.respond(storage.request("GET", "/songs/1.ts", "", "")).await;
    assert_eq!(text(&read), "0123456789");
    let head = service.respond(storage.request("HEAD", "/songs/1.ts", "", "")).await;
    assert_eq!((head.headers()["content-length"].to_str().unwrap(), text(&head)), ("10", String::new()));
    let absent = service.respond(storage.request("GET", "/songs/3.ts", "", "")).await;
    assert_eq!(refusal(&absent), (404, "NoSuchKey".into()));
}

#[tokio::test]
async fn a_second_commit_can_answer_the_same_file() {
    let service = service(Options { second_commit: SecondCommit::SameFile, ..Options::default() });
    let session = apply(&service, json!({ "MediaType": "mp4" })).await;
    let storage = Storage::new(&service, &session);
    service.respond(storage.request("PUT", path(&session), "", "")).await;
    let first = commit(&service, &session).await;
    assert_eq!(commit(&service, &session).await["FileId"], first["FileId"]);
    assert_eq!(service.state().published, 1, "one file, one event");
}

#[tokio::test]
async fn faults_meet_operations_of_the_storage() {
    let service = service(Options::default());
    let session = apply(&service, json!({ "MediaType": "mp4" })).await;
    let storage = Storage::new(&service, &session);
    let faults = [
        Some(Fault::internal_error(false)),
        Some(Fault::Throttling { lasting: Duration::ZERO, retry_after: true }),
        Some(Fault::TokenExpired),
        Some(Fault::BadGateway { handled: true }),
        None,
    ];
    service.set_faults(Faults::none().script("PutObject", faults)).unwrap();
    let mut met = Vec::new();
    for _ in 0..5 {
        let response = service.respond(storage.request("PUT", path(&session), "", "a")).await;
        met.push(response.status().as_u16());
    }
    assert_eq!(met, [500, 503, 400, 502, 200]);
    // A completion that fails behind the status 200, and an upload that the storage has forgotten.
    let late = Bytes::from_static(b"  <Error><Code>InternalError</Code></Error>");
    let forgotten = Fault::ServerError {
        status: http::StatusCode::NOT_FOUND,
        code: "NoSuchUpload".into(),
        handled: false,
    };
    let faults = Faults::none()
        .script("InitiateMultipartUpload", [Some(Fault::ReplacedBody { body: late.clone() })])
        .script("ListParts", [Some(forgotten)]);
    service.set_faults(faults).unwrap();
    let replaced = service.respond(storage.request("POST", path(&session), "uploads", "")).await;
    assert_eq!((replaced.status().as_u16(), replaced.body()), (200, &late));
    let listed = service.respond(storage.request("GET", path(&session), "uploadId=a", "")).await;
    assert_eq!(refusal(&listed), (404, "NoSuchUpload".into()));
    assert_eq!(service.handled().of("PutObject"), 2);
    let calls = service.calls();
    assert_eq!(calls.recent.last().unwrap().action, "ListParts");
    assert!(
        service
            .set_faults(Faults::none().script("PutObjects", [None]))
            .unwrap_err()
            .to_string()
            .contains("PutObject")
    );
}

#[tokio::test]
async fn wrong_applications_get_the_codes_of_the_action() {
    let service = service(Options::default());
    for (parameters, expected) in [
        (json!({ "MediaType": "" }), "InvalidParameterValue.MediaType"),
        (json!({ "MediaType": "m/p4" }), "InvalidParameterValue.MediaType"),
        (json!({ "MediaType": "mp4", "CoverType": ".." }), "InvalidParameterValue.CoverType"),
        (
            json!({ "MediaType": "mp4", "MediaStoragePath": "a.mp4" }),
            "InvalidParameterValue.MediaStoragePath",
        ),
        (
            json!({ "MediaType": "mp4", "MediaStoragePath": "/../a.mp4" }),
            "InvalidParameterValue.MediaStoragePath",
        ),
        (
            json!({ "MediaType": "mp4", "ExpireTime": "2020-01-01T00:00:00Z" }),
            "InvalidParameterValue.ExpireTime",
        ),
    ] {
        let answer = call(&service, "ApplyUpload", parameters.clone()).await;
        assert_eq!(code(&answer), expected, "{parameters}");
    }
}
