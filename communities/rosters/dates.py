"""The days of foundings and decrees, as offices write them: the day first, and often only a year."""

import re
from dataclasses import dataclass, replace
from datetime import date, timedelta

from django.utils import timezone
from django.utils.translation import gettext as _

from communities.rosters.cells import is_nothing, whole


class DateRefused(ValueError):
    """No date, or an impossible one; the text is a sentence."""


class MonthFirstRefused(DateRefused):
    """Only a day when its month is written first, which is said of a whole column or not at all."""


@dataclass(frozen=True)
class WrittenDate:
    """What was written, no more exact than it was: of a year alone nobody says that it began on 1 January."""

    year: int
    month: int | None = None
    day: int | None = None
    # The first of several days, "5 s/d 7 Mei 2019".
    is_first: bool = False

    @property
    def exact(self) -> date | None:
        """The day itself; None where only the month or the year is known."""
        return date(self.year, self.month, self.day) if self.month and self.day else None


MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
OTHER_MONTHS = {
    **{"peb": 2, "pebruari": 2, "mrt": 3, "may": 5, "mey": 5, "mai": 5, "juni": 6, "juli": 7, "ags": 8, "agt": 8},
    **{"agst": 8, "aug": 8, "august": 8, "oct": 10, "oktobr": 10, "nop": 11, "nopember": 11, "dec": 12, "december": 12},
}
# Letters are dated 17-V-2019, too.
ROMAN = ["I", "II", "III", "IV", "V", "VI", "VII", "VIII", "IX", "X", "XI", "XII"]
# The oldest group of listeners that became a KIM is younger than this.
OLDEST_YEAR = 1945
# The days that Excel counts from; between these numbers lie 1954 and 2064.
FIRST_DAY, SERIAL_NUMBERS = date(1899, 12, 30), range(20_000, 60_000)

APOSTROPHES = re.compile(r"['\"`´‘’“”ʼ′]")
ASIDES = re.compile(r"\([^)]*\)?")
TIME_OF_DAY = re.compile(
    r"(?:[T ]\d{1,2}[:.]\d{2}|,? (?:pukul|jam|pkl\.?) ?\d{1,2}(?:[:.]\d{2})?)"
    r"(?:[:.]\d{2}(?:\.\d+)?)?\s*(?:[AP]M|Z|WI[BT]|WITA)?$",
    re.I,
)
WORDS_AROUND = re.compile(
    r"\b(?:minggu|pekan)\s+(?:ke\s*-?\s*)?\d\b|\b(?:senin|selasa|rabu|kamis|jumat|sabtu|ahad|minggu|legi|pahing|paing|pon|wage|kliwon|hari|tanggal|tgl|tg"
    r"|tahun|thn|th|bulan|bln|pada|sejak|sekitar|kira-kira|kurang lebih|masehi)\b\.?"
    r"|(?<=\d)(?:st|nd|rd|th)\b|(?<=\d)\s+M\b|[±~*]",
    re.I,
)
# "Tenggarong, 17 Mei 2019".
PLACE_BEFORE = re.compile(r"([^\W\d]+(?: [^\W\d]+)*)\s*,\s*(?=\d)")
# Of a decree that is still to come.
NOT_YET = re.compile(r"(?:belum|blm|tidak|tdk|sedang|dalam|masih)\b\D*", re.I)
LETTER_FOR_ONE = re.compile(r"(?<![^\W_])[lI](?=\d)|(?<=\d)[lI](?=\d)")
ISLAMIC = re.compile(r"\bH(?:ijr\w*)?\.?$", re.I)
UNTIL = re.compile(
    r"\s*(?:\bs\s*[./]\s*d\b\.?|\bsd\b\.?|\bsampai(?: dengan)?\b|\bhingga\b|\bdan\b|[–—&]|\s-\s|\s-|-\s)\s*", re.I
)


def read_date(text: str, today: date | None = None, *, month_first: bool = False) -> WrittenDate | None:
    """The WrittenDate of "11/9/19", "12 Agustus 2014", "Agustus 2014", "2014", "2014-08-12" or a serial number.

    None for nothing; refused when it is no day, or one that is yet to come. `month_first` is how Americans write
    "9/11/19".
    """
    words = tidied(text)
    if is_nothing(words) or NOT_YET.fullmatch(words) or re.fullmatch(r"[0\s/.:-]+", words):  # 0000-00-00, of a database
        return None
    if ISLAMIC.search(words) and words[-1] not in "0123456789":
        raise DateRefused(_("Tanggal “%(text)s” memakai kalender Hijriah. Tulis tanggal Masehinya.") % shown(text))
    found = one_date(words, month_first) or first_of_several(words, month_first)
    if not found:
        raise DateRefused(_("Tanggal “%(text)s” tidak dapat dibaca.") % shown(text))
    check(found, text, today or timezone.localdate())
    return found


def tidied(text):
    """Without weekdays, places, asides, the time of day and the same day in the Islamic calendar."""
    words = re.sub(r"(?<=\d)[oO](?=\d)", "0", ASIDES.sub(" ", APOSTROPHES.sub("", text)))
    words = LETTER_FOR_ONE.sub("1", words)
    words = re.split(r"\s*(?:/|=|bertepatan)\s*(?=[^/=]*\bH\b\.?$)", words)[0]
    words = whole(" ".join(WORDS_AROUND.sub(" ", words).split()).strip(" ,.;:-/"))
    words = TIME_OF_DAY.sub("", words)
    place = PLACE_BEFORE.match(words)
    return words[place.end() :] if place and not month_of(place[1]) else words


def one_date(words, month_first=False):
    return as_serial(words) or as_numbers(words, month_first) or as_words(words) or as_digits(words)


def as_serial(words):
    number = re.fullmatch(r"(\d{5})(?:[.,]\d+)?", words, re.ASCII)
    if number and int(number[1]) in SERIAL_NUMBERS:
        day = FIRST_DAY + timedelta(days=int(number[1]))
        return WrittenDate(day.year, day.month, day.day)
    return None


def as_numbers(words, month_first):
    if re.fullmatch(r"[12]\.\d{3}", words, re.ASCII):
        # A year to which a spreadsheet gave the point of thousands.
        return WrittenDate(int(words.replace(".", "")))
    numbers = re.split(r"\s*[-–—/.\\, ]\s*", words)
    if len(numbers) > 3 or not all(re.fullmatch(r"\d{1,4}", number, re.ASCII) for number in numbers):
        return None
    match numbers:
        case [year] if len(year) == 4:
            return WrittenDate(int(year))
        case [year, month] if len(year) == 4 and len(month) < 3:
            return WrittenDate(int(year), int(month))
        case [month, year] if len(year) == 4 and len(month) < 3:
            return WrittenDate(int(year), int(month))
        case [year, month, day] if len(year) == 4 and len(month) < 3 and len(day) < 3:
            return WrittenDate(int(year), int(month), int(day))
        case [day, month, year] if len(year) in (2, 4) and len(month) < 3 and len(day) < 3:
            # What is no day with its month first is one that was written otherwise.
            day, month = (month, day) if month_first and int(day) <= 12 else (day, month)
            return WrittenDate(full_year(year), int(month), int(day))
    return None


def as_words(words):
    parts = re.findall(r"\d+|[^\W\d_]+", words)
    while len(parts) > 3 and not parts[0].isdecimal() and not month_of(parts[0]):
        # "Tenggarong 17 Mei 2019".
        parts = parts[1:]
    match parts:
        case [day, word, year] if is_number(day, 1, 2) and is_number(year, 2, 4):
            month = month_of(word) or roman(word)
            return WrittenDate(full_year(year), month, int(day)) if month else None
        case [word, day, year] if is_number(day, 1, 2) and is_number(year, 4, 4) and month_of(word):
            return WrittenDate(int(year), month_of(word), int(day))
        case [year, word, day] if is_number(day, 1, 2) and is_number(year, 4, 4) and month_of(word):
            return WrittenDate(int(year), month_of(word), int(day))
        case [word, year] if is_number(year, 2, 4) and month_of(word):
            return WrittenDate(full_year(year), month_of(word))
    return None


def as_digits(words):
    """ "20190517" or "17052019", whichever of them is a day."""
    if not re.fullmatch(r"\d{8}", words, re.ASCII):
        return None
    ways = [(words[:4], words[4:6], words[6:]), (words[4:], words[2:4], words[:2])]
    days = [WrittenDate(*map(int, way)) for way in ways if is_day(*map(int, way))]
    return days[0] if len(days) == 1 else None


def first_of_several(words, month_first):
    """The day that "5 s/d 7 Mei 2019" begins with, or the year of "2015-2020"."""
    if years := re.fullmatch(r"(\d{4})\s*[-–—/]\s*(\d{4})", words):
        return WrittenDate(int(years[1]), is_first=True)
    if days := re.fullmatch(r"(\d{1,2})\s*-\s*(\d{1,2}\b\D.*)", words):
        begin, end = days.groups()
    else:
        parts = UNTIL.split(words)
        begin, end = (parts[0], parts[-1]) if len(parts) > 1 else ("", "")
    begin = begin.split(",")[0].strip()
    last = one_date(end, month_first) if begin else None
    if not last and not re.search(r"\d{4}", begin):
        return None
    found = one_date(completed(begin, last) if last else begin, month_first)
    return found and replace(found, is_first=True)


def completed(begin, last):
    """The month and year that are told once, at the end."""
    if is_number(begin, 1, 2) and last.month:
        return f"{begin}-{last.month}-{last.year}"
    if re.fullmatch(r"\d{1,2}[-/.]\d{1,2}", begin):
        return f"{begin}-{last.year}"
    return begin if re.search(r"\d{4}", begin) else f"{begin} {last.year}"


def is_number(text, shortest, longest):
    return text.isdecimal() and text.isascii() and shortest <= len(text) <= longest and len(text) != 3


def month_of(word):
    word = word.lower()
    known = OTHER_MONTHS.get(word) or OTHER_MONTHS.get(word[:4])
    if known or len(word) < 3 or not word[:3].isalpha():
        return known
    return MONTHS.index(word[:3]) + 1 if word[:3] in MONTHS else OTHER_MONTHS.get(word[:3])


def roman(word):
    return ROMAN.index(word.upper()) + 1 if word.upper() in ROMAN else None


def full_year(digits):
    """A year in two digits is one of this century unless it would be far ahead: 19 is 2019, 98 is 1998."""
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) <= timezone.localdate().year % 100 + 10 else 1900 + int(digits)


def is_day(year, month, day):
    try:
        return date(year, month, day).year >= OLDEST_YEAR
    except ValueError:
        return False


def check(found, text, today):
    month, day = found.month, found.day
    begins_with_year = re.match(r"\D*\d{4}", text)
    if month and day and month > 12 >= day and is_day(found.year, day, month) and not begins_with_year:
        raise MonthFirstRefused(
            _("Tanggal “%(text)s” tampaknya menulis bulan dahulu. Tulis tanggalnya dahulu: %(day)s.")
            % {**shown(text), "day": f"{month}/{day}/{found.year}"}
        )
    if found.year < OLDEST_YEAR:
        raise DateRefused(_("Tahun dalam “%(text)s” terlalu lama.") % shown(text))
    try:
        earliest = date(found.year, 1 if month is None else month, 1 if day is None else day)
    except ValueError:
        raise DateRefused(_("Tanggal “%(text)s” tidak ada di kalender.") % shown(text)) from None
    if earliest > today:
        raise DateRefused(_("Tanggal “%(text)s” belum tiba.") % shown(text))


def shown(text):
    return {"text": text[:40]}
