#!/bin/sh
# CPU time, memory and size of `vod`, beside the vendor's `tccli` if that is on the path. Build it first:
#   cargo build --release -p vod-cli && tests/command/speed.sh target/release/vod
# The budget for the first three lines is 15 ms of CPU and 20 MB each. Exits with 1 where it is not kept.
set -eu
vod=${1:-target/release/vod}
python3 - "$vod" <<'PYTHON'
import os
import resource
import shutil
import subprocess
import sys

vod = sys.argv[1]
RUNS = 10
BUDGET_MS, BUDGET_MB = 15, 20


def measure(command):
    """Mean CPU milliseconds and the largest resident size in megabytes of a child."""
    script = (
        "import resource, subprocess, sys\n"
        "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)\n"
        "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
        "print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
    )
    times, sizes = [], []
    for _ in range(RUNS):
        out = subprocess.run([sys.executable, "-c", script, *command], capture_output=True, text=True, check=True).stdout
        cpu, size = out.split()
        times.append(float(cpu) * 1000)
        sizes.append(int(size) / 1024)
    return sum(times) / RUNS, max(sizes)


bounded = [
    [vod, "--version"],
    [vod, "describe-media-infos", "--help"],
    [vod, "describe-media-infos", "--file-ids", "1", "--dry-run"],
]
others = [[vod, "search", "watermark"]]
if shutil.which("tccli"):
    others += [["tccli", "--version"], ["tccli", "vod", "DescribeMediaInfos", "--generate-cli-skeleton"]]
failed = False
for command in bounded + others:
    cpu, size = measure(command)
    is_over = command in bounded and (cpu > BUDGET_MS or size > BUDGET_MB)
    failed |= is_over
    print(f"{cpu:8.1f} ms {size:6.1f} MB  {' '.join(command)}{'  OVER BUDGET' if is_over else ''}")
print(f"{os.path.getsize(vod) / 1e6:8.1f} MB  size of {vod}")
sys.exit(failed)
PYTHON
