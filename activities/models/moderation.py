"""Fair moderation: what was decided and why, what a changed post waits for, and how a decision is contested."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from activities.models.photos import Photo
from activities.models.posts import Post
from regions.models import Region


class TrustRule(models.Model):
    """When a region's officers look only after publishing: so many posts without a refusal, lost by so many."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="trust_rule", verbose_name=_("wilayah"))
    posts_needed = models.PositiveSmallIntegerField(_("kegiatan terbit sebelum dipercaya"), default=5)
    refusals_allowed = models.PositiveSmallIntegerField(
        _("penolakan sebelum kepercayaan dicabut"), default=2, help_text=_("Dihitung dalam jumlah hari di bawah ini.")
    )
    days = models.PositiveSmallIntegerField(_("dalam berapa hari"), default=90)

    class Meta:
        verbose_name = _("aturan kepercayaan")
        verbose_name_plural = _("aturan kepercayaan")
        triggers = [Audited(region="region")]

    def __str__(self):
        return f"{self.region}"


class Reason(models.TextChoices):
    """Why a post, a photo or a comment is not shown; a note says the rest."""

    INCOMPLETE = "incomplete", _("belum lengkap atau belum jelas")
    NOT_TRUE = "not_true", _("isinya belum dapat dipastikan benar")
    PERSONAL_DATA = "personal_data", _("memuat data pribadi orang")
    CHILD = "child", _("foto anak tanpa izin orang tua")
    NOT_OWN = "not_own", _("tulisan atau foto milik orang lain")
    HATE = "hate", _("menyerang orang atau kelompok")
    CAMPAIGN = "campaign", _("kampanye politik")
    ADVERTISING = "advertising", _("iklan atau spam")
    DUPLICATE = "duplicate", _("sudah pernah dikirim")
    OTHER = "other", _("lainnya")


class PostRevision(models.Model):
    """What a post said at one time. A published post that is edited waits as a revision, and the old one stays up."""

    class Status(models.TextChoices):
        WAITING = "waiting", _("menunggu")
        ACCEPTED = "accepted", _("terbit")
        REFUSED = "refused", _("ditolak")
        REPLACED = "replaced", _("diganti")

    post = models.ForeignKey(Post, models.CASCADE, related_name="revisions", verbose_name=_("kegiatan"))
    number = models.PositiveIntegerField(_("versi"))
    # Of Post.WRITTEN, the name of each column and what it said, as text that a form could hold.
    facts = models.JSONField(_("isi"))
    status = models.CharField(_("status"), max_length=8, choices=Status, default=Status.ACCEPTED)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

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


class Review(models.Model):
    """A decision of an officer or a chair about a post: what, why, by whom."""

    class Decision(models.TextChoices):
        PUBLISHED = "published", _("diterbitkan")
        KEPT = "kept", _("dibiarkan terbit")
        RETURNED = "returned", _("dikembalikan untuk diperbaiki")
        REJECTED = "rejected", _("ditolak")
        HIDDEN = "hidden", _("disembunyikan")
        PHOTO_HIDDEN = "photo_hidden", _("foto disembunyikan")
        HOAX = "hoax", _("ditandai hoaks")

    REFUSALS = [Decision.RETURNED, Decision.REJECTED, Decision.HIDDEN]

    post = models.ForeignKey(Post, models.PROTECT, related_name="reviews", verbose_name=_("kegiatan"))
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="reviews", verbose_name=_("foto"))
    revision = models.ForeignKey(PostRevision, models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(_("keputusan"), max_length=12, choices=Decision)
    reason = models.CharField(_("alasan"), max_length=15, choices=Reason, blank=True)
    note = models.TextField(_("catatan"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("keputusan moderasi")
        verbose_name_plural = _("keputusan moderasi")
        ordering = ["-at", "-pk"]
        indexes = [models.Index(fields=["post", "-at"], name="review_of_post")]
        constraints = [
            models.CheckConstraint(
                condition=Q(decision__in=["published", "kept"]) | ~Q(reason=""),
                name="refusal_has_reason",
                violation_error_message=_("Pilih alasannya."),
            )
        ]
        triggers = [Audited(region="post__place")]

    def __str__(self):
        return f"{self.post}: {self.get_decision_display()}"


class Appeal(models.Model):
    """A decision contested by who wrote the post: once, and another officer decides."""

    class Outcome(models.TextChoices):
        UPHELD = "upheld", _("keputusan tetap")
        OVERTURNED = "overturned", _("keputusan dibatalkan")

    review = models.OneToOneField(Review, models.PROTECT, related_name="appeal", verbose_name=_("keputusan"))
    text = models.TextField(_("keberatan"))
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)
    outcome = models.CharField(_("hasil"), max_length=10, choices=Outcome, blank=True)
    note = models.TextField(_("jawaban"), blank=True)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", verbose_name=_("diputuskan oleh")
    )
    decided_at = models.DateTimeField(_("diputuskan"), null=True)

    class Meta:
        verbose_name = _("keberatan")
        verbose_name_plural = _("keberatan")
        ordering = ["at"]
        constraints = [
            models.CheckConstraint(
                condition=Q(decided_by=None) | ~Q(decided_by=F("by")), name="appeal_decided_by_another"
            )
        ]
        triggers = [Audited(region="review__post__place")]

    def __str__(self):
        return f"{self.review}"
