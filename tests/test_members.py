"""Members come and go: invited, asking, leaving, appointed, and the chair handed over."""

from datetime import date, timedelta

import pytest
from conftest import make_user
from django.core import mail
from django.utils import timezone

from accounts import outbox
from accounts.models import Notice
from communities.models import Membership, Position, StepRefused

pytestmark = pytest.mark.django_db


@pytest.fixture
def andi(mekar):
    """A member of KIM Mekar with an account."""
    return Membership.objects.create(community=mekar, user=make_user("Andi"), name="Andi")


@pytest.fixture
def by_hand(mekar):
    """A member without an account."""
    return Membership.objects.create(community=mekar, name="Bu Wati", occupation="petani")


def told(user):
    return list(Notice.objects.filter(user=user).order_by("pk").values_list("title", flat=True))


def chairs(community):
    return [position.membership.name for position in community.positions.current().filter(role="ketua")]


def test_an_invitation_to_an_unknown_address_leaves_as_one_email(mekar, siti):
    Membership.objects.invite(mekar, name="Wayan", email="Wayan@Contoh.id", by=siti)

    assert (outbox.send_waiting(), outbox.send_waiting()) == (1, 0)
    assert mail.outbox[0].to == ["wayan@contoh.id"]
    assert "KIM Mekar" in mail.outbox[0].subject
    assert "Siti, ketua KIM Mekar" in mail.outbox[0].body


def test_who_has_an_account_is_told_in_the_inbox_too_and_the_chair_learns_nothing(mekar, siti, joko):
    known = Membership.objects.invite(mekar, name="Joko", email="JOKO@contoh.id", by=siti)
    unknown = Membership.objects.invite(mekar, name="Wayan", email="wayan@contoh.id", by=siti)

    assert told(joko) == ["Undangan menjadi anggota KIM Mekar"]
    assert (known.user, known.status) == (unknown.user, unknown.status) == (None, "invited")


def test_only_the_owner_of_the_address_takes_an_invitation_up(mekar, siti, joko):
    invited = Membership.objects.invite(mekar, name="Pak Joko", email=joko.email, by=siti)

    with pytest.raises(StepRefused):
        invited.accept(by=make_user("Wayan"))
    invited.accept(by=joko)
    invited.accept(by=joko)

    invited.refresh_from_db()
    assert (invited.user, invited.status, invited.name, invited.email) == (joko, "current", "Joko", "")
    assert told(siti) == ["Joko menerima undangan KIM Mekar"]


def test_a_member_without_an_account_takes_one_up_and_keeps_name_and_office(mekar, siti, joko, by_hand):
    by_hand.appoint("bendahara", by=siti)

    by_hand.invite_by(joko.email, by=siti)
    Membership.objects.offered_to(joko).get().accept(by=joko)

    assert (by_hand.pk, "Bu Wati") == (joko.memberships.get().pk, joko.memberships.get().name)
    assert joko.memberships.get().positions.current().get().role == "bendahara"


def test_who_asked_and_was_invited_meanwhile_is_a_member_once(mekar, siti, joko):
    invited = Membership.objects.create(community=mekar, name="Joko", email=joko.email, status="invited")
    Membership.objects.create(community=mekar, user=joko, name="Joko", status="requested")

    invited.accept(by=joko)

    assert joko.memberships.current().count() == 1
    assert not joko.memberships.waiting().exists()


def test_who_is_invited_need_not_ask(mekar, siti, joko):
    Membership.objects.invite(mekar, name="Joko", email=joko.email, by=siti)

    Membership.objects.ask_to_join(mekar, by=joko)

    assert joko.memberships.get().status == "current"


def test_who_leaves_and_joins_again_has_two_lines(mekar, siti, andi):
    andi.leave()
    Membership.objects.ask_to_join(mekar, by=andi.user).approve(by=siti)

    assert [line.status for line in andi.user.memberships.order_by("pk")] == ["left", "current"]
    assert told(andi.user) == ["Anda kini anggota KIM Mekar"]


def test_who_leaves_holds_no_office_any_more(mekar, siti, andi):
    andi.appoint("sekretaris", by=siti)

    andi.leave()

    assert not mekar.positions.current().filter(membership=andi).exists()
    assert andi.left_on == timezone.localdate()


def test_the_chair_goes_over_at_once_for_the_rest_of_the_term(mekar, siti, andi):
    term = timezone.localdate() + timedelta(days=400)
    mekar.positions.update(term_until=term)
    andi.appoint("wakil", by=siti)

    andi.receive_chair(by=siti)
    andi.receive_chair(by=siti)

    assert chairs(mekar) == ["Andi"]
    assert mekar.positions.current().get().term_until == term
    assert told(siti) == ["Jabatan ketua KIM Mekar diserahkan kepada Andi"]
    assert told(andi.user)[-1] == "Anda kini ketua KIM Mekar"
    with pytest.raises(StepRefused):
        Membership.objects.add(mekar, name="Wayan", by=siti)


def test_the_chair_goes_to_nobody_without_an_account_and_from_nobody_else(mekar, siti, andi, by_hand):
    with pytest.raises(StepRefused):
        by_hand.receive_chair(by=siti)
    with pytest.raises(StepRefused):
        andi.receive_chair(by=andi.user)

    assert chairs(mekar) == ["Siti"]


def test_a_chair_neither_leaves_nor_is_removed_nor_ended(mekar, siti):
    own = siti.memberships.get()
    for deed in (own.leave, lambda: own.remove(by=siti), lambda: own.positions.get().end(by=siti)):
        with pytest.raises(StepRefused):
            deed()

    assert chairs(mekar) == ["Siti"]


def test_an_office_has_one_line_and_its_newest_term(mekar, siti, by_hand):
    by_hand.appoint("bendahara", by=siti)
    by_hand.appoint("bendahara", term_until=date(2030, 1, 5), by=siti)
    by_hand.appoint("bendahara", term_until=date(2030, 1, 5), by=siti)
    with pytest.raises(StepRefused):
        by_hand.appoint("ketua", by=siti)

    assert by_hand.positions.get().term_until == date(2030, 1, 5)
    by_hand.positions.get().end(by=siti)
    by_hand.positions.get().end(by=siti)
    assert not Position.objects.current().filter(membership=by_hand).exists()


def test_a_kim_that_is_over_takes_nobody_in(mekar, siti, joko):
    type(mekar).objects.filter(pk=mekar.pk).update(status="dissolved")
    for deed in (
        lambda: Membership.objects.add(mekar, name="Wayan", by=siti),
        lambda: Membership.objects.invite(mekar, name="Joko", email=joko.email, by=siti),
        lambda: Membership.objects.ask_to_join(mekar, by=joko),
    ):
        with pytest.raises(StepRefused):
            deed()

    assert mekar.memberships.count() == 1
