"""News by Telegram: what its service answers is understood, and its token stands in no log and no error."""

import logging

import pytest
from django.core.cache import cache
from django.utils import timezone

from accounts import outbox
from accounts.channels import telegram
from accounts.channels.calling import cut, length
from accounts.channels.channel import Gone, Message, Refused, Unavailable
from accounts.channels.telegram import TELEGRAM
from accounts.models import Dispatch, Endpoint, Notice
from communities import notices
from tests.standins import BOT_TOKEN, BotApi, Service

pytestmark = pytest.mark.django_db


@pytest.fixture
def bot_api(settings):
    service = Service(BotApi)
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_API = BOT_TOKEN, service.origin
    cache.clear()
    yield service
    service.close()


@pytest.fixture
def siti_chat(bot_api, siti):
    return Endpoint.objects.link(TELEGRAM, "5550001", user=siti)


def answer(status, **facts):
    return status, {"ok": False, "error_code": status} | facts


@pytest.mark.parametrize(
    ("said", "error"),
    [
        (answer(403, description="Forbidden: bot was blocked by the user"), Gone),
        (answer(400, description="Bad Request: chat not found"), Gone),
        (answer(400, description="Bad Request: message text is empty"), Refused),
        (answer(401, description="Unauthorized"), Unavailable),
        (answer(502, description="Bad Gateway"), Unavailable),
        ((200, b"<html>"), Unavailable),
        ((200, b"[1]"), Refused),
        (answer(429, parameters={"retry_after": "lama"}), Unavailable),
    ],
)
def test_what_the_service_says_is_understood(bot_api, said, error):
    bot_api.answers.append(said)

    with pytest.raises(error):
        telegram.say("5550001", "Halo")


def test_who_is_told_to_wait_asks_nothing_until_then(siti_chat, bot_api, siti, time_machine):
    time_machine.move_to(timezone.now())
    bot_api.answers.append(answer(429, parameters={"retry_after": 600}))
    for title in ("Satu", "Dua"):
        Notice.objects.tell([siti], notices.VERIFICATION, title, is_urgent=True)
    outbox.send_waiting()
    time_machine.shift(300)
    outbox.send_waiting()
    assert len(bot_api.asked) == 1

    time_machine.shift(601)
    outbox.send_waiting()
    assert sorted(text for _chat, text, _quotes in bot_api.said) == ["Dua", "Satu"]


def test_it_is_off_without_a_token(siti_chat, siti, settings):
    settings.TELEGRAM_BOT_TOKEN = ""
    Notice.objects.tell([siti], notices.VERIFICATION, "Kabar")

    assert list(Dispatch.objects.values_list("channel", flat=True)) == ["email"]


def test_a_service_that_is_not_there_is_unavailable(bot_api, settings):
    bot_api.close()

    with pytest.raises(Unavailable) as error:
        telegram.say("5550001", "Halo")
    assert error.value.__cause__ is None


def test_the_token_stands_in_no_log(bot_api, caplog):
    with caplog.at_level(logging.INFO):
        logging.getLogger("httpx").setLevel(logging.WARNING)  # as in LOGGING of the settings
        telegram.say("5550001", "Halo")

    assert BOT_TOKEN not in caplog.text


@pytest.mark.parametrize("text", ["a" * 5000, "😀" * 3000, "a" * 5000 + "\n\nhttps://kim.contoh.id/ruang/"])
def test_a_long_text_is_cut_and_its_link_stays_whole(text):
    shown = cut(text, 4096)

    assert length(shown) <= 4096
    assert "…" in shown
    assert shown.endswith("ruang/") == text.endswith("ruang/")


def test_a_notice_has_its_words_and_its_link(siti_chat, bot_api):
    telegram.send(Message("kabar-1", "Judul", "Isi.", "https://kim.contoh.id/"), siti_chat)

    assert bot_api.said == [("5550001", "Judul\n\nIsi.\n\nhttps://kim.contoh.id/", None)]
