"""What is open of a table: which columns are read, what they become, and the same as the cells of one line."""

import csv
import io
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property

from ninja import Schema
from pydantic import BaseModel

from pages.spreadsheets import harmless


@dataclass(frozen=True)
class Resource:
    """Rows of a table as open data: nothing leaves that does not stand in `columns`.

    `record` makes of a row, a named tuple of the columns, the fields of the `schema`, in its order. `order` is the
    column of its pages. `worked_out` are columns that no table has: `{name: expression}`. What leaves a list that
    `has_deletions` is told at `/api/v1/deleted/`.
    """

    name: str
    schema: type[Schema]
    columns: list[str]
    record: Callable
    order: str
    worked_out: dict = field(default_factory=dict)
    has_deletions: bool = False

    def rows(self, queryset):
        return queryset.annotate(**self.worked_out).values_list(*self.columns, *self.worked_out, named=True)

    @cached_property
    def shape(self):
        """`[(field, the fields within it or None)]`, in the order of the schema."""
        fields = self.schema.model_fields.items()
        return [(name, tuple(inner.model_fields) if (inner := inner_schema(said)) else None) for name, said in fields]

    @property
    def headings(self):
        """The names of the cells of a line: what lies within another field begins with that one's name."""
        return [
            name for field, inner in self.shape for name in ([f"{field}_{one}" for one in inner] if inner else [field])
        ]

    def cells(self, record):
        """The values of a line; a list stands in one cell."""
        cells = []
        for name, inner in self.shape:
            value = record[name]
            if inner:
                cells += [value[one] for one in inner] if value else [None] * len(inner)
            else:
                cells.append("; ".join(value) if isinstance(value, list) else value)
        return cells


def inner_schema(said):
    """The schema that a field is, or may be; None where it is a value or a list."""
    kinds = [said.annotation, *getattr(said.annotation, "__args__", ())]
    if getattr(said.annotation, "__origin__", None) is list:
        return None
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def csv_text(rows):
    """Lines of CSV. All text is in quotes: a program that splits at another sign finds no formula within a cell."""
    text = io.StringIO()
    csv.writer(text, quoting=csv.QUOTE_STRINGS).writerows([cell(value) for value in row] for row in rows)
    return text.getvalue()


def cell(value):
    """A value as CSV has it: text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
