"""Whoever goes back to a page that answered what they sent finds it, and nobody else does."""

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse
from pytest_django.asserts import assertContains, assertNotContains

from pages import going_back, limits

pytestmark = pytest.mark.django_db
AS_A_BROWSER = {"Accept": "text/html,application/xhtml+xml,*/*;q=0.8", "Sec-Fetch-Mode": "navigate"}


@pytest.fixture
def phone(joko):
    client = Client(headers=AS_A_BROWSER)
    client.force_login(joko)
    return client


@pytest.fixture
def path(make_post):
    """Where a reader reports a post."""
    return reverse("activities:flag_post", args=[make_post().pk])


def refused(phone, path, **facts):
    return phone.post(path, {"reason": "", "text": "Ini salah menurut saya."} | facts)


def test_a_refused_form_stands_at_a_url_that_its_sender_may_go_back_to(phone, path):
    answer = refused(phone, path)

    assert (answer.status_code, urlsplit(answer.url).path) == (302, path)
    for _time in range(2):
        page = phone.get(answer.url)
        assertContains(page, "Ini salah menurut saya.")
        assert page["Cache-Control"] == "max-age=0, no-cache, no-store, must-revalidate, private"
        assert "aria-invalid" in page.text


def test_what_is_sent_from_there_comes_to_the_page_itself(phone, path):
    again = refused(phone, refused(phone, path).url, text="Kedua kalinya.")

    assert again.url.count(going_back.NAME) == 1
    assertContains(phone.get(again.url), "Kedua kalinya.")
    sent = phone.post(again.url, {"reason": "spam", "text": ""})
    assert going_back.NAME not in sent.url


def test_the_page_keeps_its_status_and_its_query(phone, path, monkeypatch):
    monkeypatch.setattr(limits, "in_time", lambda *_facts: False)

    url = refused(phone, f"{path}?q=a%20b%C3%A9&x", reason="spam").url

    assert url.startswith(f"{path}?q=a%20b%C3%A9&x&{going_back.NAME}=")
    page = phone.get(url)
    assert page.status_code == 429
    assert 0 < int(page["Retry-After"]) <= 60


def test_it_opens_for_nobody_else_and_for_an_hour_alone(phone, path, siti, joko, monkeypatch):
    url = refused(phone, path).url
    visitor, neighbour = Client(headers=AS_A_BROWSER), Client(headers=AS_A_BROWSER)
    neighbour.force_login(siti)

    for other in (visitor, neighbour):
        assert other.get(url).url == path
        assertNotContains(other.get(url, follow=True), "Ini salah menurut saya.")
    assert phone.get(url.replace(path, "/ruang/")).url == "/ruang/"
    later = going_back.time.time() + going_back.SECONDS + 1
    monkeypatch.setattr(going_back.time, "time", lambda: later)
    assert phone.get(url).url == path
    phone.get("/ruang/")
    assert not phone.session[going_back.HELD]
    monkeypatch.undo()
    url = refused(phone, path).url
    phone.logout()
    assert phone.get(url).url == path
    phone.force_login(joko)
    assert phone.get(url).url == path


def test_a_session_holds_few_of_them_and_no_large_one(phone, path, monkeypatch):
    urls = [refused(phone, path).url for _number in range(going_back.MOST_HELD + 1)]

    assert [phone.get(url).status_code for url in urls] == [302] + [200] * going_back.MOST_HELD
    monkeypatch.setattr(going_back, "MOST_BYTES", 10)
    assertContains(refused(phone, path), "Ini salah menurut saya.")


def test_a_script_is_answered_at_once(phone, path):
    phone.defaults["HTTP_SEC_FETCH_MODE"] = "cors"

    assertContains(refused(phone, path), "Ini salah menurut saya.")


@pytest.mark.parametrize(
    "name", ["account_login", "account_signup", "account_reset_password", "track", "alerts:follow"]
)
def test_a_visitors_own_browser_keeps_the_page_and_no_cache_between(client, db, name):
    page = client.post(reverse(name), {"login": "x", "email": "bukan surel", "kode": "?"})

    assert page.status_code == 200
    assert page["Cache-Control"] == "private, no-cache"
    assert "no-store" in client.get(reverse(name))["Cache-Control"]


def test_the_scripts_of_such_a_page_still_run(with_second_factor, made, make_aspiration):
    """A nonce is good for one answer."""
    desk = Client(headers=AS_A_BROWSER)
    desk.force_login(with_second_factor(made))
    row = make_aspiration()

    sent = desk.post(reverse("admin:aspirations_aspiration_queue"), {"row": row.pk, "deed": "tolak", "daftar": "baru"})
    page = desk.get(sent.url)

    nonces = set(re.findall(r'nonce="([^"]+)"', page.text))
    assert len(nonces) == 1
    assert f"'nonce-{nonces.pop()}'" in page["Content-Security-Policy"]


def test_what_opens_an_account_is_held_by_no_session(phone, joko):
    joko.confirm_email()
    page = phone.post(reverse("mfa_activate_totp"), {"code": "x"})

    assert going_back.HELD not in phone.session
    assert going_back.NAME not in page.headers.get("Location", "")


def test_a_wrong_code_for_a_key_leads_to_its_page_which_says_so_once(phone, joko):
    joko.set_password("sandi-joko-yang-panjang")
    joko.save()
    joko.confirm_email()
    phone.force_login(joko)
    phone.post(reverse("account_reauthenticate"), {"password": "sandi-joko-yang-panjang"})
    key = phone.get(reverse("mfa_activate_totp")).context["form"].secret

    sent = phone.post(reverse("mfa_activate_totp"), {"code": "000000"})

    assert (sent.status_code, sent.url) == (302, reverse("mfa_activate_totp"))
    page = phone.get(sent.url)
    assertContains(page, "Kode ini tidak cocok.")
    assert page.context["form"].secret == key
    assertNotContains(phone.get(sent.url), "Kode ini tidak cocok.")


def test_a_wrong_code_elsewhere_is_held_as_any_other_answer(phone, with_second_factor, joko):
    phone.force_login(with_second_factor(joko))

    sent = phone.post(reverse("mfa_reauthenticate"), {"code": "000000"})

    assert f"{going_back.NAME}=" in sent.url
    assertContains(phone.get(sent.url), "aria-invalid")


def test_where_somebody_is_no_session_and_no_browser_keeps(phone, client, places):
    for someone in (phone, client):
        page = someone.post(reverse("regions:nearest"), {"lat": "-0.561", "lng": "117.011"})
        assert page.status_code == 200
        assert "no-store" in page["Cache-Control"]
    assert going_back.HELD not in phone.session
