"""The officer checks a KIM by its list: what was looked at stays, what is missing refuses, and one of two wins."""

import pytest
from conftest import make_officer
from django.utils import timezone

from communities.models import Community, FormationRule, StepRefused, Verification
from communities.requirements import Aspect, requirements

pytestmark = pytest.mark.django_db


@pytest.fixture
def waiting(mekar, sector):
    """KIM Mekar as it waits: well filled in, its papers handed in."""
    Community.objects.filter(pk=mekar.pk).update(
        status="submitted",
        submitted_at=timezone.now(),
        founded_on="2020-01-01",
        address="Balai desa",
        contact_phone="0812-0000-0000",
    )
    mekar.refresh_from_db()
    mekar.sectors.add(sector)
    mekar.verifications.create()
    return mekar


def wanted(community):
    return [item.aspect for item in requirements(community) if item.is_required]


def judge(community, **faults):
    """Every item that is asked for in order, but these."""
    round_ = community.open_verification
    findings = dict.fromkeys(wanted(community), (True, ""))
    round_.record(findings | {aspect: (False, note) for aspect, note in faults.items()}, seen=round_.state)


def test_what_nobody_looked_at_cannot_be_verified(waiting, made):
    with pytest.raises(StepRefused, match="Belum diperiksa: nama dan kedudukan"):
        waiting.verify(by=made)

    judge(waiting)
    waiting.verify(by=made)

    assert waiting.status == Community.Status.VERIFIED


def test_a_rule_of_the_region_adds_an_item_to_look_at(waiting, made, places):
    judge(waiting)
    FormationRule.objects.create(
        region=places["64.02"], kind="required_paper", paper="minutes", legal_basis="Perbup 12"
    )

    with pytest.raises(StepRefused, match="berita acara"):
        waiting.verify(by=made)


def test_a_faulty_item_refuses_and_is_told_to_the_chair(waiting, made, siti):
    judge(waiting, address="Nomor rumah belum ada.")

    with pytest.raises(StepRefused, match="tidak sesuai"):
        waiting.verify(by=made)
    waiting.ask_for_revision(by=made, note="Mohon dilengkapi.")

    assert siti.notices.get().text == "Mohon dilengkapi.\nalamat sekretariat: Nomor rumah belum ada."


def test_what_another_officer_found_is_not_written_over(waiting):
    round_ = waiting.open_verification
    seen = round_.state
    judge(waiting)

    with pytest.raises(StepRefused, match="dari halaman lain"):
        round_.record({Aspect.ADDRESS: (False, "Salah.")}, seen=seen)

    assert round_.items.get(aspect="address").is_ok


def test_a_round_that_is_closed_takes_no_more(waiting):
    round_ = waiting.open_verification
    Verification.objects.update(closed_at=timezone.now())

    with pytest.raises(StepRefused, match="sudah diputuskan"):
        round_.record({Aspect.ADDRESS: (True, "")}, seen=round_.state)


class TestList:
    """What `Community.decided_by` says of one KIM, the QuerySet method says of a list."""

    def both(self, user, community):
        user.__dict__.pop("current_assignments", None)
        listed = Community.objects.decided_by(user).filter(pk=community.pk).exists()
        assert listed == community.decided_by(user)
        return listed

    def test_the_regency_decides_and_the_neighbour_does_not(self, mekar, made, ratna, joko):
        assert self.both(made, mekar)
        assert not self.both(ratna, mekar)
        assert not self.both(joko, mekar)

    def test_the_province_decides_where_the_regency_has_nobody(self, mekar, made, places):
        wati, dewi = make_officer("Wati", places["64"]), make_officer("Dewi", places["0"])
        assert not self.both(wati, mekar)
        made.assignments.update(duties=["moderation"])
        assert self.both(wati, mekar)
        assert not self.both(dewi, mekar)
        wati.assignments.update(duties=["moderation"])
        assert self.both(dewi, mekar)
        assert not self.both(wati, mekar)

    def test_nobody_decides_on_an_own_kim(self, mekar, made):
        mekar.memberships.create(user=made, name="Made")

        assert not self.both(made, mekar)


def test_a_seat_is_moved_within_its_regency_by_the_regency_and_beyond_by_the_province(mekar, made, ratna, places):
    wati, number = make_officer("Wati", places["64"]), mekar.number
    for officer, code in ((made, "64.71.01.1001"), (ratna, "64.71.01.1001"), (ratna, "64.02.06")):
        with pytest.raises(StepRefused):
            mekar.move_seat(places[code], by=officer, note="Pemekaran.")

    mekar.move_seat(places["64.02.02.2011"], by=made, note="Balai pindah.")
    assert mekar.village == places["64.02.02.2011"]
    mekar.move_seat(places["64.71.01.1001"], by=wati, note="Pemekaran.")

    mekar.refresh_from_db()
    assert (mekar.regency, mekar.number) == (places["64.71"], number)


def test_an_officer_of_two_regencies_moves_no_kim_from_one_to_the_other(mekar, made, places):
    made.assignments.create(region=places["64.71"], letter_number="2", duties=["verification"])

    with pytest.raises(StepRefused):
        mekar.move_seat(places["64.71.01.1001"], by=made, note="Pindah.")
