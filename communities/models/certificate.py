"""The certificate (piagam) of an inaugurated KIM, which anyone can check by its code."""

import secrets

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.community import Community
from communities.models.decrees import Decree


def new_token():
    return secrets.token_urlsafe(16)


class Certificate(models.Model):
    """Handed out with a decree; what it says today is read from the KIM as it stands today."""

    class Standing(models.TextChoices):
        VALID = "valid", _("BERLAKU")
        EXPIRED = "expired", _("KEDALUWARSA")
        REVOKED = "revoked", _("DICABUT")

    token = models.CharField(max_length=32, unique=True, default=new_token, editable=False)
    community = models.ForeignKey(Community, models.PROTECT, related_name="certificates", verbose_name=_("KIM"))
    decree = models.ForeignKey(Decree, models.PROTECT, related_name="certificates", verbose_name=_("SK"))
    # As it was called on that day: renaming an office alters no old document.
    office_name = models.CharField(_("kantor penerbit"), max_length=150)
    issued_at = models.DateTimeField(_("diterbitkan"), default=timezone.now)
    replaced_at = models.DateTimeField(_("diganti"), null=True)

    class Meta:
        verbose_name = _("piagam")
        verbose_name_plural = _("piagam")
        ordering = ["-issued_at", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community"], condition=Q(replaced_at=None), name="one_certificate_at_a_time"
            )
        ]
        triggers = [Audited(region="community__seat", ignored=["token"])]

    def __str__(self):
        return f"{self.community} · {self.decree}"

    def get_absolute_url(self):
        return reverse("communities:certificate", args=[self.token])

    @property
    def standing(self):
        """Whether it holds today."""
        is_over = self.decree.is_over_at(self.community.seat)
        if self.replaced_at or is_over or self.community.status == Community.Status.EXPIRED:
            return self.Standing.EXPIRED
        inaugurated = self.community.status == Community.Status.INAUGURATED
        return self.Standing.VALID if inaugurated else self.Standing.REVOKED
