"""What is stored of a roster: the rows of its sheets without the numbers that belong to persons.

A ZIP with a member of JSON lines for each visible sheet, and one with the titles of the hidden ones. The first line of
a sheet says `[title, remarks]`; each other one is a row as `reading.opened` gives it, `[number, cells, columns of
formulas]`, or the sentence why the sheet could not be read on.
"""

import io
import json
import re
import zipfile
from contextlib import contextmanager
from itertools import chain, islice

from django.utils.translation import gettext as _

from accounts.personal_numbers import kinds, without
from accounts.typed import only_seen
from communities.rosters.columns import is_known, is_personal
from regions.tables import FileRefused

HIDDEN, SHEET = "hidden.json", "{}.jsonl"
# Headings come first; and so many rows tell what a column holds whose heading does not say it, three of them at least.
HEADING_WITHIN, LOOKED_AT, TELLING = 30, 200, 3
LONG_NUMBER = re.compile(r"\d{5}")


def is_stored(file):
    """Whether a file was written here, and is no upload."""
    if not zipfile.is_zipfile(file):
        return False
    with zipfile.ZipFile(file) as archive:
        names = archive.namelist()
    return names == [HIDDEN, *(SHEET.format(number) for number in range(len(names) - 1))]


def write(file, hidden, sheets):
    """Keep what may stay of the sheets that `reading.opened` gives."""
    with zipfile.ZipFile(file, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(HIDDEN, json.dumps([without(title) for title in hidden]))
        for number, (title, remarks, rows) in enumerate(sheets):
            with archive.open(SHEET.format(number), "w") as member:
                for line in lines_of(title, remarks, rows):
                    member.write(json.dumps(line).encode() + b"\n")


def lines_of(title, remarks, rows):
    refusal = []
    rows = until_refused(rows, refusal)
    looked_at = list(islice(rows, LOOKED_AT))
    columns = personal_columns(looked_at)
    yield [without(title), [*map(without, remarks), *remarks_on(columns)]]
    for number, cells, formulas in chain(looked_at, rows):
        if formulas or any(cells):
            yield [number, scrubbed(cells, number, columns), sorted(formulas)]
    yield from refusal


def until_refused(rows, refusal):
    """The rows; where they cannot be read on, the sentence is left in the list `refusal`."""
    try:
        yield from rows
    except FileRefused as refused:
        refusal.append(str(refused))


@contextmanager
def opened(file):
    """The sheets of a stored file, as `reading.opened` gives those of an upload."""
    with zipfile.ZipFile(file) as archive:
        yield json.loads(archive.read(HIDDEN)), sheets_in(archive)


def sheets_in(archive):
    for number in range(len(archive.namelist()) - 1):
        lines = lines_in(archive, SHEET.format(number))
        title, remarks = next(lines)
        yield title, remarks, rows_in(lines)


def lines_in(archive, name):
    with archive.open(name) as member:
        for line in io.TextIOWrapper(member):
            yield json.loads(line)


def rows_in(lines):
    for line in lines:
        if isinstance(line, str):
            raise FileRefused(line)
        number, cells, formulas = line
        yield number, cells, set(formulas)


# What may not stay


def personal_columns(rows):
    """`{column: (heading, number of the row below which nothing stays)}`, told by headings or by what they hold."""
    found = {}
    for number, cells, _formulas in heading_rows(rows[:HEADING_WITHIN]):
        for index, cell in enumerate(cells):
            if is_wordy(cell) and is_personal(cell):
                found.setdefault(index, (cell, number))
    width = max((len(cells) for _number, cells, _formulas in rows), default=0)
    for index in set(range(width)) - found.keys():
        column = [cells[index] for _number, cells, _formulas in rows if index < len(cells) and cells[index].strip()]
        numbers = [cell for cell in column if not any(map(str.isalpha, cell)) and kinds(cell)]
        if len(numbers) >= TELLING and 2 * len(numbers) > len(column):
            found[index] = (next(filter(is_wordy, column), _("nomor %(number)s") % {"number": index + 1}), 0)
    return found


def heading_rows(rows):
    """Those with two headings that we know, and the first that has words alone."""
    wordy = None
    for row in rows:
        _number, cells, _formulas = row
        filled = [cell for cell in cells if cell.strip()]
        if wordy is None and len(filled) > 1 and all(map(is_wordy, filled)):
            wordy = row
            yield row
        elif sum(map(is_heading, filled)) > 1:
            yield row


def is_wordy(cell):
    """Whether it may be a heading: "NIK (16 digit)" may, a number may not."""
    return any(map(str.isalpha, cell)) and not LONG_NUMBER.search(cell)


def is_heading(cell):
    return is_wordy(cell) and (is_known(cell) or is_personal(cell))


def remarks_on(columns):
    """A sentence on what was left out, for the officer."""
    if not columns:
        return []
    headings = ", ".join(" ".join(columns[index][0].split()) for index in sorted(columns))
    return [
        _("Tidak dibaca dan tidak disimpan, karena berisi data pribadi: kolom %(headings)s.") % {"headings": headings}
    ]


def scrubbed(cells, number, columns):
    """The cells of a row; of a personal column its headings stay, and what stands above them."""
    return [
        "" if index in columns and number > columns[index][1] and not is_repeated(cell) else masked(cell)
        for index, cell in enumerate(cells)
    ]


def masked(cell):
    """The cell as it will be read, on one line and without what hides in it, and then without numbers."""
    return without(only_seen(cell, one_line=True))


def is_repeated(cell):
    return is_wordy(cell) and is_personal(cell)
