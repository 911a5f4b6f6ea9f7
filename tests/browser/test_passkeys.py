"""An officer proves who they are by a passkey, of a telephone that the browser only imitates."""

import pytest
from conftest import PASSWORD
from playwright.sync_api import expect

from browser.faults import faults_of

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def telephone(page, context):
    """What answers when the browser asks for a fingerprint."""
    session = context.new_cdp_session(page)
    session.send("WebAuthn.enable")
    facts = {"protocol": "ctap2", "transport": "internal", "hasUserVerification": True, "isUserVerified": True}
    options = facts | {"automaticPresenceSimulation": True}
    return session.send("WebAuthn.addVirtualAuthenticator", {"options": options})["authenticatorId"]


def test_a_passkey_is_added_and_opens_the_desk_without_a_code(page, context, sign_in, made, telephone):
    sign_in(made)
    page.goto("/akun/2fa/webauthn/add/")
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Lanjut").click()
    page.get_by_label("Nama kunci").fill("HP kantor")
    assert faults_of(page) == []
    page.get_by_role("button", name="Tambah kunci masuk").click()
    expect(page.get_by_role("heading", name="Kode pemulihan")).to_be_visible()

    page.goto("/akun/2fa/webauthn/")
    expect(page.get_by_text("HP kantor")).to_be_visible()
    assert faults_of(page) == []
    context.clear_cookies()
    page.goto("/akun/login/?next=/petugas/")
    page.get_by_label("Surel").fill(made.email)
    page.get_by_label("Kata sandi").fill(PASSWORD)
    page.get_by_role("button", name="Masuk").click()
    expect(page.get_by_role("heading", name="Pakai kunci masuk Anda")).to_be_visible()
    expect(page.get_by_text("aplikasi autentikator")).to_have_count(0)
    assert faults_of(page) == []
    page.get_by_role("button", name="Pakai kunci masuk").click()

    page.wait_for_url("**/petugas/")
    assert made.has_second_factor
