from datetime import timedelta

import django_filters
from django.db.backends.postgresql.psycopg_any import DateRange
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from accounts.fields import Day
from activities.models import Post
from communities.filters import SectorFilter, WrittenBy
from pages.row_urls import page_url
from regions.clocks import beginning, of_our_time
from regions.filters import ListFilter, RegionFilter
from regions.models import Region


class PostFilter(ListFilter):
    kim = WrittenBy()
    wilayah = RegionFilter()
    bidang = SectorFilter("sector")
    jenis = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Post.Type, field_name="type", empty_label=_("Semua jenis")
    )
    sejak = django_filters.DateFilter(
        label=_("Sejak"),
        widget=Day,
        validators=[of_our_time],
        help_text=_("Agenda: hari acaranya. Lainnya: hari terbit."),
    )
    sampai = django_filters.DateFilter(label=_("Sampai"), widget=Day, validators=[of_our_time])

    class Meta:
        model = Post
        fields = []

    @property
    def is_of_events(self):
        """Agendas alone: the days chosen are those on which they are, whenever they were announced."""
        return self.chosen.get("jenis") == Post.Type.AGENDA

    @property
    def days(self):
        """`(first, last)` of the days chosen, None for an end that is open."""
        return self.understood.get("sejak"), self.understood.get("sampai")

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
        return {**self.conditions_but_days, **self.conditions_of_days}

    @property
    def conditions_but_days(self):
        kim, region, sector, type_ = map(self.understood.get, ["kim", "wilayah", "bidang", "jenis"])
        return {
            **({"community": kim.pk} if kim else {}),
            **({region.column: region.pk} if region and region.level else {}),
            **({"sector": sector.pk} if sector else {}),
            **({"type": str(type_)} if type_ else {}),
        }

    @property
    def conditions_of_days(self):
        region, (since, until) = self.understood.get("wilayah"), self.days
        end = until and until + timedelta(days=1)
        if self.is_of_events and (since or end):
            return {"days__overlap": DateRange(since, end)}
        # Whole days at the place, as moments: a comparison of dates could use no index.
        return {
            **({"published_at__gte": beginning(since, region)} if since else {}),
            **({"published_at__lt": beginning(end, region)} if end else {}),
        }

    @property
    def query_without_days(self):
        return self.query_with(sejak="", sampai="")

    @property
    def follow_query(self):
        """Of what is chosen here, that by which one follows: what is new has no days yet."""
        return self.query_without_days

    @property
    def wider(self):
        """`(its name, query string)` of what lies above the region chosen; None above which nothing lies."""
        parent = self.region and self.region.parent
        return parent and (parent.full_name, self.query_with(wilayah=parent.code))

    @property
    def events(self):
        """Of the choice whatever its days; which list of them they narrow, a view says."""
        return self.queryset.filter(**self.conditions_but_days)

    def filter_queryset(self, posts):
        return posts.filter(**self.conditions)


def led_elsewhere(params, *, but=(), **of):
    """The URL of the list of posts, or for words of the search, that these parameters narrow; empty where none does.

    It is for pages and feeds `of` one thing, which have no form; what they are narrowed by themselves is left out by
    `but`.
    """
    names = ("q", *PostFilter.base_filters)
    chosen = {name: params.getlist(name) for name in names if "".join(params.getlist(name)).strip()}
    if not chosen.keys() - {*but}:
        return ""
    return f"{page_url('search' if 'q' in chosen else 'activities:list')}?{urlencode(of | chosen, doseq=True)}"


class AgendaFilter(ListFilter):
    wilayah = RegionFilter()

    class Meta:
        model = Post
        fields = []


class PotentialFilter(AgendaFilter):
    bidang = SectorFilter("sector")
