"""A region with its parts, and how many KIM and posts there are, as the front page and that of a region show them."""

from django.utils.functional import cached_property

from activities.models import Post
from monitoring.models import Counted, RegionCount
from monitoring.regional_map import map_url
from monitoring.statistics import statistics_url
from pages.questions import AskedTogether, Asking
from pages.structured_data import breadcrumb_list, json_ld
from regions import atlas
from regions.maps import map_figure
from regions.models import Region

# Of the most read in a region; fewer than the least are no list.
MOST_OF_MOST_READ, LEAST_OF_MOST_READ = 5, 3


class Surroundings:
    """A region (None for no such code), its parts and its neighbours; they are counted only for a page that asks."""

    def __init__(self, code):
        self.region, self.children, self.neighbours = atlas.surroundings(code)
        self._regions = [self.region, *self.children]

    def asked_with(self, **askings):
        """These questions, and how many KIM and posts there are in the region and in each of its parts: one query.

        Down to a regency also what was read most this week; of anything smaller all is on one page.
        """
        if self.region:
            askings["counts"] = RegionCount.objects.asking(self._regions)
            if self.region.level <= Region.Level.REGENCY:
                askings["most_read"] = Asking(most_read, self.region.pk)
        self._rows = AskedTogether(**askings)
        return self._rows

    @cached_property
    def _counted(self):
        if self.region is None:  # no list of regions is loaded yet
            return [Counted(None, 0, 0)]
        return RegionCount.objects.counted(self._regions, self._rows["counts"])

    def most_read(self):
        posts = self._rows.get("most_read")
        return posts if len(posts) >= LEAST_OF_MOST_READ else []

    @property
    def counts(self):
        return self._counted[0]

    @property
    def parts(self):
        return self._counted[1:]

    @property
    def child_term(self):
        return self.children[0].term if self.children else ""

    @property
    def reached_provinces(self):
        return sum(part.communities > 0 for part in self.parts)

    def map(self):
        return map_figure(self.region, [(part.region, part.communities) for part in self.parts]) if self.parts else ""

    def map_url(self):
        return map_url(self.region)

    def statistics_url(self):
        return statistics_url(self.region)

    def jsonld(self):
        path = [*self.region.ancestors, self.region]
        return json_ld(breadcrumb_list(*((place.full_name, place.get_absolute_url()) for place in path)))


def most_read(region):
    posts = Post.objects.published().without_warning().most_read_in(region).fetch_mode(atlas.FROM_ATLAS)
    return posts.only("title", "slug", "place")[:MOST_OF_MOST_READ]
