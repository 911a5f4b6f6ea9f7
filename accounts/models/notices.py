"""What a person is told, and of what they do not want to be told outside the portal."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.notices import NoticeKind


def one_line(title):
    """A title becomes the subject of an e-mail: no line break, and no longer than a phone shows."""
    return " ".join(title.split())[:150]


class NoticeQuerySet(models.QuerySet):
    def tell(self, people, kind, title, text="", *, path="", key=""):
        """Leave a notice for each of these people, by site and by e-mail, in the transaction of what it tells of.

        With a `key` nobody is told the same twice.
        """
        people = list(people)
        muted = set(MutedKind.objects.filter(user__in=people, kind=kind).values_list("user", flat=True))
        self.bulk_create(
            [
                Notice(
                    user=user, email=user.email, kind=kind, title=one_line(title), text=text, path=path,
                    key=key or None, by_email=user.pk not in muted,
                )
                for user in {user.pk: user for user in people if user.is_active}.values()
            ],
            ignore_conflicts=bool(key),
        )  # fmt: skip

    def write_to(self, email, kind, title, text, *, path=""):
        """A notice for somebody who may not have an account: it leaves by e-mail alone."""
        self.create(email=email, kind=kind, title=one_line(title), text=text, path=path)

    def unread(self):
        return self.filter(read_at=None)

    def waiting(self):
        """What has yet to leave by e-mail, and may be tried now."""
        return self.filter(Q(retry_at=None) | Q(retry_at__lte=timezone.now()), by_email=True, emailed_at=None)


class Notice(models.Model):
    """Something a person should know: a line in the inbox and an e-mail, one row written with the deed it tells of."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.CASCADE,
        null=True,
        related_name="notices",
        db_index=False,
        verbose_name=_("untuk"),
    )
    email = models.EmailField(_("surel"))
    kind = models.CharField(_("jenis"), max_length=14, choices=NoticeKind.choices)
    title = models.CharField(_("judul"), max_length=150)
    text = models.TextField(_("isi"), blank=True)
    path = models.CharField(_("alamat halaman"), max_length=200, blank=True)
    # Tells the same news from other news: "decree-12-30".
    key = models.CharField(max_length=60, null=True, editable=False)  # noqa: DJ001 no key is no claim
    created_at = models.DateTimeField(_("waktu"), auto_now_add=True)
    read_at = models.DateTimeField(_("dibaca"), null=True)
    by_email = models.BooleanField(default=True)
    emailed_at = models.DateTimeField(_("surel terkirim"), null=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    retry_at = models.DateTimeField(null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kabar")
        verbose_name_plural = _("kabar")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
            models.Index(fields=["id"], condition=Q(by_email=True, emailed_at=None), name="notice_waiting"),
        ]

    def __str__(self):
        return self.title

    @property
    def may_be_muted(self):
        return self.kind in NoticeKind.optional()


class MutedKind(models.Model):
    """A kind of notice that a person no longer wants by e-mail; the inbox shows it all the same."""

    user = models.ForeignKey(settings.AUTH_USER_MODEL, models.CASCADE, related_name="muted_kinds", db_index=False)
    kind = models.CharField(max_length=14, choices=NoticeKind.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["user", "kind"], name="muted_once")]

    def __str__(self):
        return self.get_kind_display()
