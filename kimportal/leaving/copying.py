"""What the worker does with a DataCopy: the folder, a ZIP of it, and word to who asked."""

import logging
from pathlib import Path
from secrets import token_hex
from tempfile import TemporaryDirectory

import pghistory
from django.core.files.storage import default_storage
from django.core.files.uploadedfile import TemporaryUploadedFile
from django.utils.translation import gettext as _

from accounts.audit import who
from accounts.decisions import StepRefused
from accounts.under_way import Progress
from communities.models import DataCopy
from kimportal.leaving import Scope
from kimportal.leaving.packed import pieces_of
from kimportal.leaving.taking import STEPS, take
from kimportal.logs import is_away

logger = logging.getLogger(__name__)


def make(copy):
    """Make it. Safe to repeat and to break off: a file that no row names goes again."""
    with as_who_asked(copy):
        if not copy.begin(DataCopy.Status.MAKING):
            return
    try:
        made(copy)
    except StepRefused:  # another worker, thought lost, was at it all the time
        return
    except Exception as error:  # of the database, a disk, a store: whoever waits for the copy reads why there is none
        logger.exception("copy %s", copy.pk)
        with as_who_asked(copy):
            copy.fail(sentence_of(error))


def as_who_asked(copy):
    """For the trail."""
    return pghistory.context(**who(copy.asked_by))


def made(copy):
    progress = Progress(copy, STEPS + 1, pause=1)
    with TemporaryDirectory(prefix="kim-copy-") as place:
        folder = Path(place) / "folder"
        manifest = take(folder, scope_of(copy), progress.tell)
        progress.tell(_("Mengemas menjadi satu berkas"))
        name, size = stored(folder)
    try:
        with as_who_asked(copy):
            copy.be_ready(file=name, size=size, rows=sum(table["rows"] for table in manifest["tables"].values()))
    except BaseException:
        default_storage.delete(name)
        raise


def scope_of(copy):
    if copy.community:
        return Scope(slug=copy.community.slug, for_chair=True)
    return Scope(code=copy.region.code)


def stored(folder):
    """The name of the ZIP in the storage, which takes the file over, and its size."""
    name = f"{token_hex(16)}.copy"
    with TemporaryUploadedFile(name, "application/zip", 0, None) as file:
        for piece in pieces_of(folder):
            file.write(piece)
        file.flush()
        file.size = file.tell()
        return default_storage.save(f"{DataCopy.file.field.upload_to}{name}", file), file.size


def sentence_of(error):
    if is_away(error):
        return _("Tempat penyimpanan portal sedang penuh atau terganggu. Mintalah sekali lagi nanti.")
    return _("Penyiapan terhenti. Mintalah sekali lagi sebentar lagi.")
