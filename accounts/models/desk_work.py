"""How several officers work at one queue: who reads what, what they note for each other, the words they keep ready.

What is about a row is about one of any table, by its table and key.
"""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.decisions import ReasonedDeed
from regions.models import Region


class AboutARow(models.Model):
    table = models.CharField(_("jenis data"), max_length=60, editable=False)
    object_id = models.BigIntegerField(_("nomor data"), editable=False)

    class Meta:
        abstract = True


class AboutARowQuerySet(models.QuerySet):
    def about(self, row):
        return self.filter(table=row._meta.label_lower, object_id=row.pk)

    def keys_in(self, model):
        """The keys of the rows of a table that these are about."""
        return self.filter(table=model._meta.label_lower).values("object_id")


class ReadingQuerySet(AboutARowQuerySet):
    def current(self):
        return self.filter(until__gt=timezone.now())

    def begin(self, row, *, by, takes_over=False):
        """Whoever reads it now: this officer, where nobody else does or where they knowingly take over."""
        now = timezone.now()
        free = Q() if takes_over else Q(by=by) | Q(until__lte=now)
        mine = {"by": by, "until": now + self.model.LASTS}
        if not self.about(row).filter(free).update(**mine):
            self.get_or_create(table=row._meta.label_lower, object_id=row.pk, defaults=mine)
        return self.about(row).select_related("by").get()

    def of_others(self, row, user):
        """The reading of a colleague, if one reads it now."""
        return self.current().about(row).exclude(by=user).select_related("by").first()

    def end(self, row, *, by):
        self.about(row).filter(by=by).delete()


class Reading(AboutARow):
    """An officer has a thing of a queue open: for ten minutes, or until they decide; it never hinders, it warns."""

    LASTS = timedelta(minutes=10)

    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="+")
    until = models.DateTimeField()

    objects = ReadingQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["table", "object_id"], name="read_by_one")]

    def __str__(self):
        return f"{self.table} {self.object_id}"


class DeskNote(AboutARow):
    """What officers tell each other about a thing; no page, mail or file for others ever shows it."""

    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah"))
    text = models.TextField(_("catatan intern"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    objects = AboutARowQuerySet.as_manager()

    class Meta:
        verbose_name = _("catatan intern petugas")
        verbose_name_plural = _("catatan intern petugas")
        ordering = ["-pk"]
        indexes = [models.Index(fields=["table", "object_id", "-id"], name="desk_notes_about")]
        triggers = [Audited(region="region", personal=["text"])]

    def __str__(self):
        return Truncator(self.text).chars(60)


class ReasonTemplateQuerySet(models.QuerySet):
    def of(self, place, deeds):
        """Those for these deeds of the office of a place, and of the regions above it."""
        return self.filter(region__in=[*place.ancestors, place], deeds__overlap=list(deeds))


class ReasonTemplate(models.Model):
    """A ready reason of a region, from which an officer starts."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah kantor")
    )
    deeds = ArrayField(models.CharField(max_length=30, choices=ReasonedDeed.choices), verbose_name=_("untuk keputusan"))
    title = models.CharField(_("nama contoh"), max_length=100)
    text = models.TextField(_("isi alasan"), max_length=1000)

    objects = ReasonTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("contoh alasan")
        verbose_name_plural = _("contoh alasan")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title"],
                name="reason_template_once",
                violation_error_message=_("Contoh dengan nama ini sudah ada."),
            )
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.title
