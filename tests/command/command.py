"""Runs the program of the variable VOD with an environment of its own."""

import os
import subprocess

from emulator import Emulator

SECONDS = 60


def environment(address):
    """Of a call to the emulator at this address; nothing of the developer's."""
    return {
        "PATH": os.environ["PATH"],
        "HOME": "/nonexistent",
        "LANG": "C.UTF-8",
        "TENCENTCLOUD_SECRET_ID": Emulator.SECRET_ID,
        "TENCENTCLOUD_SECRET_KEY": Emulator.SECRET_KEY,
        "VOD_ENDPOINT": f"http://{address}",
    }


def vod(address, *words, stdin=""):
    """Code, standard output and standard error."""
    command = [os.environ["VOD"], *words]
    done = subprocess.run(
        command, env=environment(address), input=stdin, capture_output=True, text=True, timeout=SECONDS
    )
    return done.returncode, done.stdout, done.stderr
