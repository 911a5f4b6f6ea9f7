"""SP4N-LAPOR!, the country's place for complaints: what is handed on there keeps its number and its page."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator, URLValidator
from django.utils.translation import gettext_lazy as _

HOST = "lapor.go.id"
is_address = URLValidator(schemes=["https"])
LINK = _("Tulis tautan https:// di lapor.go.id.")
# Offices write what stands before the digits as they like: 7788123, LPR-778812.
is_number = RegexValidator(r"\d{3}", _("Nomor SP4N-LAPOR! paling sedikit tiga angka, misalnya 7788123."))


def of_lapor(url):
    """Everyone is led there by us: to no other site, and only by https."""
    try:
        is_address(url)
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except (ValueError, ValidationError):
        raise ValidationError(LINK) from None
    is_theirs = host == HOST or host.endswith(f".{HOST}")
    if not (is_theirs and port in (None, 443) and "@" not in parts.netloc):
        raise ValidationError(LINK)
