"""The numbers of the country and of each region for everyone: a page, its numbers alone, and its table as a file."""

from django.contrib.auth.decorators import login_not_required
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from monitoring.forms import StatisticsForm
from monitoring.regional_map import map_url
from monitoring.statistics import Statistics, statistics_url
from monitoring.views.files import download, refused
from pages import freshness
from pages.reading import require_safe
from pages.spreadsheets import csv_file
from regions.by_url import by_code, by_name, country_or_404, narrowed_country
from regions.page_place import set_page_place


@require_safe
@login_not_required
@narrowed_country(statistics_url)
def country(request):
    return page(request, *country_or_404())


@require_safe
@login_not_required
@by_name(statistics_url)
def of_region(request, region, parts):
    return page(request, region, parts)


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
@by_code
def numbers(request, region, _parts):
    """What a page of this region that stays open asks for anew: kept like any page until the region's topic changes."""
    freshness.follow(request, region.code)
    set_page_place(request, region)
    form = StatisticsForm(request.GET)
    if form.refusals:
        return refused(form)
    shown = Statistics(region, sector=form.cleaned_data["bidang"])
    return render(request, "monitoring/_numbers.html", {"region": region, "statistics": shown})


@require_safe
@login_not_required
@by_code
def as_csv(request, region, parts):
    """The table of the page; a sentence where the choice makes no sense."""
    form = StatisticsForm(request.GET)
    if form.refusals:
        return refused(form)
    shown = Statistics(region, parts, form.cleaned_data["bidang"])
    head, *rows = shown.table.rows([_("kode"), _("wilayah")])
    told = [str(shown.sector or _("semua")), shown.as_of.isoformat(timespec="seconds")]
    lines = [[*head, _("bidang kegiatan"), _("data per")], *([*row, *told] for row in rows)]
    return download(csv_file(lines), f"statistik-{region.code}.csv", shown.as_of)
