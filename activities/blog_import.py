"""An old blog becomes drafts of its KIM: with the day and the address of each, and never twice."""

import uuid
from dataclasses import dataclass, field
from datetime import date

from django.db import transaction
from django.utils.text import Truncator
from django.utils.translation import gettext as _

from accounts.personal_numbers import MASK, without
from accounts.plain import only_seen
from activities import writing
from activities.from_html import from_html
from activities.models import Post
from communities.models import Community

MOST_ENTRIES = 500
MOST_LETTERS = 20_000  # what a post may have
MOST_NAMED = 20
NAMESPACE = uuid.UUID("5b0f6a34-6d1e-4f0c-9c40-5f3e0a7b8d21")


@dataclass
class Brought:
    """What became of the entries."""

    new: int = 0
    known: int = 0
    beyond: int = 0
    shortened: int = 0
    undated: int = 0
    masked: int = 0
    missing_photos: int = 0
    titles: list = field(default_factory=list)


def bring(blog, community, *, by):
    """Keep the newest entries as drafts; those that are there already stay as they are."""
    newest_first = sorted(blog.entries, key=lambda entry: entry.day or date.min, reverse=True)
    brought = Brought(beyond=len(newest_first[MOST_ENTRIES:]))
    with transaction.atomic():
        # Of the same file sent twice at once the second waits here, and then finds everything there.
        Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        chosen = {name_of(community, entry): entry for entry in newest_first[:MOST_ENTRIES]}
        known = set(Post.objects.filter(client_uuid__in=chosen).values_list("client_uuid", flat=True))
        addresses = set(
            Post.objects.filter(community=community).exclude(original_url="").values_list("original_url", flat=True)
        )
        for name, entry in chosen.items():
            if name in known or entry.url in addresses:
                brought.known += 1
            else:
                keep(entry, writing.blank_post(community, by, name), brought)
    return brought


def name_of(community, entry):
    """The same for the same entry of the same KIM, in whichever file it comes."""
    return uuid.uuid5(NAMESPACE, f"{community.pk} {entry.key}")


def keep(entry, post, brought):
    body, pictures, is_short = words_of(entry)
    title, url = without(entry.title), without(entry.url)
    post.title = Truncator(title or writing.opening(body[:500])).chars(90 if not title else 150)
    post.body, post.happened_on = body, entry.day
    post.original_url = "" if MASK in url else url
    post.summary = writing.opening(body[:2000])
    post.save()
    brought.new += 1
    brought.shortened += is_short
    brought.undated += entry.day is None
    brought.masked += MASK in f"{title}{body}{url}"
    brought.missing_photos += len(pictures)
    if len(brought.titles) < MOST_NAMED:
        brought.titles.append(post)


def words_of(entry):
    """`(text, names of its pictures, whether it was cut)`; the pictures are named at its end."""
    converted = from_html(entry.html)
    text = without(only_seen(converted.text))
    names = [
        _("[Foto: %(name)s belum dibawa]") % {"name": without(only_seen(name, one_line=True))}
        for name in converted.pictures
    ]
    ending = Truncator("\n".join(names)).chars(MOST_LETTERS // 4)
    room = MOST_LETTERS - len(ending) - 100
    is_short = len(text) > room
    if is_short:
        remark = _("[Terlalu panjang: lanjutannya ada di alamat asli]")
        text = f"{text[:room].rpartition(' ')[0]} …\n\n{remark}"
    return "\n\n".join(part for part in (text, ending) if part), converted.pictures, is_short
