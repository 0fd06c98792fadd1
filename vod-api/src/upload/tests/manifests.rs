//! Manifests, with what they refer to.

use super::fake::{Effect, Fake};
use super::{Folder, content};
use crate::error::ErrorKind;

const MASTER: &str = "master";
const HD: &str = "hd";
const SD: &str = "sd";

/// Two variants that share a segment.
fn tree(fake: &Fake, folder: &Folder) -> std::path::PathBuf {
    let mut world = fake.world();
    world.manifests.insert(MASTER.to_owned(), vec!["hd/index.m3u8", "./sd/index.m3u8"]);
    world.manifests.insert(HD.to_owned(), vec!["1.ts", "common/intro.ts", "1.ts"]);
    world.manifests.insert(SD.to_owned(), vec!["1.ts"]);
    drop(world);
    folder.file("hd/index.m3u8", HD.as_bytes());
    folder.file("sd/index.m3u8", format!("\u{feff}{SD}").as_bytes());
    for name in ["hd/1.ts", "hd/common/intro.ts", "sd/1.ts"] {
        folder.file(name, name.as_bytes());
    }
    folder.file("main.m3u8", MASTER.as_bytes())
}

#[tokio::test(start_paused = true)]
async fn each_file_is_uploaded_once_where_the_manifest_looks_for_it() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let path = tree(&fake, &folder);
    let uploaded = fake.client().upload(path).cover(content(9)).cover_type("png").await.unwrap();
    assert_eq!(uploaded.files, 7);
    let keys: Vec<String> = fake.world().objects.keys().cloned().collect();
    assert_eq!(
        keys,
        [
            "dir/1/cover.png",
            "dir/1/f0.m3u8",
            "dir/1/hd/1.ts",
            "dir/1/hd/common/intro.ts",
            "dir/1/hd/index.m3u8",
            "dir/1/sd/1.ts",
            "dir/1/sd/index.m3u8",
        ]
    );
    assert_eq!(fake.object("hd/1.ts"), "hd/1.ts");
    assert_eq!(fake.count("PutObject"), 7);
    fake.assert_one_file();
}

#[tokio::test(start_paused = true)]
async fn missing_files_and_escapes_are_found_before_anything_is_stored() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let path = tree(&fake, &folder);
    std::fs::remove_file(folder.0.join("hd/1.ts")).unwrap();
    std::fs::remove_file(folder.0.join("sd/1.ts")).unwrap();
    let error = fake.client().upload(path.clone()).await.unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Source);
    for told in ["main.m3u8 refers to 2 files", "hd/1.ts", "sd/1.ts"] {
        assert!(error.message().contains(told), "{error}");
    }
    for escape in ["../a.ts", "/etc/passwd", "https://example.com/a.ts", "x/../../a.ts"] {
        fake.world().manifests.insert(HD.to_owned(), vec![escape]);
        let error = fake.client().upload(path.clone()).await.unwrap_err();
        assert!(error.message().contains(&format!("hd/index.m3u8: `{escape}`")), "{error}");
    }
    assert_eq!(fake.count("ApplyUpload"), 0);
}

#[tokio::test(start_paused = true)]
async fn an_upload_of_a_manifest_goes_on_where_it_ended() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let path = tree(&fake, &folder);
    fake.fail("PutObject", 3, 5, Effect::Refuse(400, "InvalidArgument", "no"));
    let state = folder.0.join("state");
    let upload = || fake.client().upload(path.clone()).concurrency(1).resume_file(&state);
    upload().await.unwrap_err();
    let stored = fake.world().objects.len();
    assert_eq!(stored, 3);
    fake.fail("PutObject", 0, 0, Effect::Break);
    loop {
        match upload().await {
            Ok(uploaded) => {
                assert!(uploaded.resumed_bytes > 0);
                break;
            }
            Err(error) => assert_eq!(error.code_str(), Some("InvalidArgument"), "{error}"),
        }
    }
    assert_eq!((fake.count("ApplyUpload"), fake.world().objects.len()), (1, 6));
    fake.assert_one_file();
}

const MPD: &str = r#"<MPD><Period><BaseURL>video/</BaseURL><AdaptationSet><SegmentTemplate
    media="$RepresentationID$/$Number$.m4s" initialization="$RepresentationID$/init.mp4"/></AdaptationSet></Period></MPD>"#;
const SUBTITLES: &str = "<MPD><Period/></MPD>";

/// What `BaseURL` and `SegmentTemplate` mean is the service's to say: each file that it lists is uploaded, once.
#[tokio::test(start_paused = true)]
async fn a_dash_manifest_brings_what_the_service_finds_in_it() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let segments = [
        "video/hd/init.mp4",
        "video/hd/1.m4s",
        "video/hd/2.m4s",
        "./video/sd/init.mp4",
        "video/sd/1.m4s",
        // By another way to write it, and once more.
        "video/./hd/1.m4s",
        "video\\hd\\2.m4s",
        "video/hd/init.mp4",
        // Manifests of their own, of both types, and one that leads back.
        "subtitles/main.mpd",
        "hls/main.m3u8",
    ];
    fake.world().manifests.insert(MPD.to_owned(), segments.to_vec());
    fake.world().manifests.insert(SUBTITLES.to_owned(), vec!["en.vtt", "main.mpd"]);
    fake.world().manifests.insert(HD.to_owned(), vec!["1.ts"]);
    for name in ["hd/init.mp4", "hd/1.m4s", "hd/2.m4s", "sd/init.mp4", "sd/1.m4s"] {
        folder.file(&format!("video/{name}"), name.as_bytes());
    }
    folder.file("subtitles/main.mpd", SUBTITLES.as_bytes());
    folder.file("subtitles/en.vtt", b"WEBVTT");
    folder.file("hls/main.m3u8", HD.as_bytes());
    folder.file("hls/1.ts", b"ts");
    let path = folder.file("main.mpd", MPD.as_bytes());
    let uploaded = fake.client().upload(path).await.unwrap();
    let keys: Vec<String> = fake.world().objects.keys().cloned().collect();
    assert_eq!(
        keys,
        [
            "dir/1/f0.mpd",
            "dir/1/hls/1.ts",
            "dir/1/hls/main.m3u8",
            "dir/1/subtitles/en.vtt",
            "dir/1/subtitles/main.mpd",
            "dir/1/video/hd/1.m4s",
            "dir/1/video/hd/2.m4s",
            "dir/1/video/hd/init.mp4",
            "dir/1/video/sd/1.m4s",
            "dir/1/video/sd/init.mp4",
        ]
    );
    assert_eq!((uploaded.files, fake.count("PutObject")), (10, 10));
    // Each manifest is asked about once, as what it is.
    let parsed: Vec<_> = fake.world().parsed.iter().map(|(kind, _)| kind.clone()).collect();
    assert_eq!(parsed, ["mpd", "mpd", "m3u8"]);
    fake.assert_one_file();
}

#[tokio::test(start_paused = true)]
async fn escapes_in_any_form_are_found_before_anything_is_stored() {
    let (fake, folder) = (Fake::new(), Folder::new());
    let inner = Folder(folder.0.join("inner"));
    let path = inner.file("main.mpd", MPD.as_bytes());
    folder.file("secret.txt", b"not for others");
    inner.file("%2e%2e/secret.txt", b"a file of an odd name");
    for (escape, told) in [
        ("../secret.txt", "leaves the folder"),
        ("a/../../secret.txt", "leaves the folder"),
        ("..\\secret.txt", "leaves the folder"),
        ("%2e%2e/secret.txt", "leaves the folder"),
        ("%2E%2e%2Fsecret.txt", "leaves the folder"),
        ("/etc/passwd", "is an absolute path"),
        ("//example.com/a.m4s", "is an absolute path"),
        ("\\\\server\\share\\a.m4s", "is an absolute path"),
        ("%2fetc/passwd", "is an absolute path"),
        ("C:\\a.m4s", "is a URL"),
        ("https://example.com/a.m4s", "is a URL"),
        ("HTTPS:a.m4s", "is a URL"),
        ("file:///etc/passwd", "is a URL"),
        ("data:video/mp4;base64,AAAA", "is a URL"),
        ("", "is no name of a file"),
        (".", "is no name of a file"),
    ] {
        fake.world().manifests.insert(MPD.to_owned(), vec![escape]);
        let error = fake.client().upload(path.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Source);
        assert!(error.message().contains(&format!("main.mpd: `{escape}` {told}")), "{escape}: {error}");
    }
    assert_eq!(fake.count("ApplyUpload"), 0);
}

#[cfg(unix)]
#[tokio::test(start_paused = true)]
async fn links_may_lead_to_files_below_the_manifest_and_nowhere_else() {
    use std::os::unix::fs::symlink;
    let (fake, folder) = (Fake::new(), Folder::new());
    let inner = Folder(folder.0.join("inner"));
    let path = inner.file("main.mpd", MPD.as_bytes());
    let secret = folder.file("secret.txt", b"not for others");
    inner.file("real/1.m4s", b"segment");
    symlink("real/1.m4s", inner.0.join("link.m4s")).unwrap();
    symlink("real", inner.0.join("also")).unwrap();
    fake.world().manifests.insert(MPD.to_owned(), vec!["link.m4s", "also/1.m4s", "real/1.m4s"]);
    let uploaded = fake.client().upload(path.clone()).await.unwrap();
    assert_eq!(uploaded.files, 4);
    let applied = fake.count("ApplyUpload");
    // A file, and a folder on the way to one.
    symlink(&secret, inner.0.join("out.m4s")).unwrap();
    symlink("..", inner.0.join("up")).unwrap();
    for escape in ["out.m4s", "up/secret.txt"] {
        fake.world().manifests.insert(MPD.to_owned(), vec!["real/1.m4s", escape]);
        let error = fake.client().upload(path.clone()).await.unwrap_err();
        assert_eq!(error.kind(), ErrorKind::Source);
        let told = "secret.txt, which is outside of the folder of the manifest";
        assert!(error.message().contains(told) && error.message().contains(escape), "{error}");
    }
    assert_eq!(fake.count("ApplyUpload"), applied);
    // A manifest that is reached by a link has its segments where the link is.
    let linked = folder.0.join("linked");
    symlink(&inner.0, &linked).unwrap();
    fake.world().manifests.insert(MPD.to_owned(), vec!["real/1.m4s"]);
    fake.client().upload(linked.join("main.mpd")).await.unwrap();
}
