"""What a person is told: the lines of the inbox."""

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.models.dispatches import Dispatch, one_line
from accounts.notices import NoticeKind
from accounts.typed import as_words
from pages.row_urls import in_site_language
from pages.sentences import sentence_of


class NoticeQuerySet(models.QuerySet):
    def tell(self, people, kind, title, text="", *, path="", key="", is_urgent=False):
        """Leave a notice for each of these people, by site and by their channels, in the transaction of the deed.

        A title of ours is `said(...)`, so that everyone reads it in their language.

        With a `key` nobody is told the same twice. What is urgent leaves first, and in the night too.
        """
        moment = timezone.now()
        words = {"kind": kind, "title": one_line(title), "text": text, "key": key or None}
        words["sentence"] = sentence_of(title)
        words["path"] = in_site_language(path)
        active = {user.pk: user for user in people if user.is_active}
        notices = [Notice(user=user, created_at=moment, **words) for user in active.values()]
        notices = self.bulk_create(notices, ignore_conflicts=bool(key))
        if key:  # those that are new
            notices = Notice.objects.filter(user__in=active, key=key, created_at=moment).select_related("user")
        urgency = Dispatch.Urgency.URGENT if is_urgent else Dispatch.Urgency.NORMAL
        Dispatch.objects.spread(notices, kind, urgency=urgency)

    def say_instead(self, words, others):
        """Where one of these says these words, such as a name, it says others from now on."""
        traces, most = as_words([words]), self.model._meta.get_field("title").max_length
        said = list(self.filter(Q(title__contains=words) | Q(text__contains=words)))
        for notice in said:
            notice.title = traces.sub(others, notice.title)[:most]
            notice.text = traces.sub(others, notice.text)
        self.bulk_update(said, ["title", "text"])

    def unread(self):
        return self.filter(read_at=None)


class Notice(models.Model):
    """Something a person should know: a line in the inbox, written with the deed it tells of."""

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, related_name="notices", db_index=False, verbose_name=_("untuk")
    )
    kind = models.CharField(_("jenis"), max_length=14, choices=NoticeKind.choices)
    title = models.CharField(_("judul"), max_length=150)
    # Of ours, which the title was made of: "Terbit: %(title)s".
    sentence = models.CharField(max_length=150, blank=True, default="", db_default="", editable=False)
    text = models.TextField(_("isi"), blank=True)
    path = models.CharField(_("alamat halaman"), max_length=200, blank=True)
    # Tells the same news from other news: "decree-12-30".
    key = models.CharField(max_length=60, null=True, editable=False)  # noqa: DJ001 no key is no claim
    created_at = models.DateTimeField(_("waktu"), default=timezone.now, editable=False)
    read_at = models.DateTimeField(_("dibaca"), null=True)

    objects = NoticeQuerySet.as_manager()

    class Meta:
        verbose_name = _("kabar")
        verbose_name_plural = _("kabar")
        constraints = [models.UniqueConstraint(fields=["user", "key"], name="notice_once")]
        indexes = [
            models.Index(fields=["user", "-id"], name="notice_of_user"),
            models.Index(fields=["user"], condition=Q(read_at=None), name="notice_unread"),
        ]

    def __str__(self):
        return self.title

    @property
    def may_be_muted(self):
        return self.kind in NoticeKind.optional()
