"""The room of one KIM: what it is, what is missing, and registering it section by section."""

import logging
from contextlib import contextmanager

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.csp import csp_override
from django.views.decorators.http import require_http_methods, require_POST

from accounts.models import User
from communities import papers
from communities.forms import (
    ContactForm,
    DeclarationForm,
    DecreeForm,
    PaperForm,
    PaperSectionForm,
    ProfileForm,
    RegisterForm,
    SectorsForm,
)
from communities.models import Community, Paper, StepRefused
from communities.requirements import SECTIONS, requirements
from communities.room_links import links_of
from pages.limits import limited_sending, may_send, too_often
from pages.reading import require_safe
from regions import atlas
from regions.models import Region

logger = logging.getLogger(__name__)

CONFLICT = 409
Status = Community.Status

TITLES = {
    "profile": gettext_lazy("Nama dan kedudukan"),
    "contact": gettext_lazy("Alamat dan kontak"),
    "sectors": gettext_lazy("Bidang kegiatan"),
    "people": gettext_lazy("Pengurus dan anggota"),
    "decree": gettext_lazy("SK pembentukan"),
    "papers": gettext_lazy("Berkas dan pernyataan"),
}
FORMS = {"profile": ProfileForm, "contact": ContactForm, "sectors": SectorsForm, "decree": DecreeForm}
PAPERS = [Paper.Kind.STATUTES, Paper.Kind.MINUTES, Paper.Kind.STRUCTURE]

# What the KIM may expect now, for its people.
EXPLANATIONS = {
    Status.DRAFT: gettext_lazy("Lengkapi yang masih kurang di bawah ini, lalu ajukan ke Diskominfo."),
    Status.SUBMITTED: gettext_lazy(
        "Diskominfo sedang memeriksa. Selama itu data tidak dapat diubah; hasilnya dikabarkan kepada Anda."
    ),
    Status.NEEDS_REVISION: gettext_lazy("Petugas meminta perbaikan. Perbaiki yang ditandai, lalu ajukan lagi."),
    Status.REJECTED: gettext_lazy("Pendaftaran ini belum dapat diterima. Alasannya tertulis di bawah."),
    Status.VERIFIED: gettext_lazy("KIM sudah terverifikasi dan boleh menulis kegiatan. Pengukuhan menunggu SK."),
    Status.INAUGURATED: gettext_lazy("KIM sudah dikukuhkan, dan piagamnya berlaku."),
    Status.SUSPENDED: gettext_lazy("KIM dibekukan: kegiatan baru belum dapat terbit dan piagamnya tidak berlaku."),
    Status.EXPIRED: gettext_lazy("Masa berlaku SK sudah lewat. Mintalah perpanjangan kepada Diskominfo."),
    Status.DISSOLVED: gettext_lazy("KIM ini sudah dibubarkan. Kegiatannya tetap dapat dibaca."),
    Status.MERGED: gettext_lazy("KIM ini sudah digabung dengan KIM lain."),
}


def own_community(request, slug):
    """The KIM of this URL for who may enter its room; for anyone else it does not exist."""
    own = Community.objects.readable_by(request.user)
    own = own.select_related("seat__district", "seat__regency", "seat__province", "decree")
    return get_object_or_404(own, slug=slug)


def chairs(request, community):
    return Community.objects.chaired_by(request.user).filter(pk=community.pk).exists()


def chaired_community(request, slug):
    """The same for its chair alone; the other people of the KIM may know it, and may not do this."""
    community = own_community(request, slug)
    if not chairs(request, community):
        raise PermissionDenied
    return community


@contextmanager
def held_community(request, slug):
    """The chair's KIM while it is changed: neither an officer's decision nor a second click comes in between."""
    with transaction.atomic():
        get_object_or_404(Community.objects.select_for_update(no_key=True), slug=slug)
        yield chaired_community(request, slug)


def officers_notes(community):
    """What is to be mended, as `(round, {aspect: note})`; of a KIM that nobody sent back nothing."""
    sent_back = community.status in (Status.NEEDS_REVISION, Status.REJECTED)
    round_ = community.verifications.exclude(closed_at=None).first() if sent_back else None
    return round_, {item.aspect: item.note for item in round_.items.filter(is_ok=False)} if round_ else {}


def progress(community):
    """Each section as `{word, title, url, items, is_done}`; an item is `(requirement, note, legal basis)`."""
    wanted = requirements(community)
    _round, notes = officers_notes(community)
    sections = []
    for word in SECTIONS:
        items = [(item, notes.get(item.aspect, ""), basis_of(item)) for item in wanted if item.section == word]
        is_done = not any(item.is_missing or note for item, note, _basis in items)
        url = reverse(f"communities:{word}", args=[community.slug])
        sections.append({"word": word, "title": TITLES[word], "url": url, "items": items, "is_done": is_done})
    return sections


def basis_of(item):
    return "; ".join(dict.fromkeys(rule.legal_basis for rule in item.rules))


def seat_named(code):
    """The place of this code in words that the form takes; "" where no KIM can sit there."""
    region, _children, _neighbours = atlas.surroundings(code)
    return region.long_name if region and region.level >= Region.Level.REGENCY else ""


@require_http_methods(["GET", "HEAD", "POST"])
def register(request):
    """Name and seat, which a link from the map or a region's page names; the rest follows section by section."""
    if request.method != "POST":
        form = RegisterForm(by=request.user, initial={"seat": seat_named(request.GET.get("wilayah", ""))})
        return render(request, "communities/register_start.html", {"form": form})
    with transaction.atomic():
        # Two clicks come one after the other, and the second finds the KIM of the first.
        User.objects.select_for_update(no_key=True).get(pk=request.user.pk)
        form = RegisterForm(request.POST, by=request.user)
        if form.is_valid():
            return redirect("communities:room", form.save().slug)
    return render(request, "communities/register_start.html", {"form": form})


@require_safe
def room(request, slug):
    community = own_community(request, slug)
    sections = progress(community)
    round_, _notes = officers_notes(community)
    is_chair = chairs(request, community)
    context = {
        "community": community,
        "explanation": EXPLANATIONS[community.status],
        "is_chair": is_chair,
        "progress": sections,
        "missing_count": sum(item.is_missing for section in sections for item, *_more in section["items"]),
        "round": round_,
        "certificate": community.certificates.filter(replaced_at=None).first(),
        "links": links_of(community, is_chair=is_chair),
        "steps": community.steps.select_related("by"),
        "others": Community.objects.readable_by(request.user).exclude(pk=community.pk).order_by("name"),
    }
    return render(request, "communities/room.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def section(request, slug, word):
    """One section of the registration: what is there to see, and where it may be changed a form."""
    if request.method != "POST":
        community = chaired_community(request, slug)
        return shown(request, community, word, FORMS[word](community=community))
    # Asked before anything is held: a cache that fails must not take the transaction along.
    is_in_time = not request.FILES or may_send(request, "file")
    with held_community(request, slug) as community:
        form = FORMS[word](request.POST, request.FILES, community=community)
        if not form.fields:
            return shown(request, community, word, form, status=CONFLICT)
        if not is_in_time:
            form.add_error("file" if "file" in form.fields else None, too_often(request))
        elif saved(form, by=request.user):
            messages.success(request, _("Tersimpan."))
            return redirect(after(community, word))
    # What was typed stays in the form, and the KIM around it is as it is stored.
    return shown(request, own_community(request, slug), word, form, status=CONFLICT if form.is_written_over else 200)


def saved(form, *, by):
    """Whether the form could be saved, all of it; if not, it says why, and of it no more is kept than a good paper.

    What another page saved meanwhile is not overwritten unseen: the next saving, which knows both, decides.
    """
    is_written_over = form.is_written_over
    try:
        with transaction.atomic():
            if form.is_valid() and not is_written_over:
                form.save(by=by)
            elif isinstance(form, PaperSectionForm):
                form.save_paper(by=by)
    except papers.PaperRefused as refusal:
        form.add_error("file", str(refusal))
    except OSError:  # the disk is full, or gone
        logger.exception("A paper could not be stored.")
        form.add_error("file", _("Berkas belum dapat disimpan karena gangguan di portal. Coba lagi nanti."))
    return form.is_valid() and not is_written_over


def after(community, word):
    """Who registers goes on with the next section; who mends or keeps up goes back to the room."""
    following = list(SECTIONS)[list(SECTIONS).index(word) + 1 :]
    if community.status == Status.DRAFT and following:
        return reverse(f"communities:{following[0]}", args=[community.slug])
    return community.room_path


def shown(request, community, word, form, *, status=200, **more):
    sections = progress(community)
    context = {
        "community": community,
        "form": form,
        "progress": sections,
        "word": word,
        "section": next(section for section in sections if section["word"] == word),
        "papers": {paper.kind: paper for paper in community.papers.current()},
        **more,
    }
    templates = [f"communities/register_{word}.html", "communities/register_section.html"]
    return render(request, templates, context, status=status)


@require_safe
def people(request, slug):
    community = chaired_community(request, slug)
    board = community.positions.current().in_order().select_related("membership")
    number = community.memberships.current().count()
    return shown(request, community, "people", None, board=board, member_count=number)


@limited_sending("file")
@require_http_methods(["GET", "HEAD", "POST"])
def papers_section(request, slug):
    """All papers and the declaration in one form: each is kept by itself, so that a bad file costs no good one."""
    if request.method != "POST":
        community = chaired_community(request, slug)
        return shown_papers(request, community, paper_forms(community))
    with held_community(request, slug) as community:
        forms = paper_forms(community, request)
        if not community.is_editable_by_chair:
            return shown_papers(request, community, forms, status=CONFLICT)
        are_saved = [saved(form, by=request.user) for form in forms if form.is_bound]
        if all(are_saved):
            if any(form.has_changed() for form in forms):
                messages.success(request, _("Tersimpan."))
            return redirect(after(community, "papers"))
    status = CONFLICT if forms[-1].is_written_over else 200
    return shown_papers(request, own_community(request, slug), forms, status=status)


def paper_forms(community, request=None):
    """A form for each paper, and last the declaration; what was sent of them, if anything was."""
    sent = (request.POST, request.FILES) if request else (None, None)
    forms = [PaperForm(*sent, community=community, kind=kind) for kind in PAPERS]
    # A page from before a rule came into force does not ask for it, and takes nothing back.
    declared = request.POST if request and "declaration" in request.POST else None
    return [*forms, DeclarationForm(declared, community=community)]


def shown_papers(request, community, forms, *, status=200):
    *sheets, declaration = forms
    more = {
        "paper_forms": sheets,
        "declared": community.declared_rules.all(),
        "has_errors": any(form.errors for form in forms),
    }
    return shown(request, community, "papers", declaration, status=status, **more)


@require_safe
@csp_override(papers.NOTHING)
def paper(request, slug, pk):
    """A paper of this KIM for its chair, to be downloaded; the officers have theirs at the desk."""
    found = get_object_or_404(Paper.objects.filter(community=chaired_community(request, slug)), pk=pk)
    return papers.attachment(found.file, found.name)


@require_POST
def submit(request, slug):
    with held_community(request, slug) as community:
        if community.status != Status.SUBMITTED:  # a second click finds it done
            try:
                community.submit(by=request.user)
            except StepRefused as refusal:
                messages.error(request, str(refusal))
                return redirect(community.room_path)
    messages.success(request, _("Terkirim ke Diskominfo. Hasil pemeriksaan dikabarkan kepada Anda."))
    return redirect(community.room_path)


@require_POST
def confirm(request, slug):
    """One tap a year: what is written about the KIM is still true."""
    with held_community(request, slug) as community:
        if community.is_stale:
            community.confirm(by=request.user)
    messages.success(request, _("Terima kasih. Data KIM dinyatakan masih benar hari ini."))
    return redirect(community.room_path)
