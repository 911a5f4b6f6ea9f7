"""A chat is tied to an account by a code, once and for a quarter of an hour, and untied on either side."""

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.urls import reverse
from django.utils import timezone
from pytest_django.asserts import assertContains, assertNotContains

from accounts import outbox
from accounts.channels.telegram import TELEGRAM
from accounts.models import ChatCode, Endpoint, Notice
from accounts.tasks import prune
from activities.models import Chat, Post
from communities import notices

pytestmark = pytest.mark.django_db


def test_a_code_of_the_page_links_the_chat(client, stranger, siti, mekar):
    client.force_login(siti)
    page = client.post("/ruang/kabar/obrolan/telegram/", follow=True)
    code = ChatCode.objects.get(user=siti).code
    assertContains(page, f"https://t.me/portalkim_bot?start={code}")

    said = stranger.write(f"/start {code}")

    endpoint = Endpoint.objects.get()
    assert (endpoint.user, endpoint.channel, endpoint.address) == (siti, TELEGRAM, str(stranger.chat))
    assert endpoint.zone == "Asia/Makassar", "that of her KIM"
    assert "tersambung dengan akun Siti" in said
    assertContains(client.get("/ruang/kabar/pengaturan/"), "Lewat Telegram")


def test_the_code_alone_links_too_however_it_is_typed(stranger, code, siti):
    stranger.write(f" {code.in_groups.lower()} ")

    assert Endpoint.objects.get().user == siti


def test_a_code_holds_for_one_chat_and_a_quarter_of_an_hour(stranger, code, siti, time_machine):
    stranger.write("/start " + code.code)
    Endpoint.objects.all().delete()
    assert "keliru" in stranger.write("/start " + code.code)

    late = ChatCode.objects.give(siti, TELEGRAM)
    time_machine.move_to(timezone.now() + timedelta(minutes=16))
    assert "lewat waktunya" in stranger.write("/start " + late.code)
    assert not Endpoint.objects.exists()


def test_a_new_code_ends_the_former(stranger, code, siti):
    former = code.code
    ChatCode.objects.give(siti, TELEGRAM)

    assert "keliru" in stranger.write("/start " + former)


def test_codes_are_not_guessed_for_long(stranger, code):
    for _guess in range(5):
        assert "keliru" in stranger.write("/start AAAABBBBCCCC")

    assert "Terlalu banyak" in stranger.write("/start " + code.code)
    assert not Endpoint.objects.exists()


def test_a_chat_belongs_to_who_linked_it_last(phone, joko, make_post):
    phone.write("Kerja bakti")
    other = ChatCode.objects.give(joko, TELEGRAM)

    phone.write("/start " + other.code)

    assert [endpoint.user for endpoint in Endpoint.objects.all()] == [joko]
    assert Chat.objects.get().post is None, "the draft of Siti is not his"


def test_it_is_untied_in_the_chat(phone):
    said = phone.write("Kerja bakti", "/berhenti")

    assert "sudah dilepas" in said
    assert not Endpoint.objects.exists()
    assert Post.objects.get().title == "Kerja bakti"
    assert "belum tersambung" in phone.write("Halo")


def test_it_is_untied_on_the_page(client, phone, siti):
    client.force_login(siti)
    client.post(reverse("endpoint_unlink", args=[Endpoint.objects.get().pk]))

    assert "belum tersambung" in phone.write("Halo")
    assert not Post.objects.exists()


def test_who_blocks_the_bot_is_forgotten(phone):
    member = {"chat": {"id": phone.chat, "type": "private"}, "new_chat_member": {"status": "kicked"}}
    phone.bring({"update_id": 1, "my_chat_member": member})
    phone.service.answers.append((403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}))
    phone.work()

    assert not Endpoint.objects.exists()


def test_a_stranger_is_told_how_to_link_and_fills_nothing(stranger):
    said = stranger.write(*(f"Halo {number}" for number in range(30)))

    assert "belum tersambung" in said
    assert "/ruang/kabar/pengaturan/" in said
    assert Chat.objects.get().updates.count() == 10


def test_an_account_that_is_closed_is_nobodys(phone, siti):
    siti.is_active = False
    siti.save()

    assert "belum tersambung" in phone.write("Kerja bakti")
    assert not Post.objects.exists()


def test_without_a_token_nothing_of_it_is_offered(client, siti, settings):
    client.force_login(siti)
    settings.TELEGRAM_BOT_TOKEN = settings.WHATSAPP_TOKEN = ""

    assertNotContains(client.get("/ruang/kabar/pengaturan/"), "Telegram")
    assert client.post("/ruang/kabar/obrolan/telegram/").status_code == 404
    assert client.post("/ruang/kabar/obrolan/lain/").status_code == 404


def test_old_codes_are_forgotten(code, time_machine):
    time_machine.move_to(timezone.now() + timedelta(hours=1))
    prune.func()

    assert not ChatCode.objects.exists()


def test_notices_come_by_telegram_and_a_blocked_bot_ends_it(phone, siti):
    Notice.objects.tell([siti], notices.VERIFICATION, "KIM Mekar terverifikasi", path="/ruang/", is_urgent=True)
    outbox.send_waiting()
    assert phone.service.said[0][1].startswith("KIM Mekar terverifikasi\n\nhttp")

    phone.service.answers.append((403, {"ok": False, "description": "Forbidden: bot was blocked by the user"}))
    Notice.objects.tell([siti], notices.VERIFICATION, "Kabar kedua", is_urgent=True)
    outbox.send_waiting()
    assert not siti.endpoints.exists()


def test_telegram_is_told_where_the_portal_is(bot_api, settings, capsys):
    call_command("set_telegram_webhook")

    path, facts = bot_api.asked[0]
    assert path.endswith("/setWebhook")
    assert facts["url"] == f"{settings.SITE_URL}/bot/telegram/"
    assert facts["secret_token"] == settings.TELEGRAM_WEBHOOK_SECRET
    bot_api.answers.append((400, {"ok": False, "description": "Bad Request: bad webhook: HTTPS url must be provided"}))
    with pytest.raises(CommandError, match="did not take"):
        call_command("set_telegram_webhook")
    settings.TELEGRAM_WEBHOOK_SECRET = ""
    with pytest.raises(CommandError, match="first"):
        call_command("set_telegram_webhook")
