"""What residents say under a post."""

from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.personal_numbers import kinds
from accounts.suspicion import refuse_personal_numbers
from activities.models.posts import Post
from communities.models import Community
from pages.sentences import said

NEW_ACCOUNT_DAYS = 7
# The same words again within this time are the same comment: a second tap, a second sending.
SAME_SECONDS = 600
# So long its author may still change what it says: a slip of the thumb, not what others have answered to since.
CHANGE_MINUTES = 60


class CommentQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(hidden_at=None)

    def said_by(self, user):
        """This person's own, what was taken back too, each with where it stands."""
        return self.filter(author=user).select_related("post__place", "post__community")

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
    """Said by a signed-in resident; hidden with a reason or taken back, never deleted: the text stays for review."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="comments", verbose_name=_("kegiatan"))
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="comments", verbose_name=_("penulis")
    )
    text = models.TextField(_("komentar"), max_length=1000)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    hidden_at = models.DateTimeField(_("disembunyikan"), null=True)
    changed_at = models.DateTimeField(_("diubah"), null=True, editable=False)
    # By its author; hidden with it, for good.
    taken_back_at = models.DateTimeField(_("ditarik"), null=True, editable=False)

    objects = CommentQuerySet.as_manager()

    class Meta:
        verbose_name = _("komentar")
        verbose_name_plural = _("komentar")
        ordering = ["pk"]
        indexes = [models.Index(fields=["post", "id"], condition=Q(hidden_at=None), name="comment_shown")]
        constraints = [
            models.CheckConstraint(
                condition=Q(taken_back_at=None) | Q(hidden_at__isnull=False), name="taken_back_comment_is_hidden"
            )
        ]
        triggers = [Audited(region="post__place", personal=["text"])]

    def __str__(self):
        return self.text[:60]

    @property
    def may_change_until(self):
        return self.at + timedelta(minutes=CHANGE_MINUTES)

    @property
    def may_change(self):
        """Whether its author may still say it in other words."""
        return self.hidden_at is None and timezone.now() < self.may_change_until and self.post.takes_comments

    def change(self, text, *, by):
        """Say it in other words and mark it so; StepRefused when it is late, hidden, or being looked into.

        What was found in order once goes before an officer again.
        """
        if by.pk != self.author_id:
            raise StepRefused(_("Hanya penulisnya yang mengubah komentar."))
        with transaction.atomic():
            known = Comment.objects.select_for_update(no_key=True, of=("self",)).select_related("post").get(pk=self.pk)
            if known.text == text:
                return
            if not known.may_change:
                raise StepRefused(_("Komentar ini tidak dapat diubah lagi. Anda masih dapat menariknya."))
            if known.flagged_items.waiting().exists():
                raise StepRefused(_("Komentar ini dilaporkan dan sedang diperiksa, jadi belum dapat diubah."))
            Comment.objects.filter(pk=self.pk).update(text=text, changed_at=timezone.now())
            if known.flagged_items.exists():
                known.flagged_items.flag(
                    known.post, comment=known, reason="other", text=said(_("Diubah penulisnya sesudah diperiksa."))
                )
            known.post.renew_pages()
        self.refresh_from_db()

    def take_back(self, *, by):
        """Take it off the page for good; who reported it learns so. The words stay for review, as those hidden."""
        if by.pk != self.author_id:
            raise StepRefused(_("Hanya penulisnya yang menarik komentar."))
        now = timezone.now()
        with transaction.atomic():
            mine = Comment.objects.filter(pk=self.pk, taken_back_at=None)
            if mine.update(taken_back_at=now, hidden_at=Coalesce("hidden_at", now)):
                self.flagged_items.settle("gone", by=by)
                self.post.renew_pages()
        self.refresh_from_db()

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
        if self.taken_back_at:
            raise StepRefused(_("Komentar ini ditarik penulisnya, jadi tidak ditampilkan lagi."))
        refuse_personal_numbers([str(self._meta.verbose_name)] if kinds(self.text) else [])
        self._set(hidden_at=None)

    def _set(self, *, hidden_at, reason=""):
        """Who did it and why stands in the audit trail."""
        with transaction.atomic(), with_reason(reason):
            Comment.objects.filter(pk=self.pk).update(hidden_at=hidden_at)
            self.post.renew_pages()
        self.refresh_from_db()
