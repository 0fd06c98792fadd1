//! Each fault that can happen between a file and its file id.

use std::sync::Arc;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use super::fake::{Effect, Fake, SECRET_KEY, SESSION_KEY, TOKEN};
use super::{Folder, MIB, content};
use crate::clock;
use crate::error::{Error, ErrorKind};
use crate::upload::{Upload, UploadSource, Uploaded};

fn prepared(fake: &Fake) -> Upload {
    let source = UploadSource::from(content(4 * MIB + 5)).named("a.mp4");
    fake.client().upload(source).part_size(MIB)
}

/// An upload that meets a fault, and ends well all the same: one file, its bytes, and nothing left behind.
async fn survives(operation: &str, times: usize, effect: Effect) -> (Fake, Uploaded) {
    let fake = Fake::new();
    fake.fail(operation, 0, times, effect);
    let uploaded = prepared(&fake).await.unwrap_or_else(|error| panic!("{operation}: {error}"));
    assert_eq!(fake.object("f0.mp4"), content(4 * MIB + 5), "{operation}");
    fake.assert_one_file();
    (fake, uploaded)
}

/// An upload that meets a fault, and fails: no file, and no part left behind.
async fn fails(operation: &str, times: usize, effect: Effect) -> (Fake, Error) {
    let fake = Fake::new();
    fake.fail(operation, 0, times, effect);
    let error = prepared(&fake).await.unwrap_err();
    assert!(fake.world().files.is_empty(), "{operation}");
    assert!(fake.world().uploads.is_empty(), "{operation}: {:?}", fake.world().uploads.keys());
    (fake, error)
}

const STORAGE: [&str; 3] = ["InitiateMultipartUpload", "UploadPart#2;", "CompleteMultipartUpload"];

#[tokio::test(start_paused = true)]
async fn what_passes_is_survived() {
    for operation in STORAGE {
        for effect in [
            Effect::Refuse(500, "InternalError", "try again"),
            Effect::Refuse(503, "SlowDown", "slowly"),
            Effect::Status(502),
            Effect::Break,
            Effect::Lose,
            Effect::Hang,
        ] {
            let (_, uploaded) = survives(operation, 1, effect.clone()).await;
            assert!(uploaded.is_verified, "{operation}");
            survives(operation, 4, effect).await;
        }
    }
    for operation in ["ApplyUpload", "CommitUpload"] {
        for effect in [Effect::Break, Effect::Lose, Effect::Hang, Effect::Status(502)] {
            let (_, uploaded) = survives(operation, 1, effect).await;
            assert_eq!(uploaded.commit_repeated, operation == "CommitUpload");
        }
    }
}

#[tokio::test(start_paused = true)]
async fn what_lasts_ends_the_upload_and_leaves_no_part() {
    for operation in STORAGE {
        let (_, error) = fails(operation, 1000, Effect::Refuse(500, "InternalError", "try again")).await;
        assert_eq!((error.code_str(), error.attempts()), (Some("InternalError"), 5), "{error}");
        assert!(operation.starts_with(error.action().unwrap()), "{error}");
        let (_, error) = fails(operation, 1000, Effect::Hang).await;
        assert!(error.message().contains("no byte has passed for 60s (Upload::idle_timeout)"), "{error}");
    }
    let (fake, error) = fails("UploadPart#2;", 1000, Effect::Refuse(403, "AccessDenied", "no")).await;
    assert!(error.is_authentication() && error.attempts() == 1, "{error}");
    assert_eq!(fake.count("CompleteMultipartUpload"), 0);
}

#[tokio::test(start_paused = true)]
async fn completion_is_believed_only_if_the_body_says_so() {
    for effect in [Effect::ErrorIn200, Effect::EmptyIn200] {
        let (fake, uploaded) = survives("CompleteMultipartUpload", 2, effect.clone()).await;
        assert_eq!((fake.count("CompleteMultipartUpload"), uploaded.is_verified), (3, true));
        let (fake, error) = fails("CompleteMultipartUpload", 1000, effect).await;
        assert_eq!(fake.count("CommitUpload"), 0, "{error}");
    }
}

#[tokio::test(start_paused = true)]
async fn a_completion_whose_answer_was_lost_is_looked_into() {
    let (fake, uploaded) = survives("CompleteMultipartUpload", 1, Effect::Lose).await;
    assert_eq!((fake.count("HeadObject"), uploaded.is_verified), (1, true));
    // The certificate may give no right to look: then the commit tells.
    let fake = Fake::new();
    fake.fail("CompleteMultipartUpload", 0, 1, Effect::Lose);
    fake.fail("HeadObject", 0, 1, Effect::Refuse(403, "AccessDenied", "no"));
    let uploaded = prepared(&fake).await.unwrap();
    assert!(!uploaded.is_verified);
    fake.assert_one_file();
}

#[tokio::test(start_paused = true)]
async fn damaged_bytes_are_sent_again_and_never_committed() {
    let (fake, uploaded) = survives("UploadPart#3;", 1, Effect::WrongCrc).await;
    assert_eq!((fake.count("UploadPart#3;"), uploaded.is_verified), (2, true));
    let (_, error) = fails("UploadPart#3;", 1000, Effect::WrongCrc).await;
    assert_eq!(error.kind(), ErrorKind::Integrity, "{error}");
    let fake = Fake::new();
    fake.fail("CompleteMultipartUpload", 0, 1, Effect::WrongCrc);
    let error = prepared(&fake).await.unwrap_err();
    assert_eq!((error.kind(), fake.count("CommitUpload")), (ErrorKind::Integrity, 0), "{error}");
    let (_, error) = fails("UploadPart#3;", 1, Effect::WrongEtag).await;
    assert_eq!(error.code_str(), Some("InvalidPart"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn checksums_that_are_not_told_are_told_to_be_missing() {
    let fake = Fake::new();
    fake.fail("CompleteMultipartUpload", 0, 1, Effect::NoCrc);
    fake.fail("HeadObject", 0, 1, Effect::NoCrc);
    assert!(!prepared(&fake).await.unwrap().is_verified);
    let (_, uploaded) = survives("CompleteMultipartUpload", 1, Effect::NoCrc).await;
    assert!(uploaded.is_verified, "HEAD tells it");
}

#[tokio::test(start_paused = true)]
async fn a_commit_that_is_refused_after_an_unknown_one_says_so() {
    let fake = Fake::new();
    fake.fail("CommitUpload", 0, 1, Effect::Lose);
    let taken = fake.clone();
    fake.fail("CommitUpload", 0, 1, Effect::Run(Arc::new(move || taken.world().objects.clear())));
    let error = prepared(&fake).await.unwrap_err();
    assert_eq!(error.code_str(), Some("ResourceNotFound"));
    assert!(error.message().contains("an earlier commit of the upload had an unknown outcome"), "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_file_that_changes_is_not_committed() {
    for length in [1000, 4 * MIB] {
        for change in ["shorter", "longer", "other"] {
            let (fake, folder) = (Fake::new(), Folder::new());
            let path = folder.file("a.mp4", &content(length));
            let changed = path.clone();
            let bytes = content(match change {
                "shorter" => length / 3,
                "longer" => length + 1,
                _ => length,
            });
            let code = move || {
                let modified = std::fs::metadata(&changed).unwrap().modified().unwrap();
                std::fs::write(&changed, &bytes).unwrap();
                let file = std::fs::File::options().write(true).open(&changed).unwrap();
                file.set_modified(modified + Duration::from_secs(1)).unwrap();
            };
            let operation = if length == 1000 { "PutObject" } else { "UploadPart#1;" };
            fake.fail(operation, 0, 1, Effect::Run(Arc::new(code)));
            let error = fake.client().upload(path).part_size(MIB).concurrency(1).await.unwrap_err();
            assert_eq!(error.kind(), ErrorKind::Source, "{error}");
            assert!(error.message().contains("changed while it was uploaded"), "{error}");
            assert_eq!((fake.count("CommitUpload"), fake.world().uploads.len()), (0, 0), "{change}");
        }
    }
}

/// The time that the service's certificates are measured by, in seconds.
fn seconds(time: SystemTime) -> u64 {
    time.duration_since(UNIX_EPOCH).unwrap().as_secs()
}

#[tokio::test(start_paused = true)]
async fn a_wrong_clock_is_put_right() {
    let fake = Fake::new();
    // The service's time is ten minutes ahead.
    let now = clock::testing::with_timers();
    let service = time::OffsetDateTime::from(now() + Duration::from_mins(10));
    let date = service.format(&time::format_description::well_known::Rfc2822).unwrap();
    fake.world().date = Some(date);
    fake.fail(
        "UploadPart",
        0,
        1,
        Effect::Refuse(403, "RequestTimeTooSkewed", "The difference is too large."),
    );
    let client = fake.builder().clock(now).build().unwrap();
    let source = UploadSource::from(content(4 * MIB)).named("a.mp4");
    client.upload(source).part_size(MIB).concurrency(1).await.unwrap();
    fake.assert_one_file();
    assert_eq!(fake.count("UploadPart"), 5);
}

#[tokio::test(start_paused = true)]
async fn an_ended_certificate_is_named_and_not_tried_again() {
    let fake = Fake::new();
    let now = clock::testing::with_timers();
    fake.world().expires = seconds(now()) + 30;
    fake.fail("UploadPart#3;", 0, 1, Effect::Slow(Duration::from_secs(31)));
    let client = fake.builder().clock(now).build().unwrap();
    let source = UploadSource::from(content(4 * MIB)).named("a.mp4");
    let error = client.upload(source).part_size(MIB).concurrency(1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CertificateExpired, "{error}");
    assert_eq!((fake.count("UploadPart#4;"), fake.count("CommitUpload")), (0, 0));
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_will_not_end_in_time_fails_early_with_figures() {
    let fake = Fake::new();
    let now = clock::testing::with_timers();
    fake.world().expires = seconds(now()) + 60;
    fake.fail("UploadPart", 0, 1000, Effect::Slow(Duration::from_secs(6)));
    let client = fake.builder().clock(now).build().unwrap();
    let source = || UploadSource::from(vec![7; 100 * MIB as usize]).named("a.mp4");
    let error = client.upload(source()).part_size(MIB).concurrency(1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CertificateExpired);
    assert!(
        error.message().contains("/s the ") && error.message().contains("certificate ends in"),
        "{error}"
    );
    assert!(fake.count("UploadPart") <= 4);
    assert!(fake.world().uploads.is_empty());
    // A limit that is known before is not even tried.
    fake.world().expires += 100;
    let before = fake.count("UploadPart");
    let error = client.upload(source()).part_size(MIB).bandwidth_limit(MIB / 8).await.unwrap_err();
    assert_eq!((error.kind(), fake.count("UploadPart")), (ErrorKind::CertificateExpired, before), "{error}");
}

#[tokio::test(start_paused = true)]
async fn no_error_shows_a_secret() {
    let storage = ["InitiateMultipartUpload", "UploadPart", "CompleteMultipartUpload"];
    let all = storage
        .iter()
        .map(|operation| (*operation, TOKEN))
        .chain(storage.iter().map(|operation| (*operation, SECRET_KEY)));
    for (operation, secret) in all.chain([("CommitUpload", SESSION_KEY)]) {
        let fake = Fake::new();
        let repeated: &'static str = Box::leak(format!("{secret}1 {secret}").into_boxed_str());
        fake.fail(operation, 0, 1000, Effect::Refuse(400, "InvalidArgument", repeated));
        let error = prepared(&fake).await.unwrap_err();
        let shown = format!("{error} {error:?} {:?}", error.snippet());
        assert!(!shown.contains(secret) && !shown.contains("q-signature"), "{operation}: {shown}");
        assert!(shown.contains("** redacted **"), "{operation}: {shown}");
    }
}

#[tokio::test(start_paused = true)]
async fn an_upload_that_was_begun_twice_leaves_nothing() {
    let (fake, _) = survives("InitiateMultipartUpload", 2, Effect::Lose).await;
    assert_eq!((fake.count("InitiateMultipartUpload"), fake.count("AbortMultipartUpload")), (3, 2));
}

/// What the service says of a certificate or a signature whose time is over.
#[tokio::test(start_paused = true)]
async fn an_end_that_only_storage_knows_of_is_not_tried_again() {
    for (status, code, message) in [
        (400, "ExpiredToken", "The provided token has expired."),
        (403, "AccessDenied", "Request has expired"),
        (403, "InvalidAccessKeyId", "The access key is unknown."),
        (403, "SignatureDoesNotMatch", "The signature is another one."),
    ] {
        let (fake, error) = fails("UploadPart#3;", 1000, Effect::Refuse(status, code, message)).await;
        assert_eq!((error.code_str(), error.attempts()), (Some(code), 1), "{error}");
        assert_eq!((fake.count("CompleteMultipartUpload"), fake.count("CommitUpload")), (0, 0));
    }
    // By this machine's clock the certificate has ended meanwhile: that is what the error says.
    let fake = Fake::new();
    let now = clock::testing::with_timers();
    fake.world().expires = seconds(now()) + 30;
    let late = Effect::Run(Arc::new(|| {}));
    fake.fail("UploadPart#3;", 0, 1, Effect::Slow(Duration::from_secs(31)));
    fake.fail("UploadPart#4;", 0, 1, late);
    let client = fake.builder().clock(now).build().unwrap();
    let source = UploadSource::from(content(4 * MIB)).named("a.mp4");
    let error = client.upload(source).part_size(MIB).concurrency(1).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::CertificateExpired, "{error}");
}

#[tokio::test(start_paused = true)]
async fn a_signature_that_is_too_old_for_storage_is_made_with_its_time() {
    // The code is one of several meanings; the service's clock is ten minutes ahead, and says so.
    let fake = Fake::new();
    let now = clock::testing::with_timers();
    let service = time::OffsetDateTime::from(now() + Duration::from_mins(10));
    fake.world().date = Some(service.format(&time::format_description::well_known::Rfc2822).unwrap());
    fake.fail("UploadPart", 0, 1, Effect::Refuse(403, "AccessDenied", "Request has expired"));
    let client = fake.builder().clock(now).build().unwrap();
    let source = UploadSource::from(content(4 * MIB)).named("a.mp4");
    client.upload(source).part_size(MIB).concurrency(1).await.unwrap();
    fake.assert_one_file();
    assert_eq!(fake.count("UploadPart"), 5);
}
