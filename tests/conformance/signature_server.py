"""A server that knows one credential and checks every signature with the vendor's own signing code.

What was signed is rebuilt from the request as it arrived; both the canonical text and the signature come from
the vendor's SDK. A request with a good signature gets a fixed answer, any other the service's error.
"""

import json
import re
import threading
import time
import urllib.parse
import uuid
from dataclasses import dataclass, field
from datetime import datetime, timezone
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.http.request import RequestInternal
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.common.sign import Sign

SERVICE = "vod"
VERSION = "2018-07-17"
TOLERANCE_SECONDS = 300
JSON = "application/json"
FORM = "application/x-www-form-urlencoded"
TC3 = re.compile(
    r"TC3-HMAC-SHA256 Credential=(?P<id>[^/]+)/(?P<date>[0-9-]{10})/(?P<service>[^/]+)/tc3_request, "
    r"SignedHeaders=content-type;host, Signature=(?P<signature>[0-9a-f]{64})"
)
# Parameters that belong to the older signatures and not to an action.
OLD_COMMON = ["Action", "Version", "Timestamp", "Nonce", "SecretId", "Signature", "SignatureMethod"]
OLD_OPTIONAL = ["Region", "Token", "Language", "RequestClient"]

ANSWERS = {
    "PullEvents": {
        "EventSet": [
            {
                "EventHandle": "handle-1",
                "EventType": "FileDeleted",
                "FileDeleteEvent": {"FileIdSet": ["24961954183381008"]},
            }
        ]
    },
    "ConfirmEvents": {},
}


class Refusal(Exception):
    """Why a request is refused: the service's code, and what is wrong."""

    def __init__(self, code, message):
        super().__init__(message)
        self.code = code


@dataclass
class Arrived:
    """A request as it came over the wire. Header names are in lower case."""

    method: str
    path: str
    query: str
    headers: dict
    body: bytes


@dataclass
class Call:
    """A request whose signature is good: what it says."""

    signature: str
    method: str
    action: str
    region: str
    language: str
    token: str
    parameters: dict
    unsigned_payload: bool = False
    arrived: Arrived = field(default=None, repr=False)


@dataclass
class Verifier:
    """Checks requests against one credential."""

    secret_id: str
    secret_key: str
    token: str = ""

    def verify(self, arrived):
        """Reads a request and checks its signature; raises `Refusal`."""
        if arrived.path != "/":
            raise Refusal("InvalidRequest", f"the path is {arrived.path!r}")
        if "authorization" in arrived.headers:
            call = self._tc3(arrived)
        else:
            call = self._old(arrived)
        if call.token != self.token:
            raise Refusal("AuthFailure.TokenFailure", "the token is not the credential's")
        call.arrived = arrived
        return call

    def _tc3(self, arrived):
        headers = arrived.headers
        found = TC3.fullmatch(headers["authorization"])
        if not found:
            raise Refusal("AuthFailure.InvalidAuthorization", f"unreadable: {headers['authorization']!r}")
        timestamp = fresh(headers.get("x-tc-timestamp"))
        date = datetime.fromtimestamp(timestamp, timezone.utc).strftime("%Y-%m-%d")
        if (found["id"], found["service"], found["date"]) != (self.secret_id, SERVICE, date):
            raise Refusal("AuthFailure.SignatureFailure", f"the scope is {found.group(0)!r}")
        if headers.get("x-tc-version") != VERSION:
            raise Refusal("NoSuchVersion", f"the version is {headers.get('x-tc-version')!r}")

        content_type = headers.get("content-type")
        expected_type = FORM if arrived.method == "GET" else JSON
        if content_type.split(";")[0] != expected_type:
            raise Refusal("UnsupportedProtocol", f"{arrived.method} with {content_type!r}")
        if arrived.method == "GET":
            if arrived.body:
                raise Refusal("UnsupportedProtocol", "a GET with a body")
            parameters = unflatten(decode(arrived.query))
        else:
            if arrived.query:
                raise Refusal("UnsupportedProtocol", "a POST with a query")
            parameters = json.loads(arrived.body)

        signature = self._vendor_tc3(arrived, date)
        if signature != found["signature"]:
            raise Refusal("AuthFailure.SignatureFailure", f"the vendor's code signs {signature}")
        return Call(
            signature="TC3-HMAC-SHA256",
            method=arrived.method,
            action=headers.get("x-tc-action", ""),
            region=headers.get("x-tc-region", ""),
            language=headers.get("x-tc-language", ""),
            token=headers.get("x-tc-token", ""),
            parameters=parameters,
            unsigned_payload=headers.get("x-tc-content-sha256") == "UNSIGNED-PAYLOAD",
        )

    def _vendor_tc3(self, arrived, date):
        names = ["Host", "Content-Type", "X-TC-Timestamp", "X-TC-Content-SHA256"]
        headers = {name: arrived.headers[name.lower()] for name in names if name.lower() in arrived.headers}
        request = RequestInternal(headers["Host"], arrived.method, arrived.path, headers)
        request.data = arrived.query if arrived.method == "GET" else arrived.body
        client = self._vendor_client(arrived, "TC3-HMAC-SHA256")
        return client._get_tc3_signature(None, request, date, SERVICE, self.secret_key)

    def _old(self, arrived):
        if arrived.method == "POST":
            if arrived.headers.get("content-type", "").split(";")[0] != FORM or arrived.query:
                raise Refusal("UnsupportedProtocol", "a signed form has its content type and no query")
            encoded = arrived.body.decode()
        else:
            encoded = arrived.query
        pairs = decode(encoded)
        missing = [name for name in OLD_COMMON if not pairs.get(name)]
        if missing:
            raise Refusal("MissingParameter", f"{', '.join(missing)}: missing")
        fresh(pairs["Timestamp"])
        if not re.fullmatch("[1-9][0-9]*", pairs["Nonce"]):
            raise Refusal("InvalidParameter", f"the nonce is {pairs['Nonce']!r}")
        if pairs["SecretId"] != self.secret_id:
            raise Refusal("AuthFailure.SecretIdNotFound", "the secret id is unknown")
        if pairs["Version"] != VERSION:
            raise Refusal("NoSuchVersion", f"the version is {pairs['Version']!r}")

        method = pairs["SignatureMethod"]
        signed = {name: value for name, value in pairs.items() if name != "Signature"}
        text = self._vendor_client(arrived, method)._format_sign_string(signed)
        signature = Sign.sign(self.secret_key, text, method)
        if signature != pairs["Signature"]:
            raise Refusal("AuthFailure.SignatureFailure", f"the vendor's code signs {signature}")
        own = {name: value for name, value in pairs.items() if name not in OLD_COMMON + OLD_OPTIONAL}
        return Call(
            signature=method,
            method=arrived.method,
            action=pairs["Action"],
            region=pairs.get("Region", ""),
            language=pairs.get("Language", ""),
            token=pairs.get("Token", ""),
            parameters=unflatten(own),
        )

    def _vendor_client(self, arrived, signature):
        http = HttpProfile(protocol="http", endpoint=arrived.headers["host"], reqMethod=arrived.method)
        profile = ClientProfile(signMethod=signature, httpProfile=http)
        return CommonClient(SERVICE, VERSION, Credential(self.secret_id, self.secret_key), "", profile)


def fresh(text):
    """The timestamp, if it is of this moment."""
    if not re.fullmatch("[0-9]+", text or ""):
        raise Refusal("InvalidParameter", f"the timestamp is {text!r}")
    if abs(int(text) - time.time()) > TOLERANCE_SECONDS:
        raise Refusal("AuthFailure.SignatureExpire", f"the timestamp is {text}")
    return int(text)


def decode(encoded):
    """The pairs of a query or form. It must be ASCII, with escapes in capital letters, and name nothing twice."""
    if not re.fullmatch(r"(?:[A-Za-z0-9_.~!*'()+=&-]|%[0-9A-F]{2})*", encoded):
        raise Refusal("InvalidParameter", f"not well encoded: {encoded!r}")
    pairs = urllib.parse.parse_qsl(encoded, keep_blank_values=True, strict_parsing=bool(encoded), errors="strict")
    if len(dict(pairs)) != len(pairs):
        raise Refusal("InvalidParameter", f"a name stands there twice: {encoded!r}")
    return dict(pairs)


def unflatten(pairs):
    """`{"A.0": "x", "A.1": "y"}` as `{"A": ["x", "y"]}`. Values remain texts."""
    members = {}
    for name, value in pairs.items():
        first, dot, position = name.partition(".")
        if not dot:
            members[name] = value
        elif position == str(len(members.setdefault(first, []))):
            members[first].append(value)
        else:
            raise Refusal("InvalidParameter", f"{name} is out of order")
    return members


class SignatureServer:
    """The server on a free port of 127.0.0.1. Use it in a `with` statement."""

    def __init__(self, verifier):
        self._verifier = verifier
        self.calls = []
        """What was accepted, in order."""
        self.refusals = []
        """What was refused, in order."""
        self.request_ids = []
        """Of all answers, in order."""

    def __enter__(self):
        outer = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = 15

            def do_GET(self):
                outer._answer(self)

            def do_POST(self):
                outer._answer(self)

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._server.daemon_threads = True
        self._server.block_on_close = False
        self._thread = threading.Thread(target=self._server.serve_forever, args=(0.01,), daemon=True)
        self._thread.start()
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join(10)

    def _answer(self, handler):
        path, _, query = handler.path.partition("?")
        headers = {name.lower(): value.strip() for name, value in handler.headers.items()}
        body = handler.rfile.read(int(headers.get("content-length", 0)))
        try:
            call = self._verifier.verify(Arrived(handler.command, path, query, headers, body))
            members = ANSWERS.get(call.action)
            if members is None:
                raise Refusal("InvalidAction", f"the action is {call.action!r}")
            self.calls.append(call)
        except Refusal as refusal:
            self.refusals.append(refusal)
            members = {"Error": {"Code": refusal.code, "Message": str(refusal)}}
        self.request_ids.append(str(uuid.uuid4()))
        answer = json.dumps({"Response": {**members, "RequestId": self.request_ids[-1]}}).encode()
        handler.send_response(200)
        handler.send_header("Content-Type", JSON)
        handler.send_header("Content-Length", str(len(answer)))
        handler.end_headers()
        handler.wfile.write(answer)
