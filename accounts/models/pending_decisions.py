"""What an officer decided, kept for as long as it may be taken back."""

import logging
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from accounts.audit import Audited, with_reason
from accounts.decisions import DecisionKind, StepRefused, in_the_name_of
from accounts.models.desk_work import AboutARow, AboutARowQuerySet, Reading
from accounts.models.notices import Notice
from accounts.notices import DECISION
from pages.sentences import said
from regions.models import Region

logger = logging.getLogger(__name__)


def hour_ago():
    return timezone.now() - timedelta(hours=1)


class PendingDecisionQuerySet(AboutARowQuerySet):
    def pending(self):
        return self.filter(status=PendingDecision.Status.PENDING)

    def retractable(self, user):
        """What this officer decided within the last half minute, the newest first."""
        return self.pending().filter(by=user, due_at__gt=timezone.now()).order_by("-pk")

    def of_colleagues(self, rows, user):
        """Of some rows what others decided just now, for whoever works at the same queue."""
        pending = self.pending().filter(table=rows.model._meta.label_lower, object_id__in=rows.order_by().values("pk"))
        return pending.exclude(by=user).select_related("by").order_by("due_at")

    def without_decided(self, rows):
        """Of some rows those that nobody decided on just now."""
        return rows.exclude(pk__in=self.pending().keys_in(rows.model))

    def decide(self, row, kind, *, by, facts, title, done, path, place):
        """Keep a decision until it may not be taken back any more; of two at once only one wins."""
        with transaction.atomic():
            decision, is_new = self.get_or_create(
                table=row._meta.label_lower,
                object_id=row.pk,
                status=PendingDecision.Status.PENDING,
                defaults={
                    **{"kind": kind, "by": by, "facts": facts, "region": place, "path": path},
                    **{"title": Truncator(title).chars(150), "done": done},
                    "due_at": timezone.now() + timedelta(seconds=settings.UNDO_SECONDS),
                },
            )
            Reading.objects.about(row).delete()
        return decision, is_new

    def taken_back(self, row, user):
        """What this officer had written about it when they took their decision back, to go on from."""
        mine = self.about(row).filter(by=user, status=PendingDecision.Status.UNDONE, ended_at__gt=hour_ago())
        return mine.values_list("facts", flat=True).first() or {}

    def forget_old(self):
        """What was written and about what, an hour after it is over."""
        self.filter(ended_at__lte=hour_ago()).exclude(title="").update(facts={}, title="")

    def carry_out_due(self, **whose):
        """Do what nobody took back; how many were done. Whatever comes in between, each is done once."""
        due = self.pending().filter(due_at__lte=timezone.now(), **whose)
        return sum(decision.carry_out() for decision in due.select_related("by").order_by("pk"))


class PendingDecision(AboutARow):
    """What an officer decided and may take back for half a minute; only then it is done, told and published."""

    class Status(models.TextChoices):
        PENDING = "pending", _("menunggu")
        UNDONE = "undone", _("dibatalkan")
        DONE = "done", _("dilaksanakan")
        REFUSED = "refused", _("tidak jadi")

    kind = models.CharField(_("jenis"), max_length=20, choices=DecisionKind.choices)
    # What the verb is told; emptied once it is over.
    facts = models.JSONField(_("isi keputusan"), default=dict)
    title = models.CharField(_("tentang"), max_length=150)
    done = models.CharField(_("keputusan"), max_length=60)
    # Where the thing is decided on again, once it was taken back.
    path = models.CharField(max_length=200)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("diputuskan"), auto_now_add=True)
    due_at = models.DateTimeField(_("berlaku"))
    ended_at = models.DateTimeField(_("selesai"), null=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.PENDING)

    objects = PendingDecisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("keputusan di meja petugas")
        verbose_name_plural = _("keputusan di meja petugas")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["table", "object_id"], condition=Q(status="pending"), name="one_pending_decision"
            )
        ]
        indexes = [models.Index(fields=["due_at"], condition=Q(status="pending"), name="decisions_due")]
        triggers = [Audited(region="region", ignored=["facts", "title"])]

    def __str__(self):
        return f"{self.done}: {self.title}"

    @property
    def seconds_left(self):
        return max(0, round((self.due_at - timezone.now()).total_seconds()))

    @property
    def when_it_holds(self):
        """Until when it may be taken back; the tick, if nothing before, then does it within the minute."""
        seconds = self.seconds_left
        if not seconds:
            return _("Berlaku paling lambat semenit lagi.")
        return ngettext(
            "Dapat dibatalkan %(seconds)s detik lagi. Berlaku paling lambat semenit sesudahnya.",
            "Dapat dibatalkan %(seconds)s detik lagi. Berlaku paling lambat semenit sesudahnya.",
            seconds,
        ) % {"seconds": seconds}

    def undo(self, *, by):
        """Whether it is taken back: by whom it was decided, and before it is done."""
        now = timezone.now()
        mine = PendingDecision.objects.pending().filter(pk=self.pk, by=by, due_at__gt=now)
        with with_reason(str(_("dibatalkan petugas"))):
            undone = mine.update(status=self.Status.UNDONE, ended_at=now)
        self.refresh_from_db()
        return bool(undone)

    def carry_out(self):
        """Whether it was done; an officer whose decision no longer works is told why."""
        try:
            with transaction.atomic(), in_the_name_of(self.by):
                if not self._end(self.Status.DONE):
                    return False
                DecisionKind.named(self.kind).carry_out(self)
        except StepRefused as refusal:
            self._give_up(str(refusal))
            return False
        except Exception:  # one that fails must not hold up all others for ever
            logger.exception("A decision of the desk failed: %s %s", self.table, self.object_id)
            self._give_up(str(_("Portal gagal melaksanakannya. Putuskan sekali lagi.")))
            return False
        return True

    def _give_up(self, why):
        """Tell the officer that it was not done, once."""
        with transaction.atomic(), in_the_name_of(self.by):
            if self._end(self.Status.REFUSED):
                title = said(_("Keputusan tidak jadi: %(title)s"), title=self.title)
                Notice.objects.tell([self.by], DECISION, title, why, path=self.path)

    def _end(self, status):
        waits = PendingDecision.objects.pending().filter(pk=self.pk)
        return waits.update(status=status, ended_at=timezone.now(), facts={})
