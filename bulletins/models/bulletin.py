"""A bulletin through its whole life: written, approved, sent, closed or recalled; and who moved it."""

from django.conf import settings
from django.db import models, transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.functional import cached_property
from django.utils.text import Truncator, slugify
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import Lifecycle, LifecycleStep, StepRefused
from accounts.models import Webhook
from accounts.personal_numbers import kinds
from bulletins import notices
from bulletins.audience import audience_of, outside
from bulletins.duties import INFORMATION
from bulletins.models.querysets import BulletinQuerySet
from bulletins.models.schema import CONSTRAINTS, INDEXES
from communities.models import PartnerKind, Sector
from pages import freshness
from pages.row_urls import row_url
from pages.sentences import recognised
from pages.words.searched import Searched, fallback
from regions.models import Region
from regions.placed import Placed

MOST_SHORT = 700
# What all who have it are told later.
RECALLED, ANSWERED = _("Ditarik: %(title)s"), _("Jawaban tentang: %(title)s")
# What an officer writes, besides the audience; and of a warning as CAP 1.2 has it.
WARNING_COLUMNS = ["event", "category", "severity", "urgency", "certainty", "instruction"]
WORDS = ["title", "short_text", "text", "event", "instruction"]
WRITTEN = ["title", "short_text", "text", "ends_at", "is_urgent", *WARNING_COLUMNS]
# What other systems are told of.
TOLD = {"sent": "bulletin.published", "recalled": "bulletin.recalled"}
WORKED_OUT = ["search", "words_edition", "slug", "updated_at", "delivered_to"]
AUDIENCE = ["regions", "sectors", "partner_kinds"]


class Bulletin(Searched, Placed, Lifecycle):
    """What an office tells the residents of its region, through the KIM there."""

    class Status(models.TextChoices):
        DRAFT = "draft", _("draf")
        APPROVED = "approved", _("disetujui")
        SCHEDULED = "scheduled", _("dijadwalkan")
        SENT = "sent", _("terkirim")
        CLOSED = "closed", _("ditutup")
        RECALLED = "recalled", _("ditarik")

    PUBLIC_STATUSES = [Status.SENT, Status.CLOSED, Status.RECALLED]

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.DRAFT: {"rework": [Status.APPROVED]},
        Status.APPROVED: {
            "approve": [Status.DRAFT],
            "unschedule": [Status.SCHEDULED],
            "miss": [Status.SCHEDULED],
        },
        Status.SCHEDULED: {"schedule": [Status.APPROVED, Status.SCHEDULED]},
        Status.SENT: {"send": [Status.APPROVED, Status.SCHEDULED], "send_on_time": [Status.SCHEDULED]},
        Status.CLOSED: {"close": [Status.SENT], "expire": [Status.SENT]},
        Status.RECALLED: {"recall": [Status.SENT, Status.CLOSED]},
    }
    NOT_NOW = _("Langkah ini tidak berlaku lagi: informasi ini baru saja diubah atau diputuskan.")
    TOLD_AS = notices.BULLETIN

    class Category(models.TextChoices):
        """The words of CAP 1.2, as are those of the next three."""

        GEO = "Geo", _("gempa, longsor, gunung api")
        MET = "Met", _("cuaca, banjir")
        SAFETY = "Safety", _("keselamatan umum")
        SECURITY = "Security", _("keamanan")
        RESCUE = "Rescue", _("pencarian dan pertolongan")
        FIRE = "Fire", _("kebakaran")
        HEALTH = "Health", _("kesehatan")
        ENV = "Env", _("lingkungan dan pencemaran")
        TRANSPORT = "Transport", _("perhubungan")
        INFRA = "Infra", _("listrik, air, telekomunikasi")
        CBRNE = "CBRNE", _("bahan berbahaya")
        OTHER = "Other", _("lainnya")

    class Severity(models.TextChoices):
        EXTREME = "Extreme", _("luar biasa: mengancam banyak jiwa")
        SEVERE = "Severe", _("berat: mengancam jiwa atau harta")
        MODERATE = "Moderate", _("sedang: mungkin mengancam")
        MINOR = "Minor", _("ringan")
        UNKNOWN = "Unknown", _("belum diketahui")

    class Urgency(models.TextChoices):
        IMMEDIATE = "Immediate", _("bertindak sekarang juga")
        EXPECTED = "Expected", _("bertindak dalam satu jam")
        FUTURE = "Future", _("bersiap untuk nanti")
        PAST = "Past", _("sudah berlalu")
        UNKNOWN = "Unknown", _("belum diketahui")

    class Certainty(models.TextChoices):
        OBSERVED = "Observed", _("sedang atau sudah terjadi")
        LIKELY = "Likely", _("sangat mungkin terjadi")
        POSSIBLE = "Possible", _("mungkin terjadi")
        UNLIKELY = "Unlikely", _("kecil kemungkinannya")
        UNKNOWN = "Unknown", _("belum diketahui")

    PLACE = "issuer"
    SEARCHED = WORDS

    # The topic of freshness that changes when anything of what was sent does.
    NEWS = "bulletins"

    issuer = models.ForeignKey(
        Region, models.PROTECT, related_name="bulletins", db_index=False, verbose_name=_("wilayah penerbit")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", editable=False, verbose_name=_("penulis")
    )
    status = models.CharField(_("status"), max_length=10, choices=Status, default=Status.DRAFT, editable=False)
    title = models.CharField(_("judul"), max_length=150)
    slug = models.SlugField(max_length=90, db_index=False, editable=False)
    text = models.TextField(_("isi"), blank=True)
    short_text = models.TextField(_("versi pendek untuk WhatsApp"), max_length=MOST_SHORT, blank=True)

    # The audience: KIM of these regions, of any of these sectors and kinds; none of them means all.
    regions = models.ManyToManyField(Region, related_name="+", verbose_name=_("wilayah tujuan"))
    sectors = models.ManyToManyField(Sector, related_name="bulletins", verbose_name=_("bidang"), blank=True)
    partner_kinds = models.ManyToManyField(PartnerKind, related_name="+", verbose_name=_("jenis mitra"), blank=True)

    is_urgent = models.BooleanField(_("peringatan darurat"), default=False)
    event = models.CharField(_("kejadian"), max_length=100, blank=True)
    category = models.CharField(_("kelompok kejadian"), max_length=10, choices=Category, blank=True)
    severity = models.CharField(_("tingkat bahaya"), max_length=10, choices=Severity, blank=True)
    urgency = models.CharField(_("kapan warga bertindak"), max_length=10, choices=Urgency, blank=True)
    certainty = models.CharField(_("kepastian"), max_length=10, choices=Certainty, blank=True)
    instruction = models.TextField(_("yang harus dilakukan warga"), max_length=1000, blank=True)

    send_at = models.DateTimeField(_("dijadwalkan"), null=True, editable=False)
    sent_at = models.DateTimeField(_("dikirim"), null=True, editable=False)
    ends_at = models.DateTimeField(_("berlaku sampai"), null=True, blank=True)
    recall_reason = models.TextField(_("alasan ditarik"), blank=True, editable=False)
    # How far it has come: the key of the last KIM that has it; and when all of them had it.
    delivered_to = models.BigIntegerField(default=0, editable=False)
    delivered_at = models.DateTimeField(_("sampai ke semua KIM"), null=True, editable=False)
    copied_from = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="copies", editable=False,
        verbose_name=_("disalin dari"),
    )  # fmt: skip
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = BulletinQuerySet.as_manager()

    class Meta:
        verbose_name = _("informasi pemerintah")
        verbose_name_plural = _("informasi pemerintah")
        constraints = CONSTRAINTS
        indexes = INDEXES
        triggers = [
            Audited(region="issuer", unseen="draft", ignored=WORKED_OUT),
            fallback(*WORDS),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.slug = slugify(self.title)[:90].strip("-") or "informasi"
        super().save(*args, **kwargs)

    def get_absolute_url(self):
        return row_url("bulletins:detail", f"{self.pk}-{self.slug}")

    @property
    def announced_title(self):
        """What lists, feeds, messages and shared links call it."""
        return RECALLED % {"title": self.title} if self.is_recalled else self.title

    @property
    def announced_text(self):
        """What shared links say of it."""
        if self.is_recalled:
            return _("Informasi ini ditarik. Jangan menyebarkannya.")
        return Truncator(self.short_text).chars(200)

    @property
    def news_key(self):
        """By which everyone has one notice of it, as KIM or as follower."""
        return f"bulletin-{self.pk}"

    @property
    def recall_key(self):
        """And one that it was recalled."""
        return f"recall-{self.pk}"

    # Questions

    @property
    def is_recalled(self):
        return self.status == self.Status.RECALLED

    @property
    def is_public(self):
        return self.status in self.PUBLIC_STATUSES

    @property
    def is_over(self):
        """Whether its end has passed, whatever its status says yet."""
        return self.ends_at is not None and self.ends_at <= timezone.now()

    def text_to_share(self, url):
        """The title in bold as WhatsApp writes it, the short version, and where to read more."""
        return f"*{self.title}*\n\n{self.short_text}\n\n{url}"

    @property
    def is_in_force(self):
        """Whether it may be opened, passed on and asked about as news."""
        return self.status == self.Status.SENT and not self.is_over

    @cached_property
    def codes(self):
        """Of the regions it is for."""
        return {region.code for region in self.regions.all()}

    @cached_property
    def codes_above(self):
        """Of the regions it is for, and of all that those lie in."""
        return {place for code in self.codes for place in freshness.widened(code)}

    @property
    def areas(self):
        return self.regions.all()

    @property
    def is_cancelled(self):
        """Whether it was closed or recalled, which of a warning before its end all are told."""
        return self.status in (self.Status.CLOSED, self.Status.RECALLED)

    @cached_property
    def cancellation(self):
        """The step that closed or recalled it last; None while it is in force."""
        return max((step for step in self.steps.all() if self.is_cancelled), key=lambda step: step.pk, default=None)

    @property
    def announced_at(self):
        """When what is said of it was first said: that it holds, or that it does no longer."""
        return self.cancellation.at if self.cancellation else self.sent_at

    @property
    def cap_path(self):
        return reverse("bulletin_files:warning_cap", args=[self.pk])

    @property
    def warning_path(self):
        """Where everyone reads a warning."""
        return reverse("bulletins:warning", args=[self.pk])

    @property
    def room_path(self):
        """Where a KIM reads it."""
        return reverse("bulletins:read", args=[self.pk])

    @property
    def told_path(self):
        return self.room_path

    @property
    def notice_kind(self):
        return notices.WARNING if self.is_urgent else notices.BULLETIN

    def audience(self):
        """The KIM that would have it if it were sent now."""
        return audience_of(self.regions.all(), self.sectors.all(), self.partner_kinds.all())

    def decided_by(self, user):
        """Whether this officer speaks for the office: its own, or where it has nobody for information those above."""
        return user.answers_for(self.issuer, INFORMATION)

    def lacking(self):
        """Sentences on what it needs before it can be approved."""
        needed = {
            _("Tulis isinya."): self.text.strip(),
            _("Tulis versi pendek untuk WhatsApp."): self.short_text.strip(),
            _("Pilih wilayah tujuan."): self.pk and self.regions.exists(),
        }
        if self.is_urgent:
            needed[_("Lengkapi keterangan peringatan darurat.")] = all(
                getattr(self, name).strip() for name in WARNING_COLUMNS
            )
            needed[_("Tentukan sampai kapan peringatan ini berlaku.")] = self.ends_at
        lacking = [sentence for sentence, is_there in needed.items() if not is_there]
        if self.is_over:
            lacking.append(_("Waktu berakhirnya sudah lewat."))
        if self.personal_numbers_in:
            parts = ", ".join(self.personal_numbers_in)
            lacking.append(_("Hapus nomor pribadi (NIK, KK, NPWP, rekening) di bagian %(parts)s.") % {"parts": parts})
        return lacking

    @property
    def personal_numbers_in(self):
        """In which of its words the number of a person stands."""
        return [str(self._meta.get_field(name).verbose_name) for name in WORDS if kinds(getattr(self, name))]

    # Verbs

    def write(self, *, by, regions, sectors=(), partner_kinds=(), seen=None):
        """Keep a draft as an officer wrote it; refused outside the own region, and over what somebody else saved.

        `seen` is the `updated_at` of the draft that the officer began with.
        """
        self.require_speaker(by)
        if places := outside(regions, self.issuer):
            names = ", ".join(place.full_name for place in places)
            raise StepRefused(_("Di luar wilayah penerbit: %(names)s.") % {"names": names})
        with transaction.atomic():
            if self.pk:
                self.require_draft(seen)
                self.save(update_fields=[*WRITTEN, "slug", "updated_at"])
            else:
                self.author = by
                self.save()
            for name, rows in zip(AUDIENCE, (regions, sectors, partner_kinds), strict=True):
                getattr(self, name).set(rows)

    def approve(self, *, by):
        """Ready to be sent; refused while something is missing."""
        if lacking := self.lacking():
            raise StepRefused(" ".join(str(sentence) for sentence in lacking))
        # What was read is what is approved.
        self._decide("approve", self.Status.APPROVED, by=by, where={"updated_at": self.updated_at})

    def rework(self, *, by):
        """Back to a draft."""
        self._decide("rework", self.Status.DRAFT, by=by)

    def schedule(self, at, *, by):
        """To be sent by itself at this moment, which is yet to come and before its end."""
        self.require_time(at)
        self._decide("schedule", self.Status.SCHEDULED, by=by, send_at=at)

    def unschedule(self, *, by):
        self._decide("unschedule", self.Status.APPROVED, by=by, send_at=None)

    def send(self, *, by):
        """Sent now: everyone may read it, and the worker brings it to each KIM of the audience (bulletins.sending)."""
        if self.is_over:
            raise StepRefused(_("Waktu berakhirnya sudah lewat."))
        # A warning stands on the pages of its regions, also where there is no KIM.
        if not self.is_urgent and not self.audience().exists():
            raise StepRefused(_("Tidak ada KIM di antara penerimanya. Ubah wilayah, bidang, atau jenis mitranya."))
        self._decide("send", self.Status.SENT, by=by, sent_at=timezone.now())

    def send_on_time(self):
        """Sent by its schedule; nobody decides that any more, the clock does."""
        due = {"send_at__lte": timezone.now()}
        self._move("send_on_time", self.Status.SENT, by=None, where=due, sent_at=timezone.now())

    def miss(self):
        """Not sent, since its end passed while nothing could be sent; its author is told."""
        with transaction.atomic():
            note = str(_("Waktu berakhirnya lewat sebelum sempat terkirim."))
            self._move("miss", self.Status.APPROVED, by=None, note=note, send_at=None)
            self._tell([self.author], _("Tidak terkirim: %(title)s"), note, kind=notices.QUESTION, path=self.desk_path)

    def close(self, *, by):
        """No longer passed on or asked about; it stays to be read."""
        self._decide("close", self.Status.CLOSED, by=by)

    def expire(self):
        """Its end has passed."""
        self._move("expire", self.Status.CLOSED, by=None, where={"ends_at__lte": timezone.now()})

    def recall(self, *, by, reason):
        """Taken back, with the reason on everything that came of it; all who have it are told."""
        if not reason.strip():
            raise StepRefused(_("Tulis alasannya."))
        with transaction.atomic():
            self._decide("recall", self.Status.RECALLED, by=by, note=reason, recall_reason=reason)
            with translation.override(settings.LANGUAGE_CODE):
                title = str(self.announced_title)
            # The posts of KIM that carry it on (activities).
            self.posts.take_back()
            self.follow_ups.create(key=self.recall_key, kind=self.notice_kind, title=title[:150], text=reason)

    def copy(self, *, by, issuer=None):
        """A new draft with the same words, papers, picture and audience, of the own office."""
        copy = Bulletin(issuer=issuer or self.issuer, author=by, copied_from=self)
        copy.place_at(copy.issuer)
        for name in WRITTEN:
            if name != "ends_at":
                setattr(copy, name, getattr(self, name))
        regions = self.regions.all()
        inside = [region for region in regions if region not in outside(regions, copy.issuer)]
        with transaction.atomic():
            copy.write(by=by, regions=inside, sectors=self.sectors.all(), partner_kinds=self.partner_kinds.all())
            for attachment in self.attachments.all():
                attachment.copy_to(copy, by=by)
            if picture := getattr(self, "picture", None):
                picture.copy_to(copy)
        return copy

    @property
    def desk_path(self):
        return reverse("admin:bulletins_bulletin_change", args=[self.pk])

    def require_speaker(self, user):
        if not self.decided_by(user):
            raise StepRefused(_("Informasi ini diurus oleh petugas informasi di wilayah penerbitnya."))

    def require_time(self, at):
        """Refuse a moment at which it cannot be sent."""
        if at <= timezone.now():
            raise StepRefused(_("Waktu itu sudah lewat. Pilih waktu yang akan datang."))
        if self.ends_at and at >= self.ends_at:
            raise StepRefused(_("Pada waktu itu informasi ini sudah berakhir. Pilih waktu sebelumnya."))

    def require_draft(self, seen=None):
        """Lock it as a draft that is as it was when somebody last looked; else StepRefused."""
        now = Bulletin.objects.select_for_update(no_key=True).get(pk=self.pk)
        if now.status != self.Status.DRAFT:
            raise StepRefused(self.NOT_NOW)
        if seen and now.updated_at.isoformat() != seen:
            raise StepRefused(_("Draf ini sudah diubah dari halaman lain. Periksa lagi, lalu simpan bila tetap perlu."))

    def said_how_far(self, **facts):
        """What the worker says of its way: `delivered_to`, or `delivered_at` at its end."""
        Bulletin.objects.filter(pk=self.pk).update(updated_at=timezone.now(), **facts)

    def touch(self):
        """Something that belongs to the draft changed."""
        Bulletin.objects.filter(pk=self.pk).update(updated_at=timezone.now())
        self.refresh_from_db(fields=["updated_at"])

    def renew_pages(self):
        """What public pages keep of it is of yesterday."""
        places = self.regions.values_list("code", flat=True)
        everywhere = [freshness.EVERY_PAGE] if self.is_urgent else []
        freshness.changed(self.NEWS, f"bulletin-{self.pk}", self.issuer.code, *places, *everywhere)

    def _decide(self, verb, to, *, by, note="", where=None, **changes):
        """A step that is for who speaks for the office."""
        self.require_speaker(by)
        with with_reason(note):
            self._move(verb, to, by=by, note=note, where=where, **changes)

    def _moved(self, start, to):
        if to in self.PUBLIC_STATUSES:
            self.renew_pages()
        if to in TOLD:
            Webhook.objects.note(TOLD[to], (self.pk, self.issuer))


class BulletinStep(LifecycleStep):
    """Who moved a bulletin to which status, when and why."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="steps")
    to = models.CharField(_("status"), max_length=10, choices=Bulletin.Status)


class FollowUp(models.Model):
    """What all who have a bulletin are told later, that it was recalled or what was answered: brought by the worker."""

    bulletin = models.ForeignKey(Bulletin, models.PROTECT, related_name="follow_ups")
    # The key of its notices, so that nobody is told twice.
    key = models.CharField(max_length=60, unique=True)
    kind = models.CharField(max_length=14)
    title = models.CharField(max_length=150)
    text = models.TextField(blank=True)
    created_at = models.DateTimeField(auto_now_add=True)
    # The key of the last delivery whose KIM was told; and when all of them were.
    told_to = models.BigIntegerField(default=0)
    told_at = models.DateTimeField(null=True)
    touched_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        indexes = [models.Index(fields=["id"], condition=models.Q(told_at=None), name="follow_up_waiting")]

    def __str__(self):
        return self.title

    @property
    def told_title(self):
        return recognised(self.title, RECALLED, ANSWERED)
