"""What a resident proposes, complains of or asks, and who moved it on."""

import secrets
import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Q, Value
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import Lifecycle, LifecycleStep, StepRefused
from accounts.models import Dispatch, Notice, OfficerAssignment
from accounts.suspicion import Suspicion
from aspirations import notices
from aspirations.duties import ASPIRATIONS
from aspirations.models.agencies import Agency, AgencyTurn
from aspirations.models.querysets import AT_OFFICE, WITH_OFFICE, AspirationQuerySet, office_for
from aspirations.models.schema import CONSTRAINTS, INDEXES
from aspirations.models.terms import AnswerTerm
from aspirations.working_days import add_working_days
from communities.models import Community, Office, Sector
from pages import freshness
from pages.row_urls import row_url
from regions.clocks import earliest_day, today
from regions.models import Region
from regions.placed import LEVELS, Placed

# Who sent it, and what was said; of these the audit trail knows only that they changed.
PERSONAL = [
    "title",
    "text",
    "sender_id",
    "client_uuid",
    "sender_name",
    "sender_email",
    "sender_phone",
    "secret",
    "vouch",
    "answer",
]
WORKED_OUT = ["updated_at", "support_count"]


def new_secret():
    return secrets.token_urlsafe(24)


class Aspiration(Placed, Lifecycle):
    """A usulan, pengaduan or permintaan informasi: sent by anyone, through a KIM or straight to the office."""

    class Kind(models.TextChoices):
        USULAN = "usulan", _("usulan")
        PENGADUAN = "pengaduan", _("pengaduan")
        PERMINTAAN = "permintaan", _("permintaan informasi")

    class Status(models.TextChoices):
        HELD = "held", _("ditahan untuk diperiksa")
        RECEIVED = "received", _("di KIM")
        FORWARDED = "forwarded", _("diteruskan ke kantor")
        ACCEPTED = "accepted", _("diterima kantor")
        ASSIGNED = "assigned", _("diserahkan ke OPD")
        IN_PROGRESS = "in_progress", _("sedang dikerjakan")
        ANSWERED = "answered", _("dijawab")
        CLOSED = "closed", _("selesai")
        ESCALATED = "escalated", _("dinaikkan ke kantor di atasnya")
        MOVED = "moved", _("dipindahkan ke wilayah lain")
        DUPLICATE = "duplicate", _("digabung dengan usulan lain")
        REJECTED = "rejected", _("ditolak")
        WITHDRAWN = "withdrawn", _("ditarik pengirimnya")
        REOPENED = "reopened", _("dibuka lagi")

    class Way(models.TextChoices):
        """How it came; all but the first were entered for somebody."""

        SITE = "situs", _("lewat situs ini")
        FACE_TO_FACE = "tatap-muka", _("tatap muka")
        TELEPHONE = "telepon", _("telepon")
        WHATSAPP = "whatsapp", _("WhatsApp")

    class Outcome(models.TextChoices):
        DONE = "done", _("sudah dikerjakan")
        PLANNED = "planned", _("masuk rencana kerja")
        INFORMED = "informed", _("informasi sudah diberikan")
        NOT_POSSIBLE = "not_possible", _("belum dapat dipenuhi")

    # An office has it and has not accepted it yet; an office or its OPD has to do something; nobody has any more.
    AT_OFFICE = [*map(Status, AT_OFFICE)]
    WITH_OFFICE = [*map(Status, WITH_OFFICE)]
    WITH_AGENCY = [Status.ASSIGNED, Status.IN_PROGRESS]
    # Somebody has it who may ask its sender, and be answered.
    ANSWERABLE = [Status.RECEIVED, *WITH_OFFICE]
    OVER = [Status.CLOSED, Status.DUPLICATE, Status.REJECTED, Status.WITHDRAWN]

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.RECEIVED: {"arrive": [Status.HELD], "release": [Status.HELD]},
        Status.FORWARDED: {
            "arrive": [Status.HELD],
            "release": [Status.HELD],
            "forward": [Status.RECEIVED],
            "pass_silent_kim": [Status.RECEIVED],
        },
        Status.ACCEPTED: {"accept": AT_OFFICE, "take_back": WITH_AGENCY},
        Status.ASSIGNED: {"assign": [*AT_OFFICE, Status.ACCEPTED]},
        Status.IN_PROGRESS: {"start": [Status.ACCEPTED, Status.ASSIGNED]},
        Status.ANSWERED: {"give_answer": WITH_OFFICE},
        Status.CLOSED: {"close": [Status.ANSWERED], "close_uncontested": [Status.ANSWERED]},
        Status.ESCALATED: {"escalate": WITH_OFFICE, "escalate_overdue": WITH_OFFICE},
        Status.MOVED: {"move": WITH_OFFICE},
        Status.DUPLICATE: {"merge_into": [Status.RECEIVED, *WITH_OFFICE]},
        Status.REJECTED: {"reject": [Status.HELD, *WITH_OFFICE]},
        Status.WITHDRAWN: {"withdraw": [Status.HELD, Status.RECEIVED, *WITH_OFFICE]},
        Status.REOPENED: {"reopen": [Status.ANSWERED, Status.CLOSED, Status.REJECTED]},
    }
    NOT_NOW = _("Langkah ini tidak berlaku untuk status usulan sekarang. Mungkin orang lain baru saja menanganinya.")
    TOLD_AS = notices.HELD

    # A KIM that says nothing hands it on by itself; an answer may be contested; supporters remind its holder.
    KIM_TIME = timedelta(days=7)
    CONTEST_TIME = timedelta(days=14)
    REMINDING_NUMBERS = [5, 10, 25, 50, 100, 250, 500, 1000]

    # Given once, never changed, whoever holds it: ASP-2026-000123.
    code = models.CharField(_("kode"), max_length=16, unique=True, editable=False)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    secret = models.CharField(max_length=32, unique=True, default=new_secret, editable=False)
    status = models.CharField(_("status"), max_length=11, choices=Status, default=Status.HELD, editable=False)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind, default=Kind.USULAN)
    title = models.CharField(_("judul"), max_length=120)
    text = models.TextField(_("isi"), max_length=4000)
    place = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("tempat"))
    sector = models.ForeignKey(
        Sector, models.PROTECT, null=True, blank=True, related_name="+", verbose_name=_("bidang")
    )
    # Through which KIM it came; none where the place has none.
    community = models.ForeignKey(
        Community, models.PROTECT, null=True, blank=True, related_name="aspirations", db_index=False,
        verbose_name=_("lewat KIM"),
    )  # fmt: skip
    # The region whose Diskominfo answers for it, and the OPD to which that handed it.
    office = models.ForeignKey(
        Region, models.PROTECT, related_name="+", db_index=False, editable=False, verbose_name=_("kantor")
    )
    agency = models.ForeignKey(
        Agency, models.PROTECT, null=True, blank=True, related_name="aspirations", editable=False, verbose_name=_("OPD")
    )
    held_since = models.DateTimeField(_("dipegang sejak"), default=timezone.now, editable=False)
    # The last day of the present term; from the day after the second on it goes one level up.
    due_on = models.DateField(_("tenggat"), null=True, editable=False)
    escalates_on = models.DateField(null=True, editable=False)

    # Known to who holds it now, and forgotten some time after it is over.
    sender = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="aspirations", editable=False,
        verbose_name=_("akun pengirim"),
    )  # fmt: skip
    sender_name = models.CharField(_("nama pengirim"), max_length=120, blank=True)
    sender_email = models.EmailField(_("surel pengirim"), blank=True)
    sender_phone = models.CharField(_("telepon pengirim"), max_length=20, blank=True)
    is_name_public = models.BooleanField(_("nama boleh tampil"), default=False)
    forgotten_at = models.DateTimeField(_("pengirim dilupakan"), null=True, editable=False)

    came_by = models.CharField(_("datang lewat"), max_length=10, choices=Way, default=Way.SITE)
    entered_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, blank=True, related_name="+", editable=False,
        verbose_name=_("dicatat oleh"),
    )  # fmt: skip
    # Why it waits for an officer's eyes before everyone reads it; marks of accounts.suspicion.
    held_for = ArrayField(models.CharField(max_length=10), default=list, db_default=Value([]), editable=False)
    published_at = models.DateTimeField(_("tampil sejak"), null=True, editable=False)
    is_hidden = models.BooleanField(_("disembunyikan"), default=False, editable=False)

    # What the KIM adds to it, and that it stands for it.
    vouch = models.TextField(_("keterangan KIM"), max_length=2000, blank=True)
    vouched_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False
    )
    vouched_at = models.DateTimeField(_("didukung KIM"), null=True, editable=False)

    answer = models.TextField(_("jawaban"), max_length=4000, blank=True, editable=False)
    outcome = models.CharField(_("hasil"), max_length=12, choices=Outcome, blank=True, editable=False)
    answered_at = models.DateTimeField(_("dijawab"), null=True, editable=False)
    closed_at = models.DateTimeField(_("berakhir"), null=True, editable=False)
    reopened_at = models.DateTimeField(_("dibuka lagi"), null=True, editable=False)
    duplicate_of = models.ForeignKey(
        "self", models.PROTECT, null=True, related_name="duplicates", editable=False, verbose_name=_("sama dengan")
    )
    lapor_reference = models.CharField(_("nomor SP4N-LAPOR!"), max_length=40, blank=True)
    support_count = models.PositiveIntegerField(_("pendukung"), default=0, editable=False)
    created_at = models.DateTimeField(_("dikirim"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan")
        verbose_name_plural = _("usulan")
        constraints = CONSTRAINTS
        indexes = INDEXES
        triggers = [Audited(region="place", personal=PERSONAL, ignored=WORKED_OUT)]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return row_url("aspirations:detail", self.code, slot=SOME_CODE)

    # Questions

    @property
    def secret_path(self):
        """Where whoever has the sender's link follows, contests and withdraws it."""
        return reverse("aspirations:own", args=[self.secret])

    @property
    def room_path(self):
        return reverse("aspirations:room", args=[self.code])

    @property
    def desk_path(self):
        return f"{reverse('admin:aspirations_aspiration_queue')}?usulan={self.pk}"

    @property
    def told_path(self):
        return self.get_absolute_url()

    @property
    def is_public(self):
        """What AspirationQuerySet.public says of one."""
        return bool(self.published_at) and not self.is_hidden and self.status != self.Status.WITHDRAWN

    @property
    def is_over(self):
        return self.status in self.OVER

    @property
    def is_overdue(self):
        """What AspirationQuerySet.overdue says of one."""
        return self.status in self.WITH_OFFICE and self.due_on < earliest_day()

    @property
    def held_because(self):
        """The sentences on why it is held."""
        return [Suspicion(mark).label for mark in self.held_for if mark in Suspicion]

    @property
    def office_name(self):
        """What the office that answers for it is called today."""
        with translation.override(settings.LANGUAGE_CODE):
            return str(Office.objects.name_in(self.office))

    @property
    def holder_label(self):
        """Who has it now, in words for everyone: its KIM, an OPD or an office; empty when nobody has any more."""
        if self.is_over:
            return ""
        if self.status == self.Status.RECEIVED:
            return self.community.name
        if self.status in self.WITH_AGENCY and self.agency:
            return self.agency.name
        return self.office_name

    @property
    def short_holder(self):
        """What `holder_label` says, without a look for what the office is called: for lists."""
        is_named = (
            self.is_over or self.status == self.Status.RECEIVED or (self.agency and self.status in self.WITH_AGENCY)
        )
        if is_named:
            return self.holder_label
        return _("kantor %(place)s") % {"place": self.office.full_name}

    @property
    def held_days(self):
        """For how many days its holder has had it."""
        return (timezone.now() - self.held_since).days

    @property
    def open_turn(self):
        """The turn of the OPD that has it, or None."""
        return self.turns.open().select_related("agency").first()

    @property
    def may_be_contested(self):
        """Whether its answer may be contested: once, and for so many days."""
        until = self.answered_at and self.answered_at + self.CONTEST_TIME
        is_answered = self.status in self.REACHED_FROM[self.Status.REOPENED]["reopen"]
        return is_answered and bool(self.published_at) and self.reopened_at is None and timezone.now() < until

    @property
    def may_be_replied(self):
        return self.status in self.ANSWERABLE

    @property
    def public_sender(self):
        """The name that everyone may read; empty where the sender did not want that."""
        return self.sender_name if self.is_name_public else ""

    @property
    def known_name(self):
        """For who may know it: as whoever sent it wrote it, or as the account is called."""
        return self.sender_name or (self.sender.name if self.sender else "")

    @property
    def known_email(self):
        return self.sender_email or (self.sender.email if self.sender else "")

    def is_board(self, user):
        """Whether this person holds an office in the KIM through which it came."""
        return bool(self.community) and self.community.board.filter(pk=user.pk).exists()

    def decided_by(self, user):
        """Whether this officer decides about it: whoever answers for its office, and did not send it."""
        return self.sender_id != user.pk and user.answers_for(self.office, ASPIRATIONS)

    def shows_sender_to(self, user):
        """Whether this person holds it now, and so may know who sent it and how to reach them."""
        if self.is_over:
            return False
        if self.status == self.Status.RECEIVED:
            return self.is_board(user)
        return self.decided_by(user)

    @property
    def officers(self):
        """The officers who decide about it today."""
        return [duty.user for duty in OfficerAssignment.objects.responsible(self.office, ASPIRATIONS)]

    # Verbs: arriving, and the KIM

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
        self._note("add_vouch", [self.Status.RECEIVED], by=by, note=text, actor=self.community.name, **told)

    def forward(self, *, by, note=""):
        """The KIM hands it on to the office."""
        self._require_board(by)
        with transaction.atomic():
            self._move("forward", self.Status.FORWARDED, by=by, note=note, told=self._actor(), **self._at(self.office))
            self._tell_officers(_("%(name)s diteruskan KIM"))
            self._tell_senders()

    def pass_silent_kim(self):
        """On to the office by itself: its KIM said nothing for too long."""
        silent = {"held_since__lte": timezone.now() - self.KIM_TIME}
        facts = self._at(self.office)
        with transaction.atomic():
            self._move("pass_silent_kim", self.Status.FORWARDED, by=None, where=silent, **facts)
            self._tell_officers(_("%(name)s diteruskan karena KIM belum menanggapi"))
            self._tell(self.community.board, _("%(name)s diteruskan ke kantor karena 7 hari belum ditanggapi"))
            self._tell_senders()

    # Verbs: the office

    def accept(self, *, by):
        """The office takes it on: from now on runs the term for its answer."""
        facts = self._term(AnswerTerm.Stage.ANSWER, self.office)
        self._decide("accept", self.Status.ACCEPTED, by=by, **facts)

    def assign(self, agency, *, by, note="", shows_sender=False):
        """Hand it to an OPD of this office, which gets a link of its own; its term goes on, or begins."""
        if not Agency.objects.of(self.office).filter(pk=agency.pk).exists():
            raise StepRefused(_("Pilih OPD dari wilayah kantor ini."))
        term = {} if self.status == self.Status.ACCEPTED else self._term(AnswerTerm.Stage.ANSWER, self.office)
        facts = {"agency": agency, "held_since": timezone.now(), **term}
        with transaction.atomic():
            self._decide("assign", self.Status.ASSIGNED, by=by, note=note, tells=False, **facts)
            turn = self.turns.create(agency=agency, shows_sender=shows_sender)
            self._write_to_agency(turn, note)
            self._tell_senders()

    def take_back(self, *, by, note=""):
        """The office takes it from an OPD, or from work that has begun; the link of the OPD dies."""
        self._decide("take_back", self.Status.ACCEPTED, by=by, note=note, agency=None, held_since=timezone.now())

    def start(self, *, by=None, turn=None, note=""):
        """The OPD, or the office itself, has begun."""
        self._decide("start", self.Status.IN_PROGRESS, by=by, turn=turn, note=note)

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

    def reply(self, *, text, by=None):
        """The sender answers what was asked; only who holds it reads that, for it may hold what is private."""
        with transaction.atomic():
            facts = {"note": text, "is_public": False, "actor": SENDER}
            self._note("reply", self.ANSWERABLE, by=by, **facts)
            self._tell_holder(_("Pengirim membalas: %(name)s"))

    def give_answer(self, *, by=None, turn=None, text, outcome):
        """What the office, or the OPD for it, says to the sender and to everyone."""
        facts = {"answer": text, "outcome": outcome, "answered_at": timezone.now()} | OUT_OF_TERM
        with transaction.atomic():
            self._decide("give_answer", self.Status.ANSWERED, by=by, turn=turn, note=text, tells=False, **facts)
            self._tell_senders(text=text)
            if turn:
                self._tell_officers(_("%(name)s dijawab OPD"))

    def close(self, *, by, outcome, note=""):
        """The matter is settled, with this outcome."""
        self._decide("close", self.Status.CLOSED, by=by, note=note, outcome=outcome, closed_at=timezone.now())

    def close_uncontested(self):
        """Nobody contested the answer in time."""
        unanswered = {"answered_at__lte": timezone.now() - self.CONTEST_TIME}
        with transaction.atomic():
            facts = {"where": unanswered, "closed_at": timezone.now()}
            self._move("close_uncontested", self.Status.CLOSED, by=None, **facts)
            self._tell_senders()

    def escalate(self, *, by, note):
        """One level up, to an office that can do what this one cannot."""
        self._require_officer(by)
        with transaction.atomic(), with_reason(note):
            facts = self._one_level_up()
            self._move("escalate", self.Status.ESCALATED, by=by, note=note, told=self._actor(self.office_name), **facts)
            self._tell_new_office()

    def escalate_overdue(self):
        """One level up by itself: the second term is over."""
        late = {"escalates_on__lt": earliest_day()}
        below = self.officers
        with transaction.atomic():
            facts = self._one_level_up()
            facts["where"] |= late
            self._move("escalate_overdue", self.Status.ESCALATED, by=None, **facts)
            self._tell(below, _("%(name)s naik ke kantor di atas karena lewat dua tenggat"), path=self.desk_path)
            self._tell_new_office()

    def move(self, place, *, by, note):
        """To another region, whose office answers for it from now on."""
        self._require_officer(by)
        office = office_for(place)
        if office.pk == self.office_id:
            raise StepRefused(_("Wilayah itu ditangani kantor yang sama. Pilih wilayah kantor lain."))
        there = {f"{level}_id": getattr(place, f"{level}_id", None) for level in LEVELS[:-1]}
        there |= {"place": place, "village_id": place.pk if place.level == Region.Level.VILLAGE else None}
        facts = self._at(office) | there | {"where": {"office": self.office_id}}
        with transaction.atomic(), with_reason(note):
            former, actor = self.place.code, self._actor(self.office_name)
            self._move("move", self.Status.MOVED, by=by, note=note, told=actor, **facts)
            freshness.changed(former)
            self._tell_new_office()

    def merge_into(self, other, *, by, note=""):
        """The same wish as another: whoever sent or supported it is told, and counts there from now on."""
        is_kim = self.status == self.Status.RECEIVED
        self._require_board(by) if is_kim else self._require_officer(by)
        self._require_original(other)
        actor = self._actor(self.community.name if is_kim else self.office_name)
        facts = {"duplicate_of": other, "closed_at": timezone.now(), "told": actor} | OUT_OF_TERM
        with transaction.atomic(), with_reason(note):
            self._hold([self.pk, other.pk])
            other.refresh_from_db()
            self._require_original(other)
            self._move("merge_into", self.Status.DUPLICATE, by=by, note=note, **facts)
            self.duplicates.update(duplicate_of=other)
            other.take_supports_of(self)
            self._tell_senders(_("%(name)s digabung dengan usulan yang sama"), other.title)
            other._note("gain", [*Aspiration.Status], by=by, note=self.code, actor=actor["actor"])

    def reject(self, *, by, note):
        """Not for any office, or spam; with a reason that the sender may contest."""
        now = timezone.now()
        facts = {"answer": note, "answered_at": now, "closed_at": now} | OUT_OF_TERM
        self._decide("reject", self.Status.REJECTED, by=by, note=note, **facts)

    def refer(self, reference, *, by):
        """Keep under which number it stands in SP4N-LAPOR!."""
        self._require_officer(by)
        facts = {"note": reference, "actor": self.office_name, "lapor_reference": reference}
        self._note("refer", [*self.WITH_OFFICE, self.Status.ANSWERED, self.Status.CLOSED], by=by, **facts)

    def hide(self, *, by, note):
        """Out of everyone's sight, whatever becomes of it; the sender is told why."""
        self._set_hidden(True, "hide", by=by, note=note)
        self._tell_senders(_("%(name)s tidak lagi tampil untuk umum"), note)

    def show_again(self, *, by, note=""):
        self._set_hidden(False, "show_again", by=by, note=note)

    # Verbs: the sender

    def withdraw(self, *, by=None, note=""):
        """The sender no longer wants it; nobody reads it any more."""
        had = self.holder_label and self.status != self.Status.HELD
        told = self._actor(SENDER)
        with transaction.atomic():
            people, path = self._holders()
            facts = {"closed_at": timezone.now(), "told": told} | OUT_OF_TERM
            self._move("withdraw", self.Status.WITHDRAWN, by=by, note=note, **facts)
            if had:
                self._tell(people, _("%(name)s ditarik pengirimnya"), path=path)

    def reopen(self, *, note, by=None):
        """The sender contests the answer, once: the office that gave it has it again."""
        if not self.may_be_contested:
            raise StepRefused(_("Jawaban dapat ditanggapi satu kali, dalam 14 hari sesudah dijawab."))
        facts = {"reopened_at": timezone.now(), "closed_at": None, "told": self._actor(SENDER)}
        with transaction.atomic():
            where = {"reopened_at": None}
            self._move("reopen", self.Status.REOPENED, by=by, note=note, where=where, **facts | self._at(self.office))
            self._tell_officers(_("%(name)s dibuka lagi oleh pengirimnya"), note)
            self._tell_senders()

    def forget_sender(self):
        """Nobody needs to know any more who sent it: the matter is over and its term too."""
        nobody = {"sender": None, "sender_name": "", "sender_email": "", "sender_phone": "", "is_name_public": False}
        over = Aspiration.objects.filter(pk=self.pk, status__in=self.OVER, forgotten_at=None)
        with transaction.atomic():
            if over.update(forgotten_at=timezone.now(), secret=new_secret(), **nobody):
                # What was written to them holds the address, and the link that no longer leads anywhere.
                Dispatch.objects.filter(notice=None, path=self.secret_path).delete()
                # So do the lines in the inbox of an account, and the steps that it took.
                paths = [self.secret_path, self.get_absolute_url()]
                Notice.objects.filter(kind=notices.OWN, user=self.sender, path__in=paths).delete()
                self.steps.filter(deed="reply").update(note="")
                self.steps.filter(by=self.sender, actor=SENDER).update(by=None)
                self.renew_pages()
        self.refresh_from_db()

    # What supporters do

    def count_supports(self, *, reminds=False):
        """Count voices, and those whose own was merged into it; some numbers remind its holder."""
        Aspiration.objects.select_for_update(no_key=True).get(pk=self.pk)
        number = self.supports.count() + self.duplicates.count()
        Aspiration.objects.filter(pk=self.pk).update(support_count=number)
        self.support_count = number
        self.renew_pages()
        if reminds and number in self.REMINDING_NUMBERS and not self.is_over:
            self._tell_holder(_("%(name)s didukung makin banyak warga"), key=f"support-{self.pk}-{number}")

    def take_supports_of(self, other):
        """Those who supported what was merged into this one support this one."""
        mine = self.supports.all()
        fresh = other.supports.exclude(user__in=mine.exclude(user=None).values("user"))
        fresh.exclude(device__in=mine.exclude(device="").values("device")).update(aspiration=self)
        self.count_supports()

    # What each verb does

    def renew_pages(self, *, only_adds=False):
        """What the public pages of this one, its KIM and its region keep is of yesterday."""
        kim = [f"kim-{self.community.slug}"] if self.community else []
        freshness.changed(self.place.code, self.topic, *kim, only_adds=only_adds)

    @property
    def topic(self):
        """Its topic of freshness."""
        return f"usulan-{self.code}"

    def _hand_on(self, verb, *, by, actor):
        """From the gate to its KIM, or where that has nobody with an account to the office."""
        is_for_kim = self.community and self.community.is_standing and self.community.board.exists()
        to = self.Status.RECEIVED if is_for_kim else self.Status.FORWARDED
        kim_has = {"held_since": timezone.now(), "due_on": today(self.place) + self.KIM_TIME}
        facts = kim_has if is_for_kim else self._at(self.office)
        with transaction.atomic():
            self._move(verb, to, by=by, told={"actor": actor}, published_at=timezone.now(), **facts)
            self._tell_holder(_("%(name)s menunggu Anda"))
            self._tell_senders()

    def _move(self, verb, to, *, told=None, **facts):
        super()._move(verb, to, told={"deed": verb} | (told or {}), **facts)

    def _decide(self, verb, to, *, by, turn=None, note="", tells=True, **facts):
        """A decision of an officer, or of the OPD: of two at once one wins, the step is kept, and the sender told."""
        self._require_holder(by, turn)
        where = {"office": self.office_id} | self._only(turn)
        told = self._actor(self._acting(turn))
        with transaction.atomic(), with_reason(note):
            self._move(verb, to, by=by, note=note, told=told, where=where, **facts)
            if tells:
                self._tell_senders(text=note)

    def _note(self, deed, statuses, *, by, note, actor, is_public=True, where=None, **facts):
        """A step that leaves the status as it is, if that still is one of these."""
        standing = Aspiration.objects.filter(pk=self.pk, status__in=statuses, **(where or {}))
        with transaction.atomic():
            if not standing.update(updated_at=timezone.now(), **facts):
                raise StepRefused(self.NOT_NOW)
            self._record(None, by=by, note=note, deed=deed, actor=actor, is_public=is_public)
            self.renew_pages()

    def _record(self, to, **facts):
        self.refresh_from_db()
        now = {"to": to or self.status, "holder": self.holder_label, "due_on": self.due_on}
        self.steps.create(**now, **facts)

    def _moved(self, start, to):
        if to not in self.WITH_AGENCY:
            AgencyTurn.objects.open().filter(aspiration=self).update(ended_at=timezone.now())
        self.renew_pages(only_adds=start == [self.Status.HELD])

    def _set_hidden(self, is_hidden, deed, *, by, note):
        self._require_officer(by)
        with transaction.atomic(), with_reason(note):
            where = {"is_hidden": not is_hidden}
            facts = {"by": by, "note": note, "actor": self.office_name, "is_public": False, "where": where}
            self._note(deed, [*Aspiration.Status], is_hidden=is_hidden, **facts)

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
        list(Aspiration.objects.select_for_update(no_key=True).filter(pk__in=keys).order_by("pk"))

    def _only(self, turn):
        """A condition on the row that holds while the OPD of this turn has it."""
        return {"agency": turn.agency_id} if turn else {}

    # Whose turn it is

    def _require_officer(self, user):
        if not self.decided_by(user):
            raise StepRefused(_("Usulan ini ditangani petugas kantor yang memegangnya."))

    def _require_board(self, user):
        if not self.is_board(user):
            raise StepRefused(_("Usulan ini diurus pengurus KIM yang menerimanya."))

    def _require_holder(self, user, turn):
        if turn is None:
            self._require_officer(user)
        elif turn.aspiration_id != self.pk or not AgencyTurn.objects.open().filter(pk=turn.pk).exists():
            raise StepRefused(_("Tautan ini tidak berlaku lagi: usulan sudah tidak di OPD Anda."))

    def _require_original(self, other):
        if other.pk == self.pk or other.status in (self.Status.HELD, self.Status.DUPLICATE, *GONE):
            raise StepRefused(_("Pilih usulan lain yang masih berjalan sebagai tujuan penggabungan."))
        if not other.is_public:
            raise StepRefused(_("Usulan tujuan tidak tampil untuk umum. Pilih yang lain."))

    # Who is told, and as whom somebody acts

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
        if self.status == self.Status.RECEIVED:
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
            where = _("Status: %(status)s. Kini di: %(holder)s.") if self.holder_label else _("Status: %(status)s.")
            return where % {"status": self.get_status_display(), "holder": self.holder_label}

    def _tell_sender(self, title, text):
        if self.sender:
            path = self.get_absolute_url() if self.is_public else self.secret_path
            self._tell([self.sender], title, text, kind=notices.OWN, path=path)
        elif self.sender_email:
            with translation.override(settings.LANGUAGE_CODE):
                title = title % {"name": self}
            Dispatch.objects.write_to(self.sender_email, title, text, path=self.secret_path)

    def _write_to_agency(self, turn, note):
        """The OPD gets its link by e-mail; nothing of the sender is in it."""
        with translation.override(settings.LANGUAGE_CODE):
            title = _("Usulan warga untuk %(agency)s: %(name)s") % {"agency": turn.agency, "name": self}
            text = AGENCY_ASKED % {"office": self.office_name, "due": self.due_on.strftime("%d-%m-%Y"), "note": note}
        Dispatch.objects.write_to(turn.agency.email, title, text.strip(), path=turn.link)


SENDER = "pengirim"
SOME_CODE = "ASP-2026-000000"
GONE = [Aspiration.Status.REJECTED, Aspiration.Status.WITHDRAWN]
OUT_OF_TERM = {"due_on": None, "escalates_on": None}
AGENCY_ASKED = _(
    "%(office)s menyerahkan usulan ini kepada OPD Anda. Buka tautan di bawah untuk membaca dan menjawabnya, tanpa "
    "akun, paling lambat %(due)s. Tautan ini hanya untuk OPD Anda.\n\n%(note)s"
)


class AspirationStepQuerySet(models.QuerySet):
    def public(self):
        """What everyone reads of the way it went."""
        return self.filter(is_public=True)

    def for_agency(self, turn):
        """And what was noted or written back since the OPD has it; what was before, only if it may know the sender."""
        return self if turn.shows_sender else self.filter(models.Q(is_public=True) | models.Q(at__gte=turn.since))

    def for_sender(self):
        """What its sender reads: the own replies too, and that it was hidden; no notes of those who hold it."""
        return self.filter(Q(is_public=True) | Q(deed__in=["reply", "hide", "show_again"]))


class AspirationStep(LifecycleStep):
    """What was done with it, by whom, and who had it afterwards until when; some steps only its holders read."""

    class Deed(models.TextChoices):
        ARRIVE = "arrive", _("dikirim")
        RELEASE = "release", _("diperiksa dan diteruskan")
        ADD_VOUCH = "add_vouch", _("keterangan KIM")
        FORWARD = "forward", _("diteruskan KIM")
        PASS_SILENT_KIM = "pass_silent_kim", _("diteruskan otomatis")
        ACCEPT = "accept", _("diterima kantor")
        ASSIGN = "assign", _("diserahkan ke OPD")
        TAKE_BACK = "take_back", _("diambil kembali oleh kantor")
        START = "start", _("mulai dikerjakan")
        ASK = "ask", _("pertanyaan kepada pengirim")
        REMARK = "remark", _("catatan intern")
        REPLY = "reply", _("balasan pengirim")
        GIVE_ANSWER = "give_answer", _("dijawab")
        CLOSE = "close", _("selesai")
        CLOSE_UNCONTESTED = "close_uncontested", _("selesai otomatis, jawaban tidak ditanggapi")
        ESCALATE = "escalate", _("dinaikkan ke kantor di atasnya")
        ESCALATE_OVERDUE = "escalate_overdue", _("naik otomatis, dua tenggat terlewati")
        MOVE = "move", _("dipindahkan ke wilayah lain")
        MERGE_INTO = "merge_into", _("digabung dengan usulan lain")
        GAIN = "gain", _("usulan yang sama digabung ke sini")
        REJECT = "reject", _("ditolak")
        REFER = "refer", _("tercatat di SP4N-LAPOR!")
        HIDE = "hide", _("disembunyikan")
        SHOW_AGAIN = "show_again", _("ditampilkan lagi")
        WITHDRAW = "withdraw", _("ditarik pengirimnya")
        REOPEN = "reopen", _("dibuka lagi oleh pengirim")

    aspiration = models.ForeignKey(Aspiration, models.CASCADE, related_name="steps")
    to = models.CharField(_("status"), max_length=11, choices=Aspiration.Status)
    deed = models.CharField(_("langkah"), max_length=18, choices=Deed)
    # As whom it was done, and who has it since: a KIM, an OPD, an office. Never a person.
    actor = models.CharField(_("oleh"), max_length=200, blank=True)
    holder = models.CharField(_("dipegang"), max_length=200, blank=True)
    due_on = models.DateField(_("tenggat"), null=True)
    is_public = models.BooleanField(_("tampil untuk umum"), default=True)

    objects = AspirationStepQuerySet.as_manager()

    def __str__(self):
        return f"{self.get_deed_display()}"
