"""How an aspiration arrives, and what its KIM does with it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from aspirations.models.choices import Status
from regions.clocks import today


class ThroughAKim:
    """The verbs of an Aspiration until an office has it."""

    def arrive(self, *, by=None):
        """On to its KIM or office as it comes in, unless something makes it wait for an officer."""
        if self.held_for:
            self._tell_officers(_("%(name)s ditahan: pastikan bukan spam"))
        else:
            self._hand_on("arrive", by=by, actor=self._entered_as())

    def release(self, *, by):
        """An officer read what was held, and it is no spam."""
        self._require_officer(by)
        self._hand_on("release", by=by, actor=self.office_name)

    def add_vouch(self, *, by, text, sector=None):
        """The KIM adds what it knows, and stands for it; as often as it likes while it has it."""
        self._require_board(by)
        sector = {"sector": sector} if sector else {}
        told = {"vouch": text, "vouched_by": by, "vouched_at": timezone.now(), **sector}
        self._note("add_vouch", [Status.RECEIVED], by=by, note=text, actor=self.community.name, **told)

    def forward(self, *, by, note=""):
        """The KIM hands it on to the office."""
        self._require_board(by)
        with transaction.atomic():
            self._move("forward", Status.FORWARDED, by=by, note=note, told=self._actor(), **self._at(self.office))
            self._tell_officers(_("%(name)s diteruskan KIM"))
            self._tell_senders()

    def pass_silent_kim(self):
        """On to the office by itself: its KIM said nothing for too long."""
        silent = {"held_since__lte": timezone.now() - self.KIM_TIME}
        facts = self._at(self.office)
        with transaction.atomic():
            self._move("pass_silent_kim", Status.FORWARDED, by=None, where=silent, **facts)
            self._tell_officers(_("%(name)s diteruskan karena KIM belum menanggapi"))
            self._tell(self.community.board, _("%(name)s diteruskan ke kantor karena 7 hari belum ditanggapi"))
            self._tell_senders()

    def _hand_on(self, verb, *, by, actor):
        """From the gate to its KIM, or where that has nobody with an account to the office."""
        is_for_kim = self.community and self.community.is_standing and self.community.board.exists()
        to = Status.RECEIVED if is_for_kim else Status.FORWARDED
        kim_has = {"held_since": timezone.now(), "due_on": today(self.place) + self.KIM_TIME}
        facts = kim_has if is_for_kim else self._at(self.office)
        with transaction.atomic():
            self._move(verb, to, by=by, told={"actor": actor}, published_at=timezone.now(), **facts)
            self._tell_holder(_("%(name)s menunggu Anda"))
            self._tell_senders()
