"""How a KIM's papers are checked: what it handed in, and round after round what the officer found."""

import hashlib

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from communities import requirements
from communities.models.community import Community
from communities.models.vocabulary import FormationRule
from regions.templatetags.places import place_date


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
    # Made by the portal of so many photos of its pages; 0 where it was handed in as it is.
    photo_count = models.PositiveSmallIntegerField(_("foto halaman"), default=0, db_default=0)
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
        return f"{self.get_kind_display()}: {self.name}"


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
        return f"{self.community} · {place_date(self.opened_at, self.community.seat)}"

    @property
    def is_open(self):
        return self.closed_at is None

    @property
    def faults(self):
        """What is not in order, in words for the chair."""
        return [f"{item.label}: {item.note}" for item in self.items.filter(is_ok=False)]

    @property
    def state(self):
        """What has been found so far, as a text that differs when something else is found from another page."""
        found = sorted(self.items.values_list("aspect", "is_ok", "note"))
        return hashlib.sha256(repr(found).encode()).hexdigest()

    def record(self, findings, *, seen):
        """Keep `{aspect: (is_ok, note)}` of an officer who had `seen` the state before; refused if it is another."""
        with transaction.atomic():
            still_open = Verification.objects.select_for_update(no_key=True).filter(pk=self.pk, closed_at=None)
            if not still_open.exists():
                raise StepRefused(_("Pemeriksaan ini sudah diputuskan petugas lain."))
            if self.state != seen:
                raise StepRefused(_("Penilaian KIM ini sudah diubah dari halaman lain, jadi yang ini belum tersimpan."))
            known = {item.aspect: (item.is_ok, item.note) for item in self.items.all()}
            self.items.bulk_create(
                [
                    CheckedItem(verification=self, aspect=aspect, is_ok=is_ok, note=note)
                    for aspect, (is_ok, note) in findings.items()
                    if known.get(aspect, (None, "")) != (is_ok, note)
                ],
                update_conflicts=True,
                unique_fields=["verification", "aspect"],
                update_fields=["is_ok", "note"],
            )

    def require_all_in_order(self):
        """Refuse while an item is faulty, or one that a rule asks for was not looked at."""
        judged = dict(self.items.values_list("aspect", "is_ok"))
        if False in judged.values():
            raise StepRefused(_("Masih ada butir yang tidak sesuai. Mintalah perbaikan, atau ubah penilaiannya."))
        wanted = [item for item in requirements.requirements(self.community) if item.is_required]
        if unseen := [str(item.label) for item in wanted if not judged.get(item.aspect)]:
            raise StepRefused(_("Belum diperiksa: %(items)s.") % {"items": ", ".join(unseen)})


class CheckedItem(models.Model):
    """What the officer says of one item of the list: in order, or not and why."""

    verification = models.ForeignKey(Verification, models.CASCADE, related_name="items", db_index=False)
    # An aspect of communities.requirements.
    aspect = models.CharField(_("butir"), max_length=12)
    is_ok = models.BooleanField(_("sesuai"), null=True)
    note = models.CharField(_("catatan"), max_length=300, blank=True)

    class Meta:
        verbose_name = _("butir pemeriksaan")
        verbose_name_plural = _("butir pemeriksaan")
        constraints = [
            models.UniqueConstraint(fields=["verification", "aspect"], name="item_checked_once"),
            models.CheckConstraint(
                condition=Q(is_ok=None) | Q(is_ok=True) | ~Q(note=""),
                name="faulty_item_has_note",
                violation_error_message=_("Tulis apa yang perlu diperbaiki."),
            ),
        ]
        triggers = [Audited(region="verification__community__seat")]

    def __str__(self):
        return str(self.label)

    @property
    def label(self):
        return requirements.Aspect(self.aspect).label
