"""What everyone reads of an aspiration, and what its sender reads by the secret link."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from aspirations.models import Aspiration
from pages import freshness


@require_safe
@login_not_required
def detail(request, code):
    freshness.follow(request, f"usulan-{code}")
    row = get_object_or_404(Aspiration.objects.public().for_page(), code=code)
    return render(request, "aspirations/detail.html", {"row": row, "steps": row.steps.public()})


@require_safe
@login_not_required
@never_cache
def own(request, secret):
    row = get_object_or_404(Aspiration.objects.for_page(), secret=secret)
    return render(request, "aspirations/own.html", {"row": row, "steps": row.steps.public()})
