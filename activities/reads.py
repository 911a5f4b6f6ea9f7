"""Counting how often a post is read: a number in this process, written down a few times a minute.

What was counted within PAUSE seconds of the last writing waits for the next one, or for the end of the process. So a
post that everybody reads costs a few rows a minute, however many read it.
"""

import atexit
import time
from collections import Counter
from contextlib import suppress
from threading import Lock

from django.db import DatabaseError
from django.utils import timezone

from activities.models import PostReads

PAUSE = 10

_lock = Lock()
_counted = Counter()  # {(key of a post, day): number}
_written_at = 0.0


def count(pk):
    """One reading more of the post with this key."""
    global _written_at
    with _lock:
        _counted[pk, timezone.localdate()] += 1
        if time.monotonic() - _written_at < PAUSE:
            return
        _written_at = time.monotonic()
    write()


def write():
    """Write down what was counted; what the database does not take now is counted on."""
    with _lock:
        counted = dict(_counted)
        _counted.clear()
    if not counted:
        return
    try:
        PostReads.objects.add(counted)
    except DatabaseError:
        with _lock:
            _counted.update(counted)
        raise


@atexit.register
def write_the_last():
    with suppress(Exception):
        write()
