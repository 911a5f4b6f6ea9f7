"""What the calendar does to aspirations, and that it does it once."""

from datetime import date, timedelta

import pytest
import time_machine
from conftest import make_officer
from django.utils import timezone

from accounts.tasks import forget_what_is_over
from aspirations import tasks
from aspirations.days_off import known_days
from aspirations.models import AnswerTerm, Aspiration, Holiday

Status = Aspiration.Status
FRIDAY = "2026-03-13T02:00Z"


@pytest.fixture
def days_off(db):
    Holiday.objects.take_over(known_days([2026]), [2026])


@pytest.fixture
def made(made):
    return serving_all_year(made)


@pytest.fixture
def ketut(places):
    """The officer of the province."""
    return serving_all_year(make_officer("Ketut", places["64"]))


def serving_all_year(officer):
    officer.assignments.update(starts_on="2026-01-01")
    return officer


def days_ago(row, column, days):
    Aspiration.objects.filter(pk=row.pk).update(**{column: timezone.now() - timedelta(days=days)})


def run_twice(job):
    job.call()
    job.call()


def test_terms_follow_the_days_off(days_off, make_aspiration, made):
    with time_machine.travel(FRIDAY):
        row = make_aspiration()
        assert (row.due_on, row.escalates_on) == (date(2026, 3, 27), date(2026, 4, 6))

        row.accept(by=made)

        assert row.due_on == date(2026, 4, 10)


def test_assigning_and_starting_keep_the_term_of_the_answer(days_off, make_aspiration, made, public_works):
    with time_machine.travel(FRIDAY, tick=False) as clock:
        row = make_aspiration()
        row.accept(by=made)
        due = row.due_on
        clock.shift(timedelta(days=3))
        row.assign(public_works, by=made)
        row.start(turn=row.open_turn)
        row.take_back(by=made)

        assert row.due_on == due


def test_a_term_of_the_region_counts(make_aspiration, places):
    AnswerTerm.objects.create(region=places["64.02"], stage="accept", working_days=1)

    with time_machine.travel(FRIDAY):
        assert make_aspiration().due_on == date(2026, 3, 16)


def test_what_a_kim_does_not_touch_for_a_week_goes_on_by_itself(make_aspiration, mekar, siti, made):
    row, fresh = make_aspiration(community=mekar), make_aspiration("Lampu mati", community=mekar)
    days_ago(row, "held_since", 7)
    days_ago(fresh, "held_since", 6)

    run_twice(tasks.pass_silent_kims)

    row.refresh_from_db()
    fresh.refresh_from_db()
    assert (row.status, fresh.status) == (Status.FORWARDED, Status.RECEIVED)
    assert row.steps.filter(deed="pass_silent_kim", by=None).count() == 1
    assert made.notices.count() == 1
    assert siti.notices.filter(title__contains="7 hari").count() == 1


def test_beyond_the_second_term_it_goes_one_level_up_and_no_further(make_aspiration, made, ketut):
    with time_machine.travel(FRIDAY, tick=False) as clock:
        row = make_aspiration()
        clock.move_to(f"{row.due_on + timedelta(days=1)}T02:00Z")
        run_twice(tasks.escalate_overdue)
        row.refresh_from_db()
        assert (row.status, row.is_overdue) == (Status.FORWARDED, True)
        assert list(Aspiration.objects.overdue()) == [row]

        clock.move_to(f"{row.escalates_on}T16:00Z")
        run_twice(tasks.escalate_overdue)
        row.refresh_from_db()
        assert row.status == Status.FORWARDED
        clock.move_to(f"{row.escalates_on + timedelta(days=1)}T02:00Z")
        run_twice(tasks.escalate_overdue)

        row.refresh_from_db()
        assert (row.status, row.office.code, row.is_overdue) == (Status.ESCALATED, "64", False)
        assert ketut.notices.count() == 1
        assert made.notices.filter(title__contains="dua tenggat").count() == 1


def test_with_an_opd_it_goes_up_too_and_the_link_dies(make_aspiration, made, ketut, public_works):
    row = make_aspiration()
    row.assign(public_works, by=made)
    Aspiration.objects.filter(pk=row.pk).update(escalates_on=timezone.localdate() - timedelta(days=2))

    tasks.escalate_overdue.call()

    row.refresh_from_db()
    assert (row.status, row.agency, row.open_turn) == (Status.ESCALATED, None, None)


def test_at_the_ministry_it_stays(make_aspiration, places):
    row = make_aspiration()
    Aspiration.objects.filter(pk=row.pk).update(office=places["0"], escalates_on=None, due_on="2026-01-02")

    tasks.escalate_overdue.call()

    row.refresh_from_db()
    assert row.status == Status.FORWARDED


def test_an_answer_that_nobody_contests_ends_the_matter(make_aspiration, made):
    row, fresh = make_aspiration(), make_aspiration("Lampu mati")
    for each, days in ((row, 14), (fresh, 13)):
        each.give_answer(by=made, text="Sudah.", outcome="done")
        days_ago(each, "answered_at", days)

    run_twice(tasks.close_uncontested)

    row.refresh_from_db()
    fresh.refresh_from_db()
    assert (row.status, fresh.status) == (Status.CLOSED, Status.ANSWERED)
    assert row.steps.filter(deed="close_uncontested").count() == 1


def test_senders_are_forgotten_after_their_term(make_aspiration, made, settings):
    settings.ASPIRATIONS_FORGET_DAYS = 30
    old, fresh, running = (make_aspiration(title) for title in ("Lama", "Baru", "Berjalan"))
    for row, days in ((old, 30), (fresh, 29)):
        row.reject(by=made, note="Bukan wewenang.")
        days_ago(row, "closed_at", days)

    run_twice(forget_what_is_over)

    for row in (old, fresh, running):
        row.refresh_from_db()
    assert [row.sender_name for row in (old, fresh, running)] == ["", "Rini", "Rini"]


def test_who_is_merged_is_known_as_long_as_the_matter_runs(make_aspiration, made):
    kept, merged = make_aspiration(), make_aspiration("Jalan rusak")
    merged.merge_into(kept, by=made)
    days_ago(merged, "closed_at", 999)

    forget_what_is_over.call()
    merged.refresh_from_db()
    assert merged.sender_name == "Rini"

    kept.reject(by=made, note="Bukan wewenang.")
    forget_what_is_over.call()
    merged.refresh_from_db()
    assert merged.sender_name == ""


def test_days_off_are_taken_over_for_years_to_come(db):
    with time_machine.travel(FRIDAY):
        run_twice(tasks.take_over_holidays)

    assert {row.date.year for row in Holiday.objects.all()} == {2026, 2027, 2028}
