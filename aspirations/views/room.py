"""A KIM's room: what residents sent through it, and what it enters for somebody."""

from http import HTTPStatus

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from accounts.photo_answers import private_photo_answer
from aspirations.forms.entering import EnteringForm
from aspirations.forms.room import DEEDS
from aspirations.models import Aspiration, AspirationPhoto
from aspirations.views.acting import carried_out, forms_of, sent_form
from communities.models import Community
from pages.limits import limited_sending
from pages.paging import KeysetPage
from pages.reading import require_safe

MOST_ALIKE = 5


@require_safe
def matters(request):
    """What waits for this person's KIM, and what has gone on from there."""
    handed_on = Aspiration.objects.readable_by(request.user).exclude(status=Aspiration.Status.RECEIVED)
    context = {
        "waiting": Aspiration.objects.waits_for(request.user).for_page(),
        "page": KeysetPage(handed_on.for_page(), request.GET),
        "communities": boarded(request).order_by("name"),
    }
    return render(request, "aspirations/room_list.html", context)


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def matter(request, code):
    row = get_object_or_404(Aspiration.objects.readable_by(request.user).for_page(), code=code)
    if row.is_withdrawn:
        status = HTTPStatus.CONFLICT if request.method == "POST" else HTTPStatus.OK
        return render(request, "aspirations/room_withdrawn.html", {"code": row.code}, status=status)
    form = sent_form(request, row, DEEDS) if request.method == "POST" else None
    if form and form.is_valid() and carried_out(request, form, by=request.user):
        return redirect(row.room_path if form.word == "lengkapi" else "aspirations:room_list")
    shows_sender = row.shows_sender_to(request.user)
    context = {
        "row": row,
        "form": form,
        "forms": forms_of(row, DEEDS, form),
        "alike": Aspiration.objects.alike(row)[:MOST_ALIKE] if shows_sender else [],
        "photos": row.photos.all(),
        "shows_sender": shows_sender,
        "steps": row.steps.all() if shows_sender else row.steps.public(),
    }
    return render(request, "aspirations/room.html", context, status=form.answer_status if form else 200)


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
def enter(request, slug):
    """The board writes down what somebody told it."""
    community = get_object_or_404(Community.objects.readable_by(request.user), slug=slug)
    if not boarded(request).filter(pk=community.pk).exists():
        raise PermissionDenied
    form = EnteringForm(request.POST or None, allows=lambda place: is_near(place, community))
    form.fields["place"].initial = community.seat.long_name
    if form.is_valid() and (row := form.save(by=request.user, community=community)):
        messages.success(request, form.done)
        return redirect(row.room_path)
    return render(request, "aspirations/room_enter.html", {"community": community, "form": form})


@require_safe
def own_photo(request, uuid, name):
    """A photo for those who may read its aspiration before everyone does, or when nobody else may any more."""
    rows = Aspiration.objects.readable_by(request.user).exclude(status=Aspiration.Status.WITHDRAWN)
    if request.user.is_staff:
        rows = Aspiration.objects.for_officer(request.user)
    photo = get_object_or_404(AspirationPhoto, aspiration__in=rows.values("pk"), uuid=uuid)
    return private_photo_answer(photo, name)


def boarded(request):
    """The standing KIM in which this person holds an office."""
    return Community.objects.registered().boarded_by(request.user)


def is_near(place, community):
    """Whether the place lies in the KIM's own regency, or province where it has none."""
    column = "regency_id" if community.regency_id else "province_id"
    return getattr(place, column) == getattr(community, column)
