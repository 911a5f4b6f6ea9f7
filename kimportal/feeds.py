from django.utils.decorators import method_decorator
from django.utils.translation import gettext_lazy as _

from activities.feeds import PostFeed
from activities.models import Post
from kimportal.errors import too_busy
from kimportal.search import Search, found_in_time
from pages.limits import limited
from regions.filtered_feeds import question, unfinished


class SearchFeed(PostFeed):
    """An Atom feed of the posts that a search finds, newest first."""

    @method_decorator(limited("search"))
    def __call__(self, request):
        answer = super().__call__
        return found_in_time(lambda: answer(request)) or too_busy(request)

    def get_object(self, request):
        return Search(request.GET)

    def instead(self, search):
        """What to answer instead of a feed, or None. An unfinished search has no feed: an empty one would mislead."""
        if asked := question(search.filter):
            return asked
        return unfinished() if search.page is not None and search.page.is_cut and not search.page.items else None

    def topic(self, search):
        return search.topic

    def title(self, search):
        return _("Kegiatan KIM tentang “%(words)s”") % {"words": search.text}

    def link(self, search):
        return search.url

    def feed_url(self, search):
        return search.feed_url

    def posts(self, search):
        return Post.objects.published().filter(pk__in=[row.pk for row in search.page or ()])
