#!/usr/bin/env python3
"""What the whole VOD API costs to compile, beside serde's derives on the same structs.

    python3 benches/compile_time/run.py [--rounds 3] [--quick] [--from-nothing] [--work DIR]

Prints Markdown tables: the model by `service!` and vod-api itself (with its runtime) beside a derive rendering of the
same spec files, one category beside all, parts of the actions (what none costs is reading the specs), and the size of
programs; with `--from-nothing`, what a user's first build costs. Each figure is the CPU time of compiling one crate alone, its dependencies built: the median of the rounds,
in which the crates take turns. `--quick` measures `cargo check` only. All of it takes about 25 CPU minutes.
"""

import argparse
import shutil
import subprocess
import tempfile
from pathlib import Path

import workspace
from measure import Build, cargo, crate_alone

FULL = ["-p", "vod-api", "--lib"]
EVENTS = ["-p", "vod-api", "--lib", "--no-default-features", "--features", "events,rustls"]
KINDS = [("`cargo check`", ["check"]), ("debug build", ["build"]), ("release library", ["build", "--release"])]


def table(*header):
    print(f"\n| {' | '.join(header)} |\n|{'---|' * len(header)}", flush=True)


def row(*cells):
    print(f"| {' | '.join(cells)} |", flush=True)


def ratios(label, of, to):
    """A row with the CPU time and the memory of both, and their ratios."""
    (seconds, peak), (floor, floor_peak) = of, to
    row(
        label, f"{seconds:.2f} s", f"{floor:.2f} s", f"**{seconds / floor:.2f}**",
        f"{peak:.0f} MB", f"{floor_peak:.0f} MB", f"**{peak / floor_peak:.2f}**",
    )


def whole_model(work, kinds, rounds):
    structs = workspace.write_model(work)
    print(f"\nThe whole model: {len(workspace.actions(work))} actions, {structs} structs.")
    table("build", "ours, CPU", "derive, CPU", "ratio", "ours, peak", "derive, peak", "ratio")
    for kind, command in kinds:
        builds = [
            Build("ours", [*command, "-p", "ours", "--lib"], "ours/src/lib.rs"),
            Build("derive", [*command, "-p", "derive", "--lib"], "derive/src/lib.rs"),
            Build("vod-api", [*command, *FULL], "vod-api/src/lib.rs"),
        ]
        of = crate_alone(work, builds, rounds)
        ratios(f"{kind}, `service!`", of["ours"], of["derive"])
        ratios(f"{kind}, vod-api itself", of["vod-api"], of["derive"])


def program(work, rounds):
    """The program alone, its libraries built."""
    source = "examples/pull_events.rs"
    command = ["build", "--release", "--example", "pull_events"]
    builds = [Build(name, [*command, "-p", name], f"{name}/{source}") for name in ("ours", "derive")]
    of = crate_alone(work, builds, rounds)
    ratios("release program that calls `PullEvents`", of["ours"], of["derive"])


def one_category(work, kinds, rounds):
    table("vod-api alone", "`events`, CPU", "all, CPU", "ratio", "`events`, peak", "all, peak", "ratio")
    for kind, command in kinds:
        builds = [
            Build(name, [*command, *arguments], "vod-api/src/lib.rs")
            for name, arguments in (("events", EVENTS), ("full", FULL))
        ]
        of = crate_alone(work, builds, rounds)
        ratios(kind, of["events"], of["full"])


def parts(work, rounds):
    table("actions", "structs", "ours, CPU", "for each action", "for each struct", "derive, CPU", "ratio")
    names = workspace.actions(work)
    for only in ([], names[::4], names[::2], names):
        structs = workspace.write_model(work, only)
        builds = [Build(name, ["check", "-p", name, "--lib"], f"{name}/src/lib.rs") for name in ("ours", "derive")]
        of = crate_alone(work, builds, rounds)
        (ours, _), (derive, _) = of["ours"], of["derive"]
        each = [f"{1000 * ours / count:.1f} ms" if count else "" for count in (len(only), structs)]
        ratio = f"**{ours / derive:.2f}**" if only else ""
        row(str(len(only)), str(structs), f"{ours:.2f} s", *each, f"{derive:.2f} s", ratio)


def from_nothing(work):
    """What a program with one call costs its user the first time: all its dependencies, once, with an empty target."""
    # The tables of host names that a user's build gets, not the smaller ones of this workspace.
    cargo(work, ["update", "-p", "idna_adapter"])
    table("debug build from nothing", "TLS", "bare reqwest, CPU", "vod-api, CPU", "ratio")
    for tls in ("rustls-ring", "rustls"):
        seconds = {}
        for name, features in (("bare", tls), ("program", f"events,{tls}")):
            shutil.rmtree(work / "target", ignore_errors=True)
            command = ["build", "-p", name, "--no-default-features", "--features", features]
            seconds[name], _ = cargo(work, command)
        bare, ours = seconds["bare"], seconds["program"]
        row("one call, `events`", f"`{tls}`", f"{bare:.0f} s", f"{ours:.0f} s", f"**{ours / bare:.2f}**")


def sizes(work):
    table("release program that makes one call", "size", "stripped")
    programs = [
        ("bare reqwest, unsigned", "bare", []),
        ("vod-api, `events`", "program", ["--features", "events"]),
        ("vod-api, all categories", "program", ["--features", "all-categories"]),
    ]
    for label, name, features in programs:
        cargo(work, ["build", "--release", "-p", name, *features])
        built, stripped = work / "target/release" / name, work / "target/stripped"
        subprocess.run(["strip", "-o", stripped, built], check=True)
        row(label, *(f"{path.stat().st_size / 1e6:.2f} MB" for path in (built, stripped)))


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--quick", action="store_true", help="`cargo check` only")
    parser.add_argument("--from-nothing", action="store_true", help="what a user's first build costs, and nothing else")
    parser.add_argument("--work", type=Path, help="where to build, to be kept; default a temporary directory")
    options = parser.parse_args()
    work = options.work or Path(tempfile.mkdtemp(prefix="compile_time_"))
    workspace.lay_out(work)
    if options.from_nothing:
        from_nothing(work)
        return
    cargo(work, ["build", "-p", "render"])
    kinds = KINDS[:1] if options.quick else KINDS
    whole_model(work, kinds, options.rounds)
    if not options.quick:
        program(work, options.rounds)
    one_category(work, kinds, options.rounds)
    parts(work, options.rounds)
    if not options.quick:
        sizes(work)
    if options.work is None:
        shutil.rmtree(work)


if __name__ == "__main__":
    main()
