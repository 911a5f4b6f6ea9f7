"""Telegram: a bot of the portal, spoken to by the Bot API (https://core.telegram.org/bots/api)."""

import time

from django.conf import settings
from django.core.cache import cache

from accounts.channels.calling import asked, cut, fetched, words_of
from accounts.channels.channel import Channel, Gone, Refused, Unavailable

WAIT = "telegram-wait"
LONGEST_WAIT = 3600
# The Bot API takes no longer text.
MOST_LETTERS = 4096
BLOCKED, TOO_OFTEN, NO_TOKEN = 403, 429, (401, 404)


def is_on():
    return bool(settings.TELEGRAM_BOT_TOKEN)


def link_url(code):
    """Where a tap opens the bot, which is then told the code."""
    return f"https://t.me/{settings.TELEGRAM_BOT_NAME}?start={code}" if settings.TELEGRAM_BOT_NAME else ""


def send(message, endpoint):
    say(endpoint.address, words_of(message))


def say(chat, text, quotes=""):
    """Write into a chat, under the message that is quoted."""
    facts = {"chat_id": chat, "text": cut(text, MOST_LETTERS), "link_preview_options": {"is_disabled": True}}
    if quotes:
        facts["reply_parameters"] = {"message_id": int(quotes), "allow_sending_without_reply": True}
    return call("sendMessage", **facts)


def download(file_id, most_bytes):
    """The bytes of a file that somebody sent; one byte more than `most_bytes` of what is larger."""
    path = call("getFile", file_id=file_id).get("file_path")
    if not path:  # too large for the Bot API
        raise Refused
    return fetched(f"{settings.TELEGRAM_API}/file/bot{settings.TELEGRAM_BOT_TOKEN}/{path}", most_bytes)


def call(method, **facts):
    """What the Bot API answers to a method; Unavailable, Refused or Gone where it does not."""
    # None is longer but where the clock went back.
    if 0 < (wait := cache.get(WAIT, 0) - time.time()) <= LONGEST_WAIT:
        raise Unavailable(wait)
    status, answer = asked("POST", f"{settings.TELEGRAM_API}/bot{settings.TELEGRAM_BOT_TOKEN}/{method}", json=facts)
    if status == TOO_OFTEN:
        raise told_to_wait(answer)
    if answer.get("ok"):
        result = answer.get("result")
        return result if isinstance(result, dict) else {}
    raise refusal(status, str(answer.get("description", "")))


def told_to_wait(answer):
    """Until then nothing is asked of Telegram, by no process: who asks all the same waits longer."""
    seconds = (answer.get("parameters") or {}).get("retry_after", 1)
    seconds = min(seconds if isinstance(seconds, int) else 1, LONGEST_WAIT)
    cache.set(WAIT, time.time() + seconds, seconds)
    return Unavailable(seconds)


def refusal(status, description):
    if status == BLOCKED or "chat not found" in description:
        return Gone()
    is_away = status in NO_TOKEN or status >= 500
    return Unavailable() if is_away else Refused()


TELEGRAM = Channel("telegram", "Telegram", send=send, is_on=is_on)
