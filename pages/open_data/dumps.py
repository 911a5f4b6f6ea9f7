"""All rows of a list in one file, made anew each night and read without the rows that were taken off since.

A file is a row of gzip members, which any program reads as one file: the headings, then BLOCK rows each. Beside it
stands which primary keys each member holds. A member that holds a row taken off since is written again, without it, on
its way out; all others leave as they lie on the disk. A new file takes the place of the old one when it is whole.
"""

import csv
import fcntl
import io
import json
import os
import uuid
import zlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from datetime import datetime
from itertools import batched
from pathlib import Path

from django.conf import settings
from django.db import models, transaction
from django.utils import timezone

from pages.open_data.answers import dumps
from pages.open_data.resources import Resource, csv_text

BLOCK = 2000
FORMATS = ("csv", "jsonl")
# Steps whose number is lower than that of the last one may not be committed when a dump begins.
UNCOMMITTED = 1000
FASTEST = 1
GZIP = 31  # what zlib calls a window with the header of gzip


@dataclass
class Written:
    """One file: its name, size, and members as `(begins, length, first key, last key)`; the headings have no keys."""

    name: str
    size: int = 0
    members: list = field(default_factory=list)


@dataclass
class Made:
    """What was made of a dump, and when; `mark` is the last step of any row that it may know of."""

    at: str
    mark: int
    rows: int
    files: dict[str, Written]

    @property
    def made_at(self):
        return datetime.fromisoformat(self.at)


@dataclass(frozen=True)
class Dump:
    """A list in one file: `rows()` are all that it holds, `still()` those of them that what was written is true of.

    `steps` are the moves of its rows from status to status, by `of`; a row that moved since and is not `still` there
    is left out. A row is known by `key`, the first of its fields.
    """

    resource: Resource
    rows: Callable[[], models.QuerySet]
    still: Callable[[], models.QuerySet]
    key: str
    steps: type[models.Model] | None = None
    of: str = ""

    @property
    def name(self):
        return self.resource.name

    def write(self):
        """Make both files; the former ones are read until they are whole. None while somebody else makes them."""
        folder().mkdir(parents=True, exist_ok=True)
        with alone(folder() / f"{self.name}.lock") as is_alone:
            return self._write() if is_alone else None

    def _write(self):
        former, made = self.made(), Made(timezone.now().isoformat(), self.last_step(), 0, new_files(self.name))
        try:
            self._fill(made)
            self._tell(made)
        except BaseException:
            for file in made.files.values():
                (folder() / file.name).unlink(missing_ok=True)
            raise
        self._sweep(made, former)
        return made

    def _fill(self, made):
        with transaction.atomic():  # outside of one, PostgreSQL would first write all rows to its disk
            rows = self.resource.rows(self.rows()).order_by("pk").iterator(chunk_size=BLOCK)
            append(made.files["csv"], csv_text([self.resource.headings]), None, None)
            append(made.files["jsonl"], "", None, None)
            for block in batched(rows, BLOCK, strict=False):
                made.rows += len(block)
                records = [self.resource.record(row) for row in block]
                append(made.files["csv"], csv_text(map(self.resource.cells, records)), block[0].pk, block[-1].pk)
                append(made.files["jsonl"], json_text(records), block[0].pk, block[-1].pk)

    def _tell(self, made):
        told = folder() / f"{self.name}.new"
        told.write_text(json.dumps(asdict(made)))
        os.replace(told, self._said)

    def _sweep(self, *kept_ones):
        # Somebody may just be about to open the former one. What is older, or was left by one that was killed, goes.
        kept = {file.name for one in kept_ones if one for file in one.files.values()}
        for path in folder().glob(f"{self.name}-*.gz"):
            if path.name not in kept:
                path.unlink(missing_ok=True)

    @property
    def _said(self) -> Path:
        return folder() / f"{self.name}.json"

    def made(self) -> Made | None:
        """What there is of it now, or None."""
        try:
            said = json.loads(self._said.read_text())
        except FileNotFoundError:
            return None
        return Made(**said | {"files": {format: Written(**file) for format, file in said["files"].items()}})

    def last_step(self):
        if self.steps is None:
            return 0
        return max(0, (self.steps.objects.order_by("-pk").values_list("pk", flat=True).first() or 0) - UNCOMMITTED)

    def taken_off(self, made):
        """`{primary key: key}` of the rows that it holds and that are not there any more, or not as they were."""
        if self.steps is None:
            return {}
        moved = set(self.steps.objects.filter(pk__gt=made.mark).values_list(self.of, flat=True))
        gone = moved - set(self.still().filter(pk__in=moved).values_list("pk", flat=True))
        return dict(self.rows().model._base_manager.filter(pk__in=gone).values_list("pk", self.key))

    def read(self, made, format, gone) -> Iterator[bytes]:
        """The file, in pieces, without the rows that are `gone`."""
        keys = {str(key) for key in gone.values()}
        with (folder() / made.files[format].name).open("rb") as file:
            for begins, length, first, last in made.files[format].members:
                file.seek(begins)
                piece = file.read(length)
                if first is not None and any(first <= pk <= last for pk in gone):
                    piece = packed(WITHOUT[format](zlib.decompress(piece, GZIP).decode(), keys))
                yield piece


def folder() -> Path:
    return Path(settings.MEDIA_ROOT) / "data-terbuka"


@contextmanager
def alone(path):
    """Whether nobody else holds this file; whoever is killed lets it go."""
    with path.open("w") as file:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            yield False
        else:
            yield True


def new_files(name):
    number = uuid.uuid4().hex[:12]
    return {format: Written(f"{name}-{number}.{format}.gz") for format in FORMATS}


def append(file, text, first, last):
    piece = packed(text)
    with (folder() / file.name).open("ab") as out:
        out.write(piece)
    file.members.append((file.size, len(piece), first, last))
    file.size += len(piece)


def packed(text):
    packer = zlib.compressobj(FASTEST, zlib.DEFLATED, GZIP)
    return packer.compress(text.encode()) + packer.flush()


def json_text(records):
    return "".join(f"{dumps(record)}\n" for record in records)


def csv_without(text, keys):
    """The lines as they are, without those of rows whose first cell is one of these keys."""
    kept, own = [], []
    for row in csv.reader(told(io.StringIO(text, newline=""), own)):
        if row[0] not in keys:
            kept += own
        own.clear()
    return "".join(kept)


def told(lines, into):
    """The lines, each noted in `into`: a cell may go on over several of them."""
    for line in lines:
        into.append(line)
        yield line


def json_without(text, keys):
    lines = text.split("\n")[:-1]  # a text may hold other signs at which splitlines() would end a line
    return "".join(f"{line}\n" for line in lines if str(next(iter(json.loads(line).values()))) not in keys)


WITHOUT = {"csv": csv_without, "jsonl": json_without}
