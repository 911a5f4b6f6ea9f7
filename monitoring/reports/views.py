"""The report of a KIM for its own people, on a page and as a file, and the rows behind each number."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.exporting import as_pdf, spreadsheet
from communities.models import Community
from monitoring.reports.figures import FIGURES
from monitoring.reports.of_kim import report_of, table
from monitoring.reports.paper import kim_pdf
from monitoring.reports.periods import PeriodForm
from monitoring.reports.rows import page_of
from pages.reading import require_safe


def own_community(request, slug):
    """The KIM of this URL for its people; for anyone else it does not exist."""
    own = Community.objects.readable_by(request.user).select_related("seat__district", "seat__regency", "decree")
    return get_object_or_404(own.distinct(), slug=slug)


def room_url(community, period):
    """A function from the word of a figure, or "" for the report itself, to its URL."""
    query = urlencode(period.query)

    def url_of(word):
        arguments = [community.slug, word] if word else [community.slug]
        return f"{reverse(f'reports:{"rows" if word else "of_kim"}', args=arguments)}?{query}"

    return url_of


@require_safe
def of_kim(request, slug):
    community = own_community(request, slug)
    form = PeriodForm(request.GET, community.seat)
    if not form.is_valid():
        return refused(request, community, form)
    report = report_of(community, form.period, room_url(community, form.period))
    if kind := form.cleaned_data["berkas"]:
        return as_file(report, kind)
    return render(request, "reports/of_kim.html", {"community": community, "form": form, "report": report})


def refused(request, community, form):
    """What is no period is said beside its field, wherever it was asked for."""
    context = {"community": community, "form": form}
    return render(request, "reports/of_kim.html", context, status=HTTPStatus.BAD_REQUEST)


def as_file(report, kind):
    name = f"{slugify(_('Laporan'))}-{report.community.slug}-{report.period.slug}.{kind}"
    return as_pdf(kim_pdf(report), name) if kind == "pdf" else spreadsheet(kind, name, table(report))


@require_safe
def rows(request, slug, word):
    """What one number of the report counts."""
    community = own_community(request, slug)
    if word not in FIGURES:
        raise Http404
    form = PeriodForm(request.GET, community.seat)
    if not form.is_valid():
        return refused(request, community, form)
    figure, page, listed = page_of(word, community, form.period, request.GET)
    context = {
        "community": community,
        "period": form.period,
        "report_url": room_url(community, form.period)(""),
        "figure": figure,
        "page": page,
        "rows": listed,
    }
    return render(request, "reports/rows.html", context)
