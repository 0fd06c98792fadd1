"""The vendor's own upload SDK, unchanged, and a day's work with the vendor's API SDK, against the emulator's program.

The upload SDK has no setting for an endpoint, so the two constructors that choose one are wrapped.
"""

import hashlib
import json
import os
import tempfile
import unittest
import urllib.request

import qcloud_vod.vod_upload_client as upload
from qcloud_vod.model import VodUploadRequest
from tencentcloud.common.credential import Credential
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile
from tencentcloud.vod.v20180717.vod_client import VodClient

import report
from emulator import Emulator

MIB = 1024 * 1024
_VOD_CLIENT, _COS_CONFIG = VodClient, upload.CosConfig


def profile(emulator):
    return ClientProfile(httpProfile=HttpProfile(endpoint=emulator.address, protocol="http"))


def uploaded(emulator, content, **members):
    """Uploads a content by the vendor's SDK; the result is its answer."""
    host, port = emulator.address.split(":")
    upload.vod_client.VodClient = lambda credential, region: _VOD_CLIENT(credential, region, profile(emulator))
    upload.CosConfig = lambda **settings: _COS_CONFIG(Scheme="http", IP=host, Port=int(port), **settings)
    with tempfile.TemporaryDirectory() as folder:
        request = VodUploadRequest()
        request.MediaFilePath = os.path.join(folder, "film.mp4")
        request.ConcurrentUploadNumber = 3
        for name, value in members.items():
            setattr(request, name, value)
        if content is not None:
            with open(request.MediaFilePath, "wb") as file:
                file.write(content)
        client = upload.VodUploadClient(Emulator.SECRET_ID, Emulator.SECRET_KEY)
        return client.upload("ap-guangzhou", request)


class Vod:
    """Calls actions with plain JSON."""

    def __init__(self, emulator):
        credential = Credential(Emulator.SECRET_ID, Emulator.SECRET_KEY)
        self._client = VodClient(credential, "ap-guangzhou", profile(emulator))

    def __call__(self, action, **parameters):
        return json.loads(self._client.call(action, parameters))["Response"]

    def events(self):
        """The events that wait, each confirmed."""
        found = []
        while events := self("PullEvents").get("EventSet"):
            found += events
            self("ConfirmEvents", EventHandles=[event["EventHandle"] for event in events])
        return found


class VendorUpload(unittest.TestCase):
    def emulator(self, *options):
        emulator = Emulator("--long-poll", "0", "--no-rate-limits", *options)
        self.addCleanup(emulator.stop)
        return emulator.__enter__()

    def test_sizes(self):
        """the vendor's upload SDK uploads files of every size whole, in one piece and in parts"""
        emulator = self.emulator()
        vod = Vod(emulator)
        for size in (0, 1, MIB, MIB + 1, 12 * MIB):
            content = os.urandom(size)
            answer = uploaded(emulator, content)
            info = vod("DescribeMediaInfos", FileIds=[answer.FileId])["MediaInfoSet"][0]
            self.assertEqual(info["MetaData"]["Size"], size)
            self.assertEqual(info["MetaData"]["Md5"], hashlib.md5(content).hexdigest())
            opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
            with opener.open(answer.MediaUrl, timeout=15) as played:
                self.assertEqual(played.read(), content)

    def test_hls(self):
        """the vendor's upload SDK uploads an HLS tree, of which two variants share a segment"""
        emulator = self.emulator()
        files = {
            "film.m3u8": "#EXTM3U\n#EXT-X-STREAM-INF:BANDWIDTH=1\nlow.m3u8\n#EXT-X-STREAM-INF:BANDWIDTH=2\nhigh.m3u8\n",
            "low.m3u8": "#EXTM3U\n#EXTINF:9,\nshared.ts\n#EXTINF:9,\nlow/1.ts\n#EXT-X-ENDLIST\n",
            "high.m3u8": "#EXTM3U\n#EXTINF:9,\nshared.ts\n#EXTINF:9,\nhigh/1.ts\n#EXT-X-ENDLIST\n",
            "shared.ts": "shared",
            "low/1.ts": "low",
            "high/1.ts": "high",
        }
        with tempfile.TemporaryDirectory() as folder:
            for name, content in files.items():
                path = os.path.join(folder, name)
                os.makedirs(os.path.dirname(path), exist_ok=True)
                with open(path, "w", encoding="utf-8") as file:
                    file.write(content)
            answer = uploaded(emulator, None, MediaFilePath=os.path.join(folder, "film.m3u8"))
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        base = answer.MediaUrl.rsplit("/", 1)[0]
        for name, content in files.items():
            url = answer.MediaUrl if name == "film.m3u8" else f"{base}/{name}"
            with opener.open(url, timeout=15) as played:
                self.assertEqual(played.read().decode(), content, name)

    def test_daily_job(self):
        """class, procedure, upload, event, processing, search, change and deletion find what was done before"""
        emulator = self.emulator("--task-progress", "looks=3")
        vod = Vod(emulator)
        class_id = vod("CreateClass", ParentId=-1, ClassName="films")["ClassId"]
        self.assertIn(class_id, [one["ClassId"] for one in vod("DescribeAllClass")["ClassInfoSet"]])
        template = vod("CreateTranscodeTemplate", Container="mp4", Name="small")["Definition"]
        file_id = uploaded(emulator, b"a film", MediaName="dawn", ClassId=class_id, SourceContext="order 7").FileId
        (event,) = vod.events()
        self.assertEqual(event["EventType"], "NewFileUpload")
        source = event["FileUploadEvent"]["MediaBasicInfo"]["SourceInfo"]
        self.assertEqual((event["FileUploadEvent"]["FileId"], source["SourceContext"]), (file_id, "order 7"))

        process = {"TranscodeTaskSet": [{"Definition": template}]}
        task_id = vod("ProcessMedia", FileId=file_id, MediaProcessTask=process)["TaskId"]
        states = [vod("DescribeTaskDetail", TaskId=task_id)["Status"] for _ in range(3)]
        self.assertEqual(states, ["WAITING", "PROCESSING", "FINISH"])
        (event,) = vod.events()
        self.assertEqual(event["ProcedureStateChangeEvent"]["TaskId"], task_id)
        self.assertEqual([task["TaskId"] for task in vod("DescribeTasks", FileId=file_id)["TaskSet"]], [task_id])

        vod("ModifyMediaInfo", FileId=file_id, AddTags=["sea"])
        found = vod("SearchMedia", Tags=["sea"], ClassIds=[class_id])
        self.assertEqual((found["TotalCount"], found["MediaInfoSet"][0]["FileId"]), (1, file_id))
        made = found["MediaInfoSet"][0]["TranscodeInfo"]["TranscodeSet"]
        self.assertEqual([one["Definition"] for one in made], [template])
        vod("DeleteMedia", FileId=file_id)
        self.assertEqual(vod("DescribeMediaInfos", FileIds=[file_id])["NotExistFileIdSet"], [file_id])
        (event,) = vod.events()
        self.assertEqual(event["FileDeleteEvent"]["FileIdSet"], [file_id])
        vod("DeleteClass", ClassId=class_id)
        vod("DeleteTranscodeTemplate", Definition=template)
        self.assertEqual(vod("DescribeTranscodeTemplates")["TotalCount"], 0)


if __name__ == "__main__":
    report.run(__name__, "the vendor's upload SDK, and a day's work, against the emulator")
