"""Warnings as everyone reads them."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render

from bulletins.models import Bulletin
from pages import freshness
from pages.markup import render_markup
from pages.paging import KeysetPage
from pages.reading import require_safe


@require_safe
@login_not_required
def warnings(request):
    """All that are in force in the country, the newest first."""
    freshness.follow(request)
    page = KeysetPage(Bulletin.objects.warnings().for_tops(), request.GET, order="-sent_at")
    for warning in page:
        freshness.keep_until(request, warning.ends_at)
    return render(request, "bulletins/warnings.html", {"page": page})


@require_safe
@login_not_required
def warning(request, pk):
    """One warning, for as long as it is remembered: in force, over or recalled, which it says."""
    freshness.follow(request, f"bulletin-{pk}")
    row = get_object_or_404(Bulletin.objects.public().for_warning(), pk=pk, is_urgent=True)
    if row.is_in_force:
        freshness.keep_until(request, row.ends_at)
    context = {"warning": row, "place": row.issuer, "text_html": render_markup(row.text)}
    return render(request, "bulletins/warning.html", context)
