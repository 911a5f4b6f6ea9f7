"""How a chair invites many at once: by a link that ends, sent by WhatsApp, or by a list of e-mail addresses."""

from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from communities.member_forms import InviteManyForm
from communities.models import InvitationLink, Membership, StepRefused
from communities.views.members import may_invite, said
from communities.views.registration import chaired_community
from pages.limits import limited_sending
from pages.reading import require_safe

SESSION_KEY = "invitation"
GONE = 410


@require_POST
def link(request, slug):
    """A new link in place of the one before, or none any more."""
    community = chaired_community(request, slug)
    if request.POST.get("deed") == "end":
        said(request, lambda: InvitationLink.objects.end(community, by=request.user), _("Tautan dimatikan."))
    else:
        sentence = _("Tautan siap dibagikan.")
        said(request, lambda: InvitationLink.objects.issue(community, by=request.user), sentence)
    return redirect("communities:member_invite", slug)


@limited_sending()
@require_POST
def invite_many(request, slug):
    """Each line by itself: those that are right leave, the others stay in the form with the reason."""
    community = chaired_community(request, slug)
    form = InviteManyForm(request.POST)
    refused, number = [], 0
    for line, person in form.people() if form.is_valid() else ():
        if is_invited(request, community, person):
            number += 1
        else:
            refused.append((line, " ".join(sentence for errors in person.errors.values() for sentence in errors)))
    if number:
        sentence = ngettext("%(number)s undangan dikirim.", "%(number)s undangan dikirim.", number)
        messages.success(request, sentence % {"number": number})
    if form.is_valid() and not refused:
        return redirect("communities:members", slug)
    if refused:
        form = InviteManyForm({"lines": "\n".join(line for line, _reason in refused)})
    return render(request, "communities/invite_many.html", {"community": community, "form": form, "refused": refused})


def is_invited(request, community, person):
    """Whether an invitation left to the one whom an InviteForm names; if not, the form says why."""
    if not person.is_valid() or not may_invite(request, person):
        return False
    facts = {name: person.cleaned_data[name] for name in ("name", "email")}
    try:
        Membership.objects.invite(community, by=request.user, **facts)
    except StepRefused as refusal:
        person.add_error("email", str(refusal))
    return not person.errors


@require_safe
@login_not_required
def invitation(request, code):
    """Whose link it is; who is signed in joins by one button, anyone else is led to signing in and back."""
    found = usable_link(code)
    if found is None:
        return over(request)
    if not request.user.is_authenticated:
        request.session[SESSION_KEY] = found.code
        here = urlencode({"next": found.get_absolute_url()})
        return render(request, "communities/invitation.html", {"link": found, "here": here})
    is_member = found.community.has_member(request.user)
    return render(request, "communities/invitation.html", {"link": found, "is_member": is_member})


@limited_sending()
@require_POST
def join_by_link(request, code):
    """A member from now on; pressed twice, the second finds it done."""
    found = usable_link(code)
    if found is None:
        return over(request)
    try:
        member = Membership.objects.join_by(found, by=request.user)
    except StepRefused as refusal:
        messages.error(request, str(refusal))
        return redirect("workspace")
    request.session.pop(SESSION_KEY, None)
    messages.success(request, _("Selamat datang di %(kim)s.") % {"kim": found.community.name})
    return redirect(found.community.room_path if member.community.is_open_to_members else "workspace")


def usable_link(code):
    return InvitationLink.objects.usable().filter(code=code.upper()).select_related("community__seat").first()


def over(request):
    return render(request, "communities/invitation_over.html", status=GONE)
