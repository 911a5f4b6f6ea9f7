"""What lists of government information are narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from bulletins.models import Bulletin
from communities.models import Sector
from regions.filters import ListFilter, RegionFilter


class BulletinFilter(ListFilter):
    wilayah = RegionFilter()
    bidang = django_filters.ModelChoiceFilter(
        label=_("Bidang"),
        queryset=Sector.objects.all(),
        to_field_name="slug",
        method="of_sector",
        empty_label=_("Semua bidang"),
    )

    class Meta:
        model = Bulletin
        fields = []

    def within(self, bulletins, name, region):
        """Those for this region: of its own office, of those above it and of those below."""
        return bulletins.reaching(region)

    def of_sector(self, bulletins, name, sector):
        return bulletins.of_sector(sector)
