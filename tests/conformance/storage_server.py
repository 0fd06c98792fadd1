"""A service on 127.0.0.1 with object storage that checks every request with the vendor's own signer.

It answers ApplyUpload and CommitUpload, whose signatures are checked elsewhere, and plays the eight requests of object
storage that an upload needs. Whatever the vendor's signer would have signed in another way is refused and noted.
"""

import hashlib
import json
import threading
import time
import urllib.parse
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from unittest import mock

import crcmod
from qcloud_cos import CosConfig, cos_auth
from requests import Request

BUCKET, REGION = "6c0f1c00vodcq-1251000333", "ap-chongqing"
SECRET_ID, SECRET_KEY = "AKIDstorage0123456789", "storage-secret-key-0123456789"
TOKEN = "storage/token+with=chars&more"
# Characters that encodings of a path treat differently.
FOLDER = "/dir é+ 视频/100%41~(1)'!*,;=@&$/"
SECONDS = 15
_CRC = crcmod.Crc(0x142F0E1EBA9EA3693, initCrc=0, xorOut=0xFFFFFFFFFFFFFFFF, rev=True)
# `new` of the class gives an object without the initial value of the first.
_EMPTY = _CRC.new()


def crc64(content):
    crc = _EMPTY.copy()
    crc.update(content)
    return str(crc.crcValue)


def vendor_signature(method, path, parameters, headers, valid):
    """What the vendor's signer makes of a request, with exactly these parameters and headers."""
    start, end = map(int, valid.split(";"))
    config = CosConfig(Region="x-y", SecretId=SECRET_ID, SecretKey=SECRET_KEY, SignHost=False)
    request = Request(method, "http://host/", headers=headers)
    # The signer dates back by a minute, and leaves out headers that it never sends.
    at_that_time = mock.patch.object(cos_auth.time, "time", return_value=start + 60)
    with at_that_time, mock.patch.object(cos_auth, "filter_headers", dict):
        cos_auth.CosS3Auth(config, path, parameters, expire=end - start - 60)(request)
    return request.headers["Authorization"]


class Storage:
    """What is stored, what arrived, and what was wrong with it."""

    def __init__(self, break_after=None, refuse=None, tells_crc=True):
        # The connection breaks once when this operation was carried out; this one is refused as long as it stands here.
        self.break_after, self.refuse, self.tells_crc = break_after, refuse, tells_crc
        self.objects, self.uploads, self.log, self.problems = {}, {}, [], []
        self.lock = threading.Lock()
        storage = self

        class Handler(BaseHTTPRequestHandler):
            protocol_version = "HTTP/1.1"
            timeout = SECONDS

            def log_message(self, *_):
                pass

            def handle_any(self):
                body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
                with storage.lock:
                    answer = storage.answer(self.command, self.path, self.headers, body)
                if answer is None:
                    self.close_connection = True
                    self.connection.close()
                    return
                status, headers, content = answer
                self.send_response(status)
                for name, value in headers.items():
                    self.send_header(name, value)
                if self.command != "HEAD":
                    self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                if self.command != "HEAD":
                    self.wfile.write(content)

            do_GET = do_PUT = do_POST = do_DELETE = do_HEAD = handle_any

        class Server(ThreadingHTTPServer):
            daemon_threads = True

            def handle_error(self, *_):
                """A client may close its connection at any time."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.address = f"127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, daemon=True).start()

    def stop(self):
        self._server.shutdown()
        self._server.server_close()

    def answer(self, method, target, headers, body):
        action = headers.get("X-TC-Action")
        if action:
            self.log.append(action)
            members = self.call(action, json.loads(body))
            return 200, {"Content-Type": "application/json"}, json.dumps({"Response": members}).encode()
        path, _, query = target.partition("?")
        prefix = f"/_storage/{BUCKET}"
        path = urllib.parse.unquote(path.removeprefix(prefix), errors="strict") or "/"
        query = dict(urllib.parse.parse_qsl(query.replace("+", "%2B"), keep_blank_values=True))
        problem = self.problem(method, path, query, headers)
        if problem:
            self.problems.append(f"{method} {target}: {problem}")
            return self.error(403, "SignatureDoesNotMatch", problem)
        operation = self.operation(method, path, query)
        self.log.append(operation)
        if self.refuse == operation:
            return self.error(403, "AccessDenied", "not allowed")
        answer = getattr(self, operation)(path, query, body)
        if self.break_after == operation:
            self.break_after = None
            return None
        return answer

    def call(self, action, parameters):
        if action == "ApplyUpload":
            certificate = {"SecretId": SECRET_ID, "SecretKey": SECRET_KEY, "Token": TOKEN}
            return {
                "StorageBucket": BUCKET,
                "StorageRegion": REGION,
                "VodSessionKey": "session-1",
                "MediaStoragePath": f"{FOLDER}f0.{parameters['MediaType']}",
                "CoverStoragePath": "",
                "TempCertificate": {**certificate, "ExpiredTime": int(time.time()) + 3600},
                "RequestId": "request-1",
            }
        if action == "CommitUpload" and self.objects:
            return {"FileId": "file-1", "MediaUrl": "http://localhost/f0.mp4", "CoverUrl": "", "RequestId": "request-2"}
        return {"Error": {"Code": "ResourceNotFound", "Message": "nothing was stored"}, "RequestId": "request-2"}

    def problem(self, method, path, query, headers):
        """What is wrong with a request's signature, by the vendor's signer."""
        if headers.get("x-cos-security-token") != TOKEN:
            return "the token is another one"
        authorization = headers.get("Authorization", "")
        said = dict(part.split("=", 1) for part in authorization.split("&") if "=" in part)
        names = said.get("q-header-list", "").split(";")
        for name in ("host", "x-cos-security-token"):
            if name not in names:
                return f"{name} is not signed"
        if method in ("PUT", "POST") and "content-length" not in names:
            return "content-length is not signed"
        if sorted(name.lower() for name in query) != sorted(filter(None, said.get("q-url-param-list", "").split(";"))):
            return "not every parameter is signed"
        valid = said.get("q-key-time", "0;0")
        start, end = map(int, valid.split(";"))
        if not start <= time.time() <= end:
            return "it is not valid now"
        signed = {name: headers[name] for name in names if name in headers}
        wanted = vendor_signature(method, path, query, signed, valid)
        return None if authorization == wanted else f"the vendor's signer makes {wanted} of it, not {authorization}"

    @staticmethod
    def operation(method, path, query):
        if "uploadId" in query:
            part = "put_part" if "partNumber" in query else None
            return {"PUT": part, "POST": "complete", "GET": "list_parts", "DELETE": "abort"}[method]
        if "uploads" in query:
            return {"POST": "initiate", "GET": "list_uploads"}[method]
        return {"PUT": "put", "HEAD": "head"}[method]

    def put(self, path, _, body):
        self.objects[path] = body
        return self.stored(body)

    def initiate(self, path, *_):
        upload = f"1767225600+/{len(self.uploads)}=é"
        self.uploads[upload] = (path, {})
        return self.xml(f"<InitiateMultipartUploadResult><UploadId>{upload}</UploadId></InitiateMultipartUploadResult>")

    def put_part(self, path, query, body):
        if query["uploadId"] not in self.uploads:
            return self.error(404, "NoSuchUpload", "there is none")
        self.uploads[query["uploadId"]][1][int(query["partNumber"])] = body
        return self.stored(body)

    def complete(self, path, query, body):
        if query["uploadId"] not in self.uploads:
            return self.error(404, "NoSuchUpload", "there is none")
        path, parts = self.uploads.pop(query["uploadId"])
        if body.count(b"<PartNumber>") != len(parts):
            return self.error(400, "InvalidPart", "parts are missing")
        self.objects[path] = b"".join(parts[number] for number in sorted(parts))
        result = "<CompleteMultipartUploadResult><ETag>&quot;whole&quot;</ETag></CompleteMultipartUploadResult>"
        return self.xml(result, self.checksum(self.objects[path]))

    def abort(self, path, query, _):
        self.uploads.pop(query["uploadId"], None)
        return 204, {"x-cos-request-id": "cos-1"}, b""

    def list_parts(self, path, query, _):
        if query["uploadId"] not in self.uploads:
            return self.error(404, "NoSuchUpload", "there is none")
        listed = "".join(
            f"<Part><PartNumber>{number}</PartNumber><ETag>&quot;{hashlib.md5(part).hexdigest()}&quot;</ETag>"
            f"<Size>{len(part)}</Size></Part>"
            for number, part in sorted(self.uploads[query["uploadId"]][1].items())
        )
        return self.xml(f"<ListPartsResult><IsTruncated>false</IsTruncated>{listed}</ListPartsResult>")

    def list_uploads(self, path, query, _):
        listed = "".join(
            f"<Upload><Key>{urllib.parse.quote(key[1:])}</Key><UploadId>{upload}</UploadId></Upload>"
            for upload, (key, _) in self.uploads.items()
            if key[1:].startswith(query.get("prefix", ""))
        )
        return self.xml(
            "<ListMultipartUploadsResult><EncodingType>url</EncodingType>"
            f"<IsTruncated>false</IsTruncated>{listed}</ListMultipartUploadsResult>"
        )

    def head(self, path, *_):
        if path not in self.objects:
            return 404, {"x-cos-request-id": "cos-1"}, b""
        # Asked for after a completion that told no checksum.
        content = self.objects[path]
        headers = {"x-cos-request-id": "cos-1", "Content-Length": str(len(content)), "ETag": '"whole"'}
        return 200, {**headers, "x-cos-hash-crc64ecma": crc64(content)}, b""

    def stored(self, content):
        headers = {"ETag": f'"{hashlib.md5(content).hexdigest()}"', "x-cos-request-id": "cos-1"}
        return 200, {**headers, "x-cos-hash-crc64ecma": crc64(content)}, b""

    def checksum(self, content):
        return {"x-cos-hash-crc64ecma": crc64(content)} if self.tells_crc else {}

    def xml(self, text, headers=None):
        headers = {"Content-Type": "application/xml", "x-cos-request-id": "cos-1", **(headers or {})}
        return 200, headers, f"<?xml version='1.0' encoding='utf-8' ?>\n{text}".encode()

    def error(self, status, code, message):
        _, headers, content = self.xml(f"<Error><Code>{code}</Code><Message>{message}</Message></Error>")
        return status, headers, content
