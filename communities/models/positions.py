"""Who holds which office in a KIM, from when and until when."""

from django.db import models
from django.db.models import F, Q, Value
from django.db.models.functions import Greatest
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from communities.models.community import Community
from communities.models.people import held
from regions.clocks import today


class PositionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(ends_on=None)

    def end_at(self, place):
        """Held until the day it is there, or one that had yet to begin, until its first day."""
        return self.update(ends_on=Greatest("starts_on", Value(today(place))))

    def in_order(self):
        """The chair first, then as the roles are listed, each by name."""
        rank = [models.When(role=role, then=position) for position, role in enumerate(Position.Role)]
        return self.order_by(models.Case(*rank), "membership__name")


class Position(models.Model):
    """An office that a member holds for a while: one chair at a time."""

    class Role(models.TextChoices):
        KETUA = "ketua", _("ketua")
        WAKIL = "wakil", _("wakil ketua")
        SEKRETARIS = "sekretaris", _("sekretaris")
        BENDAHARA = "bendahara", _("bendahara")
        KOORDINATOR = "koordinator", _("koordinator bidang")
        SEKSI = "seksi", _("seksi atau jabatan lain")

    community = models.ForeignKey(Community, models.PROTECT, related_name="positions", verbose_name=_("KIM"))
    membership = models.ForeignKey("Membership", models.PROTECT, related_name="positions", verbose_name=_("anggota"))
    role = models.CharField(_("jabatan"), max_length=12, choices=Role)
    # What the KIM itself calls it: of a section alone.
    title = models.CharField(_("nama jabatan"), max_length=60, blank=True, default="", db_default="")
    starts_on = models.DateField(_("mulai"), default=timezone.localdate)
    # As the decree or the meeting has it; the office ends only on the day written in `ends_on`.
    term_until = models.DateField(_("masa jabatan sampai"), null=True, blank=True)
    ends_on = models.DateField(_("berakhir"), null=True, blank=True)

    objects = PositionQuerySet.as_manager()

    class Meta:
        verbose_name = _("jabatan")
        verbose_name_plural = _("jabatan")
        constraints = [
            models.UniqueConstraint(
                fields=["community"],
                condition=Q(role="ketua", ends_on=None),
                name="one_chair_at_a_time",
            ),
            models.CheckConstraint(
                condition=(Q(role="seksi") & ~Q(title="")) | (~Q(role="seksi") & Q(title="")),
                name="section_has_a_name",
                violation_error_message=_("Tulis nama jabatannya, misalnya: seksi publikasi."),
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")),
                name="position_ends_after_start",
            ),
        ]
        triggers = [Audited(region="community__seat")]

    def __str__(self):
        return f"{self.label}: {self.membership}"

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        self.community.renew_pages()

    @property
    def label(self):
        """What it is called."""
        return self.title or self.get_role_display()

    @property
    def is_over(self):
        """Whether the term is over although nobody ended the office."""
        return self.term_until is not None and self.term_until < timezone.localdate()

    def end(self, *, by):
        with held(self.community, chair=by):
            if self.role == self.Role.KETUA:
                raise StepRefused(_("Jabatan ketua tidak diakhiri, tetapi diserahkan."))
            Position.objects.filter(pk=self.pk).current().end_at(self.community.seat)
            self.community.renew_pages()
