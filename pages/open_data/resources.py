"""What is open of a table: which columns are read, what they become, and the same as the cells of one line."""

from collections.abc import Callable
from dataclasses import dataclass, field

from ninja import Schema
from pydantic import BaseModel

from pages.spreadsheets import harmless


@dataclass(frozen=True)
class Resource:
    """Rows of a table as open data: nothing leaves that does not stand in `columns`.

    `record` makes of a row, a named tuple of the columns, the fields of the `schema`, in its order. `order` is the
    column of its pages. `worked_out` are columns that no table has: `{name: expression}`.
    """

    name: str
    schema: type[Schema]
    columns: list[str]
    record: Callable
    order: str
    worked_out: dict = field(default_factory=dict)

    def rows(self, queryset):
        return queryset.annotate(**self.worked_out).values_list(*self.columns, *self.worked_out, named=True)

    @property
    def headings(self):
        """The names of the cells of a line: what lies within another field begins with that one's name."""
        return headings_of(self.schema)


def headings_of(schema, before=""):
    names = []
    for name, said in schema.model_fields.items():
        inner = inner_schema(said.annotation)
        names += headings_of(inner, f"{before}{name}_") if inner else [f"{before}{name}"]
    return names


def inner_schema(annotation):
    """The schema that a field is, or may be; None where it is a value or a list."""
    kinds = (
        getattr(annotation, "__args__", (annotation,)) if getattr(annotation, "__origin__", None) is not list else ()
    )
    return next((kind for kind in kinds if isinstance(kind, type) and issubclass(kind, BaseModel)), None)


def flat(record, schema):
    """`{heading: value}` of a record, with lists in one cell."""
    cells = {}
    for name, said in schema.model_fields.items():
        value, inner = record[name], inner_schema(said.annotation)
        if inner:
            within = flat(value, inner) if value else dict.fromkeys(headings_of(inner))
            cells |= {f"{name}_{heading}": cell for heading, cell in within.items()}
        else:
            cells[name] = "; ".join(value) if isinstance(value, list) else value
    return cells


def cell(value):
    """A value as CSV has it: text that a spreadsheet would take for a formula gets an apostrophe in front."""
    if isinstance(value, str):
        return harmless(value)
    if isinstance(value, bool):
        return "true" if value else "false"
    return value
