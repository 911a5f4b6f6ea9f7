"""Reading from copies of the database (`REPLICA_URL`): which of them knows enough, asked before a page reads any row.

People who are signed in, or sent something a moment ago, read from the primary, and so does whatever writes, decides
or runs as a job. Everyone else's pages come from a copy that showed, half a second ago, each change that the primary
had by then. Positions in the log are not asked: a copy that missed its start has one ahead of what it lacks.

A page that is kept under the stamp of a change (pages/freshness.py) comes from a copy that shows that very change, or
from the primary. While the primary is away the copies answer alone, for then nobody changes anything; whoever needs
the primary then is refused at once, since threads that wait for it would be missing for readers.
"""

import logging
import random
import time
from collections.abc import Callable, Iterable
from contextvars import ContextVar
from threading import Event, Lock, Thread
from typing import Any

from django.conf import settings
from django.db import DEFAULT_DB_ALIAS, InterfaceError, OperationalError, connections
from django.db.models import Model
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase

from pages.memory import forgettable
from pages.models import Change
from pages.row_urls import page_url

logger = logging.getLogger(__name__)

type View = Callable[[HttpRequest], HttpResponseBase]

# Apps of ours whose rows pages show; sessions, the cache and jobs are the primary's.
OURS = {"regions", "accounts", "communities", "bulletins", "aspirations", "activities", "evaluations", "monitoring"}
CHECKED, PAUSE = 0.5, 5.0  # seconds until a copy is asked again what it shows; one that failed
OLDEST, PATIENCE = 1.0, 0.5  # seconds that an answer holds; that readers wait for a newer one
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


class Primary:
    """Whether it answers, as this process last found it."""

    def __init__(self) -> None:
        self.clear()

    def clear(self) -> None:
        self._away_until = 0.0

    answered = clear

    def failed(self) -> None:
        self._away_until = time.monotonic() + MOST_AWAY

    def is_away(self) -> bool:
        return time.monotonic() < self._away_until


primary = forgettable(Primary())


class Copy:
    """One copy, as this process last found it."""

    def __init__(self, alias: str) -> None:
        self.alias = alias
        self._starting, self._answered = Lock(), Event()
        self.clear()

    def clear(self) -> None:
        self._asked_at = self._answered_at = self._ask_again = 0.0
        self._is_current, self._shown = False, set[int]()
        self._answered.set()

    def is_current(self) -> bool:
        """Whether it showed, a moment ago, all that the primary had shown by then."""
        moment = time.monotonic()
        with self._starting:
            if moment >= self._ask_again and self._answered.is_set():
                self._asked_at = moment
                self._answered.clear()
                Thread(target=self._ask, daemon=True).start()
        if moment > self._answered_at + OLDEST and not primary.is_away():
            self._answered.wait(max(0, self._asked_at + PATIENCE - moment))
        return self._is_current

    def _ask(self) -> None:
        try:
            self._is_current = self._shows_what_is_new()
            self._ask_again = time.monotonic() + CHECKED
        except AWAY:
            self.failed()
        except Exception:  # whatever it is: what the copy showed before must not count for ever
            logger.exception("What %s shows is not known.", self.alias)
            self.failed()
        finally:
            self._answered_at = time.monotonic()
            self._answered.set()
            connections.close_all()  # those of this thread

    def _shows_what_is_new(self) -> bool:
        try:
            recent = set(Change.objects.recent().values_list("pk", flat=True))
        except AWAY:
            primary.failed()
            self._look_up([])
            return True
        primary.answered()
        is_sent, found = self._look_up(list(recent - self._shown))
        if len(self._shown) > MOST_SHOWN:
            self._shown = set()
        self._shown = self._shown | found
        return is_sent and recent <= self._shown

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
        pause = CHECKED if primary.is_away() else PAUSE  # without a primary nobody else has the rows
        self._ask_again, self._is_current, self._shown = time.monotonic() + pause, False, set()


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
        if alias == DEFAULT_DB_ALIAS and primary.is_away() and current_copies():
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
        if not isinstance(exception, AWAY):
            return None
        if connections[DEFAULT_DB_ALIAS].errors_occurred and is_of_a_lost_server(exception):
            primary.failed()
        alias = _reading_from.get()
        if alias == DEFAULT_DB_ALIAS or request.resolver_match is None:
            return None
        if connections[alias].errors_occurred:  # and not the primary's
            _copies[alias].failed()
            connections[alias].close()
        # A copy that becomes the primary has its readers ask once more on their way to it.
        _reading_from.set(alias if primary.is_away() else DEFAULT_DB_ALIAS)
        view, arguments, named = request.resolver_match
        return view(request, *arguments, **named)


def is_of_a_lost_server(error: Exception) -> bool:
    """Whether nobody answered, or only to say farewell: not a query that took too long, or a lock that was not had."""
    code = getattr(error.__cause__, "sqlstate", None)
    return code is None or code.startswith(("08", "57P"))


def copy_for(request: HttpRequest) -> str:
    """The alias of a copy that this page may be read from, or that of the primary."""
    is_known = {settings.SESSION_COOKIE_NAME, WROTE} & request.COOKIES.keys()
    if request.method not in ("GET", "HEAD") or is_known or request.path.startswith(page_url("admin:index")):
        return DEFAULT_DB_ALIAS
    return random.choice(current_copies() or [DEFAULT_DB_ALIAS])


def current_copies() -> list[str]:
    return [copy.alias for copy in _copies.values() if copy.is_current()]
