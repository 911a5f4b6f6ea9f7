"""The portal, but a page whose URL says `lambat=NAME` is rendered at once and answered when the file NAME is there."""

import os
import time
from pathlib import Path
from urllib.parse import parse_qs

from kimportal.wsgi import application as portal

FOLDER = Path(os.environ["SLOW_FOLDER"])


def application(environ, start_response):
    answer = list(portal(environ, start_response))
    for name in parse_qs(environ["QUERY_STRING"]).get("lambat", []):
        (FOLDER / f"{name}.rendered").touch()
        for _attempt in range(1200):
            if (FOLDER / name).exists():
                break
            time.sleep(0.05)
    return answer
