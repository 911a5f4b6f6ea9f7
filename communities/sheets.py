"""What stands at the foot of a page to be printed: the address of what it is of, short, and its QR code."""

from django.conf import settings
from django.urls import reverse
from django.utils import translation

from communities.certificate_pdf import qr_svg


def sheet_foot(name, part):
    """`{url, qr}` of a page by its URL's name and part: without a language, so that it fits every reader."""
    with translation.override(settings.LANGUAGE_CODE):
        url = f"{settings.SITE_URL}{reverse(name, args=[part])}"
    return {"url": url, "qr": qr_svg(url)}
