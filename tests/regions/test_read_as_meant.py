"""The own box of a list forgives a slip, says so, and leads back to the very words."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from pages.paging import KeysetPage

SAID = "Menampilkan hasil untuk <strong>posyandu</strong>."


@pytest.fixture
def proposals(make_aspiration):
    return [make_aspiration(f"Timbangan untuk posyandu {number}") for number in ("Melati", "Mawar")]


@pytest.fixture
def news(make_bulletin):
    return make_bulletin("Jadwal posyandu", status="sent")


def test_a_list_of_proposals_is_read_by_what_was_meant(client, proposals):
    page = client.get("/usulan/", {"q": "posyndu", "wilayah": "64.02"})

    assertContains(page, SAID)
    assertContains(page, 'href="?q=%22posyndu%22&amp;wilayah=64.02"')
    assertContains(page, "Cari “posyndu”?")
    assert len(page.context["page"]) == 2
    assertContains(page, 'value="posyndu"')  # stays in the box as it was typed
    assertNotContains(client.get("/usulan/", {"q": '"posyndu"'}), SAID)


def test_pages_go_on_with_what_was_meant(client, proposals, monkeypatch):
    monkeypatch.setitem(KeysetPage.__init__.__kwdefaults__, "size", 1)

    page = client.get("/usulan/", {"q": "posyndu"}).context["page"]

    assert page.older.startswith("?q=posyandu&")
    assert len(client.get(f"/usulan/{page.older}").context["page"]) == 1


def test_government_information_too(client, news):
    page = client.get("/informasi/", {"q": "posyndu"})

    assertContains(page, SAID)
    assert [one.title for one in page.context["page"]] == ["Jadwal posyandu"]


@pytest.mark.parametrize("typed", ["posyandu", "jerapah", '"posyndu"', "posyndu -melati -mawar"])
def test_words_that_are_right_or_find_nothing_either_are_left_as_they_are(client, proposals, typed):
    assertNotContains(client.get("/usulan/", {"q": typed}), "Menampilkan hasil untuk")


def test_a_list_that_finds_something_is_not_read_again(client, proposals, monkeypatch):
    monkeypatch.setattr("regions.filters.corrected", pytest.fail)

    assert len(client.get("/usulan/", {"q": "posyandu"}).context["page"]) == 2
