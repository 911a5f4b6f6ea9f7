"""What in a text can be tapped although nobody made it a link: URLs, e-mail and telephone numbers.

Found before any mark is read, so that the `_` of a URL is no mark. A linkifier of Markdown would take the colon of
`Surel:kim@desa.id` and the quote of `“https://desa.id”` along, and knows no telephone numbers.
"""

import re
from bisect import bisect_right
from functools import lru_cache
from typing import NamedTuple

NO_LETTER_BEFORE = r"(?<![^\W_])"
WEB = rf"{NO_LETTER_BEFORE}(?<![@/.-])(?:https?://[\w\[]|www\.[\w-]+\.\w|wa\.me/\d)(?:(?!\]\()[^\s\x00-\x1f<>\"“”„‘’«»‹›|\\^`{{}}])*"
MAIL = rf"{NO_LETTER_BEFORE}(?<![.+@-])[a-z0-9][\w.+-]{{0,63}}@(?:[a-z0-9-]{{1,63}}\.){{1,8}}[a-z]{{2,24}}(?![^\W_]|@)"
GAP = r"[ \xa0.‑–-]"
BEFORE_MOBILE = rf"\(\+62\) ?|\+?62{GAP}?(?:\(0\) ?)?|0"
# Groups that stand apart by dashes end before a space: `0812-3456-7890 20 orang`.
MOBILE = rf"(?:{BEFORE_MOBILE})8\d{{1,2}}(?P<gap>{GAP}?)\d(?:(?:(?P=gap)|[.‑–-])?\d){{5,8}}(?<=\d\d\d)"
# Its area code stands apart, or it may be the number of a bank account.
LANDLINE = rf"(?:\(0\d{{2,3}}\)|0\d{{2,3}}{GAP}|\+62{GAP}?\(?[2-79]\d{{1,2}}\)?){GAP}?\d(?:{GAP}?\d){{4,7}}"
NAMED_LANDLINE = r"(?<=[.: ])0[2-79]\d{7,10}"
ABROAD = r"\+(?!62)[1-9]\d{0,2}(?:[ \xa0.()-]{0,2}\d){6,13}"
NUMBER = rf"{MOBILE}|{LANDLINE}|{NAMED_LANDLINE}|{ABROAD}"
TELEPHONE = rf"{NO_LETTER_BEFORE}(?<![+,.-])(?:{NUMBER})(?![^\W_]|[.‑–-]\d|/(?:19|20)\d\d\b)"
TAPPABLE = re.compile(rf"(?P<web>{WEB})|(?P<mail>{MAIL})|(?P<telephone>{TELEPHONE})", re.IGNORECASE)

TELEPHONE_WORD = re.compile(
    r"\b(?:tel[pf]?|tlp|telepon|telpon|phone|fax?|faks|hub|hubungi|kontak)[.: ]+$", re.IGNORECASE
)
OTHER_NUMBER_WORD = re.compile(
    r"\b(?:rek(?:ening)?|nik|kk|npwp|nip|rp|idr|bri|bca|bni|bsi|btn|mandiri|va|no\.? ?kim|sk)\b[\w.]{0,6}[ .:]{0,3}$",
    re.IGNORECASE,
)
BEFORE = 30  # letters in which the word stands that says what a number is

CONTACT = re.compile(r"mailto:|tel:|https?://(?:www\.)?(?:wa\.me/\+?\d|api\.whatsapp\.com/send)", re.IGNORECASE)

ENDINGS = ".,;:!?'…*~"
SCHEMES = {"www": "http://", "wa.": "https://"}
CLOSED_BY = {")": "(", "]": "[", "}": "{"}


class Tap(NamedTuple):
    """Where in the text it ends, and where it leads."""

    end: int
    href: str


@lru_cache(maxsize=8)
def taps_in(text):
    """`{where it begins: Tap}` of all that can be tapped, in their order."""
    return {found.start(): tap for found in TAPPABLE.finditer(text) if (tap := tap_of(found, text))}


def holds_contact(text):
    """Whether there is a telephone number in it, as a link to WhatsApp too, or an e-mail address."""
    return any(CONTACT.match(tap.href) for tap in taps_in(text).values())


@lru_cache(maxsize=8)
def starts_in(text):
    return tuple(taps_in(text))


def next_start(text, position):
    """Where after this position something can be tapped; the end of the text where nothing can."""
    starts = starts_in(text)
    after = bisect_right(starts, position)
    return starts[after] if after < len(starts) else len(text)


def tap_of(found, text):
    if found["web"]:
        url = without_ending(found["web"], text[: found.start()][-1:])
        return Tap(found.start() + len(url), f"{SCHEMES.get(url[:3].lower(), '')}{url}")
    if found["mail"]:
        return Tap(found.end(), f"mailto:{found['mail']}")
    if " " in found["telephone"] and re.match(r" [1-9]", text[found.end() :][:2]):
        return None  # whose digits these are is not to be told, and half a number rings somewhere else
    number = number_of(found["telephone"], text[max(0, found.start() - BEFORE) : found.start()])
    return number and Tap(found.end(), f"tel:{number}")


def without_ending(url, before):
    """Without the punctuation of the sentence around it; a bracket that was opened in it stays."""
    unopened = {last: url.count(last) - url.count(first) for last, first in CLOSED_BY.items()}
    end = len(url)
    while end and ((last := url[end - 1]) in ENDINGS or unopened.get(last, 0) > 0 or (last == "_" == before)):
        end -= 1
        if last in CLOSED_BY:
            unopened[last] -= 1
    return url[:end]


def number_of(written, before):
    """The telephone number in E.164; None for a number that is none, or is said to be something else."""
    import phonenumbers  # not by every process: 1 MB

    is_solid_landline = re.fullmatch(r"0[2-79]\d+", written)
    if OTHER_NUMBER_WORD.search(before) or (is_solid_landline and not TELEPHONE_WORD.search(before)):
        return None
    try:
        number = phonenumbers.parse(f"+{written}" if written.startswith("62") else written, "ID")
    except phonenumbers.NumberParseException:
        return None
    if not phonenumbers.is_valid_number(number):
        return None
    return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
