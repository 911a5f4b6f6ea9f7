"""Atom: the newest posts of the country or of a choice of them, of a region with all below it, of a KIM, of a sector.

Of events alone, those that run or come before those that were.
"""

from django.conf import settings
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.html import escape
from django.utils.translation import gettext_lazy as _

from activities.filters import PostFilter
from activities.models import Post
from communities.models import Community, Sector
from pages.feeds import KeptFeed
from regions.by_url import region_or_404
from regions.filtered_feeds import feed_of_choice, question
from regions.models import INDONESIA

MOST_RUNNING = 10  # of these: a fair that lasts a month must not keep out what is tomorrow


class PostFeed(KeptFeed):
    """The newest of `posts(subject)`."""

    subtitle = _("Kabar terbaru dari Komunitas Informasi Masyarakat.")
    COLUMNS = ("pk", "updated_at", "published_at", "community__updated_at")
    PAGE = "activities:detail"

    def topic(self, subject):
        """What changes when a post of this feed does."""
        return INDONESIA

    def parts(self, subject):
        """Querysets of what is told, in this order."""
        return [self.posts(subject).newest_first()]

    def told(self, posts):
        return posts.for_cards()

    def item_title(self, post):
        return post.announced_title

    def item_description(self, post):
        """Readers take it for HTML."""
        return escape(post.summary)

    def item_author_name(self, post):
        return post.community.name

    def item_categories(self, post):
        return [post.sector.name, post.place.full_name]

    def item_extra_kwargs(self, post):
        return {"photo": post.shown_photo and f"{settings.SITE_URL}{post.shown_photo.src640}"}


class NewsFeed(PostFeed):
    """All posts, or those that a filter of their list leaves."""

    def get_object(self, request):
        return PostFilter(request.GET, queryset=Post.objects.published())

    def instead(self, posts):
        return question(posts)

    def topic(self, posts):
        return posts.topic

    def title(self, posts):
        chosen = ", ".join(posts.names.values())
        return _("Kegiatan KIM: %(chosen)s") % {"chosen": chosen} if chosen else _("Kegiatan KIM")

    def link(self, posts):
        return f"{reverse('activities:list')}{posts.query}"

    def feed_url(self, posts):
        return f"{reverse('files:feed')}{posts.query}"

    def posts(self, posts):
        return posts.qs

    def parts(self, posts):
        if not posts.is_of_events:
            return super().parts(posts)
        return [posts.qs.running()[:MOST_RUNNING], posts.qs.coming(), posts.qs.over()]


class OneFeed(PostFeed):
    """The newest of one thing, named by the URL; narrowed besides it is a choice of all posts, which has a feed, too.

    `BY` is by which parameter that is narrowed to the thing.
    """

    BY = ""

    def __call__(self, request, **of):
        chosen = PostFilter(request.GET, queryset=Post.objects.none())
        (thing,) = of.values()
        return feed_of_choice(chosen, "files:feed", **{self.BY: thing}) or super().__call__(request, **of)


class RegionFeed(OneFeed):
    BY = "wilayah"

    def get_object(self, request, code):
        return region_or_404(code)[0]

    def topic(self, region):
        return region.code

    def title(self, region):
        return _("Kegiatan KIM di %(region)s") % {"region": region.full_name}

    def link(self, region):
        return region.get_absolute_url()

    def feed_url(self, region):
        return reverse("files:feed_region", args=[region.code])

    def posts(self, region):
        return Post.objects.published().within(region)


class CommunityFeed(OneFeed):
    BY = "kim"

    def get_object(self, request, slug):
        return get_object_or_404(Community.objects.public(), slug=slug)

    def instead(self, community):
        successor = community.merged_into
        return redirect(self.feed_url(successor), permanent=True) if successor else None

    def topic(self, community):
        return f"kim-{community.slug}"

    def title(self, community):
        return _("Kegiatan %(community)s") % {"community": community.name}

    def link(self, community):
        return community.get_absolute_url()

    def feed_url(self, community):
        return reverse("files:feed_community", args=[community.slug])

    def posts(self, community):
        return Post.objects.published().filter(community=community)


class SectorFeed(OneFeed):
    BY = "bidang"

    def get_object(self, request, slug):
        return get_object_or_404(Sector, slug=slug)

    def title(self, sector):
        return _("Kegiatan KIM bidang %(sector)s") % {"sector": sector.name}

    def link(self, sector):
        return f"{reverse('activities:list')}?bidang={sector.slug}"

    def feed_url(self, sector):
        return reverse("files:feed_sector", args=[sector.slug])

    def posts(self, sector):
        return Post.objects.published().filter(sector=sector)
