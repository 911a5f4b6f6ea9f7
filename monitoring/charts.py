"""Charts drawn on the server: every one is a table first, whose numbers a small SVG shows beside or above it.

No text stands in the SVG, which is stretched to the width of the screen; labels are those of the table. `_chart.html`
shows a Chart of either kind.
"""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from django.utils.html import format_html, format_html_join
from django.utils.translation import gettext as _

from regions.templatetags.places import place_date, thousands

WIDTH, HEIGHT, GAP = 1000, 200, 0.2  # in drawn units, the gap as a share of a column


@dataclass(frozen=True)
class Row:
    """A line of a chart: what it is, how many, and where the rows behind the number are, "" for nowhere."""

    label: str
    number: float
    url: str = ""
    bar: str = ""


@dataclass(frozen=True)
class Chart:
    """`svg` stands above the table; where it is empty each row has a `bar` of its own, beside its number."""

    title: str
    counted: str
    rows: list[Row]
    svg: str = ""

    @property
    def first(self):
        return self.rows[0]

    @property
    def last(self):
        return self.rows[-1]

    @property
    def highest(self):
        return max(self.rows, key=lambda row: row.number)


def bar_chart(title, rows, counted):
    """The Chart of `(label, number, url)` rows, which compares things: a bar for each, in the order given."""
    most = max((number for _label, number, _url in rows), default=0) or 1
    return Chart(title, counted, [Row(label, number, url, bar(number / most)) for label, number, url in rows])


def bar(share):
    return format_html(
        '<svg class="chart-bar" viewBox="0 0 {0} 1" preserveAspectRatio="none" aria-hidden="true">'
        '<rect width="{1}" height="1"/></svg>',
        WIDTH,
        round(share * WIDTH),
    )


def trend_chart(title, rows, counted):
    """The Chart of `(label, number, url)` rows, one for each stretch of time from the first to the last: columns."""
    rows = [Row(*row) for row in rows]
    most = max((row.number for row in rows), default=0) or 1
    step = WIDTH / max(len(rows), 1)
    columns = format_html_join(
        "", "{}", ([column(row, number * step, step, row.number / most, counted)] for number, row in enumerate(rows))
    )
    svg = format_html(
        '<svg class="chart-trend" viewBox="0 0 {} {}" preserveAspectRatio="none" role="group" aria-label="{}">{}</svg>',
        WIDTH,
        HEIGHT,
        title,
        columns,
    )
    return Chart(title, counted, rows, svg if rows else "")


def column(row, left, step, share, counted):
    """Its title tells a mouse the number; the whole height leads to its rows, so that a small one can be hit too."""
    shape = format_html(
        '<g><title>{}: {} {}</title><rect class="chart-ground" x="{}" width="{}" height="{}"/>'
        '<rect x="{}" y="{}" width="{}" height="{}"/></g>',
        *(row.label, thousands(row.number), counted),
        *(round(left, 1), round(step, 1), HEIGHT),
        *(round(left + step * GAP / 2, 1), round(HEIGHT * (1 - share), 1)),
        *(round(step * (1 - GAP), 1), round(HEIGHT * share, 1)),
    )
    return format_html('<a href="{}">{}</a>', row.url, shape) if row.url else shape


# Stretches of time


def per_week(days, since, until):
    """`(Monday, number)` of each week that has one of these days, from `{day: number}`; one without any counts 0."""
    every = (since + timedelta(days=number) for number in range((until - since).days + 1))
    weeks = groupby(every, lambda day: day - timedelta(days=day.weekday()))
    return [(monday, sum(days.get(day, 0) for day in those)) for monday, those in weeks]


def week_label(day: date):
    return _("pekan %(day)s") % {"day": place_date(day)}
