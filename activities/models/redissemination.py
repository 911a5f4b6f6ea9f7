"""What a KIM did to pass a bulletin on: by which channel, to how many people, and what an officer found true of it."""

import uuid

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import F, Q
from django.db.models.functions import MD5, Cast, Concat
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import StepRefused
from accounts.models import Notice, OfficerAssignment
from accounts.stored_photo import StoredPhoto
from activities.models.posts import Post
from bulletins import notices
from bulletins.duties import INFORMATION
from bulletins.models import Bulletin, Delivery
from communities.models import Community
from pages.sentences import said
from regions.clocks import at, today
from regions.models import Region
from regions.placed import Placed, PlacedQuerySet, indexes_per_level

MOST_PEOPLE = 1_000_000


class Channel(models.TextChoices):
    POST = "post", _("kegiatan di portal")
    BAGIKAN = "bagikan", _("tautan yang dibagikan")
    TATAP_MUKA = "tatap_muka", _("tatap muka")
    GRUP_WA = "grup_wa", _("grup WhatsApp")
    PENGERAS_SUARA = "pengeras_suara", _("pengeras suara")
    PAPAN = "papan", _("papan pengumuman")
    PERTUNJUKAN_RAKYAT = "pertunjukan_rakyat", _("pertunjukan rakyat")
    RADIO = "radio", _("radio")


# What the portal sees by itself; of all others a KIM tells how many people it reached.
BY_ITSELF = [Channel.POST, Channel.BAGIKAN]
OFFLINE = [channel for channel in Channel if channel not in BY_ITSELF]


class RedisseminationQuerySet(PlacedQuerySet):
    TOLD_SINCE = _("Cara ini dicatat lagi setelah Anda mengisinya. Lihat catatannya, lalu kirim lagi bila perlu.")

    def claims(self):
        """Those of which a KIM told how many people it reached."""
        return self.exclude(channel__in=BY_ITSELF)

    def waiting(self):
        """Claims that no officer looked at, the largest first."""
        return self.claims().filter(judged_at=None).order_by("-people", "pk")

    def drawn(self, seed, number):
        """So many of these, drawn by chance; the same for the same seed, as long as they are there."""
        lot = MD5(Concat(Cast("pk", models.TextField()), models.Value(str(seed))))
        drawn = self.order_by(lot, "pk")
        return self.filter(pk__in=list(drawn.values_list("pk", flat=True)[:number]))

    def decided_by(self, user):
        """What `Redissemination.decided_by` says of one, for a list; not what an officer below decides."""
        own = OfficerAssignment.objects.decided_by(user, INFORMATION)
        return self.filter(own).exclude(community__in=Community.objects.of_member(user).values("pk"))

    def waits_for(self, user):
        """The claims that this officer is to look at."""
        return self.waiting().decided_by(user)

    def share(self, delivery, *, by):
        """The KIM shared its short URL: passed on, once."""
        return self._happened(delivery, Channel.BAGIKAN, by=by)

    def carry(self, post):
        """A published post carries its bulletin on: passed on, once for its KIM; what was recalled does not count."""
        delivery = Delivery.objects.filter(bulletin=post.bulletin_id, community=post.community_id).first()
        if delivery is not None and not delivery.bulletin.is_recalled:
            self._happened(delivery, Channel.POST, by=post.author, post=post)

    def _happened(self, delivery, channel, *, by, post=None):
        facts = {"place": delivery.place, "by": by, "happened_on": today(delivery.place), "post": post}
        with transaction.atomic():
            delivery.pass_on(by=by)
            row, _is_new = Redissemination.objects.get_or_create(
                bulletin=delivery.bulletin, community_id=delivery.community_id, channel=channel, defaults=facts
            )
        return row

    def record(
        self, delivery, channel, *, by, people, happened_on, note="", photo=None, client_uuid=None, written_at=None
    ):
        """An offline act of the KIM; once for a channel: another one puts the first right until it is verified.

        `photo` is an accounts.images.PreparedPhoto, the evidence. The same `client_uuid` again is the same sending, but
        not on another channel, as from a page one went back to. What was written before the one that stands here, and
        waited on a phone, is refused.
        """
        refuse_day(delivery, happened_on)
        if not 0 < people <= MOST_PEOPLE or channel in BY_ITSELF:
            raise StepRefused(_("Tulis jumlah orang yang menerima informasi ini."))
        facts = {"people": people, "happened_on": happened_on, "note": note, "by": by}
        try:
            return self._record(delivery, channel, facts, photo, client_uuid or uuid.uuid4(), written_at)
        except IntegrityError:
            return self._record(delivery, channel, facts, photo, uuid.uuid4(), written_at)

    @transaction.atomic
    def _record(self, delivery, channel, facts, photo, client_uuid, written_at):
        # One after the other: two phones of a KIM do not both find nothing there.
        Delivery.objects.select_for_update(no_key=True).get(pk=delivery.pk)
        own = {"bulletin": delivery.bulletin, "community": delivery.community, "channel": channel}
        row = self.filter(**own).first()
        if row and row.client_uuid == client_uuid and all(getattr(row, name) == said for name, said in facts.items()):
            return row
        if row and written_at and written_at < row.updated_at:
            raise StepRefused(self.TOLD_SINCE)
        if row:
            row.change(facts | {"client_uuid": client_uuid}, delivery)
        else:
            row = self.create(**own, **facts, place=delivery.place, client_uuid=client_uuid)
            delivery.add_reach(claimed=row.people)
            delivery.pass_on(by=row.by)
        if photo:
            Evidence.objects.show(row, photo)
        return row


def refuse_day(delivery, day):
    """StepRefused for a day before the bulletin was sent, after it ended, or yet to come."""
    bulletin, place = delivery.bulletin, delivery.place
    if day > today(place):
        raise StepRefused(_("Tanggal ini belum tiba."))
    if day < at(bulletin.sent_at, place).date():
        raise StepRefused(_("Tanggal ini mendahului terkirimnya informasi."))
    ended = last_moment(bulletin)
    if ended and day > at(ended, place).date():
        raise StepRefused(_("Pada tanggal itu informasi ini sudah tidak berlaku."))


def last_moment(bulletin):
    """When it was closed, recalled or over; None while it holds."""
    if bulletin.is_in_force:
        return None
    ended = bulletin.steps.filter(to__in=[Bulletin.Status.CLOSED, Bulletin.Status.RECALLED]).order_by("at").first()
    moments = [moment for moment in (ended and ended.at, bulletin.ends_at) if moment]
    return min(moments, default=timezone.now())


class Redissemination(Placed):
    """A bulletin passed on by a KIM on one channel: `people` is what it says, `verified_people` what an officer found.

    The two are never added together.
    """

    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="redisseminations", db_index=False, verbose_name=_("informasi")
    )
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="redisseminations", db_index=False, verbose_name=_("KIM")
    )
    place = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("kedudukan"))
    channel = models.CharField(_("cara menyebarkan"), max_length=20, choices=Channel)
    post = models.ForeignKey(
        Post, models.PROTECT, null=True, blank=True, related_name="redisseminations", verbose_name=_("kegiatan")
    )
    people = models.PositiveIntegerField(_("jumlah orang menurut KIM"), default=0)
    happened_on = models.DateField(_("tanggal"))
    note = models.CharField(_("keterangan"), max_length=300, blank=True)
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    by = models.ForeignKey(settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", verbose_name=_("dicatat oleh"))
    created_at = models.DateTimeField(_("dicatat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    CHANGED = _("Catatan ini baru saja diubah atau diperiksa orang lain. Periksa lagi.")

    # What an officer found: so many people, or a reason why it does not count.
    judged_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", editable=False,
        verbose_name=_("diperiksa oleh"),
    )  # fmt: skip
    judged_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)
    verified_people = models.PositiveIntegerField(_("jumlah orang terverifikasi"), null=True, editable=False)
    refusal = models.CharField(_("alasan tidak dihitung"), max_length=300, blank=True, editable=False)

    objects = RedisseminationQuerySet.as_manager()

    class Meta:
        verbose_name = _("penyebaran informasi")
        verbose_name_plural = _("penyebaran informasi")
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "community", "channel"], name="passed_on_once_a_channel"),
            models.CheckConstraint(
                condition=Q(judged_at=None, judged_by=None, verified_people=None, refusal="")
                | Q(judged_at__isnull=False, judged_by__isnull=False, verified_people__isnull=False, refusal="")
                | Q(judged_at__isnull=False, judged_by__isnull=False, verified_people=None) & ~Q(refusal=""),
                name="judged_claim_is_verified_or_refused",
            ),
            models.CheckConstraint(
                condition=Q(verified_people=None) | Q(verified_people__lte=F("people")), name="verified_within_claimed"
            ),
        ]
        indexes = [
            *indexes_per_level("-people", "id", name="passed_on_{}_waiting", condition=Q(judged_at=None, people__gt=0)),
            models.Index(fields=["community"], name="passed_on_by_kim"),
        ]
        triggers = [Audited(region="place", personal=["note", "refusal"], ignored=["updated_at"])]

    def __str__(self):
        return f"{self.bulletin}: {self.get_channel_display()}"

    # Questions

    @property
    def is_claim(self):
        return self.channel not in BY_ITSELF

    @property
    def is_verified(self):
        return self.verified_people is not None

    @property
    def is_refused(self):
        return self.judged_at is not None and not self.is_verified

    @property
    def own_path(self):
        """Where its KIM sees what became of it."""
        return reverse("activities:pass_on", args=[self.delivery.pk])

    def decided_by(self, user):
        """Whether this officer verifies it: whoever answers for information there, but none of the KIM's people."""
        return not self.community.has_member(user) and user.answers_for(self.place, INFORMATION)

    # Verbs

    def change(self, facts, delivery):
        """Say it differently; refused once it is verified. What was refused waits anew."""
        if self.is_verified:
            raise StepRefused(_("Catatan ini sudah diperiksa petugas, jadi tidak dapat diubah lagi."))
        counted = 0 if self.is_refused else self.people
        again = {"judged_by": None, "judged_at": None, "refusal": ""}
        with transaction.atomic():
            self._move(**facts, **again)
            delivery.add_reach(claimed=facts["people"] - counted)

    def verify(self, people, *, by):
        """An officer found that so many people were reached, as many as claimed at most."""
        if not 0 < people <= self.people:
            raise StepRefused(
                _("Tulis angka dari 1 sampai %(people)s, atau tolak catatan ini.") % {"people": self.people}
            )
        with transaction.atomic():
            self._judge(by=by, verified_people=people)
            self.delivery.add_reach(verified=people)

    def refuse(self, reason, *, by):
        """It does not count, with the reason that its KIM reads; the KIM may put it right."""
        if not reason.strip():
            raise StepRefused(_("Tulis alasannya."))
        with transaction.atomic(), with_reason(reason):
            self._judge(by=by, refusal=reason)
            self.delivery.add_reach(claimed=-self.people)
            title = said(_("Belum dapat dihitung: %(title)s"), title=self.bulletin.title)
            Notice.objects.tell([self.by], notices.BULLETIN, title, reason, path=self.own_path)

    @property
    def delivery(self):
        return Delivery.objects.get(bulletin=self.bulletin_id, community=self.community_id)

    def _judge(self, *, by, **found):
        if not self.decided_by(by):
            raise StepRefused(_("Catatan ini diperiksa petugas informasi wilayahnya yang bukan anggota KIM itu."))
        if not self.is_claim:
            raise StepRefused(_("Yang dicatat portal sendiri tidak perlu diperiksa."))
        if self.judged_at:
            raise StepRefused(self.CHANGED)
        self._move(judged_by=by, judged_at=timezone.now(), **found)

    def _move(self, **changes):
        # One conditional UPDATE of what was read: of two people at once only one wins.
        standing = Redissemination.objects.filter(pk=self.pk, judged_at=self.judged_at, updated_at=self.updated_at)
        if not standing.update(updated_at=timezone.now(), **changes):
            raise StepRefused(self.CHANGED)
        self.refresh_from_db()


class EvidenceQuerySet(models.QuerySet):
    def readable_by(self, user):
        """Those of the own KIM, and for officers those of their region; of nobody else."""
        own = Q(redissemination__community__in=Community.objects.of_member(user).values("pk"))
        if user.is_officer:
            own |= Q(redissemination__place__in=user.jurisdiction())
        return self.filter(own)

    def show(self, row, prepared):
        """Let this photo (accounts.images.PreparedPhoto) be the evidence of an act; a former one goes."""
        for former in self.filter(redissemination=row):
            former.let_go()
        evidence = Evidence(redissemination=row, alt=row.get_channel_display())
        evidence.width, evidence.height = prepared.width, prepared.height
        evidence.store(prepared)
        evidence.save()
        return evidence


class Evidence(StoredPhoto):
    """A photo that shows that a bulletin was passed on; only its KIM and the officers above it see it."""

    FOLDER, URL_NAME = "evidence", "files:evidence"

    redissemination = models.OneToOneField(
        Redissemination, models.PROTECT, related_name="evidence", verbose_name=_("penyebaran informasi")
    )

    objects = EvidenceQuerySet.as_manager()

    class Meta:
        verbose_name = _("foto bukti")
        verbose_name_plural = _("foto bukti")
        triggers = [Audited(region="redissemination__place")]
