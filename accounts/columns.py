"""Columns of the desk that say a moment by the clock of the place that the row lies in, and yes or no in words."""

from dataclasses import dataclass

from django.contrib.admin.options import BaseModelAdmin
from django.db import models
from django.utils.translation import gettext as _

from regions.clocks import at
from regions.templatetags.places import place_time


@dataclass(frozen=True)
class Column:
    """In place of the name of a field, in a list, a form or an export."""

    desk: BaseModelAdmin
    field: models.Field
    reader: models.Model

    @property
    def __name__(self):
        return self.field.name

    @property
    def short_description(self):
        return self.field.verbose_name

    @property
    def admin_order_field(self):
        return self.field.name


class Moment(Column):
    """Of a DateTimeField. Without a place, the reader's clock."""

    def __call__(self, row):
        return place_time(self.field.value_from_object(row), self.clock_of(row))

    def clock_of(self, row):
        return self.desk.place_of(row) or self.reader.place

    def in_file(self, row):
        """What the clock showed, for a cell of a spreadsheet, which knows no zones; None where there was no moment."""
        moment = self.field.value_from_object(row)
        return moment and at(moment, self.clock_of(row)).replace(tzinfo=None, second=0, microsecond=0)


class YesOrNo(Column):
    """Of a BooleanField, where Django draws a red cross for no, as if it were wrong."""

    def __call__(self, row):
        return _("ya") if self.in_file(row) else _("tidak")

    def in_file(self, row):
        return self.field.value_from_object(row)
