"""The page of a KIM at the desk: its papers and the checklist side by side, and the officer's decision."""

from http import HTTPStatus

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.http import QueryDict
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext_lazy as _

from accounts import desk_work
from accounts.decisions import DecisionKind, ReasonedDeed
from accounts.desk_deeds import open_deeds
from accounts.fields import NoteField, SeenCharField
from accounts.models import PendingDecision, Reading
from accounts.typed import plain_sentence
from communities.admin.decisions import DEEDS
from communities.admin.documents import with_pages
from communities.models import Community, StepRefused
from communities.requirements import requirements
from pages.twice import SAME_WORDS

WORDS = ("save", "all_ok", "verify", "revise", "reject")
# Of these the ones that decide, and what is said of each while it may be taken back.
DECIDING = {
    "verify": _("Diverifikasi"),
    "revise": _("Diminta memperbaiki"),
    "reject": _("Ditolak"),
}
TEMPLATED = [
    ReasonedDeed("kim-revise", _("KIM: minta perbaikan")),
    ReasonedDeed("kim-reject", _("KIM: tolak")),
]
VERDICTS = [("yes", _("sesuai")), ("no", _("tidak sesuai"))]
MEANING = {"yes": True, "no": False, "": None}
WORD = {found: word for word, found in MEANING.items()}


class ChecklistForm(desk_work.PrivateNoteForm):
    """Each item of the list in order or not, what is wrong with it, and one decision on the whole."""

    seen = SeenCharField(required=False, widget=forms.HiddenInput)
    decision = forms.ChoiceField(
        choices=[(word, word) for word in (*WORDS, *desk_work.BESIDES)],
        error_messages={"required": _("Pilih salah satu tombol di bawah daftar.")},
    )
    note = NoteField(
        label=_("catatan untuk KIM"),
        help_text=_("Alasan bila ditolak; pengantar bila minta perbaikan. Catatan setiap butir ikut terkirim."),
        required=False,
    )

    def __init__(self, data=None, *, items, round_, initial=None):
        found = {item.aspect: item for item in round_.items.all()} if round_ else {}
        super().__init__(data, initial={"seen": round_.state if round_ else "", **(initial or {})})
        self.items = items
        for item in items:
            known = found.get(item.aspect)
            self.fields[f"ok-{item.aspect}"] = forms.ChoiceField(
                label=item.label,
                choices=VERDICTS,
                required=False,
                initial=WORD[known.is_ok] if known else "",
                widget=forms.RadioSelect,
            )
            self.fields[f"note-{item.aspect}"] = SeenCharField(
                label=_("Catatan untuk %(item)s") % {"item": item.label},
                initial=known.note if known else "",
                required=False,
                max_length=300,
                validators=[plain_sentence],
                widget=forms.TextInput({"class": "item-note", "placeholder": _("catatan bila tidak sesuai")}),
            )

    def rows(self):
        return [(item, self[f"ok-{item.aspect}"], self[f"note-{item.aspect}"]) for item in self.items]

    def clean(self):
        facts = super().clean()
        if facts.get("decision") in desk_work.BESIDES:
            return facts
        for item in self.items:
            if facts.get(f"ok-{item.aspect}") == "no" and facts.get(f"note-{item.aspect}") == "":
                self.add_error(f"note-{item.aspect}", _("Tulis apa yang perlu diperbaiki."))
        faulty = any(facts.get(f"ok-{item.aspect}") == "no" for item in self.items)
        if facts.get("decision") == "reject" and not facts.get("note"):
            self.add_error("note", _("Tulis alasan penolakan untuk KIM."))
        if facts.get("decision") == "revise" and not faulty and not facts.get("note"):
            self.add_error("note", _("Tulis apa yang perlu diperbaiki, di sini atau di butir yang tidak sesuai."))
        return facts

    @property
    def findings(self):
        """`{aspect: (is_ok, note)}`; "all in order" speaks of what is there, and not of what was found faulty."""
        facts, found = self.cleaned_data, {}
        for item in self.items:
            verdict, note = facts[f"ok-{item.aspect}"], facts[f"note-{item.aspect}"]
            if facts["decision"] == "all_ok" and verdict == "" and item.is_met:
                verdict = "yes"
            found[item.aspect] = MEANING[verdict], note
        return found


DONE = {
    "save": _("Penilaian tersimpan."),
    "all_ok": _("Semua butir yang ada ditandai sesuai. Tekan Verifikasi bila sudah yakin."),
    "verify": _("%(name)s terverifikasi dengan nomor %(number)s."),
    "revise": _("%(name)s diminta memperbaiki datanya."),
    "reject": _("%(name)s ditolak."),
}


def decide(community, form, *, by):
    """Keep what was found, and do what the button said; both or neither."""
    facts = form.cleaned_data
    with transaction.atomic():
        round_, seen = community.open_verification, facts["seen"]
        if round_ is None and community.status == Community.Status.SUBMITTED:
            round_ = community.verifications.create()
            seen = seen or round_.state
        if round_ is None:
            raise StepRefused(_("KIM ini sudah diputuskan. Lihat riwayatnya di bawah."))
        round_.record(form.findings, seen=seen)
        match facts["decision"]:
            case "verify":
                community.verify(by=by)
            case "revise":
                community.ask_for_revision(by=by, note=facts["note"])
            case "reject":
                community.reject(by=by, note=facts["note"])


def check(desk, request, pk):
    """Look at one KIM, and decide where it is this officer's to decide."""
    community = desk.get_object(request, str(pk))
    decides = community.decided_by(request.user)
    if request.method == "POST" and not decides:
        raise PermissionDenied
    round_, items = community.open_verification, requirements(community)
    form = ChecklistForm(request.POST or None, items=items, round_=round_)
    if form.is_valid():
        if form.cleaned_data["decision"] in desk_work.BESIDES:
            return page(desk, request, community, do_beside(request, community, form))
        return act(desk, request, community, form)
    if request.method != "POST":
        before = PendingDecision.objects.taken_back(community, request.user)
        form = ChecklistForm(items=items, round_=round_, initial={"note": before.get("note", "")})
    return page(desk, request, community, form)


def act(desk, request, community, form):
    """Decide, and go on to the next KIM that waits."""
    if Reading.objects.of_others(community, request.user):
        return page(desk, request, community, form, status=HTTPStatus.CONFLICT)
    is_again, word = SAME_WORDS.is_again(request), form.cleaned_data["decision"]
    try:
        waits = decide_or_keep(community, form, by=request.user)
    except StepRefused as refusal:
        if is_again:
            messages.info(request, _("Sudah dicatat."))
            return redirect("admin:communities_community_check", community.pk)
        SAME_WORDS.forget(request)
        form.add_error(None, str(refusal))
        community.refresh_from_db()
        return page(desk, request, community, form, status=HTTPStatus.CONFLICT)
    desk_work.keep_note(community, community.seat, form.cleaned_data["private_note"], by=request.user)
    if not waits:
        messages.success(request, DONE[word] % {"name": community.name, "number": community.number})
    following = Community.objects.waits_for(request.user).exclude(pk=community.pk).first() if word in DECIDING else None
    return redirect("admin:communities_community_check", (following or community).pk)


def do_beside(request, community, form):
    """A note for colleagues, a ready reason to start from, or the knowing taking over: the form as it was typed."""
    word, data = form.cleaned_data["decision"], request.POST.copy()
    if word == desk_work.NOTE:
        desk_work.keep_note(community, community.seat, form.cleaned_data["private_note"], by=request.user)
        data["private_note"] = ""
    elif word == desk_work.TAKE_OVER:
        Reading.objects.begin(community, by=request.user, takes_over=True)
    elif text := desk_work.template_text(request, community.seat, TEMPLATED):
        data["note"] = text
    sent = ChecklistForm(data, items=form.items, round_=community.open_verification)
    sent.errors.clear()
    return sent


def decide_or_keep(community, form, *, by):
    """Keep what was found; a decision on the whole waits while it may be taken back. Whether it waits."""
    word = form.cleaned_data["decision"]
    if word not in DECIDING:
        decide(community, form, by=by)
        return False
    return desk_work.decide(
        lambda: decide(community, form, by=by),
        community,
        VERIFICATION,
        by=by,
        facts=dict(form.data.lists()) | {"note": form.cleaned_data["note"]},
        title=community.name,
        done=DECIDING[word],
        path=community.desk_path,
        place=community.seat,
    )


def carry_out(decision):
    """What was decided half a minute ago."""
    community = Community.objects.get(pk=decision.object_id)
    sent = QueryDict(mutable=True)
    for name, values in decision.facts.items():
        sent.setlist(name, values if isinstance(values, list) else [values])
    form = ChecklistForm(sent, items=requirements(community), round_=community.open_verification)
    if not community.decided_by(decision.by) or not form.is_valid():
        raise StepRefused(_("Data KIM ini berubah sejak Anda memutuskan. Periksa lagi."))
    decide(community, form, by=decision.by)


VERIFICATION = DecisionKind("kim", _("verifikasi KIM"), carry_out=carry_out)


def page(desk, request, community, form, *, status=HTTPStatus.OK):
    decides = community.decided_by(request.user)
    round_, is_waiting = community.open_verification, community.status == Community.Status.SUBMITTED
    was_decided = is_waiting and PendingDecision.objects.pending().about(community).exists()
    is_open = decides and not was_decided and (is_waiting or status == HTTPStatus.CONFLICT)
    if request.method == "POST" and not is_open:
        status = HTTPStatus.CONFLICT
    beside = desk_work.look_at(request, community, community.seat, TEMPLATED) if is_open else {}
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": community.name,
        "community": community,
        "decides": decides,
        "belongs": community.has_member(request.user),
        "is_open": is_open,
        "was_decided": was_decided,
        "form": form,
        "saw_other": form.is_bound and is_open and round_ is not None and form["seen"].value() != round_.state,
        "notes": desk_work.notes_about(community),
        "decided_by_others": PendingDecision.objects.of_colleagues(
            Community.objects.filter(pk=community.pk), request.user
        ),
        "deeds": open_deeds(DEEDS, community, request.user, decides=decides),
        **beside,
        **record(community),
    }
    return TemplateResponse(request, "admin/communities/check.html", context, status=status)


def record(community):
    """What the portal knows of a KIM, for the officer's eyes."""
    papers = list(community.papers.all())
    decrees = [community.decree] if community.decree and community.decree.file else []
    read = with_pages([*(paper for paper in papers if not paper.replaced_at), *decrees])
    return {
        "papers": read[: len(read) - len(decrees)],
        "replaced": [paper for paper in papers if paper.replaced_at],
        "decree_pages": read[-1][1] if decrees else None,
        "board": community.positions.current().in_order().select_related("membership"),
        "member_count": community.memberships.current().count(),
        "sectors": community.sectors.all(),
        "steps": community.steps.select_related("by"),
        "rounds": community.verifications.exclude(closed_at=None).select_related("by").prefetch_related("items"),
        "lookalikes": community.lookalikes()[: Community.MOST_LOOKALIKES],
        "certificate": community.certificates.filter(replaced_at=None).select_related("decree").first(),
        "coaching": community.coaching_events.all()[:5],
    }
