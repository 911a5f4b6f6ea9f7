"""The public pages: what they show, what they cost, who may keep them, and what they do with odd addresses."""

import io
import re
from base64 import urlsafe_b64encode
from datetime import timedelta

import pytest
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db.models.sql.compiler import SQLCompiler
from django.urls import reverse
from django.utils import timezone
from PIL import Image
from pytest_django.asserts import assertContains, assertNotContains

from activities.models import Photo
from kimportal.views import places as region_pages
from pages.paging import PAGE_SIZE
from regions import atlas


@pytest.fixture
def region_url(places):
    return places["64.02"].get_absolute_url()


@pytest.mark.parametrize("code", ["0", "64", "64.02", "64.02.02", "64.02.02.2003"])
def test_a_village_post_shows_on_its_own_page_and_those_of_all_its_ancestors(client, make_post, places, code):
    make_post(title="Posyandu Melati ramai")

    assertContains(client.get(places[code].get_absolute_url()), "Posyandu Melati ramai")


@pytest.mark.parametrize("code", ["64.71", "64.02.06", "64.02.02.2011"])
def test_a_village_post_shows_on_no_other_region(client, make_post, places, code):
    make_post(title="Posyandu Melati ramai")

    own, _silent, _above = client.get(places[code].get_absolute_url()).text.partition("Sementara itu, dari")
    assert "Posyandu Melati ramai" not in own


@pytest.mark.parametrize(
    "status", ["draft", "submitted", "in_review", "returned", "rejected", "hidden", "archived", "scheduled"]
)
def test_only_published_posts_are_public(client, make_post, places, status):
    post = make_post(title="Belum untuk umum", status=status)
    photo = Photo.objects.create(post=post, alt="Foto", width=640, height=400)

    for url in (
        "/",
        "/kegiatan/",
        places["64.02"].get_absolute_url(),
        "/cari/?q=umum",
        "/feed/",
        "/sitemap-berita.xml",
    ):
        assertNotContains(client.get(url), "Belum untuk umum")
    assert client.get(post.get_absolute_url()).status_code == 404
    assert client.get(photo.src640).status_code == 404


@pytest.mark.parametrize(
    ("name", "most"),
    [("home", 8), ("activities:list", 4), ("communities:list", 4), ("region", 7), ("post", 7), ("community", 6)],
)
def test_a_page_costs_the_same_queries_with_one_row_and_with_three(
    client, make_post, make_community, places, django_assert_max_num_queries, name, most
):
    make_post()
    post = make_post()
    url = {"region": places["64.02"], "post": post, "community": post.community}.get(name)
    url = url.get_absolute_url() if url else reverse(name)
    # As a process knows them after its first pages.
    atlas.places({place.pk for place in places.values()})
    client.get(url)

    with django_assert_max_num_queries(most) as first:
        client.get(url)
    for number in range(2):
        make_post()
        make_post(community=make_community(f"KIM {number}"))
    with django_assert_max_num_queries(most) as second:
        client.get(url)

    assert len(second) == len(first)


def test_events_of_the_home_page_are_told_by_two_queries(client, make_post, places, django_assert_max_num_queries):
    def make_event(title, begins):
        return make_post(title, type="agenda", starts_at=begins, ends_at=begins + timedelta(days=2), venue="Balai desa")

    now = timezone.now()
    for number in range(2):
        make_event(f"Pameran {number}", now - timedelta(hours=1))
        make_event(f"Rapat {number}", now + timedelta(days=1))
    atlas.places({place.pk for place in places.values()})
    client.get("/")

    # What runs and what comes; the others are those of the test above.
    with django_assert_max_num_queries(8):
        page = client.get("/")

    for title in ("Pameran 0", "Pameran 1", "Rapat 0", "Rapat 1"):
        assert [event.title for event in page.context["agenda"]].count(title) == 1


def test_pages_follow_each_other_by_key_and_come_back(client, make_post):
    posts = [make_post(title=f"Kegiatan nomor {number:02d}") for number in range(PAGE_SIZE * 2 + 1)]

    first = client.get("/kegiatan/").context["page"]
    second = client.get(f"/kegiatan/{first.older}").context["page"]
    third = client.get(f"/kegiatan/{second.older}").context["page"]
    back = client.get(f"/kegiatan/{third.newer}").context["page"]

    assert [row.pk for row in (*first, *second, *third)] == [post.pk for post in posts]
    assert list(back) == list(second)
    assert (first.newer, third.older) == (None, None)


def test_a_page_by_key_keeps_the_filter(client, make_post, places):
    for _ in range(PAGE_SIZE + 1):
        make_post()

    page = client.get("/kegiatan/", {"wilayah": "64.02", "bidang": "kesehatan"}).context["page"]

    assert "wilayah=64.02" in page.older
    assert "bidang=kesehatan" in page.older


@pytest.mark.parametrize(
    "url",
    ["/", "/kegiatan/", "/kim/", "/wilayah/", "/cari/", "/tentang/", "/privasi/", "/aksesibilitas/", "/feed/"],
)
def test_a_public_page_is_the_same_for_everyone_and_may_be_kept(client, joko, make_post, url):
    make_post()
    visitor = client.get(url)
    client.force_login(joko)
    member = client.get(url)

    for response in (visitor, member):
        assert response.status_code == 200
        assert "public" in response["Cache-Control"]
        assert response.has_header("ETag")
        assert not response.cookies
        assert "cookie" not in response.get("Vary", "").lower()
    assert visitor.content == member.content


def test_a_page_not_changed_is_not_sent_again(client, places):
    etag = client.get("/tentang/")["ETag"]

    assert client.get("/tentang/", headers={"If-None-Match": etag}).status_code == 304


def test_a_signed_in_page_is_kept_by_nobody(client, siti, mekar):
    client.force_login(siti)

    response = client.get(reverse("workspace"))

    assertContains(response, mekar.name)
    assert "no-store" in response["Cache-Control"]


def test_the_workspace_asks_a_visitor_to_sign_in_first(client):
    assert client.get(reverse("workspace")).url.startswith(reverse("account_login"))


def test_every_answer_carries_the_safety_headers(client, places):
    headers = client.get("/").headers

    assert "default-src 'none'" in headers["Content-Security-Policy"]
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert headers["Cross-Origin-Resource-Policy"] == "same-origin"
    assert "geolocation=(self)" in headers["Permissions-Policy"]


@pytest.mark.parametrize(
    ("asked", "answered"),
    [
        ("/wilayah/64.02/", "/wilayah/64.02-kutai-kartanegara/"),
        ("/wilayah/64.02-salah/", "/wilayah/64.02-kutai-kartanegara/"),
    ],
)
def test_a_wrong_slug_leads_to_the_right_address(client, places, asked, answered):
    response = client.get(asked)

    assert (response.status_code, response.url) == (301, answered)


def test_a_post_is_found_by_its_number_whatever_the_words(client, make_post):
    post = make_post()

    response = client.get(f"/kegiatan/{post.pk}-lama/")

    assert (response.status_code, response.url) == (301, post.get_absolute_url())


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/wilayah/99.99-tidak-ada/", 404),
        ("/wilayah/%00/", 404),
        ("/wilayah/64.02.06.2001.9-x/", 404),
        ("/wilayah/" + "9" * 3000 + "/", 404),
        ("/kegiatan/abc/", 404),
        ("/kegiatan/999999999999999999999-x/", 404),
        ("/kegiatan/0-x/", 404),
        ("/kegiatan/?sesudah=bukan-kunci", 404),
        ("/kegiatan/?sesudah=%00", 404),
        ("/kegiatan/?sebelum=Mn4yMDI2", 404),
        ("/kegiatan/?bidang=tidak-ada", 200),
        ("/kegiatan/?jenis=%00", 200),
        ("/kegiatan/?sejak=kemarin&sampai=0000-99-99", 200),
        ("/kegiatan/?wilayah=Atlantis", 200),
        ("/kegiatan/?wilayah=%00%27%25", 200),
        ("/kim/?tingkat=9&keaktifan=x", 200),
        ("/kim/?q=%00%27", 200),
        ("/kim/tidak-ada/", 404),
        ("/cari/?q=%00", 200),
        ("/cari/?q=" + "a" * 10_000, 200),
        ("/cari/?q=%27+OR+1%3D1+--+%3A*+%26+%21", 200),
        ("/cari/?q=", 200),
        ("/feed/wilayah/99/", 404),
        ("/feed/kim/tidak-ada/", 404),
        ("/sampul/kesehatan-1.svg", 200),
        ("/foto/00000000-0000-0000-0000-000000000000/640.webp", 404),
        ("/foto/00000000-0000-0000-0000-000000000000/..%2Fx", 404),
        ("/tidak-ada/", 404),
    ],
)
def test_odd_addresses_get_a_page_and_never_an_error(client, places, url, status):
    client.raise_request_exception = True

    assert client.get(url).status_code == status


def test_a_filter_that_is_not_understood_says_so_and_keeps_what_was_typed(client, places):
    response = client.get("/kegiatan/", {"wilayah": "Atlantis"})

    assertContains(response, "tidak kami temukan")
    assertContains(response, 'value="Atlantis"')


def test_a_feed_carries_the_posts_of_a_region_and_no_other(client, make_post, make_community, places):
    make_post(title="Di Jembayan")
    make_post(title="Di Manggar", community=make_community("KIM Manggar", seat="64.71.01.1001"))

    response = client.get("/feed/wilayah/64.02/")

    assertContains(response, "Di Jembayan")
    assertNotContains(response, "Di Manggar")
    assert response["Content-Type"].startswith("application/atom+xml")


def test_a_merged_kim_leads_to_the_one_it_joined(client, mekar, make_community, made):
    old = make_community("KIM Lama")
    old.merge_into(mekar, by=made)

    response = client.get(old.get_absolute_url())

    assert (response.status_code, response.url) == (301, mekar.get_absolute_url())


@pytest.mark.parametrize("status", ["draft", "submitted", "needs_revision", "rejected"])
def test_a_kim_not_yet_verified_is_nobodys_business(client, make_community, status):
    community = make_community("KIM Rahasia", status=status)

    assert client.get(community.get_absolute_url()).status_code == 404
    assertNotContains(client.get("/kim/"), "KIM Rahasia")


def test_private_contacts_are_on_no_public_page(client, make_community, places):
    community = make_community("KIM Kontak", contact_phone="0812345678", contact_email="rahasia@contoh.id")

    for url in (community.get_absolute_url(), "/kim/", "/", places["64.02"].get_absolute_url(), "/cari/?q=kontak"):
        response = client.get(url)
        assertNotContains(response, "0812345678")
        assertNotContains(response, "rahasia@contoh.id")


def test_an_agenda_can_be_taken_into_a_calendar(client, make_post):
    post = make_post(type="agenda", starts_at="2026-12-01T01:00Z", venue="Balai desa, ruang rapat")

    text = client.get(reverse("activities:calendar", args=[post.pk])).text

    assert "DTSTART:20261201T010000Z\r\n" in text
    assert "Balai desa\\, ruang rapat" in text


def test_the_map_of_the_directory_counts_what_the_list_shows(client, make_community):
    make_community(name="KIM Satu", seat="64.02.02.2003")
    make_community(name="KIM Dua", seat="64.02.02.2011")
    make_community(name="KIM Tiga", seat="64.71.01.1001")

    drawn = client.get("/kim/?wilayah=64&q=KIM&peta=1").context["map"]

    assert {row["region"].code: row["number"] for row in drawn["rows"]} == {"64.02": 2, "64.71": 1}
    assert {row["url"] for row in drawn["rows"]} == {"?wilayah=64.02&q=KIM&peta=1", "?wilayah=64.71&q=KIM&peta=1"}


def test_days_that_no_calendar_of_ours_shows_are_asked_about(client, mekar, make_post):
    make_post()

    page = client.get("/kegiatan/?sejak=0001-01-01&sampai=9999-12-31")

    assertContains(page, "Periksa tahunnya.", count=2)
    assertContains(page, "9999-12-31")
    assert len(client.get("/kegiatan/?sejak=1945-08-17&sampai=2100-12-31").context["page"]) == 1


def test_a_post_without_a_photo_is_shared_with_a_picture_of_its_own(client, make_post):
    post = make_post(title="Panen raya " + "sekali " * 15)
    page = client.get(post.get_absolute_url())
    assertContains(page, f'content="http://127.0.0.1:8000{post.og_image_url}"')

    answer = client.get(post.og_image_url)

    with Image.open(io.BytesIO(answer.content)) as picture:
        assert (picture.format, picture.size) == ("JPEG", (1200, 630))
    assert client.get(f"/sampul/kegiatan-{post.pk}-1.jpg")["Location"] == post.og_image_url


def test_half_a_picture_that_a_stopped_process_left_is_drawn_anew(client, make_post):
    post = make_post()
    whole = client.get(post.og_image_url).content
    name = f"share/{post.pk % 1000:03}/{post.pk}/{post.og_image_url.rpartition('-')[2]}"
    default_storage.delete(name)
    default_storage.save(name, ContentFile(whole[:2000]))

    assert client.get(post.og_image_url).content == whole
    with default_storage.open(name) as file:
        assert file.read() == whole


def test_a_hidden_post_has_no_picture_either(client, make_post, made):
    post = make_post()
    address = post.og_image_url
    client.get(address)

    post.hide(by=made, reason="other", note="Keliru")

    assert client.get(address).status_code == 404


@pytest.mark.parametrize(
    "key", ["5~=abc", "5~=", "5~2025-01-01T00:00:00+23:59", "5~0001-01-01T00:00:00+14:00", "5~2025-01-01"]
)
def test_a_forged_page_key_is_a_page_that_does_not_exist(client, mekar, key):
    forged = urlsafe_b64encode(key.encode()).decode().rstrip("=")

    assert client.get(f"/kegiatan/?sesudah={forged}").status_code in (200, 404)
    assert client.get(f"/kim/?sebelum={forged}").status_code in (200, 404)


def test_a_clarification_does_not_name_what_was_hidden(client, make_post, made):
    claim = make_post(title="Kabar keliru tentang pupuk")
    answer = make_post(
        title="Yang benar tentang pupuk", type="klarifikasi", claim="Pupuk gratis", verdict="salah",
        source_name="Dinas Pertanian", clarifies=claim,
    )  # fmt: skip
    assertContains(client.get(answer.get_absolute_url()), "Kabar keliru")

    claim.hide(by=made, reason="other", note="Keliru")

    assertNotContains(client.get(answer.get_absolute_url()), "Kabar keliru")


def test_a_hidden_photo_is_on_no_card_and_in_no_shared_link(client, make_post):
    post = make_post()
    photo = Photo.objects.create(post=post, alt="Wajah anak", width=640, height=400)
    post.lead_photo = photo
    post.save()
    photo.is_hidden = True
    photo.save()

    for address in ("/", "/kegiatan/", post.get_absolute_url()):
        assertNotContains(client.get(address), str(photo.uuid))


def test_a_feed_leaves_out_what_xml_cannot_hold(client, mekar, make_post):
    make_post(title="Posyandu\x0bMelati")

    assertContains(client.get("/feed/"), "PosyanduMelati")


def test_a_session_key_that_nobody_gave_is_no_session(client, db):
    client.cookies["__Host-sesi"] = client.cookies["sesi"] = "\0\0aaaaaaaaaa"

    assert client.get("/akun/login/").status_code == 200


def test_what_a_list_is_narrowed_by_is_said_and_can_be_taken_away_one_by_one(client, make_post, places):
    response = client.get("/kegiatan/?wilayah=64.02&bidang=kesehatan&jenis=berita&sejak=2026-08-17&sesudah=")

    for words in ("Kabupaten Kutai Kartanegara", "Kesehatan", "Berita", "Sejak 17 Agustus 2026"):
        assertContains(response, f"</span> {words} <span")
    assertContains(response, 'href="?wilayah=64.02&amp;jenis=berita&amp;sejak=2026-08-17"')
    assertNotContains(response, '<details class="fold" open')


@pytest.mark.parametrize(
    ("address", "without"),
    [
        ("/kim/?q=mekar&tingkat=4&keaktifan=aktif", "?q=mekar&amp;tingkat=4"),
        ("/cari/?q=padi&jenis=berita", "?q=padi"),
        ("/kegiatan/?jenis=berita", "?"),
    ],
)
def test_every_list_offers_itself_without_a_filter(client, mekar, address, without):
    assertContains(client.get(address), f'<a href="{without}"><span class="visually-hidden">Hapus saringan')


def test_a_list_that_is_not_narrowed_says_nothing_of_filters(client, places):
    for address in ("/kegiatan/", "/kim/", "/cari/?q=padi", "/kegiatan/?wilayah=Atlantis"):
        assertNotContains(client.get(address), "Saringan yang dipakai")


# Agenda


@pytest.fixture
def make_event(make_post):
    def make(title, **delay):
        return make_post(title, type="agenda", starts_at=timezone.now() + timedelta(**delay), venue="Balai desa")

    return make


def shown(response):
    return re.findall(r"<h3><a [^>]*>(.*?)</a>", response.text)


def test_the_events_to_come_are_listed_with_the_next_one_first(client, make_event, make_post):
    make_event("Rapat bulan depan", days=30)
    make_event("Rapat besok", days=1)
    make_event("Rapat kemarin", days=-2)
    make_event("Rapat dahulu", days=-9)
    make_post("Panen")

    assert shown(client.get("/kegiatan/?jenis=agenda")) == ["Rapat besok", "Rapat bulan depan"]
    assert shown(client.get("/kegiatan/?jenis=agenda&lewat=1")) == ["Rapat kemarin", "Rapat dahulu"]
    assert "Rapat kemarin" in shown(client.get("/kegiatan/?jenis=agenda&sejak=2020-01-01"))
    assertContains(client.get("/kegiatan/?jenis=agenda"), 'href="?jenis=agenda&amp;lewat=1"')


def test_events_to_come_are_paged_by_when_they_begin(client, make_event):
    titles = [f"Rapat {number}" for number in range(20)]
    for number, title in enumerate(titles):
        make_event(title, days=number + 1)
    first = client.get("/kegiatan/?jenis=agenda")
    second = client.get(f"/kegiatan/{first.context['page'].older}")

    assert shown(first) + shown(second) == titles
    assert shown(client.get(f"/kegiatan/{second.context['page'].newer}")) == shown(first)


def test_an_event_is_shown_with_when_and_where_it_is_instead_of_when_it_was_written(client, make_post):
    start = timezone.now().replace(hour=2, minute=30) + timedelta(days=400)
    make_post("Rapat", type="agenda", starts_at=start, venue="Balai desa", published_at=timezone.now())

    for address in ("/kegiatan/", "/"):
        response = client.get(address)
        assertContains(response, f"{start.year} pukul 10.30 WITA")
        assertContains(response, "Balai desa")


def test_the_privacy_page_says_how_long_a_sender_is_known(db, client, settings):
    settings.ASPIRATIONS_FORGET_DAYS = 45

    assert "paling lama 45 hari" in " ".join(client.get("/privasi/").text.split())


def test_the_privacy_page_names_whom_to_ask_or_where_to_go(db, client, settings):
    settings.PRIVACY_CONTACT = "privasi@kim.example.go.id"
    named = client.get("/privasi/").text
    settings.PRIVACY_CONTACT = ""
    unnamed = client.get("/privasi/").text

    assert 'href="mailto:privasi@kim.example.go.id"' in named
    assert "mailto:" not in unnamed
    assert "langsung di kantornya" in unnamed


def test_a_silent_village_shows_the_news_around_it_and_what_one_can_do(client, places, make_post):
    make_post(title="Panen raya Loa Kulu", place=places["64.02.02.2003"])

    page = client.get(places["64.02.02.2011"].get_absolute_url()).text

    assert "Sementara itu, dari Kecamatan Loa Kulu" in page
    assert "Panen raya Loa Kulu" in page
    assert "/ruang/kim/daftar/?wilayah=64.02.02.2011" in page
    assert "wa.me" in page


def test_a_region_above_is_followed_before_its_news_are_read(client, places, make_post, monkeypatch):
    make_post(title="Panen raya Loa Kulu", place=places["64.02.02"])
    order, asked = [], region_pages.asked

    def noting(question, pk, *values, **level):
        if question is region_pages.newest_above:
            order.append(pk)
        return asked(question, pk, *values, **level)

    monkeypatch.setattr(region_pages, "asked", noting)
    monkeypatch.setattr(region_pages.freshness, "follow", lambda request, *topics: order.extend(topics))
    client.get(places["64.02.02.2011"].get_absolute_url())

    assert order[-2:] == ["64.02.02", places["64.02.02"].pk]


def test_the_first_visit_of_a_village_puts_no_question_together(client, places, make_post, monkeypatch):
    make_post(title="Panen raya Loa Kulu", place=places["64.02.02"])
    client.get(places["64.02.02.2003"].get_absolute_url())
    composed, as_sql = [], SQLCompiler.as_sql

    def composing(self, *arguments, **options):
        composed.append(self.query.model.__name__)
        return as_sql(self, *arguments, **options)

    monkeypatch.setattr(SQLCompiler, "as_sql", composing)
    page = client.get(places["64.02.02.2011"].get_absolute_url()).text

    assert "Panen raya Loa Kulu" in page
    assert composed == []


@pytest.mark.parametrize(("status", "shown"), [("verified", True), ("suspended", False), ("dissolved", False)])
def test_only_a_kim_that_stands_is_called_active(client, make_community, status, shown):
    kim = make_community(status=status, last_post_at=timezone.now())

    pages = [client.get(url).text for url in (kim.get_absolute_url(), f"{reverse('communities:list')}?status={status}")]

    assert (">Aktif</span>" in pages[0]) is shown
    assert not any(">Aktif</span>" in page for page in pages) or shown
