//! The example that serves signed play links, as a program, against an emulator.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    reason = "a test fails by panicking, also in its helpers"
)]
#![allow(clippy::disallowed_methods, reason = "real time passes in the program")]

use std::process::Stdio;
use std::time::{Duration, SystemTime};

use tokio::io::{AsyncBufReadExt as _, AsyncReadExt as _, AsyncWriteExt as _, BufReader};
use tokio::net::TcpStream;
use tokio::process::{Child, Command};
use vod_api::sign::HotlinkUrl;
use vod_api::upload::UploadSource;
use vod_api::{Client, Credential};
use vod_emulator::Emulator;

const KEY: &str = "24FEQmTzro4V5u3D5epW";
const FILM: &[u8] = b"a film, or what a test takes for one";
/// A name that would be markup if nobody escaped it.
const NAME: &str = "<script>alert(\"1\")</script> & 'film'";

/// The program; killed at the end of the test.
struct Page {
    child: Child,
    address: String,
}

async fn start(emulator: &Emulator, key: Option<&str>) -> Result<Page, String> {
    let mut command = Command::new(env!("CARGO_BIN_EXE_play_links"));
    command
        .args(["--listen", "127.0.0.1:0", "--valid-for", "600"])
        .env("VOD_ENDPOINT", emulator.endpoint())
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key())
        .env_remove("TENCENTCLOUD_TOKEN")
        .env_remove("TENCENTCLOUD_SESSION_TOKEN")
        .env_remove("VOD_HOTLINK_KEY")
        .envs(key.map(|key| ("VOD_HOTLINK_KEY", key)))
        .stdin(Stdio::null())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .kill_on_drop(true);
    let mut child = command.spawn().unwrap();
    let mut line = String::new();
    BufReader::new(child.stdout.take().unwrap()).read_line(&mut line).await.unwrap();
    let Some(address) = line.trim().strip_prefix("listening on http://") else {
        let output = child.wait_with_output().await.unwrap();
        return Err(String::from_utf8(output.stderr).unwrap());
    };
    let address = address.trim_end_matches('/').to_owned();
    Ok(Page { child, address })
}

/// Status, headers and body of an answer.
async fn get(address: &str, target: &str) -> (u16, String, Vec<u8>) {
    let mut stream = TcpStream::connect(address).await.unwrap();
    let request = format!("GET {target} HTTP/1.1\r\nHost: {address}\r\nConnection: close\r\n\r\n");
    stream.write_all(request.as_bytes()).await.unwrap();
    let mut answer = Vec::new();
    stream.read_to_end(&mut answer).await.unwrap();
    let end = answer.windows(4).position(|four| four == b"\r\n\r\n").unwrap();
    let head = String::from_utf8(answer[..end].to_vec()).unwrap();
    (head[9..12].parse().unwrap(), head.to_ascii_lowercase(), answer[end + 4..].to_vec())
}

impl Page {
    async fn html(&self, target: &str) -> (u16, String) {
        let (status, head, body) = get(&self.address, target).await;
        if status == 200 {
            assert!(head.contains("cache-control: no-store"), "{head}");
        }
        (status, String::from_utf8(body).unwrap())
    }
}

fn between<'a>(text: &'a str, before: &str, after: &str) -> &'a str {
    let start = text.find(before).unwrap_or_else(|| panic!("{before} in {text}")) + before.len();
    let length = text[start..].find(after).unwrap();
    &text[start..start + length]
}

#[tokio::test]
async fn a_page_lists_the_files_and_plays_them_by_links_that_end() {
    let emulator = Emulator::start().await.unwrap();
    let client = Client::builder()
        .credential(Credential::new(emulator.secret_id(), emulator.secret_key()))
        .endpoint(emulator.endpoint())
        .build()
        .unwrap();
    let mut ids = Vec::new();
    for number in 0..21 {
        let name = if number == 20 { NAME.to_owned() } else { format!("film {number}") };
        let source = UploadSource::from(FILM.to_vec()).named("film.mp4");
        ids.push(client.upload(source).media_name(name).await.unwrap().file_id);
    }
    let page = start(&emulator, Some(KEY)).await.unwrap();

    // The list, in two pages, with each file once.
    let (_, first) = page.html("/").await;
    let more = between(&first, "<a href=\"/?offset", "\"");
    let (_, second) = page.html(&format!("/?offset{more}")).await;
    for id in &ids {
        let link = format!("href=\"/play/{id}\"");
        assert_eq!(first.matches(&link).count() + second.matches(&link).count(), 1, "{id}");
    }
    assert!(!second.contains("offset="));

    // A player, with a link that the CDN would take, and that leads to the bytes.
    let (status, player) = page.html(&format!("/play/{}", ids[20])).await;
    assert_eq!(status, 200);
    assert!(!player.contains("<script") && player.contains("&lt;script&gt;alert(&quot;1&quot;)"), "{player}");
    let url = between(&player, "src=\"", "\"").replace("&amp;", "&");
    let now = SystemTime::now();
    let claims = HotlinkUrl::verify(&url, KEY, now).unwrap();
    let left = claims.expires_at().duration_since(now).unwrap();
    assert!(left <= Duration::from_mins(10) && left > Duration::from_mins(5), "{left:?}");
    assert!(HotlinkUrl::verify(&url, KEY, now + Duration::from_secs(700)).is_err());
    let (address, target) = url.strip_prefix("http://").unwrap().split_once('/').unwrap();
    let (status, _, body) = get(address, &format!("/{target}")).await;
    assert_eq!((status, body.as_slice()), (200, FILM));

    // The link alone.
    let (_, link) = page.html(&format!("/link/{}", ids[0])).await;
    HotlinkUrl::verify(&link, KEY, SystemTime::now()).unwrap();

    for unknown in ["/play/4711", "/play/%3Cscript%3E", "/link/4711", "/none"] {
        let (status, body) = page.html(unknown).await;
        assert_eq!(status, 404, "{unknown}");
        assert!(!body.contains("script") && !body.contains(KEY), "{body}");
    }
    // The service is gone: the visitor is told no more than that.
    emulator.shutdown().await;
    let (status, body) = page.html("/").await;
    assert_eq!((status, body.as_str()), (502, "The files can't be reached now."));
    drop(page.child);
}

#[tokio::test]
async fn without_a_key_there_is_no_page() {
    let emulator = Emulator::start().await.unwrap();
    let Err(told) = start(&emulator, None).await else { panic!("it started") };
    assert!(told.contains("VOD_HOTLINK_KEY must hold the key"), "{told}");
}
