"""Boundaries of provinces and regencies from the reference pack: drawn shapes, and who touches whom.

TopoJSON keeps each border once, as an arc that both neighbours refer to. Arcs are simplified before they are put
together, so neighbours still fit, and two regions touch when they share an arc.
"""

import json
import math
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import chain, groupby
from pathlib import Path

from django.conf import settings

WIDTH, MAX_HEIGHT = 1000, 900
# In drawn units, about a third of a millimetre on a phone: finer detail than this is not seen.
TOLERANCE = 1.3
SMALLEST_ISLAND = 5
SMALLEST_TARGET = 150
ROOM = 40
MOST_OUTLINES = 50
# Decimals of a degree in what others read: about a metre.
PLACES = 5


@dataclass
class Frame:
    """From degrees to whole drawn units; at these latitudes a plain grid is true enough."""

    west: float
    north: float
    scale: float
    squeeze: float
    width: int
    height: int

    @classmethod
    def around(cls, points, margin=0):
        west, east = min(lng for lng, _ in points), max(lng for lng, _ in points)
        south, north = min(lat for _, lat in points), max(lat for _, lat in points)
        squeeze = math.cos(math.radians((south + north) / 2))
        across, down = max((east - west) * squeeze, 0.001), max(north - south, 0.001)
        scale = min((WIDTH - 2 * margin) / across, (MAX_HEIGHT - 2 * margin) / down)
        inset = margin / scale
        return cls(
            west=west - inset / squeeze,
            north=north + inset,
            scale=scale,
            squeeze=squeeze,
            width=round(across * scale) + 2 * margin,
            height=round(down * scale) + 2 * margin,
        )

    def drawn(self, lng, lat):
        return round((float(lng) - self.west) * self.squeeze * self.scale), round(
            (self.north - float(lat)) * self.scale
        )


@dataclass
class Outlines:
    """What a map of one file of boundaries is drawn from."""

    frame: Frame
    paths: dict[str, str]  # code: the `d` of an SVG path
    tiny: dict[str, tuple[int, int]]  # code: where to put a marker, for regions too small to be seen


def provinces():
    return outlines("provinces.topojson")


def regencies_of(province_code):
    return outlines(f"regencies_by_province/{province_code}.topojson")


def regency(code):
    """Its own outline, in a frame of its own with room for what is drawn upon it."""
    return outlines(f"regencies_by_province/{code[:2]}.topojson", only=code)


def touching(region_code):
    """The codes of the regions of its level that share a border with it; empty when unknown."""
    level = region_code.count(".")
    if level > 1:
        return frozenset()
    file = Path(settings.KIM_REFERENCE_DATA) / ["provinces.topojson", "regencies.topojson"][level]
    return borders(file).get(region_code, frozenset())


def rings(code):
    """The outer rings of a province or a regency, each a list of (lng, lat) that ends where it began; none if unknown.

    What lies inside a ring and belongs to a neighbour is not left out.
    """
    level = code.count(".")
    if level > 1:
        return []
    name = ["provinces.topojson", f"regencies_by_province/{code[:2]}.topojson"][level]
    return outer_rings(Path(settings.KIM_REFERENCE_DATA) / name, code)


def polygons(code):
    """`{code: polygons}` of the parts of Indonesia ("0") or of a province, each `[outer ring, *holes]`; {} if unknown.

    Rings are lists of (lng, lat) that end where they began; the outer go counterclockwise, holes clockwise (RFC 7946).
    """
    if code.count("."):
        return {}
    name = "provinces.topojson" if code == "0" else f"regencies_by_province/{code}.topojson"
    return turned(Path(settings.KIM_REFERENCE_DATA) / name)


def outlines(name, only=None):
    """The Outlines of a file of the pack, or of one region in it; None when it is not there."""
    return drawn(Path(settings.KIM_REFERENCE_DATA) / name, only)


# Files are decoded once per process.


@cache
def borders(file):
    owners = {}
    for code, shape in geometries_of(topology_in(file)):
        for arc in chain.from_iterable(chain.from_iterable(shape)):
            owners.setdefault(arc if arc >= 0 else ~arc, set()).add(code)
    neighbours = {}
    for codes in owners.values():
        for code in codes:
            neighbours.setdefault(code, set()).update(codes - {code})
    return neighbours


@lru_cache(MOST_OUTLINES)
def outer_rings(file, code):
    arcs, geometries = read(file, with_holes=False)
    found = [joined(ring, arcs) for owner, outer in geometries if owner == code for ring in outer]
    return [ring for ring in found if len(ring) > 3 and ring[0] == ring[-1]]


@lru_cache(MOST_OUTLINES)
def turned(file):
    arcs, geometries = shapes_of(file)
    return {
        code: [
            [right_handed(joined(ring, arcs), is_outer=number == 0) for number, ring in enumerate(polygon)]
            for polygon in shape
        ]
        for code, shape in geometries
    }


def right_handed(ring, *, is_outer):
    ring = [point for point, _again in groupby((round(lng, PLACES), round(lat, PLACES)) for lng, lat in ring)]
    return ring if (area(ring) > 0) == is_outer else ring[::-1]


@cache
def drawn(file, only):
    arcs, geometries = read(file)
    geometries = [(code, rings) for code, rings in geometries if only in (None, code)]
    if not geometries:
        return None
    used = {arc if arc >= 0 else ~arc for _, rings in geometries for ring in rings for arc in ring}
    frame = Frame.around([point for arc in used for point in arcs[arc]], margin=ROOM if only else 0)
    arcs = {arc: simplified([frame.drawn(*point) for point in arcs[arc]]) for arc in used}
    shapes = {code: visible([joined(ring, arcs) for ring in rings]) for code, rings in geometries}
    return Outlines(
        frame=frame,
        paths={code: "".join(map(path, rings)) for code, rings in shapes.items()},
        tiny={code: middle(rings[0]) for code, rings in shapes.items() if abs(area(rings[0])) < SMALLEST_TARGET},
    )


def visible(rings):
    """The largest ring, and the others that are more than a speck."""
    largest, *others = sorted(rings, key=lambda ring: -abs(area(ring)))
    return [largest, *(ring for ring in others if abs(area(ring)) >= SMALLEST_ISLAND)]


def read(file, with_holes=True):
    """`(arcs as lists of (lng, lat), [(code, [ring of arc numbers, ...]), ...])`; nothing when the file is missing."""
    arcs, shapes = shapes_of(file)
    return arcs, [
        (code, [ring for polygon in shape for ring in (polygon if with_holes else polygon[:1])])
        for code, shape in shapes
    ]


def shapes_of(file):
    """The same, but of each code the polygons, each a list of rings, the outer first."""
    topology = topology_in(file)
    return [unpacked(arc, topology["transform"]) for arc in topology["arcs"]], geometries_of(topology)


def topology_in(file):
    return json.loads(file.read_bytes()) if file.exists() else {"arcs": [], "objects": {"none": {"geometries": []}}}


def geometries_of(topology):
    (collection,) = topology["objects"].values()
    return [
        (shape["id"], [shape["arcs"]] if shape["type"] == "Polygon" else shape["arcs"])
        for shape in collection["geometries"]
    ]


def unpacked(arc, transform):
    """TopoJSON writes each point as the step from the one before, in whole units of a grid."""
    (x_scale, y_scale), (x_zero, y_zero) = transform["scale"], transform["translate"]
    x = y = 0
    points = []
    for step_x, step_y in arc:
        x, y = x + step_x, y + step_y
        points.append((x * x_scale + x_zero, y * y_scale + y_zero))
    return points


def joined(ring, arcs):
    """The points of a ring; an arc written as ~n is walked backwards."""
    points = []
    for arc in ring:
        stretch = arcs[arc] if arc >= 0 else arcs[~arc][::-1]
        points += stretch[1:] if points else stretch
    return points


def simplified(points):
    """Ramer-Douglas-Peucker: leave out what lies within the tolerance of a straight line. Ends always stay."""
    keep = {0, len(points) - 1}
    spans = [(0, len(points) - 1)]
    while spans:
        start, end = spans.pop()
        farthest, distance = max(
            ((i, off_line(points[i], points[start], points[end])) for i in range(start + 1, end)),
            key=lambda pair: pair[1],
            default=(0, 0),
        )
        if distance > TOLERANCE:
            keep.add(farthest)
            spans += [(start, farthest), (farthest, end)]
    return [points[i] for i in sorted(keep)]


def off_line(point, start, end):
    """How far the point lies from the line through start and end (from start itself, when the two are one)."""
    (x, y), (x1, y1), (x2, y2) = point, start, end
    length = math.hypot(x2 - x1, y2 - y1)
    if not length:
        return math.hypot(x - x1, y - y1)
    return abs((x2 - x1) * (y1 - y) - (x1 - x) * (y2 - y1)) / length


def middle(ring):
    return round(sum(x for x, _ in ring) / len(ring)), round(sum(y for _, y in ring) / len(ring))


def area(ring):
    return sum(x1 * y2 - x2 * y1 for (x1, y1), (x2, y2) in zip(ring, ring[1:] + ring[:1], strict=True)) / 2


def path(ring):
    """M12 34l1-2 3 4z"""
    (x, y), *others = ring[:-1] if ring[0] == ring[-1] else ring
    steps = []
    for to_x, to_y in others:
        if (to_x, to_y) != (x, y):
            steps.append(f"{to_x - x}{to_y - y:+}" if to_y < y else f"{to_x - x} {to_y - y}")
            x, y = to_x, to_y
    line = " ".join(steps).replace(" -", "-")
    return f"M{ring[0][0]} {ring[0][1]}l{line}z" if line else ""
