"""Whom residents of a place may turn to: rows that officers keep, for everyone to call."""

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.telephones import dialled
from pages import freshness
from pages.questions import Asking
from regions.models import Region
from regions.placed import OfRegionQuerySet

MOST_SHOWN = 12


class UsefulContactQuerySet(OfRegionQuerySet):
    def shown(self):
        return self.filter(is_shown=True)


def asking_contacts(place):
    """What `nearest` needs the rows of."""
    around = [area for area in answering_for(place) if area.level >= Region.Level.REGENCY] or [place]
    return Asking(contacts_of, [area.pk for area in around])


def nearest(place, rows):
    """`(whose they are, the contacts)` of a place; of a village without any its district's, else its regency's."""
    return (rows[0].region, [row for row in rows if row.region_id == rows[0].region_id]) if rows else (place, [])


def contacts_of(regions):
    """Those of the innermost region first."""
    rows = UsefulContact.objects.shown().filter(region__in=regions).select_related("region")
    return rows.order_by("-region__level", "position", "name", "pk")[:MOST_SHOWN]


def answering_for(place):
    """The place and what it lies in."""
    return [place, *place.ancestors]


def topics_of(place):
    """What a page that shows the contacts of a place follows."""
    return [f"contacts-{area.code}" for area in answering_for(place)]


class UsefulContact(models.Model):
    """An office, a service or a person in charge, with what to turn to it for."""

    WAYS = ("phone", "whatsapp", "email", "address")

    region = models.ForeignKey(Region, models.PROTECT, related_name="useful_contacts", verbose_name=_("wilayah"))
    name = models.CharField(
        _("nama"), max_length=100, help_text=_("Misalnya: Kantor Desa Jembayan, Puskesmas Loa Kulu.")
    )
    purpose = models.CharField(
        _("untuk apa"), max_length=150, help_text=_("Misalnya: surat keterangan, KTP, dan bantuan sosial.")
    )
    phone = models.CharField(_("telepon"), max_length=25, blank=True)
    whatsapp = models.CharField(_("WhatsApp"), max_length=25, blank=True)
    email = models.EmailField(_("surel"), blank=True)
    address = models.CharField(_("alamat"), max_length=200, blank=True)
    hours = models.CharField(
        _("jam layanan"), max_length=100, blank=True, help_text=_("Misalnya: Senin sampai Jumat, 08.00–15.00 WITA.")
    )
    position = models.PositiveSmallIntegerField(_("urutan"), default=0, help_text=_("Yang kecil tampil lebih dahulu."))
    is_shown = models.BooleanField(_("ditampilkan"), default=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = UsefulContactQuerySet.as_manager()

    class Meta:
        verbose_name = _("kontak penting")
        verbose_name_plural = _("kontak penting")
        ordering = ["region__code", "position", "name", "pk"]
        constraints = [
            models.CheckConstraint(
                condition=~Q(phone="", whatsapp="", email="", address=""),
                name="useful_contact_can_be_reached",
                violation_error_message=_("Isi paling sedikit satu: telepon, WhatsApp, surel, atau alamat."),
            )
        ]
        triggers = [Audited(region="region", ignored=["updated_at"])]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        former = UsefulContact.objects.filter(pk=self.pk).values_list("region__code", flat=True).first()
        super().save(*args, **kwargs)
        freshness.changed(*(f"contacts-{code}" for code in {former or self.region.code, self.region.code}))

    @property
    def call_url(self):
        return f"tel:{dialled(self.phone)}" if dialled(self.phone) else ""

    @property
    def whatsapp_url(self):
        number = dialled(self.whatsapp)
        return f"https://wa.me/{number[1:]}" if number.startswith("+") else ""
