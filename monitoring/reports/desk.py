"""Reports at the officers' desk: of a KIM, and of a region with all its KIM, within the own wilayah tugas."""

from http import HTTPStatus

from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.exporting import as_pdf, log, spreadsheet
from communities.coverage import coverage_table
from communities.desk_pages import at_the_desk
from monitoring.reports.figures import FIGURES
from monitoring.reports.of_kim import report_of
from monitoring.reports.of_kim import table as table_of_kim
from monitoring.reports.of_region import SHORT, report_of_region, table, tables_of_parts
from monitoring.reports.paper import kim_pdf, region_pdf
from monitoring.reports.periods import PeriodForm
from monitoring.reports.rows import page_of
from pages.paging import KeysetPage
from pages.said_once import repeated
from regions.atlas import FROM_ATLAS
from regions.models import Region
from regions.placed import LABELS

KIMS_SHOWN = 50
KINDS = ("pdf", "xlsx", "csv")


def asked(request):
    """The query of the page, and the button that downloads what it shows: a POST, since that is written down."""
    data = request.GET.copy()
    data["berkas"] = request.POST.get("berkas", "")
    return data


def page(desk, request, template, title, *, status=HTTPStatus.OK, **context):
    context |= {**desk.admin_site.each_context(request), "opts": desk.opts, "title": title}
    return TemplateResponse(request, f"admin/reports/{template}.html", context, status=status)


# Of a KIM


def kim_urls(kim, period):
    query = urlencode(period.query)

    def url_of(word):
        name, arguments = ("report_rows", [kim.pk, word]) if word else ("report", [kim.pk])
        return f"{reverse(f'admin:communities_community_{name}', args=arguments)}?{query}"

    return url_of


@at_the_desk("<int:pk>/laporan/", "report")
def of_kim(desk, request, pk):
    kim = desk.get_object(request, str(pk))
    form = PeriodForm(asked(request), kim.seat, KINDS)
    if not form.is_valid():
        return kim_page(desk, request, kim, form, status=HTTPStatus.BAD_REQUEST)
    report = report_of(kim, form.period, kim_urls(kim, form.period))
    if kind := form.cleaned_data["berkas"]:
        log(desk.model, request, kind, 1)
        name = f"{slugify(_('Laporan'))}-{kim.slug}-{form.period.slug}.{kind}"
        return as_pdf(kim_pdf(report), name) if kind == "pdf" else spreadsheet(kind, name, table_of_kim(report))
    return kim_page(desk, request, kim, form, report=report)


def kim_page(desk, request, kim, form, **context):
    title = _("Laporan kegiatan %(kim)s") % {"kim": kim.name}
    return page(desk, request, "of_kim", title, form=form, kim=kim, **context)


@at_the_desk("<int:pk>/laporan/<slug:word>/", "report_rows")
def rows(desk, request, pk, word):
    kim = desk.get_object(request, str(pk))
    if word not in FIGURES:
        raise Http404
    form = PeriodForm(request.GET, kim.seat)
    if not form.is_valid():
        return kim_page(desk, request, kim, form, status=HTTPStatus.BAD_REQUEST)
    figure, found, listed = page_of(word, kim, form.period, request.GET)
    context = {"kim": kim, "period": form.period, "page": found, "rows": listed}
    context["report_url"] = kim_urls(kim, form.period)("")
    return page(desk, request, "rows", str(figure.label).capitalize(), **context)


# Of a region


def asked_region(request):
    """Named by its code as `wilayah`, within the own wilayah tugas, without one the officer's.

    Any other is a 404, as are two of them.
    """
    if repeated(request.GET, ["wilayah"]):
        raise Http404
    own = request.user.jurisdiction().with_names().filter(level__lt=Region.Level.VILLAGE)
    code = request.GET.get("wilayah", "")
    found = own.filter(code=code[:13]) if code else own.order_by("level", "code")
    region = found.first()
    if region is None:
        raise Http404
    return region


def region_urls(region, period):
    query = urlencode({"wilayah": region.code, **period.query})

    def url_of(word):
        name, arguments = ("region_report_kims", [word]) if word else ("region_report", [])
        return f"{reverse(f'admin:communities_community_{name}', args=arguments)}?{query}"

    return url_of


@at_the_desk("laporan/", "region_report")
def of_region(desk, request):
    region = asked_region(request)
    form = PeriodForm(asked(request), region, KINDS)
    if not form.is_valid():
        return region_page(desk, request, region, form, status=HTTPStatus.BAD_REQUEST)
    report = report_of_region(region, form.period, region_urls(region, form.period))
    if kind := form.cleaned_data["berkas"]:
        return region_file(desk, request, report, kind)
    context = {"report": report, "lines_below": report.coverage[0]}
    context |= {"report_url": report.url_of(""), "period_query": urlencode(form.period.query)}
    if region.level:
        context |= kims_on(report, request.GET) | {"sheets_of": LABELS[region.level]}
    return region_page(desk, request, region, form, **context)


def region_page(desk, request, region, form, **context):
    title = _("Laporan %(region)s") % {"region": region.full_name}
    return page(desk, request, "of_region", title, form=form, region=region, **context)


def kims_on(report, params, **narrowed):
    """A page of the KIM of a report, by name, each with its own report and its numbers."""
    kims = report.communities.filter(**narrowed).fetch_mode(FROM_ATLAS)
    found = KeysetPage(kims, params, order="name", size=KIMS_SHOWN)
    lines = [(kim, kim_urls(kim, report.period), counted) for kim, counted in report.lines(found)]
    shown = [(kim, url_of(""), [(counted[word], url_of(word)) for word in SHORT]) for kim, url_of, counted in lines]
    return {"page": found, "kims": shown, "headings": [FIGURES[word][1].label for word in SHORT]}


def region_file(desk, request, report, kind):
    if report.region.level == Region.Level.NATION:
        return redirect(report.url_of(""))
    log(desk.model, request, kind, report.communities.count())
    name = f"{slugify(_('Laporan'))}-{report.region.slug}-{report.period.slug}.{kind}"
    if kind == "pdf":
        return as_pdf(region_pdf(report), name)
    more = {_("Cakupan"): coverage_table(*report.coverage)}
    if kind == "xlsx" and request.POST.get("lembar") == "wilayah":
        more |= tables_of_parts(report)
    return spreadsheet(kind, name, table(report), more=more)


@at_the_desk("laporan/<slug:word>/", "region_report_kims")
def kims(desk, request, word):
    """The KIM behind a sum of a region, each leading to its rows."""
    region = asked_region(request)
    form = PeriodForm(request.GET, region)
    if word not in FIGURES or region.level == Region.Level.NATION:
        raise Http404
    if not form.is_valid():
        return region_page(desk, request, region, form, status=HTTPStatus.BAD_REQUEST)
    report = report_of_region(region, form.period, region_urls(region, form.period))
    some = [pk for pk, counted in report.numbers.items() if counted[word]]
    found = KeysetPage(report.communities.filter(pk__in=some), request.GET, order="name", size=KIMS_SHOWN)
    lines = [(kim, counted[word], kim_urls(kim, form.period)(word)) for kim, counted in report.lines(found)]
    context = {"region": region, "report": report, "page": found, "lines": lines, "sum": report.sums[word]}
    context["report_url"] = report.url_of("")
    return page(desk, request, "kims", str(FIGURES[word][1].label).capitalize(), **context)
