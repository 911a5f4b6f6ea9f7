"""Which changes the database knows of, so that stamps hold while Redis is away, and when it lost what it knew.

Where stamps live outside the database (`REDIS_URL`) each deed writes a `Change` with the keys of its topics. A process
reads twice a second, or when it just changed something itself, those it has not read yet: of each key the number of
the last one is a part of its stamp (pages/freshness.py).
"""

import math
import time
from collections.abc import Collection, Iterable
from threading import Lock

from django.core.cache import caches
from django.db import connection

from pages import replicas
from pages.caches import GuardedRedis
from pages.memory import Memory, forgettable
from pages.models import RECENT, Change
from pages.replicas import AWAY, primary

READ = 0.5  # seconds until it is read again
# Of a page that is asked for while another thread reads the log; older than this, nobody knows.
OLDEST = 0.9
MOST_KEYS = 100_000


def is_kept() -> bool:
    """Whether stamps may get lost while the database has the rows that they stand for."""
    return isinstance(caches["stamps"], GuardedRedis)


def note(keys: Collection[str]) -> int | None:
    """The number of a change that is being made; None where nobody needs to know."""
    return Change.objects.create(keys=" ".join(keys)).pk if is_kept() or replicas.are_there() else None


def forget_old() -> None:
    Change.objects.old().delete()


class Log:
    """As far as this process has read it."""

    def __init__(self) -> None:
        self._reading = Lock()
        # {key: the numbers of its changes from the last one on, more than one where a smaller one came through later}
        self._last: Memory[str, tuple[int, ...]] = Memory(MOST_KEYS, seconds=RECENT.total_seconds())
        self.clear()

    def clear(self) -> None:
        self._read_at, self._read_again, self._met = -math.inf, -math.inf, set[int]()

    def is_known(self, *, now: bool = False) -> bool:
        """Whether it was read a moment ago; with `now` not before this very moment."""
        moment = time.monotonic()
        # Within a transaction one sees what the others do not see yet.
        if connection.in_atomic_block or (moment < self._read_again and not now):
            return self._read_at > moment - OLDEST and not now
        if self._reading.acquire(blocking=now):
            try:
                self._read_at, self._read_again = self._read(moment)
            finally:
                self._reading.release()
        return self._read_at > moment - OLDEST

    def _read(self, moment: float) -> tuple[float, float]:
        if primary.is_away():
            return self._read_at, moment + READ
        try:
            recent = set(Change.objects.recent().values_list("pk", flat=True))
            if new := recent - self._met:
                rows = Change.objects.filter(pk__in=new).order_by("pk")
                for number, keys in rows.values_list("pk", "keys"):
                    self._note(number, keys.split())
        except AWAY:
            primary.failed()
            return self._read_at, moment + READ
        self._met = recent
        return moment, moment + READ

    def _note(self, number: int, keys: Iterable[str]) -> None:
        for key in keys:
            before = self._last.get(key, ())
            self._last[key] = (number,) if not before or number > before[0] else (*before, number)

    def numbers(self, key: str) -> tuple[int, ...]:
        return self._last.get(key, ())

    def read_again(self) -> None:
        """Before the next page: this process changed something."""
        self._read_again = -math.inf


log = forgettable(Log())
