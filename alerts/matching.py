"""Which news wait for whom: each new post is looked at once, and put before everyone who follows it.

A post that came while nobody looked is found later: what counts is that it was not looked at yet, not when.
"""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, Exists, Func, OuterRef, Value
from django.utils import timezone

from activities.models import Post
from activities.models.querysets import TERMS
from alerts.models import AnnouncedPost
from regions.models import INDONESIA, Region

POSTS_AT_ONCE = 500
# After so long a post is no news any more.
NEWS_DAYS = 3
# Of what waits for a weekly message of a large region, the newest.
MOST_WAITING = 50
# One process at a time: two would wait for each other's subscribers.
LOCK = 0x414C4552

# Words are looked for once, however many people follow them. Nobody is told of what came before they followed.
MATCH = """
WITH fresh (id, published_at, community_id, sector_id, type, regions, terms) AS MATERIALIZED ({posts}),
searches AS MATERIALIZED (
    SELECT query, query::tsquery AS looked_for FROM (
        SELECT DISTINCT query FROM alerts_subscription WHERE query <> '' AND confirmed_at IS NOT NULL
    ) AS known
),
found AS MATERIALIZED (SELECT id, query FROM fresh JOIN searches ON terms @@ looked_for),
matched AS (
    SELECT chosen.subscriber_id, fresh.id, fresh.published_at
    FROM fresh CROSS JOIN unnest(regions) AS place (id)
    JOIN alerts_subscription AS chosen ON chosen.region_id = place.id AND chosen.query = ''
    WHERE {of_choice}
    UNION
    SELECT chosen.subscriber_id, fresh.id, fresh.published_at
    FROM found JOIN fresh USING (id) JOIN alerts_subscription AS chosen USING (query)
    WHERE chosen.region_id = ANY (regions) AND {of_choice}
    UNION
    SELECT chosen.subscriber_id, fresh.id, fresh.published_at
    FROM fresh JOIN communities_community AS kim ON coalesce(kim.merged_into_id, kim.id) = fresh.community_id
    JOIN alerts_subscription AS chosen ON chosen.community_id = kim.id
    WHERE chosen.confirmed_at <= fresh.published_at
),
news AS (
    SELECT subscriber_id, array_agg(id ORDER BY published_at DESC, id DESC) AS posts FROM matched GROUP BY subscriber_id
)
UPDATE alerts_subscriber SET waiting = (news.posts || waiting)[:{most}]
FROM news WHERE alerts_subscriber.id = news.subscriber_id
"""
OF_CHOICE = """
    chosen.confirmed_at <= fresh.published_at AND (chosen.sector_id IS NULL OR chosen.sector_id = fresh.sector_id)
    AND chosen.type IN ('', fresh.type)
"""


def match_new():
    """Put each new post before its followers; how many posts there were."""
    number = 0
    while some := match_some():
        number += some
    return number


def match_some():
    """Up to POSTS_AT_ONCE, in one transaction: whoever is killed in the middle has done nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
        if not cursor.fetchone()[0]:
            return 0
        posts = list(unseen()[:POSTS_AT_ONCE])
        AnnouncedPost.objects.bulk_create(AnnouncedPost(post_id=pk) for pk in posts)
        if posts:
            sql, values = facts_of(posts)
            cursor.execute(MATCH.format(posts=sql, of_choice=OF_CHOICE, most=MOST_WAITING), values)
    return len(posts)


def unseen():
    """Keys of the posts that nobody was told of, the oldest first."""
    seen = AnnouncedPost.objects.filter(pk=OuterRef("pk"))
    lately = Post.objects.published().without_hoaxes().filter(published_at__gt=news_since())
    return lately.filter(~Exists(seen)).order_by("published_at", "pk").values_list("pk", flat=True)


def news_since():
    return timezone.now() - timedelta(days=NEWS_DAYS)


def facts_of(posts):
    """SQL and its values: of each post what choices ask for, its places from the country down to the village."""
    nation = Region.objects.filter(code=INDONESIA).values_list("pk", flat=True).first()
    places = Func(
        *(Value(nation), "province_id", "regency_id", "district_id", "village_id"),
        template="array_remove(ARRAY[%(expressions)s], NULL)",
        output_field=ArrayField(BigIntegerField()),
    )
    facts = ("pk", "published_at", "community_id", "sector_id", "type", "regions", "terms")
    rows = Post.objects.filter(pk__in=posts).annotate(regions=places, terms=TERMS)
    return rows.values_list(*facts).query.sql_with_params()


def forget_announced():
    """Whatever is no news any more is not looked at again either."""
    AnnouncedPost.objects.filter(post__published_at__lt=news_since() - timedelta(days=1)).delete()
