#!/usr/bin/env python3
"""What the runtime costs beside the floor that is measured in the same run.

    python3 benches/ratios.py [--rounds 5] [--only call] [--read]

Runs `cargo bench -p vod-benches` several times, so that ours and floor take turns, and prints the medians and their
ratio as a Markdown table. `--read` prints what the last run has left in the target directory, without a new one.
"""

import argparse
import json
import re
import statistics
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
BENCHES = ["signature", "codec", "call"]

# Group of benches, what it measures, how many of them one measurement holds, the goal.
GROUPS = [
    ("signature", "one TC3 signature of a body of 1 KiB", 1, 1.15),
    ("encode", "`ConfirmEvents` with 16 handles to JSON", 1, 1.10),
    ("decode_pull_events", "an answer of `PullEvents` with 16 events from JSON", 1, 0.75),
    ("decode_media_infos", "an answer of `DescribeMediaInfos` with 20 files from JSON", 1, 0.75),
    ("decode_task_detail", "an answer of `DescribeTaskDetail` with a large task flow from JSON", 1, 0.75),
    ("encode_pull_events", "the response of `PullEvents` to JSON", 1, 1.10),
    ("encode_media_infos", "the response of `DescribeMediaInfos` to JSON", 1, 1.10),
    ("encode_task_detail", "the response of `DescribeTaskDetail` to JSON", 1, 1.10),
    ("call_cpu_1", "CPU of a call with everything on, 1 in flight", 1, 1.10),
    ("call_cpu_16", "CPU of a call with everything on, 16 in flight", 1, 1.10),
    ("call_cpu_64", "CPU of a call with everything on, 64 in flight", 1, 1.10),
    ("call_info_cpu_1", "the same with a subscriber at INFO, 1 in flight", 1, 1.10),
    ("call_info_cpu_16", "the same with a subscriber at INFO, 16 in flight", 1, 1.10),
    ("call_info_cpu_64", "the same with a subscriber at INFO, 64 in flight", 1, 1.10),
    ("call_wall_1", "time of a call, 1 in flight", 1, None),
]

# What the bench of calls prints by itself: both take turns in it.
CALL = re.compile(r"^(call_\w+) ours=(\d+) floor=(\d+) ratio=([\d.]+)$", re.MULTILINE)


def target():
    command = ["cargo", "metadata", "--format-version", "1", "--no-deps"]
    metadata = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout
    return Path(json.loads(metadata)["target_directory"]) / "criterion"


def run(names):
    benches = [argument for name in names for argument in ("--bench", name)]
    seconds = ["--warm-up-time", "0.5", "--measurement-time", "1.5", "--noplot"]
    command = ["cargo", "bench", "-p", "vod-benches", "--features", "vod-api/metrics", *benches, "--", *seconds]
    done = subprocess.run(command, cwd=ROOT, capture_output=True, text=True)
    if done.returncode != 0:
        sys.exit(f"{' '.join(command)} failed:\n{done.stderr[-4000:]}")
    return {name: tuple(map(float, figures)) for name, *figures in CALL.findall(done.stdout)}


def median(directory, group, name):
    """Nanoseconds of the last run."""
    estimates = json.loads((directory / group / name / "new" / "estimates.json").read_text())
    return estimates["median"]["point_estimate"]


def shown(nanoseconds):
    return f"{nanoseconds:.0f} ns" if nanoseconds < 1000 else f"{nanoseconds / 1000:.2f} us"


def is_wanted(group, options):
    bench = next((name for name in ("signature", "call") if group.startswith(name)), "codec")
    return options.only in (None, bench) and not (options.read and bench == "call")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--read", action="store_true", help="do not run, print the last results; calls keep none")
    parser.add_argument("--only", choices=BENCHES, help="run one bench")
    options = parser.parse_args()
    directory = target()
    wanted = [group for group in GROUPS if is_wanted(group[0], options)]
    rounds = {group: [] for group, *_ in wanted}
    for number in range(1 if options.read else options.rounds):
        calls = {} if options.read else run([options.only] if options.only else BENCHES)
        for group, *_ in wanted:
            if group not in calls:
                ours, floor = (median(directory, group, name) for name in ("ours", "floor"))
                calls[group] = ours, floor, ours / floor
            rounds[group].append(calls[group])
        print(f"round {number + 1}: " + ", ".join(f"{g} {rounds[g][-1][2]:.2f}" for g in rounds), flush=True)
    print("\n| measured | ours | floor | ratio (smallest to largest) | goal |\n|---|---|---|---|---|")
    for group, what, count, goal in wanted:
        ours, floor, ratios = zip(*rounds[group])
        middle = statistics.median(ratios)
        print(
            f"| {what} | {shown(statistics.median(ours) / count)} | {shown(statistics.median(floor) / count)} "
            f"| **{middle:.2f}** ({min(ratios):.2f} to {max(ratios):.2f}) | {f'{goal:.2f}' if goal else ''} |"
        )
    if "encode" in rounds:
        query = median(directory, "encode", "query")
        print(f"\nThe same request as a query: {shown(query)}.")


if __name__ == "__main__":
    main()
