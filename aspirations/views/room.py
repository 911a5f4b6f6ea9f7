"""A KIM's room: what residents sent through it."""

from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_safe

from aspirations.models import Aspiration
from pages.paging import KeysetPage


@require_safe
def matters(request):
    """What waits for this person's KIM, and what has gone on from there."""
    handed_on = Aspiration.objects.readable_by(request.user).exclude(status=Aspiration.Status.RECEIVED)
    context = {
        "waiting": Aspiration.objects.waits_for(request.user).for_page(),
        "page": KeysetPage(handed_on.for_page(), request.GET),
    }
    return render(request, "aspirations/room_list.html", context)


@require_safe
def matter(request, code):
    row = get_object_or_404(Aspiration.objects.readable_by(request.user).for_page(), code=code)
    shows_sender = row.shows_sender_to(request.user)
    context = {
        "row": row,
        "steps": row.steps.all() if shows_sender else row.steps.public(),
        "shows_sender": shows_sender,
    }
    return render(request, "aspirations/room.html", context)
