"""What the results of an evaluation, and the KIM of a jury, are narrowed by."""

import django_filters
from django.utils.translation import gettext_lazy as _

from communities.filters import NamedFilter
from communities.models import Community
from evaluations.models import ClassThreshold, Score
from regions.filters import RegionFilter


class ResultFilter(NamedFilter):
    wilayah = RegionFilter()
    kelas = django_filters.ChoiceFilter(
        label=_("Kelas"), choices=ClassThreshold.Name, field_name="class_name", empty_label=_("Semua kelas")
    )

    class Meta:
        model = Score
        fields = []

    @property
    def communities(self):
        return Community.objects.filter(pk__in=self.queryset.values("community"))

    def named(self, scores, name, value):
        return scores.filter(community__in=Community.objects.named(value).values("pk"))

    def within(self, scores, name, region):
        return scores.filter(community__in=Community.objects.within(region).values("pk"))


class JuryFilter(NamedFilter):
    wilayah = RegionFilter()

    class Meta:
        model = Community
        fields = []
