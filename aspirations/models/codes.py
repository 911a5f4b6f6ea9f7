"""The codes of aspirations: ASP-2026-000123, counted anew each year and never given twice."""

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


def code_of(year, number):
    return f"ASP-{year}-{number:06d}"


class CodeSerial(models.Model):
    """The last number that was given in a year."""

    year = models.PositiveSmallIntegerField(unique=True)
    last = models.PositiveIntegerField(default=0)

    objects = CodeSerialQuerySet.as_manager()

    def __str__(self):
        return code_of(self.year, self.last)
