"""A table of a region and its parts in which each number of the region is what its parts have together.

What sits in the region itself, or where a part was once, is a line of its own.
"""

from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from typing import NamedTuple

from django.db.models import Count, DateTimeField, F, Min, Value
from django.db.models.functions import Cast
from django.utils.translation import gettext as _

from accounts.place_filter import ITSELF
from regions.models import Region
from regions.placed import LEVELS


class Cell(NamedTuple):
    number: int
    url: str = ""


@dataclass(frozen=True)
class Column:
    """`numbers` has the number of the region and of each part by key; `url` tells where the rows of a place are.

    A place is a code, or one followed by ITSELF; without a function, or where it tells nothing, there is no link.
    """

    word: str
    label: str
    numbers: dict[int, int]
    url: Callable[[str], str] = field(default=lambda place: "")

    def cell(self, region, place):
        return Cell(self.numbers.get(region.pk, 0), self.url(place))


class Line(NamedTuple):
    """`region` is None for what lies in none of the parts."""

    region: Region | None
    cells: list[Cell]


@dataclass(frozen=True)
class Table:
    region: Region
    parts: list[Region]
    columns: list[Column]

    @cached_property
    def total(self):
        return Line(self.region, [column.cell(self.region, self.region.code) for column in self.columns])

    @cached_property
    def lines(self):
        """A line for each part; last what lies in none of them, where there is any."""
        lines = [Line(part, [column.cell(part, part.code) for column in self.columns]) for part in self.parts]
        rest = [cell.number - sum(line.cells[n].number for line in lines) for n, cell in enumerate(self.total.cells)]
        if not self.parts or not any(rest):
            return lines
        place = f"{self.region.code}{ITSELF}"
        return [
            *lines,
            Line(None, [Cell(number, column.url(place)) for number, column in zip(rest, self.columns, strict=True)]),
        ]

    def rows(self, headings):
        """The same as lists: these headings and those of the columns, then code, name and numbers of each line."""
        yield [*headings, *(str(column.label) for column in self.columns)]
        for line in [*self.lines, self.total]:
            place = line.region or self.region
            code = place.code if line.region else f"{place.code}{ITSELF}"
            name = place.full_name if line.region else _("%(name)s sendiri") % {"name": place.full_name}
            yield [code, name, *(cell.number for cell in line.cells)]


def column_of_parts(region):
    """The column that has the region right below this one; of a village its own."""
    return LEVELS[min(region.level, len(LEVELS) - 1)]


def grouped_by_part(rows, region, *columns, **expressions):
    """`(key of the part or None, *columns, *expressions, number)` of these rows: one query."""
    part = {"part": F(column_of_parts(region))}
    groups = rows.within(region).order_by().values(*columns, **part, **expressions).annotate(number=Count("pk"))
    return groups.values_list("part", *columns, *expressions, "number")


def by_part_each(rows_of, region, each, since):
    """`by_part` of several tables at once, `{word: {key: number}}`, and `{word: the oldest moment}`: one query.

    `rows_of` has the rows of each word; `each` what is counted where that is not the rows; `since` the moment's column.
    """
    column = column_of_parts(region)
    unions = [
        rows.within(region)
        .order_by()
        .annotate(word=Value(word), part=F(column))
        .values("word", "part")
        .annotate(
            number=each.get(word, Count("pk")),
            oldest=Min(since[word]) if word in since else Cast(None, DateTimeField()),
        )
        .values_list("word", "part", "number", "oldest")
        for word, rows in rows_of.items()
    ]
    found, oldest = {word: {region.pk: 0} for word in rows_of}, dict.fromkeys(since)
    for word, part, number, moment in unions[0].union(*unions[1:], all=True):
        found[word][region.pk] += number
        if part not in (None, region.pk):
            found[word][part] = number
        if moment and (oldest[word] is None or moment < oldest[word]):
            oldest[word] = moment
    return found, oldest


def by_part(rows, region, **numbers):
    """`{name: {key of the region or of one right below it: number}}` of these rows by aggregates: one query.

    Numbers add up, so that of the region is the sum over all, those in no part included.
    """
    column = column_of_parts(region)
    found = {name: {region.pk: 0} for name in numbers}
    for row in rows.within(region).order_by().values(column).annotate(**numbers):
        for name in numbers:
            found[name][region.pk] += row[name]
            if row[column] not in (None, region.pk):
                found[name][row[column]] = row[name]
    return found
