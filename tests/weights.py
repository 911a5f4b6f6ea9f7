"""What a page weighs at a first visit, as gzip sends it: itself, styles, scripts, drawings, and what these import."""

import gzip
import posixpath
import re
from functools import cache
from pathlib import Path

from django.conf import settings
from django.contrib.staticfiles import finders

LINKED = re.compile(r'(?:href|src)="/static/([^"#?]+\.(?:css|js|svg))')
IMPORTED = re.compile(r'(?:import|from)\s*"(\.[^"]+\.js)"')


def weight_of(html):
    names, waiting = set(), list(LINKED.findall(html))
    while waiting:
        name = waiting.pop()
        if name not in names:
            names.add(name)
            waiting += imports_of(name)
    return packed(html.encode()) + sum(packed(content_of(name)) for name in names)


@cache
def imports_of(name):
    if not name.endswith(".js"):
        return []
    folder = posixpath.dirname(name)
    return [posixpath.normpath(f"{folder}/{found}") for found in IMPORTED.findall(content_of(name).decode())]


@cache
def content_of(name):
    gathered = Path(settings.STATIC_ROOT) / name
    return (gathered if gathered.exists() else Path(finders.find(name))).read_bytes()


@cache
def packed(content):
    return len(gzip.compress(content, 6))
