"""What residents say under a post."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from activities.models.posts import Post


class CommentQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(hidden_at=None)


class Comment(models.Model):
    """Said by a signed-in resident; hidden with a reason, never deleted: the text stays for review."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="comments", verbose_name=_("kegiatan"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments", verbose_name=_("penulis")
    )
    text = models.TextField(_("komentar"), max_length=1000)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    hidden_at = models.DateTimeField(_("disembunyikan"), null=True)
    hidden_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    hidden_reason = models.CharField(_("alasan"), max_length=15, blank=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("komentar")
        verbose_name_plural = _("komentar")
        ordering = ["pk"]
        indexes = [models.Index(fields=["post", "id"], condition=Q(hidden_at=None), name="comment_shown")]
        triggers = [Audited(region="post__place", personal=["text"])]

    def __str__(self):
        return self.text[:60]
