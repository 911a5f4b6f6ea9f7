"""The card of a post, in words and URLs ready to be shown: a list shows eighteen, so each is made lean."""

from collections import namedtuple
from dataclasses import dataclass
from functools import lru_cache

from django.utils.safestring import SafeString
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from accounts.stored_photo import PhotoUrls
from activities.models import Photo, Post
from activities.models.listed import Listed, cover_url, post_url, type_name
from activities.models.querysets import CARD_FACTS, CARD_VERSION
from communities.models.vocabulary import in_language
from pages.filling import as_filled, escaped, fill
from regions import atlas
from regions.templatetags.places import date_at, machine_time, place_date, place_time

MOST_FRAMES = 500

# Where, and what happened; then what kind it is, unless it is news, and by whom. Filled in without a template: of a
# page that nobody kept they were half the price. First, once for all posts of a type and a sector, with what they
# have in common; what is in two pairs of brackets then differs from post to post.
CARD = """<li class="card{drawn}">
  <img src="{picture}"{sources} alt="{{alt}}" lang="id" width="640" height="400" loading="lazy">
  <p class="kicker">{{mark}} {{place}}</p>
  <h3><a href="{url}" lang="id">{{title}}</a></h3>
  <p class="meta">
    {kind}{sector}<br>
    {{community}} ·
    <time{of_event} datetime="{{moment}}">{{when}}</time>
    {{venue}}
  </p>
</li>
"""
KEY, PK, UUID = "{key}", "{pk}", "{uuid}"  # what is in the URLs of a frame instead
SOURCES = ' srcset="{}" sizes="(min-width: 40rem) 24rem, 7rem"'
MARK = '<strong class="badge badge--bad">{}</strong>'
PLACE = '<a href="{}">{}</a>'
VENUE = '<br><span lang="id">{}</span>'


def event_time(post, place=None):
    """When an event begins; of one that goes on beyond its day, its last day too."""
    start = place_time(post.starts_at, place or post.place)
    if not post.lasts_days:
        return start
    return _("%(start)s sampai %(last)s") % {"start": start, "last": place_date(post.last_day)}


CardVersion = namedtuple("CardVersion", CARD_VERSION)
CardRow = namedtuple("CardRow", [*CARD_VERSION, *CARD_FACTS[:-3], "photo_uuid", "photo_alt", "photo_is_hidden"])


def version_of(row):
    """By what the card of a row is known: all that is kept of a list."""
    return CardVersion._make(row[: len(CARD_VERSION)])


@dataclass(slots=True)
class ListedPhoto(PhotoUrls):
    URL_NAME = Photo.URL_NAME

    uuid: str


class ListedPost(Listed, CardRow):
    __slots__ = ()

    @property
    def shown_photo(self):
        return ListedPhoto(self.photo_uuid) if self.photo_uuid and not self.photo_is_hidden else None


def cards_of(rows):
    """The Cards of rows of `PostQuerySet.card_rows()`, in their order."""
    posts = list(map(ListedPost._make, rows))
    places = atlas.places({post.place for post in posts})
    language = get_language()
    return [Card(post, places[post.place], language) for post in posts]


class Card:
    """The card of a ListedPost, whose place this is, in the language of the request."""

    def __init__(self, post, place, language):
        self.post, self.region, self.language = post, place, language

    @property
    def url(self):
        return self.post.get_absolute_url()

    @property
    def title(self):
        return self.post.title

    @property
    def community(self):
        return self.post.community__name

    @property
    def place(self):
        return place_name(self.region)

    @property
    def picture(self):
        photo = self.post.shown_photo
        return photo.src640 if photo else cover_url(self.post.pk, self.post.sector__slug)

    @property
    def alt(self):
        return self.post.photo_alt if self.post.shown_photo else ""

    @property
    def when(self):
        post, place = self.post, self.region
        if post.type == Post.Type.AGENDA:
            return event_time(post, place)
        return date_at(post.published_at, place, self.language)

    def html(self):
        post, photo = self.post, self.post.shown_photo
        is_event = post.type == Post.Type.AGENDA
        moment = post.starts_at if is_event else post.published_at
        frame = frame_of(post.type, post.sector__slug, post.sector__name, bool(photo), self.language)
        return SafeString(
            frame.format(
                key=f"{post.pk}-{post.slug}",
                pk=post.pk,
                uuid=post.photo_uuid,
                alt=escaped(post.photo_alt) if photo else "",
                mark=fill(MARK, post.mark) if post.mark else "",
                place=place_link(self.region, self.language),
                title=escaped(post.title),
                community=escaped(post.community__name),
                moment=machine_time(moment) if moment else "",
                when=escaped(self.when),
                venue=fill(VENUE, post.venue) if is_event and post.venue else "",
            )
        )


@lru_cache(MOST_FRAMES)
def frame_of(kind, sector, sector_name, has_photo, language):
    """What the cards of a type and a sector have in common, to be filled with the rest."""
    photo = ListedPhoto(UUID)
    # Most are news, which nobody needs to be told.
    kind_name = "" if kind == Post.Type.BERITA else type_name(kind)
    return CARD.format(
        drawn="" if has_photo else " card--drawn",
        picture=photo.src640 if has_photo else cover_url(PK, sector),
        sources=SOURCES.format(photo.srcset) if has_photo else "",
        url=post_url(KEY),
        kind=as_filled(fill("<strong>{}</strong> · ", kind_name)) if kind_name else "",
        sector=as_filled(escaped(in_language(sector_name, language))),
        of_event=' class="when"' if kind == Post.Type.AGENDA else "",
    )


def place_name(place):
    return f"{place.full_name}, {place.regency.name}" if place.level > place.Level.REGENCY else place.full_name


def place_link(place, language):
    return atlas.kept_with(place, ("link", language), lambda: fill(PLACE, place.get_absolute_url(), place_name(place)))
