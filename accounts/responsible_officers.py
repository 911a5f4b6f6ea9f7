"""Which officer is told and decides: those of the regency, and only where it has none those above it."""

from django.db import models
from django.db.models import Q
from django.utils import timezone

from regions.models import Region


class ResponsibleOfficers(models.QuerySet):
    def current(self, on=None):
        today = on or timezone.localdate()
        return self.filter(Q(ends_on=None) | Q(ends_on__gt=today), starts_on__lte=today)

    def responsible(self, region, duty):
        """Those who decide there today: the officers of its regency, and only where it has none those above it."""
        above = [place.pk for place in region.ancestors if place.level <= Region.Level.REGENCY]
        places = Q(region__in=above) | Q(region=region) | Q(region__level=Region.Level.NATION)
        assignments = list(
            self.current()
            .filter(places, duties__contains=[duty], user__is_active=True, region__level__lte=Region.Level.REGENCY)
            .select_related("user", "region")
        )
        nearest = max((assignment.region.level for assignment in assignments), default=None)
        return [assignment for assignment in assignments if assignment.region.level == nearest]

    def decided_by(self, user, duty):
        """What `responsible` says of one place, for a list of rows with a column per level: a condition on them."""
        staffed = self.current().filter(duties__contains=[duty], user__is_active=True)
        staffed = staffed.exclude(region__level=Region.Level.NATION).values("region")
        own = Q(pk__in=[])
        for region in (row.region for row in user.current_assignments if duty in row.duties):
            if region.level == Region.Level.REGENCY:
                own |= Q(regency=region)
            elif region.level == Region.Level.PROVINCE:
                own |= Q(province=region) & ~Q(regency__in=staffed)
            elif region.level == Region.Level.NATION:
                own |= ~Q(regency__in=staffed) & ~Q(province__in=staffed)
        return own
