"""The photos of a post."""

from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.personal_numbers import kinds
from accounts.stored_photo import StoredPhoto
from accounts.suspicion import refuse_personal_numbers
from activities.models.posts import Post


class PhotoQuerySet(models.QuerySet):
    def shown(self):
        return self.standing().filter(is_hidden=False, post__status=Post.Status.PUBLISHED)

    def standing(self):
        """Those of their post as it is, without what a change of it is to bring, or took away."""
        return self.filter(is_aside=False)

    def readable_by(self, user):
        """The photos of the posts that this person may read before they are published."""
        return self.filter(post__in=Post.objects.readable_by(user))


class Photo(StoredPhoto):
    """A photo of a post."""

    FOLDER, URL_NAME = "photos", "files:photo"

    post = models.ForeignKey(Post, models.PROTECT, related_name="photos", verbose_name=_("kegiatan"))
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    caption = models.CharField(_("keterangan"), max_length=200, blank=True)
    is_hidden = models.BooleanField(_("disembunyikan"), default=False, editable=False)
    # Of a published post: brought for a change that has not passed, or taken away by one; see `photo_changes.py`.
    is_aside = models.BooleanField(_("di luar tulisan"), default=False, db_default=False, editable=False)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["position", "pk"]
        triggers = [Audited(region="post__place", personal=["alt", "caption"])]

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        if self.is_aside:
            return
        Post.objects.filter(pk=self.post_id).update(updated_at=timezone.now())
        if self.post.is_published:
            self.post.renew_pages()

    def hide(self, *, by, reason, note=""):
        """Take this photo alone out; the post stays."""
        self.post.require_moderator(by)
        with transaction.atomic():
            self._set_hidden(True, "photo_hidden", by=by, reason=reason, note=note)
            self.flagged_items.settle("hidden", by=by)

    def show_again(self, *, by, note=""):
        self.post.require_moderator(by)
        self.restore(by=by, note=note)

    def restore(self, *, by, note=""):
        """Show it again, after another officer overturned its hiding."""
        refuse_personal_numbers([str(_("keterangan foto"))] if kinds(f"{self.alt}\n{self.caption}") else [])
        self._set_hidden(False, "published", by=by, note=note)

    def _set_hidden(self, is_hidden, decision, *, by, reason="", note=""):
        # One conditional UPDATE: when two officers decide at once, only one of them wins.
        with transaction.atomic(), with_reason(note):
            if not Photo.objects.filter(pk=self.pk, is_hidden=not is_hidden).update(is_hidden=is_hidden):
                raise StepRefused(_("Foto ini sudah diputuskan petugas lain."))
            Post.objects.filter(pk=self.post_id).update(updated_at=timezone.now())
            self.post.reviews.record(self.post, decision, photo=self, by=by, reason=reason, note=note)
            self.post.renew_pages()
        self.refresh_from_db()
