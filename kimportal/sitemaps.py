"""What search engines should know: every published post, every KIM, every region with something to read.

A section is a range of primary keys and one range of their index, so that the last of two hundred costs what the first
one does, and nothing is ever counted.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, timedelta

from django.conf import settings
from django.contrib.auth.decorators import login_not_required
from django.db.models import QuerySet
from django.http import Http404, HttpResponse
from django.urls import reverse
from django.utils import timezone
from django.utils.html import escape
from django.views.decorators.cache import cache_control

from activities.models import Post
from aspirations.models import Aspiration
from aspirations.models.aspiration import SOME_CODE
from bulletins.models import Bulletin
from communities.models import Community
from monitoring.models import RegionCount
from pages import freshness
from pages.printable import printable
from pages.reading import require_safe
from regions.models import INDONESIA, Region

SECTION_SIZE = 10_000  # keys; a file may hold 50,000 URLs
NEWS_AGE, MOST_NEWS = timedelta(days=2), 1000  # as Google News wants it

SCHEMA = "http://www.sitemaps.org/schemas/sitemap/0.9"
NEWS_SCHEMA = "http://www.google.com/schemas/sitemap-news/0.9"

PAGES = [
    *["home", "activities:list", "bulletins:list", "aspirations:list", "communities:list", "communities:materials"],
    *["regions:index", "monitoring:map", "monitoring:nearby", "about", "open_data", "privacy", "accessibility"],
]


@dataclass(frozen=True)
class Section:
    """Rows of one kind; `columns` of them make the URL, joined by dashes, and the last may say when it changed."""

    rows: Callable[[], QuerySet]
    view: str
    columns: tuple[str, ...]
    changed: tuple[str, ...] = ("updated_at",)
    # A last part that the URL of the view would take.
    slot: str = "-"

    def entries(self, number):
        """The lines of a section's rows (ten thousand), made of plain values: a model for each would cost too much."""
        first, width = number * SECTION_SIZE, len(self.columns)
        before, _dash, after = f"{settings.SITE_URL}{reverse(self.view, args=[self.slot])}".rpartition(self.slot)
        rows = self.rows().filter(pk__gte=first, pk__lt=first + SECTION_SIZE).order_by("pk")
        for row in rows.values_list(*self.columns, *self.changed):
            changed = "".join(f"<lastmod>{moment(value)}</lastmod>" for value in row[width:])
            yield f"<url><loc>{before}{'-'.join(map(str, row[:width]))}{after}</loc>{changed}</url>"

    def numbers(self):
        """The numbers of the sections that hold a row; each costs one look into the index of primary keys."""
        keys = self.rows().order_by("pk").values_list("pk", flat=True)
        number = 0
        while (key := keys.filter(pk__gte=number * SECTION_SIZE).first()) is not None:
            yield key // SECTION_SIZE
            number = key // SECTION_SIZE + 1


def regions_with_something_to_read():
    return Region.objects.current().filter(pk__in=RegionCount.objects.of_what_is_read().values("region"))


SECTIONS = {
    "kegiatan": Section(lambda: Post.objects.published().without_warning(), "activities:detail", ("pk", "slug")),
    "informasi": Section(lambda: Bulletin.objects.public().without_recalled(), "bulletins:detail", ("pk", "slug")),
    "kim": Section(Community.objects.registered, "community", ("slug",)),
    "usulan": Section(Aspiration.objects.public, "aspirations:detail", ("code",), slot=SOME_CODE),
    "wilayah": Section(regions_with_something_to_read, "region", ("code", "slug"), ()),
}


@require_safe
@login_not_required
def index(request):
    freshness.follow(request, INDONESIA, Bulletin.NEWS)
    files = [reverse("sitemap_pages"), reverse("sitemap_news")]
    for name, each in SECTIONS.items():
        files += [reverse("sitemap_section", args=[name, number]) for number in each.numbers()]
    return xml("sitemapindex", (f"<sitemap>{located(file)}</sitemap>" for file in files))


@require_safe
@login_not_required
@cache_control(public=True, max_age=3600)
def pages(request):
    return xml("urlset", (f"<url>{located(reverse(name))}</url>" for name in PAGES))


@require_safe
@login_not_required
def section(request, name, number):
    if name not in SECTIONS:
        raise Http404
    freshness.follow(request, INDONESIA, Bulletin.NEWS)
    entries = list(SECTIONS[name].entries(number))
    if not entries:
        raise Http404
    return xml("urlset", entries)


@require_safe
@login_not_required
def news(request):
    """The posts of the last two days; they come and go with the pages that show them."""
    freshness.follow(request, INDONESIA)
    recent = (
        Post.objects.published().without_warning().filter(published_at__gte=timezone.now() - NEWS_AGE).newest_first()
    )
    rows = recent.only("slug", "title", "published_at")[:MOST_NEWS]
    return xml("urlset", map(news_entry, rows), f' xmlns:news="{NEWS_SCHEMA}"')


def news_entry(post):
    return (
        f"<url>{located(post.get_absolute_url())}<news:news>"
        "<news:publication><news:name>Portal KIM</news:name><news:language>id</news:language></news:publication>"
        f"<news:publication_date>{moment(post.published_at)}</news:publication_date>"
        f"<news:title>{escape(printable(post.title))}</news:title></news:news></url>"
    )


def located(path):
    return f"<loc>{settings.SITE_URL}{escape(path)}</loc>"


def moment(value):
    return value.astimezone(UTC).isoformat(timespec="seconds")


def xml(root, entries, names=""):
    lines = ['<?xml version="1.0" encoding="UTF-8"?>', f'<{root} xmlns="{SCHEMA}"{names}>', *entries, f"</{root}>", ""]
    return HttpResponse("\n".join(lines), content_type="application/xml")
