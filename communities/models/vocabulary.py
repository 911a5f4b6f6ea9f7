"""The words of the whole country, as rows: kinds of partner, fields."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class PartnerKind(models.Model):
    """The kinds of partner in public communication (Permenkominfo 4/2024): KIM is one of four."""

    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("jenis mitra")
        verbose_name_plural = _("jenis mitra")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name


class Field(models.Model):
    """A bidang: what a KIM or a post is about."""

    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(unique=True)
    icon = models.SlugField(_("ikon"), default="newspaper")
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("bidang")
        verbose_name_plural = _("bidang")
        ordering = ["position", "name"]

    def __str__(self):
        return self.name
