"""Which bulletins: by status, by whom they are for, and by who may write, read or decide them."""

from django.db.models import Exists, OuterRef, Q
from django.utils import timezone

from accounts.models import OfficerAssignment
from bulletins.duties import INFORMATION
from communities.models import Community
from regions.models import Region
from regions.placed import PlacedQuerySet

PUBLIC = Q(status__in=["sent", "closed", "recalled"])
DRAFT = Q(status="draft")


def decided_by(user):
    """The condition that this officer speaks for the office: own regions, but those that an officer below has."""
    return OfficerAssignment.objects.decided_by(user, INFORMATION)


class BulletinQuerySet(PlacedQuerySet):
    def public(self):
        """Sent at some time; those that are over or recalled say so."""
        return self.filter(PUBLIC)

    def in_force(self):
        """Sent, and neither over nor recalled: what may be passed on."""
        return self.filter(Q(ends_at=None) | Q(ends_at__gt=timezone.now()), status=self.model.Status.SENT)

    def warnings(self):
        """Urgent and in force."""
        return self.in_force().filter(is_urgent=True)

    def newest_first(self):
        return self.order_by("-sent_at", "-pk")

    def reaching(self, region):
        """Those whose audience covers the region, or lies within it."""
        if region.level == Region.Level.NATION:
            return self.all()
        above = [place.pk for place in (region.province, region.regency, region.district) if place]
        column = "pk" if region.level == Region.Level.VILLAGE else region.column
        covering = Q(region__in=[region.pk, *above]) | Q(region__level=Region.Level.NATION)
        within = Q(**{f"region__{column}": region.pk})
        named = self.model.regions.through.objects.filter(covering | within, bulletin=OuterRef("pk"))
        return self.filter(Exists(named))

    def of_sector(self, sector):
        """Those about this sector, and those about all."""
        named = self.model.sectors.through.objects.filter(bulletin=OuterRef("pk"))
        return self.filter(Exists(named.filter(sector=sector)) | ~Exists(named))

    def delivered_to(self, communities):
        return self.filter(deliveries__community__in=communities).distinct()

    def decided_by(self, user):
        """What `Bulletin.decided_by` says of one, for a list."""
        return self.filter(decided_by(user))

    def written_by(self, user):
        """The drafts that this officer may write."""
        return self.decided_by(user).filter(DRAFT)

    def waits_for(self, user):
        """What this officer is to approve or to send."""
        return self.decided_by(user).filter(status__in=[self.model.Status.DRAFT, self.model.Status.APPROVED])

    def readable_by(self, user):
        """What officers see at their desk, a draft that of its own office alone; and what came to one's own KIM."""
        own = self.filter(PUBLIC, deliveries__community__in=Community.objects.of_member(user).values("pk"))
        readable = Q(pk__in=own.values("pk"))
        if user.is_officer:
            readable |= decided_by(user) | Q(issuer__in=user.jurisdiction()) & ~DRAFT
        return self.filter(readable)

    def due(self):
        """Whose hour of sending has come."""
        return self.filter(status=self.model.Status.SCHEDULED, send_at__lte=timezone.now())

    def over(self):
        """Still open although the end has passed."""
        return self.filter(status=self.model.Status.SENT, ends_at__lte=timezone.now())

    def undelivered(self):
        """Sent, and not yet with all of the audience."""
        return self.filter(status=self.model.Status.SENT, delivered_at=None)
