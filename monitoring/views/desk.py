"""The dashboards at the desk: of the own region, of each below it, and what these lack. Elsewhere is a 404."""

import hashlib

from django.contrib import admin
from django.http import Http404
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils import timezone
from django.utils.cache import get_conditional_response
from django.utils.text import slugify
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.exporting import log, spreadsheet
from accounts.place_filter import ITSELF
from monitoring import dashboard
from monitoring.dashboard import Dashboard
from pages import freshness
from pages.paging import KeysetPage
from regions import atlas
from regions.finding import lies_in
from regions.models import INDONESIA, Region


def own_regions(user):
    """The regions that this officer answers for, as the map has them."""
    codes = [INDONESIA] if user.answers_everywhere else [row.region.code for row in user.current_assignments]
    found = (atlas.surroundings(code)[0] for code in codes)
    return [region for region in found if region]


def asked_region(request, code):
    """`(region, parts, the own region that it lies in)`; Http404 for what lies elsewhere."""
    region, parts, _neighbours = atlas.surroundings(code)
    above = next((own for own in own_regions(request.user) if region and lies_in(region, own)), None)
    if above is None:
        raise Http404
    return region, parts, above


def own(request):
    """The dashboard of the region of the first assignment."""
    regions = own_regions(request.user)
    if not regions:
        raise Http404
    return redirect("desk_monitor:region", code=regions[0].code)


def show(request, code):
    region, parts, above = asked_region(request, code)
    context = {
        **context_of(request, region, above),
        "title": _("Pantauan %(name)s") % {"name": region.full_name},
        "dashboard": Dashboard(region, parts),
        "others": [other for other in own_regions(request.user) if other != above],
    }
    return TemplateResponse(request, "admin/monitoring/dashboard.html", context)


def numbers(request, code):
    """What a dashboard that stays open asks for anew: read again once its region's news changed, or every minute."""
    region, parts, _above = asked_region(request, code)
    version = f"{freshness.stamp(region.code)} {timezone.now():%H:%M} {get_language()}"
    version = f'"{hashlib.sha256(version.encode()).hexdigest()[:32]}"'
    if unchanged := get_conditional_response(request, etag=version):
        return unchanged
    context = {"region": region, "dashboard": Dashboard(region, parts)}
    return TemplateResponse(request, "admin/monitoring/_numbers.html", context, headers={"ETag": version})


def context_of(request, region, above):
    return {
        **admin.site.each_context(request),
        "region": region,
        "above": [place for place in [above, *region.ancestors] if lies_in(place, above) and place != region],
    }


def export(request, code, kind):
    """The table as a file; who took it along is written down."""
    region, parts, _above = asked_region(request, code)
    shown = Dashboard(region, parts)
    rows = list(shown.table.rows([_("kode"), _("wilayah")]))
    log(Region, request, kind, len(rows) - 1)
    title = _("Pantauan %(name)s") % {"name": region.name}
    name = f"{slugify(title)}-{shown.today:%Y-%m-%d}.{kind}"
    return spreadsheet(kind, name, rows)


def without_kim(request, code):
    return lacking(request, code, _("Desa dan kelurahan tanpa KIM"), dashboard.without_kim())


def without_officer(request, code):
    return lacking(request, code, _("Wilayah tanpa petugas"), dashboard.without_officer())


def lacking(request, code, title, rows):
    region, _parts, above = asked_region(request, code.removesuffix(ITSELF))
    rows = rows.in_no_part(region) if code.endswith(ITSELF) else rows.within(region)
    page = KeysetPage(rows.with_names(), request.GET, order="code")
    context = {**context_of(request, region, above), "title": title, "page": page}
    return TemplateResponse(request, "admin/monitoring/lacking.html", context)
