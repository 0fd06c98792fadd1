#!/usr/bin/env python3
"""What the generated code costs to compile, beside serde's derives on the same structs.

    python3 benches/compile_time/run.py [--rounds 3] [--quick] [--work DIR]

Writes two crates with the same synthetic model of the VOD API's full size (see model.py): one is
`vod_api::service!` on spec files, the other the structs with serde's derives. Dependencies are built first.
Then it measures the CPU seconds and the peak memory of compiling that crate alone, the two in turn, and prints
the medians and their ratio. `--quick` measures `cargo check` only.
"""

import argparse
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

import model
import renderings

ROOT = Path(__file__).resolve().parents[2]

LIB_DERIVE = """//! Rendered by the benchmark.
mod model;
pub use model::*;

/// Sends calls.
pub struct Client;
/// What can go wrong.
#[derive(Debug)]
pub struct Error(serde_json::Error);

impl Client {
    /// Sends one call: encodes, decodes.
    async fn call<Q: serde::Serialize, R: serde::de::DeserializeOwned>(&self, action: &str, request: &Q) -> Result<R, Error> {
        let body = serde_json::to_vec(request).map_err(Error)?;
        let answer = std::future::ready(std::hint::black_box((action, body)).1).await;
        serde_json::from_slice(&answer).map_err(Error)
    }
}
"""

MAIN_DERIVE = """use derive::{A000Request, Client};
fn main() {
    let mut call = Box::pin(Client.a000(A000Request::default()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    println!("{:?}", std::future::Future::poll(call.as_mut(), &mut context));
}
"""

MAIN_OURS = """use ours::{A000Calls, A000Request};
fn main() -> Result<(), vod_api::Error> {
    let client = vod_api::Client::builder().credential(vod_api::Credential::new("id", "key")).build()?;
    let mut call = std::future::IntoFuture::into_future(client.a000(A000Request::default()));
    let mut context = std::task::Context::from_waker(std::task::Waker::noop());
    println!("{:?}", std::future::Future::poll(call.as_mut(), &mut context));
    Ok(())
}
"""


def write_crates(work, share):
    types, actions = model.generate(share)
    derive, ours = work / "derive", work / "ours"
    for crate in (derive, ours):
        shutil.rmtree(crate, ignore_errors=True)
        (crate / "src").mkdir(parents=True)
        (crate / "examples").mkdir()
    (derive / "Cargo.toml").write_text(
        '[package]\nname = "derive"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        'serde = { version = "1", features = ["derive"] }\nserde_json = "1"\n'
    )
    (derive / "src/lib.rs").write_text(LIB_DERIVE)
    (derive / "src/model.rs").write_text(renderings.derive_rendering(types, actions))
    (derive / "examples/one.rs").write_text(MAIN_DERIVE)
    (ours / "Cargo.toml").write_text(
        '[package]\nname = "ours"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n[dependencies]\n'
        f'vod-api = {{ path = "{ROOT / "vod-api"}", default-features = false }}\n'
    )
    renderings.write_specs(ours / "specs", types, actions)
    (ours / "build.rs").write_text('fn main() { println!("cargo::rerun-if-changed=specs"); }\n')
    (ours / "src/lib.rs").write_text('//! Generated.\nvod_api::service!("specs");\n')
    trait = "SyntheticCalls"
    (ours / "examples/one.rs").write_text(MAIN_OURS.replace("A000Calls", trait))
    lock = ROOT / "Cargo.lock"
    if lock.exists():
        shutil.copy(lock, ours / "Cargo.lock")
    fields = sum(map(len, types.values())) + sum(len(q) + len(r) for q, r in actions.values())
    print(f"{len(actions)} actions, {len(types) + 2 * len(actions)} structs, {fields} fields", flush=True)


def cargo(crate, arguments):
    """Runs cargo; returns the CPU seconds of it and its children, and the peak memory of the largest in MB."""
    environment = dict(os.environ, CARGO_INCREMENTAL="0", CARGO_TARGET_DIR=str(crate / "target"))
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    run = subprocess.run(["cargo", *arguments], cwd=crate, env=environment, capture_output=True, text=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    if run.returncode != 0:
        sys.exit(f"cargo {' '.join(arguments)} failed in {crate}:\n{run.stderr[-4000:]}")
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def peak_memory(crate, arguments):
    """Peak memory in MB of the largest process of a build, by a fresh parent that has no other children."""
    script = (
        "import resource, subprocess, sys; subprocess.run(sys.argv[1:], check=True, stderr=subprocess.DEVNULL);"
        "print(resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss // 1024)"
    )
    environment = dict(os.environ, CARGO_INCREMENTAL="0", CARGO_TARGET_DIR=str(crate / "target"))
    command = [sys.executable, "-c", script, "cargo", *arguments]
    return int(subprocess.run(command, cwd=crate, env=environment, capture_output=True, text=True, check=True).stdout)


def touch(path):
    time.sleep(0.01)
    os.utime(path)


def measure(crates, label, arguments, source, rounds):
    for crate in crates:
        cargo(crate, arguments)
    figures = {crate.name: [] for crate in crates}
    memory = {}
    for _ in range(rounds):
        for crate in crates:
            touch(crate / source)
            figures[crate.name].append(cargo(crate, arguments))
    for crate in crates:
        touch(crate / source)
        memory[crate.name] = peak_memory(crate, arguments)
    ours, derive = (statistics.median(figures[name]) for name in ("ours", "derive"))
    print(
        f"| {label} | {ours:.2f} s | {derive:.2f} s | **{ours / derive:.2f}** | "
        f"{memory['ours']} MB | {memory['derive']} MB | **{memory['ours'] / memory['derive']:.2f}** |",
        flush=True,
    )


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--share", type=float, default=1.0, help="part of the model, for example 0.25")
    parser.add_argument("--quick", action="store_true", help="cargo check only")
    parser.add_argument("--work", type=Path, help="where to build; default a new temporary directory")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="compile_time_"))
    work.mkdir(parents=True, exist_ok=True)
    write_crates(work, options.share)
    crates = [work / "ours", work / "derive"]
    print("| build | ours, CPU | derive, CPU | ratio | ours, peak | derive, peak | ratio |\n|---|---|---|---|---|---|---|")
    measure(crates, "cargo check", ["check", "--lib"], "src/lib.rs", options.rounds)
    if not options.quick:
        measure(crates, "debug build", ["build", "--lib"], "src/lib.rs", options.rounds)
        measure(crates, "release library", ["build", "--release", "--lib"], "src/lib.rs", options.rounds)
        one = ["build", "--release", "--example", "one"]
        measure(crates, "release program that makes one call", one, "examples/one.rs", options.rounds)
    if options.work is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
