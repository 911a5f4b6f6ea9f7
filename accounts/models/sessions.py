"""Where somebody is signed in."""

from datetime import timedelta

from django.conf import settings
from django.contrib.auth import HASH_SESSION_KEY
from django.contrib.sessions.base_session import AbstractBaseSession, BaseSessionManager
from django.db import models
from django.utils import timezone
from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import gettext_lazy as _

from accounts import browsers

# Often enough to tell a device that is used from one that is not, and no write for each page.
SEEN_EVERY = timedelta(minutes=10)
MOST_SHOWN = 50


class SessionQuerySet(models.QuerySet):
    def open_of(self, user):
        """Those in which this person is signed in now, seen last first."""
        rows = self.filter(user=user, expire_date__gt=timezone.now()).order_by("-seen_at")
        return [row for row in rows[:MOST_SHOWN] if row.is_open_to(user)]


class Session(AbstractBaseSession):
    """A browser in which somebody is signed in, or one that we only know something of, such as a message to show.

    No IP address: a village behind one says the same everywhere, and it would tell where somebody was.
    """

    user = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.CASCADE, null=True, related_name="sessions", verbose_name=_("milik")
    )
    browser = models.CharField(_("peramban"), max_length=20, blank=True)
    system = models.CharField(_("sistem"), max_length=20, blank=True)
    begun_at = models.DateTimeField(_("masuk"), default=timezone.now)
    seen_at = models.DateTimeField(_("terakhir dipakai"), default=timezone.now)

    objects = BaseSessionManager.from_queryset(SessionQuerySet)()

    class Meta(AbstractBaseSession.Meta):
        abstract = False
        verbose_name = _("perangkat yang masuk")
        verbose_name_plural = _("perangkat yang masuk")

    def __str__(self):
        return browsers.in_words(self.browser, self.system)

    @classmethod
    def get_session_store_class(cls):
        from accounts.sessions import SessionStore

        return SessionStore

    def is_open_to(self, user):
        """Whether whoever brings its key is signed in as this person: nothing ended it, such as a new password."""
        data = self.get_decoded()
        is_over = self.get_session_store_class().is_over(data)
        return not is_over and constant_time_compare(data.get(HASH_SESSION_KEY, ""), user.get_session_auth_hash())

    @property
    def mark(self):
        """What names it on a page; its key, which opens it, stands on none."""
        return salted_hmac("sessions", self.session_key, algorithm="sha256").hexdigest()[:20]

    def note_seen(self):
        now = timezone.now()
        if self.user_id and now - self.seen_at > SEEN_EVERY:
            Session.objects.filter(pk=self.pk).update(seen_at=now)
