"""Reading from copies of the database (`REPLICA_URL`): which of them knows enough, asked before a page reads any row.

People who are signed in, or sent something a moment ago, read from the primary, and so does whatever writes, decides
or runs as a job. Everyone else's pages come from a copy that showed, half a second ago, each change that the primary
had by then. Positions in the log are not asked: a copy that missed its start has one ahead of what it lacks.

A page that is kept under the stamp of a change (pages/freshness.py) comes from a copy that shows that very change, or
from the primary. While the primary is away the copies answer alone, for then nobody changes anything; whoever needs
the primary then is refused at once, since threads that wait for it would be missing for readers.
"""

import random
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from threading import Lock
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.urls import reverse

from pages.memory import forgettable
from pages.models import Change

type View = Callable[[HttpRequest], HttpResponseBase]

# Apps of ours whose rows pages show; sessions, the cache and jobs are the primary's.
OURS = {"regions", "accounts", "communities", "bulletins", "aspirations", "activities", "evaluations", "monitoring"}
CHECKED, PAUSE = 0.5, 5.0  # seconds until a copy is asked again what it shows; one that failed
MOST_AWAY = 3.0  # seconds until somebody asks the primary again, even where nobody reads
MOST_SHOWN = 100_000
# Whoever sent something reads what became of it, for so many seconds.
OWN_SECONDS = 10
WROTE = f"{settings.COOKIE_PREFIX}baru"

AWAY = (OperationalError, InterfaceError)

# Whether somebody sends it the log, and which of these changes it shows.
ASK = """
    SELECT NOT pg_is_in_recovery() OR EXISTS (SELECT FROM pg_stat_wal_receiver),
           ARRAY(SELECT id FROM pages_change WHERE id = ANY(%s))
"""

_reading_from = ContextVar("reading_from", default=DEFAULT_DB_ALIAS)


def reading_from() -> str:
    """The alias of the database that is read from now; within a transaction that of the primary."""
    if connections[DEFAULT_DB_ALIAS].in_atomic_block:
        return DEFAULT_DB_ALIAS
    return _reading_from.get()


class ReadersRouter:
    def db_for_read(self, model: type[Model], **hints: Any) -> str:
        return reading_from() if model._meta.app_label in OURS else DEFAULT_DB_ALIAS

    def db_for_write(self, model: type[Model], **hints: Any) -> str:
        return DEFAULT_DB_ALIAS

    def allow_relation(self, *_rows: Model, **hints: Any) -> bool:
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool:
        return db == DEFAULT_DB_ALIAS


class Copy:
    """One copy, as this process last found it."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._asking = Lock()
        self.clear()

    def clear(self) -> None:
        self._ask_again, self._is_current, self._shown = 0.0, False, set[int]()

    def is_current(self) -> bool:
        """Whether it showed, a moment ago, all that the primary had shown by then."""
        if time.monotonic() >= self._ask_again and self._asking.acquire(blocking=False):
            try:
                self._is_current, pause = self._ask()
                self._ask_again = time.monotonic() + pause
            except AWAY:
                self.failed()
            finally:
                self._asking.release()
        return self._is_current

    def _ask(self) -> tuple[bool, float]:
        try:
            recent = set(Change.objects.recent().values_list("pk", flat=True))
        except AWAY:
            _primary["away_until"] = time.monotonic() + MOST_AWAY
            self._look_up([])
            return True, CHECKED
        _primary.clear()
        is_sent, found = self._look_up(list(recent - self._shown))
        if len(self._shown) > MOST_SHOWN:
            self._shown = set()
        self._shown = self._shown | found
        return is_sent and recent <= self._shown, CHECKED

    def _look_up(self, numbers: list[int]) -> tuple[bool, set[int]]:
        with connections[self.alias].cursor() as cursor:
            cursor.execute(ASK, [numbers])
            is_sent, found = cursor.fetchone()
            return is_sent, set(found)

    def shows(self, numbers: set[int]) -> bool:
        """Whether whoever reads from it sees all these changes."""
        if lacking := numbers - self._shown:
            try:
                self._shown = self._shown | self._look_up(list(lacking))[1]
            except AWAY:
                self.failed()
        return self._is_current and numbers <= self._shown

    def failed(self) -> None:
        """Nothing is asked of it for a while, and what it showed before counts no longer."""
        self._ask_again, self._is_current, self._shown = time.monotonic() + PAUSE, False, set()


# {"away_until": moment}, while the primary is known to be away.
_primary = forgettable(dict[str, float]())
_copies = {alias: forgettable(Copy(alias)) for alias in settings.DATABASES if alias != DEFAULT_DB_ALIAS}


def are_there() -> bool:
    return bool(_copies)


def require(numbers: Iterable[int]) -> None:
    """Read from the primary from now on where the copy that is read from lacks one of these changes."""
    alias = _reading_from.get()
    if alias != DEFAULT_DB_ALIAS and not _copies[alias].shows(set(numbers)):
        _reading_from.set(DEFAULT_DB_ALIAS)


class ReadFromCopies:
    """Has the pages of those whom nobody knows read from a copy, and from the primary where it breaks meanwhile."""

    def __init__(self, get_response: View) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        alias = copy_for(request)
        if alias == DEFAULT_DB_ALIAS and time.monotonic() < _primary.get("away_until", 0) and current_copies():
            # If all threads waited for it, nobody would be left for those who read from a copy. Where no copy can be
            # read either, it may be because the last one is the primary now.
            raise OperationalError("The primary was away a moment ago.")
        token = _reading_from.set(alias)
        try:
            response = self.get_response(request)
        finally:
            _reading_from.reset(token)
        if request.method not in ("GET", "HEAD", "OPTIONS"):
            secure = settings.SESSION_COOKIE_SECURE
            response.set_cookie(WROTE, "1", OWN_SECONDS, secure=secure, httponly=True, samesite="Lax")
        return response

    def process_exception(self, request: HttpRequest, exception: Exception) -> HttpResponse | None:
        alias = _reading_from.get()
        if alias == DEFAULT_DB_ALIAS or not isinstance(exception, AWAY) or request.resolver_match is None:
            return None
        if connections[alias].errors_occurred:  # and not the primary's
            _copies[alias].failed()
        _reading_from.set(DEFAULT_DB_ALIAS)
        view, arguments, named = request.resolver_match
        return view(request, *arguments, **named)


def copy_for(request: HttpRequest) -> str:
    """The alias of a copy that this page may be read from, or that of the primary."""
    is_known = {settings.SESSION_COOKIE_NAME, WROTE} & request.COOKIES.keys()
    if request.method not in ("GET", "HEAD") or is_known or request.path.startswith(reverse("admin:index")):
        return DEFAULT_DB_ALIAS
    return random.choice(current_copies() or [DEFAULT_DB_ALIAS])


def current_copies() -> list[str]:
    return [copy.alias for copy in _copies.values() if copy.is_current()]
