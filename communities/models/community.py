"""The KIM itself, its lifecycle, and who moved it."""

from datetime import timedelta

from django.conf import settings
from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import Lifecycle, LifecycleStep, StepRefused
from accounts.models import Notice, OfficerAssignment, User, Webhook
from communities import decree_terms, notices, requirements
from communities.duties import VERIFICATION
from communities.models import attention, merging, numbers
from communities.models.decrees import Decree
from communities.models.listed import Listed
from communities.models.querysets import CommunityQuerySet
from communities.models.schema import CONSTRAINTS, INDEXES
from communities.models.vocabulary import FormationRule, Office, PartnerKind, Sector
from pages import freshness
from pages.sentences import kept_in_texts, said
from pages.words.searched import Searched, fallback
from regions.atlas import FROM_ATLAS
from regions.models import Region
from regions.placed import Placed

CORRECTED = kept_in_texts(_("Data diperbaiki petugas: %(facts)s."))


class Community(Listed, Searched, Placed, Lifecycle):
    """A KIM: founded by residents, verified and inaugurated by Diskominfo."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draf")
        SUBMITTED = "submitted", _("menunggu verifikasi")
        NEEDS_REVISION = "needs_revision", _("perlu perbaikan")
        REJECTED = "rejected", _("ditolak")
        VERIFIED = "verified", _("terverifikasi")
        INAUGURATED = "inaugurated", _("dikukuhkan")
        SUSPENDED = "suspended", _("dibekukan")
        EXPIRED = "expired", _("masa SK berakhir")
        DISSOLVED = "dissolved", _("dibubarkan")
        MERGED = "merged", _("digabung")

    STANDING_STATUSES = [Status.VERIFIED, Status.INAUGURATED, Status.EXPIRED]
    PUBLIC_STATUSES = [
        *STANDING_STATUSES,
        Status.SUSPENDED,
        Status.DISSOLVED,
        Status.MERGED,
    ]

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.SUBMITTED: {"submit": [Status.DRAFT, Status.NEEDS_REVISION]},
        Status.NEEDS_REVISION: {"ask_for_revision": [Status.SUBMITTED]},
        Status.REJECTED: {"reject": [Status.SUBMITTED, Status.NEEDS_REVISION]},
        Status.VERIFIED: {"verify": [Status.SUBMITTED], "restore": [Status.SUSPENDED]},
        Status.INAUGURATED: {
            "inaugurate": [Status.VERIFIED, Status.EXPIRED],
            "extend": [Status.INAUGURATED, Status.EXPIRED],
            "restore": [Status.SUSPENDED],
        },
        Status.EXPIRED: {"expire": [Status.INAUGURATED]},
        Status.SUSPENDED: {"suspend": STANDING_STATUSES},
        Status.DISSOLVED: {"dissolve": [*STANDING_STATUSES, Status.SUSPENDED]},
        Status.MERGED: {"merge_into": [*STANDING_STATUSES, Status.SUSPENDED]},
    }
    NOT_NOW = _("Langkah ini tidak berlaku untuk status KIM sekarang.")
    TOLD_AS = notices.VERIFICATION

    Attention = attention.Attention

    CONFIRMED_DAYS = 365
    # Within how many days an officer should have answered, and how long before its end a decree needs attention.
    ANSWER_DAYS = 14
    MOST_LOOKALIKES = 10

    PLACE = "seat"
    SEARCHED = ["name"]

    # The topic of freshness that changes when any KIM is called otherwise, which is rare.
    NAMES = "kim-names"

    name = models.CharField(_("nama"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    partner_kind = models.ForeignKey(PartnerKind, models.PROTECT, related_name="communities", verbose_name=_("jenis"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    # When it is given, and why never again: numbers.py.
    number = models.CharField(_("nomor KIM"), max_length=14, null=True, unique=True, editable=False)  # noqa: DJ001
    seat = models.ForeignKey(Region, models.PROTECT, related_name="seated_communities", verbose_name=_("kedudukan"))
    sectors = models.ManyToManyField(Sector, related_name="communities", verbose_name=_("bidang"), blank=True)
    about = models.TextField(_("tentang"), blank=True)
    founded_on = models.DateField(_("berdiri sejak"), null=True, blank=True)
    address = models.CharField(_("alamat sekretariat"), max_length=200, blank=True)
    website = models.URLField(_("situs"), blank=True)
    links = ArrayField(
        models.URLField(), verbose_name=_("media sosial"), default=list, db_default=Value([]), blank=True
    )
    # Known to the chair and the officers above; never public.
    contact_phone = models.CharField(_("telepon"), max_length=20, blank=True)
    contact_email = models.EmailField(_("surel"), blank=True)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="communities")
    declared_rules = models.ManyToManyField(
        FormationRule, related_name="+", verbose_name=_("ketentuan yang dinyatakan dipenuhi"), blank=True
    )
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    # Kept by Post.publish and Post.hide.
    post_count = models.PositiveIntegerField(_("jumlah kegiatan"), default=0, editable=False)
    last_post_at = models.DateTimeField(_("kegiatan terakhir"), null=True, editable=False)
    # How its posts are moderated: kept by the verbs of activities.models.
    is_trusted = models.BooleanField(_("terpercaya"), default=False, db_default=False, editable=False)
    chair_reviews = models.BooleanField(_("ketua membaca dahulu"), default=False, db_default=False)
    submitted_at = models.DateTimeField(_("diajukan"), null=True, editable=False)
    # From an office's roster: "data lama" until the KIM or an officer says that it is true.
    is_imported = models.BooleanField(_("dari daftar lama"), default=False, db_default=False, editable=False)
    confirmed_at = models.DateTimeField(_("data dikonfirmasi"), null=True, editable=False)
    created_at = models.DateTimeField(_("didaftarkan"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("KIM")
        verbose_name_plural = _("KIM")
        constraints = CONSTRAINTS
        indexes = INDEXES
        triggers = [
            Audited(
                region="seat",
                unseen="draft",
                personal=["contact_phone", "contact_email"],
                ignored=["search", "words_edition", "post_count", "last_post_at", "updated_at"],
            ),
            fallback("name"),
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        is_renamed = self.is_public and Community.objects.filter(pk=self.pk).exclude(name=self.name).exists()
        super().save(*args, **kwargs)
        if self.is_public:
            self.renew_pages()
        if is_renamed:
            freshness.changed(self.NAMES, *self.post_places())

    # Questions

    @property
    def full_label(self):
        """Enough to tell it from its namesakes: name, place, number, and its status where it does not stand."""
        status = "" if self.is_standing else self.get_status_display()
        return " · ".join(part for part in (self.name, self.seat.long_name, self.number, status) if part)

    @property
    def is_public(self):
        return self.status in self.PUBLIC_STATUSES

    @property
    def successor(self):
        """The KIM it became, however often it was merged; itself where it was not."""
        return self.merged_into.successor if self.merged_into else self

    @property
    def is_stale(self):
        limit = timezone.now() - timedelta(days=self.CONFIRMED_DAYS)
        return self.is_standing and (self.confirmed_at is None or self.confirmed_at < limit)

    @property
    def doubt(self):
        """What nobody vouches for, in words; nothing where the data were handed in here or confirmed of late."""
        if self.is_old_data:
            return self.Attention.OLD_DATA.label
        return self.Attention.UNCONFIRMED.label if self.confirmed_at and self.is_stale else ""

    @property
    def waiting_days(self):
        """For how many days it has been waiting for the officer's answer."""
        return (timezone.now() - self.submitted_at).days if self.submitted_at else 0

    @property
    def answer_by(self):
        """The day by which the officer should have answered; None where nothing waits."""
        is_waiting = self.status == self.Status.SUBMITTED and self.submitted_at
        return self.submitted_at + timedelta(days=self.ANSWER_DAYS) if is_waiting else None

    @property
    def is_overdue(self):
        return self.status == self.Status.SUBMITTED and self.waiting_days > self.ANSWER_DAYS

    @property
    def may_publish(self):
        """Verified or inaugurated, or for a while after the decree's term; then its posts stay and publishing stops."""
        if self.status == self.Status.EXPIRED:
            return bool(self.decree) and decree_terms.is_in_grace(self.decree)
        return self.is_standing

    @property
    def may_draft(self):
        """Whether its members may write, though perhaps not send yet: from the first day of its registration on."""
        begun = (self.Status.DRAFT, self.Status.SUBMITTED, self.Status.NEEDS_REVISION)
        return self.may_publish or self.status in begun

    @property
    def is_editable_by_chair(self):
        """Whether name, seat and papers are still the chair's to change."""
        return self.status in (self.Status.DRAFT, self.Status.NEEDS_REVISION)

    @property
    def is_open_to_members(self):
        """Whether its room is open to all its people, and not a draft of its chair alone."""
        return self.status != self.Status.DRAFT

    @property
    def is_examined(self):
        """Handed in, and not answered yet: nothing the officer looks at may change meanwhile."""
        return self.status == self.Status.SUBMITTED

    @property
    def board(self):
        """The people with an account who hold an office in it."""
        return User.objects.filter(
            memberships__community=self,
            memberships__status="current",
            memberships__positions__in=self.positions.current(),
        ).distinct()

    @property
    def chairs(self):
        """Its chair, as a list: some have none."""
        here = {"memberships__community": self, "memberships__status": "current"}
        today = {"memberships__positions__role": "ketua", "memberships__positions__ends_on": None}
        return list(User.objects.filter(**here, **today).distinct())

    @property
    def logo_src(self):
        """The URL of its logo, of a KIM from `for_cards()`; "" for none."""
        return self.pictures.model(uuid=self.logo_uuid).src320 if self.logo_uuid else ""

    @property
    def listed_chair(self):
        """The membership of its chair, with an account or without; None where there is no chair."""
        office = self.positions.current().filter(role="ketua").select_related("membership").first()
        return office and office.membership

    @property
    def open_verification(self):
        return self.verifications.filter(closed_at=None).first()

    def lookalikes(self):
        """KIMs nearby that may be the same, by their names; one decree founds many, so it tells nothing."""
        others = Community.objects.exclude(pk=self.pk).exclude(status__in=[self.Status.DRAFT, self.Status.MERGED])
        near = {"district": self.district_id} if self.district_id else {"seat": self.seat_id}
        return others.filter(**near, name__trigram_similar=self.name).fetch_mode(FROM_ATLAS).order_by("name")

    def has_member(self, user):
        """Whether this person is one of its people: no officer decides about a KIM they belong to."""
        return self.memberships.current().filter(user=user).exists()

    def decided_by(self, user):
        """Whether this officer decides about it: whoever answers for its regency, and is not one of its people."""
        return not self.has_member(user) and user.answers_for(self.seat, VERIFICATION)

    def seat_moved_by(self, user, to=None):
        """Whether this officer may give it another seat, and is not one of its people.

        Within its regency whoever decides about it; anywhere else the officers of the province and the ministry.
        """
        if self.has_member(user):
            return False
        above = {duty.region_id for duty in user.current_assignments if duty.region.level == Region.Level.PROVINCE}
        if user.answers_everywhere or self.province_id in above:
            return True
        stays = self.regency_id is not None and (to is None or to.regency_id == self.regency_id)
        return stays and user.answers_for(self.seat, VERIFICATION)

    # Verbs

    def let_chair_read(self, wanted):
        """Whether the chair reads what members write before an officer does."""
        Community.objects.filter(pk=self.pk).update(chair_reviews=wanted)
        self.chair_reviews = wanted

    def submit(self, *, by):
        """Hand the papers in; refused while something is missing that a rule asks for."""
        if lacking := requirements.missing(self):
            raise StepRefused(
                _("Belum lengkap: %(items)s.") % {"items": ", ".join(str(item.label) for item in lacking)}
            )
        with transaction.atomic():
            now = timezone.now()
            self._move("submit", self.Status.SUBMITTED, by=by, submitted_at=now, confirmed_at=now)
            self.verifications.create()
            officers = OfficerAssignment.objects.responsible(self.seat, VERIFICATION)
            self._tell([duty.user for duty in officers], _("%(name)s menunggu verifikasi"), path=self.desk_path)

    def ask_for_revision(self, *, by, note):
        """Back to the chair, who is told what is wrong with each item."""
        round_ = self.open_verification
        text = "\n".join([note, *(round_.faults if round_ else [])]).strip()
        title = _("%(name)s perlu diperbaiki")
        self._decide("ask_for_revision", self.Status.NEEDS_REVISION, title, by=by, note=note, text=text)

    def reject(self, *, by, note):
        self._decide("reject", self.Status.REJECTED, _("%(name)s belum dapat diterima"), by=by, note=note)

    def verify(self, *, by):
        """In order by the list; refused while an item is not."""
        if round_ := self.open_verification:
            round_.require_all_in_order()
        with transaction.atomic():
            number = numbers.number_when_verified(self)
            self._decide("verify", self.Status.VERIFIED, _("%(name)s terverifikasi"), by=by, number=number)

    def inaugurate(self, *, by, decree):
        """Confirmed by a decree: from now on its certificate holds."""
        with transaction.atomic():
            self._decide("inaugurate", self.Status.INAUGURATED, _("%(name)s dikukuhkan"), by=by, decree=decree)
            self._issue_certificate()
            Webhook.objects.note("kim.inaugurated", (self.pk, self.seat))

    def extend(self, *, by, decree):
        """A new decree, before the present one is over or after it."""
        title, present = _("Masa SK %(name)s diperpanjang"), {"decree": self.decree_id}
        with transaction.atomic():
            self._decide("extend", self.Status.INAUGURATED, title, by=by, where=present, decree=decree)
            self._issue_certificate()

    def suspend(self, *, by, note):
        self._decide("suspend", self.Status.SUSPENDED, _("%(name)s dibekukan"), by=by, note=note)

    def restore(self, *, by, note=""):
        """Back to what its decree says: inaugurated where it has one that the portal knows, else verified."""
        to = self.Status.INAUGURATED if self.certificates.filter(replaced_at=None).exists() else self.Status.VERIFIED
        self._decide("restore", to, _("%(name)s dipulihkan"), by=by, note=note)

    def expire(self):
        """The term of its decree is over; nobody decides that, the calendar does."""
        with transaction.atomic():
            self._move("expire", self.Status.EXPIRED, by=None)
            self._tell(self.board, _("Masa SK %(name)s berakhir"), kind=notices.DECREE)

    def dissolve(self, *, by, note):
        self._decide("dissolve", self.Status.DISSOLVED, _("%(name)s dibubarkan"), by=by, note=note)

    def merge_into(self, other, *, by, note=""):
        """The same group registered twice: its URL leads to the other, which takes over posts and people."""
        if other.pk == self.pk or not other.is_standing:
            raise StepRefused(_("Pilih KIM lain yang masih berdiri sebagai tujuan penggabungan."))
        if not other.decided_by(by):
            raise StepRefused(_("Anda tidak dapat memutuskan KIM tujuan."))
        with transaction.atomic():
            self._decide("merge_into", self.Status.MERGED, _("%(name)s digabung"), by=by, note=note, merged_into=other)
            merging.take_over(self, into=other)

    def move_seat(self, to, *, by, note):
        """Sit somewhere else, as `seat_moved_by` says who may. The number stays as it was given."""
        if (
            not self.seat_moved_by(by, to)
            or not Region.objects.filter(pk=to.pk).filter(pk__in=by.jurisdiction()).exists()
        ):
            raise StepRefused(
                _("Anda memindahkan KIM di dalam kabupaten/kotanya. Ke luar itu provinsi atau kementerian.")
            )
        with transaction.atomic(), with_reason(note):
            former = self.seat
            self.place_at(to)
            self.save()
            self.steps.create(to=self.status, by=by, note=f"{former.long_name} → {to.long_name}. {note}")
            freshness.changed(former.code)
            self._tell(self.board, _("Kedudukan %(name)s dipindahkan"), note)

    def correct(self, *, by, facts, note):
        """Keep what an officer put right, with the reason; the board is told. `facts` says in words what changed."""
        if self.has_member(by):
            raise StepRefused(_("Anda anggota KIM ini. Petugas lain yang memperbaiki datanya."))
        with transaction.atomic(), with_reason(note):
            self.save()
            with translation.override(settings.LANGUAGE_CODE):
                told = CORRECTED % {"facts": facts}
            self.steps.create(to=self.status, by=by, note=f"{told} {note}")
            self._tell(self.board, _("Data %(name)s diperbaiki petugas"), f"{told}\n{note}")

    def confirm(self, *, by):
        """What is written about the KIM is still true, says its chair or the officer."""
        now = timezone.now()
        Community.objects.filter(pk=self.pk).update(confirmed_at=now, updated_at=now)
        self.steps.create(to=self.status, by=by, note=said(_("Data dinyatakan masih benar.")))
        self.renew_pages()
        self.refresh_from_db()

    def tell_board(self, title, text):
        """A notice to its people with an office; the title may name the KIM as %(name)s."""
        self._tell(self.board, title, text)

    @property
    def room_path(self):
        return reverse("communities:room", args=[self.slug])

    @property
    def told_path(self):
        return self.room_path

    @property
    def desk_path(self):
        return reverse("admin:communities_community_check", args=[self.pk])

    def renew_pages(self):
        """What the public pages of this KIM and its region keep is of yesterday."""
        freshness.changed(self.seat.code, f"kim-{self.slug}")

    def post_places(self):
        """The codes of the regions that its posts lie in, and whose pages show its name."""
        return self.posts.order_by().values_list("place__code", flat=True).distinct()

    def _issue_certificate(self):
        regency = next((place for place in self.seat.ancestors if place.level == Region.Level.REGENCY), self.seat)
        self.certificates.filter(replaced_at=None).update(replaced_at=timezone.now())
        self.certificates.create(decree=self.decree, office_name=Office.objects.name_in(regency))

    def _decide(self, verb, to, title, *, by, note="", text=None, **changes):
        """A step that is an officer's to take; the round of checking closes with it, and the KIM is told."""
        if not self.decided_by(by):
            raise StepRefused(_("KIM ini diputuskan oleh petugas kabupaten/kotanya, yang bukan anggotanya."))
        with transaction.atomic(), with_reason(note):
            board = list(self.board)
            self._move(verb, to, by=by, note=note, **changes)
            self.verifications.filter(closed_at=None).update(closed_at=timezone.now(), outcome=to, by=by, note=note)
            self._tell(board, title, note if text is None else text)
            self._settle_notices()

    def _settle_notices(self):
        """That it waits for an officer is no news to any of them any more."""
        Notice.objects.unread().filter(path=self.desk_path).update(read_at=timezone.now())

    def _moved(self, start, to):
        self.renew_pages()


# The steps by which a KIM goes from the directory.
LEFT = models.Q(to__in=["suspended", "dissolved", "merged"])


class Step(LifecycleStep):
    """Who moved a KIM to which status, when and why."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="steps")
    to = models.CharField(_("status"), max_length=20, choices=Community.Status)

    class Meta(LifecycleStep.Meta):
        indexes = [models.Index(fields=["at", "id"], condition=LEFT, name="community_left")]
