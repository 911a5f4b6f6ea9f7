"""What a list says of a post, whether that is the model or no more than the columns of a card."""

from datetime import timedelta

from django.utils.text import capfirst
from django.utils.translation import gettext_lazy as _

from activities.types import Type
from pages.labels import label_of
from pages.paging import led_by
from pages.row_urls import SOME_KEY, row_url


def post_url(key):
    return row_url("activities:detail", key)


def cover_url(pk, sector):
    """The batik cover for a post without a photo, by the slug of its sector."""
    return row_url("files:cover", pk, before=(sector,), slot=SOME_KEY)


def type_name(kind):
    return capfirst(label_of(Type, kind))


def led_by_truth(posts):
    """These posts, but where the first has a warning, the first without one leads."""
    return led_by(posts, lambda post: not (post.is_hoax or post.is_recalled))


class Listed:
    __slots__ = ()

    def get_absolute_url(self):
        return post_url(f"{self.pk}-{self.slug}")

    @property
    def type_name(self):
        return type_name(self.type)

    @property
    def cover_url(self):
        return cover_url(self.pk, self.sector.slug)

    @property
    def shown_photo(self):
        """Its first photo, unless an officer hid it."""
        return self.lead_photo if self.lead_photo and not self.lead_photo.is_hidden else None

    @property
    def last_day(self):
        """Of the days an event touches."""
        return self.days.upper - timedelta(days=1)

    @property
    def lasts_days(self):
        """Whether it goes on beyond its first day."""
        return bool(self.days) and self.last_day > self.days.lower

    @property
    def mark(self):
        """The warning in a word, for a list; empty for nearly all."""
        if self.is_hoax:
            return _("Hoaks")
        return _("Ditarik") if self.is_recalled else ""
