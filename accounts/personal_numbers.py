"""The one guard against numbers that belong to a person: NIK, nomor KK, NPWP and bank accounts.

They are known by how they are built, in whichever grouping they are written, or by the word before them. What merely
looks like one is not: a telephone number, a KIM number, the code of a village, a decree, a price, a day.

- A NIK or nomor KK has 16 digits: six of a district, six of a day (plus 40 for women), month and year, four in a row.
- An NPWP has 15 digits of which the ninth checks the eight before it (Luhn), as 01.234.567.8-901.000; since 2024 it has
  16, the NIK for a person and a zero before the former number for others, and 22 for a branch (NITKU).
- Accounts have no common form, but for BRI's 1234-01-012345-50-1; the others are known by the words beside them.
"""

import re
from dataclasses import dataclass
from enum import Enum
from html import unescape
from itertools import accumulate
from urllib.parse import unquote

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

# What is left in place of such a number; no word, so that it is found again in any language.
MASK = "••••"
CODE = "personal_number"


class Kind(Enum):
    NIK = "nik"
    FAMILY = "nomor kk"
    TAX = "npwp"
    ACCOUNT = "rekening"


REFUSALS = {
    Kind.NIK: _("Jangan menulis NIK. Portal ini tidak menyimpannya."),
    Kind.FAMILY: _("Jangan menulis nomor KK. Portal ini tidak menyimpannya."),
    Kind.TAX: _("Jangan menulis NPWP. Portal ini tidak menyimpannya."),
    Kind.ACCOUNT: _("Jangan menulis nomor rekening. Portal ini tidak menyimpannya."),
}


@dataclass(frozen=True)
class Found:
    """Where in a text a number stands, and what it is."""

    kind: Kind
    start: int
    end: int

    def meets(self, other):
        return self.start < other.end and other.start < self.end


@dataclass(frozen=True)
class Group:
    """Digits in a row, and what stands between them and those before."""

    digits: str
    start: int
    end: int
    before: str


def find(text):
    """Each Found of a text, in order; none overlaps another."""
    text = text or ""
    found = read(text)
    for plain, origins in plainer(text):
        found += [other for other in traced(read(plain), origins) if not any(other.meets(each) for each in found)]
    return sorted(found, key=lambda each: each.start)


def read(text):
    """Each Found of a text as it stands."""
    text, web = O_FOR_0.sub(lambda letters: "0" * len(letters[0]), text), []
    if len(text) > 7 and any(sign.isdigit() for sign in text):
        web = [URL.span() for URL in WEB.finditer(text)]
    found = [found for cluster in CLUSTER.finditer(text) for found in found_in(text, cluster, web)]
    for other in [*rounded(text), *set_apart(text), *over_lines(text)]:
        if not any(other.meets(each) for each in found):
            found.append(other)
    return found


def plainer(text):
    """The text as a browser shows it, each with where its letters stand in what was written: `(text, spans)`.

    A link writes a blank as %20, and one that was copied into another link writes it as %2520.
    """
    origins = None
    for _time in range(3):
        parts, spans, last = [], [], 0
        for escape in ESCAPE.finditer(text):
            plain = unescaped(escape[0])
            parts += [text[last : escape.start()], plain]
            spans += [(at, at + 1) for at in range(last, escape.start())] + [escape.span()] * len(plain)
            last = escape.end()
        if not parts:
            return
        spans += [(at, at + 1) for at in range(last, len(text))]
        text = "".join([*parts, text[last:]])
        origins = [(origins[start][0], origins[end - 1][1]) for start, end in spans] if origins else spans
        yield text, origins


def unescaped(escape):
    if escape[0] == "%":
        return unquote(escape)
    return "" if escape[0] == "<" else unescape(escape)


def traced(found, origins):
    """The same numbers, where they stand in what was written."""
    return [Found(each.kind, origins[each.start][0], origins[each.end - 1][1]) for each in found]


def kinds(text):
    """What kinds of numbers a text holds, each once."""
    return list(dict.fromkeys(found.kind for found in find(text)))


def without(text):
    """The text with a mask in place of each number."""
    for found in reversed(find(text)):
        start, end = with_marks(text, found)
        text = f"{text[:start]}{MASK}{text[end:]}"
    return text


def with_marks(text, found):
    """From where to where a number is masked: with the end of what is bold if it begins within, and the other way."""
    start, end, inside = found.start, found.end, text[found.start : found.end]
    for mark in ("**", "__", "*", "_"):
        if inside.count(mark) % 2:
            if text.startswith(mark, end):
                return start, end + len(mark)
            if text.endswith(mark, 0, start):
                return start - len(mark), end
    tags = TAG.findall(inside)
    if tags and not tags[-1].startswith("</") and (closing := TAG.match(text, end)):
        end = closing.end()
    elif tags and tags[0].startswith("</") and (opening := OPENING.search(text, 0, start)):
        start = opening.start()
    return start, end


def no_personal_number(text):
    """A validator of fields: says which kind of number may not be written."""
    if found := kinds(text):
        raise ValidationError([ValidationError(REFUSALS[kind], code=CODE) for kind in found])


# How numbers are written

# Blanks of all widths and of none, dots and dashes of all lengths, and what makes a picture of a digit; no line break,
# comma or slash, which end a number.
BETWEEN = r"(?:[^\S\n\r\v\f]|[._·•…~\-‐‑‒–—−\u00ad\u200b-\u200f\u2060\u20e3\ufe0f\ufeff])"
CLUSTER = re.compile(rf"\d(?:{BETWEEN}{{0,8}}+\d)*+")
# By whatever signs, as 3201/0115/0185/0003.
ANYHOW = re.compile(r"(?<!\d)\d(?:[^\w\n\r]{0,5}+_?\d){15}(?![^\w\n\r]{0,5}+_?\d)")
# What other programs write for a sign, and the tags that a reader does not see; a cell of a table ends a number.
INLINE_TAG = r"</?(?:a|b|big|code|em|font|i|mark|s|small|span|strong|sub|sup|u|wbr)\b[^<>]{0,200}>"
ESCAPE = re.compile(rf"(?:%[0-9a-f]{{2}})+|&(?:#x?[0-9a-f]{{1,6}}|[a-z]{{2,8}});|{INLINE_TAG}", re.IGNORECASE)
TAG, OPENING = re.compile(INLINE_TAG, re.IGNORECASE), re.compile(rf"(?!</){INLINE_TAG}$", re.IGNORECASE)
O_FOR_0 = re.compile(r"(?<=\d)[oO]+(?=\d)")
GROUP = re.compile(r"\d+")
BLANK, LINE_BREAK = re.compile(r"\s"), re.compile(r"[\r\n]")
FAMILY_WORD = re.compile(r"n[okmr]{0,2}kk|k", re.IGNORECASE)
# Accounts of social media are told by long numbers.
WEB = re.compile(r"(?:https?://|www\.)\S+|\b[\w-]+\.(?:com|id|net|org|me|be)/\S+", re.IGNORECASE)
# What a spreadsheet makes of sixteen digits: 6.4020241089E+15.
ROUNDED = re.compile(r"(?<!\d)\d[.,]\d{9,}E\+?1[45](?!\d)", re.IGNORECASE)
# Numbers on two lines are two numbers, but where the word before them says that they are one.
OVER_LINES = re.compile(
    r"\b(?P<word>nik|e?-?ktp|induk kependudukan|n[okmr]{0,2}kk|k\.?k|kartu keluarga)\b[^\d]{0,25}"
    rf"(?P<number>\d(?:(?:{BETWEEN}|[\r\n]){{0,8}}+\d){{15}})(?!{BETWEEN}?\d)",
    re.IGNORECASE,
)
REACH = 60

# Of provinces, former ones too: a NIK keeps the code of the place where it was given. Then regencies, then cities.
PLACE = r"(?:1[1-9]|21|3[1-6]|5[1-4]|6[1-5]|7[1-6]|8[12]|9[1-7])(?:0[1-9]|[123]\d|7[1-9])(?!00)\d\d"
SHAPED_AS_NIK = re.compile(PLACE + r"(?:[04][1-9]|[1256]\d|[37][01])(?:0[1-9]|1[0-2])\d{6}")

# Lengths of the groups in which numbers are written that are something else.
DAYS = {(2, 2, 4), (4, 2, 2), (2, 2, 4, 2, 2, 4), (4, 2, 2, 4, 2, 2)}
VILLAGE = (2, 2, 2, 4)
KIM_NUMBER = 12
YEAR = re.compile(r"(?:19|20)\d\d")
TELEPHONE = re.compile(r"(?:62|0)[2-9]\d{7,11}")
MOBILE = rf"(?:62{BETWEEN}?|0)8\d\d{BETWEEN}?\d{{3,4}}{BETWEEN}?\d{{3,5}}"
MOBILES = re.compile(rf"{MOBILE}(?:{BETWEEN}{{1,8}}{MOBILE})+")

MOST_DIGITS = 22
TAX_GROUPS = (2, 3, 3, 1, 3, 3)
BRI_GROUPS, MANDIRI_GROUPS = (4, 2, 6, 2, 1), (3, 2, 7, 1)

# The words beside them

BANKS = "BRI|BNI|BCA|BSI|BTN|BTPN|BJB|OCBC|CIMB|Danamon|Maybank|Muamalat|Permata|Bukopin|Panin|Jenius|SeaBank"
NO_BANKS = "sampah|darah|data|dunia|soal|benih|bibit|pangan|pohon|foto|gambar|ide|mata|asi|kata"
BPD = r"BPD\s(?:Aceh|Bali|DIY|Jambi|Bengkulu|Lampung|Maluku|Papua|Banten|NTB|NTT|Ja\w+|Ka\w+|Su\w+)"
BANK = rf"(?:{BANKS}|{BPD}|Bank\s(?!(?:{NO_BANKS})\b)[^\W\d]+(?:\s[^\W\d]+){{0,2}})"
NUMBER = r"(?:no|nomor|nmr|num)\.?\s*"
GAP = r"[^\d\n]{0,25}"
NAMES = [
    (Kind.FAMILY, re.compile(rf"(?<![a-z0-9])(?:n[okmr]{{0,2}}kk|k\.?k|kartu keluarga)\b{GAP}$", re.IGNORECASE)),
    (Kind.NIK, re.compile(rf"\b(?:nik|e?-?ktp|induk kependudukan)\b{GAP}$", re.IGNORECASE)),
    (Kind.TAX, re.compile(rf"\b(?:npwp|nitku|pokok wajib pajak)\b{GAP}$", re.IGNORECASE)),
]
LENGTHS = {Kind.NIK: range(15, 18), Kind.FAMILY: range(15, 18), Kind.TAX: range(15, 23), Kind.ACCOUNT: range(9, 19)}
ACCOUNT_BEFORE = re.compile(
    r"\b(?:(?:kode )?(?:no)?rek(?:ening)?|(?:acc(?:ount)?|a/c)\.? (?:no|num)\w*)\b[^\d\n]{0,40}$", re.IGNORECASE
)
TRANSFER_BEFORE = re.compile(r"\b(?:transfer|tf)\b[^\d\n]{0,15}\bke\W{1,4}(?:no\w*\W{1,3})?$", re.IGNORECASE)
BANK_BEFORE = re.compile(rf"\b{BANK}\b[^\d\n]{{0,20}}$", re.IGNORECASE)
BANK_AFTER = re.compile(
    rf"\W{{0,4}}(?:rek(?:ening)?\b|(?:(?:a[./]?n\.?|atas nama) [^\d\n]{{3,40}})?\b{BANK}\b)", re.IGNORECASE
)
OWNED = re.compile(r"\W{0,4}(?:a[./]?n\.?|atas nama)\s", re.IGNORECASE)
# Of many people, and not of one: a row of a table follows.
COUNTED = re.compile(r"\b(?:jumlah|total|jiwa|penduduk|wajib|perekaman|cetak|padan)\b[^\d\n]{0,40}$", re.IGNORECASE)
# An account is spoken of, and then a telephone or another number follows.
CALLING = re.compile(r"\b(?:telp?|telepon|hp|wa|whatsapp|hubungi|kontak|cp)\b", re.IGNORECASE)
OTHER_NUMBERS = re.compile(
    rf"\b(?:rp|idr|tanggal|tgl|tahun|pukul|sebesar|senilai|kode|{NUMBER}(?:kim|sk|surat))\b", re.IGNORECASE
)
PRICED = re.compile(r"\b(?:rp|idr|usd)\.?\s*$", re.IGNORECASE)
# Numbers of products and servants of the state, which are printed for everyone.
PRINTED = "nip|nipppk|nuptk|nidn|nib|p-?irt|bpom|halal|imei|isbn|resi|awb|jn[et]|j&t|pln|idpel|nop"
PUBLIC = re.compile(rf"\b(?:{PRINTED})\b\W{{0,3}}(?:no\w*\W{{0,3}})?$", re.IGNORECASE)


def found_in(text, cluster, web):
    """Each Found of one cluster: digits with nothing but blanks, dots and dashes between them."""
    if cluster.end() - cluster.start() < 9:
        return
    before = text[max(0, cluster.start() - REACH) : cluster.start()]
    after = text[cluster.end() : cluster.end() + REACH]
    groups = groups_of(cluster)
    if PRICED.search(before) or PUBLIC.search(before):
        groups = [group for group in groups[1:] if len(group.digits) == 16]
    elif MOBILES.fullmatch(cluster[0]) or are_counts(groups, before):
        return
    elif named := named_number(groups, before, after):
        kind, number = named
        yield Found(kind, groups[0].start, groups[number - 1].end)
        groups = groups[number:]
    is_bare = not is_within(cluster, web) and not (before[-1:].isalpha() or after[:1].isalpha())
    at = 0
    while at < len(groups):
        kind, number = next(built(groups, at, is_bare=is_bare and not is_fraction(groups, at)), (None, 1))
        if kind:
            yield Found(kind, groups[at].start, groups[at + number - 1].end)
        at += number


def groups_of(cluster):
    text, groups, last = cluster.string, [], cluster.start()
    for group in GROUP.finditer(text, cluster.start(), cluster.end()):
        groups.append(Group(plain_digits(group[0]), group.start(), group.end(), text[last : group.start()]))
        last = group.end()
    return groups


def plain_digits(digits):
    return digits if digits.isascii() else "".join(str(int(digit)) for digit in digits)


def is_within(cluster, spans):
    return any(start <= cluster.start() < end for start, end in spans)


def are_counts(groups, before):
    """Whether they are a row of a table: thousands, or plain numbers that are many or said to be counted."""
    row = words_of(groups)
    if len(row) > 1 and all(shape_of(word)[1:] in ((3,), (3, 3)) and is_dotted(word) for word in row):
        return True
    are_plain = len(row) > 1 and all(len(word) == 1 and is_count(word[0].digits) for word in row)
    return are_plain and (len(row) > 4 or bool(COUNTED.search(before)))


def is_count(digits):
    return len(digits) < 9 and not digits.startswith("0")


def words_of(groups):
    """The groups, as the blanks between them part them."""
    words = [[]]
    for group in groups:
        if BLANK.search(group.before):
            words.append([])
        words[-1].append(group)
    return words


def is_dotted(groups):
    return all(group.before == "." for group in groups[1:])


def is_fraction(groups, at):
    """Whether this is what follows the point of a number such as 0.5612345678901234."""
    return at > 0 and groups[at].before == "." and len(groups[at - 1].digits) < 4


def set_apart(text):
    """A NIK divided by any signs; it is told from the numbers of a table by the zeros before its last two digits."""
    for match in ANYHOW.finditer(text):
        shape, digits = zip(*((len(group), plain_digits(group)) for group in GROUP.findall(match[0])), strict=True)
        digits = "".join(digits)
        is_numbered = digits.startswith("00", 12) and digits[14:] != "00"
        if is_numbered and SHAPED_AS_NIK.fullmatch(digits) and not begins_with_another(digits, shape):
            yield Found(Kind.NIK, *match.span())


def over_lines(text):
    """A NIK or nomor KK that is called so and broken over lines."""
    for match in OVER_LINES.finditer(text):
        number = match["number"]
        is_whole = SHAPED_AS_NIK.fullmatch("".join(plain_digits(group) for group in GROUP.findall(number)))
        if is_whole and LINE_BREAK.search(number):
            kind = Kind.FAMILY if FAMILY_WORD.match(match["word"]) else Kind.NIK
            yield Found(kind, *match.span("number"))


def rounded(text):
    """A number that a spreadsheet rounded, with enough left of it to tell whose it was."""
    return [Found(Kind.NIK, *match.span()) for match in ROUNDED.finditer(text)]


# By name


def named_number(groups, before, after):
    """`(kind, how many groups)` of the number that the words before it, or right behind it, name; or None."""
    for kind, name in NAMES:
        if name.search(before) and (number := length_of(groups, kind)):
            return kind, number
    number = length_of(groups, Kind.ACCOUNT)
    if number and is_account(groups[:number], before, after if number == len(groups) else ""):
        return Kind.ACCOUNT, number
    return None


def length_of(groups, kind):
    """How many of the groups make up a number of this kind; 0 for none."""
    totals = list(accumulate(len(group.digits) for group in groups))
    fitting = [at for at, total in enumerate(totals, start=1) if total in LENGTHS[kind]]
    whole = [at for at in fitting if at == len(groups) or BLANK.search(groups[at].before)]
    exact = [at for at in whole if totals[at - 1] in (15, 16) and kind != Kind.ACCOUNT]
    if exact or not whole:
        return exact[0] if exact else 0
    return whole[-1] if whole[-1] == len(groups) else whole[0]


def is_account(groups, before, after):
    """Whether an account is spoken of, and what follows is not a telephone number, a day or a price after all."""
    if is_something_else(words_of(groups)):
        return False
    is_telephone = TELEPHONE.fullmatch("".join(group.digits for group in groups))
    if words := ACCOUNT_BEFORE.search(before):
        return not (OTHER_NUMBERS.search(words[0]) or (is_telephone and is_called(words[0])))
    if (words := BANK_BEFORE.search(before)) and not OTHER_NUMBERS.search(words[0]):
        return not is_telephone or bool(OWNED.match(after))
    return not is_telephone and bool(TRANSFER_BEFORE.search(before) or BANK_AFTER.match(after))


def is_something_else(words):
    """Whether an account is spoken of, but what is written is a day, a price, years, a code or the rank in a list."""
    first, *others = words
    if shape_of(first) in (*DAYS, VILLAGE) or is_price(first) or is_budget_code(first):
        return True
    if shape_of(first) == (1,) and others and len(others[0][0].digits) > 1:
        return True
    return are_years(first) and all(are_years(word) or (len(word) > 1 and is_dotted(word)) for word in others)


def is_budget_code(groups):
    """Whether this is what offices call a code of a rekening, as 5.1.02.01.01.0024."""
    return len(groups) > 3 and len(groups[0].digits) == 1 and is_dotted(groups)


def are_years(groups):
    return all(YEAR.fullmatch(group.digits) for group in groups)


def is_called(words):
    """Whether the words between an account and a number that looks like a telephone's speak of calling, or of much."""
    return bool(CALLING.search(words)) or len(words) > REACH // 3


# By form


def built(groups, at, *, is_bare):
    """`(kind, how many groups)` for what begins at this group and is built as a personal number."""
    total = 0
    for number, group in enumerate(groups[at : at + MOST_DIGITS], start=1):
        total += len(group.digits)
        if total > MOST_DIGITS:
            return
        if total in BUILT and stands_alone(groups, at, number):
            chosen = groups[at : at + number]
            kind = BUILT[total]("".join(group.digits for group in chosen), chosen, is_bare)
            if kind:
                yield kind, number


def stands_alone(groups, at, number):
    """Whether nothing but a blank joins these groups to others, or they are one group."""
    before = groups[at].before if at else " "
    behind = groups[at + number].before if at + number < len(groups) else " "
    return number == 1 or bool(BLANK.search(before) and BLANK.search(behind))


def fifteen(digits, groups, is_bare):
    shape, between = shape_of(groups), "".join(group.before for group in groups[1:])
    if shape == BRI_GROUPS:
        return Kind.ACCOUNT
    if shape == TAX_GROUPS:
        return Kind.TAX
    is_apart = 9 in accumulate(shape) or shape == (8, 4, 3)
    is_written = is_bare if len(groups) == 1 else is_apart and not BLANK.search(between)
    return Kind.TAX if is_written and is_luhn(digits[:9]) else None


def sixteen(digits, groups, is_bare):
    shape, is_tight = shape_of(groups), not any(BLANK.search(group.before) for group in groups[1:])
    if not SHAPED_AS_NIK.fullmatch(digits):
        return sixteen_of_another_form(digits, groups, is_bare if len(groups) == 1 else is_tight)
    if shape in ((16,), (4, 4, 4, 4)):
        return Kind.NIK
    if begins_with_another(digits, shape) or shape in DAYS or (is_price(groups) and digits.endswith("000")):
        return None
    return Kind.NIK if is_tight or is_spelled(digits, shape) else None


def sixteen_of_another_form(digits, groups, is_tight):
    """In a row, or as on a card, nothing else that is written on our pages has sixteen digits, but in URLs."""
    is_card = shape_of(groups) == (4, 4, 4, 4)
    is_telephone = digits.startswith(("08", "62")) and is_card
    if not (is_card or len(groups) == 1) or is_telephone or are_years(groups):
        return None
    if digits[0] == "0":
        return Kind.TAX if is_tight or is_card else None
    return Kind.NIK if is_tight else None


def twenty_two(digits, groups, is_bare):
    return Kind.TAX if len(groups) == 1 and (digits[0] == "0" or SHAPED_AS_NIK.match(digits)) else None


def thirteen(digits, groups, is_bare):
    return Kind.ACCOUNT if shape_of(groups) == MANDIRI_GROUPS else None


BUILT = {13: thirteen, 15: fifteen, 16: sixteen, 22: twenty_two}


def is_spelled(digits, shape):
    """Whether blanks stand where people put them in a NIK, and not between the numbers of a table."""
    if set(shape) == {1}:
        return True
    is_even, is_short = all(length % 2 == 0 for length in shape), len(shape) <= 5
    is_usual = is_even and (is_short or shape[-1] >= 4)
    is_chopped = is_short and min(shape[:-1]) >= 3 and (shape[-1] >= 3 or len({*shape[:-1]}) == 1)
    return (is_usual or is_chopped) and not YEAR.match(digits[-4:])


def begins_with_another(digits, shape):
    """Whether what is set apart first is the code of a village, 64.02.02.2003, a KIM number, a day or a postal code."""
    if digits[6] in "123" and (shape[0] == 10 or shape[:4] == VILLAGE):
        return True
    if shape[0] == KIM_NUMBER and not digits.startswith("00", KIM_NUMBER):
        return True
    return (shape[:3] == (2, 2, 4) and YEAR.match(digits, 4)) or (shape[0] == 5 and TELEPHONE.fullmatch(digits, 5))


def shape_of(groups):
    return tuple(len(group.digits) for group in groups)


def is_price(groups):
    """Whether thousands are set apart: 1.250.000, or a price from 12.500.000-15.000.000."""
    shape = shape_of(groups)
    by_dots = [group for group in groups[1:] if group.before == "." and len(group.digits) == 3]
    return len(by_dots) > 1 and max(shape) == 3


def is_luhn(digits):
    doubled = (int(digit) * (1 + at % 2) for at, digit in enumerate(reversed(digits)))
    return sum(number - 9 if number > 9 else number for number in doubled) % 10 == 0
