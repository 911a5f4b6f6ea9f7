"""The officer's queue of aspirations: one per screen, the longest overdue first, and a form for each deed."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts import desk_queue
from accounts.desk_navigation import Queue
from accounts.typed import is_key
from aspirations.admin.deed_forms import DEEDS
from aspirations.forms.deeds import AnswerForm
from aspirations.models import AnswerTemplate, Aspiration
from aspirations.views.acting import carried_out, forms_of, sent_form
from pages.twice import DONE_ALREADY, SAME_WORDS

Status = Aspiration.Status
MOST_LISTED = 8
PLACE = 30
NO_AGENCY = Q(agency=None)


class Listing:
    """One list of the queue: which rows of those that this officer decides, and in which order."""

    def __init__(self, word, title, empty, condition, order="due_on"):
        self.word, self.title, self.empty, self.condition, self.order = word, title, empty, condition, order

    def rows(self, user):
        return Aspiration.objects.decided_by(user).filter(self.condition).order_by(self.order, "pk")


OVERDUE = "lewat"  # beside the lists, on the first page of the desk

# Those of a term are in order of it, so that the longest overdue comes first.
LISTINGS = {
    listing.word: listing
    for listing in (
        Listing(
            "baru", _("Baru di kantor"), _("Semua usulan baru sudah ditangani."), Q(status__in=Aspiration.AT_OFFICE)
        ),
        Listing(
            "kantor",
            _("Dikerjakan kantor"),
            _("Tidak ada usulan yang sedang dikerjakan kantor."),
            Q(status=Status.ACCEPTED) | Q(status=Status.IN_PROGRESS) & NO_AGENCY,
        ),
        Listing(
            "opd",
            _("Di OPD"),
            _("Tidak ada usulan di OPD."),
            Q(status__in=Aspiration.WITH_AGENCY) & ~NO_AGENCY,
        ),
        Listing(
            "dijawab",
            _("Sudah dijawab"),
            _("Tidak ada jawaban yang menunggu ditutup."),
            Q(status=Status.ANSWERED),
            order="answered_at",
        ),
        Listing(
            "ditahan",
            _("Dugaan spam"),
            _("Tidak ada usulan yang ditahan."),
            Q(status=Status.HELD),
            order="created_at",
        ),
    )
}


def show(desk, request):
    """The first of a list, or the one that is asked for; a POST does one deed."""
    asked = request.POST if request.method == "POST" else request.GET
    listing = LISTINGS.get(asked.get("daftar", "baru"))
    if listing is None:
        raise Http404
    if request.method == "POST":
        return act(desk, request, listing, asked.get("row", ""))
    if "usulan" in asked:
        return page(desk, request, listing, row_or_404(desk, request, asked["usulan"]))
    return page(desk, request, listing, listing.rows(request.user).for_page().first())


def row_or_404(desk, request, key):
    if not is_key(key or ""):
        raise Http404
    return get_object_or_404(desk.get_queryset(request).for_page(), pk=key)


def act(desk, request, listing, key):
    """One deed; a second click finds that what the first one moved on is no longer this officer's."""
    row = desk.get_queryset(request).for_page().filter(pk=key).first() if is_key(key) else None
    if row is None or not row.decided_by(request.user):
        if SAME_WORDS.is_again(request):
            messages.info(request, DONE_ALREADY)
            return redirect(path_of(listing))
        if row is None:
            raise Http404
        raise PermissionDenied
    form = sent_form(request, row, DEEDS)
    path = after(listing, row, request.user)
    if form.is_valid() and carried_out(request, form, by=request.user):
        return redirect(path)
    return page(desk, request, listing, row, form=form, status=form.answer_status)


def after(listing, row, user):
    """Where every deed leads: to what follows this one in the list, or to its beginning after the last."""
    keys = [*listing.rows(user).values_list("pk", flat=True)[: desk_queue.MOST_COUNTED]]
    place = keys.index(row.pk) + 1 if row.pk in keys else 0
    following = next((key for key in [*keys[place:], *keys[:place]] if key != row.pk), None)
    return path_of(listing, **{"usulan": following} if following else {})


def path_of(listing, **query):
    return f"{reverse('admin:aspirations_aspiration_queue')}?{urlencode({'daftar': listing.word} | query)}"


def work(user):
    """What of the aspirations waits for this officer, for the first page of the desk."""
    overdue = Aspiration.objects.decided_by(user).overdue().values_list("pk")[: desk_queue.MOST_COUNTED]
    return {"template": "admin/aspirations/_work.html", "overdue": len(overdue)}


def queues(user):
    """What the office has in hand, without what lies with an OPD or waits to be contested."""
    rows = Aspiration.objects.decided_by(user).filter(in_hand())
    return [
        Queue("aspirations", _("Usulan"), reverse("admin:aspirations_aspiration_queue"), rows, F("held_since"), PLACE)
    ]


def in_hand():
    return LISTINGS["baru"].condition | LISTINGS["kantor"].condition | LISTINGS["ditahan"].condition


def numbers(user):
    return desk_queue.numbers({listing: listing.rows(user) for listing in LISTINGS.values()})


def page(desk, request, listing, row, *, form=None, status=HTTPStatus.OK):
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Antrean usulan"),
        "listing": listing,
        "lists": numbers(request.user),
        "waiting": listing.rows(request.user)[:MOST_LISTED],
        "row": row,
    }
    if row is not None:
        context |= look_at(request, row, form)
    return TemplateResponse(request, "admin/aspirations/queue.html", context, status=status)


def look_at(request, row, form):
    """All that a deed needs to be fair; who sent it, only where this officer holds it."""
    may_decide = row.decided_by(request.user)
    shows_sender = row.shows_sender_to(request.user)
    return {
        "form": form,
        "opened": "jawab" if "contoh" in request.GET else "",
        "may_decide": may_decide,
        "shows_sender": shows_sender,
        "turn": row.open_turn if may_decide else None,
        "steps": row.steps.all() if may_decide else row.steps.public(),
        "photos": row.photos.all() if row.is_public or may_decide else [],
        "forms": forms_of(row, DEEDS, form, initial_of(request, row)) if may_decide else [],
        "alike": Aspiration.objects.alike(row)[:MOST_LISTED] if may_decide else [],
        "templates": AnswerTemplate.objects.of(row.office) if may_decide and AnswerForm.is_open(row) else [],
    }


def initial_of(request, row):
    """An answer may begin with a template of the office: `?contoh=12`."""
    key = request.GET.get("contoh", "")
    template = AnswerTemplate.objects.of(row.office).filter(pk=key).first() if is_key(key) else None
    return {AnswerForm: {"text": template.text}} if template else {}
