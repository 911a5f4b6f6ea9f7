"""Which news wait for whom: each new post is looked at once, and put before everyone who follows it.

A post that came while nobody looked is found later: what counts is that it was not looked at yet, not when.
"""

from datetime import timedelta

from django.contrib.postgres.fields import ArrayField
from django.db import connection, transaction
from django.db.models import BigIntegerField, Case, Exists, Func, OuterRef, Value, When
from django.utils import timezone

from activities.models import Post
from activities.models.querysets import TERMS
from alerts.models import AnnouncedPost, AnnouncedStep, Subscription
from aspirations.models import Aspiration, AspirationStep
from pages.words.terms import AROUND
from regions.models import INDONESIA, Region
from regions.placed import LEVELS

POSTS_AT_ONCE = 500
# After so long a post is no news any more.
NEWS_DAYS = 3
# Of what waits for a weekly message of a large region, the newest.
MOST_WAITING = 50
# One process at a time: two would wait for each other's subscribers.
LOCK = 0x414C4552

# Words are looked for once, however many people follow them; what is typed with a minus also among those of the names
# of place and KIM. Nobody is told of what came before they followed.
MATCH = """
WITH fresh (id, published_at, community_id, sector_id, type, regions, terms) AS MATERIALIZED ({posts}),
searches AS MATERIALIZED (
    SELECT query, query::tsquery AS looked_for FROM (
        SELECT DISTINCT query FROM alerts_subscription WHERE query <> '' AND confirmed_at IS NOT NULL
    ) AS known
),
called (id, terms) AS MATERIALIZED (
    SELECT id, terms || (
        SELECT array_to_tsvector(coalesce(array_agg(DISTINCT '{around}' || word), '{{}}')) FROM (
            SELECT name FROM communities_community AS kim WHERE kim.id = community_id
            UNION ALL SELECT search_name FROM regions_region AS place WHERE place.id = ANY (regions) AND level > 0
        ) AS names, regexp_split_to_table(lower(name), '[^a-z0-9]+') AS word WHERE word NOT IN ('', 'kim')
    ) FROM fresh
),
found AS MATERIALIZED (SELECT id, query FROM called JOIN searches ON terms @@ looked_for),
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
    FROM fresh JOIN alerts_subscription AS chosen USING (community_id)
    WHERE chosen.confirmed_at <= fresh.published_at
),
news AS (
    SELECT subscriber_id, array_agg(id ORDER BY published_at DESC, id DESC) AS posts FROM matched GROUP BY subscriber_id
)
UPDATE alerts_subscriber SET waiting = (news.posts || waiting)[:{most}]
FROM news WHERE alerts_subscriber.id = news.subscriber_id
"""
# Whoever follows what was merged into another follows the other.
MATCH_STEPS = """
WITH fresh (id, at, aspiration_id, is_first, sector_id, regions) AS MATERIALIZED ({steps}),
matched AS (
    SELECT chosen.subscriber_id, fresh.id, fresh.at
    FROM fresh JOIN aspirations_aspiration AS row ON fresh.aspiration_id IN (row.id, row.duplicate_of_id)
    JOIN alerts_subscription AS chosen ON chosen.aspiration_id = row.id
    WHERE chosen.confirmed_at <= fresh.at
    UNION
    SELECT chosen.subscriber_id, fresh.id, fresh.at
    FROM fresh CROSS JOIN unnest(regions) AS place (id)
    JOIN alerts_subscription AS chosen ON chosen.aspirations_of_id = place.id
    WHERE is_first AND chosen.confirmed_at <= fresh.at
    AND (chosen.sector_id IS NULL OR chosen.sector_id = fresh.sector_id)
),
news AS (SELECT subscriber_id, array_agg(id ORDER BY at DESC, id DESC) AS steps FROM matched GROUP BY subscriber_id)
UPDATE alerts_subscriber SET waiting_steps = (news.steps || waiting_steps)[:{most}]
FROM news WHERE alerts_subscriber.id = news.subscriber_id
"""
# By which an aspiration comes before everyone's eyes.
FIRST_DEEDS = [AspirationStep.Deed.ARRIVE, AspirationStep.Deed.RELEASE]
OF_CHOICE = """
    chosen.confirmed_at <= fresh.published_at AND (chosen.sector_id IS NULL OR chosen.sector_id = fresh.sector_id)
    AND chosen.type IN ('', fresh.type)
"""


def match_new():
    """Put each new post and each step of an aspiration before its followers; how many there were."""
    Subscription.objects.follow_successors()
    return sum(sum(iter(some, 0)) for some in (match_some, match_some_steps))


def match_some():
    """Up to POSTS_AT_ONCE, in one transaction: whoever is killed in the middle has done nothing."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not alone(cursor):
            return 0
        posts = list(unseen()[:POSTS_AT_ONCE])
        AnnouncedPost.objects.bulk_create(AnnouncedPost(post_id=pk) for pk in posts)
        if posts:
            sql, values = facts_of(posts)
            cursor.execute(MATCH.format(posts=sql, around=AROUND, of_choice=OF_CHOICE, most=MOST_WAITING), values)
    return len(posts)


def match_some_steps():
    """The same for what became of aspirations."""
    with transaction.atomic(), connection.cursor() as cursor:
        if not alone(cursor):
            return 0
        steps = list(unseen_steps()[:POSTS_AT_ONCE])
        AnnouncedStep.objects.bulk_create(AnnouncedStep(step_id=pk) for pk in steps)
        if steps:
            sql, values = facts_of_steps(steps)
            cursor.execute(MATCH_STEPS.format(steps=sql, most=MOST_WAITING), values)
    return len(steps)


def alone(cursor):
    """Whether no other process is at it."""
    cursor.execute("SELECT pg_try_advisory_xact_lock(%s)", [LOCK])
    return cursor.fetchone()[0]


def unseen():
    """Keys of the posts that nobody was told of, the oldest first."""
    seen = AnnouncedPost.objects.filter(pk=OuterRef("pk"))
    lately = Post.objects.published().without_warning().filter(published_at__gt=news_since())
    return lately.filter(~Exists(seen)).order_by("published_at", "pk").values_list("pk", flat=True)


def unseen_steps():
    """Keys of the steps that everyone reads and nobody was told of, the oldest first."""
    seen = AnnouncedStep.objects.filter(pk=OuterRef("pk"))
    lately = AspirationStep.objects.public().filter(at__gt=news_since())
    readable = lately.filter(aspiration__in=Aspiration.objects.public())
    return readable.filter(~Exists(seen)).order_by("at", "pk").values_list("pk", flat=True)


def news_since():
    return timezone.now() - timedelta(days=NEWS_DAYS)


def facts_of(posts):
    """SQL and its values: of each post what choices ask for, its places from the country down to the village."""
    facts = ("pk", "published_at", "community_id", "sector_id", "type", "regions", "terms")
    rows = Post.objects.filter(pk__in=posts).annotate(regions=places_of(), terms=TERMS)
    return rows.values_list(*facts).query.sql_with_params()


def facts_of_steps(steps):
    """The same of steps; one that goes on about what was merged into another is that of the other."""
    facts = ("pk", "at", "aspiration_id", "is_first", "aspiration__sector_id", "regions")
    rows = AspirationStep.objects.filter(pk__in=steps).annotate(
        is_first=Case(When(deed__in=FIRST_DEEDS, then=True), default=False), regions=places_of("aspiration__")
    )
    return rows.order_by().values_list(*facts).query.sql_with_params()


def places_of(start=""):
    """Where a row lies, from the country down to the village; `start` leads to the row."""
    nation = Region.objects.filter(code=INDONESIA).values_list("pk", flat=True).first()
    return Func(
        *(Value(nation), *(f"{start}{level}_id" for level in LEVELS)),
        template="array_remove(ARRAY[%(expressions)s], NULL)",
        output_field=ArrayField(BigIntegerField()),
    )


def forget_announced():
    """Whatever is no news any more is not looked at again either."""
    long_ago = news_since() - timedelta(days=1)
    AnnouncedPost.objects.filter(post__published_at__lt=long_ago).delete()
    AnnouncedStep.objects.filter(step__at__lt=long_ago).delete()
