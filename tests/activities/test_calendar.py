"""What the calendar does: decrees are announced, end, and carry on for a while; data grows old."""

from datetime import timedelta

import pytest
from django.core.management import call_command
from django.utils import timezone

from communities.decree_terms import GRACE_DAYS
from communities.models import Community
from communities.tasks import ask_for_confirmation, end_decrees, remind_of_decrees

pytestmark = pytest.mark.django_db


@pytest.fixture
def ending(mekar, made, make_decree):
    """Siti's KIM, whose decree ends in 100 days."""
    mekar.inaugurate(by=made, decree=make_decree(ends_on=timezone.localdate() + timedelta(days=100)))
    mekar.memberships.get().user.notices.all().delete()
    return mekar


def test_the_end_of_a_decree_is_announced_four_times_once_each(ending, siti, time_machine):
    start = timezone.now()
    told = []
    for day in range(105):
        time_machine.move_to(start + timedelta(days=day))
        for _again in range(2):
            remind_of_decrees.call()
        if siti.notices.count() > len(told):
            told.append(100 - day)

    assert told == [90, 30, 7, 0]
    assert "berakhir 30 hari lagi" in siti.notices.order_by("pk")[1].title
    assert "Hari ini" in siti.notices.order_by("pk").last().title


def test_the_day_after_its_last_a_decree_has_ended(ending, time_machine):
    time_machine.move_to(timezone.now() + timedelta(days=100))
    end_decrees.call()
    ending.refresh_from_db()
    assert ending.status == Community.Status.INAUGURATED

    time_machine.move_to(timezone.now() + timedelta(days=1))
    end_decrees.call()
    end_decrees.call()

    ending.refresh_from_db()
    assert ending.status == Community.Status.EXPIRED
    assert ending.steps.filter(to="expired").count() == 1


def test_after_the_grace_period_publishing_stops_and_the_page_stays(client, ending, time_machine):
    end = timezone.now() + timedelta(days=101)
    time_machine.move_to(end)
    end_decrees.call()
    ending.refresh_from_db()
    assert ending.may_publish

    time_machine.move_to(end + timedelta(days=GRACE_DAYS))
    assert not ending.may_publish
    assert client.get(ending.get_absolute_url()).status_code == 200


def test_a_chair_is_asked_after_a_year_whether_the_data_are_true(mekar, siti, time_machine):
    mekar.confirm(by=siti)
    ask_for_confirmation.call()
    assert not siti.notices.exists()
    assert not mekar.is_stale

    time_machine.move_to(timezone.now() + timedelta(days=366))
    ask_for_confirmation.call()
    ask_for_confirmation.call()

    assert siti.notices.get().kind == "confirmation"
    assert mekar.is_stale
    assert list(Community.objects.needing(Community.Attention.UNCONFIRMED)) == [mekar]


def test_what_was_taken_over_is_old_data_until_somebody_confirms_it(mekar, siti):
    Community.objects.filter(pk=mekar.pk).update(is_imported=True)
    mekar.refresh_from_db()
    assert mekar.is_old_data

    mekar.confirm(by=siti)

    assert not mekar.is_old_data


def test_the_tick_does_every_job_and_survives_one_that_fails(ending, siti, time_machine, monkeypatch, caplog):
    def broken():
        raise RuntimeError("broken")

    time_machine.move_to(timezone.now() + timedelta(days=70))
    monkeypatch.setattr("accounts.tasks.send_waiting", broken)

    call_command("tick")

    assert siti.notices.filter(kind="decree").exists()
    assert "accounts.tasks.send_notices failed" in caplog.text
