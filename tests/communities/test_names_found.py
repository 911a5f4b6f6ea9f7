"""A KIM is found by its name however somebody says it: in another form, as one word, or mistyped."""

import pytest
from django.core.management import call_command
from django.db import connection
from django.urls import reverse

from communities.models import Community
from kimportal.search import closest_communities, communities_called
from pages.patience import within_patience
from regions.finding import SEARCH_SETTINGS

NAMES = ["KIM Tani Makmur", "KIM Posyandu Melati", "KIM Bina Pelayanan", "KIM Mekarsari", "KIM Dan Kawan"]


@pytest.fixture
def kims(make_community):
    return {name: make_community(name) for name in NAMES}


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("tani makmur", "KIM Tani Makmur"),
        ("pertanian", "KIM Tani Makmur"),
        ("kim pertanian yang makmur", "KIM Tani Makmur"),
        ("tanimakmur", "KIM Tani Makmur"),
        ("kemakmuran petani", "KIM Tani Makmur"),
        ("petaani", "KIM Tani Makmur"),
        ("posyndu", "KIM Posyandu Melati"),
        ("melayani", "KIM Bina Pelayanan"),
        ("membina", "KIM Bina Pelayanan"),
        ("mekar sari", "KIM Mekarsari"),
        ("dan", "KIM Dan Kawan"),
    ],
)
def test_a_kim_is_found_however_its_name_is_said(client, kims, typed, name):
    assert {*Community.objects.named(typed)} == {kims[name]}
    assert [*closest_communities(typed)] == [kims[name]]
    page = client.get(reverse("communities:list"), {"q": typed})
    assert [row.name for row in page.context["page"]] == [name]
    assert name in client.get(reverse("search"), {"q": typed}).text


@pytest.mark.parametrize("typed", ["petaka", "layar", "suluh"])
def test_a_kim_is_not_found_by_words_of_other_roots(kims, typed):
    assert not Community.objects.named(typed)
    assert not closest_communities(typed)


@pytest.mark.parametrize("typed", ["' | !: & \\", "☂", "kim", "tani'):*", "=tani"])
def test_signs_are_no_language_of_the_database(kims, typed):
    expected = {kims["KIM Tani Makmur"]} if "tani" in typed else {*kims.values()}

    assert {*Community.objects.named(typed)} == expected
    assert {*closest_communities(typed)} <= expected


@pytest.mark.parametrize(
    ("typed", "is_said"),
    [("posyndu", True), ("tanimakmur", False), ("petani", False), ("kim", False), ("melati posyandu", False)],
)
def test_the_directory_says_where_names_are_only_alike(client, kims, typed, is_said):
    page = client.get(reverse("communities:list"), {"q": typed}).text

    assert (f"Tidak ada KIM bernama “{typed}”. Ini yang namanya mirip." in page) is is_said


def test_the_directory_says_nothing_of_names_where_none_was_typed(client, kims):
    assert "namanya mirip" not in client.get(reverse("communities:list"), {"tingkat": "4"}).text
    assert "namanya mirip" not in client.get(reverse("communities:list"), {"q": "xyzw"}).text


def test_a_letter_is_a_name_and_no_beginning_of_one(kims, make_community):
    assert not closest_communities("b")
    assert not Community.objects.named("b")

    other = make_community("KIM RW B")

    assert [*closest_communities("b")] == [*Community.objects.named("b")] == [other]
    assert not closest_communities("kim m")


def test_what_was_mistyped_counts_only_where_nothing_else_is_found(kims, make_community):
    other = make_community("KIM Petaani")

    assert {*Community.objects.named("petaani")} == {other}
    assert [*closest_communities("petaani")] == [other]


def test_the_name_itself_comes_first_beside_its_other_forms(make_community):
    make_community("KIM Tani")
    exact = make_community("KIM Pertanian")

    assert closest_communities("pertanian")[0] == exact


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("mekar", "KIM Mekar Sari Tepian Sungai"),  # begins so
        ("mekra sari", "KIM Mekar Sari Tepian Sungai"),  # nearly begins so
        ("mekarsri", "KIM Mekar Sari Tepian Sungai"),
        ("maju mekra", "KIM Maju Mekar"),
        ("manggr", "KIM Suara Warga Manggar Baru"),  # is at a place that is nearly called so
        ("manggs", "KIM Manggis"),
    ],
)
def test_the_kim_whose_name_or_place_begins_so_leads_then_the_nearest(make_community, typed, first):
    for name in ("KIM Mekar Sari Tepian Sungai", "KIM Maju Mekar", "KIM Sari Mekar", "KIM Manggis", "KIM Anggar"):
        make_community(name)
    make_community("KIM Suara Warga Manggar Baru", seat="64.71.01.1001")

    found = closest_communities(typed)

    assert found[0].name == first


def test_the_search_box_offers_first_what_begins_so(make_community):
    for name in ("KIM Maju Mekar", "KIM Bunga Mekar", "KIM Sekar Mekar", "KIM Mekar Sari Tepian Sungai", "KIM Mekar"):
        make_community(name)

    offered = [kim.name for kim in Community.objects.registered().beginning("mekar")]

    assert offered[:2] == ["KIM Mekar", "KIM Mekar Sari Tepian Sungai"]
    assert sorted(offered[2:]) == ["KIM Bunga Mekar", "KIM Maju Mekar", "KIM Sekar Mekar"]


def test_nor_are_all_read_to_offer_some(kims):
    plan = within_patience(Community.objects.registered().beginning("tani")[:3].explain, SEARCH_SETTINGS, otherwise="")

    assert "communities_community" in plan
    assert "Seq Scan" not in plan


@pytest.mark.parametrize("like", [[], ["tani"]])
def test_not_all_kim_are_read_to_find_some_by_their_name(kims, like):
    called = communities_called("kim tani", ["'tani'"], like, level=None)

    plan = within_patience(called.explain, SEARCH_SETTINGS, otherwise="")

    assert "communities_community" in plan
    assert "Seq Scan" not in plan


def test_a_kim_is_found_by_its_new_name(kims):
    kim = kims["KIM Tani Makmur"]

    kim.name = "KIM Penanaman"
    kim.save(update_fields=["name"])

    assert {*Community.objects.named("menanam")} == {kim}
    assert not Community.objects.named("pertanian")


def test_names_from_before_the_upgrade_are_found_as_before_and_then_by_their_words(kims):
    with connection.cursor() as cursor:
        cursor.execute("UPDATE communities_community SET words_edition = 0, search = NULL")

    assert {*Community.objects.named("tani makmur")} == {kims["KIM Tani Makmur"]}
    assert not Community.objects.named("pertanian")

    call_command("make_words", verbosity=0)

    assert {*Community.objects.named("pertanian")} == {kims["KIM Tani Makmur"]}


def test_the_words_of_a_name_leave_no_trace_in_the_audit_trail(kims):
    from accounts.models import AuditEntry

    number = AuditEntry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE communities_community SET words_edition = 0, search = to_tsvector(name)")
    call_command("make_words", verbosity=0)

    assert AuditEntry.objects.count() == number


@pytest.mark.parametrize(
    ("typed", "names"),
    [("mekar -jembayan", ["KIM Mekar Manggar"]), ("mekar -manggar", ["KIM Mekar"]), ("-mekar", ["KIM Lain"])],
)
def test_what_is_refused_is_found_by_neither_name_nor_place(mekar, make_community, typed, names):
    make_community("KIM Mekar Manggar", seat="64.71.01.1001")
    make_community("KIM Lain")

    assert sorted(kim.name for kim in Community.objects.named(typed)) == names
