"""What stands beside every page of the desk: the queues with how many wait and since when, and two doors to the tables.

A class of the desk says which queues it has (`ScopedAdmin.desk_queues`); all of them together are one query. To put it
together takes longer than the rest of many a page, so a process remembers it for each officer, and asks it anew: the
same words each time, which PostgreSQL plans once.
"""

from collections import defaultdict
from dataclasses import dataclass, replace
from operator import attrgetter

from django.core.exceptions import EmptyResultSet
from django.db import connection
from django.db.backends.postgresql.psycopg_any import mogrify
from django.db.models import CharField, DateTimeField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import get_language

from accounts.desk_queue import MOST_COUNTED
from pages.memory import Memory
from pages.questions import beginning_with_select, told
from regions.clocks import today

# {officer, what they answer for, language and day: (queues without rows, SQL)}
_asked = Memory(500, seconds=60, of_rows=False)


@dataclass
class Queue:
    """One queue of an officer: its rows, and what says of each since when it waits, `F("created_at")`.

    `place` is where it stands among the others: the smallest first.
    """

    word: str
    title: str
    url: str
    rows: QuerySet | None
    moment: Combinable
    place: int
    moments: tuple = ()

    def waiting_since(self):
        """`(word, moment)` of what waits, the longest wait first; of a hundred rows at most."""
        told = {"_word": Value(self.word, CharField()), "_since": Cast(self.moment, DateTimeField())}
        return self.rows.order_by(self.moment).annotate(**told).values_list("_word", "_since")[:MOST_COUNTED]

    @property
    def number(self):
        return len(self.moments)

    @property
    def is_cut(self):
        return self.number == MOST_COUNTED

    @cached_property
    def days(self):
        """How many days the first has been waiting, as far as that is known."""
        known = [moment for moment in self.moments if moment]
        return (timezone.now() - min(known)).days if known else None


def queues_of(desk, request):
    """The queues of this officer, in the order of their places, in one query."""
    user = request.user
    duties = tuple((one.pk, one.region_id, *one.duties) for one in user.current_assignments)
    key = user.pk, user.is_superuser, duties, get_language(), today()
    known = _asked.get(key)
    if known is None:
        known = _asked[key] = question_of(desk, request)
    queues, sql = known
    moments = defaultdict(list)
    for word, since in told(connection, sql) if sql else ():
        moments[word].append(since)
    return [replace(queue, moments=moments[queue.word]) for queue in queues]


def question_of(desk, request):
    """`(the queues in their order, without rows, SQL that tells each moment with its word)`."""
    queues = [queue for shown in desk._registry.values() for queue in shown.desk_queues(request)]
    ordered = [replace(queue, title=str(queue.title), rows=None) for queue in sorted(queues, key=attrgetter("place"))]
    parts = [queue.waiting_since() for queue in queues]
    if not parts:
        return ordered, ""
    try:
        sql, params = parts[0].union(*parts[1:], all=True).query.sql_with_params()
    except EmptyResultSet:
        return ordered, ""
    return ordered, beginning_with_select(mogrify(sql, params, connection))


def tables_of(desk, request, *, records):
    """`(app, its tables)` of what officers look after, or of what the portal recorded, each as the desk calls it."""
    shelves = []
    for app in desk.get_app_list(request):
        tables = [table for table in app["models"] if desk.get_model_admin(table["model"]).is_record == records]
        if tables:
            shelves.append((app["name"], tables))
    return shelves
