"""By which rules KIM are evaluated: indicators with their formulas and weights, and the classes; frozen before use."""

from decimal import ROUND_HALF_UP, Decimal

from django.conf import settings
from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models, transaction
from django.db.models import Max, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import Lifecycle, LifecycleStep, StepRefused
from evaluations import formulas, notices
from evaluations.duties import EVALUATIONS
from evaluations.facts import CENTS, FACTS
from evaluations.models import guards
from regions.models import INDONESIA, Region

WHOLE = Decimal(100)
NOT_100 = _("Jumlah bobotnya %(sum)s. Bobot semua indikator harus berjumlah 100.")


class RuleSetQuerySet(models.QuerySet):
    def frozen(self):
        return self.filter(status=RuleSet.Status.FROZEN)

    def holding_in(self, region):
        """Those of the whole country, of this region, and of what it lies in."""
        return self.filter(Q(region=None) | Q(region__in=[*region.ancestors, region]))

    def readable_by(self, officer):
        """Those of the own regions, drafts among them, and of all above what is frozen: it holds there as well."""
        if officer.answers_everywhere:
            return self
        above = {place.pk for row in officer.current_assignments for place in row.region.ancestors}
        holding = Q(status=RuleSet.Status.FROZEN) & (Q(region=None) | Q(region__in=above))
        return self.filter(Q(region__in=officer.jurisdiction()) | holding)

    def newest(self):
        return self.order_by("region__level", "title", "-version")


class RuleSet(Lifecycle):
    """Aturan penilaian: a draft, or frozen and never changed again; of a region, or of the country."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draf")
        FROZEN = "frozen", _("dibekukan")

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {Status.FROZEN: {"freeze": [Status.DRAFT]}}
    NOT_NOW = _("Aturan ini sudah dibekukan.")
    TOLD_AS = notices.EVALUATION

    title = models.CharField(_("judul"), max_length=120)
    version = models.PositiveSmallIntegerField(_("versi"), default=1, editable=False)
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.DRAFT, editable=False)
    # None where it holds for the whole country.
    region = models.ForeignKey(
        Region, models.PROTECT, null=True, blank=True, related_name="+", db_index=False,
        verbose_name=_("berlaku di wilayah"),
        help_text=_("Kosongkan untuk aturan nasional."),
    )  # fmt: skip
    most_a_day = models.PositiveSmallIntegerField(
        _("kegiatan yang dihitung per hari"), default=1, validators=[MinValueValidator(1), MaxValueValidator(20)],
        help_text=_("Paling banyak berapa kegiatan dari satu jenis dihitung dalam satu hari."),
    )  # fmt: skip
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="copies", editable=False, verbose_name=_("disalin dari")
    )
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("dibuat oleh"),
    )  # fmt: skip
    frozen_at = models.DateTimeField(_("dibekukan pada"), null=True, editable=False)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = RuleSetQuerySet.as_manager()

    class Meta:
        verbose_name = _("aturan penilaian")
        verbose_name_plural = _("aturan penilaian")
        ordering = ["title", "-version"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title", "version"], nulls_distinct=False, name="rule_set_version_once",
                violation_error_message=_("Aturan dengan judul ini sudah ada. Salin menjadi versi baru."),
            ),
            models.CheckConstraint(
                condition=Q(status="draft", frozen_at=None) | Q(status="frozen", frozen_at__isnull=False),
                name="frozen_rule_set_has_moment",
            ),
            models.CheckConstraint(
                condition=Q(most_a_day__range=(1, 20)), name="rule_set_counts_some_a_day",
                violation_error_message=_("Tulis 1 sampai 20 kegiatan."),
            ),
        ]  # fmt: skip
        triggers = [Audited(region="region"), guards.frozen_stays(), guards.frozen_is_whole("id")]

    def __str__(self):
        return _("%(title)s, versi %(version)s") % {"title": self.title, "version": self.version}

    def get_absolute_url(self):
        return reverse("evaluations:rule_set", args=[self.pk])

    @property
    def desk_path(self):
        return reverse("admin:evaluations_ruleset_change", args=[self.pk])

    @property
    def told_path(self):
        return self.get_absolute_url()

    def clean(self):
        if self.region and self.region.level == Region.Level.NATION:
            self.region = None

    # Questions

    @property
    def is_frozen(self):
        return self.status == self.Status.FROZEN

    @property
    def place(self):
        """The region whose officers answer for it."""
        return self.region or Region.objects.get(code=INDONESIA)

    @cached_property
    def indicator_list(self):
        return list(self.indicators.all())

    @cached_property
    def class_list(self):
        """Its classes, the highest first."""
        return sorted(self.thresholds.all(), key=lambda row: row.least, reverse=True)

    def class_of(self, total):
        """The word of the class for a score; the lowest below all thresholds."""
        return next((row.name for row in self.class_list if total >= row.least), self.class_list[-1].name)

    def decided_by(self, user):
        """Whether this officer writes it: of its region, and of the whole country the ministry."""
        return user.answers_for(self.place, EVALUATIONS)

    def lacking(self):
        """Sentences on what it needs before it can be frozen."""
        lacking = []
        total = sum((row.weight for row in self.indicators.all()), Decimal(0))
        if total != WHOLE:
            lacking.append(NOT_100 % {"sum": total})
        if self.thresholds.count() != guards.CLASSES:
            lacking.append(_("Tulis nilai terendah untuk keempat kelas."))
        return lacking

    # Verbs

    def freeze(self, *, by):
        """Never to be changed again; refused while something is missing."""
        self._require(by)
        if lacking := self.lacking():
            raise StepRefused(" ".join(str(sentence) for sentence in lacking))
        # What was read is what is frozen.
        seen = {"updated_at": self.updated_at}
        self._move("freeze", self.Status.FROZEN, by=by, where=seen, frozen_at=timezone.now())

    def copy(self, *, by, region=None):
        """A draft with the same rows, the next version of its title; for another region where one is named."""
        with transaction.atomic():
            same = RuleSet.objects.filter(title=self.title, region=region)
            version = (same.aggregate(Max("version"))["version__max"] or 0) + 1
            copy = RuleSet(title=self.title, version=version, region=region, copied_from=self, created_by=by)
            copy.most_a_day = self.most_a_day
            copy._require(by)
            copy.save()
            for row in [*self.indicators.all(), *self.thresholds.all()]:
                row.pk, row.rule_set, row._state.adding = None, copy, True
                row.save()
        return copy

    def _require(self, user):
        if not self.decided_by(user):
            raise StepRefused(_("Aturan ini ditulis petugas evaluasi wilayahnya; aturan nasional oleh kementerian."))


class RuleSetStep(LifecycleStep):
    """Who froze a rule set, and when."""

    rule_set = models.ForeignKey(RuleSet, models.PROTECT, related_name="steps")
    to = models.CharField(_("status"), max_length=6, choices=RuleSet.Status)


class Indicator(models.Model):
    """What is looked at: a formula over facts, up to a cap, and how many of the 100 points it is worth."""

    rule_set = models.ForeignKey(
        RuleSet, models.CASCADE, related_name="indicators", db_index=False, verbose_name=_("aturan penilaian")
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    word = models.CharField(
        _("kata"), max_length=40,
        validators=[RegexValidator(r"^[a-z][a-z0-9_]*\Z", _("Pakai huruf kecil, angka, dan garis bawah."))],
    )  # fmt: skip
    label = models.CharField(_("indikator"), max_length=120)
    formula = models.CharField(_("rumus"), max_length=formulas.MOST_LETTERS)
    weight = models.DecimalField(_("bobot"), max_digits=5, decimal_places=2, validators=[MinValueValidator(CENTS)])
    cap = models.DecimalField(
        _("batas nilai"), max_digits=9, decimal_places=2, validators=[MinValueValidator(CENTS)],
        help_text=_("Nilai di atas batas ini dihitung sebesar batas."),
    )  # fmt: skip
    explanation = models.CharField(_("penjelasan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("indikator")
        verbose_name_plural = _("indikator")
        ordering = ["position", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "word"], name="indicator_once",
                violation_error_message=_("Kata ini sudah dipakai indikator lain."),
            ),
            models.CheckConstraint(
                condition=Q(weight__gt=0, weight__lte=100), name="indicator_has_weight",
                violation_error_message=_("Bobotnya di atas 0 sampai 100."),
            ),
            models.CheckConstraint(
                condition=Q(cap__gt=0), name="indicator_has_cap",
                violation_error_message=_("Batas nilainya di atas 0."),
            ),
        ]  # fmt: skip
        triggers = [
            Audited(region="rule_set__region"), guards.frozen_parts_stay(), guards.frozen_is_whole("rule_set_id"),
        ]  # fmt: skip

    def __str__(self):
        return self.label

    def clean(self):
        try:
            self.compiled  # noqa: B018
        except formulas.WrongFormula as wrong:
            raise ValidationError({"formula": str(wrong)}) from wrong

    @cached_property
    def compiled(self):
        return formulas.Formula(self.formula, FACTS)

    @property
    def facts(self):
        """The facts that its formula names, in the order of all facts."""
        return [fact for word, fact in FACTS.items() if word in self.compiled.names]

    def value(self, facts):
        return self.compiled.value(facts)

    def points(self, value, weight=None):
        """What a value is worth: its part of the cap, of the weight."""
        part = min(max(value, Decimal(0)), self.cap)
        return ((self.weight if weight is None else weight) * part / self.cap).quantize(CENTS, rounding=ROUND_HALF_UP)


class ClassThreshold(models.Model):
    """From which score on a KIM is of a class."""

    class Name(models.TextChoices):
        PEMULA = "pemula", _("pemula")
        BERKEMBANG = "berkembang", _("berkembang")
        MAJU = "maju", _("maju")
        MANDIRI = "mandiri", _("mandiri")

    rule_set = models.ForeignKey(
        RuleSet, models.CASCADE, related_name="thresholds", db_index=False, verbose_name=_("aturan penilaian")
    )
    name = models.CharField(_("kelas"), max_length=10, choices=Name)
    least = models.DecimalField(
        _("nilai terendah"), max_digits=5, decimal_places=2, validators=[MinValueValidator(0), MaxValueValidator(100)]
    )

    class Meta:
        verbose_name = _("kelas")
        verbose_name_plural = _("kelas")
        ordering = ["least"]
        constraints = [
            models.UniqueConstraint(
                fields=["rule_set", "name"], name="class_once", violation_error_message=_("Kelas ini sudah ada.")
            ),
            models.UniqueConstraint(
                fields=["rule_set", "least"], name="class_has_own_least",
                violation_error_message=_("Dua kelas tidak dapat mulai dari nilai yang sama."),
            ),
            models.CheckConstraint(
                condition=Q(least__gte=0, least__lte=100) & (~Q(name="pemula") | Q(least=0)), name="class_within_100",
                violation_error_message=_("Nilai terendah dari 0 sampai 100; kelas pemula mulai dari 0."),
            ),
        ]  # fmt: skip
        triggers = [
            Audited(region="rule_set__region"), guards.frozen_parts_stay(), guards.frozen_is_whole("rule_set_id"),
        ]  # fmt: skip

    def __str__(self):
        return self.get_name_display()
