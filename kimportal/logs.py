"""What the log says: a traceback for our mistakes, one line for everything else, and of nobody who they are.

What a visitor typed is in no line, nor an e-mail address or a telephone number, whoever says it: an error of PostgreSQL
names the rows it is about.
"""

import errno
import json
import logging
import re
import time
from datetime import UTC, datetime

from django.db import InterfaceError, OperationalError
from django.http import HttpRequest

from kimportal import request_ids

# What is left out, and what stands in its place.
HIDDEN = [
    (re.compile(r"\b(DETAIL|CONTEXT|LINE \d+): .*"), r"\1: …"),  # PostgreSQL quotes rows and queries there
    (re.compile(r"[^\s<>()\[\]'\",;:=]+@[\w-]+(?:\.[\w-]+)+"), "[e-mail]"),
    (re.compile(r"\?[^\s'\"?]*=[^\s'\"]*"), "?…"),
    (re.compile(r"\d{6,}:[\w-]{30,}"), "[token]"),
    (re.compile(r"(?<!\w)(?:\+?62|0)[\d .()-]{7,}\d(?!\w)|(?<!\w)\d{10,}(?!\w)"), "[number]"),
]
WORD, MOST_TYPED = re.compile(r"\w{3,}"), 100_000


# A disk that is full, read only or broken.
OF_THE_DISK = {errno.ENOSPC, errno.EDQUOT, errno.EROFS, errno.EIO}


def is_away(error):
    """Whether the database, or what keeps the files, does not do its part: nothing of ours is wrong."""
    if isinstance(error, (OperationalError, InterfaceError)):
        return True
    return is_of_store(error) or (isinstance(error, OSError) and error.errno in OF_THE_DISK)


def is_of_store(error):
    """Whether the S3 store did not do its part; its library is there only where a store is."""
    return type(error).__module__.partition(".")[0] == "botocore"


class LineFormatter(logging.Formatter):
    """One line for what a visitor did wrong, or while something is away: nobody mends either by reading our code."""

    def format(self, record):
        shown = self.shown(record)
        line = super().format(shown)
        return line if shown.exc_text else " ".join(line.split())

    def shown(self, record):
        """The record as anybody may read it."""
        error = record.exc_info[1] if record.exc_info else None
        traceback, message = "", record.getMessage()
        if error and not is_away(error) and getattr(record, "status_code", 500) >= 500:
            traceback = self.formatException(record.exc_info)
        elif is_away(error):
            message = f"{message} ({type(error).__name__}: {error})"
        request = request_of(record)
        facts = {
            "msg": hide(without_path(message, request), request), "args": (), "exc_info": None,
            "exc_text": hide(traceback, request), "request_id": getattr(request, "id", "-"),
        }  # fmt: skip
        return logging.makeLogRecord(record.__dict__ | facts)


class JsonFormatter(LineFormatter):
    """The same as one object of JSON a line, for programs that gather logs."""

    def format(self, record):
        shown, request = self.shown(record), request_of(record)
        facts = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname,
            "logger": record.name,
            "message": " ".join(shown.getMessage().split()),
            "request": getattr(request, "id", None),
            "method": getattr(request, "method", None),
            "view": view_of(request),
            "status": getattr(record, "status_code", None),
            "traceback": shown.exc_text or None,
        }
        return json.dumps({name: fact for name, fact in facts.items() if fact is not None}, ensure_ascii=False)


def request_of(record):
    request = getattr(record, "request", None) or request_ids.current.get()
    return request if isinstance(request, HttpRequest) else None


def view_of(request):
    return request.resolver_match.view_name if request and request.resolver_match else None


def without_path(message, request):
    """An address may hold a name or a secret; its pattern holds none, and that of no page is not told."""
    if not request or not message.endswith(request.path):
        return message
    match = request.resolver_match
    return message.removesuffix(request.path) + (f"/{match.route}" if match else "(no such page)")


def hide(text, request=None):
    """Without what is a person's; lines of our code, which begin with spaces, hold nothing typed."""
    for pattern, instead in HIDDEN:
        text = pattern.sub(instead, text)
    if not (typed := typed_in(request)):
        return text

    def word(found):
        return "…" if found[0].lower() in typed else found[0]

    return "\n".join(line if line.startswith("  ") else WORD.sub(word, line) for line in text.split("\n"))


def typed_in(request):
    """The words of all that came in the query, or in a form that was read."""
    if request is None:
        return set()
    # Not what is still to be read: the log must not begin to read it.
    sources = [request.GET, *filter(None, [request.__dict__.get("_post")])]
    texts = " ".join(text for source in sources for _name, values in source.lists() for text in values)
    return set(WORD.findall(texts[:MOST_TYPED].lower()))


class Seldom(logging.Filter):
    """Lets the same message of a logger through once in so many seconds; a pool without a server repeats itself."""

    def __init__(self, seconds):
        super().__init__()
        self.seconds, self._last = seconds, {}

    def filter(self, record):
        now = time.monotonic()
        if now - self._last.get(record.msg, -self.seconds) < self.seconds:
            return False
        self._last[record.msg] = now
        return True


LEVELS = ["DEBUG", "INFO", "WARNING", "ERROR", "CRITICAL"]
FORMATS = {
    "line": {
        "()": "kimportal.logs.LineFormatter",
        "format": "%(asctime)s %(levelname)s %(name)s [%(request_id)s] %(message)s",
    },
    "json": {"()": "kimportal.logs.JsonFormatter"},
}


def configuration(manner, level):
    """Of the portal, and of gunicorn around it."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"shown": FORMATS[manner]},
        "filters": {"seldom": {"()": "kimportal.logs.Seldom", "seconds": 10}},
        "handlers": {"stderr": {"class": "logging.StreamHandler", "formatter": "shown"}},
        "loggers": {
            # Not Django's own handlers, which would say everything twice.
            "django": {"handlers": [], "level": level},
            "gunicorn.error": {"handlers": ["stderr"], "level": level, "propagate": False},
            "psycopg.pool": {"filters": ["seldom"]},
            # It tells each URL, and with that of Telegram the token.
            "httpx": {"level": "WARNING"},
        },
        "root": {"handlers": ["stderr"], "level": level},
    }
