#!/usr/bin/env python3
"""Fails if the dependencies break a rule of deny.toml: licenses, sources, and who may depend on what.

Building cargo-deny takes longer than all that it would check here. This reads the same rules and applies those that
deny.toml uses; an installed cargo-deny is run as well.
"""

import json
import re
import shutil
import subprocess
import sys
import tomllib
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
RULES = tomllib.loads((ROOT / "deny.toml").read_text())
ALLOWED = set(RULES["licenses"]["allow"])


def metadata():
    command = ["cargo", "metadata", "--format-version", "1", "--all-features", "--locked"]
    return json.loads(subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True).stdout)


def is_allowed(expression):
    """Whether an SPDX expression can be met by the allowed licenses. `MIT/Apache-2.0` is an older form of OR."""
    alternatives = re.split(r" OR |/", expression.replace("(", " ( ").replace(")", " ) "))
    if "(" not in expression:
        return any(all(term.strip() in ALLOWED for term in part.split(" AND ")) for part in alternatives)
    inner = re.search(r"\(([^()]*)\)", expression)
    met = next(iter(ALLOWED)) if is_allowed(inner[1]) else "none"
    return is_allowed(expression.replace(inner[0], met))


def problems(data):
    packages = {package["id"]: package for package in data["packages"]}
    for package in packages.values():
        name = f"{package['name']} {package['version']}"
        if not is_allowed(package["license"] or "none"):
            yield f"{name}: the license {package['license']} is not in the list of deny.toml"
        if package["source"] and not package["source"].startswith("registry+"):
            yield f"{name}: comes from {package['source']}, which is no registry"
    rules = {rule["crate"]: set(rule["wrappers"]) for rule in RULES["bans"]["deny"]}
    for node in data["resolve"]["nodes"]:
        name = packages[node["id"]]["name"]
        for used in (packages[dependency["pkg"]]["name"] for dependency in node["deps"]):
            if name != used and name not in rules.get(used, {name}):
                yield f"{name}: must not depend on {used}, see [bans] in deny.toml"


def main():
    found = sorted(set(problems(metadata())))
    if found:
        print("\n".join(found))
    if not found and shutil.which("cargo-deny"):
        command = ["cargo", "deny", "check", "bans", "licenses", "sources"]
        sys.exit(subprocess.run(command, cwd=ROOT).returncode)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
