#!/usr/bin/env python3
"""Prints the size of the source and the number of packages that a user's build has, for docs/PERFORMANCE.md.

    python3 benches/sizes.py [CHECKOUT]    # another checkout, such as a worktree of an older commit
"""

import re
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(sys.argv[1] if len(sys.argv) > 1 else Path(__file__).parents[1]).resolve()
UNIT_TESTS = re.compile(r"\n#\[cfg\(test\)\]\n(?:#\[[^\n]*\n)*mod \w+ \{.*\Z", re.S)


def output(*command, **options):
    return subprocess.run(command, check=True, capture_output=True, text=True, **options).stdout


def sources():
    """Files of libraries and programs with their lines, without tests, comments and blank lines."""
    for name in output("git", "-C", str(ROOT), "ls-files", "*.rs").split():
        if re.match(r"vod-[a-z]+/src/", name) and not re.search(r"/tests/|/tests\.rs$", name):
            text = UNIT_TESTS.sub("", (ROOT / name).read_text())
            lines = (line.strip() for line in text.splitlines())
            yield sum(1 for line in lines if line and not line.startswith("//")), name


def packages(features):
    """How many packages vod-api depends on directly, and how many a program has that depends on it alone."""
    with tempfile.TemporaryDirectory() as folder:
        program = Path(folder)
        (program / "src").mkdir()
        (program / "src/main.rs").write_text("fn main() {}\n")
        (program / "Cargo.toml").write_text(
            '[package]\nname = "program"\nversion = "0.0.0"\nedition = "2024"\n[workspace]\n'
            f'[dependencies]\nvod-api = {{ path = "{ROOT}/vod-api", default-features = false, features = {features} }}\n')
        (program / "Cargo.lock").write_bytes((ROOT / "Cargo.lock").read_bytes())

        def tree(*arguments):
            lines = output("cargo", "tree", "-e", "normal", "--prefix", "none", *arguments, cwd=program).splitlines()
            return len({tuple(line.split()[:2]) for line in lines}) - 1    # without the root itself
        return tree("-p", "vod-api", "--depth", "1"), tree("-p", "program")


sizes = sorted(sources())
lines = [size for size, _ in sizes]
print(f"{len(lines)} files, {sum(lines)} lines, median {statistics.median(lines):.0f}, largest {lines[-1]} ({sizes[-1][1]})")
all_categories = "all-categories" if "all-categories" in (ROOT / "vod-api/Cargo.toml").read_text() else "full"
for category in ["events", all_categories]:
    direct, total = packages(f'["{category}", "rustls"]')
    print(f"{category}: {direct} direct dependencies, {total} in all")
