"""Atom: the newest posts of the country or of a choice of them, of a region with all below it, of a KIM, of a sector.

Of events alone, those that run or come before those that were.
"""

import hashlib
from http import HTTPStatus

from django.conf import settings
from django.contrib.syndication.views import Feed
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.urls import reverse
from django.utils.cache import get_conditional_response
from django.utils.feedgenerator import Atom1Feed
from django.utils.html import escape
from django.utils.http import quote_etag
from django.utils.translation import gettext_lazy as _

from activities.filters import PostFilter
from activities.models import Post
from activities.printable import printable
from communities.models import Community, Sector
from pages import freshness
from pages.paging import first_of
from regions.filters import UNFINISHED
from regions.models import INDONESIA, Region

ENTRIES = 30
MOST_RUNNING = 10  # of these: a fair that lasts a month must not keep out what is tomorrow
SENTENCE = "text/plain; charset=utf-8"


class AtomWithPhotos(Atom1Feed):
    """Django's own enclosure would have to know how large the file is."""

    def add_item_elements(self, handler, item):
        super().add_item_elements(handler, item)
        if item["photo"]:
            handler.addQuickElement("link", "", {"rel": "enclosure", "type": "image/webp", "href": item["photo"]})


def question(chosen):
    """Nobody looks on who could choose: what is not understood is refused, and told to who looks why nothing comes."""
    if chosen.is_unfinished:
        return unfinished()
    lines = [*chosen.refusals, *(f"?wilayah={place.code}  {place.long_name}" for place in chosen.offered)]
    return HttpResponse("\n".join(lines), status=HTTPStatus.BAD_REQUEST, content_type=SENTENCE)


def unfinished():
    """A reader of feeds keeps what it has and asks again."""
    status = HTTPStatus.SERVICE_UNAVAILABLE
    return HttpResponse(UNFINISHED, status=status, content_type=SENTENCE, headers={"Retry-After": "30"})


class PostFeed(Feed):
    """The newest of `posts(subject)`. Whoever has them already costs one small query and is sent nothing.

    No Last-Modified: the newest post may be hidden, and what is left would seem to have been there all along.
    """

    feed_type = AtomWithPhotos
    login_required = False  # what @login_not_required would set on a function
    subtitle = _("Kabar terbaru dari Komunitas Informasi Masyarakat.")

    def __call__(self, request, **kwargs):
        subject = self.get_object(request, **kwargs)
        if other := self.instead(subject):
            return other
        freshness.follow(request, self.topic(subject))
        tag = self.tag(subject)
        response = get_conditional_response(request, etag=tag)
        if response is None:
            response = HttpResponse(content_type=AtomWithPhotos.content_type)
            self.get_feed(subject, request).write(response, "utf-8")
        response.headers["ETag"] = tag
        return response

    def instead(self, subject):
        """The answer instead of a feed: what is not understood, or where it went; None where there is a feed."""

    def topic(self, subject):
        """What changes when a post of this feed does."""
        return INDONESIA

    def parts(self, subject):
        """Querysets of what is told, in this order."""
        return [self.posts(subject).newest_first()]

    def tag(self, subject):
        columns = ("pk", "updated_at", "published_at", "community__updated_at")
        versions = first_of([part.values_list(*columns) for part in self.parts(subject)], ENTRIES)
        return quote_etag(hashlib.sha256(repr((str(self.title(subject)), versions)).encode()).hexdigest()[:32])

    def feed_guid(self, subject):
        return f"{settings.SITE_URL}{self.feed_url(subject)}"

    def items(self, subject):
        return first_of([part.for_cards() for part in self.parts(subject)], ENTRIES)

    def item_guid(self, post):
        """Stays when the title changes, and with it the URL."""
        return f"{settings.SITE_URL}{reverse('activities:detail', args=[post.pk])}"

    def item_title(self, post):
        return printable(post.announced_title)

    def item_description(self, post):
        """Readers take it for HTML."""
        return escape(printable(post.summary))

    def item_author_name(self, post):
        return printable(post.community.name)

    def item_pubdate(self, post):
        return post.published_at

    def item_updateddate(self, post):
        return post.updated_at

    def item_categories(self, post):
        return [post.sector.name, post.place.full_name]

    def item_extra_kwargs(self, post):
        return {"photo": post.shown_photo and f"{settings.SITE_URL}{post.shown_photo.src640}"}


class NewsFeed(PostFeed):
    """All posts, or those that a filter of their list leaves."""

    def get_object(self, request):
        return PostFilter(request.GET, queryset=Post.objects.published())

    def instead(self, posts):
        return question(posts) if posts.is_asking else None

    def topic(self, posts):
        return posts.region.code if posts.region else INDONESIA

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


class RegionFeed(PostFeed):
    def get_object(self, request, code):
        try:
            region, _canonical = Region.objects.resolve(code)
        except Region.DoesNotExist as error:
            raise Http404 from error
        return region

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


class CommunityFeed(PostFeed):
    def get_object(self, request, slug):
        return get_object_or_404(Community.objects.public(), slug=slug)

    def instead(self, community):
        successor = community.merged_into
        return redirect(self.feed_url(successor), permanent=True) if successor else None

    def topic(self, community):
        return f"kim-{community.slug}"

    def title(self, community):
        return _("Kegiatan %(community)s") % {"community": printable(community.name)}

    def link(self, community):
        return community.get_absolute_url()

    def feed_url(self, community):
        return reverse("files:feed_community", args=[community.slug])

    def posts(self, community):
        return Post.objects.published().filter(community=community)


class SectorFeed(PostFeed):
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
