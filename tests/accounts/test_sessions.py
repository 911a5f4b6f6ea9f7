"""How long somebody stays signed in, what ends it, and whom a stranger's wrong passwords keep out."""

from datetime import timedelta
from importlib import import_module

import pytest
from django.apps import apps
from django.conf import settings
from django.contrib.sessions.models import Session as FormerSession
from django.core.cache import cache
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import reverse
from django.utils import timezone

from accounts import browsers, devices
from accounts.models import AuditEntry, Endpoint, Session, User
from activities.models import Chat
from tests.conftest import PASSWORD, make_officer

pytestmark = pytest.mark.django_db
OWN_PAGE = "/ruang/"


@pytest.fixture(autouse=True)
def nothing_counted(db):
    cache.clear()


def browser_of(person):
    client = Client()
    client.force_login(person)
    return client


def is_signed_in(client, page=OWN_PAGE):
    return client.get(page).status_code == 200


def guess(client, email, password, **more):
    return client.post(reverse("account_login"), {"login": email, "password": password}, **more)


def is_kept_out(answer):
    return "Terlalu banyak percobaan" in answer.text


# How long -------------------------------------------------------------------------------------------------------------


def test_an_officer_works_a_day_and_signs_in_again(made, with_second_factor, time_machine):
    browser = browser_of(with_second_factor(made))
    assert is_signed_in(browser, "/petugas/")
    morning = timezone.now()

    time_machine.move_to(morning + timedelta(hours=9, minutes=50))
    assert is_signed_in(browser, "/petugas/"), "no page begins the day anew"
    time_machine.move_to(morning + timedelta(hours=10, minutes=1))

    assert not is_signed_in(browser, "/petugas/")
    assert not is_signed_in(browser), "nor is any other page of theirs open"
    assert "_auth_user_id" not in browser.session


def test_who_becomes_an_officer_while_signed_in_works_a_day_from_then(siti, places, with_second_factor, time_machine):
    browser = browser_of(with_second_factor(siti))
    siti.assignments.create(region=places["64.02"], letter_number="1/2026", duties=["moderation"])
    assert is_signed_in(browser)

    time_machine.move_to(timezone.now() + timedelta(hours=11))

    assert not is_signed_in(browser)


def test_a_member_stays_signed_in_for_days(siti, time_machine):
    browser = browser_of(siti)
    assert is_signed_in(browser)

    time_machine.move_to(timezone.now() + timedelta(days=5))

    assert is_signed_in(browser)


def test_what_a_browser_holds_in_which_nobody_is_signed_in_is_gone_after_a_day(siti):
    forgot, signed_in = Client(), browser_of(siti)
    forgot.post(reverse("account_reset_password"), {"email": siti.email})
    left = Session.objects.get(user=None)
    assert siti.email in str(left.get_decoded())

    assert timezone.now() < left.expire_date <= timezone.now() + timedelta(days=1)
    assert Session.objects.get(user=siti).expire_date > timezone.now() + timedelta(days=13)
    assert is_signed_in(signed_in)


def disable(user):
    User.objects.filter(pk=user.pk).update(is_active=False)


def enable(user):
    User.objects.filter(pk=user.pk).update(is_active=True)


def test_the_sessions_of_a_disabled_account_do_not_come_back_with_it(siti):
    phone, unused = browser_of(siti), browser_of(siti)
    disable(siti)
    assert not is_signed_in(phone)

    enable(siti)

    assert not is_signed_in(phone)
    assert not is_signed_in(unused), "nor one that nobody used meanwhile"
    assert is_signed_in(browser_of(User.objects.get(pk=siti.pk)))


def test_not_even_an_old_copy_of_the_row_brings_sessions_back(siti):
    phone, old_copy = browser_of(siti), User.objects.get(pk=siti.pk)
    disable(siti)

    old_copy.save()

    assert User.objects.get(pk=siti.pk).is_active
    assert not is_signed_in(phone)


def test_what_an_officer_corrects_in_an_account_ends_no_session(siti):
    phone = browser_of(siti)

    User.objects.filter(pk=siti.pk).update(name="Siti Aminah")

    assert is_signed_in(phone)


# Wrong passwords ------------------------------------------------------------------------------------------------------


def test_a_stranger_elsewhere_does_not_keep_the_owner_out(made):
    made.confirm_email()
    for number in range(8):
        answer = guess(Client(), made.email, f"tebakan-{number}", REMOTE_ADDR="203.0.113.9")
    assert is_kept_out(answer)

    assert guess(Client(), made.email, PASSWORD, REMOTE_ADDR="198.51.100.7").url


def test_from_one_address_one_account_is_soon_guessed_no_more(made, joko):
    answers = [guess(Client(), made.email, f"tebakan-{number}") for number in range(6)]
    assert [is_kept_out(answer) for answer in answers] == [False] * 5 + [True]

    assert is_kept_out(guess(Client(), made.email, PASSWORD)), "not even rightly"


def test_who_mistypes_at_an_office_keeps_nobody_else_there_out(made, siti, joko):
    siti.confirm_email()
    for email in (made.email, joko.email, "rina@contoh.id"):
        for number in range(5):
            guess(Client(), email, f"tebakan-{number}")
    hammered = [guess(Client(), made.email, f"lagi-{number}") for number in range(60)]

    assert [is_kept_out(answer) for answer in hammered] == [True] * 60
    assert guess(Client(), siti.email, PASSWORD).url


def test_from_many_addresses_one_account_is_guessed_no_more_either(made):
    answers = [
        guess(Client(), made.email, f"tebakan-{number}", REMOTE_ADDR=f"203.0.113.{number}") for number in range(31)
    ]

    assert [is_kept_out(answer) for answer in answers] == [False] * 30 + [True]
    assert is_kept_out(guess(Client(), made.email, PASSWORD, REMOTE_ADDR="192.0.2.200"))


def test_a_guess_is_forgiven_when_its_time_is_over_and_no_sooner(made, time_machine):
    made.confirm_email()
    noon = timezone.now()
    for minute in range(5):
        time_machine.move_to(noon + timedelta(minutes=minute), tick=False)
        assert not is_kept_out(guess(Client(), made.email, f"tebakan-{minute}"))

    assert is_kept_out(guess(Client(), made.email, PASSWORD))
    time_machine.move_to(noon + timedelta(minutes=5, seconds=1), tick=False)
    assert not is_kept_out(guess(Client(), made.email, "tebakan-5"))
    assert is_kept_out(guess(Client(), made.email, PASSWORD)), "only the first of them was over"


def test_who_signs_in_rightly_again_and_again_is_not_counted(made):
    made.confirm_email()

    assert all(guess(Client(), made.email, PASSWORD).url for _time in range(12))


def test_one_network_of_a_subscriber_guesses_no_more_than_one_address(made):
    answers = [guess(Client(), made.email, f"{number}", REMOTE_ADDR=f"2001:db8::{number}") for number in range(6)]
    assert [is_kept_out(answer) for answer in answers] == [False] * 5 + [True]

    assert not is_kept_out(guess(Client(), made.email, "6", REMOTE_ADDR="2001:db8:0:1::6"))


def attack(email):
    """As many strangers as it takes until nobody new gets in, one of them in the same office."""
    for number in range(31):
        guess(Client(), email, f"tebakan-{number}", REMOTE_ADDR=f"203.0.113.{number}")
    for number in range(11):
        guess(Client(), email, f"tebakan-{number}", REMOTE_ADDR="198.51.100.7")


def test_on_a_device_of_theirs_the_owner_gets_in_whatever_strangers_do(made):
    made.confirm_email()
    own = Client(REMOTE_ADDR="198.51.100.7")
    assert guess(own, made.email, PASSWORD).url
    own.post(reverse("account_logout"))
    attack(made.email)
    assert is_kept_out(guess(Client(REMOTE_ADDR="198.51.100.7"), made.email, PASSWORD))

    assert guess(own, made.email, PASSWORD).url


def test_on_a_known_device_guessing_ends_as_soon(siti):
    siti.confirm_email()
    own = Client()
    guess(own, siti.email, PASSWORD)
    own.post(reverse("account_logout"))

    answers = [guess(own, siti.email, f"tebakan-{number}") for number in range(6)]

    assert [is_kept_out(answer) for answer in answers] == [False] * 5 + [True]


def test_a_device_of_one_is_a_strange_one_for_the_account_of_another(siti, made):
    siti.confirm_email()
    own = Client()
    guess(own, siti.email, PASSWORD)
    own.post(reverse("account_logout"))
    attack(made.email)

    assert is_kept_out(guess(own, made.email, PASSWORD, REMOTE_ADDR="192.0.2.1"))


@pytest.mark.parametrize("cookie", ["", "abc", "WyJhIixbXV0:1:x"])
def test_a_device_cannot_be_made_up(rf, siti, cookie):
    request = rf.get("/")
    request.COOKIES[devices.COOKIE] = cookie

    assert devices.known(request, siti.email) == ""


def test_the_mark_of_a_device_names_nobody_and_opens_nothing(siti):
    siti.confirm_email()
    own = Client()
    guess(own, siti.email, PASSWORD)
    cookie = own.cookies[devices.COOKIE]

    other = Client()
    other.cookies[devices.COOKIE] = cookie.value

    assert "siti" not in cookie.value
    assert (cookie["httponly"], cookie["samesite"], cookie["path"]) == (True, "Lax", "/")
    assert not is_signed_in(other)


def test_a_shared_computer_knows_its_last_accounts(rf):
    request = rf.get("/")
    for number in range(7):
        response = HttpResponse()
        devices.remember(request, response, f"petugas{number}@contoh.id")
        request.COOKIES[devices.COOKIE] = response.cookies[devices.COOKIE].value

    assert [bool(devices.known(request, f"PETUGAS{number}@contoh.id")) for number in range(7)] == [False] * 2 + [
        True
    ] * 5


# Where one is signed in -----------------------------------------------------------------------------------------------

DEVICES = "/ruang/akun/perangkat/"
PHONE = "Mozilla/5.0 (Linux; Android 10; K) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/126.0 Mobile Safari/537.36"
OFFICE = "Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:128.0) Gecko/20100101 Firefox/128.0"


def signed_in(person, user_agent):
    person.confirm_email()
    client = Client(HTTP_USER_AGENT=user_agent)
    guess(client, person.email, PASSWORD)
    return client


@pytest.mark.parametrize(
    ("user_agent", "words"),
    [
        (PHONE, "Chrome di Android"),
        (OFFICE, "Firefox di Windows"),
        (
            "Mozilla/5.0 (iPhone; CPU iPhone OS 17_5 like Mac OS X) Version/17.5 Safari/604",
            "Safari di iPhone",
        ),
        (PHONE.replace("Chrome", "SamsungBrowser/25.0 Chrome"), "Samsung Internet di Android"),
        (OFFICE.replace("Firefox/128.0", "Chrome/126 Safari/537 Edg/126"), "Edge di Windows"),
        ("curl/8", "peramban yang tidak kami kenal"),
        ("", "peramban yang tidak kami kenal"),
    ],
)
def test_a_device_is_told_in_words(user_agent, words):
    assert browsers.in_words(*browsers.named(user_agent)) == words


def test_one_sees_where_one_is_signed_in_and_nobody_elses(siti, joko, time_machine):
    phone, _office, _joko = signed_in(siti, PHONE), signed_in(siti, OFFICE), signed_in(joko, "curl/8")
    time_machine.move_to(timezone.now() + timedelta(hours=1))

    page = phone.get(DEVICES)

    assert page.text.count("Chrome di Android") == 1
    assert "perangkat ini" in page.text
    assert [str(row) for row in page.context["rows"]] == ["Firefox di Windows"]
    assert "tidak kami kenal" not in page.text
    assert page.context["present"].seen_at > page.context["present"].begun_at, "it is used at this moment"
    for row in Session.objects.all():
        assert row.pk not in page.text, "the key opens the account"


def test_one_of_them_is_signed_out_and_the_others_stay(siti, joko):
    phone, office, lost, stranger = (signed_in(who, PHONE) for who in (siti, siti, siti, joko))
    mark = Session.objects.get(pk=lost.session.session_key).mark

    answer = phone.post(DEVICES, {"perangkat": mark}, follow=True)

    assert "Perangkat itu sudah dikeluarkan." in answer.text
    assert [is_signed_in(browser) for browser in (phone, office, lost, stranger)] == [True, True, False, True]
    assert phone.post(DEVICES, {"perangkat": mark}, follow=True).status_code == 200, "twice is once"


@pytest.mark.parametrize("mark", ["", "abc", "\x00", "x" * 5000])
def test_a_device_that_is_none_of_ones_own_is_left_alone(siti, joko, mark):
    phone, stranger = signed_in(siti, PHONE), signed_in(joko, PHONE)
    mark = mark or Session.objects.get(pk=stranger.session.session_key).mark

    phone.post(DEVICES, {"perangkat": mark})

    assert is_signed_in(phone)
    assert is_signed_in(stranger)


def test_all_others_are_signed_out_by_one_button(siti, joko):
    phone, office, stranger = (signed_in(who, PHONE) for who in (siti, siti, joko))

    page = phone.post(DEVICES, follow=True)

    assert "Tidak ada perangkat lain." in page.text
    assert [is_signed_in(browser) for browser in (phone, office, stranger)] == [True, False, True]


def test_what_a_new_password_ended_is_no_device_any_more(siti):
    phone, _office = signed_in(siti, PHONE), signed_in(siti, OFFICE)
    change = {"oldpassword": PASSWORD, "password1": "musim-tanam-2027", "password2": "musim-tanam-2027"}
    phone.post(reverse("account_change_password"), change)

    assert phone.get(DEVICES).context["rows"] == []


def test_a_page_writes_at_most_every_ten_minutes_that_a_device_is_used(siti, time_machine):
    phone = browser_of(siti)
    noon = timezone.now()
    for minutes, writes in ((9, 0), (11, 1), (12, 0)):
        time_machine.move_to(noon + timedelta(minutes=minutes))
        with CaptureQueriesContext(connection) as asked:
            phone.get(DEVICES)
        assert sum(query["sql"].startswith("UPDATE") for query in asked) == writes, minutes


def test_an_officer_signs_a_member_out_everywhere_with_a_reason(desk, made, mekar, siti):
    phone = browser_of(siti)
    Endpoint.objects.link("whatsapp", "62811", user=siti)
    chat = Chat.objects.create(channel="whatsapp", address="62811")
    url = reverse("admin:accounts_user_deed", args=[siti.pk, "keluarkan"])
    assert url in desk.get(siti.desk_path).text

    refused, done = desk.post(url, {"reason": ""}), desk.post(url, {"reason": "Telepon Siti hilang."}, follow=True)

    assert refused.context["form"].errors
    assert "sudah keluar dari semua perangkat" in done.text
    assert not is_signed_in(phone)
    assert chat.user is None, "nor does whoever has the phone write in her name"
    assert siti.notices.get().text == "Telepon Siti hilang."
    entry = AuditEntry.objects.about(siti).first()
    assert (entry.by, entry.reason, entry.after) == (made, "Telepon Siti hilang.", {"sessions_ended": 1})


def test_what_is_linked_beside_the_devices_is_named_with_them(client, siti, joko):
    Endpoint.objects.link("whatsapp", "62811", user=siti)
    pages = []
    for person in (siti, joko):
        client.force_login(person)
        pages.append(client.get(reverse("own_sessions")).text)

    assert ["Akun ini juga tersambung dengan: WhatsApp." in page for page in pages] == [True, False]


def test_an_officer_is_signed_out_by_whoever_appoints_there(made, ratna, places):
    above, beside = make_officer("Dewi", places["64"]), make_officer("Agus", places["64.02"])

    assert made.decided_by(above)
    assert not any(made.decided_by(other) for other in (made, ratna, beside))


def test_who_is_signed_in_when_the_release_comes_stays_so(siti):
    browser = browser_of(siti)
    row = Session.objects.get()
    facts = {"session_data": row.session_data, "expire_date": row.expire_date}
    FormerSession.objects.create(session_key=row.pk, **facts)
    FormerSession.objects.create(session_key="a" * 32, session_data="unreadable", expire_date=row.expire_date)
    Session.objects.all().delete()
    assert not is_signed_in(browser)
    browser.cookies[settings.SESSION_COOKIE_NAME] = row.pk

    import_module("accounts.migrations.0008_sessions_are_taken_along").take_along(apps, None)

    assert is_signed_in(browser)
    assert [str(device) for device in Session.objects.open_of(siti)] == ["peramban yang tidak kami kenal"]
