"""Who gets a bulletin, before it is sent; who has not opened it, afterwards."""

from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext

from bulletins import tasks
from bulletins.admin.regions_within import asked_region
from pages.paging import KeysetPage
from regions.atlas import FROM_ATLAS
from regions.clocks import today
from regions.templatetags.places import thousands

PAGE = 50


def audience(desk, request, pk):
    """The KIM that it would go to if it were sent now, by name."""
    bulletin = desk.get_object(request, str(pk))
    rows = bulletin.audience()
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Penerima"),
        "bulletin": bulletin,
        "number": rows.count(),
        "page": KeysetPage(rows.fetch_mode(FROM_ATLAS), request.GET, order="name", size=PAGE),
    }
    return TemplateResponse(request, "admin/bulletins/audience.html", context)


def unopened(desk, request, pk):
    """The KIM that have it and did not open it, of one region or of all; one button reminds them."""
    bulletin = desk.get_object(request, str(pk))
    region = asked_region(bulletin, request.GET)
    rows = bulletin.deliveries.within(region).unopened()
    may_remind = bulletin.decided_by(request.user) and bulletin.is_in_force
    day = today(bulletin.issuer)
    if request.method == "POST":
        if not may_remind:
            raise PermissionDenied
        remind(request, bulletin, region, rows.to_remind(day).count(), day)
        return redirect(f"{reverse('admin:bulletins_bulletin_unopened', args=[pk])}?wilayah={region.code}")
    shown = rows.select_related("community").fetch_mode(FROM_ATLAS)
    context = {
        **desk.admin_site.each_context(request),
        "opts": desk.opts,
        "title": _("Belum dibuka"),
        "bulletin": bulletin,
        "region": region,
        "number": rows.count(),
        "to_remind": rows.to_remind(day).count() if may_remind else 0,
        "may_remind": may_remind,
        "page": KeysetPage(shown, request.GET, order="created_at", size=PAGE),
    }
    return TemplateResponse(request, "admin/bulletins/unopened.html", context)


def remind(request, bulletin, region, number, day):
    if not number:
        messages.info(request, _("Semua KIM yang belum membukanya sudah diingatkan hari ini."))
        return
    tasks.remind.enqueue(bulletin.pk, day.isoformat(), region.pk)
    told = ngettext("%(number)s KIM sedang diingatkan.", "%(number)s KIM sedang diingatkan.", number)
    messages.success(request, told % {"number": thousands(number)})
