"""The photos of a post."""

import uuid

from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.personal_numbers import kinds
from activities.models.posts import Post
from activities.suspicion import refuse_personal_numbers
from pages.addresses import address

NO_UUID = uuid.UUID(int=0)


class PhotoQuerySet(models.QuerySet):
    def shown(self):
        return self.filter(is_hidden=False, post__status=Post.Status.PUBLISHED)


class Photo(models.Model):
    """A photo of a post: only the re-encoded copies are kept, in a folder named by its uuid."""

    WIDTHS = (320, 640, 1280)
    OG_NAME = "og.jpg"
    SMALLEST_NAME, *LARGE_NAMES = (f"{width}.webp" for width in WIDTHS)
    NAMES = (SMALLEST_NAME, *LARGE_NAMES, OG_NAME)

    post = models.ForeignKey(Post, models.PROTECT, related_name="photos", verbose_name=_("kegiatan"))
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    alt = models.CharField(_("keterangan untuk yang tidak melihat foto"), max_length=200)
    caption = models.CharField(_("keterangan"), max_length=200, blank=True)
    width = models.PositiveSmallIntegerField(editable=False)
    height = models.PositiveSmallIntegerField(editable=False)
    is_hidden = models.BooleanField(_("disembunyikan"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    objects = PhotoQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto")
        verbose_name_plural = _("foto")
        ordering = ["position", "pk"]
        triggers = [Audited(region="post__place", personal=["alt", "caption"])]

    def __str__(self):
        return self.alt

    def save(self, *args, **kwargs):
        super().save(*args, **kwargs)
        Post.objects.filter(pk=self.post_id).update(updated_at=timezone.now())
        if self.post.is_published:
            self.post.renew_pages()

    def path(self, name):
        """Where the storage keeps a copy; names are those of NAMES."""
        return f"photos/{self.uuid.hex[:2]}/{self.uuid}/{name}"

    def url(self, name):
        return address("files:photo", self.uuid, after=(name,), slot=NO_UUID)

    @property
    def src320(self):
        return self.url("320.webp")

    @property
    def src640(self):
        return self.url("640.webp")

    @property
    def src1280(self):
        return self.url("1280.webp")

    @property
    def srcset(self):
        return ", ".join(f"{self.url(f'{width}.webp')} {width}w" for width in self.WIDTHS)

    @property
    def og_image(self):
        return self.url(self.OG_NAME)

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

    def store(self, prepared):
        """Keep the copies that `images.prepare_photo` made."""
        for name, content in prepared.files.items():
            default_storage.save(self.path(name), ContentFile(content))
