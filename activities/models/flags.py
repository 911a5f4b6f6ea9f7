"""What readers report: many flags of one thing are one case, and each reporter follows it by a code."""

from django.conf import settings
from django.db import models, transaction
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts import codes
from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from activities.models.comments import Comment
from activities.models.photos import Photo
from activities.models.posts import Post
from aspirations.working_days import add_working_days
from regions.clocks import at, today

# Hiding what does harm must not wait as long as an answer to a proposal.
ANSWER_WORKING_DAYS = 3


def new_code():
    return f"LAP-{codes.new_code(8)}"


def code_of(*told):
    return f"LAP-{codes.same_code(8, *told)}"


class FlaggedItemQuerySet(models.QuerySet):
    def waiting(self):
        return self.filter(decided_at=None)

    def decided_by(self, user):
        """Those that this officer decides: of the posts that are this officer's to decide."""
        return self.filter(post__in=Post.objects.decided_by(user))

    def waits_for(self, user):
        """Of those the ones that nobody decided yet, the longest wait first."""
        return self.decided_by(user).waiting().order_by("opened_at", "pk")

    def settle(self, outcome, *, by, note=""):
        """Answer the reporters of what is gone by another deed than the decision of their case."""
        self.waiting().update(outcome=outcome, note=note, decided_by=by, decided_at=timezone.now())

    def flag(self, post, *, photo=None, comment=None, reason, text="", user=None, key=None, earlier=()):
        """Report a post, or one photo or comment of it: joins the open case of that thing, or opens one.

        The same words of the same form, by its `key`, are the same report, however often they come; also of one of the
        `earlier` keys, from a page that its reader left and opened again.
        """
        with transaction.atomic():
            # Two readers at once open one case: the constraint on open cases decides.
            item, _opened = self.waiting().get_or_create(post=post, photo=photo, comment=comment)
            if user and (own := item.flags.filter(user=user).first()):
                return own
            codes = [code_of(known, item.pk, reason, text) for known in earlier]
            if codes and (same := item.flags.filter(code__in=codes, user=user).first()):
                return same
            code = code_of(key, item.pk, reason, text) if key else new_code()
            return item.flags.get_or_create(code=code, defaults={"reason": reason, "text": text, "user": user})[0]


class FlaggedItem(models.Model):
    """A post, or one photo or comment of it, that somebody reported: one case until it is decided."""

    class Outcome(models.TextChoices):
        KEPT = "kept", _("tidak melanggar, tetap tampil")
        HIDDEN = "hidden", _("disembunyikan")
        MENDED = "mended", _("diperbaiki")
        WITHDRAWN = "gone", _("ditarik oleh penulisnya")

    post = models.ForeignKey(Post, models.PROTECT, related_name="flagged_items", verbose_name=_("kegiatan"))
    photo = models.ForeignKey(
        Photo, models.PROTECT, null=True, blank=True, related_name="flagged_items", verbose_name=_("foto")
    )
    comment = models.ForeignKey(
        Comment, models.PROTECT, null=True, blank=True, related_name="flagged_items", verbose_name=_("komentar")
    )
    opened_at = models.DateTimeField(_("dilaporkan"), auto_now_add=True)
    outcome = models.CharField(_("hasil"), max_length=6, choices=Outcome, blank=True)
    note = models.TextField(_("jawaban untuk pelapor"), blank=True)
    decided_by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+")
    decided_at = models.DateTimeField(_("diputuskan"), null=True)

    objects = FlaggedItemQuerySet.as_manager()

    class Meta:
        verbose_name = _("laporan")
        verbose_name_plural = _("laporan")
        ordering = ["opened_at", "pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["post", "photo", "comment"],
                condition=Q(decided_at=None),
                nulls_distinct=False,
                name="one_open_case_of_a_thing",
            ),
            models.CheckConstraint(condition=Q(photo=None) | Q(comment=None), name="flagged_is_one_thing"),
        ]
        triggers = [Audited(region="post__place")]

    def __str__(self):
        return f"{self.comment or self.photo or self.post}"

    def due_after(self, moment):
        """The day by which whoever reported this then is answered, by the calendar of its place."""
        return add_working_days(at(moment, self.post.place).date(), ANSWER_WORKING_DAYS)

    @property
    def due_on(self):
        return self.due_after(self.opened_at)

    @property
    def is_overdue(self):
        return self.is_late(self.due_on)

    def is_late(self, due):
        """Whether it is still undecided after this day."""
        return self.decided_at is None and due < today(self.post.place)

    @property
    def is_shown(self):
        """Whether readers see what was reported, now."""
        is_hidden = (self.photo and self.photo.is_hidden) or (self.comment and self.comment.hidden_at)
        return self.post.is_published and not is_hidden

    def decide(self, outcome, *, by, note=""):
        """Answer the reporters; hiding the thing itself is the deed of its own verb."""
        if not self.post.decided_by(by):
            raise StepRefused(_("Laporan ini diputuskan oleh petugas wilayahnya."))
        answer = {"outcome": outcome, "note": note, "decided_by": by, "decided_at": timezone.now()}
        with with_reason(note):
            if not FlaggedItem.objects.waiting().filter(pk=self.pk).update(**answer):
                raise StepRefused(_("Laporan ini sudah diputuskan."))
        self.refresh_from_db()

    def close(self, *, is_hidden, by, reason="", note=""):
        """Answer the reporters, and hide what was reported, unless it is hidden already, or let it stand; both or
        neither.
        """
        with transaction.atomic():
            self.decide(self.Outcome.HIDDEN if is_hidden else self.Outcome.KEPT, by=by, note=note)
            if is_hidden and self.is_shown:
                (self.comment or self.photo or self.post).hide(by=by, reason=reason, **self._noted(note))

    def _noted(self, note):
        """A comment's hiding keeps a reason alone."""
        return {} if self.comment else {"note": note}


class Flag(models.Model):
    """One reader's report; who sent it is nobody's business, the code tells the result."""

    class Reason(models.TextChoices):
        FALSE = "false", _("hoaks atau tidak benar")
        PERSONAL = "personal", _("memuat data pribadi")
        HATE = "hate", _("menghina atau mengancam")
        INDECENT = "indecent", _("tidak pantas")
        SPAM = "spam", _("iklan atau spam")
        RIGHTS = "rights", _("foto atau tulisan saya dipakai tanpa izin")
        OTHER = "other", _("lainnya")

    item = models.ForeignKey(FlaggedItem, models.PROTECT, related_name="flags", verbose_name=_("laporan"))
    code = models.CharField(_("kode"), max_length=12, unique=True, default=new_code, editable=False)
    reason = models.CharField(_("alasan"), max_length=10, choices=Reason)
    text = models.TextField(_("penjelasan"), max_length=1000, blank=True)
    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.SET_NULL, null=True, related_name="+")
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("laporan pembaca")
        verbose_name_plural = _("laporan pembaca")
        ordering = ["at"]
        constraints = [
            models.UniqueConstraint(
                fields=["item", "user"], condition=Q(user__isnull=False), name="flagged_once_by_user"
            )
        ]

    def __str__(self):
        return self.code

    def says(self, *, reason, text):
        """Whether it is what somebody reported in these words."""
        return (self.reason, self.text) == (reason, text)

    @property
    def due_on(self):
        return self.item.due_after(self.at)

    @property
    def is_overdue(self):
        return self.item.is_late(self.due_on)
