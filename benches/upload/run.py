#!/usr/bin/env python3
"""Uploads over loopback: this project's, a bare reqwest loop, and the vendor's Python and Node SDKs, in turns.

    python3 benches/upload/run.py [--rounds 5] [--mib 1024] [--part-mib 8] [--concurrency 4]

Builds the bench, installs the vendor's SDKs below the target directory, and runs each upload as a process of its own
against storage in another one. Prints time, CPU and peak memory as a Markdown table, with medians over the rounds, and
exits with 1 if a goal is missed. The file is on a file system in memory where there is one (/dev/shm).
"""

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
HERE = Path(__file__).resolve().parent
MIB = 1024 * 1024
LIMIT = 900
# Goals: time beside the bare loop, CPU beside the best vendor SDK, memory beyond the parts.
WALL, CPU, BEYOND = 1.05, 0.5, 16 * MIB


def built():
    """The bench's program, in release mode, and the target directory."""
    command = ["cargo", "bench", "-p", "vod-benches", "--bench", "upload", "--no-run", "--message-format", "json"]
    output = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    artifacts = [json.loads(line) for line in output.splitlines() if line.startswith("{")]
    program = [one["executable"] for one in artifacts if one.get("target", {}).get("name") == "upload" and one.get("executable")]
    command = ["cargo", "metadata", "--no-deps", "--format-version", "1"]
    metadata = subprocess.run(command, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True).stdout
    return program[-1], Path(json.loads(metadata)["target_directory"])


def python_with_sdk(target):
    """An interpreter with the vendor's SDK at the versions of the conformance checks."""
    venv, requirements = target / "bench-upload-venv", ROOT / "tests/conformance/requirements.txt"
    python, mark = venv / "bin/python", venv / "installed.txt"
    if not mark.exists() or mark.read_text() != requirements.read_text():
        shutil.rmtree(venv, ignore_errors=True)
        subprocess.run([sys.executable, "-m", "venv", venv], check=True)
        pip = [python, "-m", "pip", "install", "--quiet", "--disable-pip-version-check"]
        subprocess.run([*pip, "-r", requirements], check=True, timeout=LIMIT)
        prefix = "# without-requirements: "
        bare = [line[len(prefix):] for line in requirements.read_text().splitlines() if line.startswith(prefix)]
        subprocess.run([*pip, "--no-deps", *bare], check=True, timeout=LIMIT)
        mark.write_text(requirements.read_text())
    return str(python)


def node_with_sdk(target):
    """The folder with the vendor's Node SDK; none without npm."""
    if not shutil.which("npm"):
        return None
    folder = target / "bench-upload-node"
    shutil.copytree(HERE / "node", folder, dirs_exist_ok=True)
    if not (folder / "node_modules/vod-node-sdk").exists():
        command = ["npm", "install", "--silent", "--no-audit", "--no-fund", "--no-package-lock", "--ignore-scripts"]
        subprocess.run(command, cwd=folder, check=True, timeout=LIMIT)
    return folder


def measured(command, folder):
    """Seconds, seconds of CPU and bytes of peak memory of a process."""
    environment = {name: value for name, value in os.environ.items() if not name.lower().endswith("_proxy")}
    start = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, cwd=folder, env=environment, stdout=output, stderr=subprocess.STDOUT)
        _, status, usage = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
        if process.returncode:
            output.seek(0)
            sys.exit(f"{command[0]} failed: {output.read().decode(errors='replace')[-2000:]}")
    return time.monotonic() - start, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * 1024


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for name, default in (("rounds", 5), ("mib", 1024), ("part-mib", 8), ("concurrency", 4)):
        parser.add_argument(f"--{name}", type=int, default=default)
    arguments = parser.parse_args()
    program, target = built()
    python, node = python_with_sdk(target), node_with_sdk(target)
    memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) else None
    with tempfile.TemporaryDirectory(dir=memory) as folder:
        file = os.path.join(folder, "film.mp4")
        with open(file, "wb") as film:
            for _ in range(arguments.mib):
                film.write(os.urandom(MIB))
        server = subprocess.Popen([program, "serve"], stdout=subprocess.PIPE, text=True)
        try:
            address = server.stdout.readline().strip()
            job = [address, file, str(arguments.part_mib * MIB), str(arguments.concurrency)]
            uploads = {
                "bare reqwest loop": [program, "bare", *job],
                "vod-api": [program, "ours", *job],
                "vod-python-sdk": [python, str(HERE / "vendor.py"), address, file, str(arguments.concurrency)],
            }
            if node:
                uploads["vod-node-sdk"] = ["node", "upload.js", address, file]
            figures = {name: [] for name in uploads}
            for _ in range(arguments.rounds):
                for name, command in uploads.items():
                    figures[name].append(measured(command, node if name == "vod-node-sdk" else None))
        finally:
            server.kill()
            server.wait()
    sys.exit(report(figures, arguments))


def report(figures, arguments):
    gib = arguments.mib / 1024
    median = {name: [statistics.median(column) for column in zip(*rows)] for name, rows in figures.items()}
    print("| 1 upload | time | CPU of a GiB | peak memory |\n|---|---|---|---|")
    for name, (wall, cpu, memory) in median.items():
        print(f"| {name} | {wall:.2f} s | {cpu / gib:.2f} s | {memory / MIB:.0f} MiB |")
    ours, bare = figures["vod-api"], figures["bare reqwest loop"]
    walls = [one[0] / other[0] for one, other in zip(ours, bare)]
    vendors = {name: row[1] for name, row in median.items() if name.endswith("-sdk")}
    best = min(vendors, key=vendors.get)
    most = arguments.part_mib * MIB * (arguments.concurrency + 1) + BEYOND
    results = [
        ("time beside the bare loop", statistics.median(walls), WALL),
        (f"CPU beside {best}", median["vod-api"][1] / vendors[best], CPU),
        ("peak memory beside the parts and 16 MiB", max(row[2] for row in ours) / most, 1.0),
    ]
    print("\n| | goal | measured |\n|---|---|---|")
    for name, value, goal in results:
        print(f"| {name} | {goal:.2f} | **{value:.2f}**{'' if value <= goal else ', missed'} |")
    print(f"\nTime beside the bare loop, by rounds: {', '.join(f'{wall:.2f}' for wall in walls)}")
    return int(any(value > goal for _, value, goal in results))


if __name__ == "__main__":
    main()
