"""Officers who decide at the same moment, in threads with connections of their own."""

import pytest
from conftest import at_once
from django.db import connection

from accounts.models import User
from communities.models import Community

pytestmark = pytest.mark.django_db(transaction=True)


def verified_by(officer, community):
    """As a request would: everything read anew."""
    return lambda: Community.objects.get(pk=community.pk).verify(by=User.objects.get(pk=officer.pk))


@pytest.fixture
def submitted(make_community, made):
    kims = [make_community(f"KIM {number}", status="submitted") for number in range(2)]
    Community.objects.update(number=None)
    return kims


def test_of_a_hundred_who_verify_one_kim_exactly_one_wins(submitted, made, monkeypatch):
    monkeypatch.setattr(connection.pool, "timeout", 60)  # on a busy machine it is the eight connections that take long
    community = submitted[0]

    ended = at_once([verified_by(made, community)] * 100)

    assert ended.count(True) == 1
    assert set(ended) == {True, "Langkah ini tidak berlaku untuk status KIM sekarang."}
    assert community.steps.count() == 1
    community.refresh_from_db()
    assert (community.status, community.number) == ("verified", "640202200301")


def test_two_kims_verified_at_once_get_two_numbers(submitted, made):
    ended = at_once([verified_by(made, community) for community in submitted])

    assert ended == [True, True]
    assert set(Community.objects.values_list("number", flat=True)) == {"640202200301", "640202200302"}
