"""Fair moderation: what was decided and why, what a changed post waits for, and how a decision is contested."""

from collections import defaultdict
from contextlib import contextmanager
from contextvars import ContextVar
from datetime import timedelta

from django.conf import settings
from django.db import models, transaction
from django.db.models import Exists, F, OuterRef, Q
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.models import Notice, OfficerAssignment
from activities import notices
from activities.duties import MODERATION
from activities.models.hoaxes import clear_of_hoax
from activities.models.photos import Photo
from activities.models.posts import Post
from communities.models import Community, Membership
from pages.sentences import kept_in_texts, said
from regions.models import Region

# The reviews of a batch, whose authors are told at its end.
decided_together = ContextVar("decided_together", default=None)


@contextmanager
def told_together():
    """Decide on many at once: all or nothing is kept, and each author is told once of all of theirs."""
    with transaction.atomic():
        token = decided_together.set([])
        try:
            yield
            reviews = decided_together.get()
        finally:
            decided_together.reset(token)
        of_authors = defaultdict(list)
        for review in reviews:
            if review.title:
                of_authors[review.post.author].append(review)
        for author, theirs in of_authors.items():
            tell_of_many(author, theirs)


def tell_of_many(author, reviews):
    if len(reviews) == 1:
        reviews[0].tell()
        return
    with translation.override(settings.LANGUAGE_CODE):
        title = said(_("%(number)s kegiatan Anda diputuskan petugas"), number=len(reviews))
        lines = [str(review.title % {"title": review.post.title}) for review in reviews]
        text = "\n".join([*lines, *reviews[0].reasons])
        Notice.objects.tell([author], notices.MODERATION, title, text, path=reverse("activities:own_posts"))


TRUST_LOST = kept_in_texts(_("%(number)s kegiatan ditolak dalam %(days)s hari. Kegiatan berikutnya menunggu petugas."))


class TrustRuleQuerySet(models.QuerySet):
    def of(self, community):
        """The rule of its regency, or the one that holds where nobody made another."""
        return self.filter(region=community.regency_id).first() or TrustRule()


class TrustRule(models.Model):
    """When a region's officers look only after publishing: so many posts without a refusal, lost by so many."""

    region = models.OneToOneField(Region, models.PROTECT, related_name="trust_rule", verbose_name=_("wilayah"))
    posts_needed = models.PositiveSmallIntegerField(_("kegiatan terbit sebelum dipercaya"), default=5)
    refusals_allowed = models.PositiveSmallIntegerField(
        _("penolakan sebelum kepercayaan dicabut"), default=2, help_text=_("Dihitung dalam jumlah hari di bawah ini.")
    )
    days = models.PositiveSmallIntegerField(_("dalam berapa hari"), default=90)

    objects = TrustRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("aturan kepercayaan")
        verbose_name_plural = _("aturan kepercayaan")
        triggers = [Audited(region="region")]

    def __str__(self):
        return f"{self.region}"

    def weigh(self, community):
        """Trust a KIM after so many posts without a refusal, and no longer after so many refusals; it is told why."""
        with transaction.atomic():
            community = Community.objects.select_for_update(no_key=True).get(pk=community.pk)
            decided = Review.objects.filter(post__community=community).by_officers()
            lately = decided.refusals().filter(at__gte=timezone.now() - timedelta(days=self.days))
            if community.is_trusted and len(refused := list(lately.select_related("post"))) > self.refusals_allowed:
                causes = "\n".join(f"{review.post.title}: {review.get_reason_display()}" for review in refused)
                text = TRUST_LOST % {"number": len(refused), "days": self.days}
                self._set(community, _("%(name)s tidak lagi terbit langsung"), f"{text}\n{causes}", is_trusted=False)
            elif not community.is_trusted and decided.in_a_row() >= self.posts_needed and not lately.exists():
                text = _("Kegiatan KIM Anda kini terbit langsung dan diperiksa sesudahnya.")
                self._set(community, _("%(name)s dipercaya terbit langsung"), text, is_trusted=True)

    def _set(self, community, title, text, *, is_trusted):
        with translation.override(settings.LANGUAGE_CODE), with_reason(str(text)):
            Community.objects.filter(pk=community.pk).update(is_trusted=is_trusted)
            title = said(title, name=community.name)
            Notice.objects.tell(community.board, notices.MODERATION, title, str(text), path=community.room_path)


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


class ReviewQuerySet(models.QuerySet):
    def record(self, post, decision, *, by, reason="", note="", **about):
        """Write a decision down, and do what follows from it; refused without a reason where it refuses."""
        if decision not in (Review.Decision.PUBLISHED, Review.Decision.KEPT) and reason not in Reason:
            raise StepRefused(_("Pilih alasannya."))
        self.create(post=post, decision=decision, by=by, reason=reason, note=note, **about).follow()

    @staticmethod
    def why(reason, note):
        """What the trail keeps of a decision: the reason in words, and what was noted."""
        return ". ".join(str(part) for part in (Reason(reason).label if reason in Reason else "", note) if part)

    def by_officers(self):
        """Not by the chair, who reads for the KIM itself."""
        return self.exclude(by__memberships__community=F("post__community"), by__memberships__status="current")

    def refusals(self):
        """Those that stand: one that another officer overturned is none."""
        return self.filter(decision__in=Review.REFUSALS).exclude(appeal__outcome="overturned")

    def in_a_row(self):
        """How many posts were published since the last refusal."""
        published = self.filter(decision=Review.Decision.PUBLISHED, photo=None, revision=None)
        if last := self.refusals().order_by("-at").first():
            published = published.filter(at__gt=last.at)
        return published.order_by().values("post").distinct().count()


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

    post = models.ForeignKey(Post, models.PROTECT, related_name="reviews", db_index=False, verbose_name=_("kegiatan"))
    photo = models.ForeignKey(Photo, models.PROTECT, null=True, related_name="reviews", verbose_name=_("foto"))
    revision = models.ForeignKey("PostRevision", models.SET_NULL, null=True, related_name="+")
    decision = models.CharField(_("keputusan"), max_length=12, choices=Decision)
    reason = models.CharField(_("alasan"), max_length=15, choices=Reason, blank=True)
    note = models.TextField(_("catatan"), blank=True)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("oleh"))
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    objects = ReviewQuerySet.as_manager()

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

    # What is said otherwise where it is about a change of what stands published already.
    OF_CHANGE = {Decision.PUBLISHED: _("perubahan diterbitkan"), Decision.RETURNED: _("perubahan tidak diterbitkan")}

    def __str__(self):
        return f"{self.post}: {self.get_decision_display()}"

    @property
    def in_words(self):
        if self.is_shown_again:
            return _("ditampilkan lagi")
        of_change = self.OF_CHANGE.get(self.decision) if self.revision_id else None
        return of_change or self.get_decision_display()

    TITLES = {
        Decision.PUBLISHED: _("Terbit: %(title)s"),
        Decision.RETURNED: _("Perlu diperbaiki: %(title)s"),
        Decision.REJECTED: _("Ditolak: %(title)s"),
        Decision.HIDDEN: _("Disembunyikan: %(title)s"),
        Decision.PHOTO_HIDDEN: _("Foto disembunyikan: %(title)s"),
        Decision.HOAX: _("Ditandai hoaks: %(title)s"),
    }

    SHOWN_AGAIN = _("Ditampilkan lagi: %(title)s")

    @property
    def is_shown_again(self):
        """Whether it brought back what was hidden, which was published before."""
        if self.decision != self.Decision.PUBLISHED or self.photo_id or self.revision_id:
            return False
        return [step.is_shown_again for step in self.post.journey if step.at <= self.at][-1:] == [True]

    @property
    def is_over(self):
        """Whether what it hid or marked is hidden or marked no more; one that was contested says what came of it."""
        hides = (self.Decision.HIDDEN, self.Decision.PHOTO_HIDDEN, self.Decision.HOAX)
        return self.decision in hides and not self.stands and not hasattr(self, "appeal")

    @property
    def title(self):
        """What its author reads first."""
        if self.revision_id and self.decision == self.Decision.PUBLISHED:
            return _("Perubahan terbit: %(title)s")
        if self.revision_id and self.decision == self.Decision.RETURNED:
            return _("Perubahan ditolak: %(title)s")
        if self.photo_id and self.decision == self.Decision.PUBLISHED:
            return _("Foto tampil lagi: %(title)s")
        if self.decision == self.Decision.PUBLISHED and self.post.status == Post.Status.SCHEDULED:
            return _("Disetujui, terbit sesuai jadwal: %(title)s")
        if self.is_shown_again:
            return self.SHOWN_AGAIN
        return self.TITLES.get(self.decision)

    @property
    def may_be_contested(self):
        """A refusal of an officer, while what it did still stands."""
        if self.decision in (self.Decision.PUBLISHED, self.Decision.KEPT) or not self.stands:
            return False
        return self.post.is_handed_on and self.by not in self.post.community.chairs

    @property
    def stands(self):
        """Whether its effect is still there to be undone."""
        match self.decision:
            case self.Decision.PHOTO_HIDDEN:
                return self.photo.is_hidden
            case self.Decision.HOAX:
                return self.post.is_hoax
            case _ if self.revision_id:
                return self.post.is_published and self.revision.status == self.revision.Status.REFUSED
            case _:
                return self.post.status == self.decision

    def undo(self, *, by, note):
        """Make it as if this decision had been the other one; nothing where its effect is gone already."""
        if not self.stands:
            return
        match self.decision:
            case self.Decision.PHOTO_HIDDEN:
                self.photo.restore(by=by, note=note)
            case self.Decision.HOAX:
                clear_of_hoax(self.post, by=by, note=note)
            case _ if self.revision_id:
                self.revision.restore(by=by, note=note)
            case _:
                self.post.restore(by=by, note=note)

    @property
    def reasons(self):
        return [str(part) for part in (self.get_reason_display(), self.note) if part]

    def tell(self):
        post = self.post
        with translation.override(settings.LANGUAGE_CODE):
            title = said(self.title, title=post.title)
            text = "\n".join(self.reasons)
            Notice.objects.tell([post.author], notices.MODERATION, title, text, path=post.own_path)

    def follow(self):
        """What follows from a decision: the author is told, and the KIM's trust is weighed anew."""
        together = decided_together.get()
        if together is not None:
            together.append(self)
        elif self.title:
            self.tell()
        if self.decision in [self.Decision.PUBLISHED, *self.REFUSALS]:
            TrustRule.objects.of(self.post.community).weigh(self.post.community)


kept_in_texts(*Review.TITLES.values(), Review.SHOWN_AGAIN)


class AppealQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at=None)

    def waits_for(self, user):
        """What this officer decides, the longest wait first: never own decisions; where the regency has no other
        officer, of the province.
        """
        duty, post = MODERATION, "review__post"
        others = OfficerAssignment.objects.current().filter(duties__contains=[duty], user__is_active=True)
        others = others.exclude(user=OuterRef("review__by")).exclude(user=OuterRef("by"))
        others = others.exclude(
            Exists(
                Membership.objects.current().filter(
                    user=OuterRef("user"), community=OuterRef(OuterRef(f"{post}__community"))
                )
            )
        )
        regency, province = (
            Exists(others.filter(region=OuterRef(f"{post}__{level}"))) for level in ("regency", "province")
        )
        own = Q(pk__in=[])
        for region in (row.region for row in user.current_assignments if duty in row.duties):
            if region.level == Region.Level.REGENCY:
                own |= Q((f"{post}__regency", region))
            elif region.level == Region.Level.PROVINCE:
                own |= Q((f"{post}__province", region)) & ~regency
            elif region.level == Region.Level.NATION:
                own |= ~regency & ~province
        belonging = Community.objects.of_member(user).values("pk")
        mine = self.waiting().filter(own, review__post__in=Post.objects.handed_on())
        mine = mine.exclude(review__by=user).exclude(by=user)
        return mine.exclude(review__post__community__in=belonging).order_by("at", "pk")

    def contest(self, review, *, text, by):
        """Ask for another officer's eyes: once for a decision, by its author or chair."""
        if by != review.post.author and by not in review.post.community.chairs:
            raise StepRefused(_("Keberatan diajukan oleh penulis atau ketua KIM."))
        if not review.may_be_contested:
            raise StepRefused(_("Keputusan ini tidak dapat diajukan keberatan."))
        with transaction.atomic():
            appeal, is_new = self.get_or_create(review=review, defaults={"text": text, "by": by})
            if not is_new:
                raise StepRefused(_("Keberatan atas keputusan ini sudah diajukan."))
            appeal.tell(appeal.deciders(), _("Keberatan atas keputusan: %(title)s"), text, path=appeal.desk_path)
        return appeal


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

    objects = AppealQuerySet.as_manager()

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

    @property
    def desk_path(self):
        return f"{reverse('admin:activities_post_queue')}?daftar=keberatan"

    def deciders(self):
        """The officers there but the one who decided it, and none of the KIM's; where there is none, those above."""
        return [row.user for row in self._responsible()]

    @property
    def decided_in(self):
        """The region whose officers decide it; None while there is none who may."""
        return next((row.region for row in self._responsible()), None)

    def _responsible(self):
        post, duty = self.review.post, MODERATION
        # A member without an account has no key, and NOT IN (NULL) would exclude everyone.
        belonging = post.community.memberships.current().exclude(user=None).values("user")
        others = OfficerAssignment.objects.current().exclude(user__in=belonging).exclude(user=self.review.by_id)
        others = others.exclude(user=self.by_id)
        return others.responsible(post.place, duty)

    def decide(self, outcome, *, by, note):
        """Another officer's last word; overturned, the post is again what it was."""
        if by not in self.deciders():
            raise StepRefused(_("Keberatan diputuskan oleh petugas lain, bukan yang mengambil keputusan itu."))
        answer = {"outcome": outcome, "note": note, "decided_by": by, "decided_at": timezone.now()}
        with transaction.atomic(), with_reason(note):
            if not Appeal.objects.waiting().filter(pk=self.pk).update(**answer):
                raise StepRefused(_("Keberatan ini sudah diputuskan."))
            self.refresh_from_db()
            if outcome == self.Outcome.OVERTURNED:
                self.review.undo(by=by, note=note)
            told = {self.by, self.review.post.author}
            self.tell(told, _("Jawaban atas keberatan: %(title)s"), f"{self.get_outcome_display()}\n{note}")

    def tell(self, people, title, text, *, path=None):
        post = self.review.post
        with translation.override(settings.LANGUAGE_CODE):
            title = said(title, title=post.title)
            Notice.objects.tell(people, notices.MODERATION, title, text, path=path or post.own_path)
