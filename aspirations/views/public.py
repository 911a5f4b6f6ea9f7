"""What everyone reads of aspirations."""

from http import HTTPStatus

from django.contrib.auth.decorators import login_not_required
from django.http import Http404
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from accounts.photo_answers import photo_answer, shown_elsewhere
from aspirations.filters import AspirationFilter
from aspirations.forms.public import CodeForm
from aspirations.models import Aspiration, AspirationPhoto
from aspirations.views.pictures import pictures
from pages import freshness
from pages.limits import limited
from pages.paging import KeysetPage
from pages.reading import require_safe
from regions import atlas
from regions.filters import read_as_meant
from regions.maps import region_map
from regions.models import Region
from regions.page_place import set_page_place


@require_safe
@login_not_required
@limited("search")
def aspiration_list(request):
    rows = AspirationFilter(request.GET, queryset=Aspiration.objects.public())
    freshness.follow(request, rows.topic)
    set_page_place(request, rows.region)
    page, meant = read_as_meant(rows, lambda chosen: KeysetPage(chosen.qs.for_list(), chosen.data))
    context = {"filter": rows, "region": rows.region, "page": page, "meant": meant}
    return render(request, "aspirations/list.html", context)


@require_safe
@login_not_required
def of_region(request, code):
    """How many are going on in each part of a region, as a map and a table, and how fast its offices answer.

    Of a village, which has no parts, one number.
    """
    freshness.follow(request, code)
    region, children, _neighbours = atlas.surroundings(code)
    if region is None:
        raise Http404
    set_page_place(request, region)
    going_on = Aspiration.objects.public().going_on()
    parts = going_on.within(region).per_region(children)
    offices = [one for one in [region, *children] if one.level <= Region.Level.REGENCY]
    numbers = Aspiration.objects.public().numbers_of(offices)
    context = {
        "region": region,
        "map": region_map(region, parts, _("usulan"), list_url) if any(number for _part, number in parts) else None,
        "number": going_on.within(region).count() if not children else 0,
        "offices": [(office, numbers[office.pk]) for office in offices],
    }
    return render(request, "aspirations/of_region.html", context)


def list_url(region):
    return f"{reverse('aspirations:list')}?wilayah={region.code}"


@require_safe
@login_not_required
def track(request):
    """To an aspiration by its code, as people copy it."""
    form = CodeForm(request.GET if "kode" in request.GET else None)
    if form.is_bound and form.is_valid():
        return redirect(form.found)
    return render(request, "aspirations/track.html", {"form": form})


@require_safe
@login_not_required
def detail(request, code):
    freshness.follow(request, f"usulan-{code}")
    row = Aspiration.objects.public().for_page().filter(code=code).first()
    if row is None:
        return withdrawn(request, code)
    set_page_place(request, row.place)
    photos = row.photos.filter(is_hidden=False)
    context = {
        "row": row,
        "steps": row.steps.public(),
        "pictures": pictures(photos, AspirationPhoto.url),
        "lead": next(iter(photos), None),
        "original": row.duplicate_of if row.duplicate_of and row.duplicate_of.is_public else None,
    }
    return render(request, "aspirations/detail.html", context)


def withdrawn(request, code):
    """A 404 as for what was never there, which says of what its sender took back that it was, and no more than that."""
    get_object_or_404(Aspiration.objects.withdrawn().only("pk"), code=code, published_at__isnull=False)
    return render(request, "aspirations/withdrawn.html", {"code": code}, status=HTTPStatus.NOT_FOUND)


@require_safe
@login_not_required
@shown_elsewhere
def photo(request, uuid, name):
    """A copy of a photo, while everyone may read its aspiration and it is not hidden."""
    return photo_answer(request, get_object_or_404(AspirationPhoto.objects.shown(), uuid=uuid), name)
