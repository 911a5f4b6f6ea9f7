"""The KIM itself, its lifecycle, and who moved it."""

from django.conf import settings
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.contrib.postgres.search import TrigramSimilarity
from django.db import models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from communities.models.decrees import Decree
from communities.models.vocabulary import Field, PartnerKind
from regions import freshness
from regions.models import Region
from regions.terms import plain

# Of a word that is in thousands of names it is enough to compare some.
MOST_COMPARED = 400


class StepRefused(Exception):
    """A step that the lifecycle does not allow now; its text is a sentence for the person who tried."""


class CommunityQuerySet(models.QuerySet):
    def public(self):
        """Verified at least once: the KIMs that everyone may see."""
        return self.filter(status__in=Community.PUBLIC_STATUSES)

    def registered(self):
        """Verified and still standing: what "how many KIM are there" means."""
        return self.filter(status__in=Community.STANDING_STATUSES)

    def within(self, region):
        return self.all() if region.level == Region.Level.NATION else self.filter(**{region.column: region})

    def per_region(self, regions):
        """How many of these KIMs each of the regions, all of one level, has: pairs of a region and a number."""
        if not regions:
            return []
        column = regions[0].column
        numbers = dict(self.order_by().values_list(column).annotate(models.Count("pk", distinct=True)))
        return [(region, numbers.get(region.pk, 0)) for region in regions]

    def named(self, text):
        """The KIMs whose name holds each of these words, typing errors forgiven; that it is a KIM tells nothing."""
        words = [word for word in plain(text[:100]).split()[:10] if word != "kim"]
        return self.filter(*(Q(name__trigram_word_similar=word) for word in words))

    def beginning(self, text):
        """The KIMs in whose name a word begins so; that it is a KIM tells nothing."""
        return self.filter(name__iregex=rf"\m{plain(text[:100]).removeprefix('kim ')}")

    def closest(self, text, limit=3):
        """The KIMs whose name, which holds these words, is nearest to them: `closeness` is 1 where it is the same."""
        some = self.named(text).values("pk")[:MOST_COMPARED]
        return (
            self.model.objects.filter(pk__in=some)
            .annotate(closeness=TrigramSimilarity("name", f"kim {plain(text[:100]).removeprefix('kim ')}"))
            .order_by("-closeness", "-post_count", "pk")[:limit]
        )

    def for_officer(self, user):
        """The KIMs this officer answers for, and nobody else's."""
        return self.filter(seat__in=user.jurisdiction())

    def for_page(self):
        """All that a KIM's own page shows of other tables, but its posts and people."""
        return self.select_related(
            "partner_kind", "decree__region", "merged_into", "seat__district", "seat__regency", "seat__province"
        )

    def for_cards(self):
        return self.select_related("seat__regency", "seat__district")


class Community(models.Model):
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

    # The whole lifecycle: each status, and the ones it may be reached from.
    REACHED_FROM = {
        Status.SUBMITTED: [Status.DRAFT, Status.NEEDS_REVISION],
        Status.NEEDS_REVISION: [Status.SUBMITTED],
        Status.REJECTED: [Status.SUBMITTED, Status.NEEDS_REVISION],
        Status.VERIFIED: [Status.SUBMITTED],
        Status.INAUGURATED: [Status.VERIFIED, Status.EXPIRED, Status.SUSPENDED],
        Status.EXPIRED: [Status.INAUGURATED],
        Status.SUSPENDED: [Status.VERIFIED, Status.INAUGURATED],
        Status.DISSOLVED: [
            Status.VERIFIED,
            Status.INAUGURATED,
            Status.EXPIRED,
            Status.SUSPENDED,
        ],
        Status.MERGED: [
            Status.VERIFIED,
            Status.INAUGURATED,
            Status.EXPIRED,
            Status.SUSPENDED,
        ],
    }

    class Activity(models.TextChoices):
        """How active a KIM is: computed from its newest post, never a status."""

        ACTIVE = "aktif", _("aktif")
        LESS_ACTIVE = "kurang-aktif", _("kurang aktif")
        DORMANT = "tidak-aktif", _("tidak aktif")

    ACTIVE_DAYS, LESS_ACTIVE_DAYS = 90, 365

    name = models.CharField(_("nama"), max_length=120)
    slug = models.SlugField(max_length=140, unique=True)
    partner_kind = models.ForeignKey(PartnerKind, models.PROTECT, related_name="communities", verbose_name=_("jenis"))
    status = models.CharField(_("status"), max_length=20, choices=Status, default=Status.DRAFT, editable=False)
    # Given once at verification: the village code in ten digits and a serial. Never recomputed.
    number = models.CharField(_("nomor KIM"), max_length=14, null=True, unique=True, editable=False)  # noqa: DJ001
    seat = models.ForeignKey(
        Region,
        models.PROTECT,
        related_name="seated_communities",
        verbose_name=_("kedudukan"),
    )
    province = models.ForeignKey(
        Region, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("provinsi")
    )
    regency = models.ForeignKey(
        Region, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("kabupaten/kota")
    )
    district = models.ForeignKey(
        Region, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("kecamatan")
    )
    village = models.ForeignKey(
        Region, models.PROTECT, null=True, editable=False, related_name="+", verbose_name=_("desa/kelurahan")
    )
    fields = models.ManyToManyField(Field, related_name="communities", verbose_name=_("bidang"), blank=True)
    about = models.TextField(_("tentang"), blank=True)
    founded_on = models.DateField(_("berdiri sejak"), null=True, blank=True)
    address = models.CharField(_("alamat sekretariat"), max_length=200, blank=True)
    website = models.URLField(_("situs"), blank=True)
    # Known to the chair and the officers above; never public.
    contact_phone = models.CharField(_("telepon"), max_length=20, blank=True)
    contact_email = models.EmailField(_("surel"), blank=True)
    decree = models.ForeignKey(Decree, models.PROTECT, null=True, blank=True, related_name="communities")
    merged_into = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="merged_from")
    # Kept by Post.publish and Post.hide.
    post_count = models.PositiveIntegerField(_("jumlah kegiatan"), default=0, editable=False)
    last_post_at = models.DateTimeField(_("kegiatan terakhir"), null=True, editable=False)
    created_at = models.DateTimeField(_("didaftarkan"), auto_now_add=True)
    updated_at = models.DateTimeField(_("diperbarui"), auto_now=True)

    objects = CommunityQuerySet.as_manager()

    class Meta:
        verbose_name = _("KIM")
        verbose_name_plural = _("KIM")
        constraints = [
            models.CheckConstraint(
                condition=~Q(status="inaugurated") | Q(decree__isnull=False),
                name="inaugurated_kim_has_decree",
                violation_error_message=_("KIM yang dikukuhkan harus mempunyai SK."),
            ),
            models.CheckConstraint(
                condition=Q(status__in=["draft", "submitted", "needs_revision", "rejected"]) | Q(number__isnull=False),
                name="verified_kim_has_number",
                violation_error_message=_("KIM yang terverifikasi harus mempunyai nomor."),
            ),
            models.CheckConstraint(
                condition=~Q(status="merged") | Q(merged_into__isnull=False),
                name="merged_kim_has_successor",
            ),
        ]
        indexes = [
            # The directory of any region at any level, by name, one range of one index.
            *(
                models.Index(fields=[level, "name", "id"], name=f"community_{level}_name")
                for level in ("province", "regency", "district", "village")
            ),
            models.Index(fields=["name", "id"], name="community_name"),
            GinIndex(OpClass("name", "gin_trgm_ops"), name="community_name_trgm"),
        ]
        triggers = [
            Audited(
                region="seat",
                unseen="draft",
                personal=["contact_phone", "contact_email"],
                ignored=["post_count", "last_post_at", "updated_at"],
            )
        ]

    def __str__(self):
        return self.name

    def save(self, *args, **kwargs):
        self.place_at(self.seat)
        super().save(*args, **kwargs)
        if self.is_public:
            self.renew_pages()

    def get_absolute_url(self):
        return reverse("community", args=[self.slug])

    # Questions

    @property
    def is_public(self):
        return self.status in self.PUBLIC_STATUSES

    @property
    def is_standing(self):
        return self.status in self.STANDING_STATUSES

    @property
    def activity(self):
        days = (timezone.now() - self.last_post_at).days if self.last_post_at else None
        if days is None or days > self.LESS_ACTIVE_DAYS:
            return self.Activity.DORMANT
        return self.Activity.ACTIVE if days <= self.ACTIVE_DAYS else self.Activity.LESS_ACTIVE

    # Verbs

    def place_at(self, seat):
        """Sit at a region of any level: the columns below its level stay empty."""
        self.seat = seat
        self.province_id, self.regency_id, self.district_id = (
            seat.province_id,
            seat.regency_id,
            seat.district_id,
        )
        self.village_id = seat.pk if seat.level == Region.Level.VILLAGE else None

    def submit(self, *, by):
        self._move(self.Status.SUBMITTED, by=by)

    def ask_for_revision(self, *, by, note):
        self._move(self.Status.NEEDS_REVISION, by=by, note=note)

    def reject(self, *, by, note):
        self._move(self.Status.REJECTED, by=by, note=note)

    def verify(self, *, by):
        with transaction.atomic():
            self._move(self.Status.VERIFIED, by=by, number=self.number or self._next_number())

    def inaugurate(self, *, by, decree):
        self._move(self.Status.INAUGURATED, by=by, decree=decree)

    def suspend(self, *, by, note):
        self._move(self.Status.SUSPENDED, by=by, note=note)

    def expire(self, *, by=None):
        self._move(self.Status.EXPIRED, by=by)

    def dissolve(self, *, by, note):
        self._move(self.Status.DISSOLVED, by=by, note=note)

    def merge_into(self, other, *, by):
        self._move(self.Status.MERGED, by=by, merged_into=other)

    def renew_pages(self):
        """What the public pages of this KIM and its region keep is of yesterday."""
        freshness.changed(self.seat.code, f"kim-{self.slug}")

    def _next_number(self):
        """The seat's code in ten digits and the next serial; the lock on the seat gives two approvals two numbers."""
        seat = Region.objects.select_for_update(no_key=True).get(pk=self.seat_id)
        prefix = seat.code.replace(".", "").ljust(10, "0")
        numbers = Community.objects.filter(number__startswith=prefix).values_list("number", flat=True)
        return f"{prefix}{max((int(number[10:]) for number in numbers), default=0) + 1:02d}"

    def _move(self, to, *, by, note="", **changes):
        # One conditional UPDATE: when two officers click at once, only one of them wins.
        standing = Community.objects.filter(pk=self.pk, status__in=self.REACHED_FROM[to])
        with transaction.atomic():
            if not standing.update(status=to, updated_at=timezone.now(), **changes):
                raise StepRefused(_("Langkah ini tidak berlaku untuk status KIM sekarang."))
            self.steps.create(to=to, by=by, note=note)
            self.renew_pages()
        self.refresh_from_db()


class Step(models.Model):
    """Who moved a KIM to which status, when and why."""

    community = models.ForeignKey(Community, models.PROTECT, related_name="steps")
    to = models.CharField(_("status"), max_length=20, choices=Community.Status)
    by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        models.PROTECT,
        null=True,
        related_name="+",
        verbose_name=_("oleh"),
    )
    note = models.TextField(_("catatan"), blank=True)
    at = models.DateTimeField(_("waktu"), auto_now_add=True)

    class Meta:
        verbose_name = _("langkah")
        verbose_name_plural = _("langkah")
        ordering = ["at", "pk"]

    def __str__(self):
        return f"{self.get_to_display()}"
