"""The vendor's command line as it is, but for two things: it calls by plain HTTP, which it has no option for, and it
loads no plug-ins, which need the SDKs of other services.
"""

import sys

import tccli.main
import tccli.plugin
from tencentcloud.common.profile.http_profile import HttpProfile


def main():
    made = HttpProfile.__init__

    def plain(self, protocol=None, **settings):
        made(self, protocol="http", **settings)

    HttpProfile.__init__ = plain
    tccli.plugin._imported = True
    return tccli.main.main()


if __name__ == "__main__":
    sys.exit(main())
