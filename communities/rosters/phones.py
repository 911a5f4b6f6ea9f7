"""The telephone number of a cell: as a person wrote it, or as a spreadsheet spoilt it."""

import re
from dataclasses import dataclass

from django.utils.translation import gettext as _

from communities.rosters.cells import unmarked, whole

# https://wa.me/62812…, https://api.whatsapp.com/send?phone=62812…
LINK = re.compile(
    r"(?:https?://|whatsapp://)?(?:www\.|api\.|web\.)?(?:wa\.me/|(?:whatsapp\.com/)?send/?\?phone=)(?:%2B|\+)?(\d+)\S*",
    re.I,
)
# 8.12346E+11: the last digits are gone.
SHORTENED = re.compile(r"(\d+)[.,]?(\d*)E\+?(\d{1,2})", re.I)
# What is left of it when it was opened and saved once more: six digits and zeros, but none before them.
SHORTENED_ONCE_MORE = re.compile(r"[1-9]\d{0,5}0{5,7}")
LIST_NUMBER = re.compile(r"(?:^|\s)\d[.)]\s+(?=[+(]?\d{3})")
LETTER_FOR_ZERO = re.compile(r"\b[oO](?=8\d)|(?<=\d)[oO](?=\d|\b)")
LETTER_FOR_ONE = re.compile(r"(?<=\d)[Il](?=\d|\b)")
GROUP = re.compile(r"\+?\d+", re.ASCII)
# What stands between the groups; WhatsApp hands out its numbers with hyphens that never break.
WITHIN = re.compile(r"[\s.:_•·()\-\u2010-\u2015\u2212]*")
AREA_CODE = re.compile(r"\s*/\s*")
# In a line of words: a mobile number, or any number that is said to be one.
SAID = r"(?:no\.?\s*)?\b(?:hp|wa|whatsapp|telp|tlp|telepon|telpon|ponsel|kontak|cp)\b[\s.:/]*"
BESIDE_WORDS = re.compile(
    rf"(?:(?:{SAID})+(?P<any>[+(]?\d(?:[\s.()-]{{0,2}}\d){{6,13}})"
    r"|(?<![\d/])(?P<mobile>(?:\+?62[\s.-]?|0)8(?:[\s.-]?\d){8,11}))(?!\d)",
    re.I,
)
# What a number without its zero has at least, and what is left for another behind one that is whole.
COMPLETE, SHORTEST = 9, 7
# Of a mobile number, of one with its area code, of one without.
LENGTHS = {"08": (10, 14), "0": (8, 13), "": (7, 8)}


class PhoneRefused(ValueError):
    """No number that can be called; the text is a sentence."""


@dataclass(frozen=True)
class Phone:
    number: str
    # Whether the cell holds others besides, of which none is taken.
    has_others: bool = False


def read_phone(text: str) -> Phone:
    """The Phone of "0812-3456-7890 dan 0856…", "+62 (0)812…", "81234567890.0" or a WhatsApp URL; else refused."""
    words = whole(unmarked(text))
    if shortened := SHORTENED.fullmatch(words.replace(" ", "")):
        whole_part, decimals, exponent = shortened.groups()
        words = all_digits(whole_part, decimals, exponent, text)
    elif len(words) > 10 and SHORTENED_ONCE_MORE.fullmatch(words):
        raise digits_lost(text)
    words = LIST_NUMBER.sub("; ", LINK.sub(r" \1 ", words))
    words = LETTER_FOR_ONE.sub("1", LETTER_FOR_ZERO.sub("0", words))
    words = re.sub(r"(?<!\d)(\d{8,15})[.,]0{1,2}(?!\d)", r"\1", words)
    numbers = [number for number in map(national, numbers_in(words)) if number]
    if not numbers:
        raise PhoneRefused(_("Nomor telepon “%(text)s” tidak dapat dibaca.") % {"text": text[:40]})
    return Phone(numbers[0], has_others=len(numbers) > 1)


def all_digits(whole_part, decimals, exponent, text):
    """The digits, where the short form still has all of them."""
    if len(decimals) != int(exponent) or len(whole_part) != 1:
        raise digits_lost(text)
    return whole_part + decimals


def digits_lost(text):
    return PhoneRefused(
        _(
            "Angka terakhir nomor “%(text)s” hilang karena disingkat oleh Excel. Di Excel, pilih kolomnya, ubah "
            "format sel menjadi Teks, lalu ketik lagi nomornya."
        )
        % {"text": text[:40]}
    )


def numbers_in(words):
    """The digits of each number, with the plus before it; a number may be written in groups."""
    number, end = "", 0
    groups = list(GROUP.finditer(words))
    for position, group in enumerate(groups):
        between, digits = words[end : group.start()], group[0]
        if WITHIN.fullmatch(between):
            begins = re.match(r"(?:0|\+|62|8)\d\d", digits) and national(number)
            is_other = begins and sum(len(other[0]) for other in groups[position:]) >= SHORTEST
        else:
            is_other = not (AREA_CODE.fullmatch(between) and number.startswith("0") and 3 <= len(number) <= 4)
        if is_other and number:
            yield number
            number = ""
        number, end = number + digits, group.end()
    yield number


def national(digits):
    """As one dials it in Indonesia, the zero that a spreadsheet dropped in its place again; "" for no number."""
    is_foreign = digits.startswith(("+", "00"))
    digits = digits.lstrip("+").removeprefix("00") if is_foreign else digits
    if digits.startswith("62") and len(digits) >= 10:
        digits, is_foreign = f"0{digits[2:].removeprefix('0')}", False
    elif not is_foreign and digits[:1] in set("23456789") and COMPLETE <= len(digits) <= 12:
        digits = f"0{digits}"
    if is_foreign:
        return f"+{digits}" if 8 <= len(digits) <= 15 else ""
    shortest, longest = LENGTHS["08" if digits.startswith("08") else digits[:1].strip("123456789")]
    return digits if shortest <= len(digits) <= longest else ""


def without_phones(text: str) -> tuple[str, str]:
    """`(text, number)`: a line of words without the telephone numbers beside them, and the first of these."""
    number = ""
    while found := BESIDE_WORDS.search(text):
        number = number or national(next(numbers_in(found["any"] or found["mobile"])))
        before, behind = text[: found.start()].rstrip(" ,;/|–-(["), text[found.end() :].lstrip(" )]")
        text = f"{before} {behind}".strip(" ,;:/-")
    return text, number
