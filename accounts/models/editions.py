"""Editions of the list of regions that the ministry brings to the desk: compared first, then loaded."""

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.decisions import StepRefused
from accounts.under_way import UnderWay
from regions.changes import KINDS
from regions.loading import last_edition
from regions.models import LoadedEdition, Region


class EditionUpload(UnderWay):
    """A list of all regions as an officer of the ministry brings it: first the difference, then, on their word, loaded.

    Its verbs are in the order of its life; the worker calls those between `begin` and `end`.
    """

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("menunggu dibandingkan")
        COMPARING = "comparing", _("sedang dibandingkan")
        COMPARED = "compared", _("siap diperiksa")
        APPROVED = "approved", _("menunggu dimuat")
        LOADING = "loading", _("sedang dimuat")
        DONE = "done", _("sudah dimuat")
        FAILED = "failed", _("gagal")
        DISCARDED = "discarded", _("dibuang")

    REACHED_FROM = {
        Status.UPLOADED: [Status.UPLOADED, Status.COMPARING, Status.COMPARED, Status.FAILED],
        Status.COMPARING: [Status.UPLOADED],
        Status.COMPARED: [Status.COMPARING],
        Status.APPROVED: [Status.COMPARED, Status.APPROVED, Status.LOADING],
        Status.LOADING: [Status.APPROVED],
        Status.DONE: [Status.LOADING],
        Status.FAILED: [Status.COMPARING, Status.LOADING],
        Status.DISCARDED: [Status.COMPARED, Status.FAILED],
    }
    UNDER_WAY = [Status.UPLOADED, Status.COMPARING, Status.APPROVED, Status.LOADING]
    AT_BEGINNING = {"steps_done": 0}

    name = models.CharField(_("nama edisi"), max_length=60)
    # Deleted once it is loaded or thrown away.
    file = models.FileField(_("daftar wilayah"), upload_to="editions/", blank=True)
    former_file = models.FileField(_("kode dan nama lama"), upload_to="editions/", blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.UPLOADED, editable=False)
    problem = models.TextField(_("masalah"), blank=True, editable=False)
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dimuat oleh")
    )
    reason = models.CharField(_("alasan"), max_length=300, blank=True, editable=False)
    # The edition that it was compared with, and the one that it became.
    compared_with = models.ForeignKey(LoadedEdition, models.PROTECT, null=True, related_name="+", editable=False)
    loaded = models.OneToOneField(LoadedEdition, models.PROTECT, null=True, related_name="+", editable=False)
    fingerprint = models.CharField(max_length=64, editable=False, blank=True)
    # How many rows of which table name a region that ends, and how many followed when it was loaded: {"KIM": 2}.
    depending = models.JSONField(_("bergantung pada yang berakhir"), default=dict, editable=False)
    followed = models.JSONField(_("ikut berpindah"), default=dict, editable=False)
    # What the worker does, and how much of it is done.
    doing = models.CharField(_("sedang dikerjakan"), max_length=80, blank=True, editable=False)
    steps_done = models.PositiveSmallIntegerField(_("langkah selesai"), default=0, editable=False)
    steps_to_do = models.PositiveSmallIntegerField(_("langkah seluruhnya"), default=1, editable=False)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)

    class Meta:
        verbose_name = _("edisi wilayah")
        verbose_name_plural = _("edisi wilayah")
        ordering = ["-pk"]
        triggers = [Audited(ignored=["file", "former_file", "doing", "steps_done", "steps_to_do", "touched_at"])]

    def __str__(self):
        return self.name

    # Questions

    @property
    def is_loaded_already(self):
        """Whether the edition in force was made of the very same files."""
        return self.compared_with is not None and self.compared_with.fingerprint == self.fingerprint

    @property
    def may_be_discarded(self):
        return self.status in self.REACHED_FROM[self.Status.DISCARDED]

    @property
    def numbers(self):
        """`{kind: {level: how many}}` of its changes, in the order of the kinds; those without any left out."""
        found = {}
        counts = self.changes.order_by().values_list("kind", "level").annotate(models.Count("pk")).order_by("level")
        for kind, level, number in counts:
            found.setdefault(kind, {})[level] = number
        return {kind: found[kind] for kind in KINDS if kind in found}

    @property
    def desk_path(self):
        return reverse("admin:accounts_editionupload_change", args=[self.pk])

    # Verbs

    def start_again(self):
        """Compared once more; or loaded, where an officer said so and the worker was lost. Nothing is done twice."""
        is_approved = self.status in (self.Status.APPROVED, self.Status.LOADING)
        self.move(self.Status.APPROVED if is_approved else self.Status.UPLOADED, problem="", steps_done=0)

    def approve(self, *, by, reason):
        """The officer has seen the difference, and it may be loaded; refused where other regions stand by now."""
        if self.is_outdated:
            raise StepRefused(_("Edisi lain dimuat sesudah perbandingan ini. Bandingkan lagi."))
        if self.is_loaded_already:
            raise StepRefused(_("Edisi ini sudah dimuat."))
        self.move(self.Status.APPROVED, approved_by=by, reason=reason, steps_done=0, doing="")

    @property
    def is_outdated(self):
        """Whether another edition was loaded since the difference was made."""
        last = last_edition()
        return self.compared_with_id != (last and last.pk)

    def end(self, status, **facts):
        super().end(status, doing="", **facts)

    def discard(self):
        """Thrown away without being loaded: its files and its difference go."""
        self.move(self.Status.DISCARDED, finished_at=timezone.now())
        self.changes.all().delete()
        self.let_go_of_files()

    def let_go_of_files(self):
        for file in (self.file, self.former_file):
            if file:
                file.delete(save=False)
        EditionUpload.objects.filter(pk=self.pk).update(file="", former_file="")


class EditionChange(models.Model):
    """One line of the difference that an upload makes: `regions.changes.Change`, and what depends on it."""

    upload = models.ForeignKey(EditionUpload, models.CASCADE, related_name="changes", db_index=False)
    kind = models.CharField(_("perubahan"), max_length=12, choices=KINDS)
    code = models.CharField(_("kode"), max_length=13)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Region.Level)
    name = models.CharField(_("nama"), max_length=140)
    place = models.CharField(_("bagian dari"), max_length=320)
    before = models.CharField(_("sebelumnya"), max_length=160, blank=True)
    successor = models.CharField(_("pengganti"), max_length=160, blank=True)
    # Of a region that ends: what names it, in words.
    depending = ArrayField(models.TextField(), verbose_name=_("bergantung padanya"), default=list)

    class Meta:
        verbose_name = _("perubahan wilayah")
        verbose_name_plural = _("perubahan wilayah")
        ordering = ["code", "pk"]
        indexes = [
            models.Index(fields=["upload", "kind", "code"], name="edition_change_kind"),
            models.Index(fields=["upload", "code"], condition=~Q(depending=[]), name="edition_change_depended_on"),
        ]

    def __str__(self):
        return f"{self.code} {self.name}"
