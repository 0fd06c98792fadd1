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
