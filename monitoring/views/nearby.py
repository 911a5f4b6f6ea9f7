"""What went on around the reader: which place that is, and then what is there."""

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from monitoring.forms import PlaceForm
from monitoring.nearby import Nearby
from pages import freshness
from pages.reading import require_safe
from regions.by_url import by_code
from regions.forms import PositionForm
from regions.models import INDONESIA, Region
from regions.my_region import chosen_region
from regions.page_place import set_page_place


@require_http_methods(["GET", "HEAD", "POST"])
@login_not_required
@never_cache
def nearby(request):
    """To what is around the village where the device is, a place named, or the reader's own region; or asking for one.

    The position is used for this answer and not kept.
    """
    form = PlaceForm(request.GET if any(request.GET.getlist("wilayah")) else None)
    refusals = []
    if request.method == "POST":
        position = PositionForm(request.POST)
        found = Region.objects.nearest(**position.cleaned_data, limit=1) if position.is_valid() else []
        if found:
            return redirect("monitoring:nearby_of", found[0].code)
        refusals = [_("Lokasi Anda tidak dapat dicocokkan dengan desa di Indonesia. Silakan cari namanya.")]
    elif form.is_bound and form.is_valid():
        return redirect("monitoring:nearby_of", form.cleaned_data["wilayah"].code)
    elif "wilayah" not in request.GET and (own := chosen_region(request)) and own.level >= Region.Level.REGENCY:
        return redirect("monitoring:nearby_of", own.code)
    status = 400 if refusals or form.is_without_answer else 200
    return render(request, "monitoring/nearby_start.html", {"form": form, "refusals": refusals}, status=status)


@require_safe
@login_not_required
@by_code
def of_place(request, region, _parts):
    freshness.follow(request, INDONESIA)
    if region.level < Region.Level.REGENCY:
        raise Http404
    set_page_place(request, region)
    return render(request, "monitoring/nearby.html", {"region": region, "nearby": Nearby(region)})
