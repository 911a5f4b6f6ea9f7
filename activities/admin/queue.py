"""The officer's queue: one thing per screen, decided by a key or a button, and the next one loads."""

from http import HTTPStatus
from uuid import UUID

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import F, Q, prefetch_related_objects
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext_lazy as _

from accounts import desk_queue, desk_work
from accounts.decisions import DecisionKind, ReasonedDeed
from accounts.desk_navigation import Queue
from accounts.fields import NoteField
from accounts.models import PendingDecision, Reading
from accounts.typed import is_key
from activities.admin.queue_lists import EARLIER, LISTINGS, desk_photo
from activities.models import Post, Reason, Review
from communities.models import StepRefused
from pages.markup import render_markup
from pages.twice import SAME_WORDS

# Of its queues among those beside every page of the desk.
FIRST_PLACE = 20


class DecisionForm(desk_work.PrivateNoteForm):
    """The words of one decision; which buttons there are, and which need a reason, says the list."""

    decision = forms.CharField(max_length=60)
    reason = forms.ChoiceField(label=_("alasan"), choices=[("", _("Pilih alasan …")), *Reason.choices], required=False)
    note = NoteField(
        label=_("catatan untuk penulis"),
        required=False,
    )
    field_order = ["decision", "reason", "note", "private_note"]

    def __init__(self, *args, listing, **kwargs):
        super().__init__(*args, **kwargs)
        self.listing = listing

    def clean(self):
        facts = super().clean()
        word = facts.get("decision", "").partition(":")[0]
        if word in desk_work.BESIDES:
            return facts
        if word not in {button.word for button in self.listing.all_buttons}:
            self.add_error(None, _("Pilih salah satu tombol keputusan."))
        elif self.listing.needs_reason(word) and not facts.get("reason"):
            self.add_error("reason", _("Pilih alasannya."))
        elif word in self.listing.needing_note and not facts.get("note"):
            self.add_error("note", _("Tulis penjelasannya."))
        return facts


def show(desk, request):
    """The next thing of a list, or the one that is asked for; a decision answers with the one after it."""
    asked = request.POST if request.method == "POST" else request.GET
    try:
        listing = LISTINGS[asked.get("daftar", "menunggu")](request.user)
    except KeyError as error:
        raise Http404 from error
    passed = number_of(asked.get("sesudah"))
    if request.method != "POST":
        wanted = listing.undecided().filter(pk=number_of(asked.get("baris")) or 0).first()
        row = listing.rows().select_related(*listing.related()).filter(pk=wanted.pk).first() if wanted else None
        if wanted and not row:
            desk_work.tell_if_decided(request, wanted)
        return page(desk, request, listing, row=row, passed=passed)
    row = get_object_or_404(listing.undecided().model._default_manager, pk=number_of(asked.get("row")) or 0)
    return act(desk, request, listing, row, passed)


def act(desk, request, listing, row, passed):
    form = DecisionForm(request.POST, listing=listing)
    post = listing.post_of(row)
    if not desk.get_queryset(request).filter(pk=post.pk).exists():
        raise Http404
    if not listing.is_for(row):
        raise PermissionDenied
    if not form.is_valid():
        return page(desk, request, listing, row=row, form=form, passed=passed)
    facts = form.cleaned_data
    word, _colon, uuid = facts["decision"].partition(":")
    if word in desk_work.BESIDES:
        return do_beside(desk, request, listing, row, form, passed)
    if Reading.objects.of_others(row, request.user):
        # The page says who has it, and offers to take over; what was typed is still there.
        return page(desk, request, listing, row=row, form=form, passed=passed, status=HTTPStatus.CONFLICT)
    is_again = SAME_WORDS.is_again(request)
    try:
        if word in ("photo_hide", "photo_show"):
            decide_photo(post, word, uuid, by=request.user, reason=facts["reason"], note=facts["note"])
            tell(request, listing, row, word)
            return page(desk, request, listing, row=row, passed=passed)
        waits = decide(listing, row, facts, by=request.user)
    except StepRefused as refusal:
        if is_again:
            messages.info(request, _("Sudah dicatat."))
            return page(desk, request, listing, passed=passed)
        SAME_WORDS.forget(request)
        messages.error(request, str(refusal))
        # What is to be mended first stays on the screen.
        left = listing.rows().select_related(*listing.related()).filter(pk=row.pk).first()
        form = form if left else None
        return page(desk, request, listing, row=left, form=form, passed=passed, status=HTTPStatus.CONFLICT)
    desk_work.keep_note(post, post.place, facts["private_note"], by=request.user)
    if not waits:
        tell(request, listing, row, word)
    return page(desk, request, listing, passed=passed)


def do_beside(desk, request, listing, row, form, passed):
    """A note for colleagues, a ready reason to start from, or the knowing taking over: the row stays on the screen."""
    post, word = listing.post_of(row), form.cleaned_data["decision"]
    typed = {name: form.cleaned_data[name] for name in ("reason", "note", "private_note")}
    if word == desk_work.NOTE:
        desk_work.keep_note(post, post.place, typed.pop("private_note"), by=request.user)
    elif word == desk_work.TAKE_OVER:
        Reading.objects.begin(row, by=request.user, takes_over=True)
    elif text := desk_work.template_text(request, post.place, listing.deeds):
        typed["note"] = text
    return page(desk, request, listing, row=row, form=DecisionForm(initial=typed, listing=listing), passed=passed)


def decide(listing, row, facts, *, by):
    """Do it, or keep it while it may be taken back; whether it waits."""
    word, post = facts["decision"], listing.post_of(row)
    told = {name: facts[name] for name in ("decision", "reason", "note")} | {"listing": listing.word}
    return desk_work.decide(
        lambda: listing.decide(row, word, by=by, reason=facts["reason"], note=facts["note"]),
        row,
        POST,
        by=by,
        facts=told,
        title=post.title,
        done=listing.done(word),
        path=f"{reverse('admin:activities_post_queue')}?daftar={listing.word}&baris={row.pk}",
        place=post.place,
        at_once=listing.is_at_once(word),
    )


def carry_out(decision):
    """What was decided half a minute ago."""
    facts = decision.facts
    listing = LISTINGS[facts["listing"]](decision.by)
    row = listing.undecided().model._default_manager.filter(pk=decision.object_id).first()
    if row is None or not listing.is_for(row):
        raise StepRefused(_("Kegiatan ini tidak lagi Anda putuskan."))
    listing.decide(row, facts["decision"], by=decision.by, reason=facts["reason"], note=facts["note"])


POST = DecisionKind("post", _("kegiatan"), carry_out=carry_out)
REASONED = [
    ReasonedDeed(f"post-{button.word}", button.label)
    for listing in reversed(LISTINGS.values())  # the first has the last word
    for button in listing.buttons
    if button.needs_reason or button.word in listing.needing_note
]


def tell(request, listing, row, word):
    """What was done, and to what; of what nobody takes back in time, where it is undone."""
    post = listing.post_of(row)
    told = _("%(deed)s: %(title)s") % {"deed": listing.done(word), "title": post.title}
    if listing.is_at_once(word):
        told = format_html(
            '{} · <a href="{}">{}</a>', told, post.desk_path, _("Keliru? Tampilkan lagi dari halamannya")
        )
    messages.success(request, told)


def decide_photo(post, word, uuid, *, by, reason, note):
    photo = post.photos.filter(uuid=uuid).first() if is_uuid(uuid) else None
    if photo is None:
        raise StepRefused(_("Foto ini tidak ada lagi."))
    if word == "photo_hide":
        photo.hide(by=by, reason=reason, note=note)
    else:
        photo.show_again(by=by, note=note)


def queues(user):
    """What of the posts waits for this officer, for every page of the desk."""
    url, listings = reverse("admin:activities_post_queue"), [listing(user) for listing in LISTINGS.values()]
    return [
        Queue(f"post-{each.word}", each.short, f"{url}?daftar={each.word}", each.rows(), F(each.moment), place)
        for place, each in enumerate(listings, FIRST_PLACE)
    ]


def numbers(user):
    listings = [listing(user) for listing in LISTINGS.values()]
    return desk_queue.numbers({listing: listing.rows() for listing in listings})


def page(desk, request, listing, *, row=None, form=None, passed=None, status=HTTPStatus.OK):
    """One row, or that there is none; `passed` is the key of the row that was skipped last."""
    if row is None:
        row = next_row(listing, passed)
    if passed:
        end_passed(listing, passed, by=request.user)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Antrean moderasi"),
        "listing": listing,
        "lists": numbers(request.user),
        "decided_by_others": PendingDecision.objects.of_colleagues(listing.undecided(), request.user),
        "row": row,
        "passed": passed or "",
    }
    if row is not None:
        context |= look_at(listing, row) | desk_work.look_at(request, row, listing.post_of(row).place, listing.deeds)
        before = PendingDecision.objects.taken_back(row, request.user) if form is None else {}
        context |= {"form": form or DecisionForm(initial=before, listing=listing)}
        context |= {"notes": desk_work.notes_about(listing.post_of(row))}
    return TemplateResponse(request, "admin/activities/queue.html", context, status=status)


def next_row(listing, passed):
    """The first of the list, or of those behind the skipped one; behind the last it begins anew.

    What a colleague reads comes only when nothing else is left.
    """
    rows = listing.rows()
    skipped = rows.model._default_manager.filter(pk=passed).first() if passed else None
    unread = ~Q(pk__in=Reading.objects.current().exclude(by=listing.user).keys_in(rows.model))
    choices = [rows.filter(unread), rows]
    if skipped:
        choices = [listing.after(skipped).filter(unread), *choices]
    return next(filter(None, (choice.select_related(*listing.related()).first() for choice in choices)), None)


def end_passed(listing, passed, *, by):
    """Whoever skips a thing reads it no longer."""
    skipped = listing.undecided().model(pk=passed)
    Reading.objects.end(skipped, by=by)


def look_at(listing, row):
    """All that a decision needs to be fair: the words as they will look, the photos, and what went before."""
    post = listing.post_of(row)
    prefetch_related_objects([post], "steps")
    decided = post.community.posts.values("pk")
    refusals = Review.objects.filter(post__in=decided).by_officers().refusals()
    return {
        "post": post,
        "body_html": render_markup(post.body),
        "photos": [(photo, desk_photo(photo)) for photo in post.standing_photos],
        "duties": [Post.Duty(duty).label for duty in post.duties if duty in Post.Duty],
        "refusals": refusals.select_related("post")[:EARLIER],
        "refusal_count": refusals.count(),
        "versions": post.revisions.count(),
        "earlier": post.reviews.select_related("by")[:EARLIER],
        **listing.context(row),
    }


def number_of(text):
    """The key in a URL, or None."""
    return int(text) if text and is_key(text) else None


def is_uuid(text):
    try:
        UUID(text)
    except ValueError:
        return False
    return True
