"""What a screen on a wall shows of a region: large numbers, its map, what was posted last and what comes."""

from django.conf import settings
from django.http import QueryDict
from django.utils import timezone
from django.utils.functional import cached_property

from activities.cards import cards_of
from activities.models import Post
from communities.certificate_pdf import qr_svg
from monitoring.forms import MeasureForm
from monitoring.measures import MEASURES
from monitoring.regional_map import RegionalMap
from pages.paging import first_of

SHOWN = ["kim", "kim-aktif", "kegiatan-30", "usulan-terbuka"]
MOST_POSTS = 8
MOST_EVENTS = 4


class Screen:
    """Of a region and its parts, made when the page asks for it; `turn` is the post that stands there first."""

    def __init__(self, region, parts, turn=0):
        self.region, self.parts, self.as_of = region, parts, timezone.now()
        self.asked_turn = turn

    @cached_property
    def numbers(self):
        """`(word, label, number)` of each that stands there large."""
        measures = [MEASURES[word] for word in SHOWN]
        return [(one.word, one.label, one.of([self.region])[self.region.pk]) for one in measures]

    @cached_property
    def posts(self):
        """The newest, as cards."""
        posts = Post.objects.published().without_warning().within(self.region).newest_first()
        return cards_of(posts.card_rows()[:MOST_POSTS])

    @property
    def turn(self):
        return self.asked_turn % max(len(self.posts), 1)

    @property
    def next_turn(self):
        return (self.turn + 1) % max(len(self.posts), 1)

    @cached_property
    def events(self):
        """Those that go on, then those that come."""
        rows = Post.objects.published().without_warning().within(self.region).for_events()
        return first_of([rows.running()[:2], rows.coming()], MOST_EVENTS)

    @cached_property
    def figure(self):
        """Its map by the first measure; None where there are no parts, or nothing to draw."""
        form = MeasureForm(QueryDict())
        return RegionalMap(self.region, self.parts, form).figure if self.parts and form.is_valid() else None

    @property
    def page_url(self):
        return settings.SITE_URL + self.region.get_absolute_url()

    @property
    def code(self):
        """What leads a telephone to the page of the region."""
        return qr_svg(self.page_url)
