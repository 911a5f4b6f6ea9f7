"""What everyone reads of government information: the list, each page, feeds, sitemaps."""

from datetime import timedelta
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from bulletins.models import Bulletin
from regions import atlas

ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.mark.parametrize("status", ["draft", "approved", "scheduled"])
def test_what_is_not_sent_is_nowhere(client, make_bulletin, status):
    bulletin = make_bulletin("Belum dikirim", status=status)

    for url in ("/informasi/", "/feed/informasi/", "/feed/informasi/64.02/", "/sitemap.xml"):
        assertNotContains(client.get(url), "Belum dikirim")
    assert client.get(bulletin.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("code", "titles"),
    [
        ("0", {"Negara", "Provinsi", "Kabupaten", "Desa", "Kota"}),
        ("64", {"Negara", "Provinsi", "Kabupaten", "Desa", "Kota"}),
        ("64.02", {"Negara", "Provinsi", "Kabupaten", "Desa"}),
        ("64.02.02.2003", {"Negara", "Provinsi", "Kabupaten", "Desa"}),
        ("64.02.02.2011", {"Negara", "Provinsi", "Kabupaten"}),
        ("64.71", {"Negara", "Provinsi", "Kota"}),
    ],
)
def test_a_region_has_what_covers_it_and_what_lies_in_it(client, make_bulletin, code, titles):
    make_bulletin("Negara", status="sent", issuer="0")
    make_bulletin("Provinsi", status="sent", issuer="64")
    make_bulletin("Kabupaten", status="sent")
    make_bulletin("Desa", status="sent", regions=["64.02.02.2003"])
    make_bulletin("Kota", status="sent", issuer="64.71")

    page = client.get(f"/informasi/?wilayah={code}")

    assert {bulletin.title for bulletin in page.context["page"]} == titles


def test_a_field_has_its_own_and_what_is_for_all(client, make_bulletin, sector):
    make_bulletin("Imunisasi", status="sent", sectors=[sector])
    make_bulletin("Untuk semua", status="sent")

    def found(slug):
        return {one.title for one in client.get(f"/informasi/?bidang={slug}").context["page"]}

    assert found("kesehatan") == {"Imunisasi", "Untuk semua"}
    assert found("pariwisata") == {"Untuk semua"}


@pytest.mark.parametrize("query", ["?wilayah=entah+di+mana", "?bidang=entah"])
def test_what_is_not_understood_is_asked_about(client, make_bulletin, query):
    make_bulletin(status="sent")

    page = client.get(f"/informasi/{query}")

    assert page.context["filter"].is_asking
    assertNotContains(page, "Imunisasi polio")
    assert client.get(f"/feed/informasi/{query}").status_code in (400, 503)


def test_pages_by_key_show_each_once(client, make_bulletin):
    moments = [timezone.now() - timedelta(hours=number) for number in range(40)]
    for number, moment in enumerate(moments):
        make_bulletin(f"Informasi {number}", status="sent", sent_at=moment)
    seen, query = [], ""
    while query is not None:
        page = client.get(f"/informasi/{query}").context["page"]
        seen += [bulletin.title for bulletin in page]
        query = page.older

    assert seen == [f"Informasi {number}" for number in range(40)]


@pytest.mark.parametrize("url", ["/informasi/", "/informasi/?wilayah=64.02&bidang=kesehatan", "/feed/informasi/"])
def test_a_list_costs_the_same_queries_with_one_and_with_three(
    client, make_bulletin, places, django_assert_max_num_queries, url
):
    make_bulletin(status="sent")
    atlas.places({place.pk for place in places.values()})
    client.get(url)
    with django_assert_max_num_queries(6) as first:
        client.get(url)
    make_bulletin("Pasar murah", status="sent", issuer="64")
    make_bulletin("Vaksin", status="recalled")

    with django_assert_max_num_queries(len(first)):
        client.get(url)


def test_the_page_of_a_recalled_one_says_so_and_why(client, make_bulletin):
    page = client.get(make_bulletin(status="recalled").get_absolute_url())

    assertContains(page, "<title>Ditarik: Imunisasi polio · KIM</title>", html=True)
    assertContains(page, "Tanggalnya keliru.")
    assertContains(page, 'content="noindex"')
    assertNotContains(page, "wa.me")


@pytest.mark.parametrize(
    "facts",
    [
        {"status": "closed"},
        {
            "status": "sent",
            "sent_at": timezone.now() - timedelta(days=2),
            "ends_at": timezone.now() - timedelta(days=1),
        },
    ],
)
def test_what_is_over_says_so_whether_the_clock_or_an_officer_ended_it(client, make_bulletin, facts):
    bulletin = make_bulletin(**facts)

    assertContains(client.get(bulletin.get_absolute_url()), "tidak berlaku lagi")
    assertContains(client.get("/informasi/"), "tidak berlaku lagi")


def test_another_or_no_slug_leads_to_the_page(client, make_bulletin):
    bulletin = make_bulletin(status="sent")

    assert client.get(f"/informasi/{bulletin.pk}-lain/")["Location"] == bulletin.get_absolute_url()
    assert client.get(f"/informasi/{bulletin.pk}/")["Location"] == bulletin.get_absolute_url()


@pytest.mark.parametrize("part", ["x", "0", "9" * 19, "1\u0663-a"])
def test_a_page_that_nobody_was_given_does_not_exist(client, make_bulletin, part):
    assert client.get(f"/informasi/{part}/").status_code == 404


def test_a_feed_names_what_is_recalled(client, make_bulletin):
    make_bulletin(status="recalled")

    feed = ElementTree.fromstring(client.get("/feed/informasi/64.02/").content)  # noqa: S314 our own

    (entry,) = feed.iter(f"{ATOM}entry")
    assert entry.find(f"{ATOM}title").text == "Ditarik: Imunisasi polio"
    assert "Tanggalnya keliru." in entry.find(f"{ATOM}summary").text


def test_a_reader_who_has_the_feed_is_sent_nothing_until_it_changes(client, make_bulletin, made):
    bulletin = make_bulletin(status="sent")
    tag = client.get("/feed/informasi/")["ETag"]
    assert client.get("/feed/informasi/", headers={"If-None-Match": tag}).status_code == 304

    bulletin.recall(by=made, reason="Tanggalnya keliru.")

    assert client.get("/feed/informasi/", headers={"If-None-Match": tag}).status_code == 200


def test_sitemaps_know_what_holds(client, make_bulletin):
    bulletin = make_bulletin(status="sent")
    make_bulletin("Keliru", status="recalled")

    answer = client.get(f"/sitemap-informasi-{bulletin.pk // 10_000}.xml").text

    assert bulletin.get_absolute_url() in answer
    assert answer.count("<url>") == 1


def test_a_kept_page_is_new_at_once_when_it_is_recalled(client, make_bulletin, made, settings, monkeypatch):
    settings.PAGE_STORE = True
    monkeypatch.setattr("pages.freshness.transaction.on_commit", lambda announce: announce())
    bulletin = make_bulletin(status="sent")
    for url in ("/informasi/", bulletin.get_absolute_url()):
        assertNotContains(client.get(url), "Ditarik")

    Bulletin.objects.get().recall(by=made, reason="Tanggalnya keliru.")

    for url in ("/informasi/", bulletin.get_absolute_url()):
        assertContains(client.get(url), "itarik")
