"""What residents say under a post."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.personal_numbers import kinds
from accounts.suspicion import refuse_personal_numbers
from activities.models.posts import Post
from communities.models import Community

NEW_ACCOUNT_DAYS = 7
# The same words again within this time are the same comment: a second tap, a second sending.
SAME_SECONDS = 600


class CommentQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(hidden_at=None)

    def say(self, *, post, author, text):
        """A comment of a resident, seen at once; sent twice it is one."""
        with transaction.atomic():
            Post.objects.select_for_update(no_key=True).filter(pk=post.pk).values("pk").get()
            since = timezone.now() - timedelta(seconds=SAME_SECONDS)
            comment = self.filter(post=post, author=author, text=text, at__gte=since).first()
            if comment is None:
                comment = self.create(post=post, author=author, text=text)
                post.renew_pages(only_adds=True)
        return comment


class Comment(models.Model):
    """Said by a signed-in resident; hidden with a reason, never deleted: the text stays for review."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="comments", verbose_name=_("kegiatan"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments", verbose_name=_("penulis")
    )
    text = models.TextField(_("komentar"), max_length=1000)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    hidden_at = models.DateTimeField(_("disembunyikan"), null=True)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("komentar")
        verbose_name_plural = _("komentar")
        ordering = ["pk"]
        indexes = [models.Index(fields=["post", "id"], condition=Q(hidden_at=None), name="comment_shown")]
        triggers = [Audited(region="post__place", personal=["text"])]

    def __str__(self):
        return self.text[:60]

    def decided_by(self, user):
        """Whether this person hides and shows it: the KIM's chair, or the officer who moderates there."""
        is_chair = Community.objects.chaired_by(user).filter(pk=self.post.community_id).exists()
        return is_chair or self.post.decided_by(user)

    def hide(self, *, by, reason):
        if not self.decided_by(by):
            raise StepRefused(_("Komentar disembunyikan oleh ketua KIM atau petugas."))
        with transaction.atomic():
            self._set(hidden_at=timezone.now(), reason=reason)
            self.flagged_items.settle("hidden", by=by)

    def show_again(self, *, by):
        if not self.decided_by(by):
            raise StepRefused(_("Komentar ditampilkan lagi oleh ketua KIM atau petugas."))
        refuse_personal_numbers([str(self._meta.verbose_name)] if kinds(self.text) else [])
        self._set(hidden_at=None)

    def _set(self, *, hidden_at, reason=""):
        """Who did it and why stands in the audit trail."""
        with transaction.atomic(), with_reason(reason):
            Comment.objects.filter(pk=self.pk).update(hidden_at=hidden_at)
            self.post.renew_pages()
        self.refresh_from_db()
