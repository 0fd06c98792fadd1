#!/usr/bin/env python3
"""Fails if modules of one crate import each other in a circle.

A module is one source file. It imports another one if it names an item that the other file declares, by `use` or by a
path (`crate::x::Y`, `super::Y`, `self::x::Y`). A `pub use` is followed to the file that declares the item. Declaring
or naming a module itself and test modules do not count, nor does a module that uses what one of its own ancestors
declares: a module and its children are one unit for that.

    python3 .ci/import_circles.py [--list]      # --list prints every import
"""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
CRATES = ["vod-spec", "vod-import", "vod-codegen", "vod-macros", "vod-api", "vod-emulator", "vod-cli"]
# Circles that are known and still to be cut; the check fails when one is gone, so that the list only shrinks.
KNOWN = ROOT / ".ci" / "import_circles.txt"

ITEM = re.compile(
    r"^(?P<indent>[ \t]*)(?:pub(?:\([^)]*\))?\s+)?(?:async\s+|const\s+|unsafe\s+|extern\s+\"C\"\s+)*"
    r"(?:struct|enum|trait|fn|type|const|static|union|macro_rules!)\s+(?P<name>[A-Za-z_]\w*)", re.M)


def strip(text):
    """Comments, literals and modules of tests are no imports."""
    text = re.sub(r'r(#*)".*?"\1|"(?:\\.|[^"\\])*"', '""', text, flags=re.S)
    text = re.sub(r"//[^\n]*", "", text)
    text = re.sub(r"/\*.*?\*/", "", text, flags=re.S)
    return re.sub(r"#\[cfg\(test\)\]\s*(?:pub(?:\([^)]*\))?\s+)?mod \w+ \{.*?^\}", "", text, flags=re.S | re.M)


def tree(text):
    """`a::{b, c as d, e::{f}}` as a list of (path, alias)."""
    text = re.sub(r"\s+", " ", text).strip()
    if "{" not in text:
        path, _, alias = text.partition(" as ")
        return [(path.strip().split("::"), alias.strip() or None)] if path.strip() else []
    head, rest = text[: text.index("{")], text[text.index("{") + 1 : text.rindex("}")]
    head = [part for part in head.strip().strip(":").split("::") if part]
    parts, depth, start = [], 0, 0
    for i, c in enumerate(rest + ","):
        depth += (c == "{") - (c == "}")
        if c == "," and depth == 0:
            parts.append(rest[start:i])
            start = i + 1
    return [(head + path, alias) for part in parts for path, alias in tree(part)]


class Crate:
    def __init__(self, name):
        self.src = ROOT / name / "src"
        self.files, self.children, self.items, self.uses, self.text = {}, {}, {}, {}, {}
        root = self.src / ("lib.rs" if (self.src / "lib.rs").exists() else "main.rs")
        self.load((), root)

    def load(self, module, file):
        text = strip(file.read_text())
        self.files[module], self.text[module] = file, text
        # Items of the file itself stand at the start of a line.
        self.items[module] = {m["name"] for m in ITEM.finditer(text) if not m["indent"]}
        self.children[module] = set()
        self.uses[module] = [
            entry for m in re.finditer(r"^(?:pub(?:\([^)]*\))?\s+)?use\s+(.*?);", text, re.S | re.M)
            for entry in tree(m[1])]
        folder = file.parent if file.name in ("lib.rs", "main.rs", "mod.rs") else file.with_suffix("")
        for m in re.finditer(r"((?:#\[[^\]]*\]\s*)*)(?:pub(?:\([^)]*\))?\s+)?mod (\w+);", text):
            if "cfg(test)" in m[1] or "path =" in m[1]:
                continue
            child = next((p for p in (folder / f"{m[2]}.rs", folder / m[2] / "mod.rs") if p.exists()), None)
            if child:
                self.children[module].add(m[2])
                self.load((*module, m[2]), child)

    def absolute(self, module, path):
        """A path as parts from the crate's root, or None if it leads elsewhere."""
        if path[0] == "crate":
            return path[1:]
        base = list(module)
        if path[0] == "self":
            return base + path[1:]
        if path[0] == "super":
            while path and path[0] == "super":
                base, path = base[:-1], path[1:]
            return base + path
        return base + path if path[0] in self.children[module] else None

    def declaring(self, parts, seen=()):
        """The module whose file declares what the path names; None for a module itself or what is unknown."""
        module = ()
        for i, part in enumerate(parts):
            if part in self.children.get(module, ()) and (i < len(parts) - 1 or part not in self.items[module]):
                module = (*module, part)
                continue
            if part in self.items[module]:
                return module
            key = (module, part)
            if key in seen:
                return None
            for path, alias in self.uses[module]:
                if (alias or path[-1]) == part:
                    target = self.absolute(module, path)
                    return self.declaring(target, (*seen, key)) if target else None
            return None
        return None

    def imports(self, module):
        text = self.text[module]
        paths = [path for path, _ in self.uses[module]]
        body = re.sub(r"^(?:pub(?:\([^)]*\))?\s+)?use\s+.*?;", "", text, flags=re.S | re.M)
        paths += [m[0].split("::") for m in re.finditer(r"\b(?:crate|super|self)(?:::\w+)+", body)]
        paths += [m[0].split("::") for m in re.finditer(r"(?<![\w:])[a-z_]\w*(?:::\w+)+", body)
                  if m[0].split("::")[0] in self.children[module]]
        private = {m.group(1) for m in re.finditer(r"^pub(?:\([^)]*\))?\s+use\s+(.*?);", text, re.S | re.M)}
        republished = {tuple(path) for use in private for path, _ in tree(use)}
        found = set()
        for path in paths:
            if tuple(path) in republished:
                continue
            parts = self.absolute(module, path)
            target = self.declaring(parts) if parts else None
            if target is not None and module[: len(target)] != target:
                found.add(target)
        return found


def circles(graph):
    """Strongly connected components of more than one module (Tarjan, without recursion limits in practice)."""
    index, low, stack, on, out, counter = {}, {}, [], set(), [], [0]
    sys.setrecursionlimit(10_000)

    def visit(node):
        index[node] = low[node] = counter[0]
        counter[0] += 1
        stack.append(node)
        on.add(node)
        for other in graph[node]:
            if other not in index:
                visit(other)
                low[node] = min(low[node], low[other])
            elif other in on:
                low[node] = min(low[node], index[other])
        if low[node] == index[node]:
            component = []
            while True:
                other = stack.pop()
                on.discard(other)
                component.append(other)
                if other == node:
                    break
            if len(component) > 1:
                out.append(sorted(component))

    for node in graph:
        if node not in index:
            visit(node)
    return out


def main():
    found = []
    for name in CRATES:
        if not (ROOT / name).is_dir():
            continue
        crate = Crate(name)
        graph = {module: crate.imports(module) for module in crate.files}
        label = {module: str(file.relative_to(ROOT)) for module, file in crate.files.items()}
        if "--list" in sys.argv:
            for module, others in graph.items():
                for other in sorted(others):
                    print(label[module], "->", label[other])
        found += [" ".join(label[module] for module in component) for component in circles(graph)]
    known = set(KNOWN.read_text().splitlines()) if KNOWN.exists() else set()
    for circle in sorted(set(found) - known):
        print(f"circle of imports: {circle}")
    for circle in sorted(known - set(found)):
        print(f"no longer a circle, take it out of {KNOWN.name}: {circle}")
    sys.exit(set(found) != known)


main()
