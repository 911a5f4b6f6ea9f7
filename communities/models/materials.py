"""Bahan belajar: guides, slides and recordings that offices share with their KIM, for everyone to read."""

from django.conf import settings
from django.core.validators import URLValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.coaching import CoachingEvent
from communities.models.vocabulary import Sector
from pages import freshness
from pages.web_urls import readable_host
from regions.atlas import FROM_ATLAS
from regions.models import Region
from regions.placed import Placed, PlacedQuerySet, indexes_per_level

# What the shelf follows: there are few of them, and those of a province are shown in all its villages.
SHELF = "materials"
NEWEST = ["-published_at", "-id"]
SHOWN = Q(withdrawn_at=None)


class MaterialQuerySet(PlacedQuerySet):
    def shown(self):
        return self.filter(SHOWN)

    def for_region(self, region):
        """What offices share there: those of the region itself, those above, whose it is too, and those below."""
        if region.level == Region.Level.NATION:
            return self
        above = Q(region__in=region.ancestors) | Q(province=None)
        return self.filter(above | Q(**{region.column: region.pk}))

    def for_shelf(self):
        return self.select_related("event").prefetch_related("sectors").fetch_mode(FROM_ATLAS)


class Material(Placed):
    """A PDF, or a link to where it is read or watched; never both. Only its address is kept of what is elsewhere."""

    PLACE = "region"

    class Kind(models.TextChoices):
        GUIDE = "guide", _("panduan")
        SLIDES = "slides", _("bahan tayang")
        RECORDING = "recording", _("rekaman")

    title = models.CharField(_("judul"), max_length=150)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, default=Kind.GUIDE)
    about = models.TextField(_("isinya tentang apa"), max_length=2000, blank=True)
    file = models.FileField(_("berkas"), upload_to="materials/", blank=True, editable=False)
    name = models.CharField(_("nama berkas"), max_length=120, blank=True, editable=False)
    size = models.PositiveIntegerField(_("ukuran"), default=0, editable=False)
    link = models.URLField(_("tautan"), blank=True, validators=[URLValidator(schemes=["https"])])
    region = models.ForeignKey(Region, models.PROTECT, related_name="materials", verbose_name=_("untuk wilayah"))
    sectors = models.ManyToManyField(Sector, related_name="materials", blank=True, verbose_name=_("bidang"))
    event = models.ForeignKey(
        CoachingEvent, models.PROTECT, null=True, blank=True, related_name="materials", verbose_name=_("dari pembinaan")
    )
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, editable=False, related_name="+", verbose_name=_("diterbitkan oleh")
    )
    published_at = models.DateTimeField(_("terbit"), default=timezone.now, editable=False)
    withdrawn_at = models.DateTimeField(_("ditarik"), null=True, editable=False)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = MaterialQuerySet.as_manager()

    class Meta:
        verbose_name = _("bahan belajar")
        verbose_name_plural = _("bahan belajar")
        constraints = [
            models.CheckConstraint(
                condition=Q(file="", link__gt="") | Q(file__gt="", link=""), name="material_is_file_or_link"
            )
        ]
        indexes = [
            *indexes_per_level(*NEWEST, name="material_{}_newest", condition=SHOWN),
            models.Index(fields=NEWEST, name="material_newest", condition=SHOWN),
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        freshness.changed(SHELF)

    def get_absolute_url(self):
        return reverse("communities:material", args=[self.pk])

    @property
    def host(self):
        """Whose site a link leads to; "" for a file."""
        return readable_host(self.link)

    # Verbs

    def withdraw(self):
        """Off the shelf, its file with it; whether it stood there."""
        return self._put(timezone.now(), SHOWN)

    def put_back(self):
        """On the shelf again; whether it had been taken off."""
        return self._put(None, ~SHOWN)

    def _put(self, moment, standing):
        done = Material.objects.filter(standing, pk=self.pk).update(withdrawn_at=moment, updated_at=timezone.now())
        freshness.changed(SHELF)
        self.refresh_from_db()
        return bool(done)
