"""The cache that all processes share, in PostgreSQL or in Redis; it may be away without anybody noticing but us.

`Guarded` says at once that the cache is away instead of waiting for it again and again. `Forgiving` then goes on in the
memory of the process, so that limits still count and nothing is done twice by one process.
"""

import logging
import time
from collections import Counter

from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.db import InterfaceError, OperationalError

from pages.memory import forgettable

logger = logging.getLogger(__name__)

GONE = (OperationalError, InterfaceError, OSError)
PAUSE = 10  # seconds until a cache that was away is asked again
MOST = {"MAX_ENTRIES": 10_000}

_away_until = forgettable({})
# How often the shared cache had what it was asked for, by the place it is kept in; read by whoever counts.
answers = Counter()


class Away(Exception):
    """The shared cache could not be asked."""


def guarded(operation):
    def guarding(self, *args, **kwargs):
        return self.attempt(operation, getattr(super(Guarded, self), operation), *args, **kwargs)

    return guarding


class Guarded:
    """A mixin for cache backends: an operation that finds no server raises `Away`, and so do all in the next PAUSE."""

    def __init__(self, location, params):
        super().__init__(location, params)
        self.server, self.gone = "PostgreSQL", GONE
        if isinstance(self, RedisCache):
            from redis import RedisError  # 6 MB of each process, which those without Redis do not need

            self.server, self.gone = str(location), (*GONE, RedisError)
        self.place = self.key_prefix if isinstance(self, RedisCache) else self._table

    def attempt(self, operation, do, *args, **kwargs):
        if time.monotonic() < _away_until.get(self.server, 0):
            raise Away
        try:
            found = do(*args, **kwargs)
        except self.gone as error:
            _away_until[self.server] = time.monotonic() + PAUSE
            logger.warning("The shared cache is away (%s).", type(error).__name__)
            raise Away from error
        if operation == "get":
            answers[self.place, "miss" if found is None else "hit"] += 1
        return found

    get = guarded("get")
    get_many = guarded("get_many")
    set = guarded("set")
    set_many = guarded("set_many")
    add = guarded("add")
    touch = guarded("touch")
    incr = guarded("incr")
    has_key = guarded("has_key")
    delete = guarded("delete")
    delete_many = guarded("delete_many")
    clear = guarded("clear")


class Forgiving(Guarded):
    """A mixin that does an operation in the memory of this process when the shared cache fails at it."""

    def __init__(self, location, params):
        super().__init__(location, params)
        self.memory = LocMemCache(f"{location} {self.key_prefix}", {"OPTIONS": MOST})

    def attempt(self, operation, do, *args, **kwargs):
        try:
            return super().attempt(operation, do, *args, **kwargs)
        except Exception as error:
            if operation == "incr" and isinstance(error, ValueError):  # there is nothing to count on
                raise
            return getattr(self.memory, operation)(*args, **kwargs)


class GuardedTable(Guarded, DatabaseCache):
    pass


class GuardedRedis(Guarded, RedisCache):
    pass


class ForgivingTable(Forgiving, DatabaseCache):
    pass


class ForgivingRedis(Forgiving, RedisCache):
    pass
