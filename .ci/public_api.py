#!/usr/bin/env python3
"""Fails if the public API differs from the lists in docs/public_api: one line for each public item, method and field.

    python3 .ci/public_api.py            # compares; run `cargo doc` with the features of .ci/run before
    python3 .ci/public_api.py --write    # accepts the API as it is

The lists come from the pages of rustdoc, which needs no nightly toolchain, no network and no second build. What the macro
generates from spec files (the modules `vod` and `sts`) is left out: the spec files say what it is.
"""

import difflib
import html
import os
import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
LISTS = ROOT / "docs/public_api"
CRATES = ["vod-api", "vod-emulator", "vod-spec"]
GENERATED = {"vod_api/vod", "vod_api/sts"}
ITEM = re.compile(r'<pre class="rust item-decl"><code>(.*?)</code></pre>', re.S)
MEMBER = re.compile(r'<section id="([^"]*)" class="(method|tymethod|associatedtype|associatedconstant|variant)[^"]*">.*?<h[34] class="code-header">(.*?)</h[34]>', re.S)
FIELD = re.compile(r'<span id="structfield\.[^"]*" class="structfield[^"]*">.*?<code>(.*?)</code>', re.S)


def text(markup):
    """What a reader sees, on one line."""
    plain = html.unescape(re.sub(r"<[^>]*>", "", markup))
    return re.sub(r"\s+", " ", plain).strip()


def own(page):
    """The part of a page that is about the item itself: without the implementations of foreign and automatic traits."""
    return re.split(r'<h2 id="(?:synthetic-implementations|blanket-implementations|trait-implementations|deref-methods)', page)[0]


def lines(crate):
    root = Path(os.environ.get("CARGO_TARGET_DIR", ROOT / "target")) / "doc" / crate.replace("-", "_")
    if not root.is_dir():
        sys.exit(f"{root} is missing: run `cargo doc --workspace --no-deps` with the features that .ci/run names")
    for path in sorted(root.rglob("*.html")):
        kind, _, name = path.stem.partition(".")
        folder = path.parent.relative_to(root.parent).as_posix()
        if not name or any(folder == module or folder.startswith(module + "/") for module in GENERATED):
            continue
        place = "::".join([*folder.split("/"), name])
        page = path.read_text()
        if 'http-equiv="refresh"' in page:
            continue    # only leads to the item's public place
        item = ITEM.search(page)
        if item is None or kind in ("macro", "index"):
            yield f"{kind} {place}"
            continue
        declared = text(item[1])
        yield f"{place}: {declared if kind in ('fn', 'type', 'constant', 'trait') else declared.split('{')[0].strip()}"
        yield from (f"{place}: field {text(field)}" for field in FIELD.findall(page))
        yield from (f"{place}: {text(member)}" for _, _, member in MEMBER.findall(own(page)))


def main():
    differs = False
    for crate in CRATES:
        path, now = LISTS / f"{crate}.txt", sorted(set(lines(crate)))
        if "--write" in sys.argv:
            LISTS.mkdir(exist_ok=True)
            path.write_text("\n".join(now) + "\n")
            continue
        before = path.read_text().splitlines() if path.exists() else []
        for line in difflib.unified_diff(before, now, str(path.relative_to(ROOT)), "now", lineterm="", n=0):
            differs = True
            print(line)
    if differs:
        sys.exit("the public API has changed: accept it by `python3 .ci/public_api.py --write`, and tell it in CHANGELOG.md")


if __name__ == "__main__":
    main()
