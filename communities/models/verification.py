"""How a KIM's papers are checked: what it handed in, and round after round what the officer found."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.community import Community
from communities.models.vocabulary import FormationRule


class PaperQuerySet(models.QuerySet):
    def current(self):
        return self.filter(replaced_at=None)


class Paper(models.Model):
    """A document that a KIM hands in; the newest of its kind counts, the others stay for the officers."""

    Kind = FormationRule.Paper

    community = models.ForeignKey(Community, models.PROTECT, related_name="papers", verbose_name=_("KIM"))
    kind = models.CharField(_("jenis berkas"), max_length=10, choices=Kind)
    file = models.FileField(_("berkas"), upload_to="papers/")
    name = models.CharField(_("nama berkas"), max_length=120)
    size = models.PositiveIntegerField(_("ukuran"))
    sha256 = models.CharField(max_length=64, editable=False)
    uploaded_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+")
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    replaced_at = models.DateTimeField(_("diganti"), null=True)

    objects = PaperQuerySet.as_manager()

    class Meta:
        verbose_name = _("berkas")
        verbose_name_plural = _("berkas")
        ordering = ["kind", "-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["community", "kind"], condition=Q(replaced_at=None), name="one_paper_of_a_kind"
            )
        ]
        triggers = [Audited(region="community__seat")]

    def __str__(self):
        return self.get_kind_display()


class Verification(models.Model):
    """One round of checking: opened when a KIM hands itself in, closed by the officer's decision."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="verifications", verbose_name=_("KIM"))
    opened_at = models.DateTimeField(_("diajukan"), auto_now_add=True)
    closed_at = models.DateTimeField(_("diputuskan"), null=True)
    outcome = models.CharField(_("keputusan"), max_length=20, choices=Community.Status, blank=True)
    note = models.TextField(_("catatan"), blank=True)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("oleh")
    )

    class Meta:
        verbose_name = _("verifikasi")
        verbose_name_plural = _("verifikasi")
        ordering = ["-opened_at"]
        constraints = [
            models.UniqueConstraint(fields=["community"], condition=Q(closed_at=None), name="one_open_verification")
        ]

    def __str__(self):
        return f"{self.community} · {self.opened_at:%d-%m-%Y}"


class CheckedItem(models.Model):
    """What the officer says of one item of the list: in order, or not and why."""

    verification = models.ForeignKey(Verification, models.CASCADE, related_name="items")
    # A subject of communities.requirements.
    subject = models.CharField(_("butir"), max_length=12)
    is_ok = models.BooleanField(_("sesuai"), null=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("butir pemeriksaan")
        verbose_name_plural = _("butir pemeriksaan")
        constraints = [
            models.UniqueConstraint(fields=["verification", "subject"], name="item_checked_once"),
            models.CheckConstraint(
                condition=Q(is_ok=None) | Q(is_ok=True) | ~Q(note=""),
                name="faulty_item_has_note",
                violation_error_message=_("Tulis apa yang perlu diperbaiki."),
            ),
        ]
        triggers = [Audited(region="verification__community__seat")]

    def __str__(self):
        return self.subject
