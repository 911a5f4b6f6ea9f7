"""The folder as one ZIP that a browser downloads, and back."""

import zlib
from contextlib import contextmanager
from lzma import LZMAError
from pathlib import Path
from shutil import disk_usage
from tempfile import TemporaryDirectory
from zipfile import ZIP_DEFLATED, ZIP_STORED, BadZipFile, ZipFile

from django.template.defaultfilters import filesizeformat
from django.utils.translation import gettext as _

from accounts.packing import Passage, put
from kimportal.backups import Refused
from kimportal.backups.folder import MEDIA, SEAL, SUMS, files_of


def pieces_of(folder):
    """The bytes of the ZIP, piece by piece."""
    passage = Passage()
    with ZipFile(passage, "w") as packed:
        for path in [SUMS, SEAL, *files_of(folder)]:
            compression = ZIP_STORED if path.startswith(MEDIA) else ZIP_DEFLATED
            file = open(folder / path, "rb")  # noqa: SIM115 `put` closes it
            yield from put(packed, passage, path, file, compression)
    yield passage.taken()


@contextmanager
def unpacked(source):
    """The folder of a ZIP, for as long as it is needed; a folder is one already."""
    if not source.is_file():
        yield source
        return
    with TemporaryDirectory(prefix="kim-import-") as place:
        unpack(source, place)
        yield Path(place)


def unpack(source, place):
    """Refused before anything is written where it says to be larger than what is free."""
    try:
        with ZipFile(source) as packed:
            size = sum(member.file_size for member in packed.infolist())
            if size > disk_usage(place).free:
                sentence = _("Isi %(file)s (%(size)s) tidak muat di %(place)s; TMPDIR menunjuk tempat lain.")
                raise Refused(sentence % {"file": source, "size": filesizeformat(size), "place": place})
            packed.extractall(place)
    # A RuntimeError tells of a member that is locked, or packed in a way that nobody reads here.
    except (BadZipFile, EOFError, zlib.error, LZMAError, RuntimeError) as error:
        raise Refused(_("%(file)s bukan berkas ZIP yang utuh: unduh sekali lagi.") % {"file": source}) from error
