"""The rows of a CSV, in whichever encoding and with whichever separator a spreadsheet wrote it."""

import codecs
import csv
import io
import re
from contextlib import nullcontext
from itertools import chain, islice

from django.utils.translation import gettext as _

DELIMITERS = ";,\t|"
LOOKED_AT = 30
CONTROL = re.compile(r"[\x00-\x08\x0e-\x1f]")
BYTE_ORDER_MARKS = {codecs.BOM_UTF8: "utf-8-sig", codecs.BOM_UTF16_LE: "utf-16", codecs.BOM_UTF16_BE: "utf-16"}


class FileRefused(Exception):
    """A file that cannot be read; its text is a sentence for the person who sent it."""


def opened(content):
    """One sheet without a title, as `communities.rosters.workbooks.opened`."""
    return nullcontext(([], [("", [], rows(decoded(content)))]))


def decoded(content):
    for mark, encoding in BYTE_ORDER_MARKS.items():
        if content.startswith(mark):
            return decoded_as(content, encoding)
    if content[:1000].count(0) * 4 > len(content[:1000]):
        # Plain letters in UTF-16 have a NUL beside them: before them or behind them.
        return decoded_as(content, "utf-16-be" if content[:1] == b"\0" else "utf-16-le")
    if b"\0" in content:
        raise FileRefused(
            _("Berkas ini tidak dapat dibaca: ada yang bukan huruf di dalamnya. Simpan lagi sebagai CSV atau XLSX.")
        )
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError:
        return decoded_as(content, "cp1252")


def decoded_as(content, encoding):
    try:
        text = content.decode(encoding)
    except UnicodeDecodeError:
        text = "\0"
    if CONTROL.search(text[:10_000]):
        raise FileRefused(_("Huruf dalam berkas ini tidak dapat dibaca. Simpan sebagai “CSV UTF-8” atau XLSX."))
    return text


def rows(text):
    # Excel writes, and obeys, a first line that names the separator.
    said = re.match(r"sep=([^\w\s\"]|\t)\r?\n", text)
    delimiter = said[1] if said else likely_delimiter(text)
    found = parsed(text[said.end() :] if said else text, delimiter, lines_before=bool(said))
    first = list(islice(found, LOOKED_AT))
    inner = delimiter_within([cells for _number, cells, _formulas in first])
    for number, cells, formulas in chain(first, found):
        yield number, next(csv.reader(cells[:1], delimiter=inner), []) if inner else cells, formulas


def parsed(text, delimiter, lines_before):
    lines, before = list(io.StringIO(text, newline="")), 0
    reader = csv.reader(lines, delimiter=delimiter)
    try:
        for cells in reader:
            require_closed_quotes(lines[before : reader.line_num], delimiter, number=before + 1 + lines_before)
            before = reader.line_num
            # A row is numbered by the line it ends on, as an editor shows it.
            yield reader.line_num + lines_before, cells, set()
    except csv.Error as error:
        raise FileRefused(
            _("Baris %(number)s berkas CSV ini rusak. Simpan lagi dari Excel atau LibreOffice.")
            % {"number": reader.line_num}
        ) from error


def require_closed_quotes(lines, delimiter, number):
    """Refuse a row over several lines whose quotes do not say so: it swallowed the rows below it."""
    if len(lines) < 2:
        return
    try:
        list(csv.reader(lines, delimiter=delimiter, strict=True))
    except csv.Error as error:
        sentence = _(
            "Tanda kutip di baris %(number)s tidak ditutup, jadi baris di bawahnya tidak terbaca. "
            "Perbaiki, lalu coba lagi."
        )
        raise FileRefused(sentence % {"number": number}) from error


def delimiter_within(rows):
    """The separator of rows that lie whole in their first cells: a CSV with commas, saved again where ";" separates."""
    lines = [cells[0] for cells in rows if any(cells)]
    is_one_column = all(cells[0] and not any(cells[1:]) for cells in rows if any(cells))
    if not is_one_column or len(lines) < 2:
        return None
    delimiter = likely_delimiter("\n".join(lines))
    return delimiter if sum(delimiter in line for line in lines) * 2 > len(lines) else None


def likely_delimiter(text):
    """The separator that the most of the first lines have most often."""
    lines = [re.sub(r'"[^"]*"', "", line) for line in text[:20_000].splitlines()[:LOOKED_AT]]
    return max(
        DELIMITERS, key=lambda sign: (sum(sign in line for line in lines), sum(line.count(sign) for line in lines))
    )
