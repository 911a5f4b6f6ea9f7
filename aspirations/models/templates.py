"""What an office answers again and again."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from regions.models import Region


class AnswerTemplateQuerySet(models.QuerySet):
    def of(self, office):
        """Those of this office and of the regions above it."""
        return self.filter(region__in=[*office.ancestors, office])


class AnswerTemplate(models.Model):
    """A ready answer of a region, which an officer starts from."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah kantor")
    )
    title = models.CharField(_("nama contoh"), max_length=100)
    text = models.TextField(_("isi jawaban"), max_length=4000)

    objects = AnswerTemplateQuerySet.as_manager()

    class Meta:
        verbose_name = _("contoh jawaban")
        verbose_name_plural = _("contoh jawaban")
        ordering = ["title", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "title"],
                name="answer_template_once",
                violation_error_message=_("Contoh dengan nama ini sudah ada."),
            )
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.title
