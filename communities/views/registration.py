"""The room of one KIM: what it is, what is missing, and registering it step by step."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from communities.models import Community
from communities.requirements import requirements


def own_community(request, slug):
    """The KIM of this address for one of its people; for anyone else it does not exist."""
    own = Community.objects.of_member(request.user).select_related("seat__district", "seat__regency", "seat__province")
    return get_object_or_404(own, slug=slug)


@require_safe
def room(request, slug):
    community = own_community(request, slug)
    context = {
        "community": community,
        "requirements": requirements(community),
        "is_chair": Community.objects.chaired_by(request.user).filter(pk=community.pk).exists(),
        "steps": community.steps.select_related("by"),
    }
    return render(request, "communities/room.html", context)
