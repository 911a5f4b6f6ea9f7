"""Tiered selection: which KIM a regency puts forward to its province, and a province to the nation."""

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
from pages import freshness
from regions.models import INDONESIA, Region


class SelectionQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(status=Selection.Status.WAITING)

    def public(self):
        """What everyone reads: KIM that were accepted, and still stand."""
        return self.filter(status=Selection.Status.ACCEPTED, community__status__in=Community.STANDING_STATUSES)

    def for_list(self):
        return self.select_related("community", "to_region").order_by("-to_region__level", "community__name")

    def put_forward(self, score, *, by):
        """From the results of a region to the level above it; refused before they are published."""
        cycle = score.cycle
        if not cycle.is_public:
            raise StepRefused(_("Hasil evaluasi ini belum diumumkan."))
        if cycle.region.level == Region.Level.NATION:
            raise StepRefused(_("Di atas tingkat nasional tidak ada seleksi lagi."))
        return self.make(cycle, score.community, cycle.region, by=by)

    def make(self, cycle, community, place, *, by, former=None):
        """Put it forward from one place to the level above it, by whoever evaluates there."""
        if not by.answers_for(place, EVALUATIONS):
            raise StepRefused(_("KIM diajukan petugas evaluasi wilayahnya."))
        if not community.is_standing:
            raise StepRefused(_("KIM ini tidak berdiri lagi."))
        above = place.province if place.level == Region.Level.REGENCY else Region.objects.get(code=INDONESIA)
        with transaction.atomic():
            row, is_new = self.get_or_create(
                cycle=cycle, community=community, to_region=above, defaults={"by": by, "former": former}
            )
            if not is_new:
                raise StepRefused(_("KIM ini sudah diajukan ke sana."))
            officers = OfficerAssignment.objects.responsible(above, EVALUATIONS)
            row._tell([one.user for one in officers], _("KIM diajukan: %(name)s"), path=row.desk_path)
        return row


class Selection(Lifecycle):
    """A KIM put forward to the next level, and what that level decided."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("menunggu keputusan")
        ACCEPTED = "accepted", _("diterima")
        DECLINED = "declined", _("tidak terpilih")

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {Status.ACCEPTED: {"accept": [Status.WAITING]}, Status.DECLINED: {"decline": [Status.WAITING]}}
    NOT_NOW = _("Pengajuan ini sudah diputuskan.")
    TOLD_AS = notices.EVALUATION

    cycle = models.ForeignKey(
        Cycle, models.PROTECT, related_name="selections", db_index=False, verbose_name=_("evaluasi")
    )
    community = models.ForeignKey(Community, models.PROTECT, related_name="selections", verbose_name=_("KIM"))
    to_region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("diajukan ke"))
    # Of the level before, which this one follows from.
    former = models.OneToOneField("self", models.PROTECT, null=True, related_name="next", editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diajukan oleh"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.WAITING, editable=False)
    reason = models.TextField(_("alasan"), max_length=1000, blank=True, editable=False)
    decided_by_user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("diputuskan oleh"),
    )  # fmt: skip
    decided_at = models.DateTimeField(_("diputuskan"), null=True, editable=False)
    created_at = models.DateTimeField(_("diajukan"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = SelectionQuerySet.as_manager()

    class Meta:
        verbose_name = _("seleksi")
        verbose_name_plural = _("seleksi")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(fields=["cycle", "community", "to_region"], name="put_forward_once"),
            models.CheckConstraint(
                condition=Q(status="waiting", decided_at=None, decided_by_user=None)
                | ~Q(status="waiting") & Q(decided_at__isnull=False, decided_by_user__isnull=False),
                name="decided_selection_has_officer",
            ),
        ]
        triggers = [Audited(region="to_region", ignored=["updated_at"])]

    def __str__(self):
        return f"{self.community}"

    @property
    def desk_path(self):
        return reverse("admin:evaluations_selection_change", args=[self.pk])

    @property
    def told_path(self):
        return reverse("communities:room", args=[self.community.slug])

    def decided_by(self, user):
        """Whether this officer decides: of the level it was put forward to, and not one of its people."""
        return user.answers_for(self.to_region, EVALUATIONS) and not self.community.has_member(user)

    @property
    def may_go_on(self):
        """Whether it may be put forward once more, from the province to the nation."""
        return self.status == self.Status.ACCEPTED and self.to_region.level == Region.Level.PROVINCE

    # Verbs

    def accept(self, *, by, note=""):
        self._decide("accept", self.Status.ACCEPTED, _("%(name)s terpilih ke tingkat berikutnya"), by=by, note=note)

    def decline(self, *, by, note):
        self._decide("decline", self.Status.DECLINED, _("%(name)s belum terpilih"), by=by, note=note)

    def put_on(self, *, by):
        """Accepted by a province, and now put forward to the nation."""
        if not self.may_go_on:
            raise StepRefused(_("Hanya KIM yang terpilih di provinsi diajukan ke tingkat nasional."))
        return Selection.objects.make(self.cycle, self.community, self.to_region, by=by, former=self)

    def _decide(self, verb, to, title, *, by, note):
        if not self.decided_by(by):
            raise StepRefused(_("Pengajuan diputuskan petugas evaluasi di tingkat itu, yang bukan anggota KIM-nya."))
        with transaction.atomic():
            self._move(verb, to, by=by, reason=note, decided_by_user=by, decided_at=timezone.now())
            board = list(self.community.board)
            self._tell(board, title, note)
            if self.by not in board:  # an officer, to whom the room of the KIM is closed
                self._tell([self.by], title, note, path=self.desk_path)
            freshness.changed(self.cycle.topic, only_adds=True)

    def _record(self, to, **facts):
        """The row itself tells who decided, and when."""
