"""What lists of government information are narrowed by."""

from bulletins.models import Bulletin
from communities.filters import SectorFilter
from regions.filters import ListFilter, RegionFilter


class BulletinFilter(ListFilter):
    wilayah = RegionFilter()
    bidang = SectorFilter(method="of_sector")

    class Meta:
        model = Bulletin
        fields = []

    def within(self, bulletins, name, region):
        """Those for this region: of its own office, of those above it and of those below."""
        return bulletins.reaching(region)

    def of_sector(self, bulletins, name, sector):
        return bulletins.of_sector(sector)
