"""Who decides today: officers come, move and go, and the work never lies with nobody."""

from datetime import timedelta

import pytest
from conftest import make_officer, make_user
from django.utils import timezone

from accounts.duties import Duty
from accounts.models import Notice, OfficerAssignment
from accounts.tasks import watch_vacancies
from communities.duties import VERIFICATION
from communities.models import Community, StepRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def wulan(places):
    """The officer of the province."""
    return make_officer("Wulan", places["64"])


@pytest.fixture
def submitted(make_community):
    return make_community("KIM Baru", status="submitted")


def deciders(region):
    return {duty.user for duty in OfficerAssignment.objects.responsible(region, VERIFICATION)}


def test_the_regency_decides_while_it_has_an_officer(submitted, made, ratna, wulan, dewi):
    assert deciders(submitted.seat) == {made}

    for stranger in (ratna, wulan, dewi):
        with pytest.raises(StepRefused):
            submitted.verify(by=stranger)
    submitted.verify(by=made)

    submitted.refresh_from_db()
    assert submitted.status == Community.Status.VERIFIED


def test_without_one_the_province_decides_and_without_that_the_ministry(submitted, made, wulan, dewi):
    made.assignments.update(ends_on=timezone.localdate())
    assert deciders(submitted.seat) == {wulan}

    wulan.assignments.update(ends_on=timezone.localdate())
    assert deciders(submitted.seat) == {dewi}

    submitted.verify(by=dewi)
    assert submitted.number


def test_an_officer_without_the_duty_does_not_decide(submitted, made, wulan):
    made.assignments.update(duties=["moderation"])

    with pytest.raises(StepRefused):
        submitted.verify(by=made)
    assert deciders(submitted.seat) == {wulan}


def test_nobody_decides_on_a_kim_they_belong_to(submitted, made, wulan):
    submitted.memberships.create(user=made, name=made.name)

    with pytest.raises(StepRefused):
        submitted.verify(by=made)

    submitted.refresh_from_db()
    assert submitted.status == Community.Status.SUBMITTED


def test_an_ended_duty_closes_the_desk_on_the_next_request(desk, made, wulan):
    assert desk.get("/petugas/").status_code == 200

    made.assignments.get().end(by=wulan)

    assert desk.get("/petugas/", follow=True).status_code == 403


def test_the_successor_finds_the_work_on_the_desk(client, submitted, made, wulan, places, with_second_factor):
    made.assignments.get().end(by=wulan)
    nyoman = make_user("Nyoman")
    OfficerAssignment.objects.appoint(
        nyoman, places["64.02"], by=wulan, letter_number="9/2026", duties=list(Duty.known)
    )

    client.force_login(with_second_factor(nyoman))

    assert submitted.name in client.get("/petugas/communities/community/").text
    assert "Kabupaten Kutai Kartanegara" in nyoman.notices.get().title
    submitted.verify(by=nyoman)


def test_a_region_left_without_an_officer_alarms_those_above_once(made, wulan, dewi):
    made.assignments.get().end(by=wulan)
    watch_vacancies.call()

    notice = wulan.notices.get()
    assert "Kutai Kartanegara" in notice.title
    assert not dewi.notices.exists()


def test_a_duty_that_ran_out_by_its_date_alarms_too(made, wulan, time_machine):
    made.assignments.update(ends_on=timezone.localdate() + timedelta(days=2))
    watch_vacancies.call()
    assert not wulan.notices.exists()

    time_machine.move_to(timezone.now() + timedelta(days=2))
    watch_vacancies.call()

    assert wulan.notices.count() == 1


def test_no_alarm_while_a_colleague_remains(made, wulan, places):
    make_officer("Nyoman", places["64.02"])

    made.assignments.get().end(by=wulan)

    assert not Notice.objects.exists()


def test_handing_in_tells_the_officers_who_decide(client, mekar, made, ratna, wulan, siti, sector):
    Community.objects.filter(pk=mekar.pk).update(
        status="draft", founded_on="2020-01-01", address="Jalan Melati 1", contact_phone="0812"
    )
    mekar.refresh_from_db()
    mekar.sectors.add(sector)

    mekar.submit(by=siti)

    assert [notice.user for notice in Notice.objects.all()] == [made]
    assert mekar.open_verification
