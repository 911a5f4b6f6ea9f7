"""URLs that people give for others to follow: to public sites, under names that look like no other."""

import re
import unicodedata
from urllib.parse import urlsplit

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

NO_SITE_FOR_ALL = "no-site-for-all"
NOT_PUBLIC = _("Alamat ini tidak dapat dibuka umum. Tulis alamat situs yang dapat dibuka siapa saja.")
LOOKS_LIKE_ANOTHER = _("Nama situs ini memakai huruf yang mirip huruf lain. Tulis alamat yang memakai huruf biasa.")

# What only a network of one's own knows (RFC 2606, 6761, 6762, 7686, 8375 and what routers use).
INTERNAL = {"localhost", "localdomain", "local", "internal", "intranet", "lan", "home", "corp", "private", "test"}
INTERNAL |= {"invalid", "arpa", "onion"}
# Of which no letter looks like a Latin one: those in which names of sites are registered in Indonesia.
SCRIPTS = {"JAVANESE", "BALINESE", "SUNDANESE", "BUGINESE", "BATAK", "REJANG", "ARABIC"}

PLAIN = re.compile(r"[a-z0-9_-]+")


def public_url(url):
    """A validator of what URLValidator takes, and of none: refuses own networks, and names that look like another."""
    host = host_in(url)
    if "@" in url.partition("://")[2].partition("/")[0] or (host and not is_public(host)):
        raise ValidationError(NOT_PUBLIC, code=NO_SITE_FOR_ALL)
    if host and not all(is_readable(label) for label in labels_of(host)):
        raise ValidationError(LOOKS_LIKE_ANOTHER, code=NO_SITE_FOR_ALL)


def readable_host(url):
    """Whose site a URL leads to, in letters; a name that would look like another as browsers show it, in xn--."""
    host = host_in(url)
    labels = labels_of(host)
    shown = ".".join(labels) if all(is_readable(label) for label in labels) else in_ascii(host)
    return shown.removeprefix("www.")


def host_in(url):
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""


def labels_of(host):
    """The parts between dots, those that begin with xn-- in the letters they stand for."""
    return [in_letters(label) for label in unicodedata.normalize("NFKC", host).rstrip(".").lower().split(".")]


def in_letters(label):
    try:
        return label.removeprefix("xn--").encode("ascii").decode("punycode") if label.startswith("xn--") else label
    except UnicodeError:
        return label


def in_ascii(host):
    try:
        return host.encode("idna").decode()
    except UnicodeError:
        return ascii(host)


def is_public(host):
    """Whether it is a name below a known ending; no number, in whatever way an IP address is written."""
    *owners, ending = labels_of(host)
    return bool(owners) and ending not in INTERNAL and not ending[:1].isdigit()


def is_readable(label):
    """Whether it is of the letters of one script that looks like no other."""
    if label.isascii():
        return bool(PLAIN.fullmatch(label)) and not label.startswith("xn--")
    scripts = {unicodedata.name(letter, "").partition(" ")[0] for letter in label if not PLAIN.fullmatch(letter)}
    is_mixed = any(letter.isascii() and letter.isalpha() for letter in label)
    return len(scripts) == 1 and scripts <= SCRIPTS and not is_mixed
