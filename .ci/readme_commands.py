#!/usr/bin/env python3
"""Fails if README.md and README.zh-CN.md do not show the same commands."""

import re
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]


def commands(name):
    return re.findall(r"^```sh\n(.*?)^```", (ROOT / name).read_text(), re.S | re.M)


english, chinese = commands("README.md"), commands("README.zh-CN.md")
if not english or english != chinese:
    for text in [text for text in english if text not in chinese]:
        print(f"README.zh-CN.md lacks:\n{text}")
    for text in [text for text in chinese if text not in english]:
        print(f"README.md lacks:\n{text}")
    sys.exit(1)
