#!/usr/bin/env python3
"""Keeps the file map of ARCHITECTURE.md: one line a file, from the first sentence of the file's own doc.

    python3 .ci/file_map.py            # writes it
    python3 .ci/file_map.py --check    # fails if it is stale
"""

import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "ARCHITECTURE.md"
START, END = "<!-- file map -->", "<!-- end of the file map -->"
FOLDERS = ["vod-spec/src", "vod-import/src", "vod-codegen/src", "vod-macros/src", "vod-api/src", "vod-emulator/src", "vod-cli/src", "examples", "tests", "fuzz"]


def first_sentence(path):
    """What the file says of itself."""
    lines = []
    for line in (ROOT / path).read_text().splitlines():
        if not line.startswith("//!") or (lines and line == "//!"):
            break
        lines.append(line[3:].strip())
    text = " ".join(lines).strip()
    return re.split(r"(?<=\.)\s", text, maxsplit=1)[0]


def file_map():
    files = subprocess.run(["git", "ls-files", "*.rs"], cwd=ROOT, capture_output=True, text=True, check=True)
    out = []
    for folder in FOLDERS:
        out.append(f"\n### {folder}\n")
        for path in sorted(files.stdout.split()):
            inside = path.removeprefix(folder + "/")
            is_test = "/tests/" in path or path.endswith("/tests.rs") or "snapshots" in path
            if inside == path or (is_test and folder != "tests"):
                continue
            out.append(f"- `{inside}`: {first_sentence(path)}")
    return "\n".join(out) + "\n"


def main():
    page = PAGE.read_text()
    before, rest = page.split(START)
    _, after = rest.split(END)
    wanted = before + START + file_map() + END + after
    if "--check" in sys.argv:
        if page != wanted:
            sys.exit("the file map of ARCHITECTURE.md is stale; run python3 .ci/file_map.py")
        return
    PAGE.write_text(wanted)


if __name__ == "__main__":
    main()
