#!/usr/bin/env bash
# openpyxl 3.1.5: of an XLSX that Excel saved as "Strict Open XML Spreadsheet", which has the same ending and is ISO
# 29500 to the letter, `load_workbook` raises nothing and returns a workbook without a single sheet; the one sign is a
# UserWarning about "an invalid specification for 0", which who reads uploads has silenced. `worksheets[0]` is then an
# IndexError far from the cause, and a loop over the sheets finds an empty file. Its model of the workbook even knows
# the attribute conformance="strict"; what it does not know are the namespaces of that dialect. Excel and LibreOffice
# read both. So look for `purl.oclc.org/ooxml` in xl/workbook.xml, and write the usual names instead.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check openpyxl==3.1.5

"$folder/venv/bin/python" -W ignore - <<'PYTHON' | tee "$folder/seen"
import io
import zipfile

from openpyxl import Workbook, load_workbook

USUAL, STRICT = b"http://schemas.openxmlformats.org/", b"http://purl.oclc.org/ooxml/"
NAMES = {b"spreadsheetml/2006/main": b"spreadsheetml/main"}
NAMES[b"officeDocument/2006/relationships"] = b"officeDocument/relationships"


def rewritten(file, names):
    result = io.BytesIO()
    with zipfile.ZipFile(file) as before, zipfile.ZipFile(result, "w") as after:
        for member in before.namelist():
            content = before.read(member)
            for name, other in names.items():
                content = content.replace(name, other)
            after.writestr(member, content)
    return result


usual, book = io.BytesIO(), Workbook()
book.active.append(["KIM Mekar"])
book.save(usual)
strict = rewritten(usual, {USUAL + name: STRICT + other for name, other in NAMES.items()})
again = rewritten(strict, {STRICT + other: USUAL + name for name, other in NAMES.items()})

for dialect, file in (("usual", usual), ("strict", strict), ("strict, renamed", again)):
    for read_only in (False, True):
        read = load_workbook(file, read_only=read_only)
        rows = [list(sheet.values) for sheet in read.worksheets]
        print(f"{dialect}, read_only={read_only}: {read.sheetnames} {rows}")
PYTHON

diff "$folder/seen" - <<'EXPECTED'
usual, read_only=False: ['Sheet'] [[('KIM Mekar',)]]
usual, read_only=True: ['Sheet'] [[('KIM Mekar',)]]
strict, read_only=False: [] []
strict, read_only=True: [] []
strict, renamed, read_only=False: ['Sheet'] [[('KIM Mekar',)]]
strict, renamed, read_only=True: ['Sheet'] [[('KIM Mekar',)]]
EXPECTED
