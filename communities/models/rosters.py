"""Rosters that offices kept before the portal, and what becomes of each of their rows."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.community import Community, StepRefused
from regions.models import Region


class RosterImportQuerySet(models.QuerySet):
    def for_officer(self, user):
        return self.filter(region__in=user.jurisdiction())

    def stuck(self):
        """Begun by a worker that is no more, or never begun."""
        long_ago = timezone.now() - timedelta(minutes=RosterImport.PATIENCE_MINUTES)
        return self.filter(status__in=RosterImport.UNDER_WAY, touched_at__lt=long_ago)


class RosterImport(models.Model):
    """A spreadsheet of KIMs: uploaded, checked as often as one likes, then carried out."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("menunggu diperiksa")
        CHECKING = "checking", _("sedang diperiksa")
        CHECKED = "checked", _("sudah diperiksa")
        APPROVED = "approved", _("menunggu dijalankan")
        CARRYING_OUT = "carrying_out", _("sedang dijalankan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")

    REACHED_FROM = {
        Status.UPLOADED: [Status.CHECKED, Status.FAILED, Status.CHECKING, Status.UPLOADED],
        Status.CHECKING: [Status.UPLOADED],
        Status.CHECKED: [Status.CHECKING],
        Status.FAILED: [Status.CHECKING, Status.CARRYING_OUT],
        Status.APPROVED: [Status.CHECKED, Status.DONE, Status.CARRYING_OUT, Status.APPROVED],
        Status.CARRYING_OUT: [Status.APPROVED],
        Status.DONE: [Status.CARRYING_OUT],
    }
    UNDER_WAY = [Status.UPLOADED, Status.CHECKING, Status.APPROVED, Status.CARRYING_OUT]
    # A worker says more often than this that it is still there.
    PATIENCE_MINUTES = 5

    file = models.FileField(_("berkas"), upload_to="rosters/")
    name = models.CharField(_("nama berkas"), max_length=120)
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", verbose_name=_("wilayah"))
    uploaded_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("diunggah oleh")
    )
    approved_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dijalankan oleh")
    )
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.UPLOADED, editable=False)
    # Why it failed, in a sentence; what was left out of the file, in sentences.
    problem = models.TextField(_("masalah"), blank=True, editable=False)
    remarks = ArrayField(models.TextField(), default=list, blank=True, editable=False)
    headings = ArrayField(models.TextField(), default=list, blank=True, editable=False)
    # Which column of the file is what, as communities.rosters.columns.Column: {"name": 1, "village": 2}.
    columns = models.JSONField(_("kolom"), default=dict, blank=True)
    rows_done = models.PositiveIntegerField(_("baris selesai"), default=0, editable=False)
    rows_to_do = models.PositiveIntegerField(_("baris seluruhnya"), default=0, editable=False)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    touched_at = models.DateTimeField(_("terakhir dikerjakan"), default=timezone.now, editable=False)
    finished_at = models.DateTimeField(_("selesai"), null=True, editable=False)

    objects = RosterImportQuerySet.as_manager()

    class Meta:
        verbose_name = _("impor daftar KIM")
        verbose_name_plural = _("impor daftar KIM")
        ordering = ["-pk"]
        triggers = [Audited(region="region", ignored=["rows_done", "rows_to_do", "touched_at"])]

    def __str__(self):
        return self.name

    # Questions

    @property
    def is_under_way(self):
        return self.status in self.UNDER_WAY

    @property
    def numbers(self):
        """How many rows there are of each status, those without any left out."""
        counts = dict(self.rows.order_by().values_list("status").annotate(models.Count("pk")))
        return {status: counts[status] for status in RosterRow.Status if status in counts}

    # Verbs

    def map_columns(self, columns):
        """A person says which column is what; the file is to be checked again."""
        self._move(self.Status.UPLOADED, columns=columns, problem="")

    def approve(self, *, by):
        """The officer has seen what would happen, and it may happen."""
        self._move(self.Status.APPROVED, approved_by=by, rows_done=0)

    def begin(self, status):
        """Whether this worker, and no other, does it."""
        try:
            self._move(status, rows_done=0)
        except StepRefused:
            return False
        return True

    def progress(self, done, to_do=None):
        facts = {"rows_done": done, "touched_at": timezone.now()}
        RosterImport.objects.filter(pk=self.pk).update(**facts, **({"rows_to_do": to_do} if to_do is not None else {}))

    def end(self, status, **facts):
        self._move(status, finished_at=timezone.now(), **facts)

    def start_again(self):
        """What a lost worker left half done begins anew; nothing is done twice."""
        is_checked = self.status in (self.Status.APPROVED, self.Status.CARRYING_OUT)
        self._move(self.Status.APPROVED if is_checked else self.Status.UPLOADED)

    def _move(self, to, **facts):
        standing = RosterImport.objects.filter(pk=self.pk, status__in=self.REACHED_FROM[to])
        if not standing.update(status=to, touched_at=timezone.now(), **facts):
            raise StepRefused(_("Langkah ini tidak berlaku untuk status daftar sekarang."))
        self.refresh_from_db()


class RosterRow(models.Model):
    """A row of a roster: what it says, where that is, and the KIM that it became."""

    class Status(models.TextChoices):
        MATCHED = "matched", _("cocok")
        AMBIGUOUS = "ambiguous", _("perlu dipilih")
        NOT_FOUND = "not_found", _("tempat tidak ditemukan")
        ERROR = "error", _("perlu diperbaiki")
        DUPLICATE = "duplicate", _("sudah ada")
        IMPORTED = "imported", _("diimpor")

    OPEN = [Status.MATCHED, Status.AMBIGUOUS, Status.NOT_FOUND]

    roster = models.ForeignKey(RosterImport, models.CASCADE, related_name="rows", verbose_name=_("daftar"))
    number = models.PositiveIntegerField(_("baris"))
    cells = ArrayField(models.TextField(blank=True), verbose_name=_("isi"))
    status = models.CharField(_("status"), max_length=10, choices=Status)
    # Sentences for the officer.
    errors = ArrayField(models.TextField(), verbose_name=_("masalah"), default=list, blank=True)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name=_("tempat"))
    # Whether the place is written as in the official list, and whether a person chose it.
    is_exact = models.BooleanField(_("tertulis persis"), default=True)
    is_chosen = models.BooleanField(_("dipilih petugas"), default=False)
    candidates = ArrayField(models.BigIntegerField(), verbose_name=_("kemungkinan"), default=list, blank=True)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", verbose_name=_("KIM"))

    class Meta:
        verbose_name = _("baris daftar")
        verbose_name_plural = _("baris daftar")
        ordering = ["roster", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "number"], name="roster_row_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["matched", "imported"]) | Q(region__isnull=False),
                name="matched_row_has_place",
            ),
        ]
        indexes = [models.Index(fields=["roster", "status", "number"], name="roster_row_status")]

    def __str__(self):
        return f"{self.number}"

    @property
    def by_column(self):
        """`{column: text}` as the columns of the roster are mapped."""
        return {column: self.cells[index] for column, index in self.roster.columns.items() if index < len(self.cells)}

    @property
    def name(self):
        return self.by_column.get("name", "")

    @property
    def choices(self):
        """The places to choose from, the likeliest first."""
        found = {region.pk: region for region in Region.objects.with_names().filter(pk__in=self.candidates)}
        return [found[pk] for pk in self.candidates if pk in found]

    def choose(self, region):
        """The officer says where it is; only a place within the roster's region."""
        if not Region.objects.within(self.roster.region).current().filter(pk=region.pk).exists():
            raise StepRefused(_("Tempat ini di luar wilayah daftar."))
        chosen = RosterRow.objects.filter(pk=self.pk, status__in=self.OPEN)
        if not chosen.update(region=region, status=self.Status.MATCHED, is_chosen=True):
            raise StepRefused(_("Baris ini tidak dapat diubah lagi."))
        self.refresh_from_db()
