"""A map of the parts of a region as SVG: linked, coloured in five classes, the same numbers beside it as a table."""

import math
from sys import getsizeof

from django.template.loader import render_to_string
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from pages.filling import fill, fill_each
from pages.memory import Memory
from regions import boundaries
from regions.boundaries import Frame
from regions.models import Region
from regions.templatetags.places import figures

# data/SOURCES.md of the reference pack asks for this sentence.
BOUNDARY_ATTRIBUTION = gettext_lazy(
    "Batas wilayah: Badan Pusat Statistik (BPS) 2020 melalui OCHA/HDX (COD-AB Indonesia), CC BY-IGO 3.0; "
    "disederhanakan dan diberi kode Kemendagri 2025."
)
POINT_ATTRIBUTION = gettext_lazy("Titik wilayah: Cahya DSN (MIT), dari batas wilayah BIG dan BPS.")

DOT, LARGEST_DOT, MARKER = 10, 34, 9
EMPTY = "map-empty"
# The least that a map of points shows, in drawn units of its regency.
SMALLEST_VIEW = 60
MOST_FIGURES = 3_000_000  # bytes

# Without boundaries: a square for each province, as (column, row, short name), placed as on the map.
TILE = 54
TILES = {
    "11": (0, 0, "Aceh"),
    "12": (1, 1, "Sumut"),
    "13": (1, 2, "Sumbar"),
    "14": (2, 1, "Riau"),
    "15": (2, 2, "Jambi"),
    "16": (3, 3, "Sumsel"),
    "17": (2, 3, "Bengkulu"),
    "18": (3, 4, "Lampung"),
    "19": (4, 3, "Babel"),
    "21": (3, 1, "Kepri"),
    "31": (4, 5, "Jakarta"),
    "32": (4, 6, "Jabar"),
    "33": (5, 5, "Jateng"),
    "34": (5, 6, "DIY"),
    "35": (6, 6, "Jatim"),
    "36": (3, 5, "Banten"),
    "51": (7, 6, "Bali"),
    "52": (8, 6, "NTB"),
    "53": (9, 6, "NTT"),
    "61": (6, 2, "Kalbar"),
    "62": (7, 2, "Kalteng"),
    "63": (7, 3, "Kalsel"),
    "64": (8, 2, "Kaltim"),
    "65": (8, 1, "Kaltara"),
    "71": (11, 1, "Sulut"),
    "72": (10, 2, "Sulteng"),
    "73": (10, 3, "Sulsel"),
    "74": (11, 3, "Sultra"),
    "75": (10, 1, "Gorontalo"),
    "76": (9, 3, "Sulbar"),
    "81": (13, 3, "Maluku"),
    "82": (13, 1, "Malut"),
    "91": (17, 2, "Papua"),
    "92": (15, 3, "Papua Brt"),
    "93": (17, 4, "Papua Sel"),
    "94": (16, 3, "Papua Tgh"),
    "95": (17, 3, "Papua Pgn"),
    "96": (15, 2, "PBD"),
}

_figures = Memory(MOST_FIGURES, size=getsizeof)


def map_figure(region, rows):
    """`_map.html` for these numbers of KIM, or "" when there is nothing to draw; drawn once for the same numbers."""
    key = (region.pk, get_language(), *((child.code, child.name, number) for child, number in rows))
    html = _figures.get(key)
    if html is None:
        drawn = region_map(region, rows)
        html = _figures[key] = render_to_string("_map.html", {"map": drawn}) if drawn else ""
    return html


def region_map(region, rows, counted="KIM", url_of=Region.get_absolute_url):
    """The map of a region's parts and what stands beside it, or None when there is nothing to draw.

    `rows` are pairs of a child and its number, `url_of` says where a child leads. The answer has `svg`, `caption`,
    `attribution`, `counted`, `legend` (of `cls` and `label`) and `rows` (of `region`, `number`, `words`, `cls`, `url`).
    """
    beside = shaded(rows, url_of)
    drawn = figure(region, beside["rows"], counted, _("Jumlah %(counted)s") % {"counted": counted})
    return drawn and drawn | beside | {"counted": counted}


def shaded(rows, url_of=Region.get_absolute_url, *, empty=frozenset(), decimals=0):
    """Each part with its number in words, its colour and its URL, and what the colours mean: `rows` and `legend`.

    Parts whose key is in `empty` have a colour of their own, whatever their number.
    """
    classes = Classes((number for part, number in rows if part.pk not in empty), decimals)
    shown = [
        {
            "region": part,
            "number": number,
            "words": figures(number, decimals),
            "is_empty": part.pk in empty,
            "cls": EMPTY if part.pk in empty else classes.of(number),
            "url": url_of(part),
        }
        for part, number in rows
    ]
    used = {row["cls"] for row in shown}
    legend = [shade for shade in classes.legend() if not empty or shade["cls"] in used]
    return {"rows": shown, "legend": [{"cls": EMPTY, "label": _("belum ada KIM")}, *legend] if empty else legend}


def figure(region, rows, counted, title):
    """`svg`, `caption` and `attribution` of shaded rows; None when there is nothing to draw."""
    shapes, frame, attribution = drawing(region, rows, counted)
    if not shapes:
        return None
    caption = _("%(title)s menurut %(parts)s di %(region)s") % {
        "title": title,
        "parts": rows[0]["region"].get_level_display(),
        "region": region.full_name,
    }
    svg = fill(
        '<svg class="map" viewBox="0 0 {} {}" role="group" aria-label="{}">{}</svg>',
        frame.width,
        frame.height,
        caption,
        shapes,
    )
    return {"svg": svg, "caption": caption, "attribution": attribution}


def locator_map(region):
    """Where a village, district or regency lies within its regency: `svg`, `caption` and `attribution`, or None."""
    ground = boundaries.regency(region.regency.code) if region.regency else None
    if ground is None or region.lat is None:
        return None
    caption = _("Letak %(region)s di %(regency)s") % {
        "region": region.full_name,
        "regency": region.regency.full_name,
    }
    x, y = ground.frame.drawn(region.lng, region.lat)
    svg = fill(
        '<svg class="map" viewBox="0 0 {} {}" role="img" aria-label="{}"><path class="map-ground" d="{}"/>'
        '<circle class="map-here" cx="{}" cy="{}" r="16"/></svg>',
        ground.frame.width,
        ground.frame.height,
        caption,
        ground.paths[region.regency.code],
        x,
        y,
    )
    return {"svg": svg, "caption": caption, "attribution": f"{BOUNDARY_ATTRIBUTION} {POINT_ATTRIBUTION}"}


def points_map(centre, rows, caption):
    """Places around one as circles on the outline of its regency, as near as they all fit: as `locator_map`, or None.

    `rows` have `region`, `number`, `words` and `url`, as those of `shaded`.
    """
    placed = [row for row in rows if row["region"].lat is not None]
    if not placed or centre.lat is None:
        return None
    ground = boundaries.regency(centre.regency.code) if centre.regency else None
    seen = [centre, *(row["region"] for row in placed)]
    frame = ground.frame if ground else Frame.around([point_of(place) for place in seen], margin=boundaries.ROOM)
    across = [frame.drawn(place.lng, place.lat) for place in seen]
    left, top = min(x for x, _ in across), min(y for _, y in across)
    span = max(max(x for x, _ in across) - left, max(y for _, y in across) - top, SMALLEST_VIEW)
    size = span / 1000
    largest = max(row["number"] for row in placed)
    placed.sort(key=lambda row: row["number"], reverse=True)
    shapes = fill_each(
        "{}", ([link(row, "", dot(frame, row["region"], row["number"] / largest, size))] for row in placed)
    )
    here = fill('<circle class="map-here" cx="{}" cy="{}" r="{}"/>', *across[0], round(DOT * size, 1))
    outline = fill('<path class="map-ground" d="{}"/>', ground.paths[centre.regency.code]) if ground else ""
    margin = span * 0.06
    svg = fill(
        '<svg class="map map--near" viewBox="{} {} {} {}" role="group" aria-label="{}">{}{}{}</svg>',
        *(round(part) for part in (left - margin, top - margin, span + 2 * margin, span + 2 * margin)),
        caption,
        outline,
        shapes,
        here,
    )
    attribution = f"{BOUNDARY_ATTRIBUTION} {POINT_ATTRIBUTION}" if ground else POINT_ATTRIBUTION
    return {"svg": svg, "caption": caption, "attribution": attribution}


def drawing(region, rows, counted):
    """`(shapes, frame, attribution)`: areas where we have boundaries, else dots or tiles; no shapes when neither."""
    outlines = None
    if region.level == Region.Level.NATION:
        outlines = boundaries.provinces()
        if outlines is None:
            return tiles(rows, counted), Frame(0, 0, 1, 1, 18 * TILE, 7 * TILE), ""
    elif region.level == Region.Level.PROVINCE:
        outlines = boundaries.regencies_of(region.code)
    if outlines:
        return areas(outlines, rows, counted), outlines.frame, BOUNDARY_ATTRIBUTION
    return dots(region, rows, counted)


class Classes:
    """Five classes: none at all, and four with about as many regions each."""

    def __init__(self, numbers, decimals=0):
        numbers = sorted(number for number in numbers if number)
        quarters = [numbers[len(numbers) * quarter // 4] for quarter in range(4)] if numbers else []
        self.decimals = decimals
        self.starts = sorted(set(quarters))
        self.largest = numbers[-1] if numbers else 0

    def of(self, number):
        return f"map-k{sum(number >= start for start in self.starts)}"

    def legend(self):
        step = 10**-self.decimals
        ends = [*(start - step for start in self.starts[1:]), self.largest][: len(self.starts)]
        ranges = [
            {"cls": self.of(start), "label": self.label(start, end)}
            for start, end in zip(self.starts, ends, strict=True)
        ]
        return [{"cls": "map-k0", "label": "0"}, *ranges]

    def label(self, start, end):
        first, last = figures(start, self.decimals), figures(end, self.decimals)
        return first if first == last else f"{first}\u2013{last}"


# Shapes


def areas(outlines, rows, counted):
    drawn = [row for row in rows if row["region"].code in outlines.paths]
    return fill_each("{}", ([link(row, counted, area(outlines, row["region"].code))] for row in drawn))


def area(outlines, code):
    shape = fill('<path d="{}"/>', outlines.paths[code])
    if code in outlines.tiny:
        x, y = outlines.tiny[code]
        shape += fill('<circle cx="{}" cy="{}" r="{}"/>', x, y, MARKER)
    return shape


def dots(region, rows, counted):
    """A circle for each part with a known point, its area by its number, upon the outline of the regency."""
    placed = [row for row in rows if row["region"].lat is not None]
    if not placed:
        return "", None, ""
    ground = boundaries.regency(region.code) if region.level == Region.Level.REGENCY else None
    frame = (
        ground.frame if ground else Frame.around([point_of(row["region"]) for row in placed], margin=boundaries.ROOM)
    )
    largest = max(row["number"] for row in rows) or 1
    # The small ones last, so that none is covered.
    placed.sort(key=lambda row: row["number"], reverse=True)
    circles = fill_each(
        "{}", ([link(row, counted, dot(frame, row["region"], row["number"] / largest))] for row in placed)
    )
    if not ground:
        return circles, frame, POINT_ATTRIBUTION
    outline = fill('<path class="map-ground" d="{}"/>', ground.paths[region.code])
    return outline + circles, frame, f"{BOUNDARY_ATTRIBUTION} {POINT_ATTRIBUTION}"


def point_of(region):
    return float(region.lng), float(region.lat)


def dot(frame, region, share, size=1):
    x, y = frame.drawn(region.lng, region.lat)
    radius = size * round(DOT + (LARGEST_DOT - DOT) * math.sqrt(share))
    return fill('<circle cx="{}" cy="{}" r="{}"/>', x, y, radius if size == 1 else round(radius, 1))


def tiles(rows, counted):
    drawn = [row for row in rows if row["region"].code in TILES]
    return fill_each("{}", ([link(row, counted, tile(*TILES[row["region"].code]))] for row in drawn))


def tile(column, row, name):
    x, y, side = column * TILE, row * TILE, TILE - 4
    return fill(
        '<rect x="{}" y="{}" width="{}" height="{}" rx="6"/><text x="{}" y="{}">{}</text>',
        x + 2,
        y + 2,
        side,
        side,
        x + TILE // 2,
        y + TILE // 2 + 4,
        name,
    )


def link(row, counted, shape):
    words = f"{row['region'].full_name}: {row['words']} {counted}".strip()
    return fill(
        '<a href="{}" class="{}"><title>{}</title>{}</a>',
        row["url"],
        row["cls"],
        words,
        shape,
    )
