"""Warnings for other systems: an Atom index of each region, as collectors of CAP expect, and each warning as CAP."""

import hashlib
from datetime import UTC, datetime
from io import BytesIO

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.http import quote_etag
from django.utils.translation import gettext as _

from bulletins import cap
from bulletins.models import Bulletin
from pages import freshness
from pages.feeds import PrintableAtom
from pages.reading import require_safe
from regions.by_url import region_or_404

# Of an index that holds nothing.
NEVER = datetime(2020, 1, 1, tzinfo=UTC)


class AtomOfAlerts(PrintableAtom):
    """Each entry leads to a CAP document, then to the page that people read, and says in CAP's words what it is."""

    def root_attributes(self):
        return super().root_attributes() | {"xmlns:cap": cap.NAMESPACE}

    def latest_post_date(self):
        """Of an empty index too a moment that stays, so that who has it is sent nothing."""
        return max((item["updateddate"] for item in self.items), default=NEVER)

    def add_item_elements(self, handler, item):
        warning = item["warning"]
        handler.addQuickElement("title", item["title"])
        handler.addQuickElement("link", "", {"rel": "alternate", "type": "application/cap+xml", "href": item["link"]})
        page = settings.SITE_URL + warning.warning_path
        handler.addQuickElement("link", "", {"rel": "related", "type": "text/html", "href": page})
        handler.addQuickElement("id", item["unique_id"])
        handler.addQuickElement("updated", item["updateddate"].isoformat(timespec="seconds"))
        handler.addQuickElement("summary", item["description"])
        handler.addQuickElement("cap:status", "Actual")
        handler.addQuickElement("cap:msgType", cap.message_type(warning))
        for name, words in cap.what(warning).items():
            if name in ("category", "event", "urgency", "severity", "certainty", "effective", "expires"):
                handler.addQuickElement(f"cap:{name}", words)
        handler.addQuickElement("cap:areaDesc", "; ".join(region.long_name for region in warning.areas))


@require_safe
@login_not_required
def warning_feed(request, code):
    """The warnings of a region, of what lies above it and of its parts, until the end of each, also if recalled."""
    region, _canonical = region_or_404(code)
    if region.code != code:
        return redirect("bulletin_files:warning_feed", region.code, permanent=True)
    freshness.follow(request)
    warnings = Bulletin.objects.warnings_before_their_end().reaching(region).for_warning().newest_first()
    return until_the_next_end(request, index(region, warnings), AtomOfAlerts.content_type, warnings)


@require_safe
@login_not_required
def warning_cap(request, pk):
    """A warning as CAP, an Alert or a Cancel, until its end."""
    freshness.follow(request)
    warning = get_object_or_404(Bulletin.objects.warnings_before_their_end().for_warning(), pk=pk)
    return until_the_next_end(request, cap.document(warning), cap.CONTENT_TYPE, [warning])


def index(region, warnings):
    own_url = settings.SITE_URL + reverse("bulletin_files:warning_feed", args=[region.code])
    title = _("Peringatan darurat: %(region)s") % {"region": region.long_name}
    page = settings.SITE_URL + region.get_absolute_url()
    feed = AtomOfAlerts(title, page, "", language="id", feed_url=own_url, feed_guid=own_url, author_name="Portal KIM")
    for warning in warnings:
        feed.add_item(
            warning.title,
            settings.SITE_URL + warning.cap_path,
            warning.instruction,
            unique_id=f"{settings.SITE_URL}{warning.cap_path}#{cap.message_type(warning).lower()}",
            updateddate=warning.announced_at,
            warning=warning,
        )
    written = BytesIO()
    feed.write(written, "utf-8")
    return written.getvalue()


def until_the_next_end(request, content, content_type, warnings):
    """The answer, of which no kept copy outlives a warning in it; a 304 for who has it."""
    for warning in warnings:
        freshness.keep_until(request, warning.ends_at)
    tag = quote_etag(hashlib.sha256(content).hexdigest()[:32])
    response = HttpResponse(content, content_type=content_type, headers={"ETag": tag})
    return get_conditional_response(request, etag=tag, response=response) or response
