"""The vendor's own Node SDK, unchanged, against the emulator's program."""

import json
import os
import subprocess
import unittest
import uuid

import report
from emulator import Emulator

NAMES = ["Animal World", "动物世界 & co = 100%", "~*'()!-_. +"]
MODES = [
    ("TC3-HMAC-SHA256", "POST"),
    ("TC3-HMAC-SHA256", "GET"),
    ("HmacSHA256", "POST"),
    ("HmacSHA256", "GET"),
    ("HmacSHA1", "POST"),
    ("HmacSHA1", "GET"),
]
CALL_SECONDS = 60


def run_node(endpoint, mode, secret_key=Emulator.SECRET_KEY):
    """Pulls and confirms once; returns what the script says."""
    script = os.path.join(os.environ["VOD_CONFORMANCE_NODE"], "client.js")
    environment = {
        "PATH": os.environ["PATH"],
        "TENCENTCLOUD_SECRET_ID": Emulator.SECRET_ID,
        "TENCENTCLOUD_SECRET_KEY": secret_key,
    }
    command = ["node", script, endpoint, *mode, "&=+%~*'()!-_. 确认"]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=CALL_SECONDS, text=True)
    if done.returncode != 0:
        raise AssertionError(f"node exits with {done.returncode}: {done.stderr}")
    return json.loads(done.stdout)


class Node(unittest.TestCase):
    def assert_works(self, emulator, endpoint, mode):
        for name in NAMES:
            emulator.publish(
                {"EventType": "NewFileUpload", "FileUploadEvent": {"FileId": "1", "MediaBasicInfo": {"Name": name}}}
            )
        before = emulator.state()["confirmed"]
        result = run_node(endpoint, mode)
        self.assertEqual(result.get("names"), NAMES, result)
        self.assertEqual(len({str(uuid.UUID(text)) for text in result["requestIds"]}), 2)
        state = emulator.state()
        self.assertEqual((state["queued"], state["in_flight"]), (0, 0))
        self.assertEqual(state["confirmed"], before + len(NAMES))

    def test_plain_address(self):
        """Node TC3 at 127.0.0.1: signs for the service `127`, which only an emulator told so accepts"""
        with Emulator() as emulator:
            result = run_node(emulator.address, MODES[0])
            self.assertEqual(result.get("code"), "NoSuchProduct", result)
        with Emulator("--accept-host-as-service") as emulator:
            self.assert_works(emulator, emulator.address, MODES[0])

    def test_wrong_key(self):
        """Node: a wrong key is AuthFailure.SignatureFailure"""
        with Emulator("--seed-events", "1") as emulator:
            result = run_node(at_vod(emulator), MODES[0], secret_key="wrong")
            self.assertEqual(result.get("code"), "AuthFailure.SignatureFailure", result)
            self.assertEqual(emulator.state()["queued"], 1)


def at_vod(emulator):
    """The emulator's address by a name whose first label is the service's."""
    return "vod.localhost:" + emulator.address.split(":")[1]


def add_mode(number, mode):
    def check(self):
        with Emulator() as emulator:
            self.assert_works(emulator, at_vod(emulator), mode)

    check.__doc__ = f"Node {mode[0]} {mode[1]}: pulls three events and confirms them"
    setattr(Node, f"test_mode_{number}", check)


for number, mode in enumerate(MODES):
    add_mode(number, mode)


if __name__ == "__main__":
    report.run(__name__, "the vendor's Node SDK against the emulator")
