"""Rows whose status only verbs change: each move is one conditional UPDATE, and a step that tells who made it."""

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.decisions import StepRefused
from accounts.models import Notice
from pages.sentences import said

__all__ = ["Lifecycle", "LifecycleStep", "StepRefused"]


class Lifecycle(models.Model):
    """A row with a `status` that its verbs alone change, and `steps` that tell of each change.

    `REACHED_FROM` is the whole lifecycle: each status, the verbs that lead to it, and where each of them starts:
    `{Status.VERIFIED: {"verify": [Status.SUBMITTED], "restore": [Status.SUSPENDED]}}`.
    """

    REACHED_FROM = {}
    # What somebody reads whose verb does not work in the present status, and of which kind the row's notices are.
    NOT_NOW = ""
    TOLD_AS = ""

    class Meta:
        abstract = True

    @classmethod
    def open_to(cls, verb):
        """The statuses in which this verb works."""
        starts = [verbs[verb] for verbs in cls.REACHED_FROM.values() if verb in verbs]
        return list(dict.fromkeys(status for start in starts for status in start))

    @property
    def told_path(self):
        """Where a notice about it leads."""
        raise NotImplementedError

    def _move(self, verb, to, *, by, note="", where=None, told=None, **changes):
        """Let a verb lead to a status, if what it found there still stands; StepRefused where it does not.

        What is `told` beside that stands in the step's own columns.
        """
        # One conditional UPDATE: when two people decide at once, only one of them wins.
        start = self.REACHED_FROM[to][verb]
        standing = type(self)._default_manager.filter(pk=self.pk, status__in=start, **(where or {}))
        with transaction.atomic():
            if not standing.update(status=to, updated_at=timezone.now(), **changes):
                raise StepRefused(self.NOT_NOW)
            self._record(to, by=by, note=note, **(told or {}))
            self._moved(start, to)
        self.refresh_from_db()

    def _record(self, to, **facts):
        """Keep the step."""
        self.steps.create(to=to, **facts)

    def _moved(self, start, to):
        """What else is no longer true after a move from one of these statuses."""

    def _tell(self, people, title, text="", *, kind=None, path=None, key="", name=None):
        """A notice to each of them; the title may name the row as %(name)s, itself or this, or as %(title)s."""
        with translation.override(settings.LANGUAGE_CODE):
            title = said(title, name=name or self, title=self)
            Notice.objects.tell(people, kind or self.TOLD_AS, title, text, path=path or self.told_path, key=key)


class LifecycleStep(models.Model):
    """Who moved a row to which status, when and why; a child adds the row, `related_name="steps"`, and `to`."""

    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )
    note = models.TextField(_("catatan"), blank=True)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        abstract = True
        verbose_name = _("langkah")
        verbose_name_plural = _("langkah")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_to_display()}"
