"""See speed.sh."""

import os
import subprocess
import sys

from emulator import Emulator

RUNS = 10
BUDGET_MS, BUDGET_MB, BUDGET_SEARCH_MS, BUDGET_SHARE = 15, 20, 20, 20
VENDOR = ["target/conformance-venv/bin/python", "-B", "tests/command/tccli_over_http.py"]
CHILD = (
    "import resource, subprocess, sys\n"
    "subprocess.run(sys.argv[1:], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, check=True)\n"
    "used = resource.getrusage(resource.RUSAGE_CHILDREN)\n"
    "print(used.ru_utime + used.ru_stime, used.ru_maxrss)\n"
)


def measure(command, environment=None):
    """Mean CPU milliseconds and the largest resident size in megabytes of a process."""
    times, sizes = [], []
    for _ in range(RUNS):
        measured = [sys.executable, "-c", CHILD, *command]
        out = subprocess.run(measured, env=environment, capture_output=True, text=True, check=True).stdout
        cpu, size = out.split()
        times.append(float(cpu) * 1000)
        sizes.append(int(size) / 1024)
    return sum(times) / RUNS, max(sizes)


def main(vod):
    failed = False

    def tell(command, figures, is_over=False):
        nonlocal failed
        failed |= is_over
        cpu, size = figures
        print(f"{cpu:8.1f} ms {size:6.1f} MB  {' '.join(command)}{'  OVER BUDGET' if is_over else ''}", flush=True)

    for words in [
        ["--version"],
        ["describe-media-infos", "--help"],
        ["describe-media-infos", "--file-ids", "1", "--dry-run"],
    ]:
        cpu, size = measure([vod, *words])
        tell(["vod", *words], (cpu, size), cpu > BUDGET_MS or size > BUDGET_MB)
    cpu, size = measure([vod, "search", "watermark"])
    tell(["vod", "search", "watermark"], (cpu, size), cpu > BUDGET_SEARCH_MS)
    os.environ["VOD_EMULATOR"] = f"{vod} emulator"
    with Emulator("--seed-events", "1") as emulator:
        known = {
            "PATH": os.environ["PATH"],
            "HOME": "/nonexistent",
            "TENCENTCLOUD_SECRET_ID": Emulator.SECRET_ID,
            "TENCENTCLOUD_SECRET_KEY": Emulator.SECRET_KEY,
            "VOD_ENDPOINT": f"http://{emulator.address}",
        }
        own = measure([vod, "describe-events-state"], known)
        if os.path.exists(VENDOR[0]):
            at = ["--endpoint", emulator.address, "--region", "ap-guangzhou"]
            theirs = measure([*VENDOR, "vod", "DescribeEventsState", *at], known)
            tell(["tccli", "vod", "DescribeEventsState"], theirs)
            tell(["vod", "describe-events-state"], own, own[0] * BUDGET_SHARE > theirs[0])
        else:
            tell(["vod", "describe-events-state"], own)
    print(f"{os.path.getsize(vod) / 1e6:8.1f} MB  size of {vod}")
    return 1 if failed else 0


sys.exit(main(sys.argv[1]))
