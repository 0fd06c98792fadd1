"""This project's upload against object storage that checks each request with the vendor's own signer."""

import json
import os
import subprocess
import tempfile
import unittest

import report
from storage_server import FOLDER, SECRET_KEY, TOKEN, Storage

MIB = 1024 * 1024
CALL_SECONDS = 60


class OurUpload(unittest.TestCase):
    def storage(self, **faults):
        storage = Storage(**faults)
        self.addCleanup(storage.stop)
        return storage

    def setUp(self):
        folder = tempfile.TemporaryDirectory()
        self.addCleanup(folder.cleanup)
        self.file = os.path.join(folder.name, "film.mp4")
        self.state = os.path.join(folder.name, "state")

    def upload(self, storage, part_size, *options):
        """Runs the example that uploads; returns its exit code, its output and its errors."""
        command = [os.environ["VOD_CONFORMANCE_UPLOAD"], self.file, str(part_size), *options]
        environment = {
            "TENCENTCLOUD_SECRET_ID": "AKIDconformance",
            "TENCENTCLOUD_SECRET_KEY": "Gu5t9xGARNpqEXAMPLE",
            "VOD_ENDPOINT": f"http://{storage.address}",
        }
        done = subprocess.run(command, env=environment, capture_output=True, timeout=CALL_SECONDS)
        errors = done.stderr.decode()
        for secret in (SECRET_KEY, TOKEN, "Gu5t9xGARNpqEXAMPLE"):
            self.assertNotIn(secret, errors)
        self.assertEqual(storage.problems, [], errors)
        return done.returncode, done.stdout.decode(), errors

    def content(self, size):
        content = os.urandom(size)
        with open(self.file, "wb") as file:
            file.write(content)
        return content

    def succeeds(self, storage, content, part_size, *options):
        code, output, errors = self.upload(storage, part_size, *options)
        self.assertEqual(code, 0, errors)
        uploaded = json.loads(output)
        self.assertEqual((uploaded["file_id"], uploaded["is_verified"]), ("file-1", True))
        # The same path, whatever its characters.
        self.assertEqual(storage.objects, {f"{FOLDER}f0.mp4": content})
        self.assertEqual(storage.uploads, {})
        return uploaded

    def test_sizes(self):
        """files of every size, whole and in parts: the vendor's signer signs every request as we did"""
        for size, parts in ((0, 0), (1, 0), (MIB, 0), (MIB + 1, 2), (12 * MIB, 12)):
            storage, content = self.storage(), self.content(size)
            self.succeeds(storage, content, MIB)
            self.assertEqual(storage.log.count("put_part"), parts)
            # With parts of the usual size, too.
            self.succeeds(self.storage(), content, 8 * MIB)

    def test_resume(self):
        """an upload that was refused goes on with the parts that storage lists"""
        storage, content = self.storage(refuse="complete"), self.content(5 * MIB + 3)
        code, _, errors = self.upload(storage, MIB, self.state)
        self.assertEqual(code, 1, errors)
        storage.refuse = None
        uploaded = self.succeeds(storage, content, MIB, self.state)
        self.assertEqual(uploaded["resumed_bytes"], len(content))
        self.assertEqual((storage.log.count("list_parts"), storage.log.count("put_part")), (1, 6))
        self.assertEqual(storage.log.count("ApplyUpload"), 1)

    def test_abort(self):
        """an upload that fails for good throws its parts away"""
        storage, _ = self.storage(refuse="complete"), self.content(3 * MIB)
        code, _, errors = self.upload(storage, MIB)
        self.assertEqual((code, storage.uploads), (1, {}), errors)
        self.assertIn("AccessDenied", errors)
        self.assertEqual(storage.log.count("abort"), 1)

    def test_lost_answers(self):
        """answers that are lost: what was begun twice is listed and aborted, what was completed is looked for"""
        storage, content = self.storage(break_after="initiate"), self.content(2 * MIB)
        self.succeeds(storage, content, MIB)
        self.assertEqual((storage.log.count("initiate"), storage.log.count("list_uploads")), (2, 1))
        for operation in ("put_part", "complete"):
            self.succeeds(self.storage(break_after=operation), content, MIB)

    def test_head(self):
        """a completion without a checksum is verified by the object's own"""
        storage = self.storage(tells_crc=False)
        self.succeeds(storage, self.content(2 * MIB), MIB)
        self.assertEqual(storage.log.count("head"), 1)


if __name__ == "__main__":
    report.run(__name__, "our upload against the vendor's signer")
