"""The pages around the news, before there is any: choosing a place, what we say of ourselves, signing in, the desk."""

import pytest

from browser.faults import faults_of

PAGES = [
    "/",
    "/kegiatan/",
    "/kim/",
    "/wilayah/",
    "/wilayah/?q=jembayan",
    "/wilayah/?di=64.02.02",
    "/wilayah/64.02.02.2003-jembayan/",
    "/wilayah-saya/",
    "/wilayah-saya/?q=jembayan",
    "/wilayah-saya/?di=64.02.02",
    "/tentang/",
    "/privasi/",
    "/aksesibilitas/",
    "/akun/login/",
    "/akun/signup/",
    "/akun/password/reset/",
]


@pytest.mark.parametrize("address", PAGES)
def test_a_page_around_the_news_is_for_everyone(page, places, address):
    assert page.goto(address).status == 200

    assert faults_of(page) == []


def test_a_missing_page_is_for_everyone(page, complaints, places):
    assert page.goto("/tidak-ada/").status == 404

    assert faults_of(page) == []
    assert ["404" in told for told in complaints] == [True]
    complaints.clear()


@pytest.mark.parametrize("address", ["/akun/login/", "/akun/signup/", "/akun/password/reset/"])
def test_a_refused_form_is_for_everyone(page, places, address):
    page.goto(address)
    page.evaluate("document.querySelector('main form').noValidate = true")
    page.locator("main form button").click()

    assert page.locator("[aria-invalid=true]").count() > 0
    assert faults_of(page) == []


def test_the_workspace_is_for_everyone(page, sign_in, siti, mekar):
    sign_in(siti)

    page.goto("/ruang/")

    assert page.get_by_role("link", name="KIM Mekar").is_visible()
    assert faults_of(page) == []


@pytest.mark.parametrize("address", ["/petugas/", "/petugas/communities/community/", "/petugas/activities/post/"])
def test_the_desk_is_for_everyone(page, sign_in, made, make_post, address):
    make_post()
    made.authenticator_set.create(type="totp", data={"secret": ""})
    sign_in(made)

    page.goto(address)

    assert page.url.endswith(address)
    assert faults_of(page) == []
