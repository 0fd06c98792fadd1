"""The vendor's own Python SDK, unchanged, against the emulator's program.

Every check starts an emulator of its own and looks at both ends: what the SDK makes of the answers, and what
the emulator's queue says afterwards.
"""

import json
import threading
import time
import unittest
import uuid
import warnings

from tencentcloud.common.common_client import CommonClient
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vod.v20180717 import models
from tencentcloud.vod.v20180717.vod_client import VodClient

import report
from emulator import Emulator

VERSION = "2018-07-17"
TOKEN = "temporary+token/of==the-check"
CALL_SECONDS = 15
LONG_POLL_SECONDS = 5
VISIBILITY_SECONDS = 30

# How the SDK can sign: the name for the report, its signature method, its HTTP method, payload unsigned.
MODES = [
    ("TC3 POST", "TC3-HMAC-SHA256", "POST", False),
    ("TC3 GET", "TC3-HMAC-SHA256", "GET", False),
    ("TC3 POST, unsigned payload", "TC3-HMAC-SHA256", "POST", True),
    ("TC3 GET, unsigned payload", "TC3-HMAC-SHA256", "GET", True),
    ("HmacSHA256 POST", "HmacSHA256", "POST", False),
    ("HmacSHA256 GET", "HmacSHA256", "GET", False),
    ("HmacSHA1 POST", "HmacSHA1", "POST", False),
    ("HmacSHA1 GET", "HmacSHA1", "GET", False),
]
TC3_POST = MODES[0]


def profile(emulator, mode):
    _, signature, method, unsigned = mode
    http = HttpProfile(protocol="http", endpoint=emulator.address, reqMethod=method, reqTimeout=CALL_SECONDS)
    made = ClientProfile(signMethod=signature, httpProfile=http)
    made.unsignedPayload = unsigned
    return made


def credential(secret_id=Emulator.SECRET_ID, secret_key=Emulator.SECRET_KEY, token=None):
    return Credential(secret_id, secret_key, token)


def vod(emulator, mode=TC3_POST, who=None, region=""):
    return VodClient(who or credential(), region, profile(emulator, mode))


def common(emulator, mode=TC3_POST, service="vod", version=VERSION):
    return CommonClient(service, version, credential(), "", profile(emulator, mode))


def request(kind, **members):
    made = kind()
    made.from_json_string(json.dumps(members))
    return made


def pull(client, **members):
    return client.PullEvents(request(models.PullEventsRequest, **members))


def confirm(client, handles, **members):
    return client.ConfirmEvents(request(models.ConfirmEventsRequest, EventHandles=handles, **members))


def upload(file_id, name="Name"):
    return {
        "EventType": "NewFileUpload",
        "FileUploadEvent": {"FileId": file_id, "MediaBasicInfo": {"Name": name, "Type": "mp4"}},
    }


def file_ids(pulled):
    return [event.FileUploadEvent.FileId for event in pulled.EventSet or []]


def handles_of(pulled):
    return [event.EventHandle for event in pulled.EventSet or []]


def without_nulls(value):
    if isinstance(value, dict):
        return {name: without_nulls(member) for name, member in value.items() if member is not None}
    if isinstance(value, list):
        return [without_nulls(item) for item in value]
    return value


class Case(unittest.TestCase):
    """What all checks share."""

    def emulator(self, *options):
        return self.enterContext(Emulator(*options))

    # unittest has it from Python 3.11 on.
    if not hasattr(unittest.TestCase, "enterContext"):

        def enterContext(self, context):
            value = context.__enter__()
            self.addCleanup(context.__exit__, None, None, None)
            return value

    def assert_request_id(self, text):
        self.assertEqual(str(uuid.UUID(text)), text)

    def assert_figures(self, emulator, sub_app_id=None, **expected):
        state = emulator.state(sub_app_id)
        self.assertEqual({name: state[name] for name in expected}, expected)

    def refused(self, code, call, *arguments, **members):
        """Makes a call that must be refused with this code; returns the message."""
        with self.assertRaises(TencentCloudSDKException) as caught:
            call(*arguments, **members)
        self.assertEqual(caught.exception.get_code(), code, caught.exception)
        self.assert_request_id(caught.exception.get_request_id())
        return caught.exception.get_message()


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
def PullAndConfirm(self, mode):
    """pulls three events, confirms two, and the third comes back after 30 s"""
    emulator = self.emulator()
    names = ["Animal World", "动物世界 & co = 100%", "~*'()!-_. +"]
    emulator.publish(*(upload(f"file-{number}", name) for number, name in enumerate(names)))
    client = vod(emulator, mode)

    pulled = pull(client)
    self.assert_request_id(pulled.RequestId)
    self.assertEqual(file_ids(pulled), ["file-0", "file-1", "file-2"])
    self.assertEqual([event.EventType for event in pulled.EventSet], ["NewFileUpload"] * 3)
    self.assertEqual([event.FileUploadEvent.MediaBasicInfo.Name for event in pulled.EventSet], names)
    handles = handles_of(pulled)
    self.assertEqual(len(set(handles)), 3)
    self.assert_figures(emulator, queued=0, in_flight=3, confirmed=0)

    confirmed = confirm(client, handles[:2], ExtInfo="&=+%~*'()!-_. 确认")
    self.assert_request_id(confirmed.RequestId)
    self.assertNotEqual(confirmed.RequestId, pulled.RequestId)
    self.assert_figures(emulator, queued=0, in_flight=1, confirmed=2)

    emulator.advance(VISIBILITY_SECONDS + 1)
    again = pull(client)
    self.assertEqual(file_ids(again), ["file-2"])
    self.assertNotIn(again.EventSet[0].EventHandle, handles)
    confirm(client, handles_of(again))
    self.assert_figures(emulator, queued=0, in_flight=0, confirmed=3, redelivered=1)


@for_each_mode
def FullBatch(self, mode):
    """takes and confirms 16 events at once, and leaves the 17th"""
    emulator = self.emulator("--seed-events", "17")
    client = vod(emulator, mode, region="ap-guangzhou")
    handles = handles_of(pull(client))
    self.assertEqual(len(handles), 16)
    confirm(client, handles)
    self.assert_figures(emulator, queued=1, in_flight=0, confirmed=16)


@for_each_mode
def TemporaryCredential(self, mode):
    """a token is needed when the credential is temporary, and must be the right one"""
    emulator = self.emulator("--token", TOKEN, "--seed-events", "1")
    with_token = vod(emulator, mode, credential(token=TOKEN))
    handles = handles_of(pull(with_token))
    self.refused("AuthFailure.TokenFailure", confirm, vod(emulator, mode), handles)
    other = vod(emulator, mode, credential(token=TOKEN + "x"))
    self.refused("AuthFailure.TokenFailure", confirm, other, handles)
    self.assert_figures(emulator, confirmed=0)
    confirm(with_token, handles)
    self.assert_figures(emulator, confirmed=1)


@for_each_mode
def WrongKey(self, mode):
    """a wrong key is AuthFailure.SignatureFailure and an unknown id AuthFailure.SecretIdNotFound"""
    emulator = self.emulator("--seed-events", "1")
    wrong_key = credential(secret_key=Emulator.SECRET_KEY + "x")
    self.refused("AuthFailure.SignatureFailure", pull, vod(emulator, mode, wrong_key))
    unknown = credential(secret_id="AKIDnobody")
    self.refused("AuthFailure.SecretIdNotFound", pull, vod(emulator, mode, unknown))
    self.assert_figures(emulator, queued=1, in_flight=0)


@for_each_mode
def Expired(self, mode):
    """a timestamp six minutes old is AuthFailure.SignatureExpire"""
    emulator = self.emulator("--seed-events", "1")
    emulator.advance(360)
    self.refused("AuthFailure.SignatureExpire", pull, vod(emulator, mode))


@for_each_mode
def BadParameters(self, mode):
    """17 handles, unknown handles, unknown and missing parameters are refused, each with its code"""
    emulator = self.emulator("--seed-events", "1")
    client = vod(emulator, mode)
    handle = handles_of(pull(client))[0]
    message = self.refused("InvalidParameterValue", confirm, client, [handle] * 17)
    self.assertIn("EventHandles", message)
    self.refused("InvalidParameterValue", confirm, client, ["111"])
    self.refused("InvalidParameterValue", confirm, client, [handle, "111"])

    raw = common(emulator, mode)
    parameters = {"EventHandles": [handle], "Bogus": 1}
    message = self.refused("UnknownParameter", raw.call_json, "ConfirmEvents", parameters)
    self.assertIn("Bogus", message)
    message = self.refused("MissingParameter", raw.call_json, "ConfirmEvents", {})
    self.assertIn("EventHandles", message)
    self.assert_figures(emulator, in_flight=1, confirmed=0)

    answer = raw.call_json("ConfirmEvents", {"EventHandles": [handle]})
    self.assertEqual(list(answer["Response"]), ["RequestId"])
    self.assert_figures(emulator, in_flight=0, confirmed=1)


class Queue(Case):
    def test_late(self):
        """a handle older than 30 s is InvalidParameterValue, and its event is handed out again"""
        emulator = self.emulator()
        emulator.publish(upload("file-0"), upload("file-1"))
        client = vod(emulator)
        late = handles_of(pull(client))
        emulator.advance(VISIBILITY_SECONDS - 2)
        confirm(client, late[:1])
        emulator.advance(3)
        self.refused("InvalidParameterValue", confirm, client, late[1:])
        self.assert_figures(emulator, queued=1, in_flight=0, confirmed=1)
        second = pull(client)
        self.assertEqual(file_ids(second), ["file-1"])
        self.assertNotEqual(handles_of(second), late[1:])
        confirm(client, handles_of(second))
        self.assert_figures(emulator, queued=0, in_flight=0, confirmed=2, redelivered=1)

    def test_empty(self):
        """an empty queue is held for 5 s and answers without events"""
        emulator = self.emulator()
        started = time.monotonic()
        pulled = pull(vod(emulator))
        waited = time.monotonic() - started
        self.assertIsNone(pulled.EventSet)
        self.assert_request_id(pulled.RequestId)
        self.assertGreaterEqual(waited, LONG_POLL_SECONDS - 0.1)
        self.assertLess(waited, CALL_SECONDS)

    def test_arrival(self):
        """a pull that waits gets an event as soon as one is published"""
        emulator = self.emulator()
        pulled = []
        waiting = threading.Thread(target=lambda: pulled.append(pull(vod(emulator))), daemon=True)
        waiting.start()
        deadline = time.monotonic() + LONG_POLL_SECONDS
        while not emulator.state()["waiting_pulls"]:
            self.assertLess(time.monotonic(), deadline, "the pull never arrived")
            time.sleep(0.01)
        emulator.publish(upload("just-now"))
        waiting.join(CALL_SECONDS)
        self.assertEqual([file_ids(answer) for answer in pulled], [["just-now"]])

    def test_applications(self):
        """each SubAppId has a queue of its own, and no handle is good in another"""
        emulator = self.emulator()
        emulator.publish(upload("of-1"), sub_app_id=1500000001)
        emulator.publish(upload("of-2"), sub_app_id=1500000002)
        client = vod(emulator)
        pulled = pull(client, SubAppId=1500000002)
        self.assertEqual(file_ids(pulled), ["of-2"])
        handles = handles_of(pulled)
        self.refused("InvalidParameterValue", confirm, client, handles, SubAppId=1500000001)
        self.refused("InvalidParameterValue", confirm, client, handles)
        confirm(client, handles, SubAppId=1500000002)
        self.assert_figures(emulator, sub_app_id=1500000001, queued=1, confirmed=0)
        self.assert_figures(emulator, sub_app_id=1500000002, queued=0, confirmed=1)

    def test_samples(self):
        """the vendor's types hold every member of the sample events, and lose none"""
        emulator = self.emulator("--seed-events", "16")
        answer = common(emulator).call_json("PullEvents", {})["Response"]
        typed = models.PullEventsResponse()
        with warnings.catch_warnings(record=True) as complaints:
            warnings.simplefilter("always")
            typed._deserialize(answer)
        self.assertEqual([str(complaint.message) for complaint in complaints], [])
        self.assertEqual(without_nulls(json.loads(typed.to_json_string())), without_nulls(answer))
        kinds = {event.EventType for event in typed.EventSet}
        self.assertGreaterEqual(kinds, {"NewFileUpload", "FileDeleted", "ProcedureStateChanged"})

    def test_backlog(self):
        """DescribeEventsState counts what waits"""
        emulator = self.emulator("--seed-events", "20")
        client = vod(emulator)
        state = client.DescribeEventsState(request(models.DescribeEventsStateRequest))
        self.assertEqual(state.CountOfEventsToPull, 20)
        self.assert_request_id(state.RequestId)
        pull(client)
        state = client.DescribeEventsState(request(models.DescribeEventsStateRequest))
        self.assertEqual(state.CountOfEventsToPull, 4)


class Service(Case):
    def test_config(self):
        """ModifyEventConfig is kept for each application, and DescribeEventConfig shows it"""
        emulator = self.emulator()
        client = vod(emulator)
        members = {
            "Mode": "PULL",
            "NotificationUrl": "http://example.com/callback?a=1&b=2",
            "UploadMediaCompleteEventSwitch": "ON",
            "DeleteMediaCompleteEventSwitch": "OFF",
            "PersistenceCompleteEventSwitch": "ON",
        }
        ask = request(models.DescribeEventConfigRequest, SubAppId=7)
        before = client.DescribeEventConfig(ask)
        modify = request(models.ModifyEventConfigRequest, SubAppId=7, SignKey="abc123", **members)
        self.assert_request_id(client.ModifyEventConfig(modify).RequestId)
        shown = client.DescribeEventConfig(ask)
        self.assertEqual({name: getattr(shown, name) for name in members}, members)

        client.ModifyEventConfig(request(models.ModifyEventConfigRequest, SubAppId=7, NotificationUrl=""))
        shown = client.DescribeEventConfig(ask)
        self.assertEqual((shown.Mode, shown.NotificationUrl), ("PULL", ""))
        other = client.DescribeEventConfig(request(models.DescribeEventConfigRequest, SubAppId=8))
        self.assertEqual(other.Mode, before.Mode)
        refused = request(models.ModifyEventConfigRequest, SignKey="x" * 33)
        self.refused("InvalidParameter", client.ModifyEventConfig, refused)

    def test_unknown_action(self):
        """an unknown action, version and product are each refused with their code"""
        emulator = self.emulator()
        self.refused("InvalidAction", common(emulator).call_json, "ConfirmEvent", {})
        self.refused("NoSuchVersion", common(emulator, version="2017-01-01").call_json, "PullEvents", {})
        self.refused("NoSuchProduct", common(emulator, service="nothing").call_json, "PullEvents", {})

    def test_wrong_type(self):
        """a parameter of the wrong type is InvalidParameter"""
        client = common(self.emulator())
        message = self.refused("InvalidParameter", client.call_json, "ConfirmEvents", {"EventHandles": "111"})
        self.assertIn("EventHandles", message)
        self.refused("InvalidParameter", client.call_json, "PullEvents", {"SubAppId": "x"})

    def test_rate(self):
        """more calls in a second than the action's limit are RequestLimitExceeded"""
        client = vod(self.emulator())
        ask = models.DescribeEventConfigRequest()
        codes = set()
        for _ in range(200):
            try:
                client.DescribeEventConfig(ask)
            except TencentCloudSDKException as error:
                codes.add(error.get_code())
                break
        self.assertEqual(codes, {"RequestLimitExceeded"})

    def test_log(self):
        """the emulator logs one line for each call, with its request id and without secrets"""
        emulator = self.emulator("--seed-events", "1", "--token", TOKEN)
        client = vod(emulator, who=credential(token=TOKEN))
        pulled = pull(client)
        with self.assertRaises(TencentCloudSDKException) as caught:
            confirm(client, ["111"])
        emulator.stop()
        for request_id, action in [
            (pulled.RequestId, "PullEvents"),
            (caught.exception.get_request_id(), "ConfirmEvents"),
        ]:
            lines = [line for line in emulator.log.splitlines() if request_id in line]
            self.assertEqual(len(lines), 1, emulator.log)
            self.assertIn(action, lines[0])
        self.assertNotIn(Emulator.SECRET_KEY, emulator.log)
        self.assertNotIn(TOKEN, emulator.log)


if __name__ == "__main__":
    report.run(__name__, "the vendor's Python SDK against the emulator")
