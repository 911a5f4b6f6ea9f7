"""Whether an XLSX may be opened at all, decided from its archive before any of it is read as a spreadsheet."""

import zipfile
import zlib
from contextlib import contextmanager

from django.utils.translation import gettext as _

from regions.tables import FileRefused

MIB = 2**20
MAX_MEMBERS = 300
# 5,000 rows of thirty columns unpack to some 6 MiB; a bomb of 199 kB unpacks to hundreds.
MAX_UNPACKED = 24 * MIB
MAX_MEMBER = 12 * MIB
# Every one of these is held in memory while the sheet is read.
MAX_SHARED_TEXTS = 4 * MIB

PLAIN_METHODS = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
ENCRYPTED = 0x1
# What an ODS or another paper of LibreOffice says of itself, in one of these members, the first of them as plain text.
OPEN_DOCUMENT = b"application/vnd.oasis.opendocument"
SAYING_WHAT_IT_IS = {"mimetype", "[Content_Types].xml"}

# What openpyxl, the XML parser and the archive say of files that are not what they claim to be.
READING_ERRORS = (
    *(ArithmeticError, AttributeError, LookupError, OSError, SyntaxError, TypeError, ValueError),
    *(zipfile.BadZipFile, zlib.error, NotImplementedError, EOFError),
)


@contextmanager
def in_sentences():
    try:
        yield
    except READING_ERRORS as error:
        raise FileRefused(_("Berkas ini tidak dapat dibaca. Simpan lagi sebagai XLSX atau CSV.")) from error


def open_archive(file):
    """The ZipFile of an XLSX that is no larger than it says, and holds nothing that runs or leads elsewhere."""
    try:
        archive = zipfile.ZipFile(file)
        check_members(archive)
        check_sizes(archive)
    except (zipfile.BadZipFile, NotImplementedError, OSError, EOFError, ValueError, RuntimeError) as error:
        file.seek(0)
        if OPEN_DOCUMENT in file.read():
            raise no_workbook() from error
        raise FileRefused(_("Berkas XLSX ini rusak. Buka di Excel atau LibreOffice, lalu simpan lagi.")) from error
    return archive


def no_workbook():
    return FileRefused(_("Berkas ini bukan XLSX. Simpan daftar sebagai XLSX atau CSV."))


def is_open_document(archive):
    """Whether it says so and nothing else; a workbook in which an ODS is embedded names both."""
    members = [member for member in archive.infolist() if member.filename in SAYING_WHAT_IT_IS]
    said = [archive.open(member).read(MIB) for member in members]
    return any(OPEN_DOCUMENT in text and b"spreadsheetml" not in text for text in said)


def check_members(archive):
    members = archive.infolist()
    names = {member.filename for member in members}
    if "xl/workbook.xml" not in names:
        raise no_workbook()
    if len(members) != len(names) or any(member.compress_type not in PLAIN_METHODS for member in members):
        raise zipfile.BadZipFile
    if any(member.flag_bits & ENCRYPTED for member in members):
        raise FileRefused(_("Berkas ini dikunci dengan kata sandi. Simpan tanpa kata sandi."))
    if is_open_document(archive):
        raise no_workbook()
    if any(name.lower().endswith("vbaproject.bin") for name in names):
        raise FileRefused(_("Berkas ini berisi makro. Simpan sebagai XLSX tanpa makro, atau sebagai CSV."))
    if any(name.lower().startswith("xl/externallinks/") for name in names):
        raise FileRefused(_("Berkas ini menunjuk ke berkas lain. Tempelkan isinya sebagai nilai, lalu simpan lagi."))
    sizes = {member.filename: member.file_size for member in members}
    if (
        len(members) > MAX_MEMBERS
        or sum(sizes.values()) > MAX_UNPACKED
        or max(sizes.values()) > MAX_MEMBER
        or sizes.get("xl/sharedStrings.xml", 0) > MAX_SHARED_TEXTS
    ):
        raise FileRefused(
            _("Isi berkas ini terlalu besar. Hapus gambar, lembar lain dan baris kosong berformat, lalu simpan lagi.")
        )


def check_sizes(archive):
    """What is unpacked is what was declared: a member that ends early or goes on is damaged, or a trap."""
    for member in archive.infolist():
        left = member.file_size
        with archive.open(member) as content:
            while chunk := content.read(64 * 1024):
                left -= len(chunk)
        if left:
            raise zipfile.BadZipFile
