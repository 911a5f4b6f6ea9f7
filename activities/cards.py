"""What the card of a post says, in words and URLs ready to be shown: a list shows many, so each is made lean."""

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from uuid import UUID

from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.safestring import mark_safe
from django.utils.translation import gettext as _

from accounts.stored_photo import PhotoUrls
from activities.models import Photo, Post
from activities.models.listed import Listed
from communities.models import Sector
from pages.filling import fill
from regions import atlas
from regions.models import Region
from regions.templatetags.places import place_date, place_time

MOST_SECTORS = 100

# What a card is made of, in the order of ListedPost and ListedPhoto: making three models for each took as long as the
# rest of the card.
COLUMNS = [
    *["pk", "type", "slug", "title", "is_hoax", "is_recalled", "published_at", "starts_at", "days", "venue"],
    *["community__name", "place", "sector__slug", "sector__name"],
    *["lead_photo__uuid", "lead_photo__alt", "lead_photo__is_hidden"],
]
PLACE = COLUMNS.index("place")

# Where, and what happened; then what kind it is, unless it is news, and by whom. Filled in without a template: a list
# shows eighteen, and of a page that nobody kept they were half the price.
CARD = """<li class="card{drawn}">
  <img src="{picture}"{sources} alt="{alt}" lang="id" width="640" height="400" loading="lazy">
  <p class="kicker">{mark} <a href="{place_url}">{place}</a></p>
  <h3><a href="{url}" lang="id">{title}</a></h3>
  <p class="meta">
    {kind}{sector}<br>
    {community} ·
    <time{of_event} datetime="{moment}">{when}</time>
    {venue}
  </p>
</li>
"""
SOURCES = ' srcset="{}" sizes="(min-width: 40rem) 24rem, 7rem"'
MARK = '<strong class="badge badge--bad">{}</strong>'


def event_time(post):
    """When an event begins; of one that goes on beyond its day, its last day too."""
    start = place_time(post.starts_at, post.place)
    if not post.lasts_days:
        return start
    return _("%(start)s sampai %(last)s") % {"start": start, "last": place_date(post.last_day)}


@dataclass(slots=True)
class ListedPhoto(PhotoUrls):
    URL_NAME = Photo.URL_NAME

    uuid: UUID
    alt: str
    is_hidden: bool


@dataclass(slots=True)
class ListedPost(Listed):
    pk: int
    type: str
    slug: str
    title: str
    is_hoax: bool
    is_recalled: bool
    published_at: datetime | None
    starts_at: datetime | None
    days: DateRange | None
    venue: str
    community_name: str
    place: Region
    sector: Sector
    lead_photo: ListedPhoto | None


def cards_of(rows):
    """The Cards of rows of COLUMNS, in their order."""
    rows = list(rows)
    places = atlas.places({row[PLACE] for row in rows})
    for *own, place, slug, name, uuid, alt, is_hidden in rows:
        photo = ListedPhoto(uuid, alt, is_hidden) if uuid else None
        yield Card(ListedPost(*own, places[place], sector_of(slug, name), photo))


@lru_cache(MOST_SECTORS)
def sector_of(slug, name):
    """There are few, so each is made once."""
    return Sector(slug=slug, name=name)


class Card:
    """The card of a ListedPost."""

    def __init__(self, post):
        place, photo = post.place, post.shown_photo
        self.pk = post.pk
        self.url = post.get_absolute_url()
        self.title = post.title
        self.mark = post.mark
        # Most are news, which nobody needs to be told.
        self.kind = "" if post.type == Post.Type.BERITA else post.type_name
        self.sector = str(post.sector)
        self.community = post.community_name
        self.place = (
            f"{place.full_name}, {place.regency.name}" if place.level > place.Level.REGENCY else place.full_name
        )
        self.place_url = place.get_absolute_url()
        self.picture = photo.src640 if photo else post.cover_url
        self.srcset = photo.srcset if photo else ""
        self.alt = photo.alt if photo else ""
        self.is_event = post.type == Post.Type.AGENDA
        moment = post.starts_at if self.is_event else post.published_at
        self.moment = moment.isoformat(timespec="seconds") if moment else ""
        self.when = event_time(post) if self.is_event else place_date(moment, place)
        self.venue = post.venue if self.is_event else ""

    def html(self):
        return fill(
            CARD,
            **vars(self)
            | {
                "drawn": "" if self.srcset else " card--drawn",
                "sources": fill(SOURCES, self.srcset) if self.srcset else "",
                "mark": fill(MARK, self.mark) if self.mark else "",
                "kind": fill("<strong>{}</strong> · ", self.kind) if self.kind else "",
                "of_event": mark_safe(' class="when"') if self.is_event else "",
                "venue": fill('<br><span lang="id">{}</span>', self.venue) if self.venue else "",
            },
        )
