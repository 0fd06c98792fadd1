"""The program in a terminal, as a person uses it: live lines, progress, questions, and ctrl-c."""

import fcntl
import json
import os
import pty
import re
import select
import signal
import stat
import struct
import tempfile
import termios
import time
import unittest

import report
from command import environment, vod
from emulator import Emulator

SECONDS = 30
CTRL_C = b"\x03"


class Terminal:
    """A program in a pseudo-terminal of 100 columns, in a session of its own."""

    def __init__(self, address, *words, home="/nonexistent"):
        self.text = ""
        self._status = None
        known = {**environment(address), "TERM": "xterm-256color", "HOME": home}
        self._child, self._master = pty.fork()
        if self._child == 0:
            try:
                os.execve(words[0], words, known)
            finally:
                os._exit(127)
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", 30, 100, 0, 0))

    def __enter__(self):
        return self

    def __exit__(self, *_):
        if self._status is None:
            os.kill(self._child, signal.SIGKILL)
            os.waitpid(self._child, 0)
        os.close(self._master)

    def read_until(self, pattern):
        """Waits until what was printed so far has the pattern; gives the match."""
        deadline = time.monotonic() + SECONDS
        while True:
            found = re.search(pattern, self.text)
            if found:
                return found
            if not self._read(deadline - time.monotonic()):
                raise AssertionError(f"no {pattern!r} in what was printed: {self.text!r}")

    def _read(self, patience):
        ready, _, _ = select.select([self._master], [], [], max(0, patience))
        if not ready:
            return False
        try:
            new = os.read(self._master, 65536)
        except OSError:  # the other side is closed
            return False
        self.text += new.decode(errors="replace")
        return bool(new)

    def read_until_hidden(self):
        """Waits until what is typed is not shown."""
        deadline = time.monotonic() + SECONDS
        while termios.tcgetattr(self._master)[3] & termios.ECHO:
            if time.monotonic() > deadline:
                raise AssertionError("what is typed is shown")
            self._read(0.02)

    def type(self, keys):
        os.write(self._master, keys)

    def end(self):
        """Reads to the end; the exit code, or the signal's number below zero."""
        deadline = time.monotonic() + SECONDS
        while self._read(deadline - time.monotonic()):
            pass
        _, status = os.waitpid(self._child, 0)
        self._status = status
        return os.waitstatus_to_exitcode(status)

    def lines(self):
        """What stands on the screen's lines: each is what was written after the last return to its start."""
        bare = re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", self.text)
        return [line.rstrip("\r").split("\r")[-1] for line in bare.split("\n")]


def program(*words):
    return (os.environ["VOD"], *words)


def fault(emulator, action, **described):
    emulator.control("POST", "faults", {"script": [{"action": action, "faults": [described] * 5}]})


class InATerminal(unittest.TestCase):
    def test_tail(self):
        """events tail: a live line, each event on a line of its own, and ctrl-c ends with the report"""
        with Emulator("--seed-events", "3") as emulator:
            with Terminal(emulator.address, *program("events", "tail", "--confirm")) as terminal:
                terminal.read_until(r"3 pulled, \d+/s, [0-3] confirmed, \d+ in flight, lag [\d.]+ s")
                terminal.read_until(r"3 confirmed")
                terminal.type(CTRL_C)
                self.assertEqual(terminal.end(), 0, terminal.text)
                lines = terminal.lines()
                events = [json.loads(line) for line in lines if line.startswith("{")]
                self.assertEqual(sum("EventType" in event for event in events), 3, terminal.text)
                self.assertEqual(events[-1]["confirmed"], 3, terminal.text)
                self.assertEqual(emulator.state()["confirmed"], 3)

    def test_upload(self):
        """upload: a progress bar; ctrl-c leaves what --resume goes on with; a second run ends it"""
        with Emulator() as emulator, tempfile.TemporaryDirectory() as folder:
            film = os.path.join(folder, "film.mp4")
            with open(film, "wb") as file:
                file.write(os.urandom(6 << 20))
            words = ("upload", "--resume", "--part-size", "1048576", "--concurrency", "1", film)
            slow = program(*words, "--bandwidth-limit", "1000000")
            with Terminal(emulator.address, *slow) as terminal:
                terminal.read_until(r"film\.mp4 .*[2-5]\.\d+ MiB/6\.00 MiB")
                terminal.type(CTRL_C)
                self.assertEqual(terminal.end(), 130, terminal.text)
                self.assertIn("error: interrupted\r\nhint: run the same command again to continue the upload", terminal.text)
            self.assertTrue(os.path.exists(film + ".upload"))
            with Terminal(emulator.address, *program(*words)) as terminal:
                self.assertEqual(terminal.end(), 0, terminal.text)
                terminal.read_until(r"\d{10,} http\S+/film\.mp4|\d{10,} http")
            self.assertEqual(os.listdir(folder), ["film.mp4"], "the saved state is gone")

    def test_list(self):
        """media list: ctrl-c ends a call that takes long, with the code 130"""
        with Emulator() as emulator:
            fault(emulator, "SearchMedia", **{"kind": "latency", "after-ms": 60000})
            with Terminal(emulator.address, *program("media", "list", "--all")) as terminal:
                deadline = time.monotonic() + SECONDS
                while "SearchMedia" not in emulator.control("GET", "handled")["actions"]:
                    self.assertLess(time.monotonic(), deadline, terminal.text)
                    terminal._read(0.05)
                terminal.type(CTRL_C)
                self.assertEqual(terminal.end(), 130, terminal.text)
                self.assertIn("error: interrupted", terminal.text)

    def test_question(self):
        """media rm: nothing is deleted unless the question is answered with y"""
        with Emulator() as emulator, tempfile.TemporaryDirectory() as folder:
            film = os.path.join(folder, "film.mp4")
            with open(film, "wb") as file:
                file.write(b"film")
            code, uploaded, problem = vod(emulator.address, "upload", film)
            self.assertEqual(code, 0, problem)
            file_id = uploaded.split()[0]
            for answer, code in [(b"n\r", 2), (b"\r", 2), (b"y\r", 0)]:
                with Terminal(emulator.address, *program("media", "rm", file_id)) as terminal:
                    terminal.read_until(r"Delete \d+ permanently\? \[y/N\] ")
                    terminal.type(answer)
                    self.assertEqual(terminal.end(), code, terminal.text)
                    self.assertIn(f"deleted {file_id}" if code == 0 else "nothing is deleted", terminal.text)

    def test_secrets(self):
        """config set: secrets are asked for and not shown, and only their owner can read the file"""
        with tempfile.TemporaryDirectory() as home:
            with Terminal("127.0.0.1:9", *program("config", "set", "mine"), home=home) as terminal:
                terminal.read_until("Secret id: ")
                terminal.type(b"AKIDofaperson\r")
                terminal.read_until(r"Secret key \(not shown\): ")
                terminal.read_until_hidden()
                terminal.type(b"sEcReTkEy\r")
                terminal.read_until(r"Token.*\(not shown\): ")
                terminal.read_until_hidden()
                terminal.type(b"\r")
                self.assertEqual(terminal.end(), 0, terminal.text)
            self.assertNotIn("sEcReTkEy", terminal.text)
            path = os.path.join(home, ".tencentcloud", "credentials")
            self.assertIn("sEcReTkEy", open(path).read())
            self.assertEqual(stat.S_IMODE(os.stat(path).st_mode), 0o600)

    def test_table(self):
        """An answer is a table in a terminal, and an interrupted wait tells how far it came"""
        with Emulator("--seed-events", "2") as emulator:
            with Terminal(emulator.address, *program("describe-events-state")) as terminal:
                self.assertEqual(terminal.end(), 0, terminal.text)
                self.assertRegex(terminal.text, r"CountOfEventsToPull\W+2")
                self.assertNotIn("{", terminal.text)
            words = program("describe-events-state", "--until", "CountOfEventsToPull=99", "--wait-timeout", "1")
            with Terminal(emulator.address, *words) as terminal:
                self.assertEqual(terminal.end(), 7, terminal.text)


if __name__ == "__main__":
    report.run(__name__, "the command in a terminal")
