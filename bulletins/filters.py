"""What lists of government information are narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.typed import only_seen
from bulletins.models import Bulletin
from communities.filters import SectorFilter
from regions.filters import ListFilter, RegionFilter


class BulletinFilter(ListFilter):
    q = django_filters.CharFilter(label=_("Kata"), method="saying", max_length=100)
    wilayah = RegionFilter()
    bidang = SectorFilter(method="of_sector")

    class Meta:
        model = Bulletin
        fields = []

    def saying(self, bulletins, name, value):
        return bulletins.saying(only_seen(value, one_line=True))

    def within(self, bulletins, name, region):
        """Those for this region: of its own office, of those above it and of those below."""
        return bulletins.reaching(region)

    def of_sector(self, bulletins, name, sector):
        return bulletins.of_sector(sector)
