//! Runs the program.

use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};

use vod_emulator::Emulator;

/// The program with an environment that has nothing of the developer's in it.
pub(crate) fn vod(words: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_vod"));
    for (name, _) in std::env::vars() {
        if name.starts_with("TENCENTCLOUD_") || name.starts_with("VOD_") || name == "TCCLI_PROFILE" {
            command.env_remove(name);
        }
    }
    // What the program leaves in its folder must not be left in the repository.
    std::fs::create_dir_all(home()).unwrap();
    command.env("HOME", home()).current_dir(home()).args(words).stdin(Stdio::null());
    command
}

pub(crate) fn home() -> PathBuf {
    Path::new(env!("CARGO_TARGET_TMPDIR")).join(format!("vod-home-{}", std::process::id()))
}

pub(crate) fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// Code, standard output, standard error.
pub(crate) fn run(command: &mut Command) -> (i32, String, String) {
    let Output { status, stdout, stderr } = command.output().unwrap();
    (status.code().unwrap_or(-1), text(&stdout), text(&stderr))
}

pub(crate) fn against(emulator: &Emulator, words: &[&str]) -> (i32, String, String) {
    run(vod(words)
        .env("VOD_ENDPOINT", emulator.endpoint())
        .env("TENCENTCLOUD_SECRET_ID", emulator.secret_id())
        .env("TENCENTCLOUD_SECRET_KEY", emulator.secret_key()))
}

pub(crate) fn runtime() -> tokio::runtime::Runtime {
    tokio::runtime::Builder::new_multi_thread().worker_threads(1).enable_all().build().unwrap()
}
