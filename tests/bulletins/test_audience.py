"""Whom a bulletin is for: regions x sectors x kinds of partner, standing KIM alone."""

import pytest

from bulletins.audience import audience_of, outside
from communities.models import Community, PartnerKind, Sector


@pytest.fixture
def kims(make_community):
    here, there = make_community("KIM Sini"), make_community("KIM Sana", seat="64.02.06")
    return {"here": here, "there": there, "city": make_community("KIM Kota", seat="64.71.01.1001")}


@pytest.mark.parametrize(
    ("codes", "names"),
    [
        (["0"], ["here", "there", "city"]),
        (["64"], ["here", "there", "city"]),
        (["64.02"], ["here", "there"]),
        (["64.02.02.2003"], ["here"]),
        (["64.02.06", "64.71"], ["there", "city"]),
        (["64.02", "64.02.02"], ["here", "there"]),
        ([], []),
    ],
)
def test_the_kim_of_these_regions_each_once(kims, places, codes, names):
    found = audience_of([places[code] for code in codes])

    assert sorted(kim.name for kim in found) == sorted(kims[name].name for name in names)


def test_of_any_of_the_sectors_each_once(kims, places, sector):
    other = Sector.objects.get(slug="pariwisata")
    kims["here"].sectors.set([sector, other])

    assert list(audience_of([places["0"]], [sector, other])) == [kims["here"]]


def test_of_the_kinds_of_partner(kims, places):
    kind = PartnerKind.objects.exclude(slug="kim").first()
    Community.objects.filter(pk=kims["there"].pk).update(partner_kind=kind)

    assert list(audience_of([places["0"]], (), [kind])) == [kims["there"]]


@pytest.mark.parametrize("status", Community.Status)
def test_only_kim_that_stand_have_it(make_community, make_decree, places, status):
    facts = {"decree": make_decree(), "merged_into": make_community("KIM Lain") if status == "merged" else None}
    kim = make_community("KIM Baru", status=status, **facts)

    assert (kim in audience_of([places["0"]])) == (status in Community.STANDING_STATUSES)


@pytest.mark.parametrize(
    ("issuer", "codes"),
    [
        ("0", []),
        ("64", ["0"]),
        ("64.02", ["0", "64", "64.71", "64.71.01", "64.71.01.1001"]),
    ],
)
def test_what_lies_outside_the_office(places, issuer, codes):
    assert [place.code for place in outside(places.values(), places[issuer])] == codes
