"""An edition of the official list: what the file says, and what follows from it for each region."""

import csv
import gzip
import hashlib
from collections import defaultdict
from dataclasses import dataclass, field
from decimal import Decimal
from functools import cached_property
from itertools import chain
from pathlib import Path
from typing import NamedTuple

from django.conf import settings
from django.utils.text import slugify

from . import terms
from .models import INDONESIA

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
    last_edition: str


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
        return slugify(self.name)

    def ancestor_code(self, level):
        """The code of its province (1), regency (2) or district (3), itself included; None below its own level."""
        return ".".join(self.code.split(".")[:level]) if level <= self.level else None

    def remember(self, former_name):
        """Be found under a name it had, unless that is a mere other spelling."""
        name = terms.without_kind(former_name)
        if terms.plain(name) not in map(terms.plain, [self.name, *self.former_names]):
            self.former_names.append(name)

    @cached_property
    def search_name(self):
        """Its name as people type it: in one word or several, its abbreviations, its former names."""
        name = terms.plain(self.name)
        words = [name, name.replace(" ", ""), terms.ABBREVIATIONS.get(self.code, "")]
        return " ".join(dict.fromkeys(filter(None, [*words, *map(terms.plain, self.former_names)])))


@dataclass
class Edition:
    """All regions of one edition by code, Indonesia included, and what became of the codes before it."""

    name: str
    rows: dict[str, Row]
    former: list[Former]
    fingerprint: str
    missing: list[str]

    @cached_property
    def former_by_code(self):
        entries = defaultdict(list)
        for entry in self.former:
            entries[entry.code].append(entry)
        return entries

    @classmethod
    def read(cls, path=None, name=None):
        """The list at `path`, or else the one that comes with the project, completed from the reference pack."""
        path = Path(path or BUNDLED)
        pack = Path(settings.KIM_REFERENCE_DATA)
        points = {record["code"]: record for record in read_table(pack / "regions.csv.gz")}
        rows = {INDONESIA: Row(INDONESIA, "negara", "negara", "Indonesia")}
        for record in read_table(path):
            point = points.get(record["code"], {})
            if path == BUNDLED:
                # The pack knows later corrections of names; a list that an operator brings says its own.
                record["name"] = point.get("name", record["name"])
            rows[record["code"]] = make_row({**point, **record})
        if orphans := [row.code for row in rows.values() if row.level and row.parent_code not in rows]:
            raise ValueError(f"regions without their parent: {', '.join(orphans[:5])}")
        return cls(
            name=name or (BUNDLED_NAME if path == BUNDLED else path.name.split(".")[0]),
            rows=rows,
            former=read_former(pack / "former_regions.csv.gz", rows),
            fingerprint=fingerprint(path, pack / "regions.csv.gz", pack / "former_regions.csv.gz"),
            missing=[words for file, words in PACK_FILES.items() if not (pack / file).exists()],
        )


def read_table(path):
    """The records of a CSV file, gzipped or not; none when there is no such file beside the project."""
    if path != BUNDLED and path.parent == Path(settings.KIM_REFERENCE_DATA) and not path.exists():
        return []
    opened = gzip.open(path, "rt", encoding="utf-8") if path.suffix == ".gz" else open(path, encoding="utf-8")
    with opened as file:
        return list(csv.DictReader(file))


def make_row(record):
    kind, local_term, name = terms.kind_and_name(record["code"], record["name"])
    row = Row(record["code"], kind, local_term, name, postal_code=record.get("postal_code", ""))
    if record.get("lat"):
        row.lat, row.lng = Decimal(record["lat"]), Decimal(record["lng"])
    return row


def read_former(path, rows):
    """Former codes and names; each name is also told to the region that bears it no more."""
    former = []
    for record in read_table(path):
        entry = Former(*record.values())
        former.append(entry._replace(name=terms.full_former_name(entry.name)))
        if successor := rows.get(entry.current_code):
            successor.remember(former[-1].name)
    return former


def fingerprint(*paths):
    """What the list and the words we make of it are like: equal fingerprints need no loading."""
    code = [Path(__file__), Path(terms.__file__)]
    contents = (path.read_bytes() if path.exists() else b"-" for path in chain(paths, code))
    return hashlib.sha256(b"".join(hashlib.sha256(content).digest() for content in contents)).hexdigest()
