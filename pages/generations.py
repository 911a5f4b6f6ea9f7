"""Which answers kept by the proxy in front may still be served: those of the current generation.

The proxy makes the folder that the link `current` leads to part of the key of its cache (deploy/nginx.conf). Whatever
takes something off a public page removes the link before its transaction commits, so that the proxy neither keeps nor
serves a kept answer, and sets it to a new generation once it is through. No answer from before is found again then,
not even while the portal is down; a process that dies in between leaves no link, and nothing kept is served.
"""

import os
import time
import uuid
from contextlib import suppress

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured

CURRENT = "current"
# Seconds in which whatever removed the link has come to its end, and every request that began before it.
SETTLED = 60


def current():
    """The name of this generation; empty while there is none, and without a proxy."""
    try:
        return os.readlink(link()) if settings.PROXY_GENERATIONS else ""
    except OSError:
        return ""


def withhold():
    """Have the proxy serve nothing that it kept, until `renew` is called."""
    if settings.PROXY_GENERATIONS:
        link().unlink(missing_ok=True)


def renew():
    """Begin a new generation, of which the proxy has kept nothing yet."""
    if not settings.PROXY_GENERATIONS:
        return
    name = uuid.uuid4().hex
    (settings.PROXY_GENERATIONS / name).mkdir(parents=True)
    prepared = settings.PROXY_GENERATIONS / f"{name}.link"
    prepared.symlink_to(name)
    prepared.replace(link())


def prepare():
    """Make the folder of generations; ImproperlyConfigured where this process may not write in it."""
    if settings.PROXY_GENERATIONS:
        settings.PROXY_GENERATIONS.mkdir(parents=True, exist_ok=True)
        if not os.access(settings.PROXY_GENERATIONS, os.W_OK | os.X_OK):
            raise ImproperlyConfigured(f"PROXY_GENERATIONS cannot be written: {settings.PROXY_GENERATIONS}")


def tidy():
    """Delete former generations, and begin one where a process died between `withhold` and `renew`."""
    if not settings.PROXY_GENERATIONS:
        return
    prepare()
    if not link().exists() and is_settled(settings.PROXY_GENERATIONS):
        renew()
    now = current()
    for path in settings.PROXY_GENERATIONS.iterdir():
        if path.name not in (now, CURRENT) and is_settled(path):
            with suppress(FileNotFoundError):  # another tick was quicker
                path.unlink() if path.is_symlink() else path.rmdir()


def is_settled(path):
    """Whether the path is there and did not change in the last SETTLED seconds."""
    try:
        return path.lstat().st_mtime < time.time() - SETTLED
    except FileNotFoundError:
        return False


def link():
    return settings.PROXY_GENERATIONS / CURRENT
