"""What this project's sources of credentials make of files, against the vendor's own code on the same files."""

import contextlib
import io
import json
import os
import subprocess
import tempfile
import unittest

import tccli.options_define as options
import tccli.services.vod.vod_client as tccli_vod
from tencentcloud.common import credential as vendor

import report

PROBE_SECONDS = 30
KEY = "Gu5t9xGARNpqEXAMPLE"
PAIR = f"secret_id = AKID1\nsecret_key = {KEY}\n"
LATER, EARLIER = 4102444800, 1543914376

# Contents of ~/.tencentcloud/credentials that both read alike.
PROFILES = {
    "a pair": f"[default]\n{PAIR}",
    "no file": None,
    "no keys": "[default]\nregion = ap-tokyo\n",
    "empty keys": "[default]\nsecret_id =\nsecret_key =\n",
    "a comment behind the section": f"[default] # mine\n{PAIR}",
    "a comment of its own": f"# mine\n; too\n[default]\n# mine\n{PAIR}",
    "a colon": f"[default]\nsecret_id: AKID1\nsecret_key: {KEY}\n",
    "blanks": f"[default]\n\nsecret_id   =   AKID1   \nsecret_key={KEY}\n",
    "capitals": f"[default]\nSECRET_ID = AKID1\nSecret_Key = {KEY}\n",
    "several sections": f"[other]\nsecret_id = AKID2\nsecret_key = {KEY}\n[default]\n{PAIR}[last]\n",
    "a role that has no effect": f"[default]\n{PAIR}role_arn = qcs::cam::uin/1:roleName/r\n",
    "line ends of Windows": f"[default]\r\n{PAIR}".replace("\n", "\r\n"),
    "a line that is nothing": f"[default]\n{PAIR}nonsense\n",
}
# Where the two differ on purpose: what the vendor makes of it, what this project does, and why.
PROFILE_DIFFERENCES = {
    "half a credential": ("[default]\nsecret_id = AKID1\n", "absent", "failed", "one without the other is a mistake"),
    "no such section": (f"[other]\n{PAIR}", "failed", "absent", "the vendor's code ends with an AttributeError"),
    "a byte order mark": (f"\ufeff[default]\n{PAIR}", "failed", "credential AKID1", "editors on Windows write it"),
    "an empty key": (f"[default]\nsecret_id = AKID1\nsecret_key =\n", "absent", "failed", "it is half a credential"),
    "a value before any section": (
        f"{PAIR}[default]\n{PAIR}", "failed", "credential AKID1", "what stands outside is ignored",
    ),
    "a section twice": (f"[default]\n[default]\n{PAIR}", "failed", "credential AKID1", "it is continued"),
}

STATIC = {"secretId": "AKID1", "secretKey": KEY}
ROLE = {"role-arn": "qcs::cam::uin/1:roleName/r"}
SESSION = {"role-session-name": "nightly"}
# Contents of ~/.tccli/default.credential that both read alike.
TCCLI = {
    "a pair": STATIC,
    "a pair with a token": {**STATIC, "token": "t0ken"},
    "a machine's role": {"type": "cvm-role"},
    "a machine's role beside empty keys": {"type": "cvm-role", "secretId": "", "secretKey": ""},
    "a machine's role beside keys": {"type": "cvm-role", **STATIC},
    "an option that is no type": {"use-cvm-role": "True", **STATIC},
    "the default type": {"type": "default", **STATIC},
    "a role and a session": {**STATIC, **ROLE, **SESSION},
    "a role alone": {**STATIC, **ROLE},
    "a session alone": {**STATIC, **SESSION},
    "a role and an empty session": {**STATIC, **ROLE, "role-session-name": ""},
    "an empty role": {**STATIC, **SESSION, "role-arn": ""},
    "a role of null": {**STATIC, "role-arn": None, "role-session-name": None},
    "a login": {"type": "oauth", **STATIC, "token": "t0ken", "expiresAt": LATER},
    "a single sign-on": {"type": "sso", **STATIC, "token": "t0ken", "expiresAt": LATER},
    "the end of an earlier login": {"type": "default", **STATIC, "expiresAt": EARLIER},
    "a list": [STATIC],
    "half a credential": {"secretId": "AKID1", "secretKey": ""},
    "a key that starts with a blank": {"secretId": "AKID1", "secretKey": f" {KEY}"},
}
# `tccli` has no source behind its file: where it says that there is no key, a chain goes on.
TCCLI_DIFFERENCES = {
    "no file": (None, "failed", "absent", "a chain goes on"),
    "empty keys": ({"secretId": "", "secretKey": ""}, "failed", "absent", "a chain goes on"),
    "nothing": ({}, "failed", "absent", "a chain goes on"),
    "an expired login": (
        {"type": "oauth", **STATIC, "expiresAt": EARLIER}, "credential AKID1", "failed",
        "tccli renews it before, and reports when it can't",
    ),
}


def probe(home, source):
    """The one line that this project's source says, without a reason."""
    environment = {"HOME": home, "VOD_METADATA_ENDPOINT": "off"}
    command = [os.environ["VOD_CONFORMANCE_PROBE"], source]
    done = subprocess.run(command, env=environment, capture_output=True, timeout=PROBE_SECONDS, check=True)
    line = done.stdout.decode().strip()
    return "failed" if line.startswith("failed") else line


def vendor_profile():
    try:
        found = vendor.ProfileCredential().get_credential()
    except Exception:
        return "failed"
    return "absent" if found is None else f"credential {found.secret_id}"


class Told(Exception):
    """Ends an action of `tccli` with the credential that it would sign with."""


def tell(found, *_):
    raise Told(found)


def vendor_tccli(home):
    """Runs an action of `tccli` up to the point where it makes its client."""
    configured = {
        "_sys_param": {"region": "", "output": "json"},
        "vod": {"version": "2018-07-17", "endpoint": "127.0.0.1:9"},
    }
    with open(os.path.join(home, ".tccli", "default.configure"), "w", encoding="utf-8") as file:
        json.dump(configured, file)
    arguments = {option.replace("-", "_"): None for option in options.ACTION_GLOBAL_OPT}
    arguments.update({"service_version": None, "warning": None})
    module = tccli_vod.CLIENT_MAP["v20180717"]
    original, module.VodClient = module.VodClient, tell
    try:
        with contextlib.redirect_stdout(io.StringIO()):
            tccli_vod.ACTION_MAP["PullEvents"]({}, arguments)
    except Told as told:
        found = told.args[0]
        if isinstance(found, vendor.CVMRoleCredential):
            return "machine role"
        if isinstance(found, vendor.STSAssumeRoleCredential):
            return "assumed role"
        return f"credential {found.secret_id}"
    except Exception:
        return "failed"
    finally:
        module.VodClient = original
    raise AssertionError("the action came to its end")


class Home:
    """A home directory with one file, which is the environment's while it is in use."""

    def __init__(self, name, text):
        self.name, self.text = name, text

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        path = os.path.join(self.folder.name, self.name)
        os.makedirs(os.path.dirname(path))
        if self.text is not None:
            with open(path, "w", encoding="utf-8", newline="") as file:
                file.write(self.text)
        self.before = os.environ.get("HOME")
        os.environ["HOME"] = self.folder.name
        return self.folder.name

    def __exit__(self, *_):
        os.environ.pop("HOME")
        if self.before is not None:
            os.environ["HOME"] = self.before
        self.folder.cleanup()


class Files(unittest.TestCase):
    def setUp(self):
        self.assertFalse(os.path.exists("/etc/tencentcloud/credentials"), "the machine's own file would be read")
        for name in list(os.environ):
            if name.startswith(("TENCENTCLOUD_", "TCCLI_", "TKE_")):
                del os.environ[name]

    def profile(self, text):
        with Home(".tencentcloud/credentials", text) as home:
            return vendor_profile(), probe(home, "profile")

    def tccli(self, content):
        text = None if content is None else json.dumps(content)
        with Home(".tccli/default.credential", text) as home:
            return vendor_tccli(home), probe(home, "tccli")


def check(read, what, content, expected=None):
    """One check: both say the same, or what is known of their difference."""

    def run(self):
        theirs, ours = read(self, content)
        if expected is None:
            self.assertEqual(ours, theirs)
        else:
            self.assertEqual((theirs, ours), expected)

    run.__doc__ = what
    return run


TABLES = [("profile", PROFILES, PROFILE_DIFFERENCES), ("tccli", TCCLI, TCCLI_DIFFERENCES)]
for source, alike, different in TABLES:
    for number, (name, content) in enumerate(alike.items()):
        test = check(getattr(Files, source), f"{source}: {name}", content)
        setattr(Files, f"test_{source}_{number:02}", test)
    for number, (name, (content, theirs, ours, reason)) in enumerate(different.items()):
        what = f"{source}: {name} is `{ours}` and not `{theirs}`: {reason}"
        test = check(getattr(Files, source), what, content, (theirs, ours))
        setattr(Files, f"test_{source}_difference_{number:02}", test)


if __name__ == "__main__":
    report.run(__name__, "credential files against the vendor's code")
