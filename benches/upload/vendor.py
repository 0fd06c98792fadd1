"""Uploads a file with the vendor's Python SDK as published: vendor.py ADDRESS FILE CONCURRENCY

The SDK has no setting for an endpoint, so the two constructors that choose one are wrapped.
"""

import sys
from urllib.parse import urlsplit

import qcloud_vod.vod_upload_client as upload
from qcloud_vod.model import VodUploadRequest
from tencentcloud.common.profile.client_profile import ClientProfile
from tencentcloud.common.profile.http_profile import HttpProfile

address, path, concurrency = sys.argv[1:]
place = urlsplit(address)
profile = ClientProfile(httpProfile=HttpProfile(endpoint=place.netloc, protocol="http"))
vod_client, cos_config = upload.vod_client.VodClient, upload.CosConfig
upload.vod_client.VodClient = lambda credential, region: vod_client(credential, region, profile)
upload.CosConfig = lambda **settings: cos_config(Scheme="http", IP=place.hostname, Port=place.port, **settings)
request = VodUploadRequest()
request.MediaFilePath = path
request.ConcurrentUploadNumber = int(concurrency)
assert upload.VodUploadClient("AKID-bench", "secret-key").upload("ap-guangzhou", request).FileId == "1"
