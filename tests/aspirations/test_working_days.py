"""Terms in working days of Indonesia, and the days off against the official lists.

2026: SKB 3 Menteri 1497/2025, 2/2025 and 5/2025 of 19 September 2025, with 17 holidays and 8 days of joint leave.
2027: what the `holidays` package took from the joint decree that setneg.go.id published in September 2026; the decree
itself was not at hand. The package still calls both Eids of 2027 estimates, and so do our rows, until the desk says
otherwise.
"""

from datetime import date

import pytest

from aspirations.days_off import known_days
from aspirations.models import AnswerTerm, Holiday
from aspirations.working_days import add_working_days

OFFICIAL = {
    2026: "01-01 01-16 02-17 03-19 03-21 03-22 04-03 04-05 05-01 05-14 05-27 05-31 06-01 06-16 08-17 08-25 12-25",
    2027: "01-01 01-05 02-06 03-08 03-10 03-11 03-26 03-28 05-01 05-06 05-17 05-20 06-01 06-06 08-15 08-17 12-25 12-26",
}
JOINT_LEAVE = {
    2026: "02-16 03-18 03-20 03-23 03-24 05-15 05-28 12-24",
    2027: "02-05 03-09 03-12 03-15 03-25 05-18 05-19 12-24",
}


@pytest.fixture
def days_off(db):
    Holiday.objects.take_over(known_days([2026, 2027]), [2026, 2027])


def days(year, words):
    return {date.fromisoformat(f"{year}-{word}") for word in words.split()}


@pytest.mark.parametrize("year", OFFICIAL)
def test_the_days_off_are_those_of_the_official_list(year, days_off):
    rows = Holiday.objects.filter(date__year=year)

    assert {row.date for row in rows if not row.is_joint_leave} == days(year, OFFICIAL[year])
    assert {row.date for row in rows if row.is_joint_leave} == days(year, JOINT_LEAVE[year])


def test_both_eids_of_2027_are_estimates_until_the_desk_says_otherwise(days_off):
    estimates = set(Holiday.objects.filter(is_estimated=True).values_list("date", flat=True))

    assert estimates == days(2027, "03-10 03-11 05-17")
    assert not Holiday.objects.filter(name__contains="perkiraan").exists()


@pytest.mark.parametrize(
    ("arrived", "number", "due"),
    [
        ("2026-03-13", 5, "2026-03-27"),  # a Friday; then come Nyepi, Idulfitri and joint leave on both sides
        ("2026-03-13", 14, "2026-04-10"),  # and Good Friday
        ("2026-03-14", 5, "2026-03-27"),  # on a Saturday as on the Friday before
        ("2026-03-15", 5, "2026-03-27"),
        ("2026-03-19", 5, "2026-03-31"),  # on Nyepi as on the last working day before it
        ("2026-03-17", 5, "2026-03-31"),
        ("2026-03-24", 1, "2026-03-25"),
        ("2026-12-23", 1, "2026-12-28"),  # Christmas, its joint leave and a weekend
        ("2026-12-31", 1, "2027-01-04"),  # over the turn of the year
        ("2027-03-08", 1, "2027-03-16"),
        ("2026-11-02", 1, "2026-11-03"),
    ],
)
def test_a_term_ends_on(arrived, number, due, days_off):
    assert add_working_days(date.fromisoformat(arrived), number) == date.fromisoformat(due)


def test_without_rows_only_weekends_are_off(db):
    assert add_working_days(date(2026, 3, 13), 5) == date(2026, 3, 20)


def test_what_the_desk_put_right_stays(days_off):
    moved = Holiday.objects.get(date="2027-03-10")
    moved.date, moved.is_corrected, moved.is_estimated = date(2027, 3, 13), True, False
    moved.save()
    cancelled = Holiday.objects.get(date="2027-05-18")
    cancelled.is_day_off, cancelled.is_corrected = False, True
    cancelled.save()
    Holiday.objects.create(date="2026-12-09", name="Pilkada", is_corrected=True)

    Holiday.objects.take_over(known_days([2026, 2027]), [2026, 2027])

    assert not Holiday.objects.filter(date="2027-03-10").exists()
    assert Holiday.objects.get(date="2027-03-13").is_estimated is False
    assert add_working_days(date(2027, 5, 17), 1) == date(2027, 5, 18)
    assert add_working_days(date(2026, 12, 8), 1) == date(2026, 12, 10)


def test_a_newer_edition_replaces_what_nobody_touched(days_off):
    known = known_days([2026, 2027])
    known[date(2027, 3, 9)] = ("Cuti bersama yang berganti nama", True, False)
    del known[date(2027, 3, 12)]
    known[date(2027, 3, 16)] = ("Cuti bersama tambahan", True, False)

    Holiday.objects.take_over(known, [2026, 2027])

    assert Holiday.objects.get(date="2027-03-09").name == "Cuti bersama yang berganti nama"
    assert not Holiday.objects.filter(date="2027-03-12").exists()
    assert Holiday.objects.filter(date="2027-03-16").exists()


def test_taking_over_twice_writes_nothing(days_off, django_assert_num_queries):
    with django_assert_num_queries(4):  # a savepoint and its end, the rows, and the days of the desk's own
        Holiday.objects.take_over(known_days([2026]), [2026])


def test_the_nearest_region_above_says_the_term(places):
    regency, province, nation = places["64.02"], places["64"], places["0"]
    term = AnswerTerm.objects

    assert [term.days(stage, regency) for stage in ("accept", "answer")] == [5, 14]
    term.create(region=nation, stage="accept", working_days=7)
    assert [term.days("accept", place) for place in (regency, province, nation)] == [7, 7, 7]
    term.create(region=province, stage="accept", working_days=3)
    assert [term.days("accept", place) for place in (regency, province, nation)] == [3, 3, 7]
    assert term.days("accept", places["64.71"]) == 3
    term.create(region=regency, stage="accept", working_days=2)
    assert [term.days("accept", place) for place in (regency, places["64.71"])] == [2, 3]
