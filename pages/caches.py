"""The cache that all processes share, in PostgreSQL or in Redis; it may be away without anybody noticing but us.

`Guarded` says at once that the cache is away instead of waiting for it again and again. `Forgiving` then goes on in the
memory of the process, so that limits still count and nothing is done twice by one process.
"""

import base64
import logging
import pickle
import random
import threading
import time
from collections import Counter
from datetime import UTC, datetime

from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.db import DatabaseCache
from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from django.db import InterfaceError, OperationalError, connections, router
from django.utils import timezone

from pages.memory import forgettable
from pages.questions import told

logger = logging.getLogger(__name__)

GONE = (OperationalError, InterfaceError, OSError)
PAUSE = 2  # seconds until a cache that was away is asked again, by one request of each process
MOST = {"MAX_ENTRIES": 10_000}
COUNTED_EACH = 200  # writes to a table until somebody counts whether it holds too much

READ = "SELECT cache_key, value FROM {table} WHERE cache_key = ANY(%s) AND expires > %s"
WRITE = """
    INSERT INTO {table} (cache_key, value, expires) VALUES {values}
    ON CONFLICT (cache_key) DO UPDATE SET value = EXCLUDED.value, expires = EXCLUDED.expires
"""
ADD = f"{WRITE} WHERE {{table}}.expires <= %s"

_away_until = forgettable({})
# The server that this thread is asking.
_asking = threading.local()
# How often the shared cache had what it was asked for, by the place it is kept in; read by whoever counts.
answers = Counter()


class Away(Exception):
    """The shared cache could not be asked."""


def guarded(operation):
    def guarding(self, *args, **kwargs):
        return self.attempt(operation, getattr(super(Guarded, self), operation), *args, **kwargs)

    return guarding


class Table(DatabaseCache):
    """Django's cache in a table, read and written in one statement: Django counts all rows before each write, asks for
    the key, and plans each question anew.

    Several keys too are one statement, and what is added is there once, however many add it at a time.
    """

    def get_many(self, keys, version=None):
        asked = {self.make_and_validate_key(key, version): key for key in keys}
        if not asked:
            return {}
        connection = connections[router.db_for_read(self.cache_model_class)]
        found = told(connection, READ.format(table=self._table), [[*asked], timezone.now()])
        return {asked[key]: pickle.loads(base64.b64decode(value)) for key, value in found}  # noqa: S301 (our own)

    def set_many(self, data, timeout=DEFAULT_TIMEOUT, version=None):
        if data:
            self._write(WRITE, {self.make_and_validate_key(key, version): data[key] for key in data}, timeout)
        return []

    def _base_set(self, mode, key, value, timeout=DEFAULT_TIMEOUT):
        if mode == "touch":
            return super()._base_set(mode, key, value, timeout)
        return self._write(WRITE if mode == "set" else ADD, {key: value}, timeout) > 0

    def _write(self, statement, values, timeout):
        """How many of these were written."""
        until, now = self.get_backend_timeout(timeout), timezone.now()
        expires = datetime.max.replace(tzinfo=UTC) if until is None else datetime.fromtimestamp(until, UTC)
        params = []
        for key in sorted(values):  # in one order, so that no two wait for each other
            params += key, base64.b64encode(pickle.dumps(values[key], self.pickle_protocol)).decode(), expires
        sql = statement.format(table=self._table, values=", ".join(["(%s, %s, %s)"] * len(values)))
        with connections[router.db_for_write(self.cache_model_class)].cursor() as cursor:
            cursor.execute(sql, [*params, now] if statement is ADD else params)
            written = cursor.rowcount
            if random.random() * COUNTED_EACH < 1:
                self._make_room(cursor, now)
            return written

    def _make_room(self, cursor, now):
        cursor.execute(f"SELECT count(*) FROM {self._table}")  # noqa: S608
        if (number := cursor.fetchone()[0]) > self._max_entries:
            self._cull(router.db_for_write(self.cache_model_class), cursor, now, number)


class Guarded:
    """A mixin for cache backends: an operation that finds no server raises `Away`, and so do all in the next PAUSE."""

    def __init__(self, location, params):
        super().__init__(location, params)
        self.server, self.gone = "PostgreSQL", GONE
        if isinstance(self, RedisCache):
            from redis import RedisError  # 6 MB of each process, which those without Redis do not need

            self.server, self.gone = str(location), (*GONE, RedisError)
        self.place = self.key_prefix if isinstance(self, RedisCache) else self._table

    @property
    def is_asked(self):
        """Whether this is a part of another operation: a table does most of them by asking itself."""
        return getattr(_asking, "server", None) == self.server

    def attempt(self, operation, do, *args, **kwargs):
        if self.is_asked:
            return do(*args, **kwargs)
        was_away_until, now = _away_until.get(self.server), time.monotonic()
        if was_away_until:
            if now < was_away_until:
                raise Away
            _away_until[self.server] = now + PAUSE  # whoever comes first finds out, and nobody else waits
        _asking.server = self.server
        try:
            found = do(*args, **kwargs)
        except self.gone as error:
            _away_until[self.server] = time.monotonic() + PAUSE
            logger.warning("The shared cache is away (%s).", type(error).__name__)
            raise Away from error
        except Exception:  # of what was asked: the server is there
            _away_until.pop(self.server, None)
            raise
        finally:
            _asking.server = None
        _away_until.pop(self.server, None)
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
        except Exception as error:  # of whatever library: no page is lost for a cache
            if self.is_asked or (operation == "incr" and isinstance(error, ValueError)):  # nothing to count on
                raise
            return getattr(self.memory, operation)(*args, **kwargs)


class GuardedTable(Guarded, Table):
    pass


class GuardedRedis(Guarded, RedisCache):
    pass


class ForgivingTable(Forgiving, Table):
    pass


class ForgivingRedis(Forgiving, RedisCache):
    pass
