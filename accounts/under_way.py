"""What a worker does with a file that somebody brought, step by step; each child names its statuses."""

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial

from django.db import connection, models
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.decisions import StepRefused


class UnderWayQuerySet(models.QuerySet):
    def stuck(self):
        """Begun by a worker that is no more, or never begun."""
        long_ago = timezone.now() - timedelta(minutes=self.model.PATIENCE_MINUTES)
        return self.filter(status__in=self.model.UNDER_WAY, touched_at__lt=long_ago)


class UnderWay(models.Model):
    """A row with a `status`."""

    # {a status: those from which it is reached}, and those in which it waits for a worker or has one.
    REACHED_FROM, UNDER_WAY = {}, []
    # What a worker that begins writes besides.
    AT_BEGINNING = {}
    # A worker says more often than this that it is still there.
    PATIENCE_MINUTES = 5

    touched_at = models.DateTimeField(_("terakhir dikerjakan"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("selesai"), null=True, editable=False)

    objects = UnderWayQuerySet.as_manager()

    class Meta:
        abstract = True

    @property
    def is_under_way(self):
        return self.status in self.UNDER_WAY

    def begin(self, status):
        """Whether this worker, and no other, does it."""
        try:
            self.move(status, **self.AT_BEGINNING)
        except StepRefused:
            return False
        return True

    def end(self, status, **facts):
        self.move(status, finished_at=timezone.now(), **facts)

    def move(self, to, *, touched_at=None, **facts):
        """To another status; refused for one that does not lead there, or when it changed since `touched_at`."""
        standing = type(self)._base_manager.filter(pk=self.pk, status__in=self.REACHED_FROM[to])
        standing = standing.filter(touched_at=touched_at) if touched_at else standing
        if not standing.update(status=to, touched_at=timezone.now(), **facts):
            raise StepRefused(_("Langkah ini tidak berlaku untuk statusnya sekarang."))
        self.refresh_from_db()


class Progress:
    """What the worker is at, told on a connection of its own: its transaction shows nothing before the end.

    The row has the columns `doing`, `steps_done` and `steps_to_do`. Between two writings lie `pause` seconds.
    """

    def __init__(self, row, steps, *, pause=0):
        self.row, self.steps, self.done = row, steps, 0
        self.pause, self.written = pause, float("-inf")

    def tell(self, words):
        facts = {"doing": words[:80], "steps_done": self.done, "steps_to_do": self.steps, "touched_at": timezone.now()}
        self.done += 1
        if time.monotonic() < self.written + self.pause:
            return
        self.written = time.monotonic()
        with ThreadPoolExecutor(1) as thread:
            thread.submit(partial(self.write, facts)).result()

    def write(self, facts):
        try:
            type(self.row)._base_manager.filter(pk=self.row.pk).update(**facts)
        finally:
            connection.close()
