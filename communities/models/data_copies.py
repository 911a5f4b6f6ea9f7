"""Copies of all data of a region, or of a KIM, for another portal: asked for in the browser, made by the worker."""

from datetime import timedelta

from django.conf import settings
from django.db import IntegrityError, models, transaction
from django.db.models import Q
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from accounts.decisions import StepRefused
from accounts.duties import WEBHOOKS
from accounts.models import Notice
from accounts.under_way import UnderWay, UnderWayQuerySet
from communities.models.community import Community
from communities.notices import DATA_COPY
from pages.sentences import said
from regions.models import Region

# Of the whole country it is a backup (`manage.py backup`), of a district the regency's officer takes one.
LEVELS = [Region.Level.PROVINCE, Region.Level.REGENCY]


def regions_of(officer):
    """Of which regions this officer may ask for one: their own, where they look after connections with others."""
    assignments = [one for one in officer.current_assignments if WEBHOOKS in one.duties]
    return [one.region for one in assignments if one.region.level in LEVELS]


class DataCopyQuerySet(UnderWayQuerySet):
    def ask(self, *, by, region, community=None):
        """One to be made; StepRefused while one is being made, or where this person has one of today."""
        of_it = self.filter(region=region, community=community)
        recent = of_it.filter(asked_by=by, asked_at__gt=timezone.now() - timedelta(hours=DataCopy.HOURS_BETWEEN))
        if recent.filter(status__in=[DataCopy.Status.READY, DataCopy.Status.OVER]).exists():
            raise StepRefused(_("Salinan baru dapat diminta lagi sehari sesudah yang terakhir."))
        try:
            with transaction.atomic():
                return self.create(asked_by=by, region=region, community=community)
        except IntegrityError as error:
            raise StepRefused(_("Salinan ini sedang disiapkan. Tunggu sampai selesai.")) from error

    def over(self):
        """Whose file nobody may download any more."""
        return self.filter(status=DataCopy.Status.READY, expires_at__lte=timezone.now())


class DataCopy(UnderWay):
    """A ZIP that `manage.py import_region` reads, for a short while and for who asked for it alone.

    Its verbs are in the order of its life; the worker calls those between `begin` and `let_go`.
    """

    class Status(models.TextChoices):
        ASKED = "asked", _("menunggu disiapkan")
        MAKING = "making", _("sedang disiapkan")
        READY = "ready", _("siap diunduh")
        FAILED = "failed", _("gagal")
        OVER = "over", _("sudah dihapus")

    REACHED_FROM = {
        Status.ASKED: [Status.ASKED, Status.MAKING],
        Status.MAKING: [Status.ASKED],
        Status.READY: [Status.MAKING],
        Status.FAILED: [Status.ASKED, Status.MAKING],
        Status.OVER: [Status.READY],
    }
    UNDER_WAY = [Status.ASKED, Status.MAKING]
    AT_BEGINNING = {"steps_done": 0}
    # A table of a whole province is one step.
    PATIENCE_MINUTES = 30
    HOURS_KEPT, HOURS_BETWEEN = 48, 24
    MOST_TRIES = 3

    # The region itself, or the seat of the KIM.
    region = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("wilayah"))
    community = models.ForeignKey(Community, models.PROTECT, null=True, related_name="+", verbose_name=_("KIM"))
    asked_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, related_name="+", db_index=False, verbose_name=_("diminta oleh")
    )
    status = models.CharField(_("status"), max_length=6, choices=Status, default=Status.ASKED)
    problem = models.TextField(_("masalah"), blank=True)
    file = models.FileField(upload_to="copies/", blank=True, editable=False)
    size = models.BigIntegerField(_("ukuran"), default=0)
    rows = models.PositiveIntegerField(_("jumlah baris"), default=0)
    tries = models.PositiveSmallIntegerField(default=1, editable=False)
    doing = models.CharField(_("sedang dikerjakan"), max_length=80, blank=True)
    steps_done = models.PositiveSmallIntegerField(_("langkah selesai"), default=0)
    steps_to_do = models.PositiveSmallIntegerField(_("langkah seluruhnya"), default=1)
    asked_at = models.DateTimeField(_("diminta"), auto_now_add=True)
    expires_at = models.DateTimeField(_("dapat diunduh sampai"), null=True)

    objects = DataCopyQuerySet.as_manager()

    class Meta:
        verbose_name = _("salinan data wilayah")
        verbose_name_plural = _("salinan data wilayah")
        ordering = ["-pk"]
        constraints = [
            models.UniqueConstraint(
                fields=["region", "community"],
                condition=Q(status__in=["asked", "making"]),
                nulls_distinct=False,
                name="data_copy_once_at_a_time",
            )
        ]
        indexes = [
            models.Index(fields=["region", "community", "asked_by"], name="data_copy_of"),
            models.Index(fields=["asked_by", "-id"], name="data_copy_of_person"),
        ]
        triggers = [
            Audited(region="region", personal=["file"], ignored=["doing", "steps_done", "steps_to_do", "touched_at"])
        ]

    def __str__(self):
        return str(self.community or self.region)

    # Questions

    def may_be_taken_by(self, user):
        """Whoever asked for it, as long as they may ask for it, and nobody else."""
        if self.asked_by_id != user.pk:
            return False
        if self.community_id:
            return Community.objects.chaired_by(user).filter(pk=self.community_id).exists()
        return any(region.pk == self.region_id for region in regions_of(user))

    @property
    def is_ready(self):
        return self.status == self.Status.READY and self.expires_at > timezone.now()

    @property
    def is_over(self):
        return self.status == self.Status.OVER or (self.status == self.Status.READY and not self.is_ready)

    @property
    def path(self):
        if self.community_id:
            return reverse("data_copy", args=[self.community.slug])
        return reverse("admin:communities_datacopy_change", args=[self.pk])

    # Verbs

    def start_again(self):
        """The worker was lost: another takes it up, a few times at most. Whether there will be another."""
        if self.tries >= self.MOST_TRIES:
            self.fail(gettext("Penyiapan terhenti beberapa kali. Mintalah sekali lagi, atau hubungi pengelola portal."))
            return False
        self.move(self.Status.ASKED, touched_at=self.touched_at, tries=self.tries + 1)
        return True

    def be_ready(self, *, file, size, rows):
        expires_at = timezone.now() + timedelta(hours=self.HOURS_KEPT)
        with transaction.atomic():
            facts = {"file": file, "size": size, "rows": rows, "expires_at": expires_at}
            self.end(self.Status.READY, doing="", problem="", **facts)
            self.tell(gettext("Salinan data %(of)s siap diunduh"), gettext("Unduhlah dalam dua hari."))

    def fail(self, problem):
        with transaction.atomic():
            self.end(self.Status.FAILED, doing="", problem=problem)
            self.tell(gettext("Salinan data %(of)s gagal disiapkan"), problem)

    def tell(self, title, text):
        Notice.objects.tell([self.asked_by], DATA_COPY, said(title, of=self), text, path=self.path)

    def let_go(self):
        """Its time is over: the file goes, the row tells that it was there."""
        name = self.file.name
        self.move(self.Status.OVER, file="")
        self.file.storage.delete(name)
