"""A workspace to measure in: a copy of the crates, and beside them the crates of `crates/`.

The copy keeps what is measured apart from the checkout, whose files may change meanwhile and whose build settings
(an optimised macro) a user of the published crates does not have.
"""

import shutil
import subprocess
from pathlib import Path

HERE = Path(__file__).resolve().parent
ROOT = HERE.parents[1]
COPIED = ["Cargo.toml", "Cargo.lock", "api-specs", "vod-spec", "vod-codegen", "vod-macros", "vod-api", "vod-emulator",
          "benches/run_time/derive/render.rs"]


def lay_out(work):
    """Makes the workspace anew, and leaves what was built."""
    work.mkdir(parents=True, exist_ok=True)
    for entry in work.iterdir():
        if entry.name != "target":
            shutil.rmtree(entry) if entry.is_dir() and not entry.is_symlink() else entry.unlink()
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard", *COPIED],
        cwd=ROOT, capture_output=True, text=True, check=True,
    )
    for name in filter(None, listed.stdout.split("\0")):
        if (ROOT / name).exists():
            (work / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, work / name, follow_symlinks=False)
    shutil.copytree(HERE / "crates", work, dirs_exist_ok=True)
    members = sorted(path.parent.name for path in work.glob("*/Cargo.toml"))
    lines = (ROOT / "Cargo.toml").read_text().partition("\n[profile.")[0].splitlines()
    lines = [f"members = {members}" if line.startswith("members = ") else line for line in lines]
    lines = [line for line in lines if not line.startswith("default-members")]
    (work / "Cargo.toml").write_text("\n".join(lines) + "\n")


def actions(work):
    """The names of all actions."""
    return sorted(path.stem for path in (work / "api-specs/vod").rglob("*.toml") if path.stem[0].isupper())


def write_model(work, only=None):
    """Writes the sources of the two crates that hold the model, or the part of it that these actions reach.

    Returns how many structs there are.
    """
    selection = "" if only is None else f", only = [{', '.join(only)}]"
    (work / "ours/src/lib.rs").write_text(
        f'//! The model as `service!` generates it.\n\nvod_api::service!("../api-specs/vod"{selection});\n'
    )
    render = [work / "target/debug/render", work / "api-specs/vod", *(["--only", *only] if only is not None else [])]
    source = subprocess.run(render, capture_output=True, text=True, check=True).stdout
    (work / "derive/src/types.rs").write_text(source)
    return source.count("\npub struct ")
