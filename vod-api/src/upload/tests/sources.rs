//! Each source, each setting, and what is refused before anything is sent.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use bytes::Bytes;

use super::fake::Fake;
use super::{Folder, MIB, content};
use crate::error::ErrorKind;
use crate::upload::{Progress, UploadSource};

#[tokio::test(start_paused = true)]
async fn a_path_is_uploaded_with_its_cover_by_one_request_each() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let (media, cover) = (content(3000), content(20));
    let path = folder.file("My holiday.MP4", &media);
    let uploaded = fake.client().upload(path).cover(folder.file("c.jpg", &cover)).await.unwrap();
    assert_eq!((uploaded.file_id.as_str(), uploaded.bytes, uploaded.files), ("file-1", 3020, 2));
    assert!(uploaded.is_verified && !uploaded.commit_repeated && uploaded.storage_requests == 2);
    assert_eq!((fake.object("f0.mp4"), fake.object("cover.jpg")), (media.into(), cover.into()));
    let applied = fake.world().applied[0].clone();
    assert_eq!(
        applied,
        serde_json::json!({ "MediaType": "mp4", "MediaName": "My holiday", "CoverType": "jpg" })
    );
    fake.assert_one_file();
}

#[tokio::test(start_paused = true)]
async fn every_size_arrives_from_every_source() {
    let folder = Folder::new();
    for length in [0, 1, MIB - 1, MIB, MIB + 1, 3 * MIB, 5 * MIB + 7] {
        let media = Bytes::from(content(length));
        let path = folder.file("a.mp4", &media);
        let reader = |bytes: Bytes| UploadSource::reader(std::io::Cursor::new(bytes)).named("a.mp4");
        for source in [
            UploadSource::from(path),
            UploadSource::from(media.clone()).named("a.mp4"),
            reader(media.clone()),
            reader(media.clone()).length(length),
        ] {
            let fake = Fake::new();
            let shown = format!("{source:?}");
            let uploaded = fake.client().upload(source).part_size(MIB).concurrency(3).await.unwrap();
            assert_eq!((uploaded.bytes, uploaded.is_verified), (length, true), "{shown}");
            assert_eq!(fake.object("f0.mp4"), media, "{shown}");
            assert_eq!(fake.world().bytes_received, length, "{shown}");
            fake.assert_one_file();
        }
    }
}

#[tokio::test(start_paused = true)]
async fn settings_are_applied_for() {
    let fake = Fake::new();
    let client = fake.builder().sub_app_id(7).build().unwrap();
    let upload = client.upload(vec![1]).media_name("n.flv").procedure("p").class_id(3).source_context("s");
    let upload = upload.session_context("c").storage_region("ap-seoul").expire_time("2030-01-01T00:00:00Z");
    upload.media_storage_path("/a.flv").cover(vec![2]).cover_type("png").await.unwrap();
    let applied = fake.world().applied[0].clone();
    assert_eq!(
        applied,
        serde_json::json!({
            "MediaType": "flv", "SubAppId": 7, "MediaName": "n.flv", "CoverType": "png", "Procedure": "p",
            "ExpireTime": "2030-01-01T00:00:00Z", "StorageRegion": "ap-seoul", "ClassId": 3, "SourceContext": "s",
            "SessionContext": "c", "MediaStoragePath": "/a.flv",
        })
    );
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_uploaded_is_refused_before_anything_is_sent() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let client = fake.client();
    let path = folder.file("a.mp4", b"x");
    let stream = || UploadSource::reader(tokio::io::empty()).named("a.mp4");
    for (upload, kind, told) in [
        (client.upload(vec![1]), ErrorKind::InvalidRequest, "media_type: not set"),
        (client.upload(path.clone()).cover(vec![1]), ErrorKind::InvalidRequest, "cover_type: not set"),
        (client.upload(folder.0.join("none.mp4")), ErrorKind::Source, "none.mp4"),
        (client.upload(folder.0.clone()).media_type("mp4"), ErrorKind::Source, "is not a file"),
        (
            client.upload(path.clone()).part_size(MIB - 1),
            ErrorKind::InvalidRequest,
            "part_size: must be from 1 MiB",
        ),
        (client.upload(path.clone()).concurrency(0), ErrorKind::InvalidRequest, "concurrency"),
        (client.upload(path.clone()).bandwidth_limit(0), ErrorKind::InvalidRequest, "bandwidth_limit"),
        (client.upload(path.clone()).idle_timeout(Duration::ZERO), ErrorKind::InvalidRequest, "idle_timeout"),
        (client.upload(path.clone()).expire_time("tomorrow"), ErrorKind::InvalidRequest, "ExpireTime"),
        (client.upload(stream()).resume_file(folder.0.join("s")), ErrorKind::InvalidRequest, "resume_file"),
        (
            client.upload(vec![1]).media_type("m3u8"),
            ErrorKind::InvalidRequest,
            "a manifest must be uploaded from its path",
        ),
    ] {
        let error = upload.await.unwrap_err();
        assert!(error.kind() == kind && error.message().contains(told), "{told}: {error}");
    }
    assert_eq!(fake.world().log.len(), 0);
}

#[tokio::test(start_paused = true)]
async fn progress_goes_up_to_the_whole() {
    let fake = Fake::new();
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let kept = Arc::clone(&seen);
    let source = UploadSource::from(content(5 * MIB)).named("a.mp4");
    let upload = fake.client().upload(source).part_size(MIB);
    upload.on_progress(move |progress| kept.lock().unwrap().push(*progress)).await.unwrap();
    let seen = seen.lock().unwrap();
    assert!(seen.is_sorted_by_key(|progress| progress.stored), "{seen:?}");
    let last = seen.last().unwrap();
    assert_eq!((last.sent, last.stored, last.resumed, last.total), (5 * MIB, 5 * MIB, 0, Some(5 * MIB)));
}

#[tokio::test(start_paused = true)]
async fn no_more_is_in_memory_than_was_allowed() {
    let fake = Fake::new();
    let source = UploadSource::reader(std::io::Cursor::new(content(12 * MIB))).named("a.mp4");
    fake.client().upload(source).part_size(MIB).concurrency(3).await.unwrap();
    let most = fake.world().most_in_flight as u64;
    assert!((2 * MIB..=3 * MIB + 4096).contains(&most), "{most}");
}

#[tokio::test(start_paused = true)]
async fn the_bandwidth_limit_is_kept() {
    let fake = Fake::new();
    let source = UploadSource::from(content(8 * MIB)).named("a.mp4");
    let start = crate::clock::now();
    fake.client().upload(source).part_size(MIB).bandwidth_limit(MIB).await.unwrap();
    let took = start.elapsed();
    assert!((Duration::from_secs(6)..Duration::from_secs(10)).contains(&took), "{took:?}");
}

#[tokio::test(start_paused = true)]
async fn a_dropped_upload_leaves_no_task() {
    let fake = Fake::new();
    fake.fail("UploadPart", 2, 100, super::fake::Effect::Hang);
    let source = UploadSource::from(content(8 * MIB)).named("a.mp4");
    let upload = fake.client().upload(source).part_size(MIB);
    let cut = tokio::time::timeout(Duration::from_secs(5), upload.into_future()).await;
    assert!(cut.is_err());
    for _ in 0..100 {
        tokio::task::yield_now().await;
    }
    assert_eq!(tokio::runtime::Handle::current().metrics().num_alive_tasks(), 0);
}

#[cfg(feature = "blocking")]
#[test]
fn the_blocking_client_uploads_with_the_same_settings() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let media = content(3 * MIB);
    let path = folder.file("a.mp4", &media);
    let client = fake.builder().build_blocking().unwrap();
    let seen: Arc<Mutex<Vec<Progress>>> = Arc::default();
    let kept = Arc::clone(&seen);
    let upload = client.upload(&path).part_size(MIB).media_name("n").cover(vec![1]).cover_type("png");
    let upload = upload.resume_file(folder.0.join("state")).on_progress(move |progress| {
        kept.lock().unwrap().push(*progress);
    });
    let uploaded = upload.run().unwrap();
    assert_eq!((uploaded.bytes, uploaded.files, uploaded.is_verified), (3 * MIB + 1, 2, true));
    assert_eq!(fake.object("f0.mp4"), media);
    assert_eq!(fake.world().applied[0]["MediaName"], "n");
    assert_eq!(seen.lock().unwrap().last().unwrap().stored, 3 * MIB + 1);
    fake.assert_one_file();
    let error = client.upload(folder.0.join("none.mp4")).run().unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Source);
}
