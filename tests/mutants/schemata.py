"""Puts the mutants that `cargo mutants` lists into one build, each behind a switch, and runs the unit tests for each switch.

`cargo mutants` builds once for each mutant; here the core is built once for all of them. `run.sh` says how to use it.
"""

import itertools
import json
import os
import re
import subprocess
import sys
import time
from collections import defaultdict
from pathlib import Path

import tree_sitter_rust
from tree_sitter import Language, Parser

SWITCH = """
/// Whether this run tests the mutant with this number.
pub(crate) fn __mutant(number: u32) -> bool {
    static CHOSEN: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
    number == *CHOSEN.get_or_init(|| std::env::var("MUTANT").ok().and_then(|text| text.parse().ok()).unwrap_or(0))
}
"""
PARSER = Parser(Language(tree_sitter_rust.language()))
# What takes more than a quarter of a second is left to the last stage, and to mutants of its own room.
SLOW = [
    "events::content_key::tests::depth",
    "events::ledger::model",
    "pipeline::response::tests::a_secret_on_the_edge",
    "pipeline::tests::answers::a_silent_server",
    "pipeline::tests::secrets::an_answer_that_repeats",
    "pipeline::tests::streams::silence_ends",
    "record::tests::odd_values::a_body_does_not_grow",
    "record::tests::odd_values::an_odd_value_takes",
    "record::tests::odd_values::bytes_that_were_flipped",
    "record::tests::round_trip",
    "redact::tests",
]
# The crate's tests from outside that prove signatures by the vendor's vectors.
OUTER = ["signatures", "cos_signatures", "signature_properties", "sign"]
SKIPPED = [argument for name in SLOW for argument in ("--skip", name)]
# A mutant may loop forever. Much more than the tests take, on a busy machine too.
SECONDS = {"module": 60, "room": 60, "outer": 60, "fast": 60, "slow": 120}


def listed(tree, files):
    """The mutants of the files, as `cargo mutants` lists them."""
    command = ["cargo", "mutants", "--list", "--json", "--package", "vod-api"]
    for file in files:
        command += ["--file", file]
    output = subprocess.run(command, cwd=tree, check=True, stdout=subprocess.PIPE).stdout
    mutants = json.loads(output)
    for number, mutant in enumerate(mutants, 1):
        mutant["number"] = number
    return mutants


class Source:
    """One file with the switches of its mutants."""

    def __init__(self, path):
        self.path = path
        self.text = path.read_bytes()
        self.root = PARSER.parse(self.text).root_node
        lines = self.text.split(b"\n")
        self.starts = [0]
        for line in lines:
            self.starts.append(self.starts[-1] + len(line) + 1)
        self.lines = lines
        self.inserted = []

    def offset(self, place):
        line = self.lines[place["line"] - 1].decode()
        return self.starts[place["line"] - 1] + len(line[: place["column"] - 1].encode())

    def span(self, mutant):
        return self.offset(mutant["span"]["start"]), self.offset(mutant["span"]["end"])

    def slice(self, node):
        return self.text[node.start_byte : node.end_byte].decode()

    def nodes(self, kind, start):
        """The nodes of a kind that begin at or before an offset and hold it, innermost first."""
        node = self.root.descendant_for_byte_range(start, start + 1)
        while node is not None:
            if node.type == kind:
                yield node
            node = node.parent

    def insert(self, at, text, order):
        self.inserted.append((at, order, text))

    def wrap(self, start, end, before, after, outer=0):
        """Puts texts around a span: those of a longer span, and of equal ones the outer one's, stand outside."""
        length = end - start + outer
        self.insert(start, before, (1, -length))
        self.insert(end, after, (0, length))

    def write(self):
        """Writes the file with its switches. Gives the lines on which each mutant's own code stands."""
        result, last = [], 0
        for at, _, text in sorted(self.inserted, key=lambda entry: (entry[0], entry[1])):
            result.append(self.text[last:at].decode())
            result.append(text)
            last = at
        result.append(self.text[last:].decode())
        text = "".join(result)
        self.path.write_text(text)
        owners = {}
        owner = None
        for number, line in enumerate(text.split("\n"), 1):
            begins = re.match(r"/\*mutant (\d+)\*/", line)
            if begins:
                owner = int(begins[1])
                owners[number] = owner
                owner = None if line.rstrip().endswith("/*end*/") else owner
            elif owner is not None:
                owners[number] = owner
                if "/*end*/" in line:
                    owner = None
        return owners


def own(number, code):
    """A mutant's code on lines of its own, so that a compiler error names the mutant."""
    return f"\n/*mutant {number}*/ {code} /*end*/\n"


def alternatives(source, start, end, choices):
    chain = "".join(f"if crate::__mutant({number}) {{{own(number, code)}}} else " for number, code in choices)
    source.wrap(start, end, f"({chain}{{ ", " })")


def mutate(source, mutants):
    """Puts the switches of a file's mutants in. Gives those for which there is no switch."""
    left = []
    expressions = defaultdict(list)
    for mutant in mutants:
        number, (start, end) = mutant["number"], source.span(mutant)
        genre, replacement = mutant["genre"], mutant["replacement"]
        if genre == "FnValue":
            fn = next((node for node in source.nodes("function_item", start) if node.start_byte < start), None)
            # Two types that only say `impl Trait` are not one type.
            if fn is None or mutant["function"]["return_type"].startswith("-> impl "):
                left.append(mutant)
                continue
            body = fn.child_by_field_name("body")
            code = f"if crate::__mutant({number}) {{{own(number, f'return {replacement};')}}}"
            source.insert(body.start_byte + 1, code, (2, 0))
            modifiers = next((child for child in fn.children if child.type == "function_modifiers"), None)
            if modifiers is not None and "const" in source.slice(modifiers):
                unconst(source, modifiers)
        elif genre in ("BinaryOperator", "UnaryOperator"):
            kinds = ["binary_expression", "compound_assignment_expr"] if genre == "BinaryOperator" else ["unary_expression"]
            node = next((node for kind in kinds for node in source.nodes(kind, start) if operator_at(node, start)), None)
            if node is None or in_constant(node):
                left.append(mutant)
                continue
            if genre == "UnaryOperator":
                code = source.text[node.start_byte + 1 : node.end_byte].decode()
                code = f"{replacement}{code}" if replacement else code
            else:
                before = source.text[node.start_byte : start].decode()
                code = before + replacement + source.text[end : node.end_byte].decode()
            expressions[(node.start_byte, node.end_byte)].append((number, code))
            unconst_around(source, start)
        elif genre == "MatchArmGuard":
            expressions.setdefault(("guard", start, end), []).append((number, replacement))
        elif genre == "MatchArm":
            arm = next(source.nodes("match_arm", start), None)
            pattern = arm.child_by_field_name("pattern") if arm else None
            if pattern is None or not has_default(arm):
                left.append(mutant)
                continue
            guard = pattern.child_by_field_name("condition")
            if guard is None:
                source.insert(pattern.end_byte, f" if !crate::__mutant({number}) ", (0, 0))
            else:
                source.wrap(guard.start_byte, guard.end_byte, f"!crate::__mutant({number}) && (", ")", 0.5)
        else:
            left.append(mutant)
    for key, choices in expressions.items():
        if key[0] == "guard":
            on = [number for number, value in choices if value == "true"]
            off = [number for number, value in choices if value == "false"]
            on = " || ".join(f"crate::__mutant({number})" for number in on) or "false"
            off = " || ".join(f"crate::__mutant({number})" for number in off) or "false"
            source.wrap(key[1], key[2], f"({on} || (!({off}) && (", ")))", 0.25)
        else:
            alternatives(source, key[0], key[1], choices)
    return left


def in_constant(node):
    """Whether a node belongs to a constant, where there can be no switch."""
    while node is not None and node.type != "function_item":
        if node.type in ("const_item", "static_item"):
            return True
        node = node.parent
    return False


def has_default(arm):
    """Whether a later arm takes everything: only then can an arm get a condition."""
    last = [child for child in arm.parent.named_children if child.type == "match_arm"][-1]
    return last.start_byte > arm.start_byte and last.child_by_field_name("pattern").text == b"_"


def unconst(source, modifiers):
    """A switch is no constant: the function that holds one is none either."""
    at = source.text.index(b"const", modifiers.start_byte)
    if not any(entry[0] == at and entry[2].startswith("/*") for entry in source.inserted):
        source.insert(at, "/*", (0, 0))
        source.insert(at + len("const"), "*/", (0, 0))


def unconst_around(source, start):
    for fn in source.nodes("function_item", start):
        modifiers = next((child for child in fn.children if child.type == "function_modifiers"), None)
        if modifiers is not None and "const" in source.slice(modifiers):
            unconst(source, modifiers)
        return


def operator_at(node, start):
    operator = node.child_by_field_name("operator") or node.child(0)
    return operator is not None and operator.start_byte == start


def build(tree, owners):
    """The tests' executables by their names; or the mutants that do not compile."""
    command = ["cargo", "test", "--package", "vod-api", "--lib", "--no-default-features", "--features", "events"]
    command += ["--no-run", "--message-format=json"]
    command += [word for name in OUTER for word in ("--test", name)]
    done = subprocess.run(command, cwd=tree, stdout=subprocess.PIPE)
    executables, refused, other = {}, set(), []
    for line in done.stdout.splitlines():
        message = json.loads(line)
        if message.get("executable"):
            executables[message["target"]["name"]] = message["executable"]
        message = message.get("message")
        if message and message["level"].startswith("error") and message["spans"]:
            found = {
                owners[span["file_name"]].get(number)
                for span in message["spans"]
                if span["file_name"] in owners
                for number in range(span["line_start"], span["line_end"] + 1)
            } - {None}
            refused |= found
            if not found:
                other.append(message["rendered"])
    if done.returncode and not refused:
        sys.exit("no mutant explains the errors:\n" + "\n".join(other))
    return (executables, set()) if not done.returncode else (None, refused)


def run(executables, folder, number, stage, module=None):
    """Whether a test of a stage fails."""
    room = module and module.split("::")[0] + "::"
    by_stage = {"module": [module, *SKIPPED], "room": [room, *SKIPPED], "fast": SKIPPED, "slow": [room]}
    filters = by_stage.get(stage, [])
    names = OUTER if stage == "outer" else ["vod_api"]
    # To end with the first failure is an option that libtest calls unstable.
    options = ["--quiet", "-Zunstable-options", "--fail-fast", *filters]
    environment = {**os.environ, "MUTANT": str(number), "RUST_BACKTRACE": "0", "RUSTC_BOOTSTRAP": "1"}
    for name in names:
        command = [executables[name], *options]
        try:
            done = subprocess.run(
                command, cwd=folder, env=environment, timeout=SECONDS.get(stage, 600), capture_output=True, stdin=subprocess.DEVNULL
            )
        except subprocess.TimeoutExpired:
            return "timeout"
        if done.returncode != 0:
            return "killed"
    return "survived"


def tested(executables, folder, mutants):
    """Each mutant with its outcome: first by the tests of its own module, then of its
    room, then by those from outside, then by all that are fast, then by the slow ones of its room."""
    for stage in SECONDS:
        survivors = []
        for mutant in mutants:
            module = mutant["file"].removeprefix("vod-api/src/").removesuffix(".rs").replace("/", "::")
            # The tests from outside are about signatures alone.
            if stage == "outer" and not module.startswith("sign"):
                survivors.append(mutant)
                continue
            outcome = run(executables, folder, mutant["number"], stage, module)
            if outcome == "survived":
                survivors.append(mutant)
            else:
                yield mutant, outcome
        mutants = survivors
        print(f"{len(mutants)} mutants are left after the stage '{stage}'", flush=True)
    yield from ((mutant, "survived") for mutant in mutants)


def print_without_switch(files):
    """The names of the mutants that only a build of their own can test."""
    mutants = [mutant for mutant in listed(Path("."), files) if "/tests" not in mutant["file"]]
    for file in files:
        for mutant in mutate(Source(Path(file)), [mutant for mutant in mutants if mutant["file"] == file]):
            print(mutant["name"])


def main():
    if sys.argv[1] == "--without-switch":
        print_without_switch(sys.argv[2:])
        return
    tree, results, files = Path(sys.argv[1]), Path(sys.argv[2]), sys.argv[3:]
    originals = {file: (tree / file).read_bytes() for file in files + ["vod-api/src/lib.rs"]}
    mutants = [mutant for mutant in listed(tree, files) if "/tests" not in mutant["file"]]
    unviable, executables = set(), None
    while executables is None:
        owners, left = {}, []
        for file, text in originals.items():
            (tree / file).write_bytes(text)
        for file in files:
            own_mutants = [m for m in mutants if m["file"] == file and m["number"] not in unviable]
            source = Source(tree / file)
            left += mutate(source, own_mutants)
            owners[file] = source.write()
        with (tree / "vod-api/src/lib.rs").open("a") as lib:
            lib.write(SWITCH)
        executables, refused = build(tree, owners)
        unviable |= refused
        print(f"{len(mutants)} mutants, {len(unviable)} do not compile, {len(left)} have no switch", flush=True)
    folder = tree / "vod-api"
    began = time.monotonic()
    for stage in ("outer", "all"):
        if (outcome := run(executables, folder, 0, stage)) != "survived":
            sys.exit(f"the tests without a mutant: {outcome}")
    print(f"all tests: {time.monotonic() - began:.1f} s", flush=True)
    untested = {number: "unviable" for number in unviable} | {mutant["number"]: "no switch" for mutant in left}
    outcomes = [(mutant, untested[mutant["number"]]) for mutant in mutants if mutant["number"] in untested]
    known = {line.split("\t")[2].rstrip("\n") for line in results.open()} if results.exists() else set()
    outcomes = [(mutant, outcome) for mutant, outcome in outcomes if mutant["name"] not in known]
    switched = [m for m in mutants if m["number"] not in untested and m["name"] not in known]
    with results.open("a") as out:
        for mutant, outcome in itertools.chain(outcomes, tested(executables, folder, switched)):
            out.write(f"{outcome}\t{mutant['file']}\t{mutant['name']}\n")
            out.flush()


main()
