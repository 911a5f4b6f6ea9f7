"""Finding a place, and keeping one as "wilayah saya"."""

from django.contrib.auth.decorators import login_not_required
from django.http import JsonResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control, never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from pages import freshness
from pages.from_elsewhere import is_from_elsewhere
from pages.going_back import kept_nowhere
from pages.limits import limited
from pages.reading import require_safe
from regions import atlas
from regions.filters import UNFINISHED
from regions.finding import Found
from regions.forms import MyPlaceForm, PlaceSearchForm, PositionForm
from regions.models import INDONESIA, Region
from regions.my_region import chosen_region, remember


@require_safe
@login_not_required
def index(request):
    return render(request, "regions/region_list.html", places_to_choose_from(request.GET))


@require_safe
@login_not_required
@limited("suggestion")
@cache_control(public=True, max_age=3600)
def suggest(request):
    """What a search box offers while someone types."""
    freshness.follow(request)
    form = PlaceSearchForm(request.GET)
    found = Region.objects.find(form.cleaned_data["q"], limit=8) if form.is_valid() else Found()
    return suggestions(
        [
            {"code": region.code, "name": region.full_name, "label": region.long_name, "url": region.get_absolute_url()}
            for region in found
        ],
        is_cut=found.is_cut,
    )


def suggestions(offers, *, is_cut):
    """The answer to a search box: what it may offer and, where the time ran out, a note that says so."""
    return JsonResponse([*offers, *([{"note": UNFINISHED}] if is_cut else [])], safe=False)


# The page of a region offers itself with one button, and is the same for everyone: it holds no token.
@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def mine(request):
    """The chosen region, or else choosing one. Only its code is kept, in a cookie that scripts of ours read."""
    if request.method == "POST" and is_from_elsewhere(request):
        context = {**places_to_choose_from({}), "refusals": [_("Pilih wilayah Anda di sini.")]}
        return render(request, "regions/my_region.html", context, status=403)
    form = MyPlaceForm(request.POST or None)
    if form.is_valid():
        region = form.cleaned_data["kode"]
        return remember(redirect(f"{region.get_absolute_url()}#wilayah-saya"), region)
    region = chosen_region(request)
    if region and request.method != "POST" and not request.GET.keys() & {"ganti", "q", "di"}:
        return redirect(region)
    context = {**places_to_choose_from(request.GET), "chosen": region, "refusals": form.errors.get("kode", [])}
    return render(request, "regions/my_region.html", context)


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
@kept_nowhere
def nearest(request):
    """The villages nearest to where the device is; the position is used for this answer and not kept."""
    if request.method != "POST":
        return redirect("regions:mine")
    form = PositionForm(request.POST)
    found = Region.objects.nearest(form.cleaned_data["lat"], form.cleaned_data["lng"]) if form.is_valid() else []
    context = {**places_to_choose_from({}), "chosen": chosen_region(request), "near": found}
    if not found:
        context["refusals"] = [_("Lokasi Anda tidak dapat dicocokkan dengan desa di Indonesia. Silakan cari namanya.")]
    return render(request, "regions/my_region.html", context)


def places_to_choose_from(params):
    """What was found for the words, or else what lies in the region reached from above."""
    form = PlaceSearchForm(params)
    form.is_valid()
    query, region = (form.cleaned_data.get(name) for name in ("q", "di"))
    region, children, _neighbours = atlas.surroundings(region.code if region else INDONESIA)
    return {
        "form": form,
        "query": query,
        "found": Region.objects.find(query) if query else Found(),
        "region": region,
        "children": children,
    }
