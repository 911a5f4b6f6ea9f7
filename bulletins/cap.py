"""A warning as the Common Alerting Protocol has it (OASIS CAP 1.2), for the systems that pass warnings on.

A message is an Alert while the warning is in force. Closed or recalled before its end, the warning is a Cancel that
refers to the Alert. What the schema cannot check is kept here: times with the offset of the place and whole seconds,
identifiers without blanks and commas, and closed polygons of latitude, longitude.
"""

from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, SubElement, tostring

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import override

from pages.markup import plain_words
from pages.printable import printable
from regions import boundaries
from regions.clocks import at

NAMESPACE = "urn:oasis:names:tc:emergency:cap:1.2"
CONTENT_TYPE = "application/cap+xml; charset=utf-8"
# Whose codes the regions have.
CODES_OF = "Kemendagri"


def document(warning):
    """The message, as bytes, of a warning that came with `for_warning()`."""
    with override("id"):
        alert = Element("alert", xmlns=NAMESPACE)
        add_all(alert, head(warning))
        info = SubElement(alert, "info")
        add_all(info, what(warning))
        for region in warning.areas:
            add_area(info, region)
    return tostring(alert, encoding="utf-8", xml_declaration=True)


def head(warning):
    elements = {
        "identifier": identifier(warning),
        "sender": sender(warning),
        "sent": time(warning.announced_at, warning),
        "status": "Actual",
        "msgType": message_type(warning),
        "scope": "Public",
    }
    if warning.is_cancelled:
        elements["note"] = warning.recall_reason
        elements["references"] = ",".join([sender(warning), first_identifier(warning), time(warning.sent_at, warning)])
    return elements


def what(warning):
    over = _("Tidak berlaku lagi: %(title)s") % {"title": warning.title}
    return {
        "language": "id-ID",
        "category": warning.category,
        "event": warning.event,
        "urgency": warning.urgency,
        "severity": warning.severity,
        "certainty": warning.certainty,
        "effective": time(warning.sent_at, warning),
        "expires": time(warning.ends_at, warning),
        "senderName": warning.issuer.long_name,
        "headline": over if warning.is_cancelled else warning.title,
        "description": plain_words(warning.text),
        "instruction": warning.instruction,
        "web": settings.SITE_URL + warning.warning_path,
    }


def add_area(info, region):
    area = SubElement(info, "area")
    add(area, "areaDesc", region.long_name)
    for ring in boundaries.rings(region.code):
        add(area, "polygon", polygon(ring))
    add_all(SubElement(area, "geocode"), {"valueName": CODES_OF, "value": region.code})


def add_all(parent, elements):
    for name, words in elements.items():
        if words:
            add(parent, name, words)


def add(parent, name, words):
    SubElement(parent, name).text = printable(words)


def polygon(ring):
    """CAP has the latitude first, and the first point once more at the end."""
    points = [f"{lat:.4f},{lng:.4f}" for lng, lat in ring]
    return " ".join(points if points[0] == points[-1] else [*points, points[0]])


def time(moment, warning):
    """As the clock of the office shows it; the schema refuses Z and fractions of a second."""
    return at(moment, warning.issuer).isoformat(timespec="seconds")


def sender(warning):
    return f"{urlsplit(settings.SITE_URL).netloc}/wilayah/{warning.issuer.code}"


def first_identifier(warning):
    return f"{urlsplit(settings.SITE_URL).netloc}/peringatan/{warning.pk}"


def identifier(warning):
    """No two messages share one: a Cancel has that of the step that it tells of."""
    first = first_identifier(warning)
    return f"{first}/batal-{warning.cancellation.pk}" if warning.is_cancelled else first


def message_type(warning):
    return "Cancel" if warning.is_cancelled else "Alert"
