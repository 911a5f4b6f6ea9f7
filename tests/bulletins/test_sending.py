"""A bulletin comes to each KIM of its audience once, and to each person once, whatever befalls the worker."""

from datetime import date, timedelta

import pytest
from conftest import make_user
from django.utils import timezone

from accounts.models import Dispatch, Notice
from bulletins import sending, tasks
from bulletins.models import Bulletin, Delivery, FollowUp

DAY = date(2026, 11, 28)


@pytest.fixture(autouse=True)
def small_batches(monkeypatch):
    monkeypatch.setattr(sending, "BATCH", 3)


@pytest.fixture
def make_kims(make_community):
    """So many KIM, each with a chair; the first person chairs two of them."""

    def make(number):
        kims = [make_community(f"KIM {serial}") for serial in range(number)]
        chairs = [make_user(f"Ketua{serial}") for serial in range(number - 1)]
        for kim, chair in zip(kims, [chairs[0], *chairs], strict=True):
            member = kim.memberships.create(user=chair, name=chair.name)
            kim.positions.create(membership=member, role="ketua")
        return kims

    return make


@pytest.fixture
def jobs(monkeypatch):
    """What would be done by the worker: `[(name, key)]`."""
    asked = []
    for name in ("deliver", "follow_up", "remind"):
        job = type("Job", (), {"enqueue": lambda self, *args, name=name: asked.append((name, *args))})()
        monkeypatch.setattr(tasks, name, job)
    return asked


def told(bulletin):
    return Notice.objects.filter(path=bulletin.room_path)


def test_every_kim_has_one_delivery_and_every_person_one_notice(make_bulletin, make_kims):
    kims, bulletin = make_kims(7), make_bulletin(status="sent")

    sending.deliver(bulletin.pk)

    bulletin.refresh_from_db()
    assert sorted(bulletin.deliveries.values_list("community", flat=True)) == [kim.pk for kim in kims]
    assert told(bulletin).count() == told(bulletin).values("user").distinct().count() == 6
    assert bulletin.delivered_at


def test_a_delivery_lies_where_its_kim_sits(make_bulletin, mekar, places):
    bulletin = make_bulletin(status="sent")

    sending.deliver(bulletin.pk)

    delivery = Delivery.objects.get()
    assert delivery.place == mekar.seat
    assert (delivery.province, delivery.regency) == (places["64"], places["64.02"])
    assert (delivery.district, delivery.village) == (places["64.02.02"], places["64.02.02.2003"])


@pytest.mark.parametrize("step", ["make_deliveries", "tell"])
@pytest.mark.parametrize("batches_before", [0, 1, 2])
def test_a_worker_that_is_killed_in_the_middle_leaves_nothing_half_done(
    make_bulletin, make_kims, monkeypatch, step, batches_before
):
    kims, bulletin = make_kims(7), make_bulletin(status="sent")
    for _batch in range(batches_before):
        sending.deliver_batch(bulletin.pk)
    do = getattr(sending, step)

    def killed(*args):
        do(*args)
        raise SystemExit

    monkeypatch.setattr(sending, step, killed)
    with pytest.raises(SystemExit):
        sending.deliver_batch(bulletin.pk)
    monkeypatch.setattr(sending, step, do)
    sending.deliver(bulletin.pk)
    sending.deliver(bulletin.pk)

    assert sorted(bulletin.deliveries.values_list("community", flat=True)) == [kim.pk for kim in kims]
    assert told(bulletin).count() == told(bulletin).values("user").distinct().count() == 6


@pytest.mark.parametrize("verb", ["recall", "close"])
def test_what_is_taken_back_while_it_is_sent_goes_no_further(make_bulletin, make_kims, made, verb):
    make_kims(7)
    bulletin = make_bulletin(status="sent")
    sending.deliver_batch(bulletin.pk)

    getattr(bulletin, verb)(by=made, **({"reason": "Keliru."} if verb == "recall" else {}))
    sending.deliver(bulletin.pk)

    assert bulletin.deliveries.count() == 3


def test_a_lost_worker_is_followed_by_another(make_bulletin, mekar, jobs):
    long_ago = timezone.now() - timedelta(minutes=5)
    lost, done, at_work, _draft = (make_bulletin() for _serial in range(4))
    Bulletin.objects.filter(pk__in=[lost.pk, done.pk]).update(status="sent", sent_at=long_ago, updated_at=long_ago)
    Bulletin.objects.filter(pk=done.pk).update(delivered_at=long_ago)
    Bulletin.objects.filter(pk=at_work.pk).update(status="sent", sent_at=long_ago)

    tasks.resume_sending.call()

    assert jobs == [("deliver", lost.pk)]


def test_what_is_scheduled_is_sent_at_its_time_and_not_before(make_bulletin, mekar, jobs):
    now = timezone.now()
    due = make_bulletin(status="scheduled", send_at=now - timedelta(seconds=1))
    later = make_bulletin(status="scheduled", send_at=now + timedelta(hours=1))

    tasks.send_scheduled.call()
    tasks.send_scheduled.call()

    due.refresh_from_db()
    later.refresh_from_db()
    assert (due.status, later.status) == ("sent", "scheduled")
    assert [(step.to, step.by) for step in due.steps.all()] == [("sent", None)]
    assert jobs == [("deliver", due.pk)]


def test_what_ended_before_it_could_be_sent_is_not_sent_and_its_author_knows(make_bulletin, made, jobs):
    now = timezone.now()
    bulletin = make_bulletin(
        status="scheduled", send_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1), author=made
    )

    tasks.send_scheduled.call()

    bulletin.refresh_from_db()
    assert (bulletin.status, jobs) == ("approved", [])
    assert "Tidak terkirim" in made.notices.get().title


def test_the_end_passes_by_itself(make_bulletin):
    now = timezone.now()
    ended = make_bulletin(status="sent", sent_at=now - timedelta(hours=2), ends_at=now - timedelta(hours=1))
    going_on = make_bulletin(status="sent", ends_at=now + timedelta(hours=1))
    assert not ended.is_in_force
    assert list(Bulletin.objects.in_force()) == [going_on]

    tasks.close_ended.call()

    assert {*Bulletin.objects.filter(status="closed")} == {ended}


def test_all_who_have_it_are_told_once_that_it_was_recalled(make_bulletin, make_kims, made):
    make_kims(7)
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)

    bulletin.recall(by=made, reason="Tanggalnya keliru.")
    message = FollowUp.objects.get()
    sending.follow_up_batch(message.pk)
    sending.follow_up(message.pk)
    sending.follow_up(message.pk)

    recalls = told(bulletin).filter(title__startswith="Ditarik")
    assert recalls.count() == recalls.values("user").distinct().count() == 6
    assert recalls.first().text == "Tanggalnya keliru."


def test_a_follow_up_that_nobody_took_is_taken_up(make_bulletin, mekar, made, jobs):
    bulletin = make_bulletin(status="sent", delivered_at=timezone.now())
    bulletin.recall(by=made, reason="Keliru.")
    FollowUp.objects.update(touched_at=timezone.now() - timedelta(minutes=5))

    tasks.resume_sending.call()

    assert jobs == [("follow_up", FollowUp.objects.get().pk)]


def test_a_warning_and_its_recall_leave_before_all_else_and_in_the_night(make_warning, mekar, siti, made):
    warning = make_warning()
    sending.deliver(warning.pk)
    warning.recall(by=made, reason="Air sudah surut.")
    sending.follow_up(FollowUp.objects.get().pk)

    assert [notice.kind for notice in siti.notices.all()] == ["warning", "warning"]
    told = Dispatch.objects.filter(notice__user=siti)
    assert [dispatch.is_urgent for dispatch in told] == [True, True]


# Reminding


def test_those_who_did_not_open_it_are_reminded_once_a_day(make_bulletin, make_kims):
    kims, bulletin = make_kims(7), make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    bulletin.deliveries.get(community=kims[3]).open(by=kims[3].board.get())

    for _click in range(2):
        sending.remind(bulletin.pk, DAY)

    reminders = told(bulletin).filter(title__startswith="Belum dibuka")
    assert reminders.count() == 5
    assert not reminders.filter(user=kims[3].board.get()).exists()
    assert bulletin.deliveries.filter(reminded_on=DAY).count() == 6

    sending.remind(bulletin.pk, DAY + timedelta(days=1))

    assert reminders.count() == 10


def test_those_of_one_region_alone(make_bulletin, make_community, mekar, places):
    make_community("KIM Lain", seat="64.02.06")
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)

    sending.remind(bulletin.pk, DAY, places["64.02.02"])

    assert bulletin.deliveries.get(reminded_on=DAY).community == mekar


def test_nobody_is_reminded_of_what_was_recalled(make_bulletin, mekar, made):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    bulletin.recall(by=made, reason="Keliru.")

    sending.remind(bulletin.pk, DAY)

    assert not bulletin.deliveries.exclude(reminded_on=None).exists()


# What becomes of it at a KIM


def test_opening_and_passing_on_count_once(make_bulletin, mekar, siti, joko):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    delivery = bulletin.deliveries.get()

    delivery.open(by=siti)
    opened = delivery.opened_at
    delivery.open(by=joko)
    delivery.pass_on(by=joko)
    passed_on = delivery.passed_on_at
    delivery.pass_on(by=siti)

    assert (delivery.opened_at, delivery.opened_by, delivery.passed_on_at) == (opened, siti, passed_on)


def test_whoever_passes_on_has_opened_it(make_bulletin, mekar, siti):
    bulletin = make_bulletin(status="sent")
    sending.deliver(bulletin.pk)
    delivery = bulletin.deliveries.get()

    delivery.pass_on(by=siti)
    delivery.add_reach(claimed=40)
    delivery.add_reach(verified=25)

    assert delivery.opened_at
    assert (delivery.reach_claimed, delivery.reach_verified) == (40, 25)


def test_a_kim_reads_what_came_to_it_and_nobody_else_does(client, make_bulletin, mekar, siti, joko):
    bulletin = make_bulletin(status="sent", text="Bawa *balita* ke posyandu.")
    sending.deliver(bulletin.pk)

    client.force_login(joko)
    assert client.get(bulletin.room_path).status_code == 404
    assert not bulletin.deliveries.get().opened_at

    client.force_login(siti)
    answer = client.get(bulletin.room_path)

    assert "balita" in answer.text
    assert bulletin.deliveries.get().opened_by == siti
