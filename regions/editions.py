"""An edition of the official list: what the file says, and what follows from it for each region."""

import csv
import gzip
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from pathlib import Path
from typing import NamedTuple

from django.conf import settings

from regions import list_files, spelling, terms
from regions.models import INDONESIA
from regions.spelling import key_of

BUNDLED = Path(__file__).resolve().parent / "data" / "regions.csv.gz"
BUNDLED_NAME = "Kepmendagri 300.2.2-2138/2025"

# What the reference pack may bring, and what we say when it does not.
PACK_FILES = {
    "regions.csv.gz": "titik koordinat dan kode pos",
    "former_regions.csv.gz": "kode dan nama lama",
    "provinces.topojson": "batas provinsi",
    "regencies_by_province": "batas kabupaten/kota",
}


class Former(NamedTuple):
    """A code or name of an earlier edition and the code that answers for it now; empty when none surely does."""

    code: str
    name: str
    current_code: str


@dataclass
class Row:
    """One region as the edition has it."""

    code: str
    kind: str
    local_term: str
    name: str
    lat: Decimal | None = None
    lng: Decimal | None = None
    postal_code: str = ""
    former_names: list[str] = field(default_factory=list)

    @cached_property
    def level(self):
        return 0 if self.code == INDONESIA else self.code.count(".") + 1

    @property
    def parent_code(self):
        return None if self.level == 0 else self.code.rpartition(".")[0] or INDONESIA

    @property
    def slug(self):
        return self.plain_name.replace(" ", "-")

    @cached_property
    def plain_name(self):
        return terms.plain(self.name)

    def ancestor_code(self, level):
        """The code of its province (1), regency (2) or district (3), itself included; None below its own level."""
        return ".".join(self.code.split(".")[:level]) if level <= self.level else None

    def remember(self, former_name):
        """Be found under a name it had, unless that is a mere other spelling."""
        name = terms.without_kind(former_name)
        if terms.plain(name) not in [self.plain_name, *map(terms.plain, self.former_names)]:
            self.former_names.append(name)

    @property
    def names(self):
        """Each of its names in the one spelling by which it is looked up."""
        names = [self.name, *terms.other_names(self.code, self.name), *self.former_names]
        return list(dict.fromkeys(map(key_of, names)))

    @cached_property
    def search_name(self):
        """Its name as people type it: in one word or several, its abbreviations, its former names."""
        others = terms.plain(terms.OTHER_NAMES.get(self.code, "")).split()
        words = [self.plain_name, self.plain_name.replace(" ", ""), *others]
        return " ".join(dict.fromkeys([*words, *map(terms.plain, self.former_names)]))


@dataclass
class Edition:
    """All regions of one edition by code, Indonesia included, and what became of the codes before it."""

    name: str
    fingerprint: str
    rows: dict[str, Row]
    former: list[Former]
    # Whether somebody brought the list; it may be younger than that of the project.
    is_brought: bool = False

    @classmethod
    def read(cls, path=BUNDLED, name="", former=None):
        """The list at `path`, completed from the reference pack with points, postal codes and former codes.

        The list that comes with the project is taken as it is; what is wrong in any other is a FileRefused. `former`
        is the path of a list of former codes that stands in for that of the pack.
        """
        points = {record["code"]: record for record in read_table(pack_file("regions.csv.gz"))}
        rows = {INDONESIA: Row(INDONESIA, "negara", "negara", "Indonesia")}
        for record in records_of(path):
            point = points.get(record["code"], {})
            if path == BUNDLED:
                # The pack knows later corrections of names; a list that an operator brings says its own.
                record["name"] = point.get("name", record["name"])
            rows[record["code"]] = make_row(point | {column: text for column, text in record.items() if text})
        entries = read_former(rows, former)
        return cls(name or name_of(path), fingerprint(path, former), rows, entries, is_brought=path != BUNDLED)

    @cached_property
    def former_by_code(self):
        entries = defaultdict(list)
        for entry in self.former:
            entries[entry.code].append(entry)
        return entries


def name_of(path):
    return BUNDLED_NAME if path == BUNDLED else path.name.split(".")[0]


def pack_file(name):
    return Path(settings.KIM_REFERENCE_DATA) / name


def missing_from_pack():
    """What the reference pack does not bring, in words."""
    return [words for name, words in PACK_FILES.items() if not pack_file(name).exists()]


def records_of(path):
    if path == BUNDLED:
        return read_table(path)
    with path.open("rb") as file:
        return [record for _row, record in list_files.read_list(file)]


def read_table(path):
    """The records of a gzipped CSV file of ours or of the reference pack; none when the pack lacks it."""
    if path.parent == Path(settings.KIM_REFERENCE_DATA) and not path.exists():
        return []
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        header, *records = csv.reader(file)
    # A DictReader takes four times as long.
    return [dict(zip(header, record, strict=True)) for record in records]


def make_row(record):
    kind, local_term, name = terms.kind_and_name(record["code"], record["name"])
    row = Row(record["code"], kind, local_term, name, postal_code=record.get("postal_code", ""))
    if record.get("lat"):
        row.lat, row.lng = Decimal(record["lat"]), Decimal(record["lng"])
    return row


def read_former(rows, path=None):
    """Former codes and names, of the pack or of a file; each name is told to the region that bears it no more."""
    former = []
    for record in former_records(path) if path else read_table(pack_file("former_regions.csv.gz")):
        entry = Former(record["former_code"], record["former_name"], record["current_code"])
        former.append(entry._replace(name=terms.full_former_name(entry.name)))
        if successor := rows.get(entry.current_code):
            successor.remember(former[-1].name)
    return former


def former_records(path):
    with path.open("rb") as file:
        return [record for _row, record in list_files.read_former(file)]


def fingerprint(path, former=None):
    """What the files and the words we make of them are like: with an equal fingerprint there is nothing to load."""
    files = [
        path,
        pack_file("regions.csv.gz"),
        former or pack_file("former_regions.csv.gz"),
        Path(__file__),
        Path(terms.__file__),
        Path(spelling.__file__),
    ]
    contents = (file.read_bytes() if file.exists() else b"" for file in files)
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()
