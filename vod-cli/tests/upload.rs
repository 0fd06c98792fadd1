//! `vod upload`, `vod media`, `vod task` and `vod sign`, against an emulator's server.

#![allow(clippy::unwrap_used, clippy::panic, reason = "a test fails by panicking, also in its helpers")]

use std::path::PathBuf;
use std::process::Output;
use std::time::{Duration, SystemTime};

use tokio::process::Command;
use vod_api::Credential;
use vod_api::sign::{CallbackSignature, HotlinkUrl, PlayerSignature, UploadSignature};
use vod_emulator::Emulator;

async fn vod(emulator: &Emulator, arguments: &[&str]) -> Output {
    Command::new(env!("CARGO_BIN_EXE_vod"))
        .args(arguments)
        .env("VOD_ENDPOINT", emulator.endpoint())
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
        .env("VOD_PLAY_KEY", "24FEQmTzro4V5u3D5epW")
        .env("VOD_SIGN_KEY", "sign-key")
        .env_remove("TENCENTCLOUD_TOKEN")
        .env_remove("TENCENTCLOUD_SESSION_TOKEN")
        .env_remove("VOD_STORAGE_ENDPOINT")
        .env_remove("VOD_SUB_APP_ID")
        .output()
        .await
        .unwrap()
}

fn text(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8(output.stdout.clone()).unwrap().trim_end().to_owned()
}

fn folder(name: &str) -> PathBuf {
    let folder = std::env::temp_dir().join(format!("vod-cli-{name}-{}", std::process::id()));
    let _ = std::fs::remove_dir_all(&folder);
    std::fs::create_dir_all(&folder).unwrap();
    folder
}

#[tokio::test(flavor = "multi_thread")]
async fn files_are_uploaded_shown_and_deleted() {
    let emulator = Emulator::start().await.unwrap();
    let folder = folder("upload");
    let (one, two) = (folder.join("one.mp4"), folder.join("two.mkv"));
    std::fs::write(&one, vec![1; 3_000_000]).unwrap();
    std::fs::write(&two, b"two").unwrap();
    let (one, two) = (one.to_str().unwrap(), two.to_str().unwrap());
    let uploaded = text(&vod(&emulator, &["upload", "--resume", "--part-size", "1048576", one, two]).await);
    let ids: Vec<&str> = uploaded.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(ids.len(), 2, "{uploaded}");
    let left: Vec<_> = std::fs::read_dir(&folder).unwrap().collect();
    assert_eq!(left.len(), 2, "no state is left: {left:?}");

    let info: serde_json::Value =
        serde_json::from_str(&text(&vod(&emulator, &["media", "info", ids[0], ids[1]]).await)).unwrap();
    let name = |at: usize| info[at]["BasicInfo"]["Name"].as_str().unwrap().to_owned();
    let mut names = [name(0), name(1)];
    names.sort();
    assert_eq!(names, ["one", "two"]);

    let refused = vod(&emulator, &["media", "rm", ids[0]]).await;
    assert!(!refused.status.success() && String::from_utf8_lossy(&refused.stderr).contains("--yes"));
    assert_eq!(text(&vod(&emulator, &["media", "rm", "--yes", ids[0]]).await), format!("deleted {}", ids[0]));
    let gone = vod(&emulator, &["media", "info", ids[0]]).await;
    assert_eq!(gone.status.code(), Some(1), "{}", String::from_utf8_lossy(&gone.stdout));
    assert!(String::from_utf8_lossy(&gone.stderr).contains(ids[0]));

    let missing = vod(&emulator, &["upload", "/nonexistent.mp4"]).await;
    assert_eq!(missing.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&missing.stderr).contains("/nonexistent.mp4"));
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn signatures_are_those_that_the_library_checks() {
    let emulator = Emulator::start().await.unwrap();
    #[expect(clippy::disallowed_methods, reason = "the command signs for the machine's time")]
    let now = SystemTime::now();
    let credential = Credential::new(emulator.secret_id(), emulator.secret_key());
    let upload = text(&vod(&emulator, &["sign", "upload", "--procedure", "p", "--valid-for", "60"]).await);
    let claims = UploadSignature::verify(&upload, &credential, now).unwrap();
    assert_eq!(claims.parameter("procedure"), Some("p"));

    let psign = text(&vod(&emulator, &["sign", "psign", "--app-id", "7", "5285485487985271487"]).await);
    let claims = PlayerSignature::verify(&psign, "24FEQmTzro4V5u3D5epW", now).unwrap();
    assert_eq!(claims.payload()["fileId"], "5285485487985271487");

    let url =
        text(&vod(&emulator, &["sign", "url", "--ip-limit", "3", "https://example.com/dir/video.mp4"]).await);
    HotlinkUrl::verify(&url, "24FEQmTzro4V5u3D5epW", now).unwrap();

    let callback = text(&vod(&emulator, &["sign", "callback"]).await);
    let callback: serde_json::Value = serde_json::from_str(&callback).unwrap();
    let (sign, t) = (callback["Sign"].as_str().unwrap(), callback["T"].as_u64().unwrap());
    CallbackSignature::verify("sign-key", sign, t, now).unwrap();
    assert!(CallbackSignature::verify("sign-key", sign, t, now + Duration::from_hours(1)).is_err());
    // Wrong use is refused, with the reason.
    for (words, told) in [
        (&["sign", "upload", "--valid-for", "1767229200"][..], "--valid-for: must be 1 second to 90 days"),
        (&["sign", "url", "https://h.example/a.mp4", "--valid-for", "1767229200000"], "in milliseconds?"),
        (&["sign", "psign", "7", "--app-id", "1", "--valid-for", "0"], "not in the future"),
    ] {
        let refused = vod(&emulator, words).await;
        let error = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && error.contains(told), "{words:?}: {error}");
    }
    let temporary = Command::new(env!("CARGO_BIN_EXE_vod"))
        .args(["sign", "upload"])
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
        .env("TENCENTCLOUD_TOKEN", "a-token")
        .output()
        .await
        .unwrap();
    let error = String::from_utf8_lossy(&temporary.stderr).into_owned();
    assert!(error.contains("must be a permanent key") && !error.contains("a-token"), "{error}");
}

#[tokio::test(flavor = "multi_thread")]
async fn a_task_that_is_not_there_is_an_error() {
    let emulator = Emulator::builder().answer_examples(false).start().await.unwrap();
    let output = vod(&emulator, &["task", "wait", "--wait-timeout", "5", "none"]).await;
    assert_ne!(output.status.code(), Some(0));
    assert!(String::from_utf8_lossy(&output.stderr).contains("DescribeTaskDetail"));
}

/// Every setter of the SDK's upload is an option, or one of those that take code of a program.
#[tokio::test(flavor = "multi_thread")]
async fn every_setting_of_an_upload_has_an_option() {
    let emulator = Emulator::start().await.unwrap();
    let help = text(&vod(&emulator, &["upload", "--help"]).await);
    let source = include_str!("../../vod-api/src/upload.rs");
    let setters =
        source.lines().filter_map(|line| line.trim().strip_prefix("pub fn ")?.split_once("(mut self"));
    let setters: Vec<&str> = setters.map(|(name, _)| name).collect();
    assert!(setters.len() > 20, "{setters:?}");
    for setter in setters {
        let option = match setter {
            "unusable_state" => "start-over",
            "retry" => "no-retry",
            "resume_store" | "on_progress" => continue, // code of a program
            other => other,
        };
        let option = format!("--{}", option.replace('_', "-"));
        let is_there = |line: &str| line.split([' ', ',', ']']).any(|word| word == option);
        assert!(help.lines().any(is_there), "{option}\n{help}");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_options_of_an_upload_reach_the_service() {
    let emulator = Emulator::start().await.unwrap();
    let folder = folder("options");
    let (file, cover) = (folder.join("film.bin"), folder.join("picture"));
    std::fs::write(&file, vec![1; 1_500_000]).unwrap();
    std::fs::write(&cover, b"an image").unwrap();
    let (path, cover) = (file.to_str().unwrap(), cover.to_str().unwrap());
    let state = folder.join("state");
    let words = [
        &[
            "upload",
            path,
            "--media-type",
            "mp4",
            "--media-name",
            "A film",
            "--cover",
            cover,
            "--cover-type",
            "png",
        ][..],
        &["--expire-time", "2199-01-31T00:00:00Z", "--source-context", "from a test & more", "--content-md5"],
        &["--part-size", "1048576", "--idle-timeout", "30", "--resume-file", state.to_str().unwrap()],
    ];
    let uploaded = text(&vod(&emulator, &words.concat()).await);
    let id = uploaded.split(' ').next().unwrap();
    let types: Vec<_> = uploaded.split(' ').filter_map(|word| Some(word.rsplit_once('.')?.1)).collect();
    assert_eq!(types, ["mp4", "png"], "{uploaded}");
    assert!(!state.exists(), "it is deleted after a success");
    let info: serde_json::Value =
        serde_json::from_str(&text(&vod(&emulator, &["media", "info", id]).await)).unwrap();
    let basic = &info[0]["BasicInfo"];
    assert_eq!(basic["Name"], "A film");
    assert_eq!(basic["SourceInfo"]["SourceContext"], "from a test & more");
    assert!(basic["ExpireTime"].as_str().unwrap().starts_with("2199-01-31T"), "{basic}");

    for (more, told) in [
        (&["--expire-time", "tomorrow"][..], "tomorrow"),
        (&["--start-over"], "needs --resume"),
        (&["--part-size", "1000"], "--part-size: "),
        (&["--resume-file", "s", "-"], "one FILE"),
    ] {
        let refused = vod(&emulator, &[&["upload", path, "--media-type", "mp4"], more].concat()).await;
        let error = String::from_utf8_lossy(&refused.stderr).into_owned();
        assert!(refused.status.code() == Some(2) && error.contains(told), "{more:?}: {error}");
    }
    std::fs::remove_dir_all(&folder).unwrap();
}

#[tokio::test(flavor = "multi_thread")]
async fn standard_input_is_uploaded() {
    use tokio::io::AsyncWriteExt as _;
    let emulator = Emulator::start().await.unwrap();
    let untyped = vod(&emulator, &["upload", "-"]).await;
    assert_eq!(untyped.status.code(), Some(2));
    assert!(String::from_utf8_lossy(&untyped.stderr).contains("--media-type"));
    let mut child = Command::new(env!("CARGO_BIN_EXE_vod"))
        .args(["upload", "-", "--media-type", "ts", "--name", "from a pipe"])
        .env("VOD_ENDPOINT", emulator.endpoint())
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
        .env_remove("VOD_STORAGE_ENDPOINT")
        .env_remove("VOD_SUB_APP_ID")
        .stdin(std::process::Stdio::piped())
        .stdout(std::process::Stdio::piped())
        .stderr(std::process::Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = child.stdin.take().unwrap();
    input.write_all(&vec![7; 9_000_000]).await.unwrap();
    drop(input);
    let uploaded = text(&child.wait_with_output().await.unwrap());
    let id = uploaded.split(' ').next().unwrap();
    let info: serde_json::Value =
        serde_json::from_str(&text(&vod(&emulator, &["media", "info", id]).await)).unwrap();
    assert_eq!(info[0]["BasicInfo"]["Name"], "from a pipe");
    assert_eq!(info[0]["MetaData"]["Size"], 9_000_000);
}
