"""Columns of the desk that say a moment by the clock of the place that the row lies in."""

from dataclasses import dataclass

from django.contrib.admin.options import BaseModelAdmin
from django.db import models

from regions.clocks import at
from regions.templatetags.places import place_time


@dataclass(frozen=True)
class Moment:
    """In place of the name of a DateTimeField, in a list, a form or an export. Without a place, the reader's clock."""

    desk: BaseModelAdmin
    field: models.DateTimeField
    reader: models.Model

    def __call__(self, row):
        return place_time(self.field.value_from_object(row), self.clock_of(row))

    def clock_of(self, row):
        return self.desk.place_of(row) or self.reader.place

    def by_the_clock(self, row):
        """What the clock showed, for a cell of a spreadsheet, which knows no zones; None where there was no moment."""
        moment = self.field.value_from_object(row)
        return moment and at(moment, self.clock_of(row)).replace(tzinfo=None, second=0, microsecond=0)

    @property
    def __name__(self):
        return self.field.name

    @property
    def short_description(self):
        return self.field.verbose_name

    @property
    def admin_order_field(self):
        return self.field.name
