"""Government information is found by its words in any form, in its list and its feed."""

import re

import pytest
from django.core.management import call_command
from django.db import connection
from django.test.utils import CaptureQueriesContext
from pytest_django.asserts import assertContains, assertNotContains

from accounts.models import AuditEntry
from bulletins.models import Bulletin


@pytest.mark.parametrize(
    "typed",
    ["tanam", "menanam", "bibit pohon", '"penanaman pohon"', "bibitnya -sampah", "sampah atau bibit", "membagikan"],
)
def test_a_list_is_narrowed_by_words_in_any_form(client, make_bulletin, typed):
    make_bulletin("Penanaman pohon", status="sent", text="Bibit dibagikan di balai.", short_text="Gratis.")
    make_bulletin("Imunisasi", status="sent", text="Bawa balita ke posyandu.")
    make_bulletin("Menanam bibit pohon, dibagikan", status="draft")

    page = client.get("/informasi/", {"q": typed})

    assert [one.title for one in page.context["page"]] == ["Penanaman pohon"]
    feed = client.get("/feed/informasi/", {"q": typed})
    assertContains(feed, "<title>Penanaman pohon</title>")
    assertNotContains(feed, "Imunisasi")


def test_a_warning_is_found_by_what_to_do(client, make_warning):
    make_warning(instruction="Mengungsi ke bukit.")

    assertContains(client.get("/informasi/?q=pengungsian"), "Banjir di Loa Kulu")


def test_what_says_nothing_finds_nothing(client, make_bulletin):
    make_bulletin(status="sent")

    assertContains(client.get("/informasi/?q=yang+di"), "Tidak ada informasi yang cocok.")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/informasi/", "/usulan/", "/kim/"])
def test_a_list_without_these_words_shows_them_as_typed_and_leads_to_the_search_that_mends_them(client, address):
    page = client.get(address, {"q": "vaksinasii & <b>"})

    assertContains(page, "</span> “vaksinasii &amp; &lt;b&gt;” <span")
    assertContains(page, 'href="/cari/?q=vaksinasii%20%26%20%3Cb%3E"')
    assertContains(page, "Cari “vaksinasii &amp; &lt;b&gt;” di seluruh portal")
    assertNotContains(client.get(address), "di seluruh portal")


@pytest.mark.django_db
@pytest.mark.parametrize("address", ["/informasi/", "/usulan/", "/kim/"])
def test_the_search_box_above_a_list_keeps_the_words_that_the_list_was_searched_for(client, address):
    page = client.get(address, {"q": 'posyandu & "<b>'})

    (box,) = re.findall(r'<input type="search"[^>]*>', page.content.decode())
    assert 'value="posyandu &amp; &quot;&lt;b&gt;"' in box


def test_a_changed_draft_is_found_by_what_it_says_now(make_bulletin, made):
    bulletin = make_bulletin()

    bulletin.title = "Penyuluhan hama"
    bulletin.write(by=made, regions=bulletin.regions.all(), sectors=[], partner_kinds=[])

    assert [*Bulletin.objects.saying("suluh")] == [bulletin]
    assert not Bulletin.objects.saying("polio -suluh")


def test_those_from_before_the_upgrade_are_found_once_their_words_are_made(make_bulletin):
    bulletin, number = make_bulletin(status="sent", title="Penanaman"), AuditEntry.objects.count()
    with connection.cursor() as cursor:
        cursor.execute("UPDATE bulletins_bulletin SET words_edition = 0, search = NULL")
    assert not Bulletin.objects.saying("tanam")

    call_command("make_words", verbosity=0)

    assert [*Bulletin.objects.saying("tanam")] == [bulletin]
    assert AuditEntry.objects.count() == number


def test_whoever_writes_past_the_model_leaves_what_can_be_found_at_once(make_bulletin):
    bulletin = make_bulletin(status="sent")

    Bulletin.objects.update(title="Pelatihan warga")

    assert [*Bulletin.objects.saying("melatih")] == [bulletin]


def test_the_search_page_shows_government_information_with_these_words(client, make_bulletin, make_post):
    make_bulletin("Penanaman pohon", status="sent")
    make_bulletin("Menanam di Balikpapan", status="sent", issuer="64.71")
    make_bulletin("Tanam ditarik", status="recalled")
    make_bulletin("Tanam draf")

    def found(**params):
        return {one.title for one in client.get("/cari/", params).context["search"].bulletins}

    page = client.get("/cari/?q=tanam")
    assertContains(page, "Penanaman pohon")
    assertContains(page, 'href="/informasi/?q=tanam"')
    assert found(q="menanamkan") == {"Penanaman pohon", "Menanam di Balikpapan"}
    assert found(q="tanam", wilayah="64.02") == {"Penanaman pohon"}
    assert found(q="tanam", jenis="berita") == found(q="yang") == found(q="hama") == set()
    make_post(title="Menanam mangrove")
    assert found(q="mangrovee") == set()
    make_bulletin("Bibit mangrove", status="sent")
    assert found(q="mangrovee") == {"Bibit mangrove"}


def test_what_the_search_page_found_is_kept_until_there_is_news_of_the_kind(
    client, make_bulletin, make_post, made, settings, django_capture_on_commit_callbacks
):
    settings.CARD_STORE = True
    bulletin = make_bulletin("Penanaman pohon", status="sent")
    asked = []

    def found(params):
        with CaptureQueriesContext(connection) as queries:
            titles = [one.title for one in client.get("/cari/", params).context["search"].bulletins]
        asked.append(sum('FROM "bulletins_bulletin"' in query["sql"] for query in queries))
        return titles

    assert found({"q": "tanam"}) == found({"q": "tanam"}) == ["Penanaman pohon"]
    assert asked[0] > asked[1]
    assert found({"q": "tanam", "wilayah": "64.71"}) == []
    with django_capture_on_commit_callbacks(execute=True):
        bulletin.recall(by=made, reason="Salah tanggal.")
    assert found({"q": "tanam"}) == []
