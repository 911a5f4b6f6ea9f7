"""The page of an OPD: one matter, by a link of its own and without an account."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aspirations.models import AgencyTurn


@require_safe
@login_not_required
@never_cache
def matter(request, token):
    turn = get_object_or_404(AgencyTurn.objects.open().with_matter(), token=token)
    row = turn.aspiration
    return render(request, "aspirations/agency.html", {"turn": turn, "row": row, "steps": row.steps.all()})
