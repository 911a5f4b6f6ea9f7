"""The pages around the news, before there is any: choosing a place, what we say of ourselves, signing in, the desk."""

import pytest
from playwright.sync_api import expect

from browser.faults import faults_of, faulty

BEFORE_THE_FIRST_NEWS = ["/", "/kegiatan/", "/kim/", "/wilayah/64.02.02.2003-jembayan/"]
PLACES = [
    "/wilayah/",
    "/wilayah/?q=jembayan",
    "/wilayah/?q=atlantis",
    "/wilayah/?di=64.02.02",
    "/wilayah-saya/",
    "/wilayah-saya/?q=jembayan",
    "/wilayah-saya/?di=64.02.02",
]
ABOUT_US = ["/tentang/", "/privasi/", "/aksesibilitas/"]
FORMS = ["/akun/login/", "/akun/signup/", "/akun/password/reset/"]
DESK = ["/petugas/", "/petugas/communities/community/", "/petugas/activities/post/"]


@pytest.mark.parametrize(
    "addresses", [BEFORE_THE_FIRST_NEWS, PLACES, ABOUT_US, FORMS], ids=["empty", "places", "about", "forms"]
)
def test_a_page_around_the_news_is_for_everyone(page, places, addresses):
    assert faulty(page, addresses) == {}


def test_a_missing_page_is_for_everyone(page, complaints, places):
    assert page.goto("/tidak-ada/").status == 404

    assert faults_of(page) == []
    assert ["404" in told for told in complaints] == [True]
    complaints.clear()


def test_a_refused_form_is_for_everyone(page, places):
    for address in FORMS:
        page.goto(address)
        page.evaluate("document.querySelector('main form').noValidate = true")
        page.locator("main form button").click()

        expect(page.locator("input[aria-invalid=true]").first).to_have_css("border-top-width", "2px")
        assert faults_of(page) == []


def test_the_workspace_is_for_everyone(page, sign_in, siti, mekar):
    sign_in(siti)

    assert faulty(page, ["/ruang/", "/akun/logout/", "/akun/2fa/"]) == {}
    assert page.goto("/ruang/").url.endswith("/ruang/")


def test_the_desk_is_for_everyone(page, sign_in, made, make_post):
    make_post(status="submitted")
    made.authenticator_set.create(type="totp", data={"secret": ""})
    sign_in(made)

    assert faulty(page, DESK) == {}
    assert page.goto("/petugas/").url.endswith("/petugas/")
