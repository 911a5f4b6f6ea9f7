"""The map of the country and of each region, by one measure, with its table and its files."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from monitoring.forms import BY_NAME, BY_NUMBER, MeasureForm
from monitoring.regional_map import RegionalMap, map_url
from monitoring.views.files import download, refused
from pages import freshness
from pages.reading import require_safe
from regions.by_url import by_code, by_name, country_or_404, narrowed_country, query_of
from regions.models import Region
from regions.page_place import set_page_place


@require_safe
@login_not_required
@narrowed_country(map_url)
def country(request):
    return page(request, *country_or_404())


@require_safe
@login_not_required
@by_name(map_url)
def of_region(request, region, parts):
    if region.level == Region.Level.VILLAGE:
        return redirect(map_url(region.district, query_of(request)))
    return page(request, region, parts)


def page(request, region, parts):
    freshness.follow(request, region.code)
    set_page_place(request, region)
    form = MeasureForm(request.GET)
    context = {"region": region, "form": form}
    if not form.is_valid():
        return render(request, "monitoring/map.html", context, status=400)
    context |= {"map": RegionalMap(region, parts, form), "columns": columns(form), "clear": map_url(region)}
    return render(request, "monitoring/map.html", context)


def columns(form):
    """The headings of the table: what each says, how it is sorted now, and the URL that sorts it the next way."""
    by_name = {"label": _("Wilayah"), "order": BY_NAME}
    by_number = {"label": form.measure.label, "order": BY_NUMBER}
    for column, first in ((by_name, BY_NAME), (by_number, f"-{BY_NUMBER}")):
        up, down = column["order"], f"-{column['order']}"
        column["sorted"] = {up: "ascending", down: "descending"}.get(form.order, "none")
        column["url"] = form.query(urut={up: down, down: up}.get(form.order, first))
    return by_name, by_number


@require_safe
@login_not_required
@by_code
def as_csv(request, region, parts):
    return file(request, region, parts, "csv")


@require_safe
@login_not_required
@by_code
def as_geojson(request, region, parts):
    return file(request, region, parts, "geojson")


def file(request, region, parts, ending):
    """The rows of the page as a file; a sentence where the choice makes no sense. Too large to be kept as pages are."""
    form = MeasureForm(request.GET)
    if form.refusals:
        return refused(form)
    shown = RegionalMap(region, parts, form)
    content = shown.as_csv() if ending == "csv" else shown.as_geojson()
    return download(content, f"peta-{region.code}-{form.measure.word}.{ending}", shown.as_of)
