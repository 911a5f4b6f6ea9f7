from django.utils.translation import gettext_lazy as _

from activities.feeds import PostFeed, printable
from activities.models import Post
from kimportal.search import Search
from regions.models import INDONESIA


class SearchFeed(PostFeed):
    """What a search finds, for those who want to know of the next one."""

    def get_object(self, request):
        return Search(request.GET)

    def topic(self, search):
        return search.filter.region.code if search.filter.region else INDONESIA

    def title(self, search):
        return _("Kegiatan KIM tentang “%(words)s”") % {"words": printable(search.text)}

    def link(self, search):
        return search.url

    def feed_url(self, search):
        return search.feed_url

    def posts(self, search):
        return Post.objects.published().filter(pk__in=[row.pk for row in search.page or ()])
