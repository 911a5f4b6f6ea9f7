"""Atom: the newest posts of the country, of a region and all below it, of a KIM, of a field."""

from django.contrib.syndication.views import Feed
from django.http import Http404
from django.shortcuts import get_object_or_404
from django.urls import reverse
from django.utils.feedgenerator import Atom1Feed
from django.utils.translation import gettext_lazy as _

from activities.models import Post
from communities.models import Community, Field
from regions.models import Region

ENTRIES = 30

CONTROLS = dict.fromkeys([*range(9), 11, 12, *range(14, 32)])


def printable(text):
    """Without the characters that XML cannot hold."""
    return text.translate(CONTROLS)


class PostFeed(Feed):
    feed_type = Atom1Feed
    login_required = False  # what @login_not_required would set on a function
    title = _("Kegiatan KIM di seluruh Indonesia")
    subtitle = _("Kabar terbaru dari Komunitas Informasi Masyarakat.")

    def link(self, subject=None):
        return reverse("activities:list")

    def posts(self, subject=None):
        return Post.objects.published()

    def items(self, subject=None):
        return self.posts(subject).for_cards().newest_first()[:ENTRIES]

    def item_title(self, post):
        return printable(post.title)

    def item_description(self, post):
        return printable(post.summary)

    def item_author_name(self, post):
        return printable(post.community.name)

    def item_pubdate(self, post):
        return post.published_at

    def item_updateddate(self, post):
        return post.updated_at

    def item_categories(self, post):
        return [post.field.name, post.place.full_name]


class RegionFeed(PostFeed):
    def get_object(self, request, code):
        try:
            region, _canonical = Region.objects.resolve(code)
        except Region.DoesNotExist as error:
            raise Http404 from error
        return region

    def title(self, region):
        return _("Kegiatan KIM di %(region)s") % {"region": region.full_name}

    def link(self, region):
        return region.get_absolute_url()

    def posts(self, region):
        return super().posts().within(region)


class CommunityFeed(PostFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Community.objects.public(), slug=slug)

    def title(self, community):
        return _("Kegiatan %(community)s") % {"community": printable(community.name)}

    def link(self, community):
        return community.get_absolute_url()

    def posts(self, community):
        return super().posts().filter(community=community)


class FieldFeed(PostFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Field, slug=slug)

    def title(self, field):
        return _("Kegiatan KIM bidang %(field)s") % {"field": field.name}

    def link(self, field):
        return f"{reverse('activities:list')}?bidang={field.slug}"

    def posts(self, field):
        return super().posts().filter(field=field)
