from datetime import timedelta

import django_filters
from django.utils.translation import gettext_lazy as _

from accounts.fields import Day
from activities.models import Post
from communities.filters import SectorFilter
from regions.clocks import beginning, of_our_time
from regions.filters import ListFilter, RegionFilter
from regions.models import Region


class PostFilter(ListFilter):
    wilayah = RegionFilter()
    bidang = SectorFilter("sector")
    jenis = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Post.Type, field_name="type", empty_label=_("Semua jenis")
    )
    sejak = django_filters.DateFilter(label=_("Sejak"), widget=Day, validators=[of_our_time])
    sampai = django_filters.DateFilter(label=_("Sampai"), widget=Day, validators=[of_our_time])

    class Meta:
        model = Post
        fields = []

    @property
    def is_of_events(self):
        """Agendas alone, whenever they were announced."""
        return self.chosen.get("jenis") == Post.Type.AGENDA and not self.chosen.keys() & {"sejak", "sampai"}

    @property
    def terms(self):
        """What the index of words holds of the choices made; a village has few enough posts without."""
        chosen = {} if self.is_asking else self.understood
        region, sector, type_ = (chosen.get(name) for name in ("wilayah", "bidang", "jenis"))
        return [
            *([f"@region{region.pk}"] if region and 0 < region.level < Region.Level.VILLAGE else []),
            *([f"@sector{sector.pk}"] if sector else []),
            *([f"@{type_}"] if type_ else []),
        ]

    @property
    def conditions(self):
        """`{condition: value}` of the choices made; what is not understood narrows nothing."""
        chosen = map(self.understood.get, ["wilayah", "bidang", "jenis", "sejak", "sampai"])
        region, sector, type_, since, until = chosen
        # Whole days at the place, as moments: a comparison of dates could use no index.
        return {
            **({region.column: region.pk} if region and region.level else {}),
            **({"sector": sector.pk} if sector else {}),
            **({"type": str(type_)} if type_ else {}),
            **({"published_at__gte": beginning(since, region)} if since else {}),
            **({"published_at__lt": beginning(until + timedelta(days=1), region)} if until else {}),
        }

    def filter_queryset(self, posts):
        return posts.filter(**self.conditions)


class AgendaFilter(ListFilter):
    wilayah = RegionFilter()

    class Meta:
        model = Post
        fields = []


class PotentialFilter(AgendaFilter):
    bidang = SectorFilter("sector")
