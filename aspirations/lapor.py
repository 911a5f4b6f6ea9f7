"""SP4N-LAPOR!, the country's place for complaints: what is handed on there keeps its number and its page."""

import re
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.core.validators import URLValidator
from django.utils.translation import gettext_lazy as _

HOST = "lapor.go.id"
is_address = URLValidator(schemes=["https"])
LINK = _("Tulis tautan https:// di lapor.go.id.")
TOO_SHORT = _("Nomor SP4N-LAPOR! paling sedikit tiga angka, misalnya 7788123.")
NUMBER_ALONE = _("Tulis nomornya saja, misalnya 7788123, atau tempel tautannya di lapor.go.id.")
WITHOUT_NUMBER = _("Tautan ini tidak memuat nomornya. Tulis nomornya di sini, dan tautannya di bawah.")

# What people copy along with a number, and some letters before its digits, as offices write them: LPR-778812.
SAID = r"(?i:(?:(?:no(?:mor)?|id|kode|tracking|laporan|sp4n|lapor)\b[\s.:!#-]*)*)"
BEFORE = r"(?P<letters>[A-Z]{2,4}(?= )|[A-Za-z]{2,4}(?=[-/.]?\d)|lpr(?= ))?"
NUMBER = re.compile(rf"{SAID}#?\s*{BEFORE}[ ./-]?(?P<digits>\d(?:[ ./-]?\d){{2,9}})[.]?", re.ASCII)
IN_LINK = re.compile(r".*[/-](\d{3,10})/?", re.ASCII)


def number_of(text):
    """`(number, link)` of what was pasted: a number, with signs and words around that say so, or its page there."""
    if HOST in text.lower() and " " not in text:
        link = text if "://" in text else f"https://{text}"
        of_lapor(link)
        if not (found := IN_LINK.fullmatch(urlsplit(link).path)):
            raise ValidationError(WITHOUT_NUMBER)
        return found[1], link
    if found := NUMBER.fullmatch(text):
        digits = re.sub(r"\D", "", found["digits"])
        return f"{found['letters'].upper()}-{digits}" if found["letters"] else digits, ""
    raise ValidationError(NUMBER_ALONE if re.search(r"\d(\D?\d){2}", text) else TOO_SHORT)


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
