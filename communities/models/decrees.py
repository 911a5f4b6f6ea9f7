"""The decisions that found and confirm KIMs."""

import secrets
from functools import partial

from django.core.exceptions import ValidationError
from django.core.files.base import ContentFile
from django.db import models, transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce, Upper
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities import decree_terms
from regions.models import Region


class DecreeQuerySet(models.QuerySet):
    def alike(self, number, issued_on):
        """Those that may be the very one that was typed: offices of several villages count alike."""
        return self.filter(number__iexact=number, issued_on=issued_on)


class Decree(models.Model):
    """An SK: the decision of an office that founds or confirms KIMs; one ceremony may cover many of them."""

    class Issuer(models.TextChoices):
        VILLAGE_HEAD = "village_head", _("kepala desa")
        LURAH = "lurah", _("lurah")
        CAMAT = "camat", _("camat")
        REGENT = "regent", _("bupati")
        MAYOR = "mayor", _("wali kota")
        HEAD_OF_OFFICE = "head_of_office", _("kepala dinas")
        GOVERNOR = "governor", _("gubernur")

    # How high the office of an issuer sits; a head of office decides in the regency, and a village head at the seat.
    ISSUER_LEVELS = {
        Issuer.CAMAT: Region.Level.DISTRICT,
        Issuer.REGENT: Region.Level.REGENCY,
        Issuer.MAYOR: Region.Level.REGENCY,
        Issuer.HEAD_OF_OFFICE: Region.Level.REGENCY,
        Issuer.GOVERNOR: Region.Level.PROVINCE,
    }

    number = models.CharField(_("nomor"), max_length=120)
    issued_on = models.DateField(_("tanggal"))
    issuer = models.CharField(_("penerbit"), max_length=20, choices=Issuer)
    issuer_name = models.CharField(_("nama kantor penerbit"), max_length=150, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, related_name="decrees", verbose_name=_("wilayah"))
    # Decrees older than the portal often have no term.
    starts_on = models.DateField(_("berlaku sejak"), null=True, blank=True)
    ends_on = models.DateField(_("berlaku sampai"), null=True, blank=True)
    file = models.FileField(_("berkas PDF"), upload_to="decrees/", blank=True)

    objects = DecreeQuerySet.as_manager()

    class Meta:
        verbose_name = _("SK")
        verbose_name_plural = _("SK")
        ordering = ["-issued_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                condition=Q(ends_on__isnull=True) | Q(ends_on__gte=Coalesce(F("starts_on"), F("issued_on"))),
                name="decree_ends_after_start",
                violation_error_message=_("Masa berlaku SK berakhir sebelum dimulai."),
            )
        ]
        indexes = [
            models.Index(fields=["ends_on"], name="decree_ends_on"),
            models.Index(Upper("number"), name="decree_number"),
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.number

    @classmethod
    def region_of(cls, issuer, seat):
        """Where the office sits that issues a decree for a KIM with this seat."""
        level = cls.ISSUER_LEVELS.get(issuer, seat.level)
        return next((place for place in seat.ancestors if place.level == level), seat)

    def clean(self):
        if decree_terms.ends_before_it_begins(self):
            raise ValidationError({"ends_on": _("Masa berlaku SK berakhir sebelum dimulai.")})

    def keep(self, content):
        """Save with this PDF as its file; the one before is deleted once that is through."""
        former = Decree.objects.select_for_update().filter(pk=self.pk).values_list("file", flat=True).first()
        self.file.save(f"{secrets.token_hex(8)}.pdf", ContentFile(content))
        if former:
            transaction.on_commit(partial(self.file.storage.delete, former))

    @property
    def begins_on(self):
        return decree_terms.begins_on(self)

    def is_over_at(self, place):
        return decree_terms.is_over_at(self, place)
