"""People of a KIM who act at the same moment, in threads with connections of their own."""

import pytest
from conftest import at_once, make_user

from accounts.models import Notice, User
from communities.models import Membership

pytestmark = pytest.mark.django_db(transaction=True)


def handed_to(member, chair):
    """As a request would: everything read anew."""
    return lambda: Membership.objects.get(pk=member.pk).receive_chair(by=User.objects.get(pk=chair.pk))


def test_of_two_handovers_at_once_one_holds(mekar, siti):
    members = [mekar.memberships.create(user=make_user(name), name=name) for name in ("Andi", "Wayan")]

    ends = at_once([handed_to(member, siti) for member in members])

    assert sorted(map(str, ends)) == ["Hanya ketua yang menyerahkan jabatannya.", "True"]
    assert mekar.positions.current().filter(role="ketua").count() == 1


def test_two_clicks_at_once_ask_and_tell_once(mekar, siti, joko):
    ends = at_once([lambda: Membership.objects.ask_to_join(mekar, by=User.objects.get(pk=joko.pk))] * 2)

    assert ends == [True, True]
    assert (joko.memberships.count(), Notice.objects.filter(user=siti).count()) == (1, 1)


def test_a_handover_and_the_leaving_of_the_next_chair_leave_one_chair(mekar, siti):
    andi = mekar.memberships.create(user=make_user("Andi"), name="Andi")

    at_once([handed_to(andi, siti), Membership.objects.get(pk=andi.pk).leave])

    chair = mekar.positions.current().get(role="ketua").membership
    assert chair.status == "current"
