"""By when something must have happened: terms in working days, as rows per region, and the days off."""

from django.core.validators import MaxValueValidator, MinValueValidator
from django.db import models
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


class Holiday(models.Model):
    """A day on which no office works beside Saturdays and Sundays, in the whole country."""

    date = models.DateField(_("tanggal"), unique=True)
    name = models.CharField(_("nama"), max_length=150)
    is_joint_leave = models.BooleanField(_("cuti bersama"), default=False)
    # Until the joint decree of the three ministers is out, and for days that follow the moon.
    is_estimated = models.BooleanField(_("perkiraan, belum resmi"), default=False)

    class Meta:
        verbose_name = _("hari libur")
        verbose_name_plural = _("hari libur")
        ordering = ["date"]
        triggers = [Audited()]

    def __str__(self):
        return self.name
