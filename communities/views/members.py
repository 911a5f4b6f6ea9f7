"""The people of a KIM: its chair takes in, appoints and hands over; residents ask, answer, leave and come back."""

from allauth.account.decorators import reauthentication_required
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.db.models import Max, Q
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from communities.member_forms import AccountForm, AddForm, AppointForm, InviteForm, InviteManyForm
from communities.models import Community, Membership, Position, StepRefused
from communities.views.registration import chaired_community, chairs, own_community
from pages.limits import TOO_MANY_LETTERS, limited_sending, may_write_to
from pages.reading import require_safe

CONFLICT = 409


def other_communities(request, community):
    """Where else this person belongs, for the switcher."""
    return Community.objects.readable_by(request.user).exclude(pk=community.pk).order_by("name")


def newest_line(community):
    return community.memberships.aggregate(newest=Max("pk"))["newest"] or 0


def said(request, deed, sentence):
    """Do it, and say what came of it on the page where this continues."""
    try:
        deed()
    except StepRefused as refusal:
        messages.error(request, str(refusal))
    else:
        messages.success(request, sentence)


def may_invite(request, form):
    """Whether the e-mail address of a valid form may be written to today; if not, it says so beside it."""
    if may_write_to(request, form.cleaned_data["email"]):
        return True
    form.add_error("email", TOO_MANY_LETTERS)
    return False


def is_done(form, field, deed):
    """Whether the deed of a valid form was done; if not, why is written beside the field."""
    try:
        deed()
    except StepRefused as refusal:
        form.add_error(field, str(refusal))
        return False
    return True


@require_safe
def members(request, slug):
    community = own_community(request, slug)
    people = community.memberships.with_offices()
    context = {
        "community": community,
        "is_chair": chairs(request, community) and not community.is_examined,
        "members": sorted(people.current(), key=lambda member: (member.rank, member.name)),
        "invited": people.invited().filter(status=Membership.Status.INVITED),
        "requests": people.requested().order_by("pk"),
        "others": other_communities(request, community),
    }
    return render(request, "communities/member_list.html", context)


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def member_add(request, slug):
    community = chaired_community(request, slug)
    form = AddForm(request.POST or None, initial={"seen": newest_line(community)})
    status = 200
    if form.is_valid():
        if is_done(form, None, lambda: Membership.objects.add(community, by=request.user, **form.cleaned_data)):
            messages.success(request, _("%(name)s tercatat sebagai anggota.") % form.cleaned_data)
            return redirect("communities:members", slug)
        status = CONFLICT
    return render(request, "communities/member_add.html", {"community": community, "form": form}, status=status)


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def member_invite(request, slug):
    community = chaired_community(request, slug)
    form = InviteForm(request.POST or None, initial={"seen": newest_line(community)})
    status = 200
    if form.is_valid() and may_invite(request, form):
        if is_done(form, "email", lambda: Membership.objects.invite(community, by=request.user, **form.cleaned_data)):
            messages.success(request, _("Undangan untuk %(email)s dikirim lewat surel.") % form.cleaned_data)
            return redirect("communities:members", slug)
        status = CONFLICT
    link = community.invitation_links.usable().first()
    context = {"community": community, "form": form, "link": link, "many": InviteManyForm()}
    return render(request, "communities/member_invite.html", context, status=status)


@require_http_methods(["GET", "HEAD", "POST"])
def member(request, slug, pk):
    """What the chair may do about one member; the form here appoints."""
    community = chaired_community(request, slug)
    person = get_object_or_404(community.memberships.current().with_offices(), pk=pk)
    form, status = AppointForm(request.POST or None), 200
    if form.is_valid():
        if is_done(form, "role", lambda: person.appoint(by=request.user, **form.cleaned_data)):
            messages.success(request, _("Jabatan %(name)s tersimpan.") % {"name": person.name})
            return redirect("communities:members", slug)
        status = CONFLICT
    is_chairs_own = any(office.role == Position.Role.KETUA for office in person.offices)
    context = {"community": community, "member": person, "form": form, "is_chairs_own": is_chairs_own}
    return render(request, "communities/member_detail.html", context, status=status)


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def member_account(request, slug, pk):
    """Invite a member whom the KIM lists without an account to take one up."""
    community = chaired_community(request, slug)
    person = get_object_or_404(community.memberships.current().filter(user=None), pk=pk)
    form, status = AccountForm(request.POST or None), 200
    if form.is_valid() and may_invite(request, form):
        if is_done(form, "email", lambda: person.invite_by(form.cleaned_data["email"], by=request.user)):
            messages.success(request, _("Undangan untuk %(email)s dikirim lewat surel.") % form.cleaned_data)
            return redirect("communities:members", slug)
        status = CONFLICT
    context = {"community": community, "member": person, "form": form}
    return render(request, "communities/member_account.html", context, status=status)


@require_POST
def member_answer(request, slug, pk):
    """The chair's word on a request, or on an invitation that is better withdrawn."""
    community = chaired_community(request, slug)
    person = get_object_or_404(community.memberships, pk=pk)
    names = {"name": person.name}
    match request.POST.get("answer"):
        case "approve":
            said(request, lambda: person.approve(by=request.user), _("%(name)s kini anggota.") % names)
        case "refuse":
            said(request, lambda: person.refuse(by=request.user), _("Permintaan %(name)s ditolak.") % names)
        case "withdraw":
            said(request, lambda: person.withdraw(by=request.user), _("Undangan untuk %(name)s ditarik.") % names)
    return redirect("communities:members", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def member_remove(request, slug, pk):
    community = chaired_community(request, slug)
    person = get_object_or_404(community.memberships.exclude(status=Membership.Status.DECLINED), pk=pk)
    if request.method == "POST":
        sentence = _("%(name)s tidak lagi anggota.") % {"name": person.name}
        said(request, lambda: person.remove(by=request.user), sentence)
        return redirect("communities:members", slug)
    context = {"community": community, "member": person}
    return render(request, "communities/member_remove.html", context)


@require_POST
def position_end(request, slug, pk):
    community = chaired_community(request, slug)
    position = get_object_or_404(Position.objects.filter(community=community).select_related("membership"), pk=pk)
    names = {"name": position.membership.name, "office": position.label}
    said(request, lambda: position.end(by=request.user), _("%(name)s tidak lagi %(office)s.") % names)
    return redirect("communities:members", slug)


@require_http_methods(["GET", "HEAD", "POST"])
def member_chair(request, slug, pk):
    """Hand the chair over to this member; a second click finds it done by who was chair a moment ago."""
    community = get_object_or_404(Community.objects.of_member(request.user), slug=slug)
    person = get_object_or_404(community.memberships.current().exclude(user=None).select_related("user"), pk=pk)
    if person.is_chair:
        return handed_over(community)
    own_community(request, slug)
    if not chairs(request, community):
        raise PermissionDenied
    return hand_over(request, community, person)


@reauthentication_required
def hand_over(request, community, person):
    if request.method == "POST":
        sentence = _("%(name)s kini ketua %(kim)s.") % {"name": person.name, "kim": community.name}
        said(request, lambda: person.receive_chair(by=request.user), sentence)
        return handed_over(community)
    return render(request, "communities/member_chair.html", {"community": community, "member": person})


def handed_over(community):
    """Where the former chair goes on: the room of a draft is its new chair's alone."""
    return redirect("communities:members", community.slug) if community.is_open_to_members else redirect("workspace")


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def join(request, slug):
    """Any resident may ask a KIM that stands; here too the request is taken back."""
    community = get_object_or_404(Community.objects.registered(), slug=slug)
    own = Membership.objects.filter(community=community, user=request.user)
    if request.method == "POST" and request.POST.get("deed") == "withdraw":
        if asked := own.requested().first():
            said(request, lambda: asked.withdraw(by=request.user), _("Permintaan Anda ditarik."))
        return redirect("communities:join", slug)
    if request.method == "POST":
        try:
            joined = Membership.objects.ask_to_join(community, by=request.user)
        except StepRefused as refusal:
            messages.error(request, str(refusal))
            return redirect("communities:join", slug)
        return redirect("communities:room" if joined.is_current else "communities:join", slug)
    context = {
        "community": community,
        "current": own.current().first(),
        "asked": own.requested().first(),
        "has_chair": bool(community.chairs),
    }
    return render(request, "communities/member_join.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
def leave(request, slug):
    own = request.user.memberships.select_related("community__seat").filter(community__slug=slug)
    person = own.current().first() or get_object_or_404(own.filter(status=Membership.Status.LEFT).order_by("-pk")[:1])
    if not person.is_current:  # a second click finds it done
        return redirect("workspace")
    if request.method == "POST":
        said(request, person.leave, _("Anda keluar dari %(kim)s.") % {"kim": person.community.name})
        return redirect("workspace")
    is_chair = person.is_chair
    has_room = is_chair or person.community.is_open_to_members
    context = {"community": person.community, "is_chair": is_chair, "has_room": has_room}
    return render(request, "communities/member_leave.html", context)


@require_POST
def invitation_answer(request, pk):
    """Take an invitation up, or leave it; for anyone else it does not exist."""
    to_person = Q(email=request.user.email.lower(), user=None) | Q(user=request.user)
    invited = get_object_or_404(Membership.objects.filter(to_person).select_related("community__seat"), pk=pk)
    kim = {"kim": invited.community.name}
    match request.POST.get("answer"):
        case "accept":
            said(request, lambda: invited.accept(by=request.user), _("Anda kini anggota %(kim)s.") % kim)
        case "decline":
            said(request, lambda: invited.decline(by=request.user), _("Undangan %(kim)s tidak Anda terima.") % kim)
    return redirect("workspace")
