"""The page of an OPD: one matter, by a link of its own and without an account."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from accounts.photo_answers import private_photo_answer
from aspirations.forms.agency import DEEDS, LAST
from aspirations.models import AgencyTurn
from aspirations.views.acting import carried_out, forms_of, sent_form
from pages.limits import limited_sending
from pages.reading import require_safe
from pages.twice import SAME_WORDS


@limited_sending()
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def matter(request, token):
    turn = AgencyTurn.objects.with_matter().filter(token=token).first()
    if turn and turn.ended_at and request.method == "POST" and SAME_WORDS.is_again(request):
        return redirect("aspirations:agency_done")
    if turn is None or turn.ended_at:
        return render(request, "aspirations/agency_over.html", {"turn": turn}, status=404)
    row = turn.aspiration
    form = sent_form(request, row, DEEDS) if request.method == "POST" else None
    if form and form.is_valid() and carried_out(request, form, turn=turn):
        return redirect("aspirations:agency_done" if form.word in LAST else turn.link)
    context = {
        "turn": turn,
        "row": row,
        "form": form,
        "forms": forms_of(row, DEEDS, form),
        "photos": row.photos.filter(is_hidden=False),
        "steps": row.steps.for_agency(turn),
    }
    return render(request, "aspirations/agency.html", context, status=form.answer_status if form else 200)


@require_safe
@login_not_required
@never_cache
def done(request):
    """After the answer or the return, when the link has died with the turn."""
    return render(request, "aspirations/agency_done.html")


@require_safe
@login_not_required
@never_cache
def photo(request, token, uuid, name):
    turn = AgencyTurn.objects.open().select_related("aspiration").filter(token=token).first()
    if turn is None:
        raise Http404
    photos = turn.aspiration.photos.filter(is_hidden=False)
    return private_photo_answer(get_object_or_404(photos, uuid=uuid), name)
