"""What somebody sent and no page took: shown again, to be copied."""

import html
import re
from http import HTTPStatus

from django.core.exceptions import SuspiciousOperation
from django.template.loader import render_to_string
from django.utils.translation import gettext_lazy as _

FILES_LOST = _("Foto atau berkas yang Anda pilih belum ikut tersimpan; nanti pilih lagi, ya.")

# Where the pages that answer what was sent have room for it: templates/_typed_here.html.
HERE = b"<!-- typed -->"
IN_A_FIELD = re.compile(r'>([^<]*)</textarea>|\bvalue="([^"]*)"')


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


def given_back(get_response):
    """Let a page that refuses because somebody else was faster (409) show what it has in none of its fields."""

    def middleware(request):
        response = get_response(request)
        if response.status_code == HTTPStatus.CONFLICT and not response.streaming and HERE in response.content:
            sent = not_taken(request)
            shown = in_fields(response.text)
            sent["texts"] = [text for text in sent["texts"] if in_one_line(text) not in shown]
            box = render_to_string("_given_back.html", sent) if sent["texts"] else ""
            response.content = response.content.replace(HERE, box.encode(), 1)
        return response

    return middleware


def in_fields(page):
    """What stands in the fields of a page."""
    return {in_one_line(html.unescape(text or value)) for text, value in IN_A_FIELD.findall(page)}


def in_one_line(text):
    """However a browser breaks its lines."""
    return " ".join(text.split())
