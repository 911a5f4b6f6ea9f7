"""Who is told what about an aspiration, and as whom somebody acts on it."""

from django.conf import settings
from django.utils import translation
from django.utils.translation import gettext_lazy as _

from accounts.models import Dispatch
from aspirations import notices
from aspirations.models.choices import Status
from pages import limits
from pages.sentences import kept_in_texts
from regions.templatetags.places import place_date

SENDER = "pengirim"
STATE = kept_in_texts(_("Status: %(status)s."))
STATE_AND_HOLDER = kept_in_texts(_("Status: %(status)s. Kini di: %(holder)s."))
REPLIED = _("Pengirim membalas: %(name)s")
AGENCY_ASKED = _(
    "%(office)s menyerahkan usulan ini kepada OPD Anda. Buka tautan di bawah untuk membaca dan menjawabnya, tanpa "
    "akun, paling lambat %(due)s. Tautan ini hanya untuk OPD Anda.\n\n%(note)s"
)


class Telling:
    """To whom an Aspiration sends its news: its holder, its sender, an OPD."""

    def _entered_as(self):
        """The KIM or the office that entered it, or the sender."""
        if self.entered_by is None:
            return SENDER
        return self.community.name if self.is_board(self.entered_by) else self.office_name

    def _acting(self, turn):
        return turn.agency.name if turn else self.office_name

    def _actor(self, name=""):
        return {"actor": name or self.community.name}

    def _holders(self):
        """Who has it now, and where they find it."""
        if self.status == Status.RECEIVED:
            return self.community.board, self.room_path
        return self.officers, self.desk_path

    def _tell_holder(self, title, text="", *, key=""):
        people, path = self._holders()
        self._tell(people, title, text, path=path, key=key)

    def _tell_officers(self, title, text=""):
        self._tell(self.officers, title, text, path=self.desk_path)

    def _tell_new_office(self):
        self._tell_officers(_("%(name)s menunggu kantor Anda"))
        self._tell_senders()

    def _tell_senders(self, title=None, text=""):
        """News for whoever sent it, and for those whose own was merged into it: each with a path of their own."""
        title = title or _("Kabar usulan Anda: %(name)s")
        for row in [self, *self.duplicates.all()]:
            row._tell_sender(title, text or self._state_in_words())

    def _state_in_words(self):
        with translation.override(settings.LANGUAGE_CODE):
            where = STATE_AND_HOLDER if self.holder_label else STATE
            return where % {"status": self.get_status_display(), "holder": self.holder_label}

    def _tell_sender(self, title, text):
        if self.sender:
            path = self.get_absolute_url() if self.is_public else self.secret_path
            self._tell([self.sender], title, text, kind=notices.OWN, path=path)
        elif self.sender_email and limits.may_write_again_to(self.sender_email):
            # Nobody confirmed that the address is the sender's: no words of a stranger go there.
            with translation.override(settings.LANGUAGE_CODE):
                title = title % {"name": self.code}
            Dispatch.objects.write_to(self.sender_email, title, text, path=self.secret_path)

    def _write_to_agency(self, turn, note):
        """The OPD gets its link by e-mail; nothing of the sender is in it."""
        with translation.override(settings.LANGUAGE_CODE):
            title = _("Usulan warga untuk %(agency)s: %(name)s") % {"agency": turn.agency, "name": self}
            text = AGENCY_ASKED % {"office": self.office_name, "due": place_date(self.due_on), "note": note}
        turn.letter = Dispatch.objects.write_to(turn.agency.email, title, text.strip(), path=turn.link)
        turn.save(update_fields=["letter"])

    def _write_of_reply(self, turn):
        """The OPD, which may have asked, reads it by its link; what the sender wrote stays out of the letter."""
        with translation.override(settings.LANGUAGE_CODE):
            title, text = REPLIED % {"name": self}, str(_("Buka tautan di bawah untuk membaca balasannya."))
        Dispatch.objects.write_to(turn.agency.email, title, text, path=turn.link)
