"""Siti with Telegram on her telephone, and a stand-in of the Bot API."""

import io
import itertools

import pytest
from django.core.cache import cache
from PIL import Image

from accounts.channels.telegram import TELEGRAM
from accounts.models import ChatCode, Endpoint
from activities.chats import receiving
from activities.models import Chat
from tests.standins import BOT_TOKEN, WEBHOOK_SECRET, BotApi, Service

SITI_CHAT = 5550001


@pytest.fixture
def bot_api(settings):
    service = Service(BotApi)
    settings.TELEGRAM_BOT_TOKEN, settings.TELEGRAM_WEBHOOK_SECRET = BOT_TOKEN, WEBHOOK_SECRET
    settings.TELEGRAM_BOT_NAME, settings.TELEGRAM_API = "portalkim_bot", service.origin
    cache.clear()
    yield service
    service.close()


def jpeg(color="teal", size=(640, 480)):
    file = io.BytesIO()
    Image.new("RGB", size, color).save(file, "JPEG")
    return file.getvalue()


class Phone:
    """One person's chat with the bot: what is written there reaches the portal as Telegram would bring it."""

    def __init__(self, client, service, chat):
        self.client, self.service, self.chat = client, service, chat
        self.numbers, self.updates = itertools.count(10), itertools.count(chat)

    def update(self, *, number=None, kind="message", **facts):
        number = next(self.numbers) if number is None else number
        message = {"message_id": number, "date": 1_790_000_000 + number, "from": {"id": self.chat, "is_bot": False}}
        message |= {"chat": {"id": self.chat, "type": "private"}} | facts
        return {"update_id": next(self.updates), kind: message}

    def photo(self, name, content=None, **facts):
        self.service.files[name] = jpeg() if content is None else content
        sizes = [{"file_id": f"{name}-kecil", "width": 90, "file_size": 900}]
        return self.update(photo=[*sizes, {"file_id": name, "width": 1280, "file_size": 90_000}], **facts)

    def bring(self, *updates, secret=WEBHOOK_SECRET):
        headers = {"X-Telegram-Bot-Api-Secret-Token": secret}
        return [self.client.post("/bot/telegram/", one, "application/json", headers=headers) for one in updates]

    def work(self):
        """What the worker does: the sentences said meanwhile, with what they are written under."""
        before = len(self.service.said)
        for pk in Chat.objects.values_list("pk", flat=True):
            receiving.work_on(pk)
        return [(text, quotes) for chat, text, quotes in self.service.said[before:] if chat == str(self.chat)]

    def send(self, *updates):
        answers = self.bring(*updates)
        assert {answer.status_code for answer in answers} == {200}
        return "\n".join(text for text, _quotes in self.work())

    def write(self, *texts, **facts):
        return self.send(*(self.update(text=text, **facts) for text in texts))


@pytest.fixture
def stranger(client, bot_api):
    return Phone(client, bot_api, SITI_CHAT)


@pytest.fixture
def phone(stranger, siti, mekar):
    Endpoint.objects.link(TELEGRAM, str(SITI_CHAT), user=siti)
    return stranger


@pytest.fixture
def code(siti):
    return ChatCode.objects.give(siti, TELEGRAM)
