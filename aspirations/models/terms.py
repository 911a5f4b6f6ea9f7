"""By when something must have happened: terms in working days, as rows per region, and the days off."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from regions.models import Region


class AnswerTermQuerySet(models.QuerySet):
    def days(self, stage, office):
        """The working days of a stage at an office: of the nearest region above that has a row, else the default."""
        places = Q(region__in=[*office.ancestors, office]) | Q(region__level=Region.Level.NATION)
        nearest = self.filter(places, stage=stage).order_by("-region__level").first()
        return nearest.working_days if nearest else AnswerTerm.DEFAULT_DAYS[stage]


class AnswerTerm(models.Model):
    """How many working days an office has for a stage, in a region and all below it that says nothing else."""

    class Stage(models.TextChoices):
        ACCEPT = "accept", _("menerima usulan")
        ANSWER = "answer", _("menjawab usulan yang diterima")

    # Where no region above has a row. As SP4N-LAPOR! (Permenpan RB 62/2018): 5 for a first response, 14 for an answer.
    DEFAULT_DAYS = {Stage.ACCEPT: 5, Stage.ANSWER: 14}
    MOST_DAYS = 120

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("berlaku di wilayah")
    )
    stage = models.CharField(_("tahap"), max_length=6, choices=Stage)
    working_days = models.PositiveSmallIntegerField(
        _("hari kerja"), validators=[MinValueValidator(1), MaxValueValidator(MOST_DAYS)]
    )

    objects = AnswerTermQuerySet.as_manager()

    class Meta:
        verbose_name = _("tenggat usulan")
        verbose_name_plural = _("tenggat usulan")
        ordering = ["region__code", "stage"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "stage"],
                name="one_term_of_a_stage",
                violation_error_message=_("Tenggat tahap ini di wilayah itu sudah ada."),
            ),
            models.CheckConstraint(
                condition=Q(working_days__range=(1, 120)),
                name="term_has_days",
                violation_error_message=_("Tulis 1 sampai 120 hari kerja."),
            ),
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return _("%(stage)s: %(days)s hari kerja") % {"stage": self.get_stage_display(), "days": self.working_days}


class HolidayQuerySet(models.QuerySet):
    def off(self):
        return self.filter(is_day_off=True)

    def take_over(self, known, years):
        """Make these years as they are `known`: `{date: (name, is_joint_leave, is_estimated)}`.

        What the desk put right, moved or added stays as it is.
        """
        with transaction.atomic():
            rows = {row.taken_over_on: row for row in self.filter(taken_over_on__year__in=years)}
            own = set(self.filter(date__year__in=years, taken_over_on=None).values_list("date", flat=True))
            for day, facts in known.items():
                self._take_over_one(rows.get(day), day, facts, own)
            gone = [row.pk for day, row in rows.items() if day not in known and not row.is_corrected]
            self.filter(pk__in=gone).delete()

    def _take_over_one(self, row, day, facts, own):
        if row is None and day not in own:
            row = self.model(date=day, taken_over_on=day)
        if row is None or row.is_corrected or (row.pk and row.facts == facts):
            return
        row.name, row.is_joint_leave, row.is_estimated = facts
        row.save()


class Holiday(models.Model):
    """A day on which no office works beside Saturdays and Sundays, in the whole country."""

    date = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=150)
    is_joint_leave = models.BooleanField(_("cuti bersama"), default=False)
    # Until the joint decree of the three ministers is out, and for days that follow the moon.
    is_estimated = models.BooleanField(_("perkiraan, belum resmi"), default=False)
    # Nobody deletes a row, or it would come back: a day that is none after all is unticked.
    is_day_off = models.BooleanField(_("libur"), default=True)
    # The day by which the package knows it, whichever the desk made of it since.
    taken_over_on = models.DateField(null=True, unique=True, editable=False)
    is_corrected = models.BooleanField(_("diperbaiki di meja"), default=False, editable=False)

    objects = HolidayQuerySet.as_manager()

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ["date"]
        triggers = [Audited()]

    def __str__(self):
        return self.name

    @property
    def facts(self):
        """What the package says of a day."""
        return self.name, self.is_joint_leave, self.is_estimated
