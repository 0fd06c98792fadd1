#!/usr/bin/env python3
"""Prints the ratios of the last `cargo bench -p vod-api`: each figure of ours beside its floor, in one table.

    cargo bench -p vod-api && python3 benches/ratios.py
"""

import json
import os
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RESULTS = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "criterion"


def median(group, name):
    estimates = json.loads((RESULTS / group / name / "new" / "estimates.json").read_text())
    return estimates["median"]["point_estimate"] / 1000


def main():
    print("| what | ours | floor | ratio |\n|---|---|---|---|")
    for group in sorted(path.name for path in RESULTS.iterdir() if (path / "floor").is_dir()):
        ours, floor = median(group, "ours"), median(group, "floor")
        print(f"| {group} | {ours:.2f} us | {floor:.2f} us | **{ours / floor:.2f}** |")


if __name__ == "__main__":
    main()
