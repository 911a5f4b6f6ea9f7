"""News in a frame on another site: the one kind of page that may be framed, light, without a cookie or a script."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles import finders
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils.html import escape
from whitenoise.base import WhiteNoise

from communities.models import Sector
from kimportal.static_headers import loaded_elsewhere

pytestmark = pytest.mark.django_db

OF_REGION, OF_KIM = "/sematkan/wilayah/64.02/", "/sematkan/kim/{}/"


def directive(answer, name):
    policy = dict(part.strip().partition(" ")[::2] for part in answer.headers["Content-Security-Policy"].split(";"))
    return policy.get(name)


def test_news_of_a_region_and_of_a_kim_may_be_framed_by_any_site(client, make_post, mekar):
    post = make_post()

    for path in (OF_REGION, OF_KIM.format(mekar.slug), f"/en{OF_REGION}"):
        answer = client.get(path)

        assert post.title in answer.text
        assert directive(answer, "frame-ancestors") == "*"
        assert "X-Frame-Options" not in answer.headers
        assert answer.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
        assert not answer.cookies
        assert "<script" not in answer.text
        assert "style=" not in answer.text


@pytest.mark.parametrize(
    "path", ["/", "/kegiatan/", "/kim/", "/sematkan/", "/api/v1/kim", "/akun/login/", "/tidak-ada/"]
)
def test_every_other_page_refuses_frames(client, path, places):
    answer = client.get(path)

    assert directive(answer, "frame-ancestors") == "'none'"
    assert answer.headers["X-Frame-Options"] == "DENY"


def test_links_open_the_portal_in_a_tab_of_their_own(client, make_post):
    make_post()

    links = re.findall(r"<a [^>]*>", client.get(OF_REGION).text)

    assert len(links) == 3
    assert all(f'href="{settings.SITE_URL}/' in link and 'target="_blank" rel="noopener"' in link for link in links)


def test_only_what_is_embedded_is_loaded_by_other_sites():
    headers = {name: {} for name in ("/static/embed/embed.0123.css", "/static/css/site.css", "/static/js/share.js")}
    for url, said in headers.items():
        loaded_elsewhere(said, "", url)

    assert [url for url, said in headers.items() if said] == ["/static/embed/embed.0123.css"]
    assert finders.find("embed/embed.css")
    assert WhiteNoise(None, add_headers_function=loaded_elsewhere).add_headers_function is loaded_elsewhere


def test_the_look_is_chosen_by_the_address(client, make_post):
    for number in range(4):
        make_post(f"Kegiatan {number}")

    answer = client.get(f"{OF_REGION}?tema=gelap&jumlah=2")

    assert 'data-theme="dark"' in answer.text
    assert answer.text.count("<li>") == 2
    assert 'lang="en"' in client.get(f"/en{OF_REGION}").text


@pytest.mark.parametrize("query", ["tema=ungu", "jumlah=11", "jumlah=0", "jumlah=banyak"])
def test_a_look_that_is_not_there_is_told(client, places, query):
    answer = client.get(f"{OF_REGION}?{query}")

    assert answer.status_code == 400
    assert 'class="note"' in answer.text


def test_what_is_not_there_has_no_frame(client, places, make_community):
    draft = make_community("KIM Baru", status="draft")

    assert client.get("/sematkan/wilayah/99/").status_code == 404
    assert client.get(OF_KIM.format(draft.slug)).status_code == 404


def test_a_suspended_kim_tells_its_status_and_no_news(client, make_post, mekar, made):
    post = make_post()
    mekar.suspend(by=made, note="Vakum")

    page = client.get(OF_KIM.format(mekar.slug)).text

    assert "Dibekukan" in page
    assert post.title not in page


def test_a_merged_kim_leads_to_what_it_became(client, mekar, make_community, made):
    other = make_community("KIM Lain")
    other.merge_into(mekar, by=made)

    for query in ("", "?bidang=kesehatan&jumlah=2"):
        moved = client.get(f"{OF_KIM.format(other.slug)}{query}")
        assert moved.headers["Location"] == f"{OF_KIM.format(mekar.slug)}{query}"


def test_the_line_to_copy_frames_the_page_that_is_shown(client, mekar):
    page = client.get(f"/sematkan/?kim={mekar.slug}&tema=terang&bahasa=en").text

    assert f"&lt;iframe src=&quot;{settings.SITE_URL}/en/sematkan/kim/{mekar.slug}/?tema=terang&quot;" in page
    assert f'src="/en/sematkan/kim/{mekar.slug}/?tema=terang"' in page
    assert f"/lencana/{mekar.slug}.svg" in page


def test_no_name_breaks_out_of_the_line(client, make_community):
    kim = make_community('KIM "Maju" <script>')

    page = client.get(f"/sematkan/?kim={kim.slug}").text

    assert "<script>" not in page
    assert "title=&quot;Kabar KIM &amp;quot;Maju&amp;quot; &amp;lt;script&amp;gt;&quot;" in page


def test_a_choice_that_is_not_understood_is_asked_about(client, places):
    answer = client.get("/sematkan/?wilayah=Loa+Kulu+Barat+Daya")

    assert answer.status_code == 200
    assert "<iframe" not in answer.text
    assert "&lt;iframe" not in answer.text
    assert "KIM ini tidak ada" in client.get("/sematkan/?kim=entah").text


def test_a_frame_costs_the_same_with_one_post_as_with_three(client, make_post, make_community):
    numbers = []
    for number in (1, 2):
        for one in range(number):
            make_post(community=make_community(f"KIM {number} {one}"))
        client.get(OF_REGION)
        with CaptureQueriesContext(connection) as queries:
            client.get(OF_REGION)
        numbers.append(len(queries))

    assert numbers[0] == numbers[1] <= 3


@pytest.fixture
def of_two_sectors(make_post):
    farming = Sector.objects.exclude(pk=make_post("Posyandu ramai").sector_id).first()
    make_post("Panen raya", sector=farming)
    return farming


def test_a_frame_shows_the_news_of_one_field(client, mekar, of_two_sectors):
    for path in (OF_REGION, OF_KIM.format(mekar.slug)):
        page = client.get(f"{path}?bidang={of_two_sectors.slug}")

        assert "Panen raya" in page.text
        assert "Posyandu ramai" not in page.text
        assert f"· {escape(of_two_sectors)}" in page.text
        assert client.get(f"{path}?bidang=ngawur").status_code == 400


@pytest.mark.parametrize("name", ["jenis", "kim", "sejak", "sector", "q"])
def test_a_frame_shows_what_it_can_and_says_by_what_it_is_not_narrowed(client, mekar, of_two_sectors, name):
    page = client.get(f"{OF_REGION}?{name}=agenda&bidang={of_two_sectors.slug}")

    assert page.status_code == 200
    assert f"tidak dapat dipersempit dengan “{name}”" in page.text
    assert "Panen raya" in page.text
    assert "Posyandu ramai" not in page.text


def test_the_page_that_makes_the_line_takes_the_field_along_and_says_what_it_does_not(client, mekar, of_two_sectors):
    query = f"wilayah=64.02&bidang={of_two_sectors.slug}&jenis=agenda"

    page = client.get(f"/sematkan/?{query}")

    assert page.context["path"] == f"{OF_REGION}?bidang={of_two_sectors.slug}"
    assert "tidak dapat dipersempit dengan “jenis”" in page.text
    of_kim = client.get(f"/sematkan/?kim={mekar.slug}&{query}")
    assert of_kim.context["path"] == f"{OF_KIM.format(mekar.slug)}?bidang={of_two_sectors.slug}"
    assert "tidak dapat dipersempit dengan “wilayah”" in of_kim.text
    assert "dipersempit" not in client.get("/sematkan/?wilayah=64.02&jumlah=3").text
