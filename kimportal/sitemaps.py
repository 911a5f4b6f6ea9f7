"""What search engines should know: every published post, every KIM, every region where something happens."""

from django.contrib.sitemaps import Sitemap
from django.urls import reverse

from activities.models import Post
from communities.models import Community
from monitoring.models import RegionCount
from regions.models import Region


class PageSitemap(Sitemap):
    def items(self):
        return ["home", "activities:list", "communities:list", "regions:index", "about", "privacy", "accessibility"]

    def location(self, name):
        return reverse(name)


class PostSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Post.objects.published().newest_first().only("slug", "updated_at")

    def lastmod(self, post):
        return post.updated_at


class CommunitySitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Community.objects.registered().order_by("pk").only("slug", "updated_at")

    def lastmod(self, community):
        return community.updated_at


class RegionSitemap(Sitemap):
    limit = 10_000

    def items(self):
        return Region.objects.current().filter(pk__in=RegionCount.objects.values("region")).order_by("pk")


SITEMAPS = {"halaman": PageSitemap, "kegiatan": PostSitemap, "kim": CommunitySitemap, "wilayah": RegionSitemap}
