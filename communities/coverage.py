"""The official indicators: how many KIM stand in a region, and how much of it has one, part by part."""

from dataclasses import dataclass

from django.db.models import Count, F, Q
from django.utils.formats import localize
from django.utils.translation import gettext as _

from communities.models import Community
from regions.models import Region
from regions.placed import LEVELS
from regions.templatetags.places import thousands


@dataclass(frozen=True)
class Coverage:
    """Of a region, None for what lies in none of the parts: standing KIM, districts and villages with one, and all."""

    region: Region | None
    kims: int = 0
    covered_districts: int = 0
    districts: int = 0
    covered_villages: int = 0
    villages: int = 0

    @property
    def percent_of_districts(self):
        return percent(self.covered_districts, self.districts)

    @property
    def percent_of_villages(self):
        return percent(self.covered_villages, self.villages)


def percent(part, whole):
    """With one digit behind the comma; None of nothing."""
    return round(100 * part / whole, 1) if whole else None


def share(part, whole):
    facts = {"part": thousands(part), "whole": thousands(whole), "percent": localize(percent(part, whole) or 0)}
    return _("%(part)s dari %(whole)s (%(percent)s%%)") % facts


def coverage_of(region):
    """A Coverage for each region right below this one in the order of the official list, and that of the whole."""
    parts = list(Region.objects.current().filter(parent=region).order_by("code"))
    kims, places = kims_per_part(region), places_per_part(region)
    lines = [Coverage(part, **kims.get(part.pk, {}), **places.get(part.pk, {})) for part in parts]
    outside = sum(counted["kims"] for part, counted in kims.items() if part not in {part.pk for part in parts})
    if outside:
        lines.append(Coverage(None, kims=outside))
    sums = {name: sum(getattr(line, name) for line in lines) for name in COUNTED}
    if region.level == Region.Level.DISTRICT:
        # Its villages are no districts; it is one itself.
        sums |= {"districts": 1, "covered_districts": int(sums["kims"] > 0)}
    return lines, Coverage(region, **sums)


COUNTED = ["kims", "covered_districts", "districts", "covered_villages", "villages"]


def kims_per_part(region):
    here = {f"covered_{name}s": Count(name, distinct=True, filter=current(name)) for name in ("district", "village")}
    standing = Community.objects.registered().within(region).order_by()
    rows = standing.values(part=F(LEVELS[region.level])).annotate(kims=Count("pk"), **here)
    return {row.pop("part"): row for row in rows}


def places_per_part(region):
    levels = {"districts": Region.Level.DISTRICT, "villages": Region.Level.VILLAGE}
    numbers = {name: Count("pk", filter=Q(level=level)) for name, level in levels.items()}
    column = "pk" if region.level == Region.Level.DISTRICT else LEVELS[region.level]
    rows = Region.objects.current().within(region).order_by().values(part=F(column)).annotate(**numbers)
    return {row.pop("part"): row for row in rows}


def current(name):
    return Q(**{f"{name}__retired_on": None})


def coverage_table(lines, whole):
    """Lists of values on how much of each part has a KIM, and of the whole."""
    yield [
        *[_("kode"), _("wilayah"), _("jumlah KIM")],
        *[_("kecamatan ber-KIM"), _("kecamatan"), _("% kecamatan")],
        *[_("desa/kelurahan ber-KIM"), _("desa/kelurahan"), _("% desa/kelurahan")],
    ]
    for line in [*lines, whole]:
        place = line.region
        yield [
            *([place.code, place.full_name] if place else ["", _("di luar bagian di atas")]),
            line.kims,
            *[line.covered_districts, line.districts, line.percent_of_districts],
            *[line.covered_villages, line.villages, line.percent_of_villages],
        ]
