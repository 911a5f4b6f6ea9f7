"""The shelf of what there is to learn from, for everyone."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csp import csp_override

from communities.filters import MaterialFilter
from communities.models import Material
from communities.models.materials import SHELF
from communities.papers import NOTHING, attachment
from pages import freshness
from pages.markup import render_markup
from pages.paging import KeysetPage
from pages.reading import require_safe


@require_safe
@login_not_required
def material_list(request):
    freshness.follow(request, SHELF)
    materials = MaterialFilter(request.GET, queryset=Material.objects.shown().for_shelf())
    page = KeysetPage(materials.qs, request.GET)
    return render(request, "communities/material_list.html", {"filter": materials, "page": page})


@require_safe
@login_not_required
def material_detail(request, pk):
    freshness.follow(request, SHELF)
    material = get_object_or_404(Material.objects.shown().for_shelf(), pk=pk)
    context = {"material": material, "about_html": render_markup(material.about)}
    return render(request, "communities/material_detail.html", context)


@require_safe
@login_not_required
@csp_override(NOTHING)
def material_file(request, pk):
    """Its PDF to be kept, for as long as it stands on the shelf; browsers never show it within the portal."""
    material = get_object_or_404(Material.objects.shown(), pk=pk)
    answer = attachment(material.file, material.name)
    # Shared caches ask again, so that what was withdrawn is gone at once.
    patch_cache_control(answer, public=True, max_age=3600, s_maxage=0)
    return answer
