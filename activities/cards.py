"""What the card of a post says, in words and URLs ready to be shown: a list shows many, so each is made lean."""

from functools import cache

from django.utils.safestring import mark_safe
from django.utils.text import capfirst
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from activities.models import Post
from pages.filling import fill
from regions.templatetags.places import place_date, place_time

# Besides what tells a post: all columns that a card asks for.
COLUMNS = [
    *["type", "slug", "title", "is_hoax", "is_recalled", "published_at", "starts_at", "days", "venue", "place"],
    *["community__name", "sector__slug", "sector__name"],
    *["lead_photo__uuid", "lead_photo__alt", "lead_photo__is_hidden"],
]

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


@cache
def kind_of_post(value, _language):
    return capfirst(Post.Type(value).label)


class Card:
    """The card of one post from `Post.objects.for_cards()`."""

    def __init__(self, post):
        place, photo = post.place, post.shown_photo
        self.url = post.get_absolute_url()
        self.title = post.title
        self.mark = post.mark
        # Most are news, which nobody needs to be told.
        self.kind = "" if post.type == Post.Type.BERITA else kind_of_post(post.type, get_language())
        self.sector = str(post.sector)
        self.community = post.community.name
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
