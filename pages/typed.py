"""What somebody sent and no page took: shown again, to be copied."""

from django.core.exceptions import SuspiciousOperation
from django.utils.translation import gettext_lazy as _

FILES_LOST = _("Foto atau berkas yang Anda pilih belum ikut tersimpan; nanti pilih lagi, ya.")


def fields_of(request):
    """`[name, text]` for each text that was sent, without passwords."""
    return [
        [name, text]
        for name, texts in request.POST.lists()
        for text in texts
        if name != "csrfmiddlewaretoken" and "password" not in name
    ]


def is_worth_showing(text):
    """Whether somebody may want to see it again: it has several words."""
    return len(text.split()) > 1


def not_taken(request):
    """`{is_sent, texts, files_lost}` for templates/_typed.html; no texts where the connection broke on their way."""
    is_sent = request.method == "POST"
    try:
        texts = [text for _name, text in fields_of(request) if is_worth_showing(text)] if is_sent else []
        files_lost = FILES_LOST if is_sent and request.FILES else ""
    except (OSError, SuspiciousOperation):
        texts, files_lost = [], ""
    return {"is_sent": is_sent, "texts": texts, "files_lost": files_lost}
