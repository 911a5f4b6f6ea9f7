"""No public page breaks a rule of WCAG 2.2 AA or a narrow phone, and none troubles the browser."""

from datetime import timedelta

import pytest
from django.utils import timezone

from activities.models import Post
from browser.faults import faulty

LONG = "Gotong-royong memperbaiki tanggul Sungai Mahakam bersama warga tiga dusun dan mahasiswa KKN"
BODY = "Warga berkumpul sejak pagi.\n\n## Hasilnya\n\n- tanggul **selesai**\n- [peta](https://contoh.id)\n\n> Ringan."

# What each type has beside the words that all have.
OWN_FACTS = {
    Post.Type.BERITA: {"participants": 1250, "happened_on": "2026-08-17", "duties": ["diskusi", "networking"]},
    Post.Type.GALERI: {},
    Post.Type.PENGUMUMAN: {},
    Post.Type.AGENDA: {"venue": "Balai desa"},
    Post.Type.KLARIFIKASI: {"claim": "Vaksin berbayar", "verdict": "salah", "source_name": "Dinas Kesehatan"},
    Post.Type.POTENSI: {"product": "Gula aren", "public_contact": "Pasar desa, setiap Sabtu"},
}


@pytest.fixture
def news(places, mekar, make_post, make_decree, with_photo):
    """Everything a reader can meet: each type of post, a long title, a KIM with all its facts."""
    mekar.decree, mekar.about, mekar.address = make_decree(), BODY, "Jalan Poros 12"
    mekar.save()
    tomorrow = timezone.now() + timedelta(days=1)
    for kind, facts in OWN_FACTS.items():
        moments = {"starts_at": tomorrow, "ends_at": tomorrow + timedelta(hours=2)} if kind == "agenda" else {}
        with_photo(make_post(LONG, type=kind, summary=LONG, body=BODY, **facts, **moments))
        make_post("Singkat", type=kind, body=BODY, **facts, **moments)
    long_ago = tomorrow - timedelta(days=40)
    make_post(LONG, type=Post.Type.AGENDA, starts_at=long_ago, ends_at=tomorrow, venue="Balai desa")


REGIONS = [
    "/wilayah/0-indonesia/",
    "/wilayah/64-kalimantan-timur/",
    "/wilayah/64.02-kutai-kartanegara/",
    "/wilayah/64.02.02-loa-kulu/",
    "/wilayah/64.02.02.2003-jembayan/",
]
LISTS = [
    "/",
    "/kegiatan/",
    "/kegiatan/?wilayah=64.02&bidang=kesehatan&jenis=berita",
    "/kegiatan/?wilayah=Atlantis&sejak=kemarin",
    "/kegiatan/?jenis=agenda",
    "/agenda/",
    "/agenda/?wilayah=64.02&bulan=2000-01",
    "/kim/",
    "/kim/kim-1/",
]
SEARCHES = ["/cari/", "/cari/?q=jembayan", "/cari/?q=tanggul", "/cari/?q=atlantis", f"/cari/?q={'x' * 101}"]


@pytest.mark.parametrize("addresses", [REGIONS, LISTS, SEARCHES], ids=["regions", "lists", "searches"])
def test_the_news_is_for_everyone(page, news, addresses):
    assert faulty(page, addresses) == {}


@pytest.mark.parametrize("width", [320, 359, 360])
def test_what_the_head_of_a_page_leads_to_is_hit_by_a_thumb(page, news, width):
    page.set_viewport_size({"width": width, "height": 640})
    page.goto("/kim/")
    links = [link.bounding_box() for link in page.locator(".site-header a").all()]

    assert len(links) == 7
    assert min(min(box["width"], box["height"]) for box in links) >= 44
    assert max(box["x"] + box["width"] for box in links) <= width


def test_a_post_of_each_type_is_for_everyone_with_and_without_a_photo(page, news):
    posts = [post.get_absolute_url() for post in Post.objects.published()]

    assert len(posts) == 13
    assert faulty(page, posts) == {}
