"""The card of a KIM, filled in without a template; each process keeps those it made by all that they say."""

from collections import namedtuple
from functools import lru_cache

from django.conf import settings
from django.utils.safestring import SafeString
from django.utils.text import capfirst
from django.utils.translation import get_language, ngettext

from communities.models import Community, CommunityPicture
from communities.models.listed import Listed
from communities.models.querysets import CARD_COLUMNS
from pages.filling import escaped, fill
from pages.memory import Memory
from regions import atlas
from regions.templatetags.places import thousands

MOST_CARDS = MOST_NUMBERS = 1000

CARD = """<li class="community-card">
  {logo}
  <h3><a href="{url}">{name}</a></h3>
  <p class="meta">{place}</p>
  <p>
    {badges}
  </p>
  <p class="meta">{posts}</p>
</li>
"""
LOGO = '<img class="logo" src="{}" alt="" width="56" height="56" loading="lazy">'
BADGE = '<span class="badge{}">{}</span>'
GOOD = " badge--good"

_made = Memory(MOST_CARDS)


class ListedCommunity(Listed, namedtuple("CardRow", [*CARD_COLUMNS, "logo_uuid"])):
    """A row of `CommunityQuerySet.card_rows()`."""

    __slots__ = ()

    Status, STANDING_STATUSES = Community.Status, Community.STANDING_STATUSES

    @property
    def seat_id(self):
        return self.seat

    @property
    def logo_src(self):
        return CommunityPicture(uuid=self.logo_uuid).src320 if self.logo_uuid else ""


def cards_of(rows):
    """The cards, as HTML, of rows of `card_rows()` or of KIM from `for_cards()`, in their order."""
    listed = [row if isinstance(row, Community) else ListedCommunity._make(row) for row in rows]
    language, places = get_language(), atlas.places({kim.seat_id for kim in listed})
    return [card_of(kim, places[kim.seat_id], language) for kim in listed]


def card_of(kim, place, language):
    activity = kim.activity
    name = atlas.kept_with(place, ("name with regency", language), lambda: place_name(place))
    # A new name, status or logo comes with another `updated_at`; a post changes the numbers alone.
    key = kim.pk, kim.updated_at, kim.post_count, activity, name, kim.logo_uuid, language
    card = _made.get(key) if settings.CARD_STORE else None
    if card is None:
        card = _made[key] = html_of(kim, name, activity)
    return card


def html_of(kim, place, activity):
    shown = [(GOOD if activity == kim.Activity.ACTIVE else "", kim.activity_name)] if kim.is_standing else []
    badges = shown + [("", capfirst(standing)) for standing in kim.public_standing]
    return SafeString(
        CARD.format(
            logo=fill(LOGO, kim.logo_src) if kim.logo_uuid else "",
            url=kim.get_absolute_url(),
            name=escaped(kim.name),
            place=escaped(place),
            badges=" ".join(fill(BADGE, *badge) for badge in badges),
            posts=escaped(post_count(kim.post_count)),
        )
    )


def place_name(place):
    """With all that its regency is called."""
    above = f", {place.regency.full_name}" if place.level > place.Level.REGENCY else ""
    return f"{place.full_name}{above}"


def post_count(number):
    """12 kegiatan"""
    return posts_in_words(number, get_language())


@lru_cache(MOST_NUMBERS)
def posts_in_words(number, _language):
    return ngettext("%(number)s kegiatan", "%(number)s kegiatan", number) % {"number": thousands(number)}
