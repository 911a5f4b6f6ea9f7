"""The filter of the desk's lists by a region: `?wilayah=64`; `?wilayah=64-sendiri` for what none of its parts has."""

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.utils.translation import gettext_lazy as _

from regions import atlas
from regions.models import INDONESIA

ITSELF = "-sendiri"


class PlaceFilter(admin.SimpleListFilter):
    """The parts of the officer's region, then of the one chosen; own rows are all that a list ever shows.

    IncorrectLookupParameters for what is no region: the list then shows all, and says so.
    """

    title = _("wilayah")
    parameter_name = "wilayah"

    def lookups(self, request, model_admin):
        code, self.region = (self.value() or "").removesuffix(ITSELF), None
        if not code:
            return named(begun_with(request.user))
        self.region, parts, _beside = atlas.surroundings(code)
        if self.region is None:
            raise IncorrectLookupParameters
        name = self.region.full_name
        itself = (f"{code}{ITSELF}", _("%(name)s sendiri") % {"name": name})
        return [(code, name), itself, *named(parts)]

    def queryset(self, request, queryset):
        if self.region is None:
            return queryset
        if self.value().endswith(ITSELF):
            return queryset.in_no_part(self.region)
        return queryset.within(self.region)


def begun_with(officer):
    """Where an officer begins: with the parts of the own region, or with the own regions where there are several."""
    own = [assignment.region for assignment in officer.current_assignments]
    if len(own) > 1:
        return own
    _top, parts, _beside = atlas.surroundings(own[0].code if own else INDONESIA)
    return parts


def named(regions):
    return [(region.code, region.full_name) for region in regions]
