"""This project's client against a server that checks each signature with the vendor's own signing code."""

import copy
import json
import os
import subprocess
import unittest

from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

import report
from signature_server import ANSWERS, SERVICE, VERSION, Refusal, SignatureServer, Verifier

SECRET_ID = "AKIDconformance"
SECRET_KEY = "Gu5t9xGARNpqEXAMPLE"
TOKEN = "temporary+token/of==the-check&more=1"
HANDLES = [f"handle-{number:02}" for number in range(16)]
# Every character that encodings treat differently, and text of several scripts.
TEXTS = [
    "&=+%~*'()!-_. ",
    "确认事件 一二三",
    "%E4%BD%A0 a+b=c&d/e?f#g:h;i,j@k$l[m]n{o}p|q\\r^s`t\"u<v>",
    "line\nbreak\ttab 🎬 é",
    "",
]
CALL_SECONDS = 30

# How the client can sign: the name for the report and the example's arguments, then what must arrive.
MODES = [
    ("tc3 post signed", "TC3-HMAC-SHA256", "POST", False),
    ("tc3 get signed", "TC3-HMAC-SHA256", "GET", False),
    ("tc3 post unsigned", "TC3-HMAC-SHA256", "POST", True),
    ("tc3 get unsigned", "TC3-HMAC-SHA256", "GET", True),
    ("hmac-sha256 post signed", "HmacSHA256", "POST", False),
    ("hmac-sha256 get signed", "HmacSHA256", "GET", False),
    ("hmac-sha1 post signed", "HmacSHA1", "POST", False),
    ("hmac-sha1 get signed", "HmacSHA1", "GET", False),
]


def run_client(server, mode, action, request, secret_key=SECRET_KEY, **environment):
    """Runs the example that makes one call; returns its exit code, output and error output."""
    command = [os.environ["VOD_CONFORMANCE_CLIENT"], *mode[0].split(), action, json.dumps(request)]
    environment = {
        "TENCENTCLOUD_SECRET_ID": SECRET_ID,
        "TENCENTCLOUD_SECRET_KEY": secret_key,
        "VOD_ENDPOINT": f"http://{server.address}",
        **environment,
    }
    done = subprocess.run(command, env=environment, capture_output=True, timeout=CALL_SECONDS)
    return done.returncode, done.stdout.decode(), done.stderr.decode()


def as_arrived(mode, request):
    """The parameters as the server gets them: numbers are texts unless they travel as JSON."""
    if mode[1:3] == ("TC3-HMAC-SHA256", "POST"):
        return request
    return {name: str(value) if isinstance(value, int) else value for name, value in request.items()}


class Case(unittest.TestCase):
    def accepted(self, server, mode, action, request, **environment):
        """Makes a call that must be accepted and give the server's answer; returns what arrived."""
        code, output, errors = run_client(server, mode, action, request, **environment)
        self.assertEqual((code, server.refusals), (0, []), errors)
        arrived = server.calls[-1]
        self.assertEqual((arrived.signature, arrived.method, arrived.unsigned_payload), mode[1:])
        self.assertEqual((arrived.action, arrived.parameters), (action, as_arrived(mode, request)))
        response = json.loads(output)
        self.assertEqual(response.pop("RequestId"), server.request_ids[-1])
        self.assert_holds(response, ANSWERS[action])
        return arrived

    def assert_holds(self, shown, expected):
        """Every member that was sent is shown with its value."""
        if isinstance(expected, dict):
            for name, value in expected.items():
                self.assert_holds(shown[name], value)
        elif isinstance(expected, list):
            self.assertEqual(len(shown), len(expected))
            for left, right in zip(shown, expected):
                self.assert_holds(left, right)
        else:
            self.assertEqual(shown, expected)


def for_each_mode(body):
    """Makes a class with one check for each way of signing."""

    def check(mode):
        def run(self):
            body(self, mode)

        run.__doc__ = f"{mode[0]}: {body.__doc__}"
        return run

    methods = {f"test_{number}": check(mode) for number, mode in enumerate(MODES)}
    return type(body.__name__, (Case,), methods)


@for_each_mode
def Plain(self, mode):
    """an empty PullEvents, and ConfirmEvents with 1 and 16 handles"""
    with SignatureServer(Verifier(SECRET_ID, SECRET_KEY)) as server:
        self.accepted(server, mode, "PullEvents", {})
        self.accepted(server, mode, "ConfirmEvents", {"EventHandles": HANDLES[:1]})
        call = self.accepted(server, mode, "ConfirmEvents", {"EventHandles": HANDLES, "SubAppId": 1500000001})
        self.assertEqual((call.region, call.language), ("", "en-US"))
        self.assertEqual(len(server.calls), 3)


@for_each_mode
def Texts(self, mode):
    """special characters and Chinese text arrive as they are, in texts and in lists"""
    with SignatureServer(Verifier(SECRET_ID, SECRET_KEY)) as server:
        for text in TEXTS:
            self.accepted(server, mode, "PullEvents", {"ExtInfo": text})
        handles = [text for text in TEXTS if text]
        self.accepted(server, mode, "ConfirmEvents", {"EventHandles": handles, "ExtInfo": "".join(TEXTS)})


@for_each_mode
def Settings(self, mode):
    """region, token and the client's own SubAppId travel along"""
    with SignatureServer(Verifier(SECRET_ID, SECRET_KEY, TOKEN)) as server:
        settings = {"TENCENTCLOUD_TOKEN": TOKEN, "TENCENTCLOUD_REGION": "ap-guangzhou"}
        call = self.accepted(server, mode, "ConfirmEvents", {"EventHandles": HANDLES[:2]}, **settings)
        self.assertEqual(call.region, "ap-guangzhou")
        code, _, errors = run_client(
            server, mode, "PullEvents", {}, VOD_SUB_APP_ID="1500000001", **settings
        )
        self.assertEqual(code, 0, errors)
        self.assertEqual(server.calls[-1].parameters, as_arrived(mode, {"SubAppId": 1500000001}))


@for_each_mode
def WrongKey(self, mode):
    """a wrong key is refused, and the client says so with code and request id and exit code 1"""
    with SignatureServer(Verifier(SECRET_ID, SECRET_KEY)) as server:
        request = {"EventHandles": HANDLES}
        code, output, errors = run_client(server, mode, "ConfirmEvents", request, secret_key=SECRET_KEY + "x")
        self.assertEqual((code, output, server.calls), (1, "", []))
        self.assertIn("ConfirmEvents failed: AuthFailure.SignatureFailure", errors)
        self.assertIn(server.request_ids[0], errors)
        self.assertNotIn(SECRET_KEY, errors)


@for_each_mode
def Control(self, mode):
    """control: the server accepts the vendor's SDK, and refuses its request when anything signed is changed"""
    verifier = Verifier(SECRET_ID, SECRET_KEY)
    with SignatureServer(verifier) as server:
        _, signature, method, unsigned = mode
        http = HttpProfile(protocol="http", endpoint=server.address, reqMethod=method, reqTimeout=CALL_SECONDS)
        profile = ClientProfile(signMethod=signature, httpProfile=http)
        profile.unsignedPayload = unsigned
        client = CommonClient(SERVICE, VERSION, Credential(SECRET_ID, SECRET_KEY), "", profile)
        client.call_json("ConfirmEvents", {"EventHandles": HANDLES})
        original = server.calls[0].arrived

    verifier.verify(original)
    for change in [change_host, change_content]:
        changed = copy.deepcopy(original)
        change(changed)
        if change is change_content and unsigned and method == "POST":
            verifier.verify(changed)
            continue
        with self.assertRaises(Refusal) as caught:
            verifier.verify(changed)
        self.assertEqual(caught.exception.code, "AuthFailure.SignatureFailure")


def change_host(arrived):
    arrived.headers["host"] = "localhost"


def change_content(arrived):
    arrived.query = arrived.query.replace("handle-07", "handle-70")
    arrived.body = arrived.body.replace(b"handle-07", b"handle-70")


if __name__ == "__main__":
    report.run(__name__, "the client against the vendor's signing code")
