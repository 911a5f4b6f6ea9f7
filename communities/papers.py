"""The papers of a KIM: what is taken in, how it is kept, and how it is handed out again."""

import hashlib
import secrets
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path, PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import Http404
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from accounts.personal_numbers import without
from accounts.photo_limits import EmptyFile, NoPhoto, PhotoRefused
from accounts.typed import only_seen
from communities.models import Paper
from pages.bucket import carried

MOST_MEGABYTES = 5
MOST_BYTES = MOST_MEGABYTES * 2**20
# A paper may be handed in again and again, and all of them are kept: of each kind so many.
MOST_OF_A_KIND = 30
MOST_PAGES = 20
# Of a PDF made of photos, what is not its photos.
NO_PICTURES = 100_000
# Some programs append a few lines to the end of a PDF.
TRAILER = 2048
# How long the inspection of a PDF may take; its own program limits memory and computing.
INSPECTOR = Path(__file__).with_name("pdf_inspection.py")
INSPECTION_SECONDS = 15
# What the inspection of a PDF found, and what to do about it.
FAULTS = {
    "broken": _("PDF ini rusak dan tidak dapat dibaca. Buat atau pindai sekali lagi."),
    "encrypted": _("PDF ini memakai kata sandi, jadi petugas tidak dapat membukanya. Simpan tanpa sandi."),
    "complex": _("PDF ini terlalu rumit untuk diperiksa. Cetak ke PDF dahulu, lalu unggah hasilnya."),
    "script": _("PDF ini memuat program (JavaScript). Cetak ke PDF dahulu, lalu unggah hasilnya."),
    "launch": _("PDF ini membuka program atau halaman lain. Cetak ke PDF dahulu, lalu unggah hasilnya."),
    "embedded": _("PDF ini memuat berkas lain di dalamnya. Cetak ke PDF dahulu, lalu unggah hasilnya."),
    "xfa": _("PDF ini formulir isian (XFA). Cetak ke PDF dahulu, lalu unggah hasilnya."),
}
# What is said of a file that nobody can take for a photo.
NOT_A_PAGE = {
    NoPhoto: _("Berkas ini bukan PDF atau foto. Simpan dahulu sebagai PDF, atau foto setiap halamannya."),
    EmptyFile: _("Berkas ini kosong. Pilih PDF atau foto lain."),
}

# Such an answer may do nothing at all in a browser.
NOTHING = {"default-src": [CSP.NONE], "sandbox": True}


class PaperRefused(ValueError):
    """Why a file is not taken, as sentences for the person who sent it."""


@dataclass(frozen=True)
class Document:
    """A paper that was found fit: what it is called for people, its bytes, of how many photos it was made.

    `refusals` are sentences on the photos among them that are no good; the others make the paper.
    """

    name: str
    content: bytes
    photo_count: int = 0
    refusals: tuple = ()


def read_paper(files):
    """One PDF, or the photos of its pages joined into one; raises PaperRefused."""
    pdfs = [file for file in files if is_pdf(file)]
    if not pdfs:
        return read_photos(files)
    if len(files) > 1:
        raise PaperRefused(_("Pilih satu PDF, atau foto halaman-halamannya tanpa PDF."))
    return Document(name_for(files[0]), read_pdf(files[0]))


def is_pdf(file):
    begins = file.read(5)
    file.seek(0)
    return begins == b"%PDF-"


def read_photos(files):
    """A photo for each page, in the order in which they were sent."""
    from communities.photo_pages import joined, page_picture  # with Pillow, which few processes need

    if len(files) > MOST_PAGES:
        raise PaperRefused(_("Satu berkas memuat paling banyak %(number)s foto.") % {"number": MOST_PAGES})
    pages, refusals = [], []
    for number, file in enumerate(files, 1):
        try:
            pages.append(page_picture(file, (MOST_BYTES - NO_PICTURES) // len(files)))
        except PhotoRefused as refusal:
            refusals.append(sentence_on(refusal, file, number if len(files) > 1 else None))
    if not pages:
        raise PaperRefused(*refusals)
    content = joined(pages)
    if len(content) > MOST_BYTES:
        raise PaperRefused(
            _("Foto sebanyak ini lebih besar dari %(most)s MB. Kirim lebih sedikit, atau pindai sebagai PDF.")
            % {"most": MOST_MEGABYTES}
        )
    return Document(name_for(files[0]), content, len(pages), tuple(refusals))


def sentence_on(refusal, file, number):
    """Why a photo is not taken, or what may be none; among several, which one."""
    said = next((sentence for kind, sentence in NOT_A_PAGE.items() if isinstance(refusal, kind)), None)
    if number is None:
        return str(said or refusal)
    facts = {"number": number, "name": without(only_seen(file.name or "", one_line=True))[:80], "why": said or refusal}
    which = _("Berkas ke-%(number)s (%(name)s): %(why)s") if said else _("Foto ke-%(number)s (%(name)s): %(why)s")
    return which % facts


def read_pdf(file):
    if file.size > MOST_BYTES:
        most = {"most": MOST_MEGABYTES}
        raise PaperRefused(_("Berkas ini lebih besar dari %(most)s MB. Pindai ulang dengan mutu lebih rendah.") % most)
    content = file.read()
    if b"%%EOF" not in content[-TRAILER:]:
        raise PaperRefused(_("Berkas ini terpotong, mungkin karena jaringan putus. Unggah sekali lagi."))
    if refusal := FAULTS.get(inspected(content)):
        raise PaperRefused(refusal)
    return content


def inspected(content):
    """`fit`, or a key of FAULTS. The file is opened in a process of its own, which it cannot keep busy for long."""
    try:
        done = subprocess.run(
            [sys.executable, "-I", INSPECTOR], input=content, capture_output=True, timeout=INSPECTION_SECONDS
        )
    except subprocess.TimeoutExpired:
        return "complex"
    found = done.stdout.decode().strip()
    return found if found == "fit" or found in FAULTS else "complex"


def name_for(file):
    """What the sender called it, as one plain line with the ending of what it is."""
    stem = without(only_seen(PurePath(file.name or "").stem, one_line=True))
    stem = stem.translate({ord("<"): None, ord(">"): None})
    return f"{stem[:100].strip(' .') or 'berkas'}.pdf"


def hand_in(community, kind, document, *, by):
    """The newest paper of its kind; the same file sent again is the same paper. The KIM's row is locked meanwhile."""
    digest = hashlib.sha256(document.content).hexdigest()
    former = community.papers.current().filter(kind=kind).first()
    if former and former.sha256 == digest:
        return former
    if community.papers.filter(kind=kind).count() >= MOST_OF_A_KIND:
        raise PaperRefused(_("Berkas ini sudah terlalu sering diganti. Hubungi Diskominfo Anda."))
    with transaction.atomic():
        if former:
            community.papers.filter(pk=former.pk).update(replaced_at=timezone.now())
        paper = Paper(
            community=community, kind=kind, name=document.name, size=len(document.content), sha256=digest,
            photo_count=document.photo_count, uploaded_by=by,
        )  # fmt: skip
        stored = f"{secrets.token_hex(8)}{PurePath(document.name).suffix}"
        paper.file.save(stored, ContentFile(document.content), save=False)
        paper.save()
    return paper


def attachment(file, name):
    """A stored file to be downloaded and never shown by the browser; use it with `csp_override(NOTHING)`."""
    if not file:
        raise Http404
    is_pdf = name.lower().endswith(".pdf")
    return carried(file.name, "application/pdf" if is_pdf else "application/octet-stream", download_as=name)
