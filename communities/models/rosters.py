"""Rosters that offices kept before the portal, and what becomes of each of their rows."""

import re

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import StepRefused
from accounts.personal_numbers import MASK
from accounts.typed import as_words
from accounts.under_way import UnderWay, UnderWayQuerySet
from communities.models.community import Community
from communities.rosters.columns import OF_THE_KIM, Column
from regions.models import Region


class RosterImportQuerySet(UnderWayQuerySet):
    def with_uploads(self):
        """Of which the file is still as it was sent."""
        return self.exclude(file="").exclude(file__endswith=RosterImport.STORED_SUFFIX)


class RosterImport(UnderWay):
    """A spreadsheet of KIMs: uploaded, checked as often as one likes, then carried out."""

    class Status(models.TextChoices):
        UPLOADED = "uploaded", _("menunggu diperiksa")
        CHECKING = "checking", _("sedang diperiksa")
        CHECKED = "checked", _("sudah diperiksa")
        APPROVED = "approved", _("menunggu dijalankan")
        CARRYING_OUT = "carrying_out", _("sedang dijalankan")
        DONE = "done", _("selesai")
        FAILED = "failed", _("gagal")
        UNDOING = "undoing", _("sedang dibatalkan")
        UNDONE = "undone", _("dibatalkan")

    REACHED_FROM = {
        Status.UPLOADED: [Status.CHECKED, Status.FAILED, Status.CHECKING, Status.UPLOADED],
        Status.CHECKING: [Status.UPLOADED],
        Status.CHECKED: [Status.CHECKING],
        Status.FAILED: [Status.CHECKING, Status.CARRYING_OUT],
        Status.APPROVED: [Status.CHECKED, Status.DONE, Status.CARRYING_OUT, Status.APPROVED],
        Status.CARRYING_OUT: [Status.APPROVED],
        Status.DONE: [Status.CARRYING_OUT, Status.UNDOING],
        Status.UNDOING: [Status.DONE, Status.FAILED, Status.UNDOING],
        Status.UNDONE: [Status.UNDOING],
    }
    UNDER_WAY = [Status.UPLOADED, Status.CHECKING, Status.APPROVED, Status.CARRYING_OUT, Status.UNDOING]
    AT_BEGINNING = {"rows_done": 0}
    # How the names of files end that hold nobody's numbers.
    STORED_SUFFIX = ".rows.zip"

    # The upload until the worker has read it, then what is stored of it (communities.rosters.stored) until it was
    # carried out; else empty
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
    # Its visible sheets: [{"title": …, "status": a rosters.sheets.Status, "why": …, "rows": …, "place": …}].
    sheets = models.JSONField(_("lembar"), default=list, blank=True, editable=False)
    # Which of them a person wants to be read: {title: bool}.
    wanted_sheets = models.JSONField(_("lembar yang dibaca"), default=dict, blank=True, editable=False)
    # Whether 9/11/19 is the 11th of September, said by a person; asked where a date like this one is no other.
    month_first = models.BooleanField(_("bulan ditulis dahulu"), null=True, editable=False)
    month_first_example = models.CharField(max_length=40, blank=True, editable=False)
    # Which column of the file is what, as communities.rosters.columns.Column: {"name": 1, "village": 2}.
    columns = models.JSONField(_("kolom"), default=dict, blank=True)
    rows_done = models.PositiveIntegerField(_("baris selesai"), default=0, editable=False)
    rows_to_do = models.PositiveIntegerField(_("baris seluruhnya"), default=0, editable=False)
    uploaded_at = models.DateTimeField(_("diunggah"), auto_now_add=True)
    undone_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("dibatalkan oleh")
    )

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
    def unclear_sheets(self):
        return [sheet for sheet in self.sheets if sheet["status"] == "unclear"]

    @property
    def has_sheets(self):
        """Whether rows have to say in which sheet they stand."""
        return len(self.sheets) > 1

    @property
    def asks_for_order_of_dates(self):
        return bool(self.month_first_example) and self.month_first is None

    @property
    def asks(self):
        """Whether a person has to say something before it can be carried out."""
        return bool(self.unclear_sheets) or self.asks_for_order_of_dates

    @property
    def state(self):
        """Changes with every change of its rows."""
        return self.touched_at.isoformat()

    @property
    def may_be_undone(self):
        """Whether it made anything, and no worker has it; what was added since may still forbid it."""
        return self.status in (self.Status.DONE, self.Status.FAILED) and self.rows.took_part().exists()

    @property
    def may_run(self):
        return self.status in (self.Status.CHECKED, self.Status.DONE) and not self.asks

    @property
    def is_open(self):
        """Whether its sheets, columns and rows may still be read otherwise: nothing of it became a KIM yet."""
        return self.status in (self.Status.CHECKED, self.Status.FAILED)

    @property
    def numbers(self):
        """How many rows there are of each status, those without any left out."""
        counts = dict(self.rows.order_by().values_list("status").annotate(models.Count("pk")))
        return {status: counts[status] for status in RosterRow.Status if status in counts}

    # Verbs

    def map_columns(self, columns):
        """A person says which column is what; the file is to be checked again."""
        self.move(self.Status.UPLOADED, columns=columns, problem="")

    def choose_sheets(self, wanted):
        """A person says which sheets are read, `{title: bool}`; the file is to be checked again."""
        self.move(self.Status.UPLOADED, wanted_sheets=wanted, problem="")

    def order_dates(self, month_first):
        """A person says how 9/11/19 is meant; the file is to be checked again."""
        self.move(self.Status.UPLOADED, month_first=month_first)

    def keep_rows(self, pks):
        """A person says that these rows are KIMs after all; the file is to be checked again."""
        with transaction.atomic():
            self.move(self.Status.UPLOADED)
            self.rows.filter(pk__in=pks, status=RosterRow.Status.LEFT_OUT).update(is_kept=True)

    def approve(self, *, by, seen=None):
        """The officer has seen what would happen, and it may happen; refused when `seen` is no longer its state."""
        if self.asks:
            raise StepRefused(_("Jawab dahulu pertanyaan tentang isi berkas."))
        if seen is not None and seen != self.state:
            raise StepRefused(_("Daftar ini berubah sejak Anda membuka ringkasannya. Periksa sekali lagi."))
        self.move(self.Status.APPROVED, touched_at=seen and self.touched_at, approved_by=by, rows_done=0)

    def ask_to_undo(self, *, by):
        """The officer wants back what it was before the import; a worker looks whether that is still possible."""
        self.move(self.Status.UNDOING, undone_by=by, problem="", rows_done=0)

    def progress(self, done, to_do=None):
        facts = {"rows_done": done, "touched_at": timezone.now()}
        RosterImport.objects.filter(pk=self.pk).update(**facts, **({"rows_to_do": to_do} if to_do is not None else {}))

    def start_again(self):
        """What a lost worker left half done begins anew; nothing is done twice."""
        if self.status == self.Status.UNDOING:
            self.move(self.Status.UNDOING)
            return
        is_checked = self.status in (self.Status.APPROVED, self.Status.CARRYING_OUT)
        self.move(self.Status.APPROVED if is_checked else self.Status.UPLOADED)


class RosterRowQuerySet(models.QuerySet):
    def took_part(self):
        """The rows that became a KIM, or filled in what a KIM lacked."""
        return self.filter(Q(status=RosterRow.Status.IMPORTED) | ~Q(filled=[]))

    def may_do_without(self):
        """The rows that would be in order without the cells that cannot be read; none without a name."""
        wrong = self.filter(status=RosterRow.Status.ERROR, errors=[]).exclude(faults={})
        return wrong.exclude(faults__has_key="name")

    def store(self, rows, columns):
        """Write these columns of rows that are there; one statement with values, which bulk_update's CASEs are not."""
        self.bulk_create(rows, update_conflicts=True, unique_fields=["pk"], update_fields=columns)


class RosterRow(models.Model):
    """A row of a roster: what it says, where that is, and the KIM that it became."""

    class Status(models.TextChoices):
        MATCHED = "matched", _("cocok")
        AMBIGUOUS = "ambiguous", _("perlu dipilih")
        NOT_FOUND = "not_found", _("tempat tidak ditemukan")
        ERROR = "error", _("perlu diperbaiki")
        DUPLICATE = "duplicate", _("sudah ada")
        IMPORTED = "imported", _("diimpor")
        LEFT_OUT = "left_out", _("dilewati")

    # What may become a KIM once it is clear what it says, and where that is.
    OPEN = [Status.MATCHED, Status.AMBIGUOUS, Status.NOT_FOUND, Status.ERROR]
    # For a person to look at.
    WAITING = [Status.AMBIGUOUS, Status.NOT_FOUND, Status.ERROR]

    roster = models.ForeignKey(
        RosterImport, models.CASCADE, related_name="rows", db_index=False, verbose_name=_("daftar")
    )
    # Its sheet, an index into `roster.sheets`, and its number there.
    sheet = models.PositiveSmallIntegerField(_("lembar"), default=0, db_default=0)
    number = models.PositiveIntegerField(_("baris"))
    cells = ArrayField(models.TextField(blank=True), verbose_name=_("isi"))
    # What a person wrote in place of a cell, as {column: text}; nothing, where the KIM comes in without it.
    corrections = models.JSONField(_("pembetulan"), default=dict, db_default={}, blank=True)
    status = models.CharField(_("status"), max_length=10, choices=Status)
    # Sentences for the officer: of the row; of cells that cannot be read, and of cells that are read in part.
    errors = ArrayField(models.TextField(), verbose_name=_("masalah"), default=list, blank=True)
    faults = models.JSONField(_("sel yang salah"), default=dict, db_default={}, blank=True)
    hints = models.JSONField(_("sel yang diambil sebagian"), default=dict, db_default={}, blank=True)
    # A person says that it is a KIM, although it looks like a sum, a signature or a note.
    is_kept = models.BooleanField(_("dibaca atas pilihan petugas"), default=False, db_default=False)
    region = models.ForeignKey(Region, models.PROTECT, null=True, related_name="+", verbose_name=_("tempat"))
    # Whether the place is written as in the official list, and whether a person chose it.
    is_exact = models.BooleanField(_("tertulis persis"), default=True)
    is_chosen = models.BooleanField(_("dipilih petugas"), default=False)
    candidates = ArrayField(models.BigIntegerField(), verbose_name=_("kemungkinan"), default=list, blank=True)
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", verbose_name=_("KIM"))
    # What carrying it out did besides: columns of a KIM that was there already, and a decree nobody had.
    filled = ArrayField(models.CharField(max_length=40), verbose_name=_("dilengkapi"), default=list, db_default=[])
    made_decree = models.BooleanField(_("membuat SK"), default=False, db_default=False)

    objects = RosterRowQuerySet.as_manager()

    class Meta:
        verbose_name = _("baris daftar")
        verbose_name_plural = _("baris daftar")
        ordering = ["roster", "sheet", "number"]
        constraints = [
            models.UniqueConstraint(fields=["roster", "sheet", "number"], name="roster_row_once"),
            models.CheckConstraint(
                condition=~Q(status__in=["matched", "imported"]) | Q(region__isnull=False),
                name="matched_row_has_place",
            ),
        ]
        indexes = [models.Index(fields=["roster", "status", "sheet", "number"], name="roster_row_status")]

    def __str__(self):
        return self.position_in_file

    @property
    def sheet_title(self):
        """The sheet it stands in; "" where the file has only one."""
        return self.roster.sheets[self.sheet]["title"] if self.roster.has_sheets else ""

    @property
    def position_in_file(self):
        """Where a person finds it: "14", or "Loa Kulu, 14" in a file of several sheets."""
        return ", ".join(filter(None, [self.sheet_title, f"{self.number}"]))

    @property
    def by_column(self):
        """`{column: text}` as the columns of the roster are mapped, and as a person wrote it since."""
        columns, width = self.roster.columns.items(), len(self.cells)
        return {column: self.cells[index] for column, index in columns if index < width} | self.corrections

    @property
    def text(self):
        """Its cells as they are read now: what a person wrote stands in the place of what they replaced."""
        columns, said = self.roster.columns, dict(enumerate(self.cells))
        said |= {columns[column]: text for column, text in self.corrections.items() if column in columns}
        return [said.get(index, "") for index in range(max(said, default=-1) + 1)]

    @property
    def name(self):
        return self.by_column.get("name", "")

    @property
    def problems(self):
        """All the sentences of what keeps it from becoming a KIM."""
        return [*self.errors, *self.faults.values()]

    @property
    def choices(self):
        """The places to choose from, the likeliest first."""
        found = {region.pk: region for region in Region.objects.with_names().filter(pk__in=self.candidates)}
        return [found[pk] for pk in self.candidates if pk in found]

    def mask(self, words):
        """Let it say nothing any more of somebody who is called so; what it says of the KIM itself stays.

        The telephone of a row that names them as chair is theirs.
        """
        traces = as_words(words, re.IGNORECASE)
        is_theirs = bool(traces.search(self.by_column.get(Column.CHAIR, "")))
        columns = {index: column for column, index in self.roster.columns.items()}

        def masked(column, text):
            if column in OF_THE_KIM:
                return text
            return MASK if is_theirs and column == Column.PHONE and text else traces.sub(MASK, text)

        self.cells = [masked(columns.get(index), cell) for index, cell in enumerate(self.cells)]
        self.corrections = {column: masked(column, text) for column, text in self.corrections.items()}
        self.save(update_fields=["cells", "corrections"])

    def settle(self):
        """The status that follows from what is known of the row, but for KIMs that are there already."""
        if self.errors or self.faults:
            self.status = self.Status.ERROR
        elif self.region_id:
            self.status = self.Status.MATCHED
        else:
            self.status = self.Status.AMBIGUOUS if self.candidates else self.Status.NOT_FOUND

    def choose(self, region):
        """The officer says where it is; only a place within the roster's region."""
        if not Region.objects.within(self.roster.region).current().filter(pk=region.pk).exists():
            raise StepRefused(_("Tempat ini di luar wilayah daftar."))
        self.refresh_from_db(fields=["faults"])
        status = self.Status.ERROR if self.faults else self.Status.MATCHED
        chosen = RosterRow.objects.filter(pk=self.pk, status__in=self.OPEN)
        if not chosen.update(region=region, status=status, is_chosen=True, errors=[]):
            raise StepRefused(_("Baris ini tidak dapat diubah lagi."))
        self.refresh_from_db()
