"""The funnel of a bulletin, from the office's region down to the village, on a page and as a file."""

from django.template.response import TemplateResponse
from django.utils.text import slugify
from django.utils.translation import gettext as _

from accounts.exporting import log, spreadsheet
from bulletins.admin.regions_within import asked_region
from bulletins.funnel import per_region, total_of
from regions.models import Region


def show(desk, request, pk):
    """The lines of what lies right below a region, each leading to its own."""
    bulletin = desk.get_object(request, str(pk))
    region = asked_region(bulletin, request.GET)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Capaian"),
        "bulletin": bulletin,
        "region": region,
        "above": [place for place in region.ancestors if place.level > bulletin.issuer.level],
        "leads_on": region.level < Region.Level.DISTRICT,
        "total": total_of(bulletin.deliveries.within(region)),
        "lines": per_region(bulletin.deliveries.all(), region),
    }
    return TemplateResponse(request, "admin/bulletins/funnel.html", context)


def export(desk, request, pk, kind):
    """The same lines as a file; who took them along is written down."""
    bulletin = desk.get_object(request, str(pk))
    region = asked_region(bulletin, request.GET)
    lines = per_region(bulletin.deliveries.all(), region)
    log(desk.model, request, kind, len(lines))
    name = f"{slugify(_('Capaian'))}-{bulletin.slug}-{slugify(region.name)}.{kind}"
    return spreadsheet(kind, name, table(lines, region))


def table(lines, region):
    """Lists of values: the headings, then each line."""
    yield [
        *[_("kode"), _("wilayah"), _("penerima"), _("dibuka"), _("disebarkan")],
        *[_("jangkauan diakui"), _("jangkauan terverifikasi"), _("median jam sampai dibuka")],
        _("median jam sampai disebarkan"),
    ]
    for line in lines:
        place = line.region or region
        yield [
            *[place.code, place.full_name, line.targeted, line.opened, line.passed_on],
            *[line.claimed, line.verified, line.hours_to_open, line.hours_to_pass_on],
        ]
