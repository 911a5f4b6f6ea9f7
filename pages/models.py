"""What a page must know to be right, written with each deed."""

from datetime import timedelta

from django.db import models
from django.db.models.functions import Now
from django.utils import timezone

KEPT = timedelta(hours=2)  # twice as long as a stamp lives
# Longer than any transaction that changes something takes.
RECENT = timedelta(minutes=10)


class ChangeQuerySet(models.QuerySet["Change"]):
    def recent(self) -> "ChangeQuerySet":
        """All that somebody who looked a moment ago may not have seen, by the clock of the database."""
        return self.filter(made_at__gt=Now() - RECENT)

    def old(self) -> "ChangeQuerySet":
        return self.filter(made_at__lt=Now() - KEPT)


class Change(models.Model):
    """Something that public pages show was changed: a copy of the database that shows this row knows of it.

    Written in the transaction of the deed where there are copies (pages/replicas.py), or where stamps live outside
    the database (pages/change_log.py), for which it names the `keys` of what changed.
    """

    made_at = models.DateTimeField(db_default=Now())
    keys = models.TextField(db_default="")

    objects = ChangeQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["made_at", "id"], name="change_newest")]

    def __str__(self) -> str:
        return f"{self.pk}"


class Purge(models.Model):
    """What an edge must forget, until it was told twice (pages/edge.py)."""

    edge = models.CharField(max_length=200)
    keys = models.TextField()
    made_at = models.DateTimeField(default=timezone.now)
    is_sent = models.BooleanField(default=False)

    class Meta:
        indexes = [models.Index(fields=["edge", "is_sent", "id"], name="purge_waiting")]

    def __str__(self) -> str:
        return f"{self.edge}: {self.keys}"
