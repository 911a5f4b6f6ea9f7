"""Stored pages: quick for everyone, of this moment, and never anyone's own."""

import threading
import time
from concurrent.futures import ThreadPoolExecutor
from types import SimpleNamespace

import pytest
from django.db import DatabaseError
from django.http import HttpResponse

from activities.models import Comment
from pages import freshness, page_store

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def store(settings, monkeypatch):
    settings.PAGE_STORE = settings.CARD_STORE = True
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    # A test's transaction is never through.
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())


def test_a_page_is_answered_again_without_a_view(client, make_post, django_assert_num_queries):
    make_post()
    first = client.get("/")

    with django_assert_num_queries(0):
        again = client.get("/")

    assert again.content == first.content
    assert again["Content-Security-Policy"] == first["Content-Security-Policy"]
    assert again["Cache-Control"] == first["Cache-Control"]


@pytest.mark.parametrize(
    "address",
    ["/cari/?q=kerja+bakti", "/cari/?q=jembayan", "/cari/saran/?q=jembayan", "/wilayah/saran/?q=jembayan",
     "/feed/cari/?q=kerja", "/sitemap.xml", "/sitemap-kegiatan-0.xml"],
)  # fmt: skip
def test_what_is_asked_twice_is_kept(client, make_post, django_assert_num_queries, address):
    make_post(pk=17)
    first = client.get(address)

    with django_assert_num_queries(0):
        again = client.get(address)

    assert (first.status_code, again.content) == (200, first.content)


def test_a_file_as_large_as_a_section_of_a_sitemap_fills_no_process(client, make_post, monkeypatch):
    make_post(pk=17)
    monkeypatch.setattr(page_store, "LARGEST_LOCAL", 100)

    client.get("/sitemap-kegiatan-0.xml")

    assert not page_store._local


def test_another_process_finds_the_page_in_the_shared_cache(client, make_post):
    make_post()
    first = client.get("/")
    page_store._local.clear()

    assert client.get("/").content == first.content


def test_a_reader_who_has_the_page_is_sent_nothing(client, make_post, django_assert_num_queries):
    make_post()
    tag = client.get("/")["ETag"]

    with django_assert_num_queries(0):
        answer = client.get("/", headers={"If-None-Match": tag})

    assert answer.status_code == 304
    assert not answer.content


@pytest.mark.parametrize(
    "address",
    ["/", "/kegiatan/", "/wilayah/0-indonesia/", "/wilayah/64-kalimantan-timur/", "/wilayah/64.02-kutai-kartanegara/",
     "/wilayah/64.02.02-loa-kulu/", "/wilayah/64.02.02.2003-jembayan/", "/kim/kim-1/", "/wilayah-saya/berita/64.02/",
     "/cari/?q=kabar", "/cari/?q=kabar&wilayah=64.02", "/feed/cari/?q=kabar", "/sitemap-kegiatan-0.xml"],
)  # fmt: skip
def test_what_is_published_or_hidden_shows_at_once(client, make_post, made, siti, address):
    make_post(title="Kabar lama")
    client.get(address)
    post = make_post(title="Kabar baru", status="in_review", published_at=None)

    post.publish(by=made)
    # A search marks the words that it found, and a sitemap says no title.
    told = post.get_absolute_url() if address.startswith(("/cari/", "/sitemap")) else post.title
    assert told in client.get(address).content.decode()

    post.hide(by=made, reason="other", note="Keliru")
    assert told not in client.get(address).content.decode()


def test_a_hidden_post_has_no_page_left(client, make_post, made):
    post = make_post()
    assert client.get(post.get_absolute_url()).status_code == 200

    post.hide(by=made, reason="other", note="Keliru")

    assert client.get(post.get_absolute_url()).status_code == 404


def test_that_a_page_is_gone_may_be_kept_like_the_page(client, make_post, made):
    post = make_post()
    rule = client.get(post.get_absolute_url())["Cache-Control"]

    post.hide(by=made, reason="other", note="Keliru")

    assert client.get(post.get_absolute_url())["Cache-Control"] == rule
    assert client.get("/tidak/ada/")["Cache-Control"] == "private, no-store"


def test_a_corrected_title_shows_on_the_page_and_on_cards(client, make_post):
    post = make_post(title="Posyandu")
    client.get("/kegiatan/")

    post.title = "Posyandu Melati"
    post.save()

    assert "Posyandu Melati" in client.get("/kegiatan/").content.decode()


def test_news_elsewhere_leaves_a_page_as_it_is(client, make_post, make_community, siti, django_assert_num_queries):
    make_post()
    client.get("/wilayah/64.02-kutai-kartanegara/")

    make_community("KIM Manggar", seat="64.71.01.1001").renew_pages()

    with django_assert_num_queries(0):
        client.get("/wilayah/64.02-kutai-kartanegara/")


def test_what_a_person_sees_is_never_stored_nor_served_to_another(client, make_post, siti, joko):
    make_post()
    client.force_login(siti)
    hers = client.get("/ruang/")
    client.force_login(joko)
    his = client.get("/ruang/")

    assert siti.email in hers.content.decode()
    assert siti.email not in his.content.decode()
    assert hers["Cache-Control"] == his["Cache-Control"] == "private, no-store"
    assert not page_store._local


def test_a_signed_in_reader_gets_the_page_that_everyone_gets(client, make_post, siti):
    make_post()
    for_everyone = client.get("/")
    client.force_login(siti)

    hers = client.get("/")

    assert hers.content == for_everyone.content
    assert not hers.cookies


def test_nobody_looks_for_the_desk_among_what_is_kept(desk, monkeypatch):
    monkeypatch.setattr(page_store, "find", lambda key: pytest.fail("looked for"))

    assert desk.get("/petugas/").status_code == 200


def test_a_foreign_host_gets_no_stored_page(client, make_post):
    make_post()
    client.get("/")

    assert client.get("/", headers={"Host": "evil.example"}).status_code == 400


@pytest.mark.parametrize("address", ["/wilayah/%00/", "/wilayah/64%00/", f"/kim/{'x' * 5000}/", "/wilayah/%ff/"])
def test_odd_addresses_are_pages_that_do_not_exist(client, places, address):
    assert client.get(address).status_code == 404


def test_what_is_said_and_hidden_under_a_post_shows_at_once(client, make_post, joko, made):
    post = make_post()
    assert "Salam dari Joko" not in client.get(post.get_absolute_url()).text

    comment = Comment.objects.say(post=post, author=joko, text="Salam dari Joko")
    assert "Salam dari Joko" in client.get(post.get_absolute_url()).text

    comment.hide(by=made, reason="other")
    assert "Salam dari Joko" not in client.get(post.get_absolute_url()).text


def test_a_renamed_kim_is_called_so_on_every_card_at_once(client, make_post, mekar):
    make_post()
    assert "KIM Mekar ·" in client.get("/kegiatan/").text

    mekar.name = "KIM Mekar Bersama"
    mekar.save()

    assert "KIM Mekar Bersama ·" in client.get("/kegiatan/").text


def test_of_many_who_ask_for_a_page_that_grew_old_one_makes_it_and_the_others_wait(rf, settings, monkeypatch):
    settings.CACHES = settings.CACHES | {"pages": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache"}}
    stamps, made, began, came, goes_on = {"news": "1"}, [], threading.Event(), threading.Event(), threading.Event()
    monkeypatch.setattr(freshness, "stamps", lambda keys: stamps)

    def view(request):
        made.append(request)
        if len(made) > 1:
            began.set()
            assert goes_on.wait(10)
        request.followed = dict(stamps)
        request.resolver_match = SimpleNamespace(func=SimpleNamespace(login_required=False), view_name="")
        return HttpResponse(f"ke-{len(made)}", headers={"Cache-Control": "public, max-age=10"})

    def wait(key):
        came.set()
        wait_as_ever(key)

    wait_as_ever = page_store.wait_for_another
    monkeypatch.setattr(page_store, "wait_for_another", wait)
    answer = page_store.page_store(view)

    def ask(_number=0):
        return answer(rf.get("/kegiatan/")).content

    assert ask() == b"ke-1"
    stamps["news"] = "2"
    with ThreadPoolExecutor(2) as threads:
        first = threads.submit(ask)
        assert began.wait(10)
        second = threads.submit(ask)
        assert came.wait(10)
        goes_on.set()
        assert (first.result(), second.result()) == (b"ke-2", b"ke-2")

    assert len(made) == 2
    assert not page_store._renewed


def test_who_made_a_page_in_vain_keeps_nobody_waiting(rf, monkeypatch):
    monkeypatch.setattr(freshness, "stamps", lambda keys: {"news": "2"})
    page_store.store(page_store.key_of(rf.get("/")), {"news": "1"}, HttpResponse("lama"), time.time() + 60)

    def view(request):
        raise DatabaseError

    with pytest.raises(DatabaseError):
        page_store.page_store(view)(rf.get("/"))

    assert not page_store._renewed
