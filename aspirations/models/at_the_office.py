"""What an office does with an aspiration, and what an OPD does for it."""

from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import with_reason
from accounts.lifecycle import StepRefused
from aspirations.models.agencies import Agency
from aspirations.models.choices import GONE, Status
from aspirations.models.querysets import office_for
from aspirations.models.terms import AnswerTerm
from aspirations.working_days import add_working_days
from pages import freshness
from regions.clocks import earliest_day, today
from regions.models import Region
from regions.placed import LEVELS

OUT_OF_TERM = {"due_on": None, "escalates_on": None}

KNOWN_NUMBER = _("Nomor dan tautan ini sudah tercatat.")
OTHER_NUMBER = _(
    "Nomornya baru saja disimpan dari halaman lain: %(number)s. Simpan sekali lagi bila nomor Anda yang benar."
)


class AtTheOffice:
    """The verbs of an Aspiration that an office has, or an OPD for it; a KIM too merges what is the same."""

    def accept(self, *, by):
        """The office takes it on: from now on runs the term for its answer."""
        facts = self._term(AnswerTerm.Stage.ANSWER, self.office)
        self._decide("accept", Status.ACCEPTED, by=by, **facts)

    def assign(self, agency, *, by, note="", shows_sender=False):
        """Hand it to an OPD of this office, which gets a link of its own; its term goes on, or begins."""
        if not Agency.objects.of(self.office).filter(pk=agency.pk).exists():
            raise StepRefused(_("Pilih OPD dari wilayah kantor ini."))
        term = {} if self.status == Status.ACCEPTED else self._term(AnswerTerm.Stage.ANSWER, self.office)
        facts = {"agency": agency, "held_since": timezone.now(), **term}
        with transaction.atomic():
            self._decide("assign", Status.ASSIGNED, by=by, note=note, tells=False, **facts)
            turn = self.turns.create(agency=agency, shows_sender=shows_sender)
            self._write_to_agency(turn, note)
            self._tell_senders()

    def take_back(self, *, by, note=""):
        """The office takes it from an OPD, or from work that has begun; the link of the OPD dies."""
        self._decide("take_back", Status.ACCEPTED, by=by, note=note, agency=None, held_since=timezone.now())

    def hand_back(self, *, turn, note):
        """The OPD says why it is not the one to answer; the office has it again, and its term goes on."""
        with transaction.atomic():
            facts = {"agency": None, "held_since": timezone.now()}
            self._decide("hand_back", Status.ACCEPTED, by=None, turn=turn, note=note, **facts)
            self._tell_officers(_("%(name)s dikembalikan OPD"), note)

    def write_again(self, *, by):
        """The OPD gets its link once more, to the address it has by now."""
        self._require_officer(by)
        turn = self.open_turn
        if turn is None:
            raise StepRefused(self.NOT_NOW)
        with transaction.atomic():
            facts = {"actor": self.office_name, "is_public": False}
            self._note("write_again", self.WITH_AGENCY, by=by, note="", **facts)
            self._write_to_agency(turn, "")

    def start(self, *, by=None, turn=None, note=""):
        """The OPD, or the office itself, has begun."""
        self._decide("start", Status.IN_PROGRESS, by=by, turn=turn, note=note)

    def ask(self, *, by=None, turn=None, text, is_public):
        """Ask the sender, which everyone may read, or leave a note that only its holders read; no status changes."""
        self._require_holder(by, turn)
        facts = {"where": self._only(turn), "is_public": is_public, "actor": self._acting(turn)}
        deed = "ask" if is_public else "remark"
        with transaction.atomic():
            self._note(deed, self.WITH_AGENCY if turn else self.WITH_OFFICE, by=by, note=text, **facts)
            if is_public:
                self._tell_senders(_("Pertanyaan tentang %(name)s"), text)
            elif turn:
                self._tell_officers(_("Catatan OPD tentang %(name)s"), text)

    def give_answer(self, *, by=None, turn=None, text, outcome):
        """What the office, or the OPD for it, says to the sender and to everyone."""
        facts = {"answer": text, "outcome": outcome, "answered_at": timezone.now()} | OUT_OF_TERM
        with transaction.atomic():
            self._decide("give_answer", Status.ANSWERED, by=by, turn=turn, note=text, tells=False, **facts)
            self._tell_senders(_("Usulan Anda dijawab: %(name)s"), text)
            if turn:
                self._tell_officers(_("%(name)s dijawab OPD"))

    def close(self, *, by, outcome, note=""):
        """The matter is settled, with this outcome."""
        self._decide("close", Status.CLOSED, by=by, note=note, outcome=outcome, closed_at=timezone.now())

    def close_uncontested(self):
        """Nobody contested the answer in time."""
        unanswered = {"answered_at__lte": timezone.now() - self.CONTEST_TIME}
        with transaction.atomic():
            facts = {"where": unanswered, "closed_at": timezone.now()}
            self._move("close_uncontested", Status.CLOSED, by=None, **facts)
            self._tell_senders()

    def escalate(self, *, by, note):
        """One level up, to an office that can do what this one cannot."""
        self._require_officer(by)
        with transaction.atomic(), with_reason(note):
            facts = self._one_level_up()
            self._move("escalate", Status.ESCALATED, by=by, note=note, told=self._actor(self.office_name), **facts)
            self._tell_new_office()

    def escalate_overdue(self):
        """One level up by itself: the second term is over."""
        late = {"escalates_on__lt": earliest_day()}
        below = self.officers
        with transaction.atomic():
            facts = self._one_level_up()
            facts["where"] |= late
            self._move("escalate_overdue", Status.ESCALATED, by=None, **facts)
            self._tell(below, _("%(name)s naik ke kantor di atas karena lewat dua tenggat"), path=self.desk_path)
            self._tell_new_office()

    def move(self, place, *, by, note):
        """To another region, whose office answers for it from now on; within this one only the place changes."""
        self._require_officer(by)
        office = office_for(place)
        if place.pk == self.place_id and office.pk == self.office_id:
            raise StepRefused(_("Usulan ini sudah di wilayah itu. Pilih wilayah lain."))
        there = {f"{level}_id": getattr(place, f"{level}_id", None) for level in LEVELS[:-1]}
        there |= {"place": place, "village_id": place.pk if place.level == Region.Level.VILLAGE else None}
        where, former, actor = {"office": self.office_id}, self.place.code, self._actor(self.office_name)
        with transaction.atomic(), with_reason(note):
            freshness.changed(former)
            if office.pk == self.office_id:
                self._note("move", self.WITH_OFFICE, by=by, note=note, where=where, **actor, **there)
                self._tell_senders(text=note)
            else:
                facts = self._at(office) | there | {"where": where}
                self._move("move", Status.MOVED, by=by, note=note, told=actor, **facts)
                self._tell_new_office()

    def merge_into(self, other, *, by, note=""):
        """The same wish as another: whoever sent or supported it is told, and counts there from now on."""
        is_kim = self.status == Status.RECEIVED
        self._require_board(by) if is_kim else self._require_officer(by)
        self.require_original(other)
        actor = self._actor(self.community.name if is_kim else self.office_name)
        facts = {"duplicate_of": other, "closed_at": timezone.now(), "told": actor} | OUT_OF_TERM
        with transaction.atomic(), with_reason(note):
            self._hold([self.pk, other.pk])
            other.refresh_from_db()
            self.require_original(other)
            self._move("merge_into", Status.DUPLICATE, by=by, note=note, **facts)
            self.duplicates.update(duplicate_of=other)
            other.take_supports_of(self)
            self._tell_senders(_("%(name)s digabung dengan usulan yang sama"), other.code)
            other._note("gain", [*Status], by=by, note=self.code, actor=actor["actor"])

    def reject(self, *, by, note):
        """Not for any office, or spam; with a reason that the sender may contest."""
        now = timezone.now()
        facts = {"answer": note, "answered_at": now, "closed_at": now} | OUT_OF_TERM
        self._decide("reject", Status.REJECTED, by=by, note=note, **facts)

    def refer(self, reference, url="", *, by, seen=None):
        """Keep under which number it stands in SP4N-LAPOR!, and where everyone follows it there; StepRefused where that
        is known, it went to another office meanwhile, or has another number than the one `seen` by who changes it.
        """
        self._require_officer(by)
        if (reference, url) == (self.lapor_reference, self.lapor_url):
            raise StepRefused(KNOWN_NUMBER)
        facts = {"note": reference, "actor": self.office_name, "lapor_reference": reference, "lapor_url": url}
        where = {"office": self.office_id} | ({} if seen is None else {"lapor_reference": seen})
        try:
            statuses = [*self.WITH_OFFICE, Status.ANSWERED, Status.CLOSED]
            self._note("refer", statuses, by=by, where=where, **facts)
        except StepRefused:
            self.refresh_from_db()
            if seen not in (None, self.lapor_reference):
                raise StepRefused(OTHER_NUMBER % {"number": self.lapor_reference}) from None
            raise

    def hide(self, *, by, note):
        """Out of everyone's sight, whatever becomes of it; the sender is told why."""
        self._set_hidden(True, "hide", by=by, note=note)
        self._tell_senders(_("%(name)s tidak lagi tampil untuk umum"), note)

    def show_again(self, *, by, note=""):
        self._set_hidden(False, "show_again", by=by, note=note)

    # What several of them do

    def _decide(self, verb, to, *, by, turn=None, note="", tells=True, **facts):
        """A decision of an officer, or of the OPD: of two at once one wins, the step is kept, and the sender told."""
        self._require_holder(by, turn)
        where = {"office": self.office_id} | self._only(turn)
        told = self._actor(self._acting(turn))
        with transaction.atomic(), with_reason(note):
            self._move(verb, to, by=by, note=note, told=told, where=where, **facts)
            if tells:
                self._tell_senders(text=note)

    def _set_hidden(self, is_hidden, deed, *, by, note):
        self._require_officer(by)
        with transaction.atomic(), with_reason(note):
            where = {"is_hidden": not is_hidden}
            facts = {"by": by, "note": note, "actor": self.office_name, "is_public": False, "where": where}
            self._note(deed, [*Status], is_hidden=is_hidden, **facts)

    def _at(self, office):
        """It lies at this office, which has the first term and no OPD yet."""
        arrival = {"office": office, "agency": None, "held_since": timezone.now(), "answered_at": None}
        return arrival | {"answer": "", "outcome": ""} | self._term(AnswerTerm.Stage.ACCEPT, office)

    def _term(self, stage, office):
        """The last days of the first and the second term that begin today."""
        days = AnswerTerm.objects.days(stage, office)
        due_on = add_working_days(today(office), days)
        has_above = office.level > Region.Level.NATION
        return {"due_on": due_on, "escalates_on": add_working_days(due_on, days) if has_above else None}

    def _one_level_up(self):
        above = self.office.parent
        if above is None:
            raise StepRefused(_("Tidak ada kantor di atas kementerian."))
        return self._at(above) | {"where": {"office": self.office_id}}

    def _hold(self, keys):
        """Lock these rows in one order, so that two merges at once do not wait for each other."""
        list(type(self).objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))

    def require_original(self, other):
        """StepRefused where this one may not be merged into the other."""
        if other.pk == self.pk or other.status in (Status.HELD, Status.DUPLICATE, *GONE):
            raise StepRefused(_("Pilih usulan lain yang masih berjalan sebagai tujuan penggabungan."))
        if not other.is_public:
            raise StepRefused(_("Usulan tujuan tidak tampil untuk umum. Pilih yang lain."))
        if not (other.office_id == self.office_id or (self.regency_id and other.regency_id == self.regency_id)):
            raise StepRefused(_("Usulan itu di kabupaten/kota lain. Pilih usulan dari wilayah yang sama."))
