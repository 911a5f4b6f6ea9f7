"""How often posts are read: one number for each post and day, and nothing about who read it."""

from django.db import connection, models
from django.utils.translation import gettext_lazy as _

from activities.models.posts import Post

# Only what is out is counted; the order of the rows keeps two writers from waiting for each other.
ADD = """
INSERT INTO activities_postreads (post_id, day, number)
SELECT post.id, counted.day, counted.number
FROM unnest(%s::bigint[], %s::date[], %s::integer[]) AS counted (post, day, number)
JOIN activities_post post ON post.id = counted.post AND post.status = 'published'
ORDER BY post.id, counted.day
ON CONFLICT (post_id, day) DO UPDATE SET number = activities_postreads.number + EXCLUDED.number
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
