"""The numbers of the country and of each region for everyone: a page, its numbers alone, and its table as a file."""

import csv
import io

from django.contrib.auth.decorators import login_not_required
from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from monitoring.forms import StatisticsForm
from monitoring.regional_map import map_url
from monitoring.statistics import Statistics, statistics_url
from pages import freshness
from pages.spreadsheets import harmless
from regions import atlas
from regions.by_url import region_or_404
from regions.models import INDONESIA
from regions.page_place import set_page_place


@require_safe
@login_not_required
def country(request):
    return page(request, *standing(INDONESIA))


@require_safe
@login_not_required
def of_region(request, code_and_slug):
    code, _dash, slug = code_and_slug.partition("-")
    region, parts, _neighbours = atlas.surroundings(code)
    if region is None or region.retired_on or region.slug != slug or not region.level:
        query = f"?{request.GET.urlencode()}" if request.GET else ""
        return redirect(statistics_url(region_or_404(code_and_slug)[0], query), permanent=True)
    return page(request, region, parts)


def standing(code):
    """`(region, its parts)`; Http404 for a code that no region has today."""
    region, parts, _neighbours = atlas.surroundings(code)
    if region is None or region.retired_on:
        raise Http404
    return region, parts


def page(request, region, parts):
    freshness.follow(request, region.code)
    set_page_place(request, region)
    form = StatisticsForm(request.GET)
    context = {"region": region, "form": form, "crumbs": crumbs(region)}
    if not form.is_valid():
        return render(request, "monitoring/statistics.html", context, status=400)
    shown = Statistics(region, parts, form.cleaned_data["bidang"])
    lines = [(line, statistics_url(line.region, form.query) if line.region else "") for line in shown.table.lines]
    links = {"map_url": map_url(region), "query": form.query, "lines": lines}
    return render(request, "monitoring/statistics.html", {**context, **links, "statistics": shown})


def crumbs(region):
    """`(name, URL of its numbers)` of all that the region lies in."""
    above = [("Indonesia", reverse("monitoring:statistics"))] if region.level else []
    return above + [(place.full_name, statistics_url(place)) for place in region.ancestors]


@require_safe
@login_not_required
def numbers(request, code):
    """What a page of this region that stays open asks for anew: kept like any page until the region's topic changes."""
    region, _parts = standing(code)
    freshness.follow(request, region.code)
    set_page_place(request, region)
    form = StatisticsForm(request.GET)
    if not form.is_valid():
        return refused(form)
    shown = Statistics(region, sector=form.cleaned_data["bidang"])
    return render(request, "monitoring/_numbers.html", {"region": region, "statistics": shown})


def refused(form):
    """The sentences of a form where no page stands around it."""
    return HttpResponse("\n".join(form.refusals), status=400, content_type="text/plain; charset=utf-8")


@require_safe
@login_not_required
def as_csv(request, code):
    """The table of the page; a sentence where the choice makes no sense."""
    region, parts = standing(code)
    form = StatisticsForm(request.GET)
    if not form.is_valid():
        return refused(form)
    shown, text = Statistics(region, parts, form.cleaned_data["bidang"]), io.StringIO()
    lines = csv.writer(text, delimiter=";")
    head, *rows = shown.table.rows([_("kode"), _("wilayah")])
    lines.writerow([*head, _("bidang kegiatan"), _("data per")])
    told = [str(shown.sector or _("semua")), shown.as_of.isoformat(timespec="seconds")]
    lines.writerows([*(harmless(cell) if isinstance(cell, str) else cell for cell in row), *told] for row in rows)
    return HttpResponse(
        text.getvalue().encode("utf-8-sig"),
        content_type="text/csv; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="statistik-{region.code}.csv"'},
    )
