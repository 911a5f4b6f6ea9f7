"""What a resident proposes, complains of or asks, and who moved it on."""

import uuid
from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.lifecycle import Lifecycle, StepRefused
from accounts.models import OfficerAssignment, Webhook
from accounts.suspicion import Suspicion
from aspirations import notices
from aspirations.duties import ASPIRATIONS
from aspirations.models import choices
from aspirations.models.agencies import Agency, AgencyTurn
from aspirations.models.at_the_office import AtTheOffice
from aspirations.models.by_the_sender import ByTheSender, new_secret
from aspirations.models.querysets import AspirationQuerySet
from aspirations.models.schema import CONSTRAINTS, INDEXES
from aspirations.models.supports import Supported
from aspirations.models.telling import Telling
from aspirations.models.through_a_kim import ThroughAKim
from communities.models import Community, Office, Sector
from pages import freshness
from pages.row_urls import row_url
from pages.words.searched import Searched, fallback
from regions.clocks import earliest_day
from regions.models import Region
from regions.placed import Placed

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
# What a form that comes twice says both times.
SENT = [
    *["kind", "title", "text", "place_id", "sender_id", "sender_name", "sender_email", "sender_phone"],
    *["is_name_public", "came_by", "entered_by_id"],
]
WORKED_OUT = ["search", "words_edition", "updated_at", "support_count"]


class Aspiration(Searched, ThroughAKim, AtTheOffice, ByTheSender, Supported, Telling, Placed, Lifecycle):
    """A usulan, pengaduan or permintaan informasi: sent by anyone, through a KIM or straight to the office."""

    Kind, Status, Way, Outcome = choices.Kind, choices.Status, choices.Way, choices.Outcome
    AT_OFFICE, WITH_OFFICE, WITH_AGENCY = choices.AT_OFFICE, choices.WITH_OFFICE, choices.WITH_AGENCY
    ANSWERABLE, OVER = choices.ANSWERABLE, choices.OVER

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.RECEIVED: {"arrive": [Status.HELD], "release": [Status.HELD]},
        Status.FORWARDED: {
            "arrive": [Status.HELD],
            "release": [Status.HELD],
            "forward": [Status.RECEIVED],
            "pass_silent_kim": [Status.RECEIVED],
        },
        Status.ACCEPTED: {"accept": AT_OFFICE, "take_back": WITH_AGENCY, "hand_back": WITH_AGENCY},
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
    # A phone that lost its line keeps a form for a week, and sends it again.
    RESENDING_TIME = timedelta(days=8)
    REMINDING_NUMBERS = [5, 10, 25, 50, 100, 250, 500, 1000]
    SEARCHED = ("title", "text")
    # The topic of freshness that changes with any of them.
    NEWS = "aspirations"

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
    # What the other system is called that sent it.
    came_from = models.CharField(
        _("dikirim sistem"), max_length=80, blank=True, default="", db_default="", editable=False
    )
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
    # Where everyone follows it there, if its officer knows that.
    lapor_url = models.URLField(_("tautan di SP4N-LAPOR!"), blank=True, default="", db_default="", editable=False)
    support_count = models.PositiveIntegerField(_("pendukung"), default=0, editable=False)
    created_at = models.DateTimeField(_("dikirim"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = AspirationQuerySet.as_manager()

    class Meta:
        verbose_name = _("usulan")
        verbose_name_plural = _("usulan")
        constraints = CONSTRAINTS
        indexes = INDEXES
        triggers = [
            Audited(region="place", personal=PERSONAL, ignored=WORKED_OUT),
            fallback("title", "text"),
        ]

    def __str__(self):
        return f"{self.code} {self.title}"

    def get_absolute_url(self):
        return row_url("aspirations:detail", self.code, slot=SOME_CODE)

    # Questions

    @property
    def came_by_label(self):
        return f"{self.came_from} (Open311)" if self.came_from else self.get_came_by_display()

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
    def is_withdrawn(self):
        return self.status == self.Status.WITHDRAWN

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

    def says_the_same(self, facts):
        """Whether this row was just made of these facts: the same words, of the same person, for the same place."""
        sent = Aspiration(**{name: facts[name] for name in facts if name not in ("client_uuid", "marks")})
        is_new = self.forgotten_at is None and timezone.now() - self.created_at < self.RESENDING_TIME
        return is_new and all(getattr(self, name) == getattr(sent, name) for name in SENT)

    @property
    def may_be_contested(self):
        """Whether its answer may be contested: once, and for so many days."""
        until = self.answered_at and self.answered_at + self.CONTEST_TIME
        is_answered = self.status in self.REACHED_FROM[self.Status.REOPENED]["reopen"]
        return is_answered and bool(self.published_at) and self.reopened_at is None and timezone.now() < until

    @property
    def was_asked(self):
        """Whether somebody who had it asked its sender something."""
        return self.steps.filter(deed="ask").exists()

    @property
    def may_be_replied(self):
        return self.status in self.ANSWERABLE and self.was_asked

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
    def outcomes(self):
        """`(value, words)` of how a matter of this kind may end, and of how this one did."""
        own = [self.Outcome(self.outcome)] if self.outcome else []
        return [(one.value, one.label) for one in dict.fromkeys([*choices.OUTCOMES[self.kind], *own])]

    @property
    def officers(self):
        """The officers who decide about it today."""
        return [duty.user for duty in OfficerAssignment.objects.responsible(self.office, ASPIRATIONS)]

    # What each verb does

    def renew_pages(self, *, only_adds=False):
        """What the public pages of this one, its KIM and its region keep is of yesterday."""
        kim = [f"kim-{self.community.slug}"] if self.community else []
        freshness.changed(self.NEWS, self.place.code, self.topic, *kim, only_adds=only_adds)

    @property
    def topic(self):
        """Its topic of freshness."""
        return f"usulan-{self.code}"

    def _move(self, verb, to, *, told=None, **facts):
        super()._move(verb, to, told={"deed": verb} | (told or {}), **facts)

    def _note(self, deed, statuses, *, by, note, actor, is_public=True, where=None, **facts):
        """A step that leaves the status as it is, if that still is one of these."""
        standing = Aspiration.objects.filter(pk=self.pk, status__in=statuses, **(where or {}))
        with transaction.atomic():
            if not standing.update(updated_at=timezone.now(), **facts):
                raise StepRefused(self.NOT_NOW)
            self._record(None, by=by, note=note, deed=deed, actor=actor, is_public=is_public)
            self.renew_pages()

    def note_origin(self, system):
        """Which other system sent it, for who holds it."""
        note = _("Dikirim lewat %(system)s (Open311).") % {"system": system}
        self._record(None, by=None, note=str(note), deed="remark", actor=system, is_public=False)

    def _record(self, to, **facts):
        self.refresh_from_db()
        now = {"to": to or self.status, "holder": self.holder_label, "due_on": self.due_on}
        step = self.steps.create(**now, **facts)
        if self.published_at and (event := step.told_as):
            Webhook.objects.note(event, (self.pk, self.place))

    def _moved(self, start, to):
        if to not in self.WITH_AGENCY:
            AgencyTurn.objects.open().filter(aspiration=self).update(ended_at=timezone.now())
        self.renew_pages(only_adds=start == [self.Status.HELD])

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


SOME_CODE = "ASP-2026-000000"
