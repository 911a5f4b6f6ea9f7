"""The parts of a region by one measure: shaded on a map, as the rows of a table, and as files with the same rows."""

import csv
import io
import json

from django.conf import settings
from django.urls import reverse
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from monitoring.measures import KIM
from pages.spreadsheets import harmless
from regions import boundaries
from regions.maps import BOUNDARY_ATTRIBUTION, POINT_ATTRIBUTION, figure, shaded
from regions.models import Region
from regions.templatetags.places import figures


def map_url(region, query=""):
    """Where the map of a region is; a village has a page alone."""
    if region.level == Region.Level.NATION:
        return reverse("monitoring:map") + query
    if region.level == Region.Level.VILLAGE:
        return region.get_absolute_url()
    return reverse("monitoring:map_of", args=[f"{region.code}-{region.slug}"]) + query


class RegionalMap:
    """What a map page shows of a region and its parts, as its form chose; `form` is valid."""

    def __init__(self, region, parts, form):
        self.region, self.parts, self.form, self.measure = region, parts, form, form.measure
        self.as_of = timezone.now()
        numbers = self.measure.of([region, *parts], **form.narrowing)
        self.total = numbers[region.pk]
        self.rows = ordered([(part, numbers[part.pk]) for part in parts], form.order)
        communities = KIM.of(parts)
        self.empty = frozenset(part.pk for part in parts if not communities[part.pk])

    @cached_property
    def shaded(self):
        """`rows` and `legend`, as `regions.maps.shaded`."""
        query = self.form.query(urut="")
        return shaded(self.rows, lambda part: map_url(part, query), empty=self.empty, decimals=self.measure.decimals)

    @cached_property
    def figure(self):
        drawn = figure(self.region, self.shaded["rows"], self.measure.unit, self.measure.label)
        return drawn and drawn | self.shaded

    @property
    def beyond_parts(self):
        """What the region has that lies in none of its parts: a KIM of the whole province, or None."""
        rest = self.total - sum(number for _part, number in self.rows)
        return rest if self.measure.adds_up and self.rows and rest > 0 else None

    @property
    def total_words(self):
        return figures(self.total, self.measure.decimals)

    @property
    def query(self):
        return self.form.query()

    @property
    def crumbs(self):
        """`(name, URL of its map)` of all that the region lies in, seen by the same measure."""
        query = self.form.query(urut="")
        above = [("Indonesia", reverse("monitoring:map") + query)]
        return above + [(place.full_name, map_url(place, query)) for place in self.region.ancestors]

    # Files

    @property
    def choice_in_words(self):
        """The sector and the kind, empty where all count."""
        return [str(self.form.cleaned_data[name] or "") for name in ("bidang", "jenis")]

    def as_csv(self):
        text = io.StringIO()
        lines = csv.writer(text, delimiter=";")
        moment = self.as_of.isoformat(timespec="seconds")
        lines.writerow(
            [
                _("kode"),
                _("wilayah"),
                _("ukuran"),
                _("bidang"),
                _("jenis mitra"),
                _("angka"),
                _("belum ada KIM"),
                _("data per"),
            ]
        )
        for part, number in self.rows:
            what = [part.code, part.full_name, str(self.measure.label), *self.choice_in_words]
            is_empty = _("ya") if part.pk in self.empty else _("tidak")
            lines.writerow([*map(harmless, what), number, is_empty, moment])
        return text.getvalue().encode("utf-8-sig")

    def as_geojson(self):
        shapes = boundaries.polygons(self.region.code)
        return json.dumps(
            {
                "type": "FeatureCollection",
                "name": str(self.measure.label),
                "generated": self.as_of.isoformat(timespec="seconds"),
                "attribution": self.attribution,
                "features": [self.feature(part, number, shapes.get(part.code)) for part, number in self.rows],
            },
            ensure_ascii=False,
            separators=(",", ":"),
        )

    @property
    def attribution(self):
        return f"{BOUNDARY_ATTRIBUTION} {POINT_ATTRIBUTION}"

    def feature(self, part, number, polygons):
        return {
            "type": "Feature",
            "id": part.code,
            "properties": {
                "code": part.code,
                "name": part.full_name,
                "number": number,
                "measure": self.measure.word,
                "is_empty": part.pk in self.empty,
                "url": settings.SITE_URL + part.get_absolute_url(),
                "attribution": str(BOUNDARY_ATTRIBUTION if polygons else POINT_ATTRIBUTION),
            },
            "geometry": geometry(part, polygons),
        }


def ordered(rows, order):
    """Pairs of a part and its number, as `?urut=` says; as the official list has them where it says nothing."""
    keys = {"nama": lambda row: row[0].name, "angka": lambda row: row[1]}
    key = keys.get(order.removeprefix("-"))
    return sorted(rows, key=key, reverse=order.startswith("-")) if key else rows


def geometry(part, polygons):
    """Its area where we have its boundary, else its point; None for neither."""
    if polygons:
        one = len(polygons) == 1
        return {"type": "Polygon" if one else "MultiPolygon", "coordinates": polygons[0] if one else polygons}
    return {"type": "Point", "coordinates": [float(part.lng), float(part.lat)]} if part.lat is not None else None
