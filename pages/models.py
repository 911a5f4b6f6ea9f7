"""What a page must know to be right, written with each deed."""

from datetime import timedelta

from django.db import models
from django.utils import timezone

KEPT = timedelta(hours=2)  # twice as long as a stamp lives


class Change(models.Model):
    """Something that public pages show was changed: a copy of the database that shows this row knows of it.

    Written where there are copies alone (pages/replicas.py), in the transaction of the deed.
    """

    made_at = models.DateTimeField(default=timezone.now)

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
