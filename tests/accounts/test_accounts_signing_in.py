"""Signing up, in and again: by e-mail, with codes, and without telling anyone who has an account."""

import base64
import hmac
import re
import time

import pytest
from allauth.account.adapter import get_adapter
from allauth.core.context import request_context
from allauth.mfa.adapter import get_adapter as get_factor_adapter
from django.conf import settings
from django.contrib.messages import get_messages
from django.core import mail
from django.core.cache import cache
from django.db.models import F
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from accounts.models import User

PASSWORD = "panen-raya-2026"

pytestmark = pytest.mark.django_db
# allauth tells of a second factor once it is committed.
committed = pytest.mark.django_db(transaction=True)


@pytest.fixture(autouse=True)
def fast_passwords(settings):
    settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
    cache.clear()


@pytest.fixture
def siti():
    user = User.objects.create_user("siti@kim.example", PASSWORD, name="Siti Aminah")
    user.confirm_email()
    return user


def sign_up(client, email, name="Rina Wati"):
    return client.post(reverse("account_signup"), {"name": name, "email": email, "password1": PASSWORD})


def sign_in(client, email="siti@kim.example", password=PASSWORD, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password, **more})


def code_in(message):
    return re.search(r"\d{4}-\d{4}", message.body)[0]


def test_who_signs_up_confirms_the_address_by_code_and_is_in(client):
    answer = sign_up(client, "rina@desa.example")
    assert answer.url == reverse("account_email_verification_sent")
    code = code_in(mail.outbox[0])
    answer = client.post(answer.url, {"code": code})

    assert answer.url == reverse("workspace")
    rina = User.objects.get(email="rina@desa.example")
    assert rina.name == "Rina Wati"
    assert rina.emailaddress_set.get().verified
    assert client.get(reverse("workspace")).status_code == 200


def test_without_the_code_nobody_is_in(client):
    sign_up(client, "rina@desa.example")

    answer = client.post(reverse("account_email_verification_sent"), {"code": "0000-0000"})

    assert "Kode ini tidak cocok" in answer.text
    assert client.get(reverse("workspace")).status_code == 302


def without_names(html):
    """The page without what differs between any two visits, or between any two addresses."""
    return re.sub(r'\S+@\S+\.example|name="csrfmiddlewaretoken" value="\w+"|nonce="[^"]*"', "", html)


def test_signing_up_answers_the_same_for_a_known_address(siti):
    guests = [Client(), Client()]
    new, known = sign_up(guests[0], "rina@desa.example"), sign_up(guests[1], "siti@kim.example")

    assert (new.status_code, new.url) == (known.status_code, known.url)
    assert without_names(guests[0].get(new.url).text) == without_names(guests[1].get(known.url).text)
    assert [message.to for message in mail.outbox] == [["rina@desa.example"], ["siti@kim.example"]]
    assert User.objects.filter(email="siti@kim.example").count() == 1


@pytest.mark.parametrize("name", ["", "x" * 121, "Siti\r\nBcc: a@b.example", "\u202eitis", "<b>Siti</b>", "Siti\x00"])
def test_a_name_that_cannot_be_is_refused_beside_its_field(client, name):
    answer = sign_up(client, "rina@desa.example", name=name)

    assert answer.status_code == 200
    assert answer.context["form"].errors.keys() == {"name"}
    assert not User.objects.exists()
    assert "rina@desa.example" in answer.text, "what was typed is still there"


def test_signing_in_says_the_same_for_a_wrong_password_and_an_unknown_address(client, siti):
    wrong, unknown = sign_in(client, password="salah-sekali"), sign_in(client, email="siapa@desa.example")

    assert wrong.context["form"].errors == unknown.context["form"].errors
    assert "Surel atau kata sandi tidak cocok" in wrong.text


def test_next_leads_only_to_ourselves(client, siti):
    inside = sign_in(client, next=reverse("privacy"))
    client.logout()
    outside = sign_in(client, next="https://jahat.example/")

    assert inside.url == reverse("privacy")
    assert outside.url == reverse("workspace")


def test_a_suspended_person_is_not_let_in(client, siti):
    User.objects.filter(pk=siti.pk).update(is_active=False)

    answer = sign_in(client)

    assert "_auth_user_id" not in client.session
    assert "dinonaktifkan" in client.get(answer.url).text


def test_guessing_passwords_ends_soon_whichever_worker_answers(client, siti):
    answers = [sign_in(client, password=f"tebakan-{number}").text for number in range(6)]

    assert "tidak cocok" in answers[0]
    assert "Terlalu banyak percobaan" in answers[-1]
    assert "Terlalu banyak percobaan" in sign_in(client).text, "the right one comes too late"


@pytest.mark.parametrize(("page", "known"), [("signup", True), ("signup", False), ("reset_password", False)])
def test_nobody_fills_the_mailbox_of_a_stranger(siti, settings, page, known):
    settings.ACCOUNT_RATE_LIMITS = False
    email = siti.email if known else "rina@desa.example"
    asked = {"email": email, "name": "Rina Wati", "password1": PASSWORD}

    def ask(ip, times):
        return [Client(REMOTE_ADDR=ip).post(reverse(f"account_{page}"), asked, follow=True) for _time in range(times)]

    answers = ask("10.0.0.1", 7)
    assert len(mail.outbox) == 5
    assert "sudah banyak surel" in answers[-1].text
    assert "sudah banyak surel" not in answers[0].text
    for ip in ("10.0.0.2", "10.0.0.3", "10.0.0.4"):
        ask(ip, 3)
    assert len(mail.outbox) == 10
    assert sign_up(Client(REMOTE_ADDR="10.0.0.1"), "lain@desa.example").status_code == 302
    assert len(mail.outbox) == 11, "others behind the same IP address are written to"


def test_a_forgotten_password_is_made_anew_by_code(client, siti):
    answer = client.post(reverse("account_reset_password"), {"email": "siti@kim.example"})
    answer = client.post(answer.url, {"code": code_in(mail.outbox[0])})
    answer = client.post(answer.url, {"password1": "sawah-hijau-7", "password2": "sawah-hijau-7"}, follow=True)

    siti.refresh_from_db()
    assert siti.check_password("sawah-hijau-7")
    assert "Kata sandi baru sudah berlaku" in answer.text
    assert "_auth_user_id" not in client.session, "the new password is asked for at once"


def test_who_made_the_password_anew_is_let_in_whatever_was_guessed_before(client, siti):
    for number in range(6):
        assert sign_in(client, password=f"tebakan-{number}")
    answer = client.post(reverse("account_reset_password"), {"email": siti.email})
    answer = client.post(answer.url, {"code": code_in(mail.outbox[0])})
    client.post(answer.url, {"password1": "sawah-hijau-7", "password2": "sawah-hijau-7"})

    assert sign_in(client, password="sawah-hijau-7").url == reverse("workspace")


def test_resetting_answers_the_same_for_an_unknown_address(siti):
    known = Client().post(reverse("account_reset_password"), {"email": "siti@kim.example"}, follow=True)
    unknown = Client().post(reverse("account_reset_password"), {"email": "siapa@desa.example"}, follow=True)

    assert known.redirect_chain == unknown.redirect_chain
    assert without_names(known.text) == without_names(unknown.text)
    assert len(mail.outbox) == 2


def test_three_wrong_codes_end_a_reset(client, siti):
    confirm = client.post(reverse("account_reset_password"), {"email": "siti@kim.example"}).url

    for _attempt in range(3):
        answer = client.post(confirm, {"code": "0000-0000"})

    assert answer.url == reverse("account_login")
    answer = client.post(confirm, {"code": code_in(mail.outbox[0])})
    assert answer.url == reverse("account_login")


def code_on_the_phone(secret):
    """What an authenticator shows (RFC 6238); half a minute ago, as on a phone whose clock is slow."""
    digest = hmac.digest(base64.b32decode(secret), int(time.time() // 30 - 1).to_bytes(8), "sha1")
    offset = digest[-1] & 15
    number = int.from_bytes(digest[offset : offset + 4]) & 0x7FFFFFFF
    return f"{number % 10**6:06}"


def browser_of(person):
    browser = Client()
    browser.force_login(person)
    return browser


def activate_second_factor(client, password=PASSWORD):
    client.post(reverse("account_reauthenticate"), {"password": password})
    page = client.get(reverse("mfa_activate_totp"))
    return client.post(reverse("mfa_activate_totp"), {"code": code_on_the_phone(page.context["form"].secret)})


@pytest.mark.parametrize("email", ["rina@desa.example", "siti@kim.example"])
def test_with_the_mail_server_away_signing_up_says_so_and_goes_on(client, siti, settings, email):
    away = {"BACKEND": "accounts.letters.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 9}}
    settings.MAILERS = {"default": away}

    answer = client.post(
        reverse("account_signup"), {"name": "Rina", "email": email, "password1": PASSWORD}, follow=True
    )

    assert answer.redirect_chain[-1][0] == reverse("account_email_verification_sent")
    assert "Surel belum dapat dikirim" in answer.text


def test_with_the_mail_server_away_a_forgotten_password_is_not_a_fault(client, siti, settings):
    away = {"BACKEND": "accounts.letters.EmailBackend", "OPTIONS": {"host": "127.0.0.1", "port": 9}}
    settings.MAILERS = {"default": away}

    answer = client.post(reverse("account_reset_password"), {"email": siti.email}, follow=True)

    assert answer.status_code == 200
    assert "Surel belum dapat dikirim" in answer.text


@committed
def test_a_second_factor_is_asked_for_after_the_password(client, siti):
    client.force_login(siti)
    answer = activate_second_factor(client)
    assert answer.url == reverse("mfa_view_recovery_codes")
    codes = client.get(answer.url).context["unused_codes"]
    client.post(reverse("account_logout"))

    answer = sign_in(client)
    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert client.get(reverse("workspace")).status_code == 302, "the password alone opens nothing"
    wrong = client.post(answer.url, {"code": "000000"})
    right = client.post(answer.url, {"code": codes[0]})

    assert "Kode ini tidak cocok" in wrong.text
    assert right.url == reverse("workspace")
    assert client.get(reverse("workspace")).status_code == 200
    assert siti.has_second_factor


@pytest.mark.parametrize(("is_of_a_kim", "begins_at"), [(False, "admin:index"), (True, "workspace")])
def test_an_officer_begins_at_the_desk_unless_a_kim_is_theirs_too(client, made, mekar, is_of_a_kim, begins_at):
    made.set_password(PASSWORD)
    made.save()
    made.confirm_email()
    key = base64.b32encode(bytes(20)).decode()
    made.authenticator_set.create(type="totp", data={"secret": get_factor_adapter().encrypt(key)})
    if is_of_a_kim:
        mekar.memberships.create(user=made, name=made.name)

    answer = sign_in(client, email=made.email)
    right = client.post(answer.url, {"code": code_on_the_phone(key)})

    assert answer.url.startswith(reverse("mfa_authenticate"))
    assert right.url == reverse(begins_at)
    assert client.get(right.url).status_code == 200


@committed
def test_an_officer_goes_on_to_the_desk_from_the_recovery_codes(client, made):
    made.set_password(PASSWORD)
    made.save()
    client.force_login(made)

    answer = activate_second_factor(client)

    assert ">Meja petugas</a>" in client.get(answer.url).text


def test_an_officer_without_a_second_factor_is_led_to_it_from_the_desk(client, made):
    made.set_password(PASSWORD)
    made.save()
    made.confirm_email()

    answer = sign_in(client, email=made.email)

    assert answer.url == reverse("admin:index")
    assert client.get(answer.url).url == reverse("mfa_activate_totp")


def test_a_page_that_is_read_again_shows_the_key_that_the_app_has(client, siti):
    client.force_login(siti)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    key = client.get(reverse("mfa_activate_totp")).context["form"].secret
    again = client.get(reverse("mfa_activate_totp"))
    wrong = client.post(reverse("mfa_activate_totp"), {"code": "000000"})
    assert again.context["form"].secret == wrong.context["form"].secret == key
    assert "setel jam ponsel Anda ke otomatis" in wrong.text

    client.post(reverse("mfa_activate_totp"), {"code": code_on_the_phone(key)})

    assert siti.has_second_factor
    assert key not in repr([*client.session.items()]), "once it was used it is nobody's"


@committed
def test_whatever_changes_the_second_factor_ends_all_sessions_but_the_one_it_was_done_in(client, siti):
    own_page, others = reverse("own_account"), User.objects.create_user("joko@kim.example", PASSWORD, name="Joko")
    stranger = browser_of(others)

    def is_the_only_one_left(phone):
        return [browser.get(own_page).status_code for browser in (client, phone, stranger)] == [200, 302, 200]

    client.force_login(siti)
    phone = browser_of(siti)
    activate_second_factor(client)
    assert is_the_only_one_left(phone), "an app was added"

    phone = browser_of(User.objects.get(pk=siti.pk))
    client.post(reverse("mfa_generate_recovery_codes"))
    assert is_the_only_one_left(phone), "the recovery codes are others"

    phone = browser_of(User.objects.get(pk=siti.pk))
    client.post(reverse("mfa_deactivate_totp"))
    assert not siti.has_second_factor
    assert is_the_only_one_left(phone), "the app was removed"

    phone, new = browser_of(User.objects.get(pk=siti.pk)), "musim-tanam-2027"
    client.post(reverse("account_change_password"), {"oldpassword": PASSWORD, "password1": new, "password2": new})
    assert is_the_only_one_left(phone), "the password is another"


@committed
def test_a_recovery_code_that_is_used_ends_no_session(client, siti):
    client.force_login(siti)
    activate_second_factor(client)
    codes = client.get(reverse("mfa_view_recovery_codes")).context["unused_codes"]

    elsewhere = Client()
    elsewhere.post(sign_in(elsewhere).url, {"code": codes[0]})

    assert elsewhere.get(reverse("own_account")).status_code == 200
    assert client.get(reverse("own_account")).status_code == 200


def test_a_second_factor_that_an_operator_takes_away_ends_all_sessions(client, siti):
    factor = siti.authenticator_set.create(type="totp", data={"secret": ""})
    old_copy = User.objects.get(pk=siti.pk)
    client.force_login(old_copy)

    factor.delete()
    old_copy.save()

    assert client.get(reverse("own_account")).status_code == 302


@committed
def test_the_password_alone_does_not_switch_the_second_factor_off(client, siti):
    client.force_login(siti)
    activate_second_factor(client)
    session = client.session
    session.pop("account_authentication_methods")
    session.save()

    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    answer = client.post(reverse("mfa_deactivate_totp"))

    assert answer.url.startswith(reverse("mfa_reauthenticate"))
    assert siti.has_second_factor


BROKEN = ["", "{", "[]", "1", "null", '"abc"', "{}", '{"response": {}}', '{"id": 5, "rawId": "-"}', "\x00"]


@pytest.mark.parametrize("sent", BROKEN)
def test_what_is_no_answer_of_a_passkey_is_refused_in_words(client, siti, sent):
    client.force_login(siti)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})
    client.get(reverse("mfa_add_webauthn"))

    answer = client.post(reverse("mfa_add_webauthn"), {"name": "HP", "credential": sent})

    assert answer.status_code == 200
    assert "errorlist" in answer.text
    assert not siti.has_second_factor


@pytest.mark.parametrize("sent", [*BROKEN, '{"id": "YQ", "rawId": "YQ", "response": {}}'])
def test_a_made_up_passkey_opens_nothing(client, siti, sent):
    siti.authenticator_set.create(type="totp", data={"secret": ""})
    answer = sign_in(client)

    refused = client.post(answer.url, {"credential": sent})

    assert refused.status_code == 200
    assert client.get(reverse("workspace")).status_code == 302


def test_enrolment_asks_who_is_there_once_more(client, siti):
    client.force_login(siti)

    answer = client.get(reverse("mfa_activate_totp"))

    assert answer.url.startswith(reverse("account_reauthenticate"))
    assert not siti.has_second_factor


ENGLISH = re.compile(
    r"\b(sign|signed|email|e-mail|password|code|your|please|enter|the|account|confirm|address|submit|change|remove)\b",
    re.IGNORECASE,
)


def words_of(html):
    html = re.sub(r"<(script|style|title|svg)\b.*?</\1>", " ", html, flags=re.DOTALL | re.IGNORECASE)
    return re.sub(r"<[^>]+>|\S+@\S+", " ", html)


GUEST_PAGES = ["account_login", "account_signup", "account_reset_password", "account_inactive"]
OWN_PAGES = [
    "account_email",
    "account_change_password",
    "account_logout",
    "account_reauthenticate",
    "mfa_index",
    "mfa_activate_totp",
]


@pytest.mark.parametrize("name", GUEST_PAGES)
def test_pages_for_guests_speak_indonesian_and_are_kept_by_nobody(client, name):
    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert not ENGLISH.findall(words_of(answer.text))
    assert "no-store" in answer["Cache-Control"]
    assert "private" in answer["Cache-Control"]


@pytest.mark.parametrize("name", OWN_PAGES)
def test_pages_of_an_account_speak_indonesian_and_are_kept_by_nobody(client, siti, name):
    sign_in(client)
    client.post(reverse("account_reauthenticate"), {"password": PASSWORD})

    answer = client.get(reverse(name))

    assert answer.status_code == 200
    assert not ENGLISH.findall(words_of(answer.text))
    assert "no-store" in answer["Cache-Control"]


def test_mistakes_on_the_forms_are_explained_in_indonesian(client, siti):
    answers = [
        sign_up(client, "bukan surel"),
        client.post(reverse("account_signup"), {"name": "Rina", "email": "rina@desa.example", "password1": "123"}),
        client.post(reverse("account_reset_password"), {"email": ""}),
    ]
    sign_in(client)
    answers += [
        client.post(reverse("account_change_password"), {"oldpassword": "x", "password1": "abcdefg", "password2": "y"}),
        client.post(reverse("account_email"), {"email": "siti@kim.example", "action_add": ""}),
    ]

    for answer in answers:
        assert "errorlist" in answer.text
        assert not ENGLISH.findall(words_of(answer.text))


EVERY_MAIL = sorted(
    f"{path.parent.parent.name}/email/{path.name.removesuffix('_message.txt')}"
    for path in (settings.BASE_DIR / "templates").glob("*/email/*_message.txt")
    if not path.name.startswith("base_")
)


@pytest.mark.parametrize("name", EVERY_MAIL)
def test_mail_is_indonesian_from_subject_to_signature(rf, siti, name):
    facts = {"code": "1234-5678", "ip": "192.0.2.7", "timestamp": timezone.now(), "email": siti.email}
    with request_context(rf.get("/")):
        get_adapter().send_mail(name, siti.email, facts)

    [message] = mail.outbox
    assert message.subject.startswith("Portal KIM: ")
    assert message.body.startswith("Salam dari Portal KIM.")
    assert not ENGLISH.findall(re.sub(r"\S+@\S+|https?://\S+", "", message.subject + message.body))
    assert "Siti" not in message.body, "no word that a stranger may have typed"


def test_a_welcome_calls_the_person_by_the_first_name(client, siti):
    answer = sign_in(client)

    assert [str(message) for message in get_messages(answer.wsgi_request)] == ["Selamat datang, Siti."]


# Begun before, finished after -----------------------------------------------------------------------------------------


def changed_password(user):
    user.set_password("musim-tanam-2027")
    user.save()


def changed_email(user):
    User.objects.filter(pk=user.pk).update(email="siti@baru.example")


def signed_out_everywhere(user):
    User.objects.filter(pk=user.pk).update(sessions_ended=F("sessions_ended") + 1)


def disabled_for_a_while(user):
    for is_active in (False, True):
        User.objects.filter(pk=user.pk).update(is_active=is_active)


def another_second_factor(user):
    user.authenticator_set.create(type="webauthn", data={})


CHANGES = [changed_password, changed_email, signed_out_everywhere, disabled_for_a_while, another_second_factor]


@pytest.mark.parametrize("change", CHANGES)
def test_a_password_that_was_asked_for_a_second_factor_is_no_half_way_in_after_a_change(client, siti, change):
    code = "48151623"
    siti.authenticator_set.create(type="totp", data={"secret": ""})
    siti.authenticator_set.create(type="recovery_codes", data={"migrated_codes": [get_factor_adapter().encrypt(code)]})
    second = sign_in(client).url
    change(User.objects.get(pk=siti.pk))

    answer = client.post(second, {"code": code}, follow=True)

    assert "_auth_user_id" not in client.session
    assert answer.redirect_chain[-1][0] == reverse("account_login")
    assert "Masuklah sekali lagi" in answer.text
    assert client.get(second).url == reverse("account_login"), "nor by the next code"


@pytest.mark.parametrize("change", CHANGES)
@pytest.mark.parametrize("is_confirmed", [False, True])
def test_a_code_for_a_new_password_ends_with_what_it_was_asked_for(client, siti, change, is_confirmed):
    confirm = client.post(reverse("account_reset_password"), {"email": siti.email}).url
    complete = reverse("account_complete_password_reset")
    if is_confirmed:
        client.post(confirm, {"code": code_in(mail.outbox[0])})
    change(User.objects.get(pk=siti.pk))

    client.post(confirm, {"code": code_in(mail.outbox[0])})
    answer = client.post(complete, {"password1": "sawah-hijau-7", "password2": "sawah-hijau-7"})

    assert "Minta kode baru" in answer.text
    assert not User.objects.get(pk=siti.pk).check_password("sawah-hijau-7")


def test_of_two_codes_for_a_new_password_the_one_used_first_ends_the_other(siti):
    phone, office = Client(), Client()
    for browser in (phone, office):
        confirm = browser.post(reverse("account_reset_password"), {"email": siti.email}).url
        browser.post(confirm, {"code": code_in(mail.outbox[-1])})
    answers = [
        browser.post(reverse("account_complete_password_reset"), {"password1": word, "password2": word})
        for browser, word in ((phone, "sawah-hijau-7"), (office, "ladang-kering-8"), (phone, "kebun-teh-9"))
    ]

    assert User.objects.get(pk=siti.pk).check_password("sawah-hijau-7")
    assert "Minta kode baru" in answers[1].text
    assert answers[2].url == reverse("account_reset_password"), "a code is of one password"
