"""The page of one bulletin at the desk: where it stands, what comes next, and what became of it."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.views.decorators.csp import csp_override

from accounts.desk_deeds import open_deeds
from accounts.photo_answers import private_photo_answer
from bulletins.admin.deeds import DEEDS, ApproveForm
from bulletins.funnel import total_of
from bulletins.models import Bulletin
from communities.papers import NOTHING, attachment
from pages.markup import render_markup

MOST_QUESTIONS = 20


def show(desk, request, bulletin):
    """All of it, and the deeds that are open to this officer."""
    decides = bulletin.decided_by(request.user)
    is_draft = bulletin.status == Bulletin.Status.DRAFT
    lacking = bulletin.lacking() if is_draft else []
    deeds = open_deeds(DEEDS, bulletin, request.user, decides=decides)
    total = total_of(bulletin.deliveries.all()) if bulletin.is_public else None
    questions = bulletin.questions.select_related("community", "by").order_by("-pk")
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": bulletin.title,
        "bulletin": bulletin,
        "decides": decides,
        "may_write": decides and is_draft,
        "deeds": [(word, title) for word, title in deeds if not (lacking and DEEDS[word] is ApproveForm)],
        "lacking": lacking,
        "kims": total.targeted if total else bulletin.audience().count(),
        "regions": bulletin.regions.all(),
        "sectors": bulletin.sectors.all(),
        "partner_kinds": bulletin.partner_kinds.all(),
        "text_html": render_markup(bulletin.text),
        "attachments": bulletin.attachments.all(),
        "steps": bulletin.steps.select_related("by"),
        "questions": questions[:MOST_QUESTIONS],
        "total": total,
    }
    return TemplateResponse(request, "admin/bulletins/sheet.html", context, status=HTTPStatus.OK)


@csp_override(NOTHING)
def paper(desk, request, pk, key):
    """One of its attachments, to be downloaded."""
    bulletin = desk.get_object(request, str(pk))
    found = get_object_or_404(bulletin.attachments, pk=key)
    return attachment(found.file, found.name)


def picture(desk, request, pk, name):
    """A copy of its picture, for the officer's eyes."""
    found = getattr(desk.get_object(request, str(pk)), "picture", None)
    if found is None:
        raise Http404
    return private_photo_answer(found, name)
