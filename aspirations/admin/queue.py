"""The officer's queue of aspirations: one per screen, the longest overdue first, and a form for each deed."""

from functools import partial
from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q
from django.http import Http404, QueryDict
from django.shortcuts import get_object_or_404, redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts import desk_queue, desk_work
from accounts.decisions import DecisionKind
from accounts.desk_navigation import Queue
from accounts.models import PendingDecision, Reading
from accounts.typed import is_key
from aspirations.admin.deed_forms import DEEDS
from aspirations.forms.deeds import AnswerForm
from aspirations.models import AnswerTemplate, Aspiration, StepRefused
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

    def undecided(self, user):
        return Aspiration.objects.decided_by(user).filter(self.condition)

    def rows(self, user):
        """Of that what nobody decided on just now."""
        return PendingDecision.objects.without_decided(self.undecided(user)).order_by(self.order, "pk")


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
        return asked_for(desk, request, listing, asked["usulan"])
    return page(desk, request, listing, next_row(listing, request.user))


def asked_for(desk, request, listing, key):
    """Of one that went to another office, to which an older notice still leads, the page that everyone may read."""
    if not is_key(key):
        raise Http404
    if row := desk.get_queryset(request).for_page().filter(pk=key).first():
        return page(desk, request, listing, row)
    return redirect(get_object_or_404(Aspiration.objects.public(), pk=key))


def next_row(listing, user):
    """The first that no colleague reads; where there is none, the first."""
    rows, read = listing.rows(user).for_page(), Reading.objects.current().exclude(by=user).keys_in(Aspiration)
    return rows.exclude(pk__in=read).first() or rows.first()


def act(desk, request, listing, key):
    """One deed; a second click finds that what the first one moved on is no longer this officer's.

    What is kept beside, and decides nothing, leaves the row on the screen.
    """
    row = desk.get_queryset(request).for_page().filter(pk=key).first() if is_key(key) else None
    if row is None or not row.decided_by(request.user):
        if SAME_WORDS.is_again(request):
            messages.info(request, DONE_ALREADY)
            return redirect(path_of(listing))
        if row is None:
            raise Http404
        raise PermissionDenied
    if request.POST.get("decision") in desk_work.BESIDES:
        return do_beside(desk, request, listing, row)
    form = sent_form(request, row, DEEDS)
    path = after(listing, row, request.user)
    if form.is_valid() and Reading.objects.of_others(row, request.user):
        return page(desk, request, listing, row, form=form, status=HTTPStatus.CONFLICT)
    if form.is_valid() and carried_out(request, form, partial(decide, listing, form), by=request.user):
        return redirect(path if form.is_decision else path_of(listing, usulan=row.pk))
    return page(desk, request, listing, row, form=form, status=form.answer_status)


def do_beside(desk, request, listing, row):
    """A note for colleagues, or the knowing taking over: the row stays on the screen."""
    note = desk_work.PrivateNoteForm(request.POST)
    if request.POST["decision"] == desk_work.TAKE_OVER:
        Reading.objects.begin(row, by=request.user, takes_over=True)
    elif not note.is_valid():
        return page(desk, request, listing, row, note=note)
    else:
        desk_work.keep_note(row, row.place, note.cleaned_data["private_note"], by=request.user)
    return redirect(path_of(listing, usulan=row.pk))


def decide(listing, form, *, by):
    """Do it at once, or keep it while it may be taken back; whether it waits. A note holds up nothing else."""
    if not form.is_decision:
        form.carry_out(by=by)
        return False
    return desk_work.decide(
        partial(form.carry_out, by=by),
        form.row,
        ASPIRATION,
        by=by,
        facts={"sent": dict(form.data.lists())},
        title=str(form.row),
        done=form.done,
        path=path_of(listing, usulan=form.row.pk),
        place=form.row.place,
    )


def carry_out(decision):
    """What was decided half a minute ago."""
    row = Aspiration.objects.for_page().get(pk=decision.object_id)
    sent = QueryDict(mutable=True)
    for name, values in decision.facts["sent"].items():
        sent.setlist(name, values)
    form_class = next(form for form in DEEDS if form.word == sent["deed"])
    form = form_class(sent, row=row)
    if not row.decided_by(decision.by) or not form_class.is_open(row) or not form.is_valid():
        raise StepRefused(_("Usulan ini berubah sejak Anda memutuskan. Periksa lagi."))
    form.carry_out(by=decision.by)


ASPIRATION = DecisionKind("aspiration", _("usulan"), carry_out=carry_out)


def after(listing, row, user):
    """Where a decision leads: to what follows this one in the list, or to its beginning after the last."""
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
    rows = PendingDecision.objects.without_decided(Aspiration.objects.decided_by(user).filter(in_hand()))
    return [
        Queue("aspirations", _("Usulan"), reverse("admin:aspirations_aspiration_queue"), rows, F("held_since"), PLACE)
    ]


def in_hand():
    return LISTINGS["baru"].condition | LISTINGS["kantor"].condition | LISTINGS["ditahan"].condition


def numbers(user):
    return desk_queue.numbers({listing: listing.rows(user) for listing in LISTINGS.values()})


def page(desk, request, listing, row, *, form=None, note=None, status=HTTPStatus.OK):
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Antrean usulan"),
        "listing": listing,
        "lists": numbers(request.user),
        "waiting": listing.rows(request.user)[:MOST_LISTED],
        "decided_by_others": PendingDecision.objects.of_colleagues(listing.undecided(request.user), request.user),
        "row": row,
    }
    if row is not None:
        context |= look_at(request, row, form) | {"note": note or desk_work.PrivateNoteForm()}
        if form and form not in context["forms"]:
            status = HTTPStatus.CONFLICT
    return TemplateResponse(request, "admin/aspirations/queue.html", context, status=status)


def look_at(request, row, form):
    """All that a deed needs to be fair; who sent it, only where this officer holds it."""
    may_decide = row.decided_by(request.user)
    was_decided = may_decide and PendingDecision.objects.pending().about(row).exists()
    beside = desk_work.look_at(request, row, row.place) if may_decide and not was_decided else {}
    shows_sender = row.shows_sender_to(request.user)
    return {
        "form": form,
        "read_by": beside.get("read_by"),
        "was_decided": was_decided,
        "notes": desk_work.notes_about(row) if may_decide else [],
        "opened": "jawab" if "contoh" in request.GET else "",
        "may_decide": may_decide,
        "shows_sender": shows_sender,
        "turn": row.open_turn if may_decide else None,
        "steps": row.steps.all() if may_decide else row.steps.public(),
        "photos": row.photos.all() if row.is_public or may_decide else [],
        "forms": forms_of(row, DEEDS, form, initial_of(request, row)) if may_decide and not was_decided else [],
        "alike": Aspiration.objects.alike(row)[:MOST_LISTED] if may_decide else [],
        "templates": AnswerTemplate.objects.of(row.office) if may_decide and AnswerForm.is_open(row) else [],
    }


def initial_of(request, row):
    """An answer may begin with a template of the office: `?contoh=12`."""
    key = request.GET.get("contoh", "")
    template = AnswerTemplate.objects.of(row.office).filter(pk=key).first() if is_key(key) else None
    return {AnswerForm: {"text": template.text}} if template else {}
