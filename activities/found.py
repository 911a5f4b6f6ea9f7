"""A post that was found, in words and URLs ready to be shown: its title and an extract, the words found marked."""

import re
from collections import namedtuple
from functools import lru_cache, partial

from django.utils.safestring import SafeString

from activities.cards import KEY, MARK, MOST_FRAMES, place_link
from activities.models.listed import Listed, post_url, type_name
from activities.summaries import is_opening
from communities.models.vocabulary import in_language
from pages.filling import as_filled, escaped, fill
from pages.markup import plain_words
from pages.stamped import Stamped
from pages.words.extracts import extract, marked, stands_together
from regions.templatetags.places import machine_time, place_date

# All that a page says of what it found, but the text.
FOUND_FACTS = [
    *["pk", "updated_at", "type", "slug", "title", "is_hoax", "is_recalled", "published_at", "place"],
    *["community__name", "sector__name", "summary"],
]

# Made as cards are: first, once for all posts of a type and a sector, with what they have in common.
ITEM = """<li>
  <p class="kicker">{{mark}} {kind} · {sector}</p>
  <h3><a href="{url}" lang="id">{{title}}</a></h3>
  <p lang="id">{{extract}} …</p>
  <p class="meta">{{place}} · {{community}} · <time datetime="{{moment}}">{{when}}</time></p>
</li>
"""

# Of marks whose other end the extract has cut off.
LEFT_OVER = re.compile(r"(?<!\w)[*_~`]{1,3}(?=\w)|(?<=[\w.,!?])[*_~`]{1,3}(?!\w)|\]\([^)\s]*\)?|\[(?=[^\]]*$)")
SIGNS = re.compile(r"[*_~`\[\]]")  # one of which each of them has

# Items by all that they are made of: a common word finds mostly the posts that it found before the newest came.
MOST_BYTES = 1_000_000
_items = Stamped(MOST_BYTES, size=len)


class FoundPost(Listed, namedtuple("FoundRow", [*FOUND_FACTS, "body"])):
    __slots__ = ()

    def html(self, place, sought, language):
        """The item of a list; `place` is the region it is of, `sought` the words that were."""
        link = place_link(place, language)
        # With the body `updated_at` changes.
        key = self[:-1], link, sought.key, language
        return _items.get(key, "", partial(self.made, link, place, sought, language))

    @property
    def text(self):
        """What it says, its summary first where the body does not open with it."""
        return self.body if is_opening(self.summary, self.body) else f"{self.summary}\n{self.body}"

    def says_together(self, sought, wanted, reach):
        """Whether its title or its text says so within so many words; see `stands_together`."""
        return any(stands_together(text, sought, wanted, reach) for text in (self.title, self.text))

    def made(self, link, place, sought, language):
        return SafeString(
            frame_of(self.type, self.sector__name, language).format(
                key=f"{self.pk}-{self.slug}",
                mark=fill(MARK, self.mark) if self.mark else "",
                title=marked(plainly(self.title), sought),
                extract=marked(plainly(extract(self.text, sought)), sought),
                place=link,
                community=escaped(self.community__name),
                moment=machine_time(self.published_at),
                when=place_date(self.published_at, place),
            )
        )


@lru_cache(MOST_FRAMES)
def frame_of(kind, sector_name, language):
    """What posts of a type and a sector have in common, to be filled with the rest."""
    sector = as_filled(escaped(in_language(sector_name, language)))
    return ITEM.format(kind=as_filled(escaped(type_name(kind))), sector=sector, url=post_url(KEY))


def plainly(text):
    """A part of a text without the marks of its writer."""
    words = plain_words(text)
    return LEFT_OVER.sub("", words) if SIGNS.search(words) else words
