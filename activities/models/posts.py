"""A post through its whole life, and who moved it."""

import hashlib
import uuid

from django.conf import settings
from django.contrib.postgres.fields import ArrayField, DateRangeField
from django.core.exceptions import ValidationError
from django.db import models, transaction
from django.db.models import Value
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.text import slugify
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited, with_reason
from accounts.lifecycle import Lifecycle, LifecycleStep, StepRefused
from accounts.models import Webhook
from accounts.personal_numbers import kinds
from accounts.suspicion import Suspicion, refuse_personal_numbers, suspicions
from activities import notices, types
from activities.direct_publishing import goes_out_at_once
from activities.duties import MODERATION
from activities.models import wording
from activities.models.access import OPEN
from activities.models.agenda import span_of
from activities.models.listed import Listed
from activities.models.querysets import PostQuerySet
from activities.models.scheduling import Scheduled
from activities.models.schema import CONSTRAINTS, INDEXES
from activities.models.taking_back import TakenBack
from aspirations.models import Aspiration
from bulletins.models import Bulletin
from communities.models import Community, Sector
from pages import freshness
from pages.words.searched import Searched, fallback
from regions.models import Region
from regions.placed import Placed

WORDS = [
    *types.WORDS,
    *["original_url", "old_blog_note"],
]
WORKED_OUT = ["search", "words_edition", "slug", "updated_at", "over_at", "days", "is_recalled"]


class Post(Listed, Searched, Scheduled, TakenBack, Placed, Lifecycle):
    """A kegiatan: what a KIM did, announces, corrects or is proud of."""

    Type, Duty, Verdict = types.Type, types.Duty, types.Verdict

    class Status(models.TextChoices):
        DRAFT = "draft", _("draf")
        SUBMITTED = "submitted", _("terkirim")
        CHAIR_REVIEW = "chair_review", _("dibaca ketua")
        IN_REVIEW = "in_review", _("dalam verifikasi")
        SCHEDULED = "scheduled", _("terjadwal")
        PUBLISHED = "published", _("terbit")
        RETURNED = "returned", _("perlu perbaikan")
        REJECTED = "rejected", _("ditolak")
        HIDDEN = "hidden", _("disembunyikan")
        TAKEN_DOWN = "taken_down", _("ditarik penulisnya")
        ARCHIVED = "archived", _("diarsipkan")

    # What waits for the officer's decision.
    WAITING = [Status.SUBMITTED, Status.IN_REVIEW]

    # The whole lifecycle: each status, the verbs that lead to it, and where each of them starts.
    REACHED_FROM = {
        Status.DRAFT: {
            "withdraw": [*WAITING, Status.CHAIR_REVIEW, Status.SCHEDULED],
            "come_out": [Status.SCHEDULED],
        },
        Status.SUBMITTED: {"send_in": [Status.DRAFT, Status.RETURNED]},
        Status.CHAIR_REVIEW: {"send_in": [Status.SUBMITTED]},
        Status.IN_REVIEW: {
            "send_in": [Status.SUBMITTED],
            "approve_by_chair": [Status.CHAIR_REVIEW],
            "pass_chair": [Status.CHAIR_REVIEW],
        },
        Status.SCHEDULED: {
            "send_in": [Status.SUBMITTED],
            "approve_by_chair": [Status.CHAIR_REVIEW],
            "pass_chair": [Status.CHAIR_REVIEW],
            "publish": WAITING,
            "restore": [Status.REJECTED, Status.RETURNED],
        },
        Status.PUBLISHED: {
            "come_out": [Status.SCHEDULED],
            "send_in": [Status.SUBMITTED],
            "approve_by_chair": [Status.CHAIR_REVIEW],
            "pass_chair": [Status.CHAIR_REVIEW],
            "publish": WAITING,
            "show_again": [Status.HIDDEN],
            "restore": [Status.HIDDEN, Status.REJECTED, Status.RETURNED],
        },
        Status.RETURNED: {"return_by_chair": [Status.CHAIR_REVIEW], "send_back": [*WAITING, Status.SCHEDULED]},
        Status.REJECTED: {"reject": [*WAITING, Status.SCHEDULED]},
        Status.HIDDEN: {"hide": [Status.PUBLISHED]},
        Status.TAKEN_DOWN: {"take_down": [Status.PUBLISHED]},
        Status.ARCHIVED: {
            "archive": [Status.PUBLISHED, Status.HIDDEN],
            "put_away": [Status.DRAFT, Status.RETURNED],
        },
    }
    # What its writer may begin anew as another draft.
    MAY_BE_COPIED = [Status.REJECTED, Status.TAKEN_DOWN]
    NOT_NOW = _("Langkah ini tidak berlaku untuk status kegiatan sekarang.")
    TOLD_AS = notices.MODERATION

    community = models.ForeignKey(
        Community, models.PROTECT, related_name="posts", db_index=False, verbose_name=_("KIM")
    )
    author = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="posts", verbose_name=_("penulis")
    )
    client_uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    status = models.CharField(_("status"), max_length=12, choices=Status, default=Status.DRAFT, editable=False)
    type = models.CharField(_("jenis"), max_length=12, choices=Type, default=Type.BERITA)
    sector = models.ForeignKey(Sector, models.PROTECT, related_name="posts", db_index=False, verbose_name=_("bidang"))
    title = models.CharField(_("judul"), max_length=150)
    slug = models.SlugField(max_length=90, db_index=False, editable=False)
    summary = models.CharField(_("ringkasan"), max_length=220, blank=True)
    body = models.TextField(_("isi"), blank=True)
    happened_on = models.DateField(_("tanggal kegiatan"), null=True, blank=True)
    duties = ArrayField(
        models.CharField(max_length=16, choices=Duty), default=list, blank=True, verbose_name=_("tugas ADINDA")
    )
    participants = models.PositiveIntegerField(_("jumlah peserta"), null=True, blank=True)

    # Where it was at the time of writing.
    place = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("tempat"))

    # AGENDA
    starts_at = models.DateTimeField(_("mulai"), null=True, blank=True)
    ends_at = models.DateTimeField(_("selesai"), null=True, blank=True)
    # What follows from both and from the place; see `span_of`.
    over_at = models.DateTimeField(null=True, editable=False)
    days = DateRangeField(null=True, editable=False)
    venue = models.CharField(_("lokasi acara"), max_length=150, blank=True)
    # KLARIFIKASI
    claim = models.TextField(_("klaim yang beredar"), blank=True)
    verdict = models.CharField(_("hasil pemeriksaan"), max_length=15, choices=Verdict, blank=True)
    source_name = models.CharField(_("sumber resmi"), max_length=150, blank=True)
    source_url = models.URLField(_("alamat sumber resmi"), blank=True)
    clarifies = models.ForeignKey(
        "self", models.PROTECT, null=True, blank=True, related_name="clarifications", verbose_name=_("meluruskan")
    )
    # POTENSI
    product = models.CharField(_("produk atau tempat"), max_length=150, blank=True)
    public_contact = models.CharField(_("kontak yang dipublikasikan"), max_length=150, blank=True)

    # Why it waits although its KIM is trusted: a telephone number in the text, say. Shown to who wrote it.
    held_for = ArrayField(models.CharField(max_length=10), default=list, db_default=Value([]), editable=False)
    # The post of another KIM that it was begun from: the nearest, which names its own.
    origin = models.ForeignKey(
        "self", models.PROTECT, null=True, db_index=False, related_name="adaptations", editable=False,
        verbose_name=_("diadaptasi dari"),
    )  # fmt: skip
    # What was refused or taken down, whose words it began with: an officer reads those again, however trusted the KIM.
    copied_from = models.ForeignKey("self", models.PROTECT, null=True, db_index=False, related_name="+", editable=False)
    # What a resident proposed, of which it tells what became.
    aspiration = models.ForeignKey(
        Aspiration, models.PROTECT, null=True, related_name="+", editable=False, verbose_name=_("usulan warga")
    )
    # What an office told, which it carries on; and whether the office took it back since.
    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, null=True, db_index=False, related_name="posts", editable=False,
        verbose_name=_("meneruskan informasi"),
    )  # fmt: skip
    is_recalled = models.BooleanField(_("informasinya ditarik"), default=False, db_default=False, editable=False)
    # When an officer last looked at it; empty for what a trusted KIM published by itself.
    reviewed_at = models.DateTimeField(_("diperiksa"), null=True, editable=False)
    is_hoax = models.BooleanField(_("ditandai hoaks"), default=False, db_default=False, editable=False)
    comments_open = models.BooleanField(_("boleh dikomentari"), default=True, db_default=True)
    # Where an older blog had it.
    original_url = models.URLField(_("alamat asli"), blank=True, default="", db_default="", editable=False)
    # What its writer is to know of how it stood there, in sentences; nobody else sees it.
    old_blog_note = models.TextField(_("catatan dari blog lama"), blank=True, default="", db_default="", editable=False)

    lead_photo = models.OneToOneField(
        "Photo", models.SET_NULL, null=True, blank=True, related_name="leads", editable=False
    )
    # When its author wants it out, if not as soon as it may be; see `activities/models/scheduling.py`.
    publish_at = models.DateTimeField(_("terbitkan pada"), null=True, blank=True, default=None)
    published_at = models.DateTimeField(_("terbit"), null=True, editable=False)
    created_at = models.DateTimeField(_("dibuat"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    SEARCHED = ("title", "summary", "body")

    said_photos = None

    objects = PostQuerySet.as_manager()

    class Meta:
        verbose_name = _("kegiatan")
        verbose_name_plural = _("kegiatan")
        constraints = CONSTRAINTS
        indexes = INDEXES
        # Nobody can ever take anything back from the trail: of the words it knows only that they changed.
        triggers = [
            Audited(region="place", unseen="draft", personal=WORDS, ignored=WORKED_OUT),
            fallback("title", "summary", "body"),
        ]

    def __str__(self):
        return self.title

    def save(self, *args, **kwargs):
        self.settle_days()
        self.slug = slugify(self.title)[:90].strip("-") or "kegiatan"
        super().save(*args, **kwargs)
        if self.status == self.Status.PUBLISHED:
            self.renew_pages()

    def clean(self):
        seat = self.community.seat
        if seat.level and self.place.province_id != seat.province_id:
            sentence = _("Pilih tempat di provinsi KIM Anda: %(name)s.")
            raise ValidationError({"place": ValidationError(sentence, params={"name": seat.province.name})})

    # Questions

    @property
    def is_published(self):
        return self.status == self.Status.PUBLISHED

    @property
    def journey(self):
        """Its steps, each with whether it `is_shown_again` by it: out of hiding, after it was published before."""
        steps, before = list(self.steps.all()), None
        for step in steps:
            step.is_shown_again = (before, step.to) == (self.Status.HIDDEN, self.Status.PUBLISHED)
            before = step.to
        return steps

    @cached_property
    def photos_shown(self):
        return [photo for photo in self.standing_photos if not photo.is_hidden]

    @property
    def standing_photos(self):
        """Those of the post as it is; or, of `said_with`, as a change of it has them."""
        if self.said_photos is not None:
            return self.said_photos
        return [photo for photo in self.photos.all() if not photo.is_aside]

    @property
    def is_handed_on(self):
        """What `handed_on` says of one."""
        return Post.objects.handed_on().filter(pk=self.pk).exists()

    @property
    def takes_comments(self):
        return self.is_published and self.comments_open

    @property
    def og_image_url(self):
        """The picture that goes with a shared link: the first photo, or one of its own drawn from its title."""
        if self.shown_photo:
            return self.shown_photo.og_image
        return reverse("files:share_picture", args=[self.pk, self.share_version])

    @property
    def share_version(self):
        """A number that is another when what its own picture says is."""
        says = (self.sector.slug, self.title, self.place.kind, self.place.name, self.community.name)
        return int(hashlib.sha256(repr(says).encode()).hexdigest()[:8], 16)

    @property
    def announced_title(self):
        """What feeds and calendars call it."""
        if self.is_hoax:
            return _("Hoaks: %(title)s") % {"title": self.title}
        return _("Ditarik: %(title)s") % {"title": self.title} if self.is_recalled else self.title

    @property
    def warning(self):
        """Why nobody should carry it further; empty for nearly all."""
        if self.is_hoax:
            return _("Petugas menandai tulisan ini sebagai hoaks")
        return _("Informasi yang diteruskan tulisan ini ditarik") if self.is_recalled else ""

    @property
    def own_path(self):
        """Where its author and chair see what became of it."""
        return reverse("activities:own_post", args=[self.pk])

    @property
    def told_path(self):
        return self.own_path

    @property
    def chair_path(self):
        """Where its chair reads it before the officer does."""
        return reverse("activities:chair_read", args=[self.pk])

    @property
    def desk_path(self):
        """Where an officer has it before them, with all that may be done to it."""
        return reverse("admin:activities_post_change", args=[self.pk])

    @property
    def tells_the_past(self):
        return types.RULES[self.type].tells_the_past

    @property
    def texts(self):
        """All that people read of it and of its photos, but what is there to be called or opened."""
        own = (getattr(self, name) for name in types.TEXTS)
        return [*own, *(words for photo in self.standing_photos for words in (photo.alt, photo.caption))]

    @property
    def contacts(self):
        """What is there to be called or opened."""
        return [getattr(self, name) for name in types.CONTACTS]

    @property
    def personal_numbers_in(self):
        """Where in what everyone would read the number of a person stands, in words."""
        places = [(self._meta.get_field(name).verbose_name, getattr(self, name)) for name in types.WORDS]
        places += [
            (_("keterangan foto"), text) for photo in self.standing_photos for text in (photo.alt, photo.caption)
        ]
        return list(dict.fromkeys(str(label) for label, text in places if kinds(text)))

    def require_no_personal_number(self):
        """An officer lets no number of a person out, neither by a quick click nor with many other posts."""
        refuse_personal_numbers(self.personal_numbers_in)

    def suspicions(self):
        """Why an officer should look at it before everyone does."""
        copied = [Suspicion.COPIED.value] if self.copied_from_id else []
        return copied + suspicions(self.texts, contacts=self.contacts, is_trusted=self.community.is_trusted)

    @property
    def facts(self):
        """What its author wrote, as text that a form could hold: `{name of the column: text}`."""
        return wording.of(self)

    def said_with(self, facts, photos=None):
        """The post as these facts, and these Photos, have it, not stored."""
        said = wording.said_with(self, facts)
        said.said_photos = photos
        return said

    @property
    def held_because(self):
        """The sentences on why it waits although its KIM may be trusted."""
        return [Suspicion(mark).label for mark in self.held_for if mark in Suspicion]

    def lacking(self):
        """Sentences on what it needs before it can be sent in."""
        closed = _("KIM ini belum dapat menerbitkan kegiatan. Draf Anda tersimpan.")
        lacking = [] if self.community.may_publish else [closed]
        if self.bulletin and self.bulletin.is_recalled:
            lacking.append(_("Informasi yang diteruskan sudah ditarik, jadi tidak dapat dikirim lagi."))
        return [*lacking, *types.lacking(self)]

    def decided_by(self, user):
        """Whether this officer decides about it: whoever moderates there, and is not one of the KIM's people."""
        return not self.community.has_member(user) and user.answers_for(self.place, MODERATION)

    # Verbs

    def settle_days(self):
        """Work out when it is over and which days it touches, from its times and its place."""
        moments = (self._meta.get_field(name).to_python(getattr(self, name)) for name in ("starts_at", "ends_at"))
        self.over_at, self.days = span_of(*moments, self.place)

    def forget_other_types(self):
        """Only what its page shows goes out: what its writer typed for another type meanwhile stayed in the draft."""
        kept = [name for name in types.foreign_to(self.type) if getattr(self, name) not in ("", None)]
        if not kept or self.status not in OPEN:
            return
        for name in kept:
            setattr(self, name, self.nothing_in(name))
        self.save(update_fields=[*kept, "over_at", "days"])

    @classmethod
    def nothing_in(cls, name):
        """What stands in a column in which nothing stands."""
        return None if cls._meta.get_field(name).null else ""

    def open_comments(self, wanted):
        """Whether readers may write below it from now on; what they wrote stays."""
        Post.objects.filter(pk=self.pk).update(comments_open=wanted)
        self.comments_open = wanted
        freshness.changed(f"post-{self.pk}")

    def send_in(self, *, by):
        """Hand it in: the chair reads first where the KIM wants it, then the officer, unless the KIM is trusted."""
        if lacking := self.lacking():
            raise StepRefused(" ".join(str(sentence) for sentence in lacking))
        with transaction.atomic():
            self.forget_other_types()
            held = self.suspicions()
            self._move("send_in", self.Status.SUBMITTED, by=by, held_for=held, reviewed_at=None)
            chairs = self.community.chairs
            # A chair has read what they write or send.
            if self.community.chair_reviews and chairs and not {by, self.author} & {*chairs}:
                self._move("send_in", self.Status.CHAIR_REVIEW, by=by)
                self._tell(chairs, _("Baca dahulu sebelum dikirim: %(title)s"), path=self.chair_path)
            else:
                self._hand_on("send_in", by=by)

    def approve_by_chair(self, *, by):
        """The chair read it: on to the officer, or out."""
        self._require_chair(by)
        with transaction.atomic():
            self._hand_on("approve_by_chair", by=by)

    def pass_chair(self):
        """On without a chair's eyes: its author has become the chair, or there is none any more."""
        with transaction.atomic():
            self._hand_on("pass_chair", by=self.author)

    def return_by_chair(self, *, by, reason, note=""):
        self._require_chair(by)
        with transaction.atomic():
            self._move("return_by_chair", self.Status.RETURNED, by=by, note=note)
            self.reviews.record(self, "returned", by=by, reason=reason, note=note)

    def publish(self, *, by, note=""):
        """Out, or scheduled, after an officer read it; refused once what it carries on was recalled."""
        if self.bulletin and self.bulletin.is_recalled:
            raise StepRefused(_("Informasi yang diteruskan sudah ditarik. Kembalikan atau tolak tulisan ini."))
        if self.status == self.Status.HIDDEN:
            raise StepRefused(_("Kegiatan ini sudah pernah terbit dan disembunyikan. Pilih “Tampilkan lagi”."))
        self._decide("publish", self.next_when_passed, by=by, note=note)

    def send_back(self, *, by, reason, note=""):
        """To its author, to be mended and sent again."""
        self._decide("send_back", self.Status.RETURNED, by=by, reason=reason, note=note)

    def reject(self, *, by, reason, note=""):
        self._decide("reject", self.Status.REJECTED, by=by, reason=reason, note=note)

    def hide(self, *, by, reason, note=""):
        """Out of sight with its photos and comments, whatever of it was reported."""
        with transaction.atomic():
            self._decide("hide", self.Status.HIDDEN, by=by, reason=reason, note=note)
            self.flagged_items.settle("hidden", by=by)

    def show_again(self, *, by, note=""):
        self._decide("show_again", self.Status.PUBLISHED, by=by, note=note)

    def keep(self, *, by, note=""):
        """Looked at after it was published, and it stays."""
        self.require_moderator(by)
        self.require_no_personal_number()
        unseen = Post.objects.published().filter(pk=self.pk, reviewed_at=None)
        with transaction.atomic(), with_reason(note):
            if not unseen.update(reviewed_at=timezone.now()):
                raise StepRefused(_("Kegiatan ini sudah diperiksa petugas lain."))
            self.reviews.record(self, "kept", by=by, note=note)
        self.refresh_from_db()

    def restore(self, *, by, note=""):
        """Out again, after another officer overturned what took it away; what was mended since is looked at anew."""
        seen = None if self.status == self.Status.RETURNED else timezone.now()
        to = self.next_when_passed
        with transaction.atomic(), with_reason(note):
            self.forget_other_types()
            self.require_no_personal_number()
            self._move("restore", to, by=by, note=note, reviewed_at=seen, **self.moment_of(to))
            self._count_for_community()
            self.reviews.record(self, "published", by=by, note=note)

    def archive(self, *, by):
        with transaction.atomic():
            self._move("archive", self.Status.ARCHIVED, by=by)
            self._count_for_community()
            self.flagged_items.settle("gone", by=by)

    def renew_pages(self, *, only_adds=False):
        """What the public pages of this post, its KIM and its region keep is of yesterday."""
        linked = [self.clarifies_id, self.origin_id, *self.clarifications.values_list("pk", flat=True)]
        pages = (f"post-{pk}" for pk in linked if pk)
        own = (self.place.code, f"post-{self.pk}", f"kim-{self.community.slug}")
        told = [self.aspiration.topic] if self.aspiration else []
        told += [f"bulletin-{self.bulletin_id}"] if self.bulletin_id else []
        freshness.changed(*own, *told, *pages, only_adds=only_adds)

    def _count_for_community(self):
        """Set the KIM's post count and last post from what is published now."""
        Community.objects.select_for_update(no_key=True).get(pk=self.community_id)
        published = Post.objects.published().filter(community=self.community_id)
        facts = published.aggregate(post_count=models.Count("pk"), last_post_at=models.Max("published_at"))
        Community.objects.filter(pk=self.community_id).update(**facts)

    def require_moderator(self, user):
        if not self.decided_by(user):
            raise StepRefused(_("Kegiatan ini diputuskan oleh petugas wilayahnya yang bukan anggota KIM itu."))

    def _require_chair(self, user):
        if user not in self.community.chairs:
            raise StepRefused(_("Hanya ketua KIM yang membaca dahulu."))
        if user == self.author:
            raise StepRefused(_("Tulisan Anda sendiri tidak perlu Anda baca dahulu."))

    def _hand_on(self, verb, *, by):
        """Out at once when the KIM is trusted and nothing in the text makes one stop; else to the officer."""
        if goes_out_at_once(self.community, self.held_for):
            to = self.next_when_passed
            self._move(verb, to, by=by, **self.moment_of(to))
            self._count_for_community()
        else:
            self._move(verb, self.Status.IN_REVIEW, by=by)

    def _decide(self, verb, to, *, by, reason="", note=""):
        """An officer's decision: the step, the reason kept, the author told, the KIM's trust and counts made right."""
        self.require_moderator(by)
        passes = to in (self.Status.PUBLISHED, self.Status.SCHEDULED)
        if passes:
            self.require_no_personal_number()
        with transaction.atomic(), with_reason(self.reviews.why(reason, note)):
            self._move(verb, to, by=by, note=note, reviewed_at=timezone.now(), **self.moment_of(to))
            self._count_for_community()
            decision = self.Status.PUBLISHED if passes else to
            self.reviews.record(self, decision.value, by=by, reason=reason, note=note)
        self.refresh_from_db()

    def _moved(self, start, to):
        takes_off = self.Status.PUBLISHED in start
        if takes_off or to == self.Status.PUBLISHED:
            self.renew_pages(only_adds=not takes_off)
            Webhook.objects.note("post.withdrawn" if takes_off else "post.published", (self.pk, self.place))
        if to == self.Status.PUBLISHED and self.bulletin_id:
            self.redisseminations.carry(self)
        if to == self.Status.PUBLISHED and self.origin:
            self._tell_origin()

    def _tell_origin(self):
        """Whoever wrote what this was begun from, and the chairs there, once for each KIM."""
        origin, own = self.origin, self.community
        if origin.is_published and origin.community_id != own.pk:
            title = _("KIM lain memakai tulisan Anda: %(title)s")
            key = f"adaptation-{origin.pk}-{own.pk}"
            path = reverse("activities:adaptations", args=[origin.pk])
            origin._tell(
                [origin.author, *origin.community.chairs], title, own.name, kind=notices.ADAPTATION, path=path, key=key
            )


# The steps by which a post goes from the sight of everyone; of one that was never out, "archived" is another thing.
LEFT = models.Q(to__in=["hidden", "taken_down", "archived"])


class PostStep(LifecycleStep):
    """Who moved a post to which status, when and why."""

    post = models.ForeignKey(Post, models.PROTECT, related_name="steps")
    to = models.CharField(_("status"), max_length=12, choices=Post.Status)

    class Meta(LifecycleStep.Meta):
        indexes = [models.Index(fields=["at", "id"], condition=LEFT, name="post_left")]
