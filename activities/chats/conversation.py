"""What becomes of one message of a chat: a command, an answer to what was asked, or a part of the draft."""

import re

from django.conf import settings
from django.urls import reverse

from accounts.codes import LETTERS
from accounts.models import ChatCode
from accounts.models.chat_codes import LENGTH
from activities import writing
from activities.chats import drafts, handing_in, sentences
from activities.chats.drafts import NotTaken, urls
from activities.models import Chat
from pages import limits

CODE = re.compile(rf"[{LETTERS}]{{{LENGTH}}}")
# In an hour, of one chat.
MOST_CODES = 5


def take_up(chat, update, download):
    """Do what this message says: the answer, empty for none. `download` brings the bytes of a file."""
    user = chat.user
    try:
        if code := code_of(update.text, user):
            return link(chat, code)
        if user is None:
            return sentences.HOW_TO_LINK % {"url": settings_url()}
        if command := COMMANDS.get(word_of(update)):
            return command(chat, update, user)
        if update.is_other:
            raise NotTaken(sentences.ONLY_WORDS_AND_PHOTOS)
        said = reply(chat, update, user)
        return drafts.grow(chat, update, user, download) if said is None else said
    except NotTaken as refusal:
        return str(refusal)


def word_of(update):
    """The command that a message is: one word, with a stroke or without."""
    word = update.text.casefold().strip().removeprefix("/").rstrip(".!")
    return word.partition("@")[0] if not update.file_id and not update.edited else ""


# Linking


def settings_url():
    return settings.SITE_URL + reverse("notice_settings")


def code_of(text, user):
    """What a message shows as its code: behind `/start`, or alone in a chat that is not linked."""
    command, _blank, rest = text.strip().partition(" ")
    word = re.sub(r"[\s-]", "", rest if command == "/start" else text).upper()
    is_meant = command == "/start" or (user is None and CODE.fullmatch(word))
    return word if is_meant else ""


def link(chat, code):
    if not limits.take(f"chat-code:{chat.pk}", MOST_CODES, limits.HOUR):
        return sentences.TOO_MANY_CODES % {"url": settings_url()}
    user = ChatCode.objects.redeem(code[:LENGTH] if len(code) == LENGTH else "", chat.channel)
    if user is None:
        return sentences.WRONG_CODE % {"url": settings_url()}
    first = writing.communities_of(user).first()
    chat.link(user, first and str(first.seat.zone))
    return sentences.LINKED % {"name": user.name}


# Commands


def unlink(chat, update, user):
    chat.unlink()
    return sentences.UNLINKED


def explain(chat, update, user):
    return sentences.HELP


def throw_away(chat, update, user):
    post = drafts.draft_of(chat, user)
    if post is None:
        return sentences.NO_DRAFT
    chat.updates.filter(post=post).update(text="")
    if not writing.discard(post, by=user):
        return sentences.NOT_DISCARDED % urls(post)
    chat.forget(update.order)
    return sentences.DISCARDED


def choose(chat, update, user):
    """Ask for which KIM the next draft is."""
    if drafts.draft_of(chat, user):
        return sentences.FINISH_FIRST
    ready = drafts.ready_for(user)
    if len(ready) == 1:
        return sentences.ONE_COMMUNITY % {"community": ready[0].name}
    chat.ask(Chat.Asked.COMMUNITY, update.order)
    return drafts.question(ready)


COMMANDS = {
    "start": explain,
    "bantuan": explain,
    "help": explain,
    "kirim": handing_in.hand_in,
    "batal": throw_away,
    "kim": choose,
    "berhenti": unlink,
    "stop": unlink,
}


# Answers


def reply(chat, update, user):
    """What is said to an answer to what was asked, or to words under a photo; None for what is neither."""
    if update.file_id or update.edited or not update.text:
        return None
    if photo := drafts.photo_replied_to(chat, update):
        return describe(chat, update, user, photo)
    if update.order <= chat.asked_at_order:
        return None
    answers = {Chat.Asked.COMMUNITY: chosen, Chat.Asked.WORDS: described, Chat.Asked.DUTIES: handing_in.duties_named}
    return answers[chat.asked](chat, update, user) if chat.asked in answers else None


def describe(chat, update, user, photo):
    if drafts.draft_of(chat, user) is None:
        return sentences.NO_DRAFT
    drafts.describe(photo, update.text)
    return handing_in.hand_in(chat, update, user) if chat.asked == Chat.Asked.WORDS else sentences.DESCRIBED


def described(chat, update, user):
    if chat.asked_photo is None:
        return None
    return describe(chat, update, user, chat.asked_photo)


def chosen(chat, update, user):
    ready = drafts.ready_for(user)
    names = {str(number): community for number, community in enumerate(ready, 1)}
    names |= {community.name.casefold(): community for community in ready}
    community = names.get(update.text.casefold().strip(" ."))
    if community is None:
        return None
    chat.community = community
    chat.ask(Chat.Asked.NOTHING, update.order)
    has_held = chat.updates.filter(is_held=True).update(is_held=False, done_at=None, attempts=0)
    return "" if has_held else sentences.CHOSEN % {"community": community.name}
