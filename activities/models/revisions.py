"""What a post said at one time, and what a changed one waits for."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.lifecycle import StepRefused
from accounts.models import Webhook
from activities.direct_publishing import goes_out_at_once
from activities.models.moderation import Review
from activities.models.photo_changes import photos_of, put_up, said_by
from activities.models.posts import Post


class PostRevisionQuerySet(models.QuerySet):
    def waits_for(self, user):
        """Those of the posts that are this officer's to decide, the longest wait first."""
        return self.filter(status="waiting", post__in=Post.objects.decided_by(user)).order_by("at", "pk")

    def propose(self, post, facts, *, by, photos=None):
        """Say a published post in other words, or with other photos; returns them.

        They wait, or pass at once where the KIM is trusted.
        """
        with transaction.atomic():
            known = Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=post.pk)
            if not known.is_published:
                raise StepRefused(_("Hanya kegiatan yang terbit yang diubah dengan cara ini."))
            number = known.revisions.aggregate(last=models.Max("number"))["last"]
            if number is None:  # what it said until now is its first version
                number = known.revisions.create(
                    number=1, facts=known.facts, photos=photos_of(known), by=known.author, status="accepted"
                ).number
            known.revisions.filter(status="waiting").update(status="replaced")
            revision = known.revisions.create(number=number + 1, facts=facts, photos=photos, by=by, status="waiting")
            if goes_out_at_once(known.community, revision.said.suspicions()):
                revision.take_effect(reviewed_at=None)
        post.refresh_from_db()
        return revision


class PostRevision(models.Model):
    """What a post said at one time. A published post that is edited waits as a revision, and the old one stays up."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        ACCEPTED = "accepted", _("terbit")
        REFUSED = "refused", _("ditolak")
        REPLACED = "replaced", _("diganti")

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions", db_index=False, verbose_name=_("kegiatan"))
    number = models.PositiveIntegerField(_("versi"))
    # Of types.WRITTEN, the name of each column and what it said, as text that a form could hold.
    facts = models.JSONField(_("isi"))
    # As `photo_changes.py` has them; None for the same as before.
    photos = models.JSONField(_("foto"), null=True)
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACCEPTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    objects = PostRevisionQuerySet.as_manager()

    class Meta:
        verbose_name = _("versi")
        verbose_name_plural = _("versi")
        ordering = ["-number"]
        constraints = [
            models.UniqueConstraint(fields=["post", "number"], name="revision_numbered_once"),
            models.UniqueConstraint(fields=["post"], condition=Q(status="waiting"), name="one_waiting_revision"),
        ]
        indexes = [models.Index(fields=["at"], condition=Q(status="waiting"), name="revision_waiting")]

    def __str__(self):
        return f"{self.post} · {self.number}"

    @property
    def before(self):
        """The version that stood when this one was written, or None."""
        earlier = self.post.revisions.filter(number__lt=self.number, status=self.Status.ACCEPTED)
        return earlier.first()

    @property
    def said(self):
        """The post as this version has it, not stored."""
        return self.post.said_with(self.facts, said_by(self.post, self.photos))

    def accept(self, *, by, note=""):
        """Let the new words stand in place of the old."""
        self.post.require_moderator(by)
        self.said.require_no_personal_number()
        with transaction.atomic(), with_reason(note):
            self.take_effect(reviewed_at=timezone.now())
            self._record(Review.Decision.PUBLISHED, by=by, note=note)

    def refuse(self, *, by, reason, note=""):
        """The old words stay."""
        self.post.require_moderator(by)
        with transaction.atomic(), with_reason(note):
            self._leave(self.Status.WAITING, self.Status.REFUSED)
            self._record(Review.Decision.RETURNED, by=by, reason=reason, note=note)

    def restore(self, *, by, note=""):
        """Let it stand after all, when another officer overturned the refusal and nothing newer stands."""
        if self.post.revisions.filter(number__gt=self.number, status=self.Status.ACCEPTED).exists():
            raise StepRefused(_("Sudah ada perubahan yang lebih baru. Penulis dapat mengirim perubahannya lagi."))
        self.said.require_no_personal_number()
        with transaction.atomic(), with_reason(note):
            self.take_effect(reviewed_at=timezone.now(), of=self.Status.REFUSED)
            self._record(Review.Decision.PUBLISHED, by=by, note=note)

    def take_effect(self, *, reviewed_at, of=Status.WAITING):
        with transaction.atomic():
            self._leave(of, self.Status.ACCEPTED)
            post = Post.objects.select_for_update(no_key=True, of=("self",)).get(pk=self.post_id)
            if not post.is_published:
                raise StepRefused(_("Kegiatan ini sedang tidak tampil. Tampilkan dahulu, lalu putuskan perubahannya."))
            post.renew_pages()  # those of the place it leaves
            said = Post.objects.get(pk=post.pk).said_with(self.facts)
            said.reviewed_at = reviewed_at
            said.save()
            Webhook.objects.note("post.corrected", (said.pk, said.place))
            if self.photos is not None:
                put_up(post, self.photos)
        self.post.refresh_from_db()

    def _leave(self, from_, to):
        if not PostRevision.objects.filter(pk=self.pk, status=from_).update(status=to):
            raise StepRefused(_("Perubahan ini sudah diputuskan, atau diganti penulisnya."))
        self.status = to

    def _record(self, decision, **facts):
        Review.objects.record(self.post, decision, revision=self, **facts)
