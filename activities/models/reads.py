"""How often posts are read: one number for each post and day, and nothing about who read it."""

from datetime import timedelta

from django.db import connection, models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from activities.models.posts import Post
from regions.models import Region

# Only what is out is counted; the order of the rows keeps two writers from waiting for each other.
ADD = """
INSERT INTO activities_postreads (post_id, day, number)
SELECT post.id, counted.day, counted.number
FROM unnest(%s::bigint[], %s::date[], %s::integer[]) AS counted (post, day, number)
JOIN activities_post post ON post.id = counted.post AND post.status = 'published'
ORDER BY post.id, counted.day
ON CONFLICT (post_id, day) DO UPDATE SET number = activities_postreads.number + EXCLUDED.number
"""

# Of the whole country, of each province and of each regency: how many are kept, and how often each was read at least.
# More are kept than shown, so that others follow what is taken out.
KEPT, LEAST_READS, DAYS = 10, 3, 7
RANK = """
INSERT INTO activities_mostread (region_id, post_id, rank)
SELECT region, post, rank
FROM (
    SELECT region, post, row_number() OVER (PARTITION BY region ORDER BY number DESC, post DESC) AS rank
    FROM (
        SELECT post.id AS post, post.province_id, post.regency_id, sum(reads.number) AS number
        FROM activities_postreads reads
        JOIN activities_post post ON post.id = reads.post_id
            AND post.status = 'published' AND NOT post.is_hoax AND NOT post.is_recalled
        WHERE reads.day > %(since)s
        GROUP BY post.id
        HAVING sum(reads.number) >= %(least)s
    ) AS of_post
    CROSS JOIN LATERAL (
        SELECT id FROM regions_region WHERE level = 0
        UNION SELECT province_id UNION SELECT regency_id
    ) AS places (region)
    WHERE region IS NOT NULL
) AS ranked
WHERE rank <= %(kept)s
"""


class PostReadsQuerySet(models.QuerySet):
    def add(self, counted):
        """Add what was counted: `{(key of a post, day): number}`."""
        rows = [(pk, day, number) for (pk, day), number in counted.items()]
        with connection.cursor() as cursor:
            cursor.execute(ADD, [list(column) for column in zip(*rows, strict=True)])


class PostReads(models.Model):
    """How often a post was read on a day of the portal; written by `activities/reads.py`."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="reads_by_day", db_index=False)
    day = models.DateField(_("tanggal"))
    number = models.PositiveIntegerField(_("kali dibaca"))

    objects = PostReadsQuerySet.as_manager()

    class Meta:
        verbose_name = _("jumlah dibaca")
        verbose_name_plural = _("jumlah dibaca")
        constraints = [models.UniqueConstraint(fields=["post", "day"], name="reads_of_post_and_day")]
        indexes = [models.Index(fields=["day", "post"], name="reads_of_day")]

    def __str__(self):
        return f"{self.post_id} · {self.day}: {self.number}"


class MostReadQuerySet(models.QuerySet):
    def renew(self):
        """Rank anew what was read in the last days, today among them."""
        since = timezone.localdate() - timedelta(days=DAYS)
        with transaction.atomic(), connection.cursor() as cursor:
            # Whoever renews at the same time waits, and then renews what is there.
            cursor.execute("LOCK TABLE activities_mostread IN SHARE ROW EXCLUSIVE MODE")
            self.all().delete()
            cursor.execute(RANK, {"since": since, "least": LEAST_READS, "kept": KEPT})


class MostRead(models.Model):
    """A post among the most read of a week in a region; a job renews them all, and readers see only what is out."""

    region = models.ForeignKey(Region, models.CASCADE, related_name="+", db_index=False, verbose_name=_("wilayah"))
    post = models.ForeignKey(Post, models.CASCADE, related_name="most_read_rows", verbose_name=_("kegiatan"))
    rank = models.PositiveSmallIntegerField(_("urutan"))

    objects = MostReadQuerySet.as_manager()

    class Meta:
        verbose_name = _("paling dibaca")
        verbose_name_plural = _("paling dibaca")
        constraints = [models.UniqueConstraint(fields=["region", "rank"], name="most_read_of_region")]

    def __str__(self):
        return f"{self.region_id} · {self.rank}: {self.post_id}"
