"""Thanks for a post: one of each phone, and nothing that tells whose phone it is or what else it thanked for."""

from django.db import models
from django.utils.translation import gettext_lazy as _

from activities.models.posts import Post


class ThanksQuerySet(models.QuerySet):
    def add(self, post, mark):
        """Keep one for this mark; the second changes nothing."""
        self.bulk_create([self.model(post=post, mark=mark)], ignore_conflicts=True)


class Thanks(models.Model):
    """One phone's thanks for one post, known by a mark that is another for each post."""

    post = models.ForeignKey(Post, models.CASCADE, related_name="thanks", db_index=False, verbose_name=_("kegiatan"))
    mark = models.CharField(_("tanda"), max_length=24, editable=False)

    objects = ThanksQuerySet.as_manager()

    class Meta:
        verbose_name = _("terima kasih")
        verbose_name_plural = _("terima kasih")
        constraints = [models.UniqueConstraint(fields=["post", "mark"], name="thanks_of_phone")]

    def __str__(self):
        return f"{self.post_id} · {self.mark}"
