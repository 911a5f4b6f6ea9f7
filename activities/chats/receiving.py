"""What came from a service is kept once, taken up in the order in which it was written, and answered."""

import logging
from datetime import timedelta

from django.db import transaction
from django.utils import timezone, translation

from accounts.channels import telegram, whatsapp
from accounts.channels.channel import Gone, Refused, Unavailable
from activities.chats import conversation, sentences
from activities.models import Chat, ChatUpdate
from activities.models.chats import UNDONE, UNSAID
from pages import limits

logger = logging.getLogger(__name__)

SERVICES = {telegram.TELEGRAM: telegram, whatsapp.WHATSAPP: whatsapp}
# What a stranger may write in a minute; what is more is not kept.
MOST_OF_STRANGERS = 10
# An answer that comes later than this tells nobody anything.
ANSWERED_WITHIN = timedelta(hours=1)


def channels_in_use():
    return [channel for channel, service in SERVICES.items() if service.is_on()]


def keep(channel, messages):
    """Store what is new of these: the keys of the chats in which there is something to take up."""
    found = set()
    for message in messages:
        if not message.address or not message.update_id:
            continue
        chat = Chat.objects.get_or_create(channel=channel, address=message.address)[0]
        if chat.endpoint is None and not limits.take(f"chat:{channel}:{chat.pk}", MOST_OF_STRANGERS, limits.MINUTE):
            continue
        facts = message._asdict()
        del facts["address"]
        _update, is_new = ChatUpdate.objects.get_or_create(chat=chat, update_id=facts.pop("update_id"), defaults=facts)
        found |= {chat.pk} if is_new else set()
    return found


def work_on(pk):
    """Take up all that waits in a chat, then say what is to be answered. Of several at once, one does each thing."""
    chat = Chat.objects.filter(pk=pk).first()
    if chat is None or not SERVICES[chat.channel].is_on():
        return
    with translation.override("id"):
        while take_next(pk):
            pass
        said = set()
        while say_next(pk, said):
            pass


def take_next(pk):
    """Whether there was something to take up; what cannot be done now holds up all that was written later."""
    with transaction.atomic():
        chat = Chat.objects.select_for_update().get(pk=pk)
        update = chat.updates.filter(UNDONE).first()
        if update is None or update.due_at > timezone.now():
            return False
        update.attempts += 1
        is_done = took_up(chat, update)
        if is_done:
            update.done_at = timezone.now()
        update.save()
    return is_done


def took_up(chat, update):
    try:
        with transaction.atomic():
            update.answer = conversation.take_up(chat, update, SERVICES[chat.channel].download)
            chat.save()
    except Unavailable as away:
        if not update.is_last_attempt:
            update.due_at = timezone.now() + max(timedelta(minutes=update.attempts), timedelta(seconds=away.seconds))
            return False
        update.answer = sentences.NOT_FETCHED
    except Exception:  # a mistake of ours must not stop the chat for good
        logger.exception("An update of a chat could not be taken up")
        update.refresh_from_db(fields=["post", "photo", "is_held"])
        update.answer = sentences.FAILED
    return True


def say_next(pk, said):
    """Whether there was an answer to send; one that was `said` a moment ago is not said again."""
    with transaction.atomic():
        chat = Chat.objects.select_for_update().get(pk=pk)
        now = timezone.now()
        update = chat.updates.filter(UNSAID, done_at__isnull=False, due_at__lte=now).first()
        if update is None:
            return False
        is_over = update.answer in said or update.received_at < now - ANSWERED_WITHIN
        if is_over or is_said(chat, update):
            update.answered_at = now
            said.add(update.answer)
        update.save()
    return update.answered_at is not None


def is_said(chat, update):
    """Whether it was said, or never can be."""
    try:
        SERVICES[chat.channel].say(chat.address, update.answer, update.quotes)
    except Unavailable as away:
        update.due_at = timezone.now() + timedelta(seconds=max(60, away.seconds))
        return False
    except Gone:
        chat.unlink()
        chat.save()
    except Refused:
        logger.warning("An answer was not taken by %s", chat.channel)
    return True
