"""OPD: the agencies of a region to which its office hands a matter, by a link of its own and without an account."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.models import Dispatch
from regions.atlas import FROM_ATLAS
from regions.models import Region


def new_token():
    return secrets.token_urlsafe(32)


class AgencyQuerySet(models.QuerySet):
    def of(self, office):
        """Those to which this office may hand something."""
        return self.filter(region=office, is_active=True)


class Agency(models.Model):
    """An OPD of a region: the office for public works, for health …"""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah kantor")
    )
    name = models.CharField(_("nama OPD"), max_length=150)
    email = models.EmailField(_("surel"), help_text=_("Ke alamat ini tautan setiap usulan dikirim."))
    is_active = models.BooleanField(_("dipakai"), default=True)

    objects = AgencyQuerySet.as_manager()

    class Meta:
        verbose_name = _("OPD")
        verbose_name_plural = _("OPD")
        ordering = ["name"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "name"],
                name="agency_once_in_a_region",
                violation_error_message=_("OPD ini sudah ada di wilayah itu."),
            )
        ]
        triggers = [Audited(region="region", personal=["email"])]

    def __str__(self):
        return self.name


class AgencyTurnQuerySet(models.QuerySet):
    def open(self):
        return self.filter(ended_at=None)

    def with_matter(self):
        """Each with all that its page shows."""
        related = (f"aspiration__{name}" for name in ("community", "sector", "agency"))
        return self.select_related("agency", *related).fetch_mode(FROM_ATLAS)


class AgencyTurn(models.Model):
    """The time an OPD has a matter, and the link by which it reads and answers it; the link dies with the turn."""

    aspiration = models.ForeignKey("aspirations.Aspiration", models.CASCADE, related_name="turns")
    agency = models.ForeignKey(Agency, models.PROTECT, related_name="turns")
    token = models.CharField(max_length=43, unique=True, default=new_token, editable=False)
    # The office says so when the OPD has to call whoever sent it.
    shows_sender = models.BooleanField(_("boleh melihat pengirim"), default=False)
    # The last letter that brought the link; its row is forgotten some time after it left, and this does not hold it.
    letter = models.ForeignKey(
        Dispatch, models.DO_NOTHING, null=True, editable=False, related_name="+", db_constraint=False, db_index=False
    )
    since = models.DateTimeField(_("sejak"), auto_now_add=True)
    ended_at = models.DateTimeField(_("berakhir"), null=True)

    objects = AgencyTurnQuerySet.as_manager()

    class Meta:
        verbose_name = _("giliran OPD")
        verbose_name_plural = _("giliran OPD")
        ordering = ["-since", "-pk"]
        constraints = [models.UniqueConstraint(fields=["aspiration"], condition=Q(ended_at=None), name="one_open_turn")]

    def __str__(self):
        return str(self.agency)

    @property
    def letter_state(self):
        """Whether the letter with the link left, as a sentence; empty where nobody knows any more."""
        letter = Dispatch.objects.filter(pk=self.letter_id).first()
        if letter is None:
            return ""
        if letter.sent_at:
            return _("Surel ke %(email)s sudah terkirim.") % {"email": letter.address}
        if letter.given_up_at:
            return _("Surel ke %(email)s tidak dapat dikirim. Periksa alamatnya.") % {"email": letter.address}
        return _("Surel ke %(email)s sedang dikirim.") % {"email": letter.address}

    @property
    def link(self):
        return reverse("aspirations:agency", args=[self.token])
