"""The search of the portal shows public proposals with its words, and leads to all of them."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

NOBODY = "Belum ada yang menulis tentang ini"


@pytest.fixture
def zebra(make_aspiration):
    return make_aspiration("Zebra cross di depan SDN 004")


def titles(client, **params):
    return [row.title for row in client.get("/cari/", params).context["search"].aspirations]


def test_the_search_page_shows_proposals_with_these_words(client, zebra, make_bulletin):
    page = client.get("/cari/?q=zebra+cross")

    assertContains(page, f'href="{zebra.get_absolute_url()}"')
    assertContains(page, 'href="/usulan/?q=zebra+cross"')
    assertContains(page, "Belum ada kegiatan tentang ini")
    assertNotContains(page, NOBODY)
    assertContains(client.get("/cari/?q=jerapah"), NOBODY)
    make_bulletin("Jerapah lepas", status="sent")
    assertNotContains(client.get("/cari/?q=jerapah"), NOBODY)


def test_only_a_region_narrows_them(client, zebra, make_aspiration, places):
    make_aspiration("Zebra cross di pasar", place=places["64.71.01.1001"])

    assert titles(client, q="zebra") == ["Zebra cross di pasar", zebra.title]
    assert titles(client, q="zebra", wilayah="64.02") == [zebra.title]
    assert titles(client, q="zebra -pasar") == titles(client, q="zebra -balikpapan") == [zebra.title]
    assert titles(client, q="zebra", jenis="berita") == titles(client, q="yang") == []
    page = client.get("/cari/?q=zebra&wilayah=64.02")
    assertContains(page, 'href="/usulan/?q=zebra&amp;wilayah=64.02"')


def test_what_not_everyone_reads_is_not_found_and_of_many_the_newest_three(client, zebra, make_aspiration):
    held = make_aspiration("Zebra slot gacor maxwin")
    assert held.status == "held"
    zebra.withdraw()
    for number in range(5):
        make_aspiration(f"Zebra cross nomor {number}")

    assert titles(client, q="zebra") == [f"Zebra cross nomor {number}" for number in (4, 3, 2)]


def test_they_are_asked_for_once_until_a_proposal_changes(
    client, zebra, make_aspiration, make_post, settings, django_capture_on_commit_callbacks
):
    settings.CARD_STORE = True

    def asked():
        with CaptureQueriesContext(connection) as queries:
            found = titles(client, q="zebra")
        return found, sum('FROM "aspirations_aspiration"' in query["sql"] for query in queries)

    assert [asked(), asked()] == [([zebra.title], 1), ([zebra.title], 0)]
    with django_capture_on_commit_callbacks(execute=True):
        other = make_aspiration("Zebra cross di pasar")
    assert asked() == ([other.title, zebra.title], 1)
    with django_capture_on_commit_callbacks(execute=True):
        zebra.withdraw()
    assert asked() == ([other.title], 1)
