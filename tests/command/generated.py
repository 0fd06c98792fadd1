"""The programs that `vod ACTION --dry-run --as FORM` prints, run against the emulator, and the vendor's command line
beside `vod`: the same calls must bring the same answers.
"""

import contextlib
import json
import os
import runpy
import shlex
import subprocess
import sys
import tempfile
import unittest
from concurrent.futures import ThreadPoolExecutor

import tencentcloud.common.common_client  # noqa: F401  so that forked programs need not load it
import tccli.services.vod.vod_client  # noqa: F401

import report
import tccli_over_http
from command import SECONDS, environment, vod
from emulator import Emulator

PROGRAMS = 40
CURLS = 10


class Call:
    """A call that brings the same answer each time."""

    def __init__(self, action, parameters, answer):
        self.action, self.parameters, self.answer = action, parameters, answer


def setUpModule():
    global emulator, calls
    emulator = Emulator("--seed-events", "3").__enter__()
    unittest.addModuleCleanup(emulator.stop)
    _, names, _ = vod(emulator.address, "__complete", "")
    # What only reads brings the same whichever program has called before.
    actions = [name for name in names.split() if name.startswith("describe-")]
    with ThreadPoolExecutor(2) as pool:
        calls = [call for call in pool.map(steady, actions[: 2 * PROGRAMS]) if call][:PROGRAMS]
    assert len(calls) == PROGRAMS, f"{len(calls)} calls bring the same answer twice"


def steady(action):
    """The action's first example, if two calls bring the same answer."""
    code, parameters, _ = vod(emulator.address, action, "--example")
    if code != 0:
        return None
    answers = []
    for _ in range(2):
        code, answer, _ = vod(emulator.address, action, "--input", "-", "-o", "json", stdin=parameters)
        if code != 0:
            return None
        answers.append(comparable(answer))
    return Call(action, parameters, answers[0]) if answers[0] == answers[1] else None


def comparable(text):
    """An answer without what differs between two calls, and without the nulls that the vendor's SDK adds."""

    def bare(value):
        if isinstance(value, dict):
            return {name: bare(member) for name, member in value.items() if member is not None}
        return [bare(member) for member in value] if isinstance(value, list) else value

    answer = json.loads(text)
    answer = answer.get("Response", answer)
    if not answer.pop("RequestId", None):
        raise AssertionError(f"the answer has no request id: {text}")
    return bare(answer)


def printed(call, form):
    code, text, problem = vod(
        emulator.address, call.action, "--input", "-", "--dry-run", "--as", form, stdin=call.parameters
    )
    if code != 0:
        raise AssertionError(f"{call.action} --as {form}: {problem}")
    return text


def forked(work):
    """What `work` prints in a process of its own, which has loaded what this one has."""
    with tempfile.TemporaryFile("w+") as out:
        known = environment(emulator.address)
        child = os.fork()
        if child == 0:
            status = 1
            try:
                os.environ.clear()
                os.environ.update(known)
                with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
                    try:
                        status = work() or 0
                    except SystemExit as end:
                        status = end.code or 0
                    except BaseException as error:  # noqa: BLE001  the parent tells it
                        print(repr(error))
                out.flush()
            finally:
                os._exit(status if isinstance(status, int) else 1)
        _, status = os.waitpid(child, 0)
        out.seek(0)
        text = out.read()
    if status != 0:
        raise AssertionError(f"ends with {status}: {text[-600:]}")
    return text


class Generated(unittest.TestCase):
    def compare(self, run, some):
        """Runs each program and compares its answer with that of `vod`."""
        with ThreadPoolExecutor(2) as pool:
            for call, outcome in zip(some, pool.map(run, some)):
                self.assertEqual(comparable(outcome), call.answer, call.action)

    def run_file(self, command, call, form, suffix):
        with tempfile.NamedTemporaryFile("w", suffix=suffix) as file:
            file.write(printed(call, form))
            file.flush()
            known = {**environment(emulator.address), "NODE_PATH": os.environ["VOD_NODE_MODULES"]}
            done = subprocess.run([*command, file.name], env=known, capture_output=True, text=True, timeout=SECONDS)
        if done.returncode != 0:
            raise AssertionError(f"{call.action} --as {form} ends with {done.returncode}: {done.stderr[-600:]}")
        return done.stdout

    def test_python(self):
        """Python: 40 programs bring the answers that vod brings"""
        with tempfile.TemporaryDirectory() as folder:
            path = os.path.join(folder, "program.py")
            for call in calls:
                with open(path, "w") as file:
                    file.write(printed(call, "python"))
                answer = forked(lambda: runpy.run_path(path, run_name="__main__") and 0)
                self.assertEqual(comparable(answer), call.answer, call.action)

    def test_node(self):
        """Node: 40 programs bring the answers that vod brings"""
        self.compare(lambda call: self.run_file(["node"], call, "node", ".js"), calls)

    def test_curl(self):
        """curl: 10 scripts bring the answers that vod brings"""
        self.compare(lambda call: self.run_file(["sh"], call, "curl", ".sh"), calls[:: PROGRAMS // CURLS])

    def test_tccli(self):
        """tccli: 40 commands bring the answers that vod brings"""
        for call in calls:
            words = tccli_words(printed(call, "tccli"))
            answer = forked(lambda: run_tccli(words))
            self.assertEqual(comparable(answer), call.answer, call.action)


def tccli_words(line):
    """The words of the command as a shell would give them."""
    return [*shlex.split(line.replace("\\\n", " ")), "--endpoint", emulator.address, "--region", "ap-guangzhou"]


def run_tccli(words):
    sys.argv = words
    return tccli_over_http.main()


if __name__ == "__main__":
    report.run(__name__, "generated programs and the vendor's command line beside vod")
