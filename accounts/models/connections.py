"""What connections with other systems share: each is of a region, and on until somebody switches it off."""

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.duties import WEBHOOKS
from regions.models import Region


class ConnectionQuerySet(models.QuerySet):
    def on(self):
        return self.filter(disabled_at=None)


class Connection(models.Model):
    """The constraint of each region and a name or address is an index of regions, too."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah"))
    name = models.CharField(_("nama sistem"), max_length=80)
    disabled_at = models.DateTimeField(_("dimatikan"), null=True, editable=False)
    created_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("didaftarkan oleh")
    )
    created_at = models.DateTimeField(_("didaftarkan"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    class Meta:
        abstract = True

    def __str__(self):
        return self.name

    @property
    def is_on(self):
        return self.disabled_at is None

    def decided_by(self, user):
        """Whether this officer looks after it."""
        return user.answers_for(self.region, WEBHOOKS)
