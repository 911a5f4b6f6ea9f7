"""What stands beside every page of the desk: the queues with how many wait and since when, and two doors to the tables.

A class of the desk says which queues it has (`ScopedAdmin.desk_queues`); all of them together are one query.
"""

from collections import defaultdict
from dataclasses import dataclass

from django.db.models import CharField, DateTimeField, QuerySet, Value
from django.db.models.expressions import Combinable
from django.db.models.functions import Cast
from django.utils import timezone
from django.utils.functional import cached_property

from accounts.desk_queue import MOST_COUNTED


@dataclass
class Queue:
    """One queue of an officer: its rows, and what says of each since when it waits, `F("created_at")`.

    `place` is where it stands among the others: the smallest first.
    """

    word: str
    title: str
    url: str
    rows: QuerySet
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
    queues = [queue for shown in desk._registry.values() for queue in shown.desk_queues(request)]
    if not queues:
        return []
    parts = [queue.waiting_since() for queue in queues]
    moments = defaultdict(list)
    for word, since in parts[0].union(*parts[1:], all=True):
        moments[word].append(since)
    for queue in queues:
        queue.moments = moments[queue.word]
    return sorted(queues, key=lambda queue: queue.place)


def tables_of(desk, request, *, records):
    """`(app, its tables)` of what officers look after, or of what the portal recorded, each as the desk calls it."""
    shelves = []
    for app in desk.get_app_list(request):
        tables = [table for table in app["models"] if desk.get_model_admin(table["model"]).is_record == records]
        if tables:
            shelves.append((app["name"], tables))
    return shelves
