"""Regions as open data, and what the open data of everything that happens at a place share."""

import re
from datetime import datetime

from django.core.exceptions import ValidationError
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from pages import freshness
from pages.open_data.answers import EXPECTED, ListQuery, Number, answer, one
from pages.open_data.pages_of import page_of
from pages.open_data.problems import Problem
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from regions.clocks import FIRST_YEAR, LAST_YEAR, beginning, in_utc, of_our_time
from regions.models import INDONESIA, Region, full_name
from regions.terms import CODE

EXPECTED |= {
    "region": _("Tulis kode wilayah resmi, misalnya 64, 64.02, 64.02.02, atau 64.02.02.2003."),
    "level": _("Tulis tingkat wilayah: 0 Indonesia, 1 provinsi, 2 kabupaten/kota, 3 kecamatan, 4 desa/kelurahan."),
    "since": _("Tulis tanggal atau waktu menurut ISO 8601, misalnya 2026-03-13 atau 2026-03-13T08:00:00+08:00."),
}
OTHER_TIME = _("Tulis tanggal dari tahun %(first)s sampai %(last)s.")
NO_REGION = _("Tidak ada wilayah dengan kode %(code)s.")
MOMENT = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}(:\d{2}(\.\d{1,6})?)?(Z|[+ -]\d{2}:\d{2})?)?"


REGION = Field(
    None, max_length=13, description="Hanya yang di wilayah ini dan di bawahnya: kode resmi.", examples=["64.02"]
)


class RegionQuery(ListQuery):
    region: str | None = REGION


class SinceQuery(RegionQuery):
    since: str | None = Field(
        None, max_length=40, description="Sejak tanggal ini menurut jam setempat, atau sejak waktu ini (ISO 8601)."
    )


class RegionsQuery(RegionQuery):
    level: Number | None = Field(
        None, ge=0, le=4, description="0 Indonesia, 1 provinsi, 2 kabupaten/kota, 3 kecamatan, 4 desa/kelurahan."
    )


class Place(Schema):
    """Wilayah tempat sesuatu berada, dengan satu titik di dalamnya bila diketahui."""

    code: str = Field(description="Kode wilayah resmi (Kepmendagri).", examples=["64.02.02.2003"])
    name: str = Field(
        description="Nama lengkap.", examples=["Desa Jembayan, Loa Kulu, Kutai Kartanegara, Kalimantan Timur"]
    )
    lat: float | None = Field(description="Derajat (WGS 84), ke selatan negatif.", examples=[-0.5607])
    lng: float | None = Field(description="Derajat (WGS 84), ke timur positif.", examples=[117.0256])


class RegionRecord(Schema):
    """Satu wilayah: Indonesia, provinsi, kabupaten atau kota, kecamatan, desa atau kelurahan."""

    code: str = Field(description="Kode wilayah resmi (Kepmendagri).", examples=["64.02"])
    name: str = Field(examples=["Kutai Kartanegara"])
    full_name: str = Field(description="Nama dengan sebutannya.", examples=["Kabupaten Kutai Kartanegara"])
    level: int = Field(
        ge=0, le=4, description="0 Indonesia, 1 provinsi, 2 kabupaten/kota, 3 kecamatan, 4 desa/kelurahan."
    )
    kind: str = Field(description=", ".join(Region.Kind.values), examples=["kabupaten"])
    parent: str | None = Field(description="Kode wilayah di atasnya.", examples=["64"])
    lat: float | None = Field(description="Derajat (WGS 84), ke selatan negatif.", examples=[-0.4])
    lng: float | None = Field(description="Derajat (WGS 84), ke timur positif.", examples=[117.0])
    postal_code: str = Field(examples=["75513"])


def record(row):
    return {
        "code": row.code,
        "name": row.name,
        "full_name": full_name(row.name, row.local_term, row.kind, "id") if row.level else row.name,
        "level": row.level,
        "kind": row.kind,
        "parent": row.parent__code,
        "lat": degrees(row.lat),
        "lng": degrees(row.lng),
        "postal_code": row.postal_code,
    }


REGIONS = Resource(
    "regions",
    RegionRecord,
    ["pk", "code", "name", "local_term", "kind", "level", "parent__code", "lat", "lng", "postal_code"],
    record,
    order="code",
)


def place_columns(place):
    """What `place_of` reads of a row that lies at a place."""
    own = ["code", "name", "local_term", "kind", "lat", "lng", "level"]
    above = ["province__name", "regency__name", "district__name"]
    return [*(f"{place}__{name}" for name in own), *above]


def place_of(row, place):
    at = {name: getattr(row, f"{place}__{name}") for name in ("code", "name", "local_term", "kind", "level")}
    own = full_name(at["name"], at["local_term"], at["kind"], "id") if at["level"] else at["name"]
    above = [row.province__name, row.regency__name, row.district__name][: max(0, at["level"] - 1)]
    return {
        "code": at["code"],
        "name": ", ".join([own, *(name for name in reversed(above) if name)]),
        "lat": degrees(getattr(row, f"{place}__lat")),
        "lng": degrees(getattr(row, f"{place}__lng")),
    }


def degrees(value):
    return None if value is None else float(value)


def region_named(code):
    """The region of a code, today's for a former one, or None where nothing is asked; a Problem for no such code."""
    if code is None:
        return None
    if not CODE.fullmatch(code):
        raise Problem(400, EXPECTED["region"], "region")
    try:
        return Region.objects.resolve(code)[0]
    except Region.DoesNotExist:
        raise Problem(404, NO_REGION, "region", code=code) from None


def moment_named(text, region=None):
    """The moment that a day, as its place counts it, or a moment begins; a Problem for anything else."""
    if text is None:
        return None
    try:
        if not re.fullmatch(MOMENT, text, re.ASCII):
            raise ValueError(text)
        # A plus sign in a URL is a space.
        moment = datetime.fromisoformat(text[:11] + text[11:].replace(" ", "+"))
        of_our_time(moment)
    except ValidationError:
        raise Problem(400, OTHER_TIME, "since", first=FIRST_YEAR, last=LAST_YEAR) from None
    except ValueError:
        raise Problem(400, EXPECTED["since"], "since") from None
    if is_day(text):
        return beginning(moment.date(), region)
    moment = timezone.make_aware(moment, region.zone if region else None) if timezone.is_naive(moment) else moment
    return in_utc(moment)


def is_day(text):
    """Of a text that `moment_named` takes."""
    return len(text) == len("2026-03-13")


def follow(request, region, *topics):
    """Keep the answer until something there changes."""
    freshness.follow(request, region.code if region else INDONESIA, *topics)


router = Router(tags=["Wilayah"])


@router.get("", response={200: page_of(RegionRecord), **REFUSALS}, url_name="regions", summary="Daftar wilayah")
def region_list(request, query: Query[RegionsQuery]):
    """Wilayah yang berlaku, menurut kode. Kode dan nama: idn-area-data (ODbL 1.0)."""
    freshness.follow(request)
    regions, region = Region.objects.current(), region_named(query.region)
    if region:
        regions = regions.within(region)
    if query.level is not None:
        regions = regions.filter(level=query.level)
    return answer(request, REGIONS, regions, query)


@router.get("/{code}", response={200: RegionRecord, **REFUSALS}, url_name="region", summary="Satu wilayah")
def region_detail(request, code: str):
    """Kode lama dijawab dengan wilayah penerusnya."""
    freshness.follow(request)
    return one(request, REGIONS, Region.objects.filter(pk=region_named(code).pk))
