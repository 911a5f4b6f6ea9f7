"""The photos of an aspiration."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.stored_photo import StoredPhoto
from aspirations.models.aspiration import Aspiration


class AspirationPhotoQuerySet(models.QuerySet):
    def shown(self):
        """Those that everyone may see."""
        return self.filter(is_hidden=False, aspiration__in=Aspiration.objects.public())


class AspirationPhoto(StoredPhoto):
    """A photo that came with an aspiration; the portal keeps nothing of where it was taken."""

    FOLDER = "aspirations"

    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="photos", verbose_name=_("usulan"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    is_hidden = models.BooleanField(_("disembunyikan"), default=False, editable=False)

    objects = AspirationPhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto usulan")
        verbose_name_plural = _("foto usulan")
        ordering = ["position", "pk"]
        triggers = [Audited(region="aspiration__place", personal=["alt"])]
