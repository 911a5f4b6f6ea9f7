#!/usr/bin/env bash
# WhiteNoise 6.12.0 and Django 6.1.3: its middleware looks through STATIC_ROOT and makes the headers of every file when it
# is made, which a server does once. Django's test client makes the chain of middleware with its first request, and each
# `Client()` its own: after `collectstatic` a suite pays for all static files (0.1 s for 1,300) with every browser it
# pretends to be, and on a checkout without them for none. WHITENOISE_AUTOREFRESH=True in the tests reads none beforehand.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==6.1.3 whitenoise==6.12.0

"$folder/venv/bin/python" - "$folder/static" <<'PYTHON' | tee "$folder/seen"
import sys
from pathlib import Path

import django
from django.conf import settings
from django.http import HttpResponse
from django.test import Client, override_settings
from django.urls import path
from whitenoise.base import WhiteNoise

root = Path(sys.argv[1])
root.mkdir()
for number in range(100):
    (root / f"{number}.css").write_text("p {}")

settings.configure(
    ROOT_URLCONF=__name__, STATIC_URL="/static/", STATIC_ROOT=root, ALLOWED_HOSTS=["testserver"],
    MIDDLEWARE=["whitenoise.middleware.WhiteNoiseMiddleware"],
)  # fmt: skip
django.setup()
urlpatterns = [path("", lambda request: HttpResponse("read"))]

read = []
get_static_file = WhiteNoise.get_static_file
WhiteNoise.get_static_file = lambda self, path, *rest, **more: read.append(path) or get_static_file(self, path, *rest, **more)


def ask(clients, times):
    read.clear()
    for client in [Client() for _number in range(clients)]:
        for _time in range(times):
            client.get("/")
    return len(read)


print("one client, three pages:", ask(1, 3), "files read")
print("three clients, a page each:", ask(3, 1), "files read")
with override_settings(WHITENOISE_AUTOREFRESH=True):
    print("three clients, with autorefresh:", ask(3, 1), "files read")
PYTHON

diff "$folder/seen" - <<'EXPECTED'
one client, three pages: 100 files read
three clients, a page each: 300 files read
three clients, with autorefresh: 0 files read
EXPECTED
echo "WhiteNoise 6.12.0 behaves as described."
