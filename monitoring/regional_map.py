"""The parts of a region by one measure: shaded on a map, as the rows of a table, and as files with the same rows."""

import json

from django.conf import settings
from django.utils import timezone
from django.utils.functional import cached_property
from django.utils.translation import gettext as _

from monitoring.measures import KIM
from monitoring.tables import ITSELF
from pages.row_urls import page_url, row_url
from pages.spreadsheets import csv_file
from regions import boundaries
from regions.maps import BOUNDARY_ATTRIBUTION, POINT_ATTRIBUTION, figure, shaded
from regions.models import Region
from regions.templatetags.places import figures


def map_url(region, query=""):
    """Where the map of a region is; a village has a page alone."""
    if region.level == Region.Level.NATION:
        return page_url("monitoring:map") + query
    if region.level == Region.Level.VILLAGE:
        return region.get_absolute_url()
    return row_url("monitoring:map_of", f"{region.code}-{region.slug}") + query


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
        """How many the region has that lie in none of its parts, such as a KIM of the whole province; or None."""
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
        above = [("Indonesia", page_url("monitoring:map") + query)]
        return above + [(place.full_name, map_url(place, query)) for place in self.region.ancestors]

    # Files

    @property
    def choice_in_words(self):
        """The sector and the kind, empty where all count."""
        return [str(self.form.cleaned_data[name] or "") for name in ("bidang", "jenis")]

    def as_csv(self):
        """The rows of the page, what lies in none of the parts and the total, as the page has them below."""
        head = [_("kode"), _("wilayah"), _("ukuran"), _("bidang"), _("jenis mitra"), _("angka"), _("belum ada KIM")]
        chosen = [str(self.measure.label), *self.choice_in_words]
        lines = [
            [part.code, part.full_name, *chosen, number, _("ya") if part.pk in self.empty else _("tidak")]
            for part, number in self.rows
        ]
        if self.beyond_parts:
            lines.append([self.beyond_code, _("Di tingkat ini sendiri"), *chosen, self.beyond_parts, ""])
        lines.append([self.region.code, self.region.full_name, *chosen, self.total, ""])
        moment = self.as_of.isoformat(timespec="seconds")
        return csv_file([[*head, _("data per")], *([*line, moment] for line in lines)])

    def as_geojson(self):
        """A feature for each part and, without a geometry, for what lies in none: together they have the `total`."""
        shapes = boundaries.polygons(self.region.code)
        features = [self.feature(part, number, shapes.get(part.code)) for part, number in self.rows]
        if self.beyond_parts:
            features.append(self.feature_beyond)
        told = {
            "type": "FeatureCollection",
            "name": str(self.measure.label),
            "generated": self.as_of.isoformat(timespec="seconds"),
            "attribution": self.attribution,
            "total": self.total,
            "features": features,
        }
        return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()

    @property
    def beyond_code(self):
        return f"{self.region.code}{ITSELF}"

    @property
    def attribution(self):
        return f"{BOUNDARY_ATTRIBUTION} {POINT_ATTRIBUTION}"

    def feature(self, part, number, polygons):
        drawn = {"is_empty": part.pk in self.empty}
        drawn["attribution"] = str(BOUNDARY_ATTRIBUTION if polygons else POINT_ATTRIBUTION)
        return self.written(part, part.code, part.full_name, number, geometry(part, polygons), **drawn)

    @property
    def feature_beyond(self):
        name = f"{self.region.full_name}: {_('Di tingkat ini sendiri')}"
        return self.written(self.region, self.beyond_code, name, self.beyond_parts, is_empty=False, attribution="")

    def written(self, region, code, name, number, shape=None, **facts):
        url = settings.SITE_URL + region.get_absolute_url()
        properties = {"code": code, "name": name, "number": number, "measure": self.measure.word, "url": url}
        return {"type": "Feature", "id": code, "properties": properties | facts, "geometry": shape}


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
