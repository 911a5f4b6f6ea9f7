"""Pembinaan: what the offices do for the KIMs."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.community import Community
from regions.models import Region


class CoachingEvent(models.Model):
    """A training, a monitoring or a visit, and which KIMs were there."""

    class Kind(models.TextChoices):
        TRAINING = "training", _("bimbingan teknis")
        MONITORING = "monitoring", _("monitoring dan evaluasi")
        VISIT = "visit", _("kunjungan")

    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    title = models.CharField(_("judul"), max_length=150)
    held_on = models.DateField(_("tanggal"))
    region = models.ForeignKey(Region, models.PROTECT, related_name="coaching_events", verbose_name=_("wilayah"))
    venue = models.CharField(_("tempat"), max_length=150, blank=True)
    material = models.TextField(_("materi dan hasil"), blank=True)
    communities = models.ManyToManyField(
        Community, related_name="coaching_events", verbose_name=_("KIM yang hadir"), blank=True
    )
    recorded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("dicatat oleh")
    )

    class Meta:
        verbose_name = _("pembinaan")
        verbose_name_plural = _("pembinaan")
        ordering = ["-held_on", "-pk"]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.title
