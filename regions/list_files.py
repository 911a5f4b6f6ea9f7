"""The list of an edition as somebody brings it: a CSV of any spreadsheet, gzipped or not, read row by row.

Whatever is wrong is a FileRefused: a sentence that names the row.
"""

import gzip
import io
import zlib
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from regions import terms
from regions.models import INDONESIA, Region
from regions.tables import FileRefused, decoded, rows

MIB = 2**20
MAX_FILE = 16 * MIB
# The list of 2025 has 91,599 rows; with points and postal codes they are 5 MiB.
MAX_UNPACKED = 32 * MIB
MAX_ROWS = 200_000
# Of what is wrong with a row, so much of what stands there is repeated.
REPEATED = 40

GZIP = b"\x1f\x8b"
# Spreadsheets, PDFs, pictures, web pages.
OTHER_KINDS = (b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"%PDF", b"\x89PNG", b"\xff\xd8\xff", b"<", b"{", b"SQLite")

# What the headings of the columns may be.
LIST = {
    "code": {"code", "kode", "kode wilayah"},
    "name": {"name", "nama", "nama wilayah"},
    "lat": {"lat", "latitude", "lintang"},
    "lng": {"lng", "lon", "longitude", "bujur"},
    "postal_code": {"postal code", "kode pos"},
}
FORMER = {
    "former_code": {"former code", "kode lama"},
    "former_name": {"former name", "nama lama"},
    "current_code": {"current code", "kode baru", "kode sekarang"},
}
REQUIRED = {"code", "name", *FORMER}
# The corners of Indonesia, in whole degrees.
BOX = {"lat": (-12, 7), "lng": (94, 142)}


def read_list(file):
    """The records of a list of regions, each `(row, {"code", "name", "lat", "lng", "postal_code"})`, parents known."""
    codes = {INDONESIA: 0}
    for row, record in records(file, LIST):
        code = record["code"]
        check_code(row, code)
        check_name(row, record["name"])
        check_kind(row, code, record["name"])
        if code in codes:
            told = {"row": row, "code": code, "other": codes[code]}
            raise FileRefused(_("Baris %(row)s: kode %(code)s sudah ada di baris %(other)s.") % told)
        codes[code] = row
        check_point(row, record)
        if record["postal_code"] and not (len(record["postal_code"]) == 5 and is_digits(record["postal_code"])):
            refuse(row, record["postal_code"], _("Baris %(row)s: kode pos “%(text)s” bukan lima angka."))
        yield row, record
    for code, row in codes.items():
        parent = code.rpartition(".")[0] or INDONESIA
        if parent not in codes:
            told = {"row": row, "code": code, "parent": parent}
            raise FileRefused(_("Baris %(row)s: %(code)s tanpa induk, %(parent)s tidak ada dalam daftar ini.") % told)


def read_former(file):
    """The records of a list of former codes: `(row, {"former_code", "former_name", "current_code"})`."""
    for row, record in records(file, FORMER):
        check_code(row, record["former_code"])
        check_name(row, record["former_name"])
        if record["current_code"]:
            check_code(row, record["current_code"])
        yield row, record


# Rows and columns


def records(file, columns):
    found = ((row, [" ".join(cell.split()) for cell in cells]) for row, cells, _formulas in rows(content_of(file)))
    found = ((row, cells) for row, cells in found if any(cells))
    places, width = columns_of(next(found, (1, []))[1], columns)
    is_empty = True
    for number, (row, cells) in enumerate(found, 1):
        if number > MAX_ROWS:
            raise FileRefused(_("Daftar ini lebih dari %(most)d baris.") % {"most": MAX_ROWS})
        if any(cells[width:]):
            raise FileRefused(_("Baris %(row)s berisi lebih banyak kolom daripada baris judul.") % {"row": row})
        is_empty = False
        yield row, {name: cells[place] if place < len(cells) else "" for name, place in places.items()}
    if is_empty:
        raise FileRefused(_("Tidak ada wilayah dalam berkas ini."))


def columns_of(headings, columns):
    """`({column: where it stands}, how many there are)`; a column that the file lacks is always empty."""
    plain = [terms.plain(heading) for heading in headings]
    places = {}
    for name, words in columns.items():
        found = [place for place, heading in enumerate(plain) if heading in words]
        if len(found) > 1:
            raise FileRefused(_("Ada dua kolom “%(name)s” di baris judul.") % {"name": headings[found[1]]})
        if not found and name in REQUIRED:
            needed = ", ".join(name for name in columns if name in REQUIRED)
            told = {"name": name, "needed": needed}
            raise FileRefused(_("Kolom “%(name)s” tidak ada di baris judul. Yang diperlukan: %(needed)s.") % told)
        places[name] = found[0] if found else len(headings)
    return places, len(headings)


def content_of(file):
    """The text of a binary stream."""
    content = file.read(MAX_FILE + 1)
    if len(content) > MAX_FILE:
        raise FileRefused(_("Berkas lebih besar dari %(most)d MB.") % {"most": MAX_FILE // MIB})
    if content.startswith(GZIP):
        content = unpacked(content)
    if content.lstrip().startswith(OTHER_KINDS):
        raise FileRefused(_("Berkas ini bukan CSV. Simpan daftarnya sebagai CSV (UTF-8), lalu pilih lagi."))
    text = decoded(content)
    if not text.strip():
        raise FileRefused(_("Berkas ini kosong."))
    return text


def unpacked(content):
    try:
        with gzip.GzipFile(fileobj=io.BytesIO(content)) as file:
            content = file.read(MAX_UNPACKED + 1)
    except (OSError, EOFError, zlib.error) as error:
        raise FileRefused(_("Berkas GZ ini rusak atau tidak lengkap. Salin lagi dari asalnya.")) from error
    if len(content) > MAX_UNPACKED:
        raise FileRefused(_("Isi berkas ini terlalu besar untuk daftar wilayah."))
    return content


# Cells


def check_code(row, code):
    if not terms.CODE.fullmatch(code) or code == INDONESIA:
        sentence = _(
            "Baris %(row)s: “%(text)s” bukan kode wilayah seperti 64.02.06.2001. Simpan kolom kode sebagai teks, "
            "supaya 11.10 tidak menjadi 11.1."
        )
        refuse(row, code, sentence)


def check_name(row, name):
    if not name:
        raise FileRefused(_("Baris %(row)s: namanya kosong.") % {"row": row})
    if len(name) > Region._meta.get_field("name").max_length or not name.isprintable():
        refuse(row, name, _("Baris %(row)s: nama “%(text)s” terlalu panjang atau memuat tanda yang tidak terlihat."))


def check_kind(row, code, name):
    level = code.count(".") + 1
    if level == Region.Level.REGENCY and terms.without_kind(name) == name:
        refuse(row, name, _("Baris %(row)s: “%(text)s” harus diawali Kabupaten atau Kota."))
    if level == Region.Level.VILLAGE and code.rpartition(".")[2][0] not in terms.VILLAGE_KINDS:
        refuse(row, code, _("Baris %(row)s: nomor desa dalam %(text)s harus diawali 1, 2, atau 3."))


def check_point(row, record):
    """Points as numbers, in Indonesia or not at all; a decimal comma is one too."""
    said = {name: record[name] for name in BOX}
    if not any(said.values()):
        return
    for name, (least, most) in BOX.items():
        try:
            point = round(Decimal(said[name].replace(",", ".")), 5)
            is_inside = least <= point <= most
        except (InvalidOperation, ValueError, OverflowError):
            is_inside = False
        if not is_inside:
            told = {"row": row} | {name: text[:REPEATED] for name, text in said.items()}
            raise FileRefused(_("Baris %(row)s: titik “%(lat)s; %(lng)s” tidak berada di Indonesia.") % told)
        record[name] = str(point)


def is_digits(text):
    return text.isascii() and text.isdecimal()


def refuse(row, text, sentence):
    raise FileRefused(sentence % {"row": row, "text": text[:REPEATED]})
