"""The own box of a list forgives a slip, says so, and leads back to the very words."""

import pytest
from pytest_django.asserts import assertContains, assertNotContains

from pages.paging import KeysetPage
from pages.words.slips import corrected
from regions.models import Region

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


def test_a_word_of_the_nearest_place_is_no_slip(client, make_aspiration):
    make_aspiration("Jembatan dusun")
    make_aspiration("Lampu di Jembayan")

    assertNotContains(client.get("/usulan/", {"q": "jembayan utara"}), "Menampilkan hasil untuk")
    assertContains(client.get("/usulan/", {"q": "jembayn"}), "Menampilkan hasil untuk <strong>jembayan</strong>.")


@pytest.mark.parametrize(
    ("typed", "meant", "exact"),
    [
        ("posyndu", "posyandu", '"posyndu"'),
        ("posyndur posyndu", "posyndur posyandu", 'posyndur "posyndu"'),
        ("-posyndu posyndu", "-posyndu posyandu", '-posyndu "posyndu"'),
        ('"posyndu mawar" posyndu', '"posyndu mawar" posyandu', '"posyndu mawar" "posyndu"'),
    ],
)
def test_each_word_stands_where_it_was_typed(typed, meant, exact):
    assert corrected(typed) == (meant, exact)


def test_a_word_typed_twice_was_mistyped_twice():
    assert corrected("posyndu posyndu") == ("posyandu posyandu", '"posyndu" "posyndu"')


@pytest.mark.parametrize("address", ["/informasi/", "/usulan/", "/kim/"])
@pytest.mark.parametrize(
    ("typed", "name", "code"),
    [("loa kulu", "Kecamatan Loa Kulu", "64.02.02"), ("KIM Loa Kulu", "Kecamatan Loa Kulu", "64.02.02"),
     ("kukar", "Kabupaten Kutai Kartanegara", "64.02"), ("tengarong", "Kecamatan Tenggarong", "64.02.06")],
)  # fmt: skip
def test_a_list_without_the_name_of_a_place_leads_to_itself_at_that_place(client, places, address, typed, name, code):
    assertContains(client.get(address, {"q": typed}), f'href="?wilayah={code}" rel="nofollow"')
    assertContains(client.get(address, {"q": typed}), f"Lihat yang di {name}")
    assertNotContains(client.get(address, {"q": typed, "wilayah": "64"}), "Lihat yang di")
    assertNotContains(client.get(address, {"q": "tidak ada"}), "Lihat yang di")


def test_a_word_of_another_meaning_is_no_place_mistyped(client, places):
    Region.objects.filter(code="64.02.06").update(name="Banjar")

    assertNotContains(client.get("/kim/", {"q": "banjir"}), "Lihat yang di")


def test_kim_called_alike_stand_below_the_place_that_was_typed(client, places, make_community):
    make_community("KIM Loa Kulon")

    page = client.get("/kim/", {"q": "loa kulu"})

    assertContains(page, "KIM Loa Kulon")
    assertContains(page, "Lihat yang di Kecamatan Loa Kulu")
