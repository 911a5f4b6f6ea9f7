"""The one draft that grows in a chat, with every guard of the page on which members write."""

from django.conf import settings
from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.urls import reverse
from django.utils.datastructures import MultiValueDict
from django.utils.text import Truncator

from accounts.channels.channel import Refused
from accounts.photo_limits import MAX_BYTES, PhotoRefused
from activities import writing
from activities.chats import sentences
from activities.forms import PhotoForm, PostForm
from activities.models import OPEN, Chat, Photo, Post
from pages import limits
from pages.written_over import texts_of

MOST_TITLE = Post._meta.get_field("title").max_length
# Of a paragraph that has no title, what stands for one until its writer names it.
SHORT_TITLE = 90
MOST_WORDS = Photo._meta.get_field("alt").max_length


class NotTaken(Exception):
    """Why a message did not become a part of a draft, as a sentence."""


def urls(post):
    return {"url": settings.SITE_URL + reverse("activities:write_post", args=[post.client_uuid])}


# Whose


def ready_for(user):
    return [community for community in writing.communities_of(user) if community.may_publish]


def question(ready):
    lines = "\n".join(f"{number}. {community.name}" for number, community in enumerate(ready, 1))
    if not ready:
        return sentences.NO_MEMBER
    return sentences.ASK_COMMUNITY % {"lines": lines}


def draft_of(chat, user):
    """The draft that grows here, locked; None where it was sent or thrown away elsewhere, or there is none."""
    if chat.post_id is None:
        return None
    unsent = Post.objects.filter(pk=chat.post_id, author=user, status__in=OPEN)
    if not unsent.exists():
        chat.forget()
        return None
    mine = Post.objects.written_by(user).select_related(*writing.SHOWN).select_for_update(of=("self",))
    post = mine.filter(pk=chat.post_id).first()
    if post is None:
        chat.forget()
        raise NotTaken(sentences.LEFT)
    return post


def begin(chat, update, user):
    """A new draft, for the KIM that was chosen or the only one; asks which where there are several."""
    ready = ready_for(user)
    if not ready:
        raise NotTaken(why_none(user))
    chosen = [community for community in ready if community.pk == chat.community_id] or ready
    if len(chosen) > 1:
        update.is_held = True
        chat.ask(Chat.Asked.COMMUNITY, update.order)
        raise NotTaken(question(ready))
    if not writing.has_room(user):
        raise NotTaken(writing.TOO_MANY_UNSENT)
    if not limits.account_may_send(user, "draft"):
        raise NotTaken(sentences.TOO_OFTEN)
    chat.community = chosen[0]
    chat.post = writing.stored_draft(writing.blank_post(chosen[0], user))
    chat.ask(Chat.Asked.NOTHING, update.order)
    return draft_of(chat, user)


def why_none(user):
    names = ", ".join(community.name for community in writing.communities_of(user))
    page = settings.SITE_URL + reverse("activities:write")
    return sentences.CLOSED_COMMUNITY % {"names": names, "url": page} if names else sentences.NO_MEMBER


# Growing


def grow(chat, update, user, download):
    """Put this message where it belongs in the draft: the answer."""
    known = same_message(chat, update)
    if known and (not update.edited or update.edited < known.edited):
        return ""
    if update.edited and known:
        return amend(chat, update, known, user)
    if update.order <= chat.closed_order:
        raise NotTaken(sentences.LATE)
    # Before the draft is locked: it takes a while, and the page of the draft may be saved meanwhile.
    content = content_of(update, user, download) if update.file_id else None
    draft = draft_of(chat, user)
    try:
        with transaction.atomic():
            return grown(chat, update, user, draft, content)
    except NotTaken:  # what was refused begins no draft
        chat.post, update.post, update.photo = draft, None, None
        raise


def grown(chat, update, user, draft, content):
    post = draft or begin(chat, update, user)
    said = add_text(chat, update, post, user) if content is None else add_photo(chat, update, post, content)
    return sentences.NEW_DRAFT % ({"community": post.community.name} | urls(post)) if draft is None else said


def same_message(chat, update):
    """What is known of this message already: it was mended, or its mended words came first."""
    return chat.updates.filter(message_id=update.message_id, done_at__isnull=False).exclude(pk=update.pk).first()


def add_text(chat, update, post, user):
    if not limits.account_may_send(user, "saving"):
        raise NotTaken(sentences.TOO_OFTEN)
    update.post = post
    write(chat, post, update, update.text)
    return sentences.KEPT


def content_of(update, user, download):
    if not limits.account_may_send(user, "photo"):
        raise NotTaken(sentences.TOO_OFTEN)
    try:
        return download(update.file_id, MAX_BYTES)
    except Refused as gone:
        raise NotTaken(sentences.NOT_FETCHED) from gone


def add_photo(chat, update, post, content):
    try:
        photo = writing.add_photo(post, ContentFile(content, "foto"))
    except PhotoRefused as refusal:
        raise NotTaken(sentences.PHOTO_REFUSED % {"reason": refusal}) from refusal
    update.post, update.photo = post, photo
    in_order(post, update)
    if is_story(update):
        write(chat, post, update, update.text)
    elif update.text:
        describe(photo, update.text)
    is_told = update.album and chat.updates.filter(album=update.album, photo__isnull=False).exists()
    if is_told:
        return ""
    return sentences.KEPT if photo.alt else sentences.PHOTO_KEPT


def is_story(update):
    """Whether its words belong to the text: those of a photo do where they are too long to describe it."""
    return not update.file_id or len(update.text) > MOST_WORDS


def in_order(post, update):
    """A photo that came late stands before those that were sent after it."""
    is_after = Q(order__gt=update.order) | Q(order=update.order, pk__gt=update.pk)
    sent_after = update.chat.updates.filter(is_after, post=post).values_list("photo__uuid", flat=True)
    names = [str(photo.uuid) for photo in post.photos.all() if photo.pk != update.photo_id]
    after = [names.index(str(name)) for name in sent_after if str(name) in names]
    if after:
        names.insert(min(after), str(update.photo.uuid))
        writing.arrange(post, names)
        update.photo.refresh_from_db()


def photo_replied_to(chat, update):
    """The photo of this draft under which these words were written; None where they were not."""
    if not update.replies_to or chat.post_id is None:
        return None
    found = chat.updates.filter(message_id=update.replies_to, post=chat.post_id, photo__isnull=False)
    found = found.select_related("photo").first()
    return found and found.photo


def describe(photo, words):
    prefix = f"foto-{photo.uuid}"
    form = PhotoForm({f"{prefix}-alt": words, f"{prefix}-caption": photo.caption}, instance=photo, is_sending=True)
    if not form.is_valid():
        raise NotTaken(sentences.NOT_TAKEN % {"lines": lines_of(form)})
    form.save()


# Mended


def amend(chat, update, known, user):
    """A message was edited: what it became is mended too."""
    if known.post_id is None:
        return ""
    post = draft_of(chat, user)
    if post is None or known.post_id != post.pk:
        raise NotTaken(sentences.LATE_EDIT % {"url": settings.SITE_URL + known.post.own_path})
    if not limits.account_may_send(user, "saving"):
        raise NotTaken(sentences.TOO_OFTEN)
    former = known.text if is_story(known) else ""
    with transaction.atomic():
        known.text, known.edited = update.text, update.edited
        known.save(update_fields=["text", "edited"])
        mend(chat, post, known, former)
    return ""


def mend(chat, post, known, former):
    if former or is_story(known):
        write(chat, post, known, known.text if is_story(known) else "", former)
    if known.photo and known.text and not is_story(known):
        describe(known.photo, known.text)


# Words


def write(chat, post, update, text, former=""):
    """Let the draft say all that was written here, in order; where it was changed elsewhere, only this in place."""
    is_as_written = chat.version == version_of(post) or not (post.title or post.body)
    title, body = composed(pieces_of(chat, post, update)) if is_as_written else with_change(post, text, former)
    form = form_of(post, title=title, body=body)
    if not form.is_valid():
        raise NotTaken(sentences.NOT_TAKEN % {"lines": lines_of(form)})
    form.save()
    chat.version = version_of(post) if is_as_written else ""


def version_of(post):
    return writing.version_of({"title": post.title, "body": post.body})


def pieces_of(chat, post, update):
    """The texts that the draft is made of, this one among them."""
    others = chat.updates.filter(post=post).exclude(pk=update.pk)
    pieces = sorted([*others, update], key=lambda piece: (piece.order, piece.pk))
    return [piece.text for piece in pieces if piece.text and is_story(piece)]


def composed(texts):
    """`(title, body)`: the first line, and all that follows; of a long paragraph its opening, and all of it."""
    if not texts:
        return "", ""
    line, _break, rest = texts[0].strip().partition("\n")
    if len(line) > MOST_TITLE:
        line, rest = Truncator(line).chars(SHORT_TITLE, truncate="…"), texts[0]
    return line.strip(), "\n\n".join(filter(None, [rest.strip(), *texts[1:]]))


def with_change(post, text, former):
    """A new text goes to the end of what was changed elsewhere; a mended one stays where it was."""
    if not former:
        return post.title or composed([text])[0], "\n\n".join(filter(None, [post.body, text]))
    if former in post.body:
        return post.title, post.body.replace(former, text, 1)
    former_title, former_body = composed([former])
    if post.title == former_title and former_body in post.body:
        title, body = composed([text])
        return title, post.body.replace(former_body, body, 1) if former_body else post.body
    raise NotTaken(sentences.CHANGED_ELSEWHERE % urls(post))


def form_of(post, *, is_sending=False, **changed):
    """The form of the writing page as it would be filled in, with these fields changed."""
    blank = PostForm(instance=post)
    typed = {name: texts_of(field, blank[name].value()) for name, field in blank.fields.items()}
    typed |= {name: value if isinstance(value, list) else [value] for name, value in changed.items()}
    return PostForm(MultiValueDict(typed), instance=post, is_sending=is_sending)


def lines_of(form):
    """What a form refuses, in sentences; each names its field where there is one."""
    lines = []
    for name, errors in form.errors.items():
        label = f"{form.fields[name].label}: " if name in form.fields else ""
        lines += [f"- {label}{error}" for error in errors]
    return "\n".join(lines)
