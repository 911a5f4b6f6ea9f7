"""A page of open data, as JSON, CSV or GeoJSON, and how the next one is found."""

import json
import re
from typing import Annotated
from urllib.parse import urlencode

from django.conf import settings
from django.http import Http404, HttpResponse
from django.utils.translation import gettext_lazy as _
from ninja import Schema
from pydantic import BeforeValidator, Field

from pages.open_data.problems import Problem
from pages.open_data.resources import csv_text
from pages.paging import KeysetPage

JSON, CSV, GEOJSON = "application/json", "text/csv", "application/geo+json"
FORMATS = {"json": JSON, "csv": CSV, "geojson": GEOJSON}
DEFAULT_SIZE, MOST_ROWS = 100, 500
# What may be done with what KIM, residents and offices wrote; and with regions, whose codes and names are those of
# idn-area-data (docs/reference-data.md).
LICENCE, REGIONS_LICENCE = "CC-BY-4.0", "ODbL-1.0"

# What each parameter takes, for whoever wrote something else.
EXPECTED = {
    "after": _("Nomor halaman ini tidak kami kenal. Ikuti alamat “next” dari halaman sebelumnya apa adanya."),
    "format": _("Pilih format json, csv, atau geojson."),
    "limit": _("Tulis berapa baris per halaman, dari 1 sampai 500."),
}
UNKNOWN = _("Parameter “%(name)s” tidak ada di sini. Yang ada: %(known)s.")
NO_PARAMETERS = _("Parameter “%(name)s” tidak ada di sini; alamat ini dibaca tanpa parameter.")


def plain_digits(text):
    """Refuse what Python reads as a number and nobody writes: `1_0`, `+10`, `10.0`, the digits of other scripts."""
    if isinstance(text, str) and not re.fullmatch("[0-9]{1,9}", text):
        raise ValueError(text)
    return text


Number = Annotated[int, BeforeValidator(plain_digits)]
FORMAT = Field("json", pattern="^(json|csv|geojson)$", description="`json`, `csv`, atau `geojson`.")


class ListQuery(Schema):
    """What every list takes."""

    after: str | None = Field(None, max_length=400, description="Halaman berikutnya: ikuti `next` apa adanya.")
    format: str = FORMAT
    limit: Number = Field(DEFAULT_SIZE, ge=1, le=MOST_ROWS, description="Baris per halaman.")


class ApiPage(KeysetPage):
    """A page whose key is the parameter `after`; there is no way back, since nobody turns pages by hand."""

    AFTER, BEFORE = "after", "before"


def refuse_unknown(request, query):
    """A parameter misspelled would answer another question; `query` is the Schema of those that are known."""
    known = query.model_fields
    for name in request.GET:
        if name not in known:
            sentence = UNKNOWN if known else NO_PARAMETERS
            raise Problem(400, sentence, name[:40], name=name[:40], known=", ".join(known))


def answer(request, resource, queryset, query, *, order=None):
    """The page of these rows that a query asks for, in its format."""
    refuse_unknown(request, type(query))
    rows = resource.rows(queryset)
    page = page_of_rows(rows, request.GET, order or resource.order, query.limit)
    following = f"{settings.SITE_URL}{request.path}{page.older}" if page.older else None
    return written(resource, [resource.record(row) for row in page], query.format, following, deleted(resource, query))


def deleted(resource, query):
    """Where whoever follows a list with `since` is told what left it since then; None for who does not follow it."""
    since = getattr(query, "since", None)
    if not (since and resource.has_deletions):
        return None
    return f"{settings.SITE_URL}/api/v1/deleted/{resource.name}?{urlencode({'since': since})}"


def page_of_rows(rows, params, order, size):
    try:
        return ApiPage(rows, params, order=order, size=size)
    except Http404:  # a key that nobody was given
        raise Problem(400, EXPECTED["after"], "after") from None


def answer_whole(resource, rows, format):
    """All of a few rows, in one page."""
    return written(resource, [resource.record(row) for row in rows], format)


def one(request, resource, queryset):
    """The one row of these as JSON; a Problem where there is none."""
    refuse_unknown(request, Schema)
    row = resource.rows(queryset).first()
    if row is None:
        raise Problem(404)
    return json_response(resource.record(row))


def written(resource, records, format, following=None, deleted=None):
    response = WRITERS[format](resource, records, facts_of(resource, following, deleted))
    if following:
        response.headers["Link"] = f'<{following}>; rel="next"'
    return response


def facts_of(resource, following, deleted):
    """What a page says of itself."""
    facts = {"licence": resource_licence(resource), "next": following}
    return facts | {"deleted": deleted} if deleted else facts


def as_json(resource, records, facts):
    return json_response(facts | {"items": records}, JSON)


def as_csv(resource, records, facts):
    """A line for each row under the names of the cells."""
    text = csv_text([resource.headings, *map(resource.cells, records)])
    disposition = f'inline; filename="{resource.name}.csv"'
    return HttpResponse(text, f"{CSV}; charset=utf-8", headers={"Content-Disposition": disposition})


def as_geojson(resource, records, facts):
    """Each row at the point of its place; without a geometry where none is known."""
    features = [feature(resource, record) for record in records]
    return json_response({"type": "FeatureCollection", **facts, "features": features}, GEOJSON)


WRITERS = {"json": as_json, "csv": as_csv, "geojson": as_geojson}


def feature(resource, record):
    place = record.get("region", record)
    at = [place.get("lng"), place.get("lat")]
    point = None if None in at else {"type": "Point", "coordinates": at}
    return {
        "type": "Feature",
        "geometry": point,
        "properties": dict(zip(resource.headings, resource.cells(record), strict=True)),
    }


def resource_licence(resource):
    return REGIONS_LICENCE if resource.name == "regions" else LICENCE


def json_response(document, content_type=JSON):
    return HttpResponse(dumps(document), content_type)


def dumps(document):
    return json.dumps(document, ensure_ascii=False, separators=(",", ":"))
