"""Starts the emulator's program and speaks to its own calls below /_emulator/."""

import json
import os
import queue
import re
import shlex
import subprocess
import threading
import urllib.parse
import urllib.request

START_SECONDS = 20
CALL_SECONDS = 15

# Never through a proxy that the environment names: the emulator is on this machine.
_OPENER = urllib.request.build_opener(urllib.request.ProxyHandler({}))


class Emulator:
    """A running emulator on a free port of 127.0.0.1. Use it in a `with` statement."""

    SECRET_ID = "AKIDconformance"
    SECRET_KEY = "Gu5t9xGARNpqEXAMPLE"

    def __init__(self, *options):
        self._options = options
        self._log = []
        self.address = None

    def __enter__(self):
        command = [*shlex.split(os.environ["VOD_EMULATOR"]), "--listen", "127.0.0.1:0"]
        command += ["--secret-id", self.SECRET_ID, "--secret-key", self.SECRET_KEY, *self._options]
        self._process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
        lines = queue.Queue()
        self._reader = threading.Thread(target=self._read, args=(lines,), daemon=True)
        self._reader.start()
        try:
            self.address = self._wait_for_address(lines)
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def stop(self):
        """Ends the program, if it has not ended yet. Its log is complete then."""
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        self._reader.join(10)
        self._process.stdout.close()

    def _read(self, lines):
        for line in self._process.stdout:
            self._log.append(line.rstrip("\n"))
            lines.put(line)
        lines.put(None)

    def _wait_for_address(self, lines):
        while True:
            try:
                line = lines.get(timeout=START_SECONDS)
            except queue.Empty:
                raise AssertionError(f"the emulator is silent for {START_SECONDS} s: {self.log}") from None
            if line is None:
                raise AssertionError(f"the emulator ended: {self.log}")
            found = re.search(r"listening on http://(127\.0\.0\.1:\d+)", line)
            if found:
                return found.group(1)

    @property
    def log(self):
        """All that the emulator has printed so far."""
        return "\n".join(self._log)

    def publish(self, *events, sub_app_id=None):
        self._call("POST", "events", {"sub-app-id": sub_app_id}, json.dumps(events).encode())

    def state(self, sub_app_id=None):
        """The figures of a queue: queued, in_flight, confirmed, redelivered, ..."""
        return self._call("GET", "state", {"sub-app-id": sub_app_id})

    def advance(self, seconds):
        """Moves the emulator's clock forward."""
        self._call("POST", "advance", {"seconds": seconds}, b"")

    def control(self, method, name, body=None):
        """Any other of the emulator's own calls, with a body in JSON."""
        return self._call(method, name, {}, None if body is None else json.dumps(body).encode())

    def _call(self, method, name, query, body=None):
        query = urllib.parse.urlencode({key: value for key, value in query.items() if value is not None})
        url = f"http://{self.address}/_emulator/{name}?{query}"
        request = urllib.request.Request(url, body, {"Content-Type": "application/json"}, method=method)
        with _OPENER.open(request, timeout=CALL_SECONDS) as answer:
            return json.load(answer)
