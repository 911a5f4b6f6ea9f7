"""The days of foundings and decrees, as people write them: the day first, and often only a year."""

import re
from dataclasses import dataclass
from datetime import date, timedelta
from enum import Enum

from django.utils import timezone
from django.utils.translation import gettext as _


class Precision(Enum):
    DAY = "day"
    MONTH = "month"
    YEAR = "year"


class DateRefused(ValueError):
    """No date, or an impossible one; the text is a sentence."""


@dataclass(frozen=True)
class WrittenDate:
    """What was written, no more exact than it was: of a year alone nobody says that it began on 1 January."""

    year: int
    month: int | None = None
    day: int | None = None

    @property
    def precision(self):
        return Precision.DAY if self.day else Precision.MONTH if self.month else Precision.YEAR

    @property
    def exact(self):
        """The day itself; None where only the month or the year is known."""
        return date(self.year, self.month, self.day) if self.day else None


MONTHS = ["jan", "feb", "mar", "apr", "mei", "jun", "jul", "agu", "sep", "okt", "nov", "des"]
OTHER_MONTHS = {
    **{"peb": 2, "pebruari": 2, "mrt": 3, "may": 5, "juni": 6, "juli": 7, "ags": 8, "agt": 8, "agust": 8, "aug": 8},
    **{"august": 8, "oct": 10, "oktobr": 10, "nop": 11, "nopember": 11, "dec": 12, "december": 12},
}
# The oldest group of listeners that became a KIM is younger than this.
OLDEST_YEAR = 1945
# The days that Excel counts from; between these numbers lie 1954 and 2064.
FIRST_DAY, SERIAL_NUMBERS = date(1899, 12, 30), range(20_000, 60_000)

WORDS_AROUND = re.compile(
    r"\b(senin|selasa|rabu|kamis|jumat|jum'?at|sabtu|ahad|minggu|tanggal|tgl|tahun|thn|bulan|pada|sejak)\b\.?", re.I
)


def read_date(text, today=None):
    """The WrittenDate of "11/9/19", "12 Agustus 2014", "Agustus 2014", "2014", "2014-08-12" or a serial number.

    None for nothing; refused when it is no day, or one that is yet to come.
    """
    words = " ".join(WORDS_AROUND.sub(" ", text).split()).strip(" ,.;:-/")
    if not words or words.lower() in ("tidak ada", "belum ada", "n a", "n/a"):
        return None
    found = as_serial(words) or as_numbers(words) or as_words(words)
    if not found:
        raise DateRefused(_("Tanggal “%(text)s” tidak dapat dibaca.") % {"text": text[:40]})
    check(found, text, today or timezone.localdate())
    return found


def as_serial(words):
    if re.fullmatch(r"\d{5}", words, re.ASCII) and int(words) in SERIAL_NUMBERS:
        day = FIRST_DAY + timedelta(days=int(words))
        return WrittenDate(day.year, day.month, day.day)
    return None


def as_numbers(words):
    words = re.sub(r"[T ]\d{1,2}[:.]\d{2}([:.]\d{2})?$", "", words)
    numbers = re.split(r"\s*[-–—/.\\ ]\s*", words)
    if len(numbers) > 3 or not all(re.fullmatch(r"\d{1,4}", number, re.ASCII) for number in numbers):
        return None
    match numbers:
        case [year] if len(year) == 4:
            return WrittenDate(int(year))
        case [year, month] if len(year) == 4:
            return WrittenDate(int(year), int(month))
        case [month, year] if len(year) == 4:
            return WrittenDate(int(year), int(month))
        case [year, month, day] if len(year) == 4:
            return WrittenDate(int(year), int(month), int(day))
        case [day, month, year] if len(year) in (2, 4):
            return WrittenDate(full_year(year), int(month), int(day))
    return None


def as_words(words):
    parts = re.findall(r"\d+|[^\W\d_]+", words)
    match parts:
        case [day, word, year] if day.isdecimal() and year.isdecimal() and len(year) in (2, 4) and month_of(word):
            return WrittenDate(full_year(year), month_of(word), int(day))
        case [word, day, year] if day.isdecimal() and len(day) < 3 and len(year) == 4 and month_of(word):
            return WrittenDate(int(year), month_of(word), int(day)) if year.isdecimal() else None
        case [word, year] if year.isdecimal() and len(year) in (2, 4) and month_of(word):
            return WrittenDate(full_year(year), month_of(word))
    return None


def month_of(word):
    word = word.lower()
    known = OTHER_MONTHS.get(word) or OTHER_MONTHS.get(word[:4])
    if known or len(word) < 3 or not word[:3].isalpha():
        return known
    return MONTHS.index(word[:3]) + 1 if word[:3] in MONTHS else OTHER_MONTHS.get(word[:3])


def full_year(digits):
    """A year in two digits is one of this century unless it would be far ahead: 19 is 2019, 98 is 1998."""
    if len(digits) == 4:
        return int(digits)
    return 2000 + int(digits) if int(digits) <= timezone.localdate().year % 100 + 10 else 1900 + int(digits)


def check(found, text, today):
    try:
        earliest = date(found.year, found.month or 1, found.day or 1)
    except ValueError:
        raise DateRefused(_("Tanggal “%(text)s” tidak ada di kalender.") % {"text": text[:40]}) from None
    if found.day == 0 or found.month == 0:
        raise DateRefused(_("Tanggal “%(text)s” tidak ada di kalender.") % {"text": text[:40]})
    if earliest > today:
        raise DateRefused(_("Tanggal “%(text)s” belum tiba.") % {"text": text[:40]})
    if found.year < OLDEST_YEAR:
        raise DateRefused(_("Tahun dalam “%(text)s” terlalu lama.") % {"text": text[:40]})
