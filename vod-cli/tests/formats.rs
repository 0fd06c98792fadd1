//! Calls whose bodies are not JSON.

#![allow(clippy::unwrap_used, reason = "a test is to fail")]

#[path = "commands/running.rs"]
mod running;

use vod_emulator::Emulator;

use running::{against, home, runtime};

const SERVICE: &str = r#"
service = "clock"
version = "2024-01-01"
summary = "Tells the time."
doc     = "A small service of a user's own."

[endpoints]
mainland = "clock.example.com"
"#;

const ACTION: &str = r#"
action  = "PlayChime"
summary = "Plays a recording."
doc     = "The recording is a part of the body."
body    = "multipart"

[request.Chime]
type     = "binary"
required = true
doc      = "The recording."

[request.Zones]
type = "[string]"
doc  = "Where it is played."
"#;

#[test]
fn parts_are_shown_as_they_are_sent() {
    let folder = home().join("clock-specs");
    std::fs::create_dir_all(&folder).unwrap();
    for (name, text) in [("service.toml", SERVICE), ("PlayChime.toml", ACTION), ("chime.wav", "ding\ndong")] {
        std::fs::write(folder.join(name), text).unwrap();
    }
    let specs = folder.to_str().unwrap();
    let recording = format!("@{specs}/chime.wav");
    let words = ["play-chime", "--specs", specs, "--chime", &recording, "--zones", "hall", "--zones", "yard"];
    let runtime = runtime();
    let emulator = runtime.block_on(Emulator::builder().specs(specs).start()).unwrap();

    let (code, out, err) = against(&emulator, &[&words[..], &["--dry-run"]].concat());
    assert_eq!(code, 0, "{err}");
    let (_, boundary) = out.split_once("multipart/form-data; boundary=").unwrap();
    let boundary = boundary.lines().next().unwrap();
    let (_, body) = out.split_once("\n\n").unwrap();
    let parts = [
        "Content-Disposition: form-data; name=\"Chime\"; filename=\"Chime\"\n\nding\ndong\n",
        "Content-Disposition: form-data; name=\"Zones\"\nContent-Type: application/json\n\n[\"hall\",\"yard\"]\n",
    ];
    let [chime, zones] = parts.map(|part| format!("--{boundary}\n{part}"));
    assert_eq!(body.replace("\r\n", "\n"), format!("{chime}{zones}--{boundary}--\n"));

    let (code, _, err) = against(&emulator, &words);
    assert_eq!(code, 0, "{err}");
    let calls = emulator.calls();
    assert_eq!((calls.total, calls.failed), (1, 0), "the dry run sent nothing: {calls:?}");
    assert!(calls.recent[0].request.contains(r#""Zones": ["hall", "yard"]"#), "{calls:?}");

    let (code, _, err) = against(&emulator, &[&words[..], &["--dry-run", "--as", "curl"]].concat());
    assert!(code == 2 && err.contains("not for a body of the format `multipart`"), "{err}");
    runtime.block_on(emulator.shutdown());
}
