"""Compiles what `vod ACTION --example N --dry-run --as rust` prints, for every example of the specs.

    generated_rust.py PATH_OF_VOD

All programs become modules of one crate, which is checked against the libraries that the workspace's tests use: nothing
is compiled a second time for it.
"""

import json
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
# Its dependencies are those of the programs.
USER = ["-p", "vod-tests", "--example", "conformance_client"]
NEEDED = {"vod_api", "tokio", "serde_json"}
LEAST = 300


def programs(vod, action):
    """The programs of an action's examples, in their order."""
    found = []
    while True:
        number = str(len(found) + 1)
        command = [vod, action, "--example", number, "--dry-run", "--as", "rust"]
        done = subprocess.run(command, capture_output=True, text=True)
        if done.returncode != 0:
            if f"--example {number}" not in done.stderr:
                sys.exit(f"{' '.join(command)}\n{done.stderr}")
            return found
        found.append(done.stdout)


def libraries():
    """Where cargo put the libraries that programs name, and all others."""
    command = ["cargo", "build", "--quiet", *USER, "--message-format=json"]
    lines = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout.splitlines()
    found, folder = {}, None
    for message in map(json.loads, lines):
        name = message.get("target", {}).get("name", "").replace("-", "_")
        if message.get("reason") == "compiler-artifact" and name in NEEDED:
            rlib = [file for file in message["filenames"] if file.endswith(".rlib")]
            if rlib:
                found[name], folder = rlib[0], Path(rlib[0]).parent
    missing = NEEDED - set(found)
    if missing:
        sys.exit(f"cargo names no library {', '.join(sorted(missing))}")
    return found, folder


def main(vod):
    began = time.monotonic()
    out = ROOT / "target" / "generated_rust"
    out.mkdir(parents=True, exist_ok=True)
    for old in out.glob("*.rs"):
        old.unlink()
    listed = subprocess.run([vod, "__complete", ""], capture_output=True, text=True, check=True).stdout.split()
    actions = [name for name in listed if "-" in name]
    modules = []
    with ThreadPoolExecutor(2) as pool:
        for action, found in zip(actions, pool.map(lambda action: programs(vod, action), actions)):
            for number, program in enumerate(found, 1):
                name = f"{action.replace('-', '_')}_{number}"
                program = program.replace("#[tokio::main]\n", "").replace("\nasync fn main", "\npub async fn main")
                (out / f"{name}.rs").write_text(program)
                modules.append(name)
    (out / "lib.rs").write_text("#![allow(deprecated)]\n" + "".join(f"pub mod {name};\n" for name in modules))
    found, folder = libraries()
    command = ["rustc", "--edition", "2024", "--crate-type", "lib", "--crate-name", "generated", "--emit", "metadata"]
    command += ["--out-dir", str(out), "-L", f"dependency={folder}", str(out / "lib.rs"), "-D", "warnings"]
    for name, file in found.items():
        command += ["--extern", f"{name}={file}"]
    checked = subprocess.run(command, cwd=ROOT)
    verdict = "compile" if checked.returncode == 0 else "DO NOT COMPILE"
    print(f"{len(modules)} programs of {len(actions)} actions {verdict}, in {time.monotonic() - began:.0f} s")
    return 0 if checked.returncode == 0 and len(modules) >= LEAST else 1


sys.exit(main(sys.argv[1]))
