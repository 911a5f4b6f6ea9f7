from django.utils.translation import gettext_lazy as _

from activities.feeds import PostFeed, printable
from activities.models import Post
from kimportal.search import Search


class SearchFeed(PostFeed):
    """What a search finds, for those who want to know of the next one."""

    def get_object(self, request):
        return Search(request.GET)

    def title(self, search):
        return _("Kegiatan KIM tentang “%(words)s”") % {"words": printable(search.text)}

    def link(self, search):
        return search.url

    def items(self, search):
        keys = [row.pk for row in search.page or ()]
        return Post.objects.published().filter(pk__in=keys).for_cards().newest_first()
