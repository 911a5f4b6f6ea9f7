"""What the log says: a traceback for our mistakes, one line for everything else."""

import logging
import time

from django.db import InterfaceError, OperationalError


class LineFormatter(logging.Formatter):
    """One line for what a visitor did wrong, or while the database is away: nobody mends either by reading our code."""

    def format(self, record):
        error = record.exc_info[1] if record.exc_info else None
        is_away = isinstance(error, (OperationalError, InterfaceError))
        if error and not is_away and getattr(record, "status_code", 500) >= 500:
            return super().format(record)
        shown = logging.makeLogRecord(record.__dict__ | {"exc_info": None, "exc_text": None})
        line = super().format(shown)
        return " ".join((f"{line} ({type(error).__name__}: {error})" if is_away else line).split())


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
