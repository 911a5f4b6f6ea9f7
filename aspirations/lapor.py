"""SP4N-LAPOR!, the country's place for complaints: what is handed on there keeps its number and its page."""

from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

HOST = "lapor.go.id"


def of_lapor(url):
    """Everyone is led there by us: to no other site, and only by https."""
    try:
        parts = urlsplit(url)
        host, port = parts.hostname or "", parts.port
    except ValueError:
        host, port = "", 0
    is_theirs = host == HOST or host.endswith(f".{HOST}")
    if not (is_theirs and parts.scheme == "https" and port in (None, 443) and "@" not in parts.netloc):
        raise ValidationError(_("Tulis tautan https:// di lapor.go.id."))
