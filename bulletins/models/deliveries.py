"""What became of a bulletin at each KIM that has it."""

from django.conf import settings
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from django.utils import timezone
from django.utils.http import int_to_base36
from django.utils.translation import gettext_lazy as _

from bulletins.models.bulletin import Bulletin
from communities.models import Community
from regions.atlas import FROM_ATLAS
from regions.models import Region
from regions.placed import Placed, PlacedQuerySet, indexes_per_level


class DeliveryQuerySet(PlacedQuerySet):
    def unopened(self):
        return self.filter(opened_at=None)

    def of_member(self, user):
        """What came to the KIM that this person belongs to today, and may be read."""
        own = Community.objects.of_member(user).values("pk")
        return self.filter(community__in=own, bulletin__status__in=Bulletin.PUBLIC_STATUSES)

    def for_inbox(self):
        """What an inbox tells of each: whose, what, and whether it still holds."""
        return self.select_related("bulletin", "community").fetch_mode(FROM_ATLAS).defer("bulletin__text")

    def for_reading(self):
        """A bulletin with its picture as it came to each KIM."""
        return self.select_related("bulletin__picture", "community").fetch_mode(FROM_ATLAS).order_by("pk")

    def open(self, *, by):
        """These were opened, unless somebody of the same KIM had opened them before."""
        return self.unopened().update(opened_at=timezone.now(), opened_by=by)

    def to_remind(self, today):
        """Not opened, and not reminded today."""
        return self.unopened().exclude(reminded_on=today)


class Delivery(Placed):
    """A bulletin with one KIM, at the place where it sat then: when it came, was opened, was passed on, to how many."""

    bulletin = models.ForeignKey(
        Bulletin, models.PROTECT, related_name="deliveries", db_index=False, verbose_name=_("informasi")
    )
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="deliveries", db_index=False, verbose_name=_("KIM")
    )
    place = models.ForeignKey(Region, models.PROTECT, related_name="+", db_index=False, verbose_name=_("kedudukan"))
    created_at = models.DateTimeField(_("diterima"), auto_now_add=True)
    opened_at = models.DateTimeField(_("dibuka"), null=True, editable=False)
    opened_by = models.ForeignKey(
        settings.AUTH_USER_MODEL, models.PROTECT, null=True, related_name="+", db_index=False, editable=False,
        verbose_name=_("dibuka oleh"),
    )  # fmt: skip
    passed_on_at = models.DateTimeField(_("pertama disebarkan"), null=True, editable=False)
    # How many people its passing on is said to have reached, and how many an officer found true: never added together.
    reach_claimed = models.PositiveIntegerField(_("jangkauan diakui"), default=0, editable=False)
    reach_verified = models.PositiveIntegerField(_("jangkauan terverifikasi"), default=0, editable=False)
    # How often its own short URL was opened: by one IP address at most once an hour, and by no program that says so.
    link_opens = models.PositiveIntegerField(_("tautan dibuka"), default=0, db_default=0, editable=False)
    reminded_on = models.DateField(_("diingatkan"), null=True, editable=False)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        verbose_name = _("kiriman informasi")
        verbose_name_plural = _("kiriman informasi")
        constraints = [
            models.UniqueConstraint(fields=["bulletin", "community"], name="delivery_once"),
            models.CheckConstraint(
                condition=Q(passed_on_at=None) | Q(opened_at__isnull=False), name="passed_on_after_opened"
            ),
        ]
        indexes = [
            *indexes_per_level("bulletin", "id", name="delivery_{}"),
            models.Index(fields=["bulletin", "id"], name="delivery_of_bulletin"),
            models.Index(fields=["community", "id"], name="delivery_of_kim"),
        ]

    def __str__(self):
        return f"{self.community}: {self.bulletin}"

    @property
    def short_url(self):
        """What this KIM passes on: it leads to the public page, and who follows it is counted for this KIM."""
        return f"{settings.SITE_URL}{reverse('bulletin_files:link', args=[int_to_base36(self.pk)])}"

    @property
    def text_to_share(self):
        """The short version as it is passed on, with the KIM's own URL."""
        return self.bulletin.text_to_share(self.short_url)

    def follow_link(self):
        """Somebody followed its short URL."""
        Delivery.objects.filter(pk=self.pk).update(link_opens=F("link_opens") + 1)

    def open(self, *, by):
        """Opened by one of its KIM; only the first time counts."""
        Delivery.objects.filter(pk=self.pk).open(by=by)
        self.refresh_from_db()

    def pass_on(self, *, by):
        """Passed on in whatever way; only the first time counts. Whoever passes on has opened it."""
        now = timezone.now()
        self.open(by=by)
        Delivery.objects.filter(pk=self.pk, passed_on_at=None).update(passed_on_at=now)
        self.refresh_from_db()

    def add_reach(self, *, claimed=0, verified=0):
        """So many people more, or fewer, are said to be reached or were found to be; for the verbs that record it."""
        Delivery.objects.filter(pk=self.pk).update(
            reach_claimed=F("reach_claimed") + claimed, reach_verified=F("reach_verified") + verified
        )
        self.refresh_from_db()
