"""Times are told as the clock on the wall of the place tells them."""

from datetime import UTC, date, datetime

import pytest
from django.template import engines

from regions.models import Region


def render(text, **context):
    return engines["django"].from_string("{% load places %}" + text).render(context)


@pytest.mark.parametrize(
    ("code", "clock"),
    [
        ("18", "17 Agustus 2026 pukul 13.05 WIB"),
        ("61", "17 Agustus 2026 pukul 13.05 WIB"),
        ("64.02", "17 Agustus 2026 pukul 14.05 WITA"),
        ("51.03", "17 Agustus 2026 pukul 14.05 WITA"),
        ("91.03.01.2004", "17 Agustus 2026 pukul 15.05 WIT"),
    ],
)
def test_one_moment_three_clocks(code, clock):
    moment = datetime(2026, 8, 17, 6, 5, tzinfo=UTC)

    assert render("{{ moment|place_time:place }}", moment=moment, place=Region(code=code)) == clock


def test_the_date_is_the_date_at_the_place():
    moment = datetime(2026, 8, 16, 15, 30, tzinfo=UTC)

    assert render("{{ moment|place_date:place }}", moment=moment, place=Region(code="91")) == "17 Agustus 2026"
    assert render("{{ moment|place_date:place }}", moment=moment, place=Region(code="18")) == "16 Agustus 2026"


def test_a_date_stays_what_it_is():
    assert render("{{ day|place_date }}", day=date(2026, 12, 1)) == "1 Desember 2026"


def test_nothing_is_told_of_no_moment():
    assert render("{{ moment|place_time }}{{ moment|place_date }}", moment=None) == ""


def test_numbers_as_indonesians_write_them():
    assert render("{{ number|thousands }}", number=91599) == "91.599"
    assert render("{{ number|thousands }}", number=999) == "999"
