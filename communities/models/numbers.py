"""The numbers of KIM: given once, and never to another."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from regions.models import Region


class SpentSerial(models.Model):
    """The highest serial of numbers that were given and whose KIM is no more: a number never means another KIM."""

    seat = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("kedudukan"))
    # As it was when they were given: a place may get another code.
    prefix = models.CharField(_("kode tempat"), max_length=10, unique=True)
    last = models.PositiveIntegerField(_("nomor urut terakhir"))

    class Meta:
        verbose_name = _("nomor urut terpakai")
        verbose_name_plural = _("nomor urut terpakai")

    def __str__(self):
        return f"{self.prefix}{self.last:02d}"
