"""Lists of one type with a look of their own: what was corrected, and what a place has to offer."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.http import urlencode

from activities.filters import AgendaFilter, PotentialFilter, led_elsewhere
from activities.models import Post
from pages import freshness
from pages.paging import KeysetPage
from pages.reading import require_safe
from regions.page_place import set_page_place


@require_safe
@login_not_required
def clarifications(request):
    return list_of(request, Post.Type.KLARIFIKASI, AgendaFilter, "activities/clarifications.html")


@require_safe
@login_not_required
def potentials(request):
    return list_of(request, Post.Type.POTENSI, PotentialFilter, "activities/potentials.html")


def list_of(request, kind, filter_class, template):
    if elsewhere := led_elsewhere(request.GET, but=filter_class.base_filters, jenis=kind):
        return redirect(elsewhere)
    chosen = filter_class(request.GET, queryset=Post.objects.published().filter(type=kind))
    freshness.follow(request, chosen.topic)
    set_page_place(request, chosen.region)
    context = {
        "filter": chosen,
        "region": chosen.region,
        "page": KeysetPage(chosen.qs.for_cards(), request.GET),
        "feed_query": f"?{urlencode({'jenis': kind} | chosen.chosen)}",
    }
    return render(request, template, context)
