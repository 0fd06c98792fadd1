"""One build: its CPU time and the memory of its largest process."""

import json
import os
import statistics
import subprocess
import sys
import time
from dataclasses import dataclass

# A fresh parent, whose children are this one build.
PARENT = """
import json, resource, subprocess, sys
code = subprocess.run(sys.argv[1:]).returncode
used = resource.getrusage(resource.RUSAGE_CHILDREN)
print(json.dumps([code, used.ru_utime + used.ru_stime, used.ru_maxrss / 1024]))
"""


@dataclass
class Build:
    """What to build, and the file whose change makes that one crate stale."""

    name: str
    arguments: list
    source: str


def cargo(work, arguments):
    """Returns CPU seconds, those of all processes, and the peak memory in MB of the largest."""
    environment = dict(os.environ, CARGO_INCREMENTAL="0", CARGO_TARGET_DIR=str(work / "target"))
    command = [sys.executable, "-c", PARENT, "cargo", *arguments]
    run = subprocess.run(command, cwd=work, env=environment, capture_output=True, text=True)
    code, seconds, peak = json.loads(run.stdout.splitlines()[-1])
    if code != 0:
        sys.exit(f"cargo {' '.join(arguments)} failed:\n{run.stderr[-4000:]}")
    return seconds, peak


def crate_alone(work, builds, rounds):
    """Builds the dependencies, then each crate in turn, several times.

    Returns {name: (CPU seconds, peak memory in MB)}, medians.
    """
    for build in builds:
        cargo(work, build.arguments)
    figures = {build.name: [] for build in builds}
    for _ in range(rounds):
        for build in builds:
            time.sleep(0.01)
            os.utime(work / build.source)
            figures[build.name].append(cargo(work, build.arguments))
    return {name: tuple(map(statistics.median, zip(*of))) for name, of in figures.items()}
