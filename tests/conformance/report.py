"""Runs unittest cases and prints one line for each check and a closing line with the counts."""

import os
import sys
import time
import unittest


class _OneLineEach(unittest.TestResult):
    """Says of each check how it ended, and at once."""

    def __init__(self):
        super().__init__()
        self.passed = 0
        self.failed = 0

    def startTest(self, test):
        super().startTest(test)
        self._started = time.monotonic()

    def addSuccess(self, test):
        super().addSuccess(test)
        self.passed += 1
        print(f"ok    {_title(test)} ({time.monotonic() - self._started:.2f} s)", flush=True)

    def addFailure(self, test, error):
        super().addFailure(test, error)
        self._fail(test, error)

    def addError(self, test, error):
        super().addError(test, error)
        self._fail(test, error)

    def _fail(self, test, error):
        self.failed += 1
        print(f"FAIL  {_title(test)}", flush=True)
        for line in self._exc_info_to_string(error, test).splitlines():
            print(f"        {line}", flush=True)


def _title(test):
    return test.shortDescription() or test.id()


def run(module, title):
    """Runs every case of `module`; the exit code is 1 if a check failed or none ran.

    The counts also go to the file that VOD_CONFORMANCE_COUNTS names.
    """
    suite = unittest.defaultTestLoader.loadTestsFromModule(sys.modules[module])
    result = _OneLineEach()
    suite.run(result)
    print(f"{title}: {result.passed} passed, {result.failed} failed", flush=True)
    counts = os.environ.get("VOD_CONFORMANCE_COUNTS")
    if counts:
        with open(counts, "w", encoding="utf-8") as file:
            print(result.passed, result.failed, file=file)
    sys.exit(0 if result.passed and not result.failed else 1)
