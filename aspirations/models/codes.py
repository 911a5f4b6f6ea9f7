"""The codes of aspirations: ASP-2026-000123, counted anew each year and never given twice."""

import re
import unicodedata

from django.db import models
from django.db.models import F
from django.utils import timezone


class CodeSerialQuerySet(models.QuerySet):
    def next_code(self):
        """The next code of this year; its row stays locked until the transaction is through."""
        year = timezone.localdate().year
        self.bulk_create([CodeSerial(year=year)], ignore_conflicts=True)
        self.filter(year=year).update(last=F("last") + 1)
        return code_of(year, self.get(year=year).last)


def codes_in(text):
    """The codes that a text may mean, as people write them: `ASP 2026 18`, `asp-18`, `2026000018`, a link.

    Without a year it may be of any; none where other words stand in it.
    """
    plain = unicodedata.normalize("NFKC", text).upper()
    _before, named, rest = plain.rpartition("ASP")
    found = (AFTER_ASP.match if named else AFTER_ASP.fullmatch)(rest if named else plain)
    if found is None:
        return []
    first, second = found.groups()
    if second:
        return [code_of(int(first), int(second))]
    years = CodeSerial.objects.values_list("year", flat=True)
    codes = [code_of(year, int(first)) for year in years]
    return [*codes, code_of(int(first[:4]), int(first[4:]))] if len(first) > LENGTH_OF_A_YEAR else codes


# One number, or the year and one, after and between whatever is no letter.
AFTER_ASP = re.compile(r"[\W_]*(\d{1,12})(?:[\W_]+(\d{1,8}))?(?![^\W_])[\W_]*")
LENGTH_OF_A_YEAR = 4


def code_of(year, number):
    return f"ASP-{year}-{number:06d}"


class CodeSerial(models.Model):
    """The last number that was given in a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = CodeSerialQuerySet.as_manager()

    def __str__(self):
        return code_of(self.year, self.last)
