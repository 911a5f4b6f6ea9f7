"""The clock runs an hour ahead and is set right again: nothing is done twice, nothing waits for the hour to come."""

import time
from datetime import datetime, timedelta

import pytest
from django.core.cache import cache, caches
from django.core.management import call_command
from django.http import HttpResponse
from django.utils import timezone

from accounts.models import Dispatch, PendingDecision
from bulletins import tasks
from bulletins.models import Bulletin
from kimportal import clock_jumps
from pages import page_store
from pages.models import Purge

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)
NOW = datetime.fromisoformat("2026-08-12T04:00Z")


@pytest.fixture
def clock(time_machine):
    """Where it is set to, from now on or by so much."""
    time_machine.move_to(NOW, tick=False)
    return time_machine


def test_what_was_to_leave_at_once_leaves_once_the_clock_is_right(clock, joko, caplog):
    before = Dispatch.objects.write_to("a@contoh.id", "Sebelumnya", "")
    clock.shift(HOUR)
    letter = Dispatch.objects.write_to("b@contoh.id", "Kabar", "")
    later = Dispatch.objects.write_to("c@contoh.id", "Nanti", "", due_at=timezone.now() + 2 * HOUR)
    clock.shift(-HOUR)
    assert [*Dispatch.objects.waiting()] == [before]

    assert clock_jumps.bring_back() == 2
    assert clock_jumps.bring_back() == 0

    assert {*Dispatch.objects.waiting()} == {before, letter}
    later.refresh_from_db()
    assert later.due_at == NOW + 2 * HOUR
    assert "The clock went back: 2 rows of accounts.Dispatch no longer wait." in caplog.text


def test_what_was_put_off_before_the_jump_stays_put_off(clock):
    Dispatch.objects.write_to("a@contoh.id", "Nanti", "", due_at=NOW + HOUR)

    assert clock_jumps.bring_back() == 0
    assert not Dispatch.objects.waiting().exists()


def test_a_decision_is_done_as_long_after_it_as_it_could_be_taken_back(clock, settings, make_post, made):
    settings.UNDO_SECONDS = 30
    post = make_post(status="submitted")
    words = {"facts": {}, "title": "Posyandu", "done": "disetujui", "path": "/", "place": post.place}
    clock.shift(HOUR)
    decision, _is_new = PendingDecision.objects.decide(post, "approve", by=made, **words)
    clock.shift(-HOUR)

    clock_jumps.bring_back()

    decision.refresh_from_db()
    assert decision.seconds_left == 30


def test_a_bulletin_whose_worker_was_lost_goes_on_and_one_at_work_is_left_alone(clock, make_bulletin, monkeypatch):
    asked = []
    monkeypatch.setattr(tasks, "deliver", type("Job", (), {"enqueue": lambda self, pk: asked.append(pk)})())
    bulletin = make_bulletin(status="sent")
    clock.shift(HOUR)
    Bulletin.objects.filter(pk=bulletin.pk).update(updated_at=timezone.now())
    clock.shift(-HOUR)

    clock_jumps.bring_back()
    tasks.resume_sending.call()
    assert asked == []
    clock.shift(timedelta(minutes=3))
    tasks.resume_sending.call()

    assert asked == [bulletin.pk]


def test_an_edge_is_told_again_of_what_changed_in_the_hour_that_was_none(clock):
    clock.shift(HOUR)
    purge = Purge.objects.create(edge="http://10.0.0.5:6081", keys="a", is_sent=True)
    clock.shift(-HOUR)

    clock_jumps.bring_back()

    purge.refresh_from_db()
    assert purge.made_at == NOW


def test_the_jobs_of_the_tick_are_done_though_their_claims_are_of_the_future(clock, monkeypatch):
    class Job:
        module_path = "somewhere.minutely"
        times = 0

        def call(self):
            self.times += 1

    cache.clear()
    job = Job()
    monkeypatch.setattr("kimportal.management.commands.tick.JOBS", {job: 60})

    for jump, times in [(timedelta(0), 1), (HOUR, 2), (timedelta(0), 2), (-HOUR, 3), (timedelta(0), 3)]:
        clock.shift(jump)
        call_command("tick")
        assert job.times == times


def test_a_page_that_was_kept_in_the_hour_that_was_none_is_not_shown(clock, settings):
    settings.PAGE_STORE = True
    clock.shift(HOUR)
    page_store.store("page:a", {}, HttpResponse("satu jam lagi"), time.time() + 7200)
    assert page_store.find("page:a")[0]

    clock.shift(-HOUR)

    assert page_store.find("page:a")[0] is None
    page_store.store("page:a", {}, HttpResponse("sekarang"), time.time() + 7200)
    assert page_store.find("page:a")[0].content == b"sekarang"
    caches["pages"].clear()
