"""Handing the draft of a chat in: what is missing is asked for, one thing after the other, or said."""

import re

from django.conf import settings

from accounts.lifecycle import StepRefused
from activities import types, writing
from activities.chats import drafts, sentences
from activities.models import Chat, Post


def hand_in(chat, update, user):
    """The answer to "kirim", and to each thing that was asked because of it."""
    post = drafts.draft_of(chat, user)
    if post is None:
        return sentences.NO_DRAFT
    form = drafts.form_of(post, is_sending=True)
    wants_duties = form.errors.pop("duties", None)
    if form.errors or types.lacks_photo(post):
        return not_ready(chat, update, post, form)
    if photo := post.photos.filter(alt="").first():
        return ask_for_words(chat, update, post, photo)
    if wants_duties:
        chat.ask(Chat.Asked.DUTIES, update.order)
        lines = "\n".join(f"{number}. {duty.label}" for number, duty in enumerate(Post.Duty, 1))
        return sentences.ASK_DUTIES % {"lines": lines}
    form.save()
    return send(chat, update, post, user)


def not_ready(chat, update, post, form):
    chat.ask(Chat.Asked.NOTHING, update.order)
    lines = [drafts.lines_of(form), *([f"- {types.NO_PHOTO}"] if types.lacks_photo(post) else [])]
    return sentences.NOT_READY % ({"lines": "\n".join(filter(None, lines))} | drafts.urls(post))


def ask_for_words(chat, update, post, photo):
    chat.ask(Chat.Asked.WORDS, update.order, photo)
    sent = chat.updates.filter(post=post, photo=photo).first()
    update.quotes = sent.message_id if sent else ""
    return sentences.ASK_WORDS


def duties_named(chat, update, user):
    """Keep the duties whose numbers these are, then go on; None for what is no list of numbers."""
    if not re.fullmatch(r"[\d\s,.;dan&]+", update.text.casefold()):
        return None
    numbers = {int(number) for number in re.findall(r"\d{1,2}", update.text)}
    named = [duty.value for number, duty in enumerate(Post.Duty, 1) if number in numbers]
    post = drafts.draft_of(chat, user)
    if named and post:
        drafts.form_of(post, duties=named).save()
    return hand_in(chat, update, user)


def send(chat, update, post, user):
    """The verb of the writing page, which alone decides whether it is out or waits."""
    try:
        post.send_in(by=user)
    except StepRefused as refusal:
        return sentences.NOT_READY % ({"lines": f"- {refusal}"} | drafts.urls(post))
    chat.updates.filter(post=post).update(text="")
    chat.forget(update.order)
    stored = writing.stored(post)
    path = stored.get_absolute_url() if stored.is_published else stored.own_path
    sentence = sentences.PUBLISHED if stored.is_published else sentences.SENT
    said = sentence % {"url": settings.SITE_URL + path}
    return "\n\n".join([said, *(str(reason) for reason in stored.held_because)])
