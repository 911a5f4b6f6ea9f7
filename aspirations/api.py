"""Public aspirations as open data: what was asked, who has it and what became of it, never who sent it."""

from datetime import date, datetime

from django.conf import settings
from ninja import Query, Router, Schema
from pydantic import Field

from aspirations.models import Aspiration
from communities.api import SectorQuery, iso, sector_named
from communities.models import Community
from pages import freshness
from pages.open_data.answers import answer, one
from pages.open_data.pages_of import page_of
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from pages.row_urls import row_url
from regions.api import Place, follow, moment_named, place_columns, place_of, region_named

UNSEEN = {Aspiration.Status.HELD, Aspiration.Status.WITHDRAWN}
STATUSES = [status.value for status in Aspiration.Status if status not in UNSEEN]
SOME_CODE = "ASP-2026-000123"


class AspirationRecord(Schema):
    """Usulan, pengaduan, atau permintaan informasi warga: bagian yang terbuka. Pengirimnya tidak pernah ada di sini."""

    code: str = Field(examples=[SOME_CODE])
    kind: str = Field(description=", ".join(Aspiration.Kind.values), examples=["usulan"])
    status: str = Field(description=", ".join(STATUSES), examples=["answered"])
    title: str = Field(examples=["Jalan di RT 03 berlubang"])
    text: str
    sector: str | None = Field(examples=["kesehatan"])
    region: Place = Field(description="Tempat yang dimaksud.")
    kim: str | None = Field(description="`slug` KIM yang meneruskannya.", examples=["kim-mekar-jembayan"])
    office: str = Field(description="Kode wilayah yang Diskominfo-nya menjawab.", examples=["64.02"])
    agency: str | None = Field(description="Dinas yang menanganinya.", examples=["Dinas Pekerjaan Umum"])
    published_at: datetime
    due_on: date | None = Field(description="Hari kerja terakhir untuk menjawab.")
    answer: str
    outcome: str = Field(description=", ".join(Aspiration.Outcome.values))
    answered_at: datetime | None
    closed_at: datetime | None
    duplicate_of: str | None = Field(description="Kode usulan lain yang sama.", examples=[SOME_CODE])
    supporters: int = Field(ge=0)
    updated_at: datetime
    url: str = Field(description="Halamannya di portal.")


def record(row):
    return {
        "code": row.code,
        "kind": row.kind,
        "status": row.status,
        "title": row.title,
        "text": row.text,
        "sector": row.sector__slug,
        "region": place_of(row, "place"),
        "kim": row.community__slug,
        "office": row.office__code,
        "agency": row.agency__name,
        "published_at": iso(row.published_at),
        "due_on": iso(row.due_on),
        "answer": row.answer,
        "outcome": row.outcome,
        "answered_at": iso(row.answered_at),
        "closed_at": iso(row.closed_at),
        "duplicate_of": row.duplicate_of__code,
        "supporters": row.support_count,
        "updated_at": iso(row.updated_at),
        "url": f"{settings.SITE_URL}{row_url('aspirations:detail', row.code, slot=SOME_CODE)}",
    }


ASPIRATIONS = Resource(
    "aspirations",
    AspirationRecord,
    [
        *["pk", "code", "kind", "status", "title", "text", "sector__slug", "community__slug", "office__code"],
        *["agency__name", "published_at", "due_on", "answer", "outcome", "answered_at", "closed_at"],
        *["duplicate_of__code", "support_count", "updated_at", *place_columns("place")],
    ],
    record,
    order="-published_at",
    has_deletions=True,
)

router = Router(tags=["Usulan warga"])


@router.get("", response={200: page_of(AspirationRecord), **REFUSALS}, url_name="aspirations", summary="Daftar usulan")
def aspiration_list(request, query: Query[SectorQuery]):
    """Yang terbaru dahulu; dengan `since` yang tampil sejak itu."""
    region = region_named(query.region)
    follow(request, region, Community.NAMES)
    rows = Aspiration.objects.public()
    if region:
        rows = rows.within(region)
    if sector := sector_named(query.sector):
        rows = rows.filter(sector=sector)
    if since := moment_named(query.since, region):
        rows = rows.filter(published_at__gte=since)
    return answer(request, ASPIRATIONS, rows, query)


@router.get("/{code}", response={200: AspirationRecord, **REFUSALS}, url_name="aspiration", summary="Satu usulan")
def aspiration_detail(request, code: str):
    """Yang disembunyikan petugas atau ditarik pengirimnya tidak ada lagi."""
    freshness.follow(request, f"usulan-{code}")
    return one(request, ASPIRATIONS, Aspiration.objects.public().filter(code=code))
