"""Back leads to the page that answered what was sent, and never to the browser's own error."""

import pytest
from django.urls import reverse
from playwright.sync_api import expect

SENTENCE = "Menurut saya ini tidak benar."


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def page_of(request, new_context, base_url, client, with_second_factor):
    """The browser of a person, or of nobody."""

    def open_for(user):
        context = new_context(java_script_enabled=request.param)
        if user:
            client.force_login(with_second_factor(user) if user.assignments.exists() else user)
            for name, morsel in client.cookies.items():
                context.add_cookies([{"name": name, "value": morsel.value, "url": base_url}])
        return context.new_page()

    return open_for


def leave_and_go_back(page):
    page.goto("/tentang/")
    page.go_back()


@pytest.mark.parametrize("is_known", [False, True])
def test_to_a_refused_report(page_of, make_post, joko, is_known):
    page = page_of(joko if is_known else None)
    page.goto(f"/lapor/kegiatan/{make_post().pk}/")
    page.locator("[name=text]").fill(SENTENCE)
    page.evaluate("document.querySelector('form.form, main form').submit()")  # past the script that keeps it
    expect(page.locator("[aria-invalid=true]").first).to_be_visible()

    leave_and_go_back(page)

    expect(page.locator("[aria-invalid=true]").first).to_be_visible()
    expect(page.locator("[name=text]")).to_have_value(SENTENCE)


def test_to_a_refused_reason_for_taking_a_post_down(page_of, make_post, siti):
    post, page = make_post(author=siti), page_of(siti)
    page.goto(f"/ruang/kegiatan/{post.pk}/turunkan/")
    page.get_by_label("Alasan").fill("...")
    page.get_by_role("button", name="Ya, tarik dari portal").click()
    expect(page.get_by_label("Alasan")).to_have_value("...")
    page.get_by_label("Alasan").fill("Salah tanggal.")
    page.get_by_role("button", name="Ya, tarik dari portal").click()
    expect(page.get_by_text("Kegiatan tidak tampil lagi di portal.")).to_be_visible()

    page.go_back()

    expect(page.get_by_role("heading", name="Tarik dari portal?")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Ya, tarik dari portal").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(post.title)


def test_to_what_is_asked_before_drafts_are_thrown_away(page_of, make_post, siti):
    make_post("Draf lama", status="draft", author=siti)
    page = page_of(siti)
    page.goto("/ruang/kegiatan/")
    page.locator("[name=post]").first.check()
    page.get_by_role("button", name="Buang").first.click()
    expect(page.get_by_role("heading", name="Buang 1 draf?")).to_be_visible()

    leave_and_go_back(page)

    expect(page.get_by_role("heading", name="Buang 1 draf?")).to_be_visible()


def test_to_a_reason_for_many_posts_at_the_desk(page_of, make_post, made):
    make_post("Satu", status="submitted")
    page = page_of(made)
    page.goto("/petugas/activities/post/")
    page.locator("[name=_selected_action]").first.check()
    page.locator("select[name=action]").select_option("reject_many")
    page.get_by_role("button", name="Jalankan").click()
    page.locator("[name=note]").fill("Bukan kegiatan KIM.")
    page.locator("main form [type=submit], main form button").last.click()
    expect(page.get_by_text("Pilih alasannya.")).to_be_visible()

    leave_and_go_back(page)

    expect(page.get_by_text("Pilih alasannya.")).to_be_visible()
    expect(page.locator("[name=note]")).to_have_value("Bukan kegiatan KIM.")


def test_to_a_wrong_password(page_of, joko):
    page = page_of(None)
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill("joko@contoh.id")
    page.locator("[name=password]").fill("salah sekali")
    page.locator("main form button").first.click()
    expect(page.locator("main .errorlist").first).to_be_visible()

    leave_and_go_back(page)

    expect(page.locator("main .errorlist").first).to_be_visible()
    expect(page.locator("[name=login]")).to_have_value("joko@contoh.id")
    expect(page.locator("[name=password]")).to_have_value("")


@pytest.mark.parametrize("page_of", [True], indirect=True)
def test_to_an_invitation_that_was_typed_and_no_form_besides_remembers_it(page_of, mekar, siti):
    page = page_of(siti)
    page.goto(reverse("communities:member_invite", args=[mekar.slug]))
    page.locator("[name=name]").fill("Bu Wati")
    page.locator("[name=email]").fill("wati@contoh.id")

    leave_and_go_back(page)

    expect(page.locator("[name=email]")).to_have_value("wati@contoh.id")
    expect(page.locator("[name=email]")).to_have_attribute("autocomplete", "off")
    page.goto(reverse("communities:member_invite", args=[mekar.slug]))
    expect(page.locator("[name=email]")).to_have_value("")


PASSWORD = "sandi-joko-yang-panjang"


@pytest.fixture
def joko_with_password(joko):
    joko.set_password(PASSWORD)
    joko.save()
    joko.confirm_email()
    return joko


def type_wrong_code(page):
    page.locator("[name=code]").fill("000000")
    page.locator("form:has([name=code]) button").first.click()
    expect(page.locator("main .errorlist").first).to_be_visible()


def test_to_a_wrong_code_of_who_signs_in(page_of, joko_with_password, with_second_factor):
    with_second_factor(joko_with_password)
    page = page_of(None)
    page.goto(reverse("account_login"))
    page.locator("[name=login]").fill(joko_with_password.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.locator("main form button").first.click()
    expect(page.get_by_role("heading", name="Masukkan kode autentikator")).to_be_visible()
    type_wrong_code(page)

    leave_and_go_back(page)

    expect(page.get_by_role("heading", name="Masukkan kode autentikator")).to_be_visible()
    type_wrong_code(page)


def test_to_a_wrong_code_that_is_asked_once_more(page_of, joko, with_second_factor):
    with_second_factor(joko)
    page = page_of(joko)
    page.goto(reverse("mfa_reauthenticate"))
    type_wrong_code(page)

    leave_and_go_back(page)

    expect(page.locator("main .errorlist").first).to_be_visible()
    type_wrong_code(page)


def test_to_a_wrong_code_of_an_app_that_is_brought_along(page_of, joko_with_password):
    page = page_of(joko_with_password)
    page.goto(reverse("mfa_activate_totp"))
    if page.locator("[name=password]").count():
        page.locator("[name=password]").fill(PASSWORD)
        page.locator("main form button").first.click()
    key = page.locator("code").inner_text()
    type_wrong_code(page)
    assert page.locator("code").inner_text() == key

    leave_and_go_back(page)

    expect(page.locator("code")).to_have_text(key)
    type_wrong_code(page)
