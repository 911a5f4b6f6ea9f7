"""Every list a visitor pages through, as its view asks for it, and the plan that PostgreSQL makes for it."""

import json
from dataclasses import dataclass
from datetime import date

from django.db import connection
from django.http import QueryDict
from django.test.utils import CaptureQueriesContext

from activities.models import Post
from activities.views.agenda import MOST_RUNNING
from communities.models import Community, Sector
from monitoring.models import RegionCount, Subject
from pages.paging import AFTER, PAGE_SIZE, KeysetPage, write_key
from regions.models import Region

DEEP = 500
# Of the three years that the tiers hold.
MONTH = (date(2026, 6, 1), date(2026, 7, 1))


@dataclass
class List:
    """A list of posts or of KIM: all its rows, in the order of which column."""

    name: str
    rows: object
    order: str = "-published_at"

    @property
    def table(self):
        return self.rows.model._meta.db_table

    def page(self, key=None):
        """One page, as a view would make it."""
        params = QueryDict(mutable=True)
        if key:
            params[AFTER] = key
        rows = self.rows.card_rows() if self.rows.model is Post else self.rows.for_cards()
        return KeysetPage(rows, params, order=self.order)

    def deep_key(self, depth=DEEP):
        """The key of its page of this depth, or of the last full one before that; None where that is its first."""
        column = self.order.removeprefix("-")
        ordered = self.rows.order_by(self.order, f"{self.order.removesuffix(column)}pk").values_list(column, "pk")
        full = ordered[: depth * PAGE_SIZE].count() // PAGE_SIZE
        return write_key(*ordered[(full - 1) * PAGE_SIZE - 1]) if full > 1 else None

    def plan(self, key=None):
        """What EXPLAIN (ANALYZE, BUFFERS) says of the query behind a page."""
        with CaptureQueriesContext(connection) as queries:
            self.page(key)
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN (ANALYZE, BUFFERS, FORMAT JSON) {queries[0]['sql']}")
            plan = cursor.fetchone()[0]
        return (json.loads(plan) if isinstance(plan, str) else plan)[0]


class Running(List):
    """What began and goes on, the first to be over first: few, so that they may be sorted."""

    def page(self, key=None):
        return list(self.rows.card_rows()[:MOST_RUNNING])


class Queue(List):
    """What officers work off one by one, the oldest first."""

    def page(self, key=None):
        return list(self.rows[:1])

    def deep_key(self, depth=DEEP):
        return None


def busiest_regions(level, number=1):
    """The regions of a level with the most posts: the ones that a bad plan would hurt most."""
    posts = RegionCount.objects.filter(subject=Subject.POST, sector=None, region__level=level)
    busiest = posts.order_by("-amount", "region").values_list("region", flat=True)[:number]
    return [Region.objects.with_names().get(pk=pk) for pk in busiest]


def post_lists():
    posts = Post.objects.published()
    sector, rare_sector = Sector.objects.first(), Sector.objects.last()
    yield List("posts of the country", posts)
    yield List("posts of a sector", posts.filter(sector=rare_sector))
    yield List("posts of a type", posts.filter(type=Post.Type.KLARIFIKASI))
    yield List("posts of a KIM", posts.filter(community=Community.objects.order_by("-post_count").first()))
    for level in list(Region.Level)[1:]:
        (region,) = busiest_regions(level)
        where = f"of a {level.name.lower()}"
        yield List(f"posts {where}", posts.within(region))
        yield List(f"posts {where}, a sector", posts.within(region).filter(sector=sector))
        yield List(f"posts {where}, a rare sector", posts.within(region).filter(sector=rare_sector))
        yield List(f"posts {where}, a rare type", posts.within(region).filter(type=Post.Type.KLARIFIKASI))


def published_by_place():
    """`(where, posts)` of the country and of the busiest region of each level."""
    posts = Post.objects.published()
    yield "of the country", posts
    for level in list(Region.Level)[1:]:
        (region,) = busiest_regions(level)
        yield f"of a {level.name.lower()}", posts.within(region)


def events():
    (province,) = busiest_regions(Region.Level.PROVINCE)
    for where, posts in published_by_place():
        yield List(f"events to come {where}", posts.coming(), "starts_at")
        yield List(f"events that were {where}", posts.over(), "-over_at")
        yield List(f"events of a month {where}", posts.starting(*MONTH), "starts_at")
        yield List(f"events up to a day {where}", posts.starting(None, MONTH[1]), "-starts_at")
    yield List("what a province has to offer", Post.objects.published().within(province).filter(type=Post.Type.POTENSI))


def queues():
    (regency,) = busiest_regions(Region.Level.REGENCY)
    for where, posts in (("of a regency", Post.objects.within(regency)), ("of the country", Post.objects.all())):
        yield Queue(f"posts to decide on {where}", posts.waiting())
    yield Queue("posts to read afterwards of a regency", Post.objects.within(regency).unreviewed())


def directories():
    communities = Community.objects.registered()
    yield List("KIM of the country", communities, "name")
    for level in list(Region.Level)[1:]:
        (region,) = busiest_regions(level)
        yield List(f"KIM of a {level.name.lower()}", communities.within(region), "name")


def running():
    for where, posts in published_by_place():
        yield Running(f"events that run {where}", posts.running())


def running_into_a_month():
    for where, posts in published_by_place():
        yield Running(f"events that run into a month {where}", posts.running_into(MONTH[0]))


def all_lists():
    return [*post_lists(), *events(), *directories(), *queues()]


def scan_of(plan, table):
    """The node that reads the list's own rows."""
    return next(node for node in nodes(plan["Plan"]) if node.get("Relation Name") == table)


def index_of(plan, table):
    """The index that this node, or the bitmap below it, looks into."""
    return next((node["Index Name"] for node in nodes(scan_of(plan, table)) if "Index Name" in node), "")


def is_sorted(plan):
    return any("Sort" in node["Node Type"] for node in nodes(plan["Plan"]))


def nodes(plan):
    """Every node of a plan, from the top down."""
    yield plan
    for child in plan.get("Plans", []):
        yield from nodes(child)
