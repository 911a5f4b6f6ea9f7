"""A chart shows what its table says: every number is there as text, and leads to its rows."""

from datetime import date
from xml.etree import ElementTree

from django.template.loader import render_to_string

from monitoring.charts import bar_chart, per_week, trend_chart


def widths(svg):
    return [float(rect.get("width")) for rect in ElementTree.fromstring(svg).iter("rect")]  # noqa: S314 our own


def test_a_bar_is_as_long_as_its_share_of_the_largest():
    chart = bar_chart(
        "KIM menurut keadaan", [("dikukuhkan", 400, "/kim/"), ("dibekukan", 100, ""), ("draf", 0, "")], "KIM"
    )

    assert [widths(row.bar) for row in chart.rows] == [[1000], [250], [0]]


def test_a_chart_of_nothing_is_drawn_without_bars():
    assert widths(bar_chart("KIM", [("draf", 0, "")], "KIM").rows[0].bar) == [0]
    assert "<table" in render_to_string(
        "_chart.html", {"chart": trend_chart("Kegiatan", [("Mei 2026", 0, "")], "kegiatan")}
    )


def test_a_column_leads_to_its_rows_and_says_what_it_is():
    chart = trend_chart("Kegiatan", [("Mei 2026", 1200, "/kegiatan/?a=1&b=2"), ("Juni 2026", 300, "")], "kegiatan")

    assert '<a href="/kegiatan/?a=1&amp;b=2">' in chart.svg
    assert "<title>Mei 2026: 1.200 kegiatan</title>" in chart.svg
    assert chart.highest.label == "Mei 2026"


def test_what_a_place_is_called_stays_text():
    chart = bar_chart("<b>", [('"><script>', 1, "")], "KIM")

    html = render_to_string("_chart.html", {"chart": chart})

    assert "<script>" not in html
    assert "<b>" not in html


def test_weeks_begin_on_monday():
    days = {date(2026, 11, 22): 1, date(2026, 11, 23): 2}  # a Sunday, the Monday after it

    assert per_week(days, date(2026, 11, 16), date(2026, 11, 28)) == [(date(2026, 11, 16), 1), (date(2026, 11, 23), 2)]


def test_every_week_between_is_there():
    days = {date(2026, 11, 2): 2, date(2026, 11, 18): 5, date(2026, 10, 30): 9}  # the last lies before it all

    assert per_week(days, date(2026, 11, 2), date(2026, 11, 18)) == [
        (date(2026, 11, 2), 2),
        (date(2026, 11, 9), 0),
        (date(2026, 11, 16), 5),
    ]
