"""Whatever people write is shown as they wrote it; nothing of it ever runs. A dialog would be a complaint."""

import json
from datetime import timedelta
from html import escape
from urllib.parse import quote
from xml.etree import ElementTree

import pytest
from conftest import make_officer
from django.core import mail
from django.urls import reverse
from django.utils import timezone
from playwright.sync_api import expect

from accounts import outbox
from accounts.models import User
from activities.models import Appeal, FlaggedItem, Post
from activities.models.hoaxes import mark_as_hoax
from communities.models import Certificate, Membership

EVIL = """<script>alert(1)</script>"'><img src=x onerror=alert(1)>"""
ATOM = "{http://www.w3.org/2005/Atom}"


@pytest.fixture
def posts(mekar, make_post, make_decree, with_photo):
    """One of each type, with that in every field that holds words."""
    mekar.name, mekar.about, mekar.address, mekar.decree = EVIL, EVIL, EVIL, make_decree(number=EVIL)
    mekar.save()
    Membership.objects.update(name=EVIL)
    facts = {
        "summary": EVIL,
        "body": f"Isi {EVIL}",
        "venue": EVIL,
        "claim": EVIL,
        "verdict": "salah",
        "source_name": EVIL,
    }
    facts |= {"product": EVIL, "public_contact": EVIL, "starts_at": timezone.now() + timedelta(days=1)}
    posts = [make_post(EVIL, type=kind, **facts) for kind in Post.Type]
    with_photo(posts[0], alt=EVIL).photos.update(caption=EVIL)
    return posts


@pytest.fixture
def desk_of_made(sign_in, made):
    made.authenticator_set.create(type="totp", data={"secret": ""})
    sign_in(made)
    return made


def assert_only_words(page, *selectors):
    for selector in selectors:
        expect(page.locator(selector).first).to_contain_text(EVIL)
    assert page.locator("[onerror], img[src='x'], main script:not([src])").count() == 0


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
    assert_only_words(page, "h1", ".prose", ".card h3", ".facts", ".people")

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
    page.locator("input[name=file]").set_input_files(
        {"name": '"><img src=x onerror=alert(1)>.xml', "mimeType": "text/xml", "buffer": blog.encode()}
    )
    page.locator("main form button").click()

    expect(page.get_by_role("status")).to_contain_text("1 draf baru")
    assert_only_words(page)
    page.goto(f"/ruang/kim/{mekar.slug}/")
    assert_only_words(page, "h1")


def test_what_readers_and_officers_say_is_words_on_the_desk(page, posts, mekar, siti, joko, desk_of_made):
    post = posts[0]
    nyoman = make_officer(EVIL, post.place.regency)
    User.objects.filter(pk__in=[siti.pk, joko.pk]).update(name=EVIL)
    comment = post.comments.create(author=joko, text=EVIL)
    FlaggedItem.objects.flag(post, comment=comment, reason="other", text=EVIL)
    post.revisions.propose(post, post.facts | {"title": f"Baru {EVIL}", "body": f"Baru {EVIL}"}, by=siti)
    posts[1].hide(by=nyoman, reason="other", note=EVIL)
    Appeal.objects.contest(posts[1].reviews.get(), text=EVIL, by=siti)
    Post.objects.filter(pk=posts[4].pk).update(status="in_review")

    seen = {
        "menunggu": ["#post-title", ".lede, .prose", ".check-sides dd"],
        "sesudah": ["#post-title", ".prose"],
        "perubahan": [".differences"],
        "laporan": [".reported", ".decide-side blockquote"],
        "keberatan": [".decide-side blockquote", ".decide-side p span"],
    }
    for word, selectors in seen.items():
        page.goto(f"/petugas/activities/post/antrean/?daftar={word}")
        assert_only_words(page, *selectors)
    for place, selector in (
        (f"post/{post.pk}/change/", ".field-title .readonly"),
        (f"post/{post.pk}/hoaks/", ".breadcrumbs a[lang]"),
        (f"post/{post.pk}/hoaks/?cari={quote(EVIL)}", ".breadcrumbs a[lang]"),
        ("post/", "#result_list .field-title"),
    ):
        page.goto(f"/petugas/activities/{place}")
        assert_only_words(page, selector)
    page.goto(mekar.desk_path)
    assert_only_words(page, "#content-main")


def test_the_words_of_a_hoax_and_of_its_correction_are_words(page, posts, made):
    hoax, correction = posts[0], next(post for post in posts if post.type == "klarifikasi")
    mark_as_hoax(hoax, by=made, clarification=correction, note=EVIL)

    page.goto(hoax.get_absolute_url())

    assert_only_words(page, "h1", ".box--bad a")
    assert page.title().startswith(f"Hoaks: {EVIL}")
    expect(page.locator("meta[property='og:title']")).to_have_attribute("content", f"Hoaks: {EVIL}")


def test_what_is_shared_of_a_post_is_words(page, posts):
    post = posts[0]
    page.goto(post.get_absolute_url())

    for name, value in (("og:title", EVIL), ("og:description", EVIL), ("og:type", "article")):
        expect(page.locator(f"meta[property='{name}']")).to_have_attribute("content", value)
    expect(page.locator("meta[name=description]")).to_have_attribute("content", EVIL)
    assert page.title().startswith(EVIL)
    shared = page.locator(".share a[rel~=noopener]").evaluate_all("(links) => links.map((link) => link.href)")
    assert all(address.startswith(("https://", "mailto:")) and "<" not in address for address in shared)
    graph = json.loads(page.locator("script[type='application/ld+json']").text_content())
    assert graph["@graph"][0]["headline"] == graph["@graph"][0]["description"] == EVIL
    assert graph["@graph"][0]["author"]["name"] == EVIL


def test_a_certificate_shows_words_only(page, mekar, make_decree):
    mekar.name = EVIL
    mekar.decree = make_decree(number=EVIL, issuer_name=EVIL)
    mekar.save()
    certificate = Certificate.objects.create(community=mekar, decree=mekar.decree, office_name=EVIL)

    page.goto(certificate.get_absolute_url())

    assert_only_words(page, "main")
    assert page.locator("main").inner_text().count("onerror=alert(1)") >= 3
    assert EVIL in page.title()


def test_a_notice_shows_words_only_and_its_mail_holds_nothing_else(page, posts, made, siti, sign_in):
    posts[0].hide(by=made, reason="other", note=EVIL)
    siti.confirm_email()
    mail.outbox.clear()
    outbox.send_waiting()
    sign_in(siti)

    page.goto("/ruang/kabar/")
    assert_only_words(page, ".notices li a", ".notices li p")
    (message,) = [message for message in mail.outbox if EVIL in message.subject]
    assert EVIL in message.body
    assert (message.content_subtype, getattr(message, "alternatives", [])) == ("plain", [])


def test_the_own_pages_of_a_post_show_words_only(page, posts, siti, joko, made, mekar, sign_in):
    post = posts[0]
    post.revisions.propose(post, post.facts | {"title": f"Baru {EVIL}"}, by=siti)
    posts[1].hide(by=made, reason="other", note=EVIL)
    Post.objects.filter(pk=posts[2].pk).update(status="chair_review", author=joko)
    Post.objects.filter(pk=posts[3].pk).update(status="draft")
    review = posts[1].reviews.get()
    sign_in(siti)

    for address, selectors in (
        (post.own_path, ["h1"]),
        (f"/ruang/kegiatan/{post.pk}/riwayat/", [".differences", "p a[lang]"]),
        (posts[1].own_path, ["h1", "main"]),
        (f"/ruang/keputusan/{review.pk}/keberatan/", ["p a[lang]"]),
        ("/ruang/kegiatan/", [".list a"]),
        ("/ruang/kegiatan/dibaca/", [".list a"]),
        (f"/ruang/kegiatan/{posts[2].pk}/baca/", ["h1", ".prose"]),
        ("/ruang/", ["main"]),
        (f"/lapor/kegiatan/{post.pk}/", [".kicker"]),
        (f"/kegiatan/{post.pk}/komentar/", [".kicker"]),
    ):
        page.goto(address)
        assert_only_words(page, *selectors)

    page.goto(f"/ruang/tulis/{posts[3].client_uuid}/")
    expect(page.get_by_label("Judul")).to_have_value(EVIL)
    assert_only_words(page)


def test_no_name_of_a_file_carries_them(page, posts, mekar, siti, sign_in):
    agenda = next(post for post in posts if post.type == "agenda")
    calendar = page.request.get(reverse("activities:calendar", args=[agenda.pk]))

    header = calendar.headers["content-disposition"]
    assert not set("<>'") & set(header)
    assert header.count('"') == 2
    # Commas and line breaks are escaped in a calendar; nothing else means anything there.
    assert "<script>" in calendar.text().replace("\r\n ", "")
