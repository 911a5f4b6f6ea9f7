"""What a KIM holds against its score, and the answer."""

from contextlib import contextmanager

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import Lifecycle, StepRefused
from accounts.models import OfficerAssignment
from communities.models import Community
from evaluations import notices
from evaluations.duties import EVALUATIONS
from evaluations.models.cycles import Cycle
from evaluations.models.rule_sets import Indicator

MOST_TEXT = 2000


@contextmanager
def within_term(cycle, community, by):
    """A transaction in which the board of this KIM objects, and until whose end the cycle is not frozen.

    StepRefused for anybody else, and outside the term.
    """
    if by not in community.board:
        raise StepRefused(_("Sanggahan diajukan oleh pengurus KIM."))
    with transaction.atomic():
        if not Cycle.objects.select_for_update(no_key=True).get(pk=cycle.pk).takes_objections:
            raise StepRefused(_("Masa sanggah evaluasi ini tidak sedang berjalan."))
        yield


class ObjectionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=Objection.Status.WAITING)

    def granted_after(self, moment):
        """Those that the scores computed then know nothing of; all where none were computed."""
        granted = self.filter(status=Objection.Status.GRANTED)
        return granted.filter(answered_at__gt=moment) if moment else granted

    def of_kim(self, community):
        return self.filter(community=community).select_related("cycle__region", "indicator").order_by("-pk")

    def make(self, score, text, *, by, indicator=None):
        """The board of a KIM objects to its score, or to one indicator of it; StepRefused outside the term."""
        cycle, community = score.cycle, score.community
        with within_term(cycle, community, by):
            if self.filter(cycle=cycle, community=community).waiting().exists():
                raise StepRefused(_("Sanggahan KIM Anda sebelumnya masih menunggu jawaban."))
            objection = self.create(cycle=cycle, community=community, indicator=indicator, text=text, by=by)
            objection._tell_officers(_("Sanggahan baru: %(name)s"), text)
        return objection


class Objection(Lifecycle):
    """Sanggahan: made by the board of a KIM, who may change it or take it back within the term, and answered."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("menunggu jawaban")
        GRANTED = "granted", _("diterima")
        DENIED = "denied", _("tidak diterima")
        WITHDRAWN = "withdrawn", _("ditarik kembali")

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.GRANTED: {"answer": [Status.WAITING]},
        Status.DENIED: {"answer": [Status.WAITING]},
        Status.WITHDRAWN: {"withdraw": [Status.WAITING]},
    }
    NOT_NOW = _("Sanggahan ini sudah dijawab atau ditarik kembali.")
    TOLD_AS = notices.EVALUATION

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="objections", verbose_name=_("evaluasi"))
    community = models.ForeignKey(Community, models.PROTECT, related_name="objections", verbose_name=_("KIM"))
    indicator = models.ForeignKey(
        Indicator, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("indikator")
    )
    text = models.TextField(_("sanggahan"), max_length=MOST_TEXT)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diajukan oleh"))
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.WAITING, editable=False)
    reply = models.TextField(_("jawaban"), max_length=MOST_TEXT, blank=True, editable=False)
    answered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dijawab oleh"),
    )  # fmt: skip
    answered_at = models.DateTimeField(_("dijawab"), null=True, editable=False)
    created_at = models.DateTimeField(_("diajukan"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = ObjectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("sanggahan")
        verbose_name_plural = _("sanggahan")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["cycle", "community"], condition=Q(status="waiting"), name="one_objection_waits"
            ),
            models.CheckConstraint(
                condition=Q(status__in=["waiting", "withdrawn"], answered_at=None, answered_by=None, reply="")
                | Q(status__in=["granted", "denied"], answered_at__isnull=False, answered_by__isnull=False)
                & ~Q(reply=""),
                name="answered_objection_has_answer",
            ),
        ]
        triggers = [Audited(region="cycle__region", personal=["text", "reply"], ignored=["updated_at"])]

    def __str__(self):
        return f"{self.community}"

    @property
    def desk_path(self):
        return reverse("admin:evaluations_objection_change", args=[self.pk])

    @property
    def told_path(self):
        return reverse("communities:room", args=[self.community.slug])

    def decided_by(self, user):
        """Whether this officer answers it: whoever carries the cycle out and did not compute it, if there is one.

        Nobody answers for the own KIM.
        """
        officers = {row.user_id for row in OfficerAssignment.objects.responsible(self.cycle.region, EVALUATIONS)}
        others = officers - {self.cycle.computed_by_id}
        return user.pk in (others or officers) and not self.community.has_member(user)

    def may_be_changed(self):
        """Whether the board may still change it or take it back."""
        return self.status == self.Status.WAITING and self.cycle.takes_objections

    def change(self, text, *, by, indicator=None):
        """Say it otherwise, or of something else; StepRefused after the term, or once it was answered."""
        with within_term(self.cycle, self.community, by):
            waiting = Objection.objects.waiting().filter(pk=self.pk)
            if not waiting.update(text=text, indicator=indicator, updated_at=timezone.now()):
                raise StepRefused(self.NOT_NOW)
            self._tell_officers(_("Sanggahan diubah: %(name)s"), text)
        self.refresh_from_db()

    def withdraw(self, *, by):
        """Take it back, as if it had not been made; StepRefused after the term, or once it was answered."""
        with within_term(self.cycle, self.community, by):
            self._move("withdraw", self.Status.WITHDRAWN, by=by)
            self._tell_officers(_("Sanggahan ditarik kembali: %(name)s"))

    def _tell_officers(self, title, text=""):
        officers = OfficerAssignment.objects.responsible(self.cycle.region, EVALUATIONS)
        self._tell([row.user for row in officers], title, text, path=self.desk_path)

    def answer(self, *, by, reply, is_granted):
        """Say what becomes of it; whoever granted it lets the scores be computed anew."""
        if not self.decided_by(by):
            raise StepRefused(_("Sanggahan ini dijawab petugas evaluasi lain, yang tidak menghitung nilainya."))
        to = self.Status.GRANTED if is_granted else self.Status.DENIED
        with transaction.atomic():
            self._move("answer", to, by=by, reply=reply, answered_by=by, answered_at=timezone.now())
            self._tell(self.community.board, _("Sanggahan %(name)s sudah dijawab"), reply)

    def _record(self, to, **facts):
        """The row itself tells who answered, and when."""
