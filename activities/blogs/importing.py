"""An old blog becomes drafts of its KIM: with the day, the URL and the photos of each, and never twice."""

import uuid
from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from urllib.parse import urlsplit

from django.core.files.base import ContentFile
from django.db import transaction
from django.db.models import Q
from django.utils import translation
from django.utils.text import Truncator
from django.utils.translation import gettext_lazy as _

from accounts.personal_numbers import MASK, without
from accounts.photo_limits import MAX_BYTES, PhotoRefused
from accounts.typed import only_seen
from activities import writing
from activities.blogs.archives import ArchiveRefused
from activities.blogs.from_html import from_html
from activities.blogs.pictures import PICTURE_FILE
from activities.models import OPEN, Photo, Post
from activities.summaries import opening
from communities.models import Community, Sector
from communities.rosters.details import sectors_in

MOST_ENTRIES = 500
MOST_LETTERS = 20_000  # what a post may have
MOST_NAMED = 20
# Each photo takes a second at worst, and a proxy waits for a minute.
MOST_PHOTOS = 30
LONGEST_ALT = Photo._meta.get_field("alt").max_length
NAMESPACE = uuid.UUID("5b0f6a34-6d1e-4f0c-9c40-5f3e0a7b8d21")

# Words of a text, which is Indonesian whatever the language of the page.
MISSING = "[Foto: {name} belum dibawa]"
CUT = "[Terlalu panjang: lanjutannya ada di alamat asli]"
LABELLED = "Kategori di blog lama: {labels}."
# How a post stood in the old blog that not everyone could read.
STOOD = {
    "draft": _("Di blog lama tulisan ini masih draf."),
    "private": _("Di blog lama tulisan ini pribadi. Pastikan boleh dibaca umum."),
    "password": _("Di blog lama tulisan ini berkata sandi. Pastikan boleh dibaca umum."),
    "scheduled": _("Di blog lama tulisan ini belum terbit: masih dijadwalkan."),
}


@dataclass
class Brought:
    """What became of the entries."""

    known: int = 0
    beyond: int = 0
    shortened: int = 0
    undated: int = 0
    masked: int = 0
    photos: int = 0
    missing_photos: int = 0
    # Photos that are in the ZIP, and wait for the next time.
    waiting_photos: int = 0
    stood: Counter = field(default_factory=Counter)
    titles: list = field(default_factory=list)
    fresh: set = field(default_factory=set)

    @property
    def new(self):
        return len(self.fresh)


def bring(blog, community, *, by, photos=()):
    """Keep the newest entries as drafts; those that are there already stay as they are, but for photos they lacked.

    `photos` are open ZIPs that hold photos, besides the one the blog came in.
    """
    zone = community.seat.zone
    newest_first = sorted(blog.entries, key=lambda entry: entry.day(zone) or date.min, reverse=True)
    chosen, brought = newest_first[:MOST_ENTRIES], Brought(beyond=len(newest_first[MOST_ENTRIES:]))
    with transaction.atomic():
        # Of the same file sent twice at once the second waits here, and then finds everything there.
        Community.objects.select_for_update(no_key=True).get(pk=community.pk)
        known = Known(community, chosen)
        drafts = [
            (entry, known.post_of(entry) or stored_draft(entry, blank(community, by, entry), brought))
            for entry in chosen
        ]
    brought.known = len(drafts) - brought.new
    if archives := [archive for archive in (blog.archive, *photos) if archive]:
        own = [draft for draft in drafts if draft[1].author_id == by.pk and draft[1].status in OPEN]
        add_photos(own, archives, brought)
    return brought


def name_of(community, key):
    """The same for the same entry of the same KIM, in whichever file it comes."""
    return uuid.uuid5(NAMESPACE, f"{community.pk} {key}")


class Known:
    """The posts of a KIM that entries became before: by their names, or else by where they were."""

    def __init__(self, community, entries):
        self.community = community
        names = {name_of(community, key) for entry in entries for key in (entry.key, entry.former_key)}
        urls = {entry.url for entry in entries if says_where(entry.url)}
        posts = Post.objects.filter(Q(client_uuid__in=names) | Q(original_url__in=urls), community=community)
        self.posts = list(posts.defer("search"))
        self.by_name = {post.client_uuid: post for post in self.posts}
        self.by_url = {post.original_url: post for post in self.posts if post.original_url in urls}

    def post_of(self, entry):
        former = self.by_name.get(name_of(self.community, entry.former_key))
        if former and former.original_url != entry.url:
            former = None  # another post that its blog called by the same name
        return self.by_name.get(name_of(self.community, entry.key)) or former or self.by_url.get(entry.url)


def says_where(url):
    """Whether a URL is that of a post, and not of the whole blog."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return bool(parts.path.strip("/") or parts.query)


# A draft


def blank(community, by, entry):
    return writing.blank_post(community, by, name_of(community, entry.key))


def stored_draft(entry, post, brought):
    """The stored draft of an entry."""
    text, pictures, is_short = words_of(entry)
    title, url = without(entry.title), without(entry.url)
    post.title = Truncator(title or opening(text[:500])).chars(150 if title else 90)
    post.body = with_missing(text, pictures)
    post.summary = opening(text[:2000])
    post.original_url, post.happened_on = "" if MASK in url else url, entry.day(post.place.zone)
    sector = sector_of(entry.labels)
    post.sector = sector or post.sector
    post.old_blog_note = note_of(entry, has_sector=bool(sector))
    post.save()
    brought.fresh.add(post.pk)
    brought.masked += MASK in f"{title}{post.body}{url}{post.old_blog_note}"
    brought.missing_photos += len(pictures)
    brought.shortened += is_short
    brought.undated += post.happened_on is None
    brought.stood[entry.stood] += bool(entry.stood)
    if len(brought.titles) < MOST_NAMED:
        brought.titles.append(post)
    return post


def words_of(entry):
    """`(text, its pictures, whether it was cut)`."""
    base = entry.url if "://" in entry.url else ""
    converted = from_html(entry.html, base=base, has_lines=entry.has_lines)
    pictures = {picture.key: picture for picture in [*converted.pictures, *entry.pictures]}
    text, room = (
        without(only_seen(converted.text)),
        MOST_LETTERS - MOST_LETTERS // 4 if pictures else MOST_LETTERS - 100,
    )
    is_short = converted.is_cut or len(text) > room
    if len(text) > room:
        text = f"{text[:room].rpartition(' ')[0]} …"
    return f"{text}\n\n{CUT}" if is_short else text, list(pictures.values()), is_short


def with_missing(text, pictures):
    """The text, and at its end what pictures belong to it and are not there."""
    lines = [missing(picture) for picture in pictures]
    return "\n\n".join(filter(None, [text, Truncator("\n".join(lines)).chars(MOST_LETTERS // 4 - 200)]))


def missing(picture):
    return MISSING.format(name=without(only_seen(picture.name, one_line=True)))


def sector_of(labels):
    """The bidang that its categories name, where they name one."""
    slugs = {slug for label in labels for slug in sectors_in(label)}
    return Sector.objects.filter(slug__in=slugs).first() if len(slugs) == 1 else None


def note_of(entry, *, has_sector):
    """What its writer is to know of it, in sentences."""
    labels = LABELLED.format(labels=without(", ".join(entry.labels))) if entry.labels and not has_sector else ""
    with translation.override("id"):
        return "\n".join(filter(None, [str(STOOD.get(entry.stood, "")), labels]))


# Its photos


def add_photos(drafts, archives, brought):
    """Give drafts the photos that lie in the archives; as many as there is time for."""
    for entry, post in drafts:
        _text, pictures, _is_short = words_of(entry)
        for picture in pictures:
            if missing(picture) in post.body and (found := found_in(archives, picture)):
                if brought.photos >= MOST_PHOTOS:
                    brought.waiting_photos += 1
                elif add_photo(post, picture, *found):
                    brought.photos += 1
                    brought.missing_photos -= post.pk in brought.fresh


def found_in(archives, picture):
    """`(the archive that has it, what it is called there)`."""
    found = ((archive, archive.member_of(picture)) for archive in archives)
    return next(((archive, member) for archive, member in found if member), None)


def add_photo(post, picture, archive, member):
    """Whether the photo is now one of the draft, which then no longer says that it is missing."""
    try:
        photo = writing.add_photo(post, ContentFile(archive.read(member, MAX_BYTES), picture.name))
    except (ArchiveRefused, PhotoRefused):
        return False
    if picture.alt and not photo.alt and not PICTURE_FILE.search(picture.alt):
        Photo.objects.filter(pk=photo.pk).update(alt=without(only_seen(picture.alt, one_line=True))[:LONGEST_ALT])
    with transaction.atomic():
        fresh = Post.objects.select_for_update(no_key=True).get(pk=post.pk)
        fresh.body = "\n".join(without_line(fresh.body.split("\n"), missing(picture))).strip()
        fresh.save()
    return True


def without_line(lines, line):
    """Without the first of these."""
    at = lines.index(line) if line in lines else len(lines)
    return lines[:at] + lines[at + 1 :]
