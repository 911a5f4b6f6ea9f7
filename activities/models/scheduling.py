"""What is to come out later: passed by whoever decides, seen by nobody until its hour, then published once."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _


class Scheduled:
    """Of a post with `publish_at`: where it goes once it has passed, and the verb of its hour."""

    @property
    def is_for_later(self):
        return bool(self.publish_at) and self.publish_at > timezone.now()

    @property
    def next_when_passed(self):
        """The status of what nobody need read any more."""
        return self.Status.SCHEDULED if self.is_for_later else self.Status.PUBLISHED

    def moment_of(self, to):
        """What a move to this status changes besides: once published, its first moment stays."""
        is_out = to == self.Status.PUBLISHED
        return {"published_at": self.published_at or timezone.now()} if is_out else {}

    @property
    def stopped_by(self):
        """A sentence on why it may not be published any more; empty while it may."""
        if not self.community.may_publish:
            return _("KIM ini sedang tidak dapat menerbitkan kegiatan.")
        if self.bulletin and self.bulletin.is_recalled:
            return _("Informasi yang diteruskan sudah ditarik.")
        return ""

    def come_out(self):
        """Publish it, its hour being there; what may not be out any more is a draft again. Its author is told."""
        is_due = {"publish_at__lte": timezone.now()}
        with transaction.atomic():
            if reason := str(self.stopped_by):
                self._move("come_out", self.Status.DRAFT, by=self.author, note=reason, where=is_due)
                self._tell([self.author], _("Tidak jadi terbit: %(title)s"), reason)
                return
            to = self.Status.PUBLISHED
            self._move("come_out", to, by=self.author, where=is_due, **self.moment_of(to))
            self._count_for_community()
            self._tell([self.author], _("Terbit: %(title)s"))
