"""KIM as open data, and what all open data share that is told by sector."""

from datetime import date, datetime

from django.conf import settings
from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import OuterRef, Subquery
from django.db.models.functions import JSONObject
from django.shortcuts import redirect
from django.utils.translation import gettext_lazy as _
from ninja import Query, Router, Schema
from pydantic import Field

from communities.models import Community, CommunityPicture, Sector
from pages import freshness
from pages.open_data.answers import EXPECTED, answer, one
from pages.open_data.pages_of import page_of
from pages.open_data.problems import Problem
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from pages.row_urls import row_url
from regions.api import Place, SinceQuery, follow, moment_named, place_columns, place_of, region_named

EXPECTED |= {"sector": _("Tulis bidang dengan namanya di alamat, misalnya kesehatan atau pariwisata.")}
NO_SECTOR = _("Tidak ada bidang “%(sector)s”. Yang ada: %(known)s.")
NO_SECTOR_YET = _("Tidak ada bidang “%(sector)s”; portal ini belum mempunyai bidang.")


SECTOR = Field(None, max_length=50, description="Hanya bidang ini: namanya di alamat halaman.", examples=["kesehatan"])


class SectorQuery(SinceQuery):
    sector: str | None = SECTOR


class DecreeRecord(Schema):
    """SK yang mengukuhkan sebuah KIM."""

    number: str = Field(examples=["012/SK-KIM/2026"])
    issued_on: date
    ends_on: date | None = Field(description="Hari terakhir masa SK, bila ada.")


class PictureRecord(Schema):
    """Gambar yang dipasang sebuah KIM."""

    url: str = Field(description="Salinan selebar 1280 piksel atau kurang, WebP.")
    alt: str = Field(description="Apa yang terlihat.")


class CommunityRecord(Schema):
    """Sebuah KIM: Komunitas Informasi Masyarakat atau mitra lain."""

    slug: str = Field(description="Nama di alamat halamannya.", examples=["kim-mekar-jembayan"])
    number: str = Field(description="Nomor KIM; tidak pernah berganti.", examples=["640202200301"])
    name: str = Field(examples=["KIM Mekar"])
    kind: str = Field(description="Jenis mitra.", examples=["kim"])
    status: str = Field(description=", ".join(Community.PUBLIC_STATUSES), examples=["inaugurated"])
    unconfirmed: bool = Field(description="Dari daftar lama, dan belum ada yang menyatakan masih benar.")
    region: Place = Field(description="Kedudukan.")
    sectors: list[str] = Field(examples=[["kesehatan", "pariwisata"]])
    about: str = Field(description="Seperti ditulis KIM, dengan tanda *tebal* dan sejenisnya.")
    founded_on: date | None
    address: str
    website: str
    links: list[str] = Field(description="Media sosial.")
    decree: DecreeRecord | None
    picture: PictureRecord | None = Field(description="Gambar halamannya.")
    logo: PictureRecord | None
    posts: int = Field(ge=0, description="Kegiatan yang terbit, di mana pun kejadiannya.")
    last_post_at: datetime | None
    updated_at: datetime
    url: str = Field(description="Halamannya di portal.")


def record(row):
    return {
        "slug": row.slug,
        "number": row.number,
        "name": row.name,
        "kind": row.partner_kind__slug,
        "status": row.status,
        "unconfirmed": row.is_imported and row.confirmed_at is None,
        "region": place_of(row, "seat"),
        "sectors": row.sector_slugs,
        "about": row.about,
        "founded_on": iso(row.founded_on),
        "address": row.address,
        "website": row.website,
        "links": row.links,
        "decree": decree_of(row),
        "picture": picture_of(row.picture_told),
        "logo": picture_of(row.logo_told),
        "posts": row.post_count,
        "last_post_at": iso(row.last_post_at),
        "updated_at": iso(row.updated_at),
        "url": f"{settings.SITE_URL}{row_url('community', row.slug)}",
    }


def decree_of(row):
    if row.decree__number is None:
        return None
    facts = {"issued_on": iso(row.decree__issued_on), "ends_on": iso(row.decree__ends_on)}
    return {"number": row.decree__number, **facts}


def picture_of(told):
    if told is None:
        return None
    url = f"{settings.SITE_URL}{CommunityPicture(uuid=told['uuid']).src1280}"
    return {"url": url, "alt": told["alt"]}


def told(kind):
    """The picture of this kind as a subquery, None for none."""
    own = CommunityPicture.objects.shown().filter(community=OuterRef("pk"), kind=kind)
    return Subquery(own.values(told=JSONObject(uuid="uuid", alt="alt")))


def iso(value):
    """A day or a moment as text; None for none."""
    return None if value is None else value.isoformat()


OWN_SECTORS = Sector.objects.filter(communities=OuterRef("pk")).order_by("position", "name").values("slug")
COMMUNITIES = Resource(
    "kim",
    CommunityRecord,
    [
        *["pk", "slug", "number", "name", "partner_kind__slug", "status", "is_imported", "confirmed_at", "about"],
        *["founded_on", "address", "website", "links", "post_count", "last_post_at", "updated_at"],
        *["decree__number", "decree__issued_on", "decree__ends_on", *place_columns("seat")],
    ],
    record,
    order="name",
    worked_out={
        "sector_slugs": ArraySubquery(OWN_SECTORS),
        "picture_told": told(CommunityPicture.Kind.PICTURE),
        "logo_told": told(CommunityPicture.Kind.LOGO),
    },
    has_deletions=True,
)


def sector_named(slug):
    """The sector of this name, or None where nothing is asked; a Problem for no such sector."""
    if slug is None:
        return None
    sectors = {sector.slug: sector for sector in Sector.objects.all()}
    if slug not in sectors:
        raise Problem(404, NO_SECTOR if sectors else NO_SECTOR_YET, "sector", sector=slug, known=", ".join(sectors))
    return sectors[slug]


router = Router(tags=["KIM"])


@router.get("", response={200: page_of(CommunityRecord), **REFUSALS}, url_name="communities", summary="Daftar KIM")
def community_list(request, query: Query[SectorQuery]):
    """Yang masih berdiri, menurut nama; dengan `since` yang berubah sejak itu, perubahan terlama dahulu.

    Yang dibekukan, dibubarkan, atau digabung tidak lagi ada di daftar ini: lihat `/deleted/kim`.
    """
    region, communities, order = region_named(query.region), Community.objects.registered(), None
    follow(request, region)
    if region:
        communities = communities.within(region)
    if sector := sector_named(query.sector):
        communities = communities.filter(sectors=sector)
    if since := moment_named(query.since, region):
        communities, order = communities.filter(updated_at__gte=since), "updated_at"
    return answer(request, COMMUNITIES, communities, query, order=order)


@router.get("/{slug}", response={200: CommunityRecord, 301: None, **REFUSALS}, url_name="community", summary="Satu KIM")
def community_detail(request, slug: str):
    """KIM yang dibekukan atau dibubarkan hanya ada di sini, dengan statusnya; yang digabung mengarah ke penerusnya."""
    freshness.follow(request, f"kim-{slug}")
    successor = Community.objects.public().filter(merged_from__slug=slug).values_list("slug", flat=True).first()
    if successor:
        return redirect("api:community", successor, permanent=True)
    return one(request, COMMUNITIES, Community.objects.public().filter(slug=slug))
