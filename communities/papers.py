"""The papers of a KIM: what is taken in, how it is kept, and how it is handed out again."""

import hashlib
import io
import secrets
from dataclasses import dataclass
from pathlib import PurePath

from django.core.files.base import ContentFile
from django.db import transaction
from django.http import FileResponse, Http404
from django.utils import timezone
from django.utils.csp import CSP
from django.utils.translation import gettext_lazy as _

from accounts.personal_numbers import without
from accounts.pictures import PhotoRefused, read_upright
from accounts.plain import only_seen
from communities.models import Paper

MOST_BYTES = 5 * 1024 * 1024
# A paper may be handed in again and again, and all of them are kept: of each kind so many.
MOST_OF_A_KIND = 30
LONGEST_SIDE = 2400
PICTURE_QUALITY = 85
# Some programs append a few lines to the end of a PDF.
TRAILER = 2048
# Long enough not to come up by chance in the compressed bytes of a scan.
NOT_ALONE = [b"/JavaScript", b"/Launch", b"/EmbeddedFile"]

# Such an answer may do nothing at all in a browser.
NOTHING = {"default-src": [CSP.NONE], "sandbox": True}


class PaperRefused(ValueError):
    """Why a file is not taken, as a sentence for the person who sent it."""


@dataclass(frozen=True)
class Document:
    """A file that was found fit: what it is called for people, and its bytes."""

    name: str
    content: bytes


def read_paper(file, *, with_pictures=False):
    """A PDF, or where pictures are welcome a picture without its metadata; raises PaperRefused."""
    begins = file.read(5)
    file.seek(0)
    if begins == b"%PDF-":
        return Document(name_for(file, ".pdf"), read_pdf(file))
    if not with_pictures:
        raise PaperRefused(_("Berkas ini bukan PDF. Pindai atau simpan dahulu sebagai PDF."))
    try:
        picture = read_upright(file, longest=LONGEST_SIDE)
    except PhotoRefused as refusal:
        raise PaperRefused(str(refusal)) from refusal
    output = io.BytesIO()
    picture.save(output, "JPEG", quality=PICTURE_QUALITY, optimize=True)
    return Document(name_for(file, ".jpg"), output.getvalue())


def read_pdf(file):
    if file.size > MOST_BYTES:
        raise PaperRefused(_("Berkas ini lebih besar dari 5 MB. Pindai ulang dengan mutu lebih rendah."))
    content = file.read()
    if b"%%EOF" not in content[-TRAILER:]:
        raise PaperRefused(_("Berkas ini terpotong, mungkin karena jaringan putus. Unggah sekali lagi."))
    if b"/Encrypt" in content:
        raise PaperRefused(_("PDF ini memakai kata sandi, jadi petugas tidak dapat membukanya. Simpan tanpa sandi."))
    if any(part in content for part in NOT_ALONE):
        raise PaperRefused(_("PDF ini memuat program atau berkas lain. Cetak ke PDF dahulu, lalu unggah hasilnya."))
    return content


def name_for(file, ending):
    """What the sender called it, as one plain line with the ending of what it is."""
    stem = without(only_seen(PurePath(file.name or "").stem, one_line=True))
    stem = stem.translate({ord("<"): None, ord(">"): None})
    return f"{stem[:100].strip(' .') or 'berkas'}{ending}"


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
            uploaded_by=by,
        )  # fmt: skip
        stored = f"{secrets.token_hex(8)}{PurePath(document.name).suffix}"
        paper.file.save(stored, ContentFile(document.content), save=False)
        paper.save()
    return paper


def attachment(file, name):
    """A stored file to be downloaded and never shown by the browser; use it with `csp_override(NOTHING)`."""
    if not file or not file.storage.exists(file.name):
        raise Http404
    answer = FileResponse(file.open(), as_attachment=True, filename=name, content_type="application/octet-stream")
    if name.lower().endswith(".pdf"):
        answer["Content-Type"] = "application/pdf"
    return answer
