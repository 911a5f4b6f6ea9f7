"""One evaluation of the KIM of a region over a period, from its plan to its result."""

from datetime import date, timedelta

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import Lifecycle, LifecycleStep, StepRefused
from communities.models import Community
from evaluations import notices
from evaluations.duties import EVALUATIONS
from evaluations.facts import Period
from evaluations.models.rule_sets import RuleSet
from pages import freshness
from regions.clocks import beginning, today
from regions.models import Region
from regions.templatetags.places import place_date

FIRST_YEAR, LAST_YEAR = 2020, 2100


class CycleQuerySet(models.QuerySet):
    def published(self):
        return self.filter(status=Cycle.Status.PUBLISHED)

    def told_to_kim(self):
        """Those of which a KIM reads its own score: from when it may object."""
        return self.filter(status__in=Cycle.TOLD)

    def computing(self):
        return self.filter(computing_at__isnull=False)

    def judged_by(self, user):
        """Those in which this person is a juror."""
        return self.filter(jurors__user=user)


class Cycle(Lifecycle):
    """Evaluasi: the KIM of a region over a period, by one rule set."""

    class Status(models.TextChoices):
        PLANNED = "planned", _("direncanakan")
        OPEN = "open", _("dibuka")
        COMPUTED = "computed", _("dihitung")
        OBJECTION = "objection", _("masa sanggah")
        FROZEN = "frozen", _("dibekukan")
        PUBLISHED = "published", _("diumumkan")

    class Span(models.TextChoices):
        YEAR = "year", _("satu tahun")
        FIRST_HALF = "h1", _("Januari sampai Juni")
        SECOND_HALF = "h2", _("Juli sampai Desember")

    MONTHS = {Span.YEAR: (1, 12), Span.FIRST_HALF: (1, 6), Span.SECOND_HALF: (7, 12)}

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.PLANNED: {"finish_computing": [Status.PLANNED]},
        Status.OPEN: {"open": [Status.PLANNED]},
        Status.COMPUTED: {"finish_computing": [Status.OPEN, Status.COMPUTED]},
        Status.OBJECTION: {"open_objections": [Status.COMPUTED], "finish_computing": [Status.OBJECTION]},
        Status.FROZEN: {"freeze": [Status.OBJECTION]},
        Status.PUBLISHED: {"publish": [Status.FROZEN]},
    }
    # While it is planned the worker collects what "coba dahulu" asks.
    COMPUTABLE = [Status.PLANNED, Status.OPEN, Status.COMPUTED, Status.OBJECTION]
    TOLD = [Status.OBJECTION, Status.FROZEN, Status.PUBLISHED]
    NOT_NOW = _("Langkah ini tidak berlaku untuk status evaluasi sekarang, atau nilainya masih dihitung.")
    TOLD_AS = notices.EVALUATION

    # The topic of freshness that changes when anything of what was published does.
    NEWS = "evaluations"

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="evaluations", db_index=False, verbose_name=_("wilayah")
    )
    year = models.PositiveSmallIntegerField(
        _("tahun"), validators=[MinValueValidator(FIRST_YEAR), MaxValueValidator(LAST_YEAR)]
    )
    span = models.CharField(_("masa penilaian"), max_length=4, choices=Span, default=Span.YEAR)
    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="cycles", verbose_name=_("aturan penilaian"))
    objection_days = models.PositiveSmallIntegerField(
        _("lama masa sanggah (hari)"), default=14, validators=[MinValueValidator(1), MaxValueValidator(90)]
    )
    status = models.CharField(_("status"), max_length=9, choices=Status, default=Status.PLANNED, editable=False)
    # The last day on which KIM may object.
    objections_until = models.DateField(_("sanggahan sampai"), null=True, editable=False)

    # How far the worker has come: which run it is, the key of the last KIM, and when it last said so; None when done.
    run = models.PositiveSmallIntegerField(default=0, editable=False)
    computed_to = models.BigIntegerField(default=0, editable=False)
    computing_at = models.DateTimeField(null=True, editable=False)
    computed_at = models.DateTimeField(_("dihitung pada"), null=True, editable=False)
    computed_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dihitung oleh"),
    )  # fmt: skip
    # Of all scores together: equal when, and only when, every one of them is.
    digest = models.CharField(_("sidik nilai"), max_length=64, blank=True, editable=False)
    published_at = models.DateTimeField(_("diumumkan pada"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dibuat oleh"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = CycleQuerySet.as_manager()

    class Meta:
        verbose_name = _("evaluasi")
        verbose_name_plural = _("evaluasi")
        ordering = ["-year", "span", "region__code"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "year", "span"], name="one_cycle_of_a_period",
                violation_error_message=_("Evaluasi wilayah ini untuk masa itu sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(year__range=(FIRST_YEAR, LAST_YEAR)), name="cycle_year_known",
                violation_error_message=_("Periksa tahunnya."),
            ),
            models.CheckConstraint(
                condition=Q(objection_days__range=(1, 90)), name="cycle_has_term",
                violation_error_message=_("Masa sanggah 1 sampai 90 hari."),
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["objection", "frozen", "published"]) | Q(objections_until__isnull=False),
                name="told_cycle_has_term",
            ),
            models.CheckConstraint(
                condition=~Q(status="published") | Q(published_at__isnull=False), name="published_cycle_has_moment"
            ),
            models.CheckConstraint(
                condition=~Q(status__in=["frozen", "published"]) | Q(computing_at=None), name="frozen_cycle_is_computed"
            ),
        ]  # fmt: skip
        triggers = [Audited(region="region", ignored=["updated_at", "computed_to", "computing_at"])]

    def __str__(self):
        facts = {"region": self.region.full_name, "period": self.period_label}
        return _("Evaluasi KIM %(region)s %(period)s") % facts

    def get_absolute_url(self):
        return reverse("evaluations:cycle", args=[self.pk])

    @property
    def desk_path(self):
        return reverse("admin:evaluations_cycle_change", args=[self.pk])

    @property
    def told_path(self):
        return self.get_absolute_url()

    @property
    def topic(self):
        return f"evaluation-{self.pk}"

    def clean(self):
        if self.region_id and self.region.level > Region.Level.REGENCY:
            raise ValidationError({"region": _("Pilih kabupaten, kota, provinsi, atau Indonesia.")})
        has_both = self.region_id and self.rule_set_id
        if has_both and not RuleSet.objects.holding_in(self.region).filter(pk=self.rule_set_id).exists():
            raise ValidationError({"rule_set": _("Aturan ini milik wilayah lain.")})

    # Questions

    @property
    def period_label(self):
        """ "2026", or "Januari sampai Juni 2026"."""
        return str(self.year) if self.span == self.Span.YEAR else f"{self.get_span_display()} {self.year}"

    @property
    def first_day(self):
        return date(self.year, self.MONTHS[self.span][0], 1)

    @property
    def end_day(self):
        """The day after its last."""
        month = self.MONTHS[self.span][1]
        return date(self.year + month // 12, month % 12 + 1, 1)

    @property
    def last_day(self):
        return self.end_day - timedelta(days=1)

    @cached_property
    def period(self):
        return Period(beginning(self.first_day), beginning(self.end_day), self.rule_set.most_a_day)

    @property
    def is_over(self):
        """Whether its period is."""
        return timezone.now() >= self.period.until

    @property
    def is_public(self):
        return self.status == self.Status.PUBLISHED

    @property
    def is_told(self):
        return self.status in self.TOLD

    @property
    def is_computing(self):
        return self.computing_at is not None

    @property
    def has_sheet(self):
        """Whether its scores are there, and nobody computes them anew just now."""
        return self.computed_at is not None and not self.is_computing

    @property
    def takes_objections(self):
        return self.status == self.Status.OBJECTION and today(self.region) <= self.objections_until

    def kims(self):
        """The KIM that compete: those that stand in its region."""
        return Community.objects.registered().within(self.region).filter(partner_kind__slug="kim")

    def is_hidden_from(self, user):
        """Whether this person judges it as a juror and has not closed the own marks."""
        return self.jurors.filter(user=user, closed_at=None).exists()

    def decided_by(self, user):
        """Whether this officer carries it out: of its region, or where it has nobody for evaluations those above."""
        return user.answers_for(self.region, EVALUATIONS)

    # Verbs

    def open(self, *, by):
        """KIM are evaluated by its rules, which are frozen now if they were not."""
        self._require(by)
        with transaction.atomic():
            if not self.rule_set.is_frozen:
                self.rule_set.freeze(by=by)
            self._move("open", self.Status.OPEN, by=by, where={"computing_at": None, "rule_set": self.rule_set_id})

    def ask_to_compute(self, *, by):
        """Let the worker compute every score anew (evaluations.computing); refused while it is at it."""
        self._require(by)
        waiting = Cycle.objects.filter(pk=self.pk, status__in=self.COMPUTABLE, computing_at=None)
        now = timezone.now()
        if not waiting.update(run=models.F("run") + 1, computed_to=0, computing_at=now, computed_by=by):
            raise StepRefused(self.NOT_NOW)
        self.refresh_from_db()

    def finish_computing(self, digest):
        """The worker is through; nobody decides that."""
        to = self.Status.COMPUTED if self.status == self.Status.OPEN else self.status
        done = {"computing_at": None, "computed_at": timezone.now(), "digest": digest}
        self._move("finish_computing", self.Status(to), by=self.computed_by, where={"run": self.run}, **done)

    def open_objections(self, *, by):
        """Every KIM reads its score, and may object for as many days; refused before the period is over."""
        self._require(by)
        if not self.is_over:
            last = {"day": place_date(self.period.last_day)}
            raise StepRefused(_("Masa penilaian belum berakhir: hari terakhirnya %(day)s.") % last)
        if self.computed_at and self.computed_at < self.period.until:
            raise StepRefused(_("Nilai dihitung sebelum masa penilaian berakhir. Hitung sekali lagi dahulu."))
        until = today(self.region) + timedelta(days=self.objection_days)
        with transaction.atomic():
            self.jurors.close_all()
            self._move(
                "open_objections", self.Status.OBJECTION, by=by, where={"computing_at": None}, objections_until=until
            )

    def freeze(self, *, by):
        """No score changes any more; refused while KIM may still object, or wait for an answer or its effect."""
        self._require(by)
        if self.takes_objections:
            last = {"day": place_date(self.objections_until)}
            raise StepRefused(_("Masa sanggah belum berakhir: hari terakhirnya %(day)s.") % last)
        with transaction.atomic():
            Cycle.objects.select_for_update(no_key=True).get(pk=self.pk)
            if self.objections.waiting().exists():
                raise StepRefused(_("Masih ada sanggahan yang belum dijawab."))
            if self.objections.granted_after(self.computed_at).exists():
                raise StepRefused(_("Ada sanggahan yang diterima setelah nilai dihitung. Hitung sekali lagi dahulu."))
            self._move("freeze", self.Status.FROZEN, by=by, where={"computing_at": None})

    def publish(self, *, by):
        """Everyone reads ranks and classes."""
        self._require(by)
        self._move("publish", self.Status.PUBLISHED, by=by, published_at=timezone.now())

    def _moved(self, start, to):
        if to == self.Status.PUBLISHED:
            freshness.changed(self.NEWS, self.topic, only_adds=True)

    def _require(self, user):
        if not self.decided_by(user):
            raise StepRefused(_("Evaluasi ini dijalankan petugas evaluasi wilayahnya."))


class CycleStep(LifecycleStep):
    """Who moved an evaluation to which status, when and why."""

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="steps")
    to = models.CharField(_("status"), max_length=9, choices=Cycle.Status)
