"""A day's work, and one call of every action, with the vendor's Python SDK, Node SDK and command line, on the emulator.

The work is the same for each client: what one call did is what the next call finds. The calls of every action are those of
the examples in the spec files, through the typed requests and responses of the vendor's SDK.
"""

import contextlib
import hashlib
import http.client
import hmac
import io
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import tomllib
import unittest
import urllib.parse

import tccli.options_define as tccli_options
import tccli.services.vod.vod_client as tccli_vod
from tencentcloud.common.credential import Credential
from tencentcloud.common.exception import TencentCloudSDKException
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vod.v20180717 import models
from tencentcloud.vod.v20180717.vod_client import VodClient

import report
from emulator import Emulator

SPECS = pathlib.Path(__file__).resolve().parents[2] / "api-specs" / "vod"
CLIP = pathlib.Path(__file__).resolve().parents[2] / "examples" / "first_steps" / "clip.mp4"
ANSWER_SECONDS = 30


class Refused(Exception):
    """A call was answered with this code."""

    def __init__(self, code, message=""):
        super().__init__(f"{code}: {message}")
        self.code = code


class PythonSdk:
    """The Python SDK, by its typed requests and responses."""

    name = "Python SDK"

    def __init__(self, emulator):
        profile = ClientProfile(httpProfile=HttpProfile(endpoint=emulator.address, protocol="http"))
        self._client = VodClient(Credential(Emulator.SECRET_ID, Emulator.SECRET_KEY), "ap-guangzhou", profile)

    def has(self, action):
        return hasattr(self._client, action)

    def __call__(self, action, **parameters):
        request = getattr(models, action + "Request")()
        request.from_json_string(json.dumps(parameters))
        try:
            answer = getattr(self._client, action)(request)
        except TencentCloudSDKException as error:
            raise Refused(error.get_code(), error.get_message()) from None
        return json.loads(answer.to_json_string())

    def close(self):
        pass


class NodeSdk:
    """The Node SDK, in one process for all calls."""

    name = "Node SDK"

    def __init__(self, emulator):
        # The SDK takes the service from the first label of the host.
        address = "vod.localhost:" + emulator.address.split(":")[1]
        script = os.path.join(os.environ["VOD_CONFORMANCE_NODE"], "calls.js")
        environment = {
            "PATH": os.environ["PATH"],
            "TENCENTCLOUD_SECRET_ID": Emulator.SECRET_ID,
            "TENCENTCLOUD_SECRET_KEY": Emulator.SECRET_KEY,
        }
        pipe = subprocess.PIPE
        self._process = subprocess.Popen(
            ["node", script, address], env=environment, stdin=pipe, stdout=pipe, text=True, encoding="utf-8"
        )

    def __call__(self, action, **parameters):
        self._process.stdin.write(json.dumps([action, parameters]) + "\n")
        self._process.stdin.flush()
        line = self._process.stdout.readline()
        if not line:
            raise AssertionError("node has ended")
        result = json.loads(line)
        if "answer" not in result:
            raise Refused(result["code"], result["message"])
        return result["answer"]

    def close(self):
        self._process.stdin.close()
        self._process.wait(ANSWER_SECONDS)
        self._process.stdout.close()


class Tccli:
    """The command line: what it does with a command after reading its arguments."""

    name = "tccli"

    def __init__(self, emulator):
        self._home = tempfile.mkdtemp()
        self._environment = {name: os.environ.get(name) for name in ("HOME", "USERPROFILE")}
        os.environ.update(HOME=self._home, USERPROFILE=self._home)
        folder = os.path.join(self._home, ".tccli")
        os.makedirs(folder)
        configured = {
            "_sys_param": {"region": "ap-guangzhou", "output": "json"},
            "vod": {"version": "2018-07-17", "endpoint": emulator.address},
        }
        credential = {"secretId": Emulator.SECRET_ID, "secretKey": Emulator.SECRET_KEY}
        for name, content in [("default.configure", configured), ("default.credential", credential)]:
            with open(os.path.join(folder, name), "w", encoding="utf-8") as file:
                json.dump(content, file)
        # It has no option for plain HTTP.
        self._profile = HttpProfile.__init__

        def plain(profile, *arguments, **members):
            members["protocol"] = "http"
            self._profile(profile, *arguments, **members)

        HttpProfile.__init__ = plain

    def __call__(self, action, **parameters):
        arguments = {option.replace("-", "_"): None for option in tccli_options.ACTION_GLOBAL_OPT}
        arguments.update({"service_version": None, "warning": None})
        printed = io.BytesIO()
        try:
            with contextlib.redirect_stdout(io.TextIOWrapper(printed, encoding="utf-8", write_through=True)):
                tccli_vod.ACTION_MAP[action](parameters, arguments)
                sys.stdout.flush()
                text = printed.getvalue().decode()
        except TencentCloudSDKException as error:
            raise Refused(error.get_code(), error.get_message()) from None
        return json.loads(text)

    def close(self):
        HttpProfile.__init__ = self._profile
        for name, value in self._environment.items():
            if value is None:
                os.environ.pop(name, None)
            else:
                os.environ[name] = value
        shutil.rmtree(self._home)


def hexadecimal(key, text):
    return hmac.new(key.encode(), text.encode(), hashlib.sha1).hexdigest()


def store(emulator, session, content):
    """Puts an object where `ApplyUpload` said, signed as the object storage's documentation has it."""
    certificate, host = session["TempCertificate"], emulator.address
    path = session["MediaStoragePath"]
    times = f"{int(time.time()) - 60};{int(time.time()) + 600}"
    request = f"put\n{path}\n\nhost={urllib.parse.quote(host, safe='')}\n"
    to_sign = f"sha1\n{times}\n{hashlib.sha1(request.encode()).hexdigest()}\n"
    signature = hexadecimal(hexadecimal(certificate["SecretKey"], times), to_sign)
    authorization = (
        f"q-sign-algorithm=sha1&q-ak={certificate['SecretId']}&q-sign-time={times}&q-key-time={times}"
        f"&q-header-list=host&q-url-param-list=&q-signature={signature}"
    )
    connection = http.client.HTTPConnection(host, timeout=ANSWER_SECONDS)
    headers = {"Authorization": authorization, "x-cos-security-token": certificate["Token"]}
    connection.request("PUT", f"/_storage/{session['StorageBucket']}{path}", content, headers)
    answer = connection.getresponse()
    assert answer.status == 200, (answer.status, answer.read())
    connection.close()


def examples():
    """The name and the first example of each action."""
    for file in sorted(SPECS.rglob("*.toml")):
        spec = tomllib.loads(file.read_text(encoding="utf-8"))
        if "action" not in spec or not spec.get("example"):
            continue
        example = spec["example"][0]
        both = [example.get(name, {}) for name in ("request", "response")]
        request, response = (json.loads(text) if isinstance(text, str) else text for text in both)
        yield spec["action"], spec, request, response


def without(value):
    """A value without `null`, empty texts and lists, which the SDKs treat as absent."""
    if isinstance(value, dict):
        kept = {name: without(member) for name, member in value.items()}
        return {name: member for name, member in kept.items() if member not in (None, {}, [], "")}
    if isinstance(value, list):
        return [without(element) for element in value]
    return value


class DailyJob(unittest.TestCase):
    def start(self, client, *options):
        emulator = Emulator("--long-poll", "0", "--no-rate-limits", *options)
        emulator.__enter__()
        self.addCleanup(emulator.stop)
        made = client(emulator)
        self.addCleanup(made.close)
        return emulator, made

    def need_node(self):
        if not os.path.isdir(os.path.join(os.environ["VOD_CONFORMANCE_NODE"], "node_modules")):
            self.skipTest("the Node SDK is not installed")

    def events(self, vod):
        """The events that wait, each confirmed."""
        found = []
        while events := vod("PullEvents").get("EventSet"):
            found += events
            vod("ConfirmEvents", EventHandles=[event["EventHandle"] for event in events])
        return found

    def work(self, client):
        emulator, vod = self.start(client, "--task-progress", "looks=2")
        class_id = vod("CreateClass", ParentId=-1, ClassName="films")["ClassId"]
        content = CLIP.read_bytes()
        session = vod("ApplyUpload", MediaType="mp4", MediaName="dawn", ClassId=class_id, SourceContext="order 7")
        store(emulator, session, content)
        file_id = vod("CommitUpload", VodSessionKey=session["VodSessionKey"])["FileId"]
        (event,) = self.events(vod)
        self.assertEqual(event["FileUploadEvent"]["FileId"], file_id)
        self.assertEqual(event["FileUploadEvent"]["MediaBasicInfo"]["SourceInfo"]["SourceContext"], "order 7")
        info = vod("DescribeMediaInfos", FileIds=[file_id, "nope"])
        self.assertEqual(info["NotExistFileIdSet"], ["nope"])
        meta = info["MediaInfoSet"][0]["MetaData"]
        self.assertEqual((meta["Size"], meta["Md5"]), (len(content), hashlib.md5(content).hexdigest()))

        process = {"TranscodeTaskSet": [{"Definition": 100010}]}
        task_id = vod("ProcessMedia", FileId=file_id, MediaProcessTask=process)["TaskId"]
        states = [vod("DescribeTaskDetail", TaskId=task_id)["Status"] for _ in range(2)]
        self.assertEqual(states, ["WAITING", "FINISH"])
        (event,) = self.events(vod)
        self.assertEqual(event["ProcedureStateChangeEvent"]["TaskId"], task_id)
        vod("ModifyMediaInfo", FileId=file_id, AddTags=["sea"])
        found = vod("SearchMedia", Tags=["sea"], ClassIds=[class_id])
        self.assertEqual((found["TotalCount"], found["MediaInfoSet"][0]["FileId"]), (1, file_id))
        vod("DeleteMedia", FileId=file_id)
        (event,) = self.events(vod)
        self.assertEqual(event["FileDeleteEvent"]["FileIdSet"], [file_id])
        with self.assertRaises(Refused) as refused:
            vod("CommitUpload", VodSessionKey="never given")
        self.assertEqual(refused.exception.code, "InvalidParameterValue.VodSessionKey")

    def test_python(self):
        """the Python SDK: class, upload, event, processing, waiting, search, deletion"""
        self.work(PythonSdk)

    def test_node(self):
        """the Node SDK: the same"""
        self.need_node()
        self.work(NodeSdk)

    def test_tccli(self):
        """tccli: the same"""
        self.work(Tccli)

    def every_action(self, client, has):
        """Calls every action as its example does. The result is how many came back as the example has it."""
        _, vod = self.start(client, "--answer-examples")
        called, problems = 0, []
        for action, spec, request, response in examples():
            if spec.get("body") or spec.get("answer") or not has(vod, action):
                continue
            called += 1
            try:
                answer = without(vod(action, **request))
            except Refused as refused:
                # The Node SDK of this version is older than the spec files.
                if refused.code == "NoSuchMethod":
                    called -= 1
                    continue
                problems.append(f"{action}: {refused}")
                continue
            lost = [name for name, value in without(response).items() if answer.get(name) != value]
            problems += [f"{action}: {name} came back as {answer.get(name)}" for name in lost]
        self.assertEqual(problems, [])
        return called

    def test_every_action_python(self):
        """the Python SDK calls every action by the example of its spec, and gets the example's answer"""
        self.assertGreaterEqual(self.every_action(PythonSdk, lambda vod, action: vod.has(action)), 200)

    def test_every_action_node(self):
        """the Node SDK: the same"""
        self.need_node()
        self.assertGreaterEqual(self.every_action(NodeSdk, lambda _, action: hasattr(VodClient, action)), 200)

    def test_guide(self):
        """the Python code of docs/TESTING.md, by `vod-emulator exec`"""
        guide = (SPECS.parents[1] / "docs" / "TESTING.md").read_text(encoding="utf-8")
        code = guide.split("```python\n")[1].split("```")[0]
        with tempfile.TemporaryDirectory() as folder:
            program = os.path.join(folder, "test_films.py")
            with open(program, "w", encoding="utf-8") as file:
                file.write(code)
            command = [os.environ["VOD_EMULATOR"], "exec", "--", sys.executable, program]
            done = subprocess.run(command, cwd=folder, capture_output=True, text=True, timeout=120)
            self.assertEqual(done.returncode, 0, done.stderr)
            self.assertIn("Ran 2 tests", done.stderr)


if __name__ == "__main__":
    report.run(__name__, "a day's work and one call of every action, by the vendor's clients")
