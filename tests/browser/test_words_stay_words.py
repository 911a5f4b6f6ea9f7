"""Whatever people write is shown as they wrote it; nothing of it ever runs. A dialog would be a complaint."""

import json
from datetime import timedelta
from html import escape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from django.utils import timezone
from playwright.sync_api import expect

from activities.models import Post
from communities.models import Membership

EVIL = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>"""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def posts(mekar, make_post, make_decree, with_photo):
    """One of each type, with that in every field that holds words."""
    mekar.name, mekar.about, mekar.address, mekar.decree = EVIL, EVIL, EVIL, make_decree(number=EVIL)
    mekar.save()
    Membership.objects.update(name=EVIL)
    facts = {"summary": EVIL, "body": EVIL, "venue": EVIL, "claim": EVIL, "verdict": "salah", "source_name": EVIL}
    facts |= {"product": EVIL, "public_contact": EVIL, "starts_at": timezone.now() + timedelta(days=1)}
    posts = [make_post(EVIL, type=kind, **facts) for kind in Post.Type]
    with_photo(posts[0], alt=EVIL).photos.update(caption=EVIL)
    return posts


def assert_only_words(page, *selectors):
    for selector in selectors:
        expect(page.locator(selector).first).to_contain_text(EVIL)
    assert page.locator("[onerror], img[src='x'], main script").count() == 0


def test_a_post_of_each_type_shows_words_only(page, posts):
    for post in posts:
        page.goto(post.get_absolute_url())

        assert_only_words(page, "h1", ".lede", ".prose", ".meta")
        article = json.loads(page.locator("script[type='application/ld+json']").first.text_content())
        assert EVIL in json.dumps(article, ensure_ascii=False).replace('\\"', '"')


def test_what_belongs_to_a_type_and_to_a_photo_shows_words_only(page, posts):
    selectors = {"berita": "figcaption", "agenda": ".box dd:last-child", "klarifikasi": ".box dd", "potensi": ".box dd"}

    for post in posts:
        page.goto(post.get_absolute_url())
        assert_only_words(page, *filter(None, [selectors.get(post.type)]))

    page.goto(posts[0].get_absolute_url())
    expect(page.locator(".cover img")).to_have_attribute("alt", EVIL)


def test_cards_show_words_only(page, posts, mekar):
    page.goto(mekar.get_absolute_url())
    assert_only_words(page, "h1", ".prose", ".card h3", ".facts", "aside .list")

    for address in ("/", "/kegiatan/", mekar.seat.get_absolute_url()):
        page.goto(address)
        assert_only_words(page, ".card h3", ".card .meta")

    page.goto("/kim/")
    assert_only_words(page, ".community-card h3")


def test_a_search_shows_words_only(page, posts):
    page.goto("/cari/?q=alert")
    assert_only_words(page, "main h3")

    for address in ("/cari/?q=", "/wilayah/?q=", "/wilayah-saya/?q=", "/kegiatan/?wilayah="):
        page.goto(address + quote(EVIL))
        assert_only_words(page)
        assert EVIL in page.locator("main input:visible").evaluate_all("(inputs) => inputs.map((input) => input.value)")


def test_a_feed_carries_words_only(page, posts):
    feed = ElementTree.fromstring(page.request.get("/feed/").body())  # noqa: S314 our own feed

    entries = feed.findall(f"{ATOM}entry")
    assert len(entries) == len(posts)
    for entry in entries:
        assert entry.find(f"{ATOM}title").text == EVIL
        # A summary is HTML, in which these words are words.
        assert entry.find(f"{ATOM}summary").text == escape(EVIL)


def test_lists_of_one_type_show_words_only(page, posts):
    page.goto("/klarifikasi/")
    assert_only_words(page, ".claim blockquote", ".claim h2", ".claim > .meta")

    page.goto("/potensi/")
    assert_only_words(page, ".card h2", ".card .meta")


def test_a_comment_and_the_viewer_of_photos_show_words_only(page, posts, joko):
    posts[0].comments.create(author=joko, text=EVIL)
    page.goto(posts[0].get_absolute_url())

    assert_only_words(page, ".comments li")
    page.locator(".cover a").click()
    expect(page.locator("dialog")).to_contain_text(EVIL)
    expect(page.locator("dialog img")).to_have_attribute("alt", EVIL)
    assert_only_words(page)


def test_the_room_of_a_kim_and_an_old_blog_show_words_only(page, posts, mekar, siti, sign_in):
    sign_in(siti)
    page.goto(f"/ruang/kim/{mekar.slug}/blog-lama/")
    blog = (
        f"<rss><channel><item><title>{escape(escape(EVIL))}</title><description>x</description></item></channel></rss>"
    )
    page.locator("input[type=file]").set_input_files(
        {"name": '"><img src=x onerror=alert(1)>.xml', "mimeType": "text/xml", "buffer": blog.encode()}
    )
    page.locator("main form button").click()

    expect(page.get_by_role("status")).to_contain_text("1 draf baru")
    assert_only_words(page)
    page.goto(f"/ruang/kim/{mekar.slug}/")
    assert_only_words(page, "h1")
