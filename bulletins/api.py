"""Government information that was sent, as open data."""

from datetime import datetime

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Q
from ninja import Query, Router, Schema
from pydantic import Field

from bulletins.models import Bulletin
from bulletins.models.bulletin import BulletinStep
from communities.api import SectorQuery, iso, sector_named
from communities.models import Sector
from pages import freshness
from pages.open_data.answers import answer, one
from pages.open_data.pages_of import page_of
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from pages.row_urls import row_url
from regions.api import Place, moment_named, place_columns, place_of, region_named

MOST_PK = 2**63 - 1


class BulletinRecord(Schema):
    """Informasi pemerintah yang disebarkan lewat KIM; yang ditarik tetap ada, dengan alasannya."""

    id: int = Field(examples=[7])
    status: str = Field(description=", ".join(Bulletin.PUBLIC_STATUSES), examples=["sent"])
    title: str = Field(examples=["Imunisasi polio"])
    short_text: str = Field(description="Versi pendek untuk WhatsApp.")
    text: str = Field(description="Seperti ditulis, dengan tanda *tebal* dan sejenisnya.")
    recall_reason: str = Field(description="Mengapa ditarik.")
    region: Place = Field(description="Wilayah yang menerbitkan.")
    audience: list[str] = Field(description="Kode wilayah tujuan.", examples=[["64.02"]])
    sectors: list[str] = Field(description="Bidang tujuan; kosong berarti semua.", examples=[["kesehatan"]])
    urgent: bool = Field(description="Peringatan darurat; lihat juga `/feed/peringatan/` (CAP 1.2).")
    event: str
    category: str = Field(description="Kata dari CAP 1.2, seperti tiga berikutnya.")
    severity: str
    urgency: str
    certainty: str
    instruction: str = Field(description="Yang harus dilakukan warga.")
    sent_at: datetime
    ends_at: datetime | None
    updated_at: datetime
    url: str = Field(description="Halamannya di portal.")


def record(row):
    return {
        "id": row.pk,
        "status": row.status,
        "title": row.title,
        "short_text": row.short_text,
        "text": row.text,
        "recall_reason": row.recall_reason,
        "region": place_of(row, "issuer"),
        "audience": row.audience_codes,
        "sectors": row.sector_slugs,
        "urgent": row.is_urgent,
        "event": row.event,
        "category": row.category,
        "severity": row.severity,
        "urgency": row.urgency,
        "certainty": row.certainty,
        "instruction": row.instruction,
        "sent_at": iso(row.sent_at),
        "ends_at": iso(row.ends_at),
        "updated_at": iso(row.updated_at),
        "url": f"{settings.SITE_URL}{row_url('bulletins:detail', f'{row.pk}-{row.slug}')}",
    }


OWN_SECTORS = Sector.objects.filter(bulletins=OuterRef("pk")).order_by("position", "name")
AUDIENCE = (
    Bulletin.regions.through.objects.filter(bulletin=OuterRef("pk")).order_by("region__code").values("region__code")
)
BULLETINS = Resource(
    "bulletins",
    BulletinRecord,
    [
        *["pk", "slug", "status", "title", "short_text", "text", "recall_reason", "is_urgent", "event", "category"],
        *["severity", "urgency", "certainty", "instruction", "sent_at", "ends_at", "updated_at"],
        *place_columns("issuer"),
    ],
    record,
    order="-sent_at",
    worked_out={
        "sector_slugs": ArraySubquery(OWN_SECTORS.values("slug")),
        "audience_codes": ArraySubquery(AUDIENCE.values("region__code")),
    },
)

router = Router(tags=["Informasi pemerintah"])


@router.get("", response={200: page_of(BulletinRecord), **REFUSALS}, url_name="bulletins", summary="Daftar informasi")
def bulletin_list(request, query: Query[SectorQuery]):
    """Yang terbaru dahulu; `region` memilih yang ditujukan ke sana, `since` yang dikirim atau ditarik sejak itu."""
    freshness.follow(request, Bulletin.NEWS)
    region, bulletins = region_named(query.region), Bulletin.objects.public()
    if region:
        bulletins = bulletins.reaching(region)
    if sector := sector_named(query.sector):
        bulletins = bulletins.of_sector(sector)
    if since := moment_named(query.since, region):
        recalled = BulletinStep.objects.filter(to=Bulletin.Status.RECALLED, at__gte=since).values("bulletin")
        bulletins = bulletins.filter(Q(sent_at__gte=since) | Q(pk__in=recalled))
    return answer(request, BULLETINS, bulletins, query)


@router.get("/{int:pk}", response={200: BulletinRecord, **REFUSALS}, url_name="bulletin", summary="Satu informasi")
def bulletin_detail(request, pk: int):
    """Draf dan yang dijadwalkan tidak ada di sini."""
    freshness.follow(request, f"bulletin-{pk}")
    return one(request, BULLETINS, Bulletin.objects.public().filter(pk=min(pk, MOST_PK)))
