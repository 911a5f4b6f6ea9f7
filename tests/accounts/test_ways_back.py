"""From each page of the second factor, of the password and of the e-mail address one comes back to one's account."""

import time

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

OF_THE_ACCOUNT = ["mfa_index", "account_change_password", "account_email", "mfa_reauthenticate"]
PARTS = ["mfa_list_webauthn", "mfa_view_recovery_codes", "mfa_deactivate_totp", "mfa_generate_recovery_codes"]


@pytest.fixture
def own(client, joko, with_second_factor):
    joko.authenticator_set.create(type="recovery_codes", data={"seed": "", "used_mask": 0})
    joko.confirm_email()
    client.force_login(with_second_factor(joko))
    session = client.session  # that this is Joko was asked just now
    session["account_authentication_methods"] = [{"method": "mfa", "at": time.time(), "reauthenticated": True}]
    session["account_authentication_methods_user"] = str(joko.pk)
    session.save()
    return client


@pytest.mark.parametrize("name", [*OF_THE_ACCOUNT, *PARTS])
def test_each_leads_back_to_the_account(own, name):
    page = own.get(reverse(name))

    assert page.status_code == 200
    assert f'<li><a href="{reverse("own_account")}">' in page.text
    assert (f'<li><a href="{reverse("mfa_index")}">' in page.text) is (name in PARTS)


def test_an_officer_without_one_yet_is_led_nowhere_else(client, made):
    client.force_login(made)

    page = client.get(reverse("mfa_index"))

    assert page.status_code == 200
    assert f'href="{reverse("own_account")}"' not in page.text
