"""Each KIM has an address of its own, and none that the portal needs, whichever way it came in."""

import pytest
from django.core.files.base import ContentFile
from django.urls import resolve, reverse

from communities.models import Community
from communities.rosters.carrying_out import carry_out
from communities.rosters.checking import check
from communities.rosters.receiving import receive
from communities.slugs import free_slugs, reserved_words

pytestmark = pytest.mark.django_db

VILLAGE = "64.02.02.2003"


@pytest.fixture
def registered(siti, places):
    def come_in(*names):
        for name in names:
            Community.objects.found(by=siti, name=name, seat=places[VILLAGE])

    return come_in


@pytest.fixture
def imported(made, places):
    def come_in(*names):
        rows = [f"{name};Jembayan;Loa Kulu" for name in names]
        file = ContentFile("\n".join(["NAMA KIM;DESA;KECAMATAN", *rows]).encode(), name="KIM.csv")
        roster = receive(file, by=made, region=places["64.02"])
        check(roster)
        roster.approve(by=made)
        carry_out(roster)

    return come_in


@pytest.fixture(params=["registered", "imported"])
def come_in(request):
    """The two ways in: a resident registers it, or an officer imports a roster."""
    return request.getfixturevalue(request.param)


def slugs():
    return list(Community.objects.order_by("pk").values_list("slug", flat=True))


def test_what_the_addresses_of_kims_use_is_reserved():
    assert "daftar" in reserved_words()
    assert all(word == word.strip("/") and "<" not in word for word in reserved_words())


def test_a_kim_called_like_a_page_leaves_the_page_where_it_is(come_in):
    come_in("Daftar")

    assert slugs() == ["daftar-jembayan"]
    assert resolve(reverse("communities:register")).url_name == "register"
    assert resolve(reverse("communities:room", args=slugs())).url_name == "room"


def test_kims_of_one_name_get_the_name_then_the_place_then_numbers(registered, imported):
    imported("KIM Mekar")
    registered("KIM Mekar", "KIM Mekar")

    assert slugs() == ["kim-mekar", "kim-mekar-jembayan", "kim-mekar-jembayan-2"]


def test_more_of_one_name_than_were_looked_for_at_once_are_told_apart(places):
    wanted = dict.fromkeys(range(15), ("KIM Mekar", places[VILLAGE]))

    found = free_slugs(wanted, Community.objects)

    assert len(set(found.values())) == 15
    assert found[14] == "kim-mekar-jembayan-14"


@pytest.mark.django_db
@pytest.mark.parametrize("word", sorted(reserved_words()))
def test_no_reserved_word_is_given_away(word, places):
    assert free_slugs({"": (word, places[VILLAGE])}, Community.objects)[""] != word
