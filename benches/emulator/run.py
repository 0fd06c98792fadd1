#!/usr/bin/env python3
"""Measures the emulator's program: its start, memory, reset, calls and storage, beside moto's start and bare hyper.

    cargo build --release -p vod-emulator --features cli --bin vod-emulator --example bare_hyper
    python3 benches/emulator/run.py target/release/vod-emulator [PYTHON_WITH_MOTO]

Times of the emulator under load are its own CPU time, from /proc, so that a busy machine and the speed of this program do not
count. Linux only. All traffic is on 127.0.0.1.
"""

import datetime
import hashlib
import hmac
import http.client
import json
import os
import pathlib
import re
import socket
import statistics
import subprocess
import sys
import time
import urllib.parse

STARTS = 20
FILES = 10_000
CALLS = 40_000
CONNECTIONS = 16
OBJECT = bytes(range(256)) * 4096 * 64  # 64 MiB
OBJECTS = 8
SECRET_ID, SECRET_KEY = "AKIDbench", "bench"
TICKS = os.sysconf("SC_CLK_TCK")


class Program:
    """A server that prints its address, until the end of the `with` statement."""

    def __init__(self, *command):
        self._command = command

    def __enter__(self):
        self.begun = time.perf_counter()
        self._process = subprocess.Popen(self._command, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True)
        line = self._process.stdout.readline()
        self.address = re.search(r"http://([\d.]+:\d+)", line).group(1)
        return self

    def __exit__(self, *_):
        self._process.kill()
        self._process.wait()
        self._process.stdout.close()

    def connection(self):
        return http.client.HTTPConnection(self.address, timeout=60)

    def cpu(self):
        """Seconds of CPU that it has used, its kernel's share included."""
        fields = pathlib.Path(f"/proc/{self._process.pid}/stat").read_text().rsplit(")", 1)[1].split()
        return (int(fields[11]) + int(fields[12])) / TICKS

    def cpu_of_threads(self):
        """Milliseconds of CPU that its living threads have used, finely."""
        tasks = pathlib.Path(f"/proc/{self._process.pid}/task").glob("*/schedstat")
        return sum(int(task.read_text().split()[0]) for task in tasks) / 1e6

    def memory(self):
        """Resident megabytes."""
        status = pathlib.Path(f"/proc/{self._process.pid}/status").read_text()
        return int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024


def emulator(binary, *options):
    options = ["--listen", "127.0.0.1:0", "--quiet", "--no-rate-limits", "--long-poll", "0", *options]
    return Program(binary, *options, "--secret-id", SECRET_ID, "--secret-key", SECRET_KEY)


def sign(key, text):
    return hmac.new(key, text.encode(), hashlib.sha256).digest()


def signed(address, action, body):
    """The headers of a call with this body."""
    now = int(time.time())
    date = datetime.datetime.fromtimestamp(now, datetime.timezone.utc).strftime("%Y-%m-%d")
    kind, payload = "application/json", hashlib.sha256(body).hexdigest()
    canonical = f"POST\n/\n\ncontent-type:{kind}\nhost:{address}\n\ncontent-type;host\n{payload}"
    scope = f"{date}/vod/tc3_request"
    to_sign = f"TC3-HMAC-SHA256\n{now}\n{scope}\n{hashlib.sha256(canonical.encode()).hexdigest()}"
    key = sign(sign(sign(b"TC3" + SECRET_KEY.encode(), date), "vod"), "tc3_request")
    signature = hmac.new(key, to_sign.encode(), hashlib.sha256).hexdigest()
    credential = f"Credential={SECRET_ID}/{scope}, SignedHeaders=content-type;host, Signature={signature}"
    return {
        "Host": address,
        "Content-Type": kind,
        "Authorization": f"TC3-HMAC-SHA256 {credential}",
        "X-TC-Action": action,
        "X-TC-Version": "2018-07-17",
        "X-TC-Timestamp": str(now),
    }


def call(connection, address, action, **parameters):
    body = json.dumps(parameters).encode()
    connection.request("POST", "/", body, signed(address, action, body))
    answer = json.load(connection.getresponse())["Response"]
    assert "Error" not in answer, answer
    return answer


def first_answer(program, path):
    """Milliseconds from the program's start to its first answer."""
    connection = program.connection()
    connection.request("GET", path)
    assert connection.getresponse().status == 200
    took = time.perf_counter() - program.begun
    connection.close()
    return took * 1000


def starts(binary):
    times, cpu, memory = [], [], 0
    for _ in range(STARTS):
        with emulator(binary) as program:
            times.append(first_answer(program, "/_emulator/health"))
            cpu.append(program.cpu_of_threads())
            memory = program.memory()
    print(f"start to first answer: median {statistics.median(times):.1f} ms, fastest {min(times):.1f} ms of {STARTS}")
    print(f"CPU of a start: median {statistics.median(cpu):.1f} ms, least {min(cpu):.1f} ms; memory empty: {memory:.1f} MB")


def moto(python):
    """Moto's server: milliseconds to its first answer, and megabytes."""
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    begun = time.perf_counter()
    command = [python, "-c", "from moto.server import main; main()", "-p", str(port), "-H", "127.0.0.1"]
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    try:
        while time.perf_counter() - begun < 120:
            try:
                connection = http.client.HTTPConnection("127.0.0.1", port, timeout=60)
                connection.request("GET", "/moto-api/data.json")
                connection.getresponse().read()
                break
            except OSError:
                time.sleep(0.005)
        took = time.perf_counter() - begun
        status = pathlib.Path(f"/proc/{process.pid}/status").read_text()
        memory = int(re.search(r"VmRSS:\s+(\d+) kB", status).group(1)) / 1024
        print(f"moto_server, start to first answer: {took * 1000:.0f} ms; memory: {memory:.1f} MB")
    finally:
        process.kill()
        process.wait()


def fill(program, files):
    connection = program.connection()
    for number in range(files):
        call(connection, program.address, "PullUpload", MediaUrl=f"http://example.com/{number}.mp4", MediaName=f"film {number}")
    found = call(connection, program.address, "SearchMedia", Limit=10)
    return connection, [media["FileId"] for media in found["MediaInfoSet"]]


def resets(binary):
    times = []
    for _ in range(3):
        with emulator(binary, "--task-progress", "at-once") as program:
            connection, _ = fill(program, 1000)
            for path, method in [("/_emulator/health", "GET"), ("/_emulator/reset", "POST")]:
                begun = time.perf_counter()
                connection.request(method, path)
                connection.getresponse().read()
                took = (time.perf_counter() - begun) * 1000
            times.append(took)
    print(f"reset at 1000 media, with its HTTP: fastest {min(times):.2f} ms of {len(times)}")


def describe(binary):
    """The emulator has a core to itself, and always a call to handle: this program has the other cores meanwhile."""
    everywhere = os.sched_getaffinity(0)
    first = {min(everywhere)}
    os.sched_setaffinity(0, first)
    try:
        with emulator(binary, "--task-progress", "at-once") as program:
            os.sched_setaffinity(0, everywhere - first or everywhere)
            describe_media(program)
    finally:
        os.sched_setaffinity(0, everywhere)


def describe_media(program):
    before = program.cpu()
    connection, file_ids = fill(program, FILES)
    print(f"{FILES} media: {program.memory():.1f} MB; CPU of a PullUpload: {(program.cpu() - before) / FILES * 1e6:.0f} us")
    body = json.dumps({"FileIds": file_ids[:1]}).encode()
    head = signed(program.address, "DescribeMediaInfos", body)
    lines = "".join(f"{name}: {value}\r\n" for name, value in head.items())
    request = f"POST / HTTP/1.1\r\n{lines}Content-Length: {len(body)}\r\n\r\n".encode() + body
    host, port = program.address.split(":")

    connections = [socket.create_connection((host, int(port))) for _ in range(CONNECTIONS)]
    connections[0].sendall(request)
    answer = connections[0].recv(1 << 20)
    assert b"MediaInfoSet" in answer, answer
    size = answer.index(b"\r\n\r\n") + 4 + int(re.search(rb"content-length: (\d+)", answer).group(1))
    before, begun = program.cpu(), time.perf_counter()
    for _ in range(CALLS // CONNECTIONS):
        for stream in connections:
            stream.sendall(request)
        for stream in connections:
            received = 0
            while received < size:
                received += len(stream.recv(1 << 20))
    cpu, took = program.cpu() - before, time.perf_counter() - begun
    for stream in connections:
        stream.close()
    print(f"DescribeMediaInfos: {CALLS / cpu:.0f} a second and core (CPU), {CALLS / took:.0f} a second as measured on one core")


def put(program, path, headers):
    connection = program.connection()
    connection.request("PUT", path, OBJECT, headers)
    answer = connection.getresponse()
    assert answer.status == 200, answer.read()
    answer.read()
    connection.close()


def speed(name, program, path, headers):
    put(program, path, headers)
    before = program.cpu()
    for _ in range(OBJECTS):
        put(program, path, headers)
    cpu = program.cpu() - before
    print(f"{name}: {OBJECTS * len(OBJECT) / 1e6 / cpu:.0f} MB a second and core (CPU)")


def storage(binary):
    with emulator(binary) as program:
        connection = program.connection()
        session = call(connection, program.address, "ApplyUpload", MediaType="mp4")
        certificate, path = session["TempCertificate"], session["MediaStoragePath"]
        times = f"{int(time.time()) - 60};{int(time.time()) + 600}"
        request = f"put\n{path}\n\nhost={urllib.parse.quote(program.address, safe='')}\n"
        to_sign = f"sha1\n{times}\n{hashlib.sha1(request.encode()).hexdigest()}\n"
        key = hmac.new(certificate["SecretKey"].encode(), times.encode(), hashlib.sha1).hexdigest()
        signature = hmac.new(key.encode(), to_sign.encode(), hashlib.sha1).hexdigest()
        headers = {
            "Authorization": f"q-sign-algorithm=sha1&q-ak={certificate['SecretId']}&q-sign-time={times}"
            f"&q-key-time={times}&q-header-list=host&q-url-param-list=&q-signature={signature}",
            "x-cos-security-token": certificate["Token"],
        }
        speed("storage, PUT of 64 MiB, MD5 and CRC-64 included", program, f"/_storage/{session['StorageBucket']}{path}", headers)
    bare = pathlib.Path(binary).with_name("examples") / "bare_hyper"
    if bare.exists():
        with Program(str(bare)) as program:
            speed("bare hyper, the same bytes collected and dropped", program, "/object", {})
    begun = time.process_time()
    hashlib.md5(OBJECT).hexdigest()
    print(f"MD5 alone, by OpenSSL: {len(OBJECT) / 1e6 / (time.process_time() - begun):.0f} MB a second")


def main():
    binary = sys.argv[1]
    starts(binary)
    if len(sys.argv) > 2:
        moto(sys.argv[2])
    resets(binary)
    describe(binary)
    storage(binary)


if __name__ == "__main__":
    main()
