"""What its writer takes back: a post that waits, one that is out, and what is given up before it ever was."""

from django.db import transaction
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.lifecycle import StepRefused


class TakenBack:
    """Verbs of a post for its author, who needs nobody's leave; `take_down` also for the chair of its KIM."""

    def withdraw(self, *, by):
        """Make it a draft of its author's again; StepRefused once somebody decided."""
        self._require_author(by)
        self._move("withdraw", self.Status.DRAFT, by=by)

    def take_down(self, *, by, note=""):
        """Take it off the portal, whose page of it says so from now on."""
        chairs = self.community.chairs
        if by not in {self.author, *chairs}:
            raise StepRefused(_("Kegiatan yang terbit ditarik oleh penulisnya atau ketua KIM."))
        with transaction.atomic(), with_reason(note):
            self._move("take_down", self.Status.TAKEN_DOWN, by=by, note=note)
            self._count_for_community()
            self.revisions.filter(status="waiting").update(status="replaced")
            self.flagged_items.settle("gone", by=by)
            told = {self.author, *chairs} - {by}
            self._tell(told, _("Ditarik dari portal: %(title)s"), note)

    def put_away(self, *, by):
        """Give up what was sent once and never published; it stays with its author."""
        self._require_author(by)
        if self.published_at:
            raise StepRefused(self.NOT_NOW)
        self._move("put_away", self.Status.ARCHIVED, by=by)

    def _require_author(self, user):
        if user != self.author:
            raise StepRefused(_("Hanya penulisnya yang menarik kembali tulisan ini."))
