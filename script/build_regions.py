#!/usr/bin/env python3
"""Build regions/data/regions.csv.gz from the CSV files of the npm package idn-area-data.

    npm pack idn-area-data@4.0.1 && tar xf idn-area-data-4.0.1.tgz
    script/build_regions.py package/data

The same input gives the same bytes. regions/data/SOURCES.md says what is changed and under which licence.
"""

import csv
import gzip
import io
import re
import sys
from pathlib import Path

TARGET = Path(__file__).resolve().parent.parent / "regions" / "data" / "regions.csv.gz"

REPAIRS = [
    (re.compile(r"[\"’‘]"), "'"),  # Ra"as and Regapu’u are Ra'as and Regapu'u
    (re.compile(r"(?<=\w) ?- ?(?=\w)"), "-"),  # Kassi - Kassi
    (re.compile(r" ?/ ?"), "/"),  # Wamesa I / Idoor
    (re.compile(r" (?=')(?='\s)"), ""),  # Bua ' Tarrung
    (re.compile(r"[.*\s]+$"), ""),  # a full stop, a mark or a blank left at the end
    (re.compile(r"\s+"), " "),
]


def repaired(name):
    for pattern, replacement in REPAIRS:
        name = pattern.sub(replacement, name)
    return name[0].upper() + name[1:]


def main(folder):
    names = {}
    for part in ("provinces", "regencies", "districts", "villages"):
        with open(Path(folder) / f"{part}.csv", encoding="utf-8", newline="") as file:
            names |= {row["code"]: repaired(row["name"]) for row in csv.DictReader(file)}
    text = io.StringIO()
    rows = csv.writer(text, lineterminator="\n")
    rows.writerow(["code", "name"])
    rows.writerows(sorted(names.items()))
    TARGET.write_bytes(gzip.compress(text.getvalue().encode(), 9, mtime=0))
    print(f"{len(names)} regions, {TARGET.stat().st_size} bytes: {TARGET}")


if __name__ == "__main__":
    main(*sys.argv[1:])
