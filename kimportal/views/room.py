"""The room of a person: what waits, and what is theirs."""

from django.shortcuts import render

from accounts.waiting import waiting_for
from bulletins.models import Delivery
from communities.models import Community, InvitationLink, Membership
from communities.views.inviting import SESSION_KEY as INVITED
from pages.reading import require_safe

MOST_UNREAD = 3


@require_safe
def workspace(request):
    """What waits for this person first; then what is theirs: the KIMs, what they wrote, and the account."""
    waiting = waiting_for(request.user)
    own = request.user.memberships.select_related("community__seat__regency")
    chaired = list(Community.objects.chaired_by(request.user).values_list("pk", flat=True))
    memberships = list(own.current().order_by("community__name"))
    context = {
        "memberships": memberships,
        "asked": own.requested(),
        "invitations": Membership.objects.waits_for(request.user).select_related("community__seat__regency"),
        "offered": InvitationLink.objects.usable().filter(code=request.session.get(INVITED, "")).first(),
        "waiting": waiting,
        "chaired": chaired,
        "unread_bulletins": unread_bulletins(request.user) if memberships else (),
    }
    return render(request, "kimportal/workspace.html", context)


def unread_bulletins(user):
    return Delivery.objects.of_member(user).unopened().for_inbox().order_by("-pk")[:MOST_UNREAD]
