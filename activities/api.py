"""Published posts as open data."""

from datetime import date, datetime

from django.conf import settings
from ninja import Query, Router, Schema
from pydantic import Field

from activities.models import Post
from communities.api import SectorQuery, iso, sector_named
from communities.models import Community
from pages import freshness
from pages.markup import plain_words, render_markup
from pages.open_data.answers import answer, one
from pages.open_data.pages_of import page_of
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from pages.row_urls import row_url
from regions.api import Place, follow, moment_named, place_columns, place_of, region_named

MOST_PK = 2**63 - 1


class KimName(Schema):
    """KIM yang menulisnya."""

    slug: str = Field(examples=["kim-mekar-jembayan"])
    name: str = Field(examples=["KIM Mekar"])


class PostRecord(Schema):
    """Sebuah kegiatan yang terbit."""

    id: int = Field(examples=[12])
    type: str = Field(description=", ".join(Post.Type.values), examples=["berita"])
    title: str = Field(examples=["Posyandu ramai di Jembayan"])
    summary: str
    text: str = Field(
        description="Seperti ditulis, dengan tanda *tebal* dan sejenisnya; sebagai HTML di alamat satu kegiatan."
    )
    warning: str | None = Field(
        description="`hoax`: petugas menandainya hoaks; `recalled`: informasi yang diteruskannya ditarik."
    )
    kim: KimName
    sector: str = Field(examples=["kesehatan"])
    region: Place = Field(description="Tempat kejadian.")
    duties: list[str] = Field(description=", ".join(Post.Duty.values))
    happened_on: date | None
    participants: int | None = Field(ge=0)
    starts_at: datetime | None = Field(description="Agenda: mulai.")
    ends_at: datetime | None = Field(description="Agenda: selesai.")
    venue: str = Field(description="Agenda: lokasi.")
    claim: str = Field(description="Klarifikasi: klaim yang beredar.")
    verdict: str = Field(description="Klarifikasi: " + ", ".join(Post.Verdict.values))
    source_name: str = Field(description="Klarifikasi: sumber resmi.")
    source_url: str
    product: str = Field(description="Potensi: produk atau tempat.")
    published_at: datetime
    updated_at: datetime
    url: str = Field(description="Halamannya di portal.")


class WholePost(PostRecord):
    """Sebuah kegiatan, dengan isinya dalam tiga bentuk."""

    html: str = Field(description="Isi sebagai HTML yang aman: hanya paragraf, daftar, judul, kutipan, dan tautan.")
    words: str = Field(description="Isi tanpa tanda apa pun, dalam satu baris.")


def record(row):
    return {
        "id": row.pk,
        "type": row.type,
        "title": row.title,
        "summary": row.summary,
        "text": row.body,
        "warning": "hoax" if row.is_hoax else "recalled" if row.is_recalled else None,
        "kim": {"slug": row.community__slug, "name": row.community__name},
        "sector": row.sector__slug,
        "region": place_of(row, "place"),
        "duties": row.duties,
        "happened_on": iso(row.happened_on),
        "participants": row.participants,
        "starts_at": iso(row.starts_at),
        "ends_at": iso(row.ends_at),
        "venue": row.venue,
        "claim": row.claim,
        "verdict": row.verdict,
        "source_name": row.source_name,
        "source_url": row.source_url,
        "product": row.product,
        "published_at": iso(row.published_at),
        "updated_at": iso(row.updated_at),
        "url": f"{settings.SITE_URL}{row_url('activities:detail', f'{row.pk}-{row.slug}')}",
    }


def whole(row):
    return record(row) | {"html": render_markup(row.body), "words": plain_words(row.body)}


# Who wrote it, and how to reach whoever sells something, stay on the page: nobody gathers people from here.
COLUMNS = [
    *["pk", "slug", "type", "title", "summary", "body", "is_hoax", "is_recalled", "community__slug", "community__name"],
    *["sector__slug", "duties", "happened_on", "participants", "starts_at", "ends_at", "venue", "claim", "verdict"],
    *["source_name", "source_url", "product", "published_at", "updated_at", *place_columns("place")],
]
POSTS = Resource("posts", PostRecord, COLUMNS, record, order="-published_at", has_deletions=True)
WHOLE_POST = Resource("post", WholePost, COLUMNS, whole, order="-published_at")

router = Router(tags=["Kegiatan"])


@router.get("", response={200: page_of(PostRecord), **REFUSALS}, url_name="posts", summary="Daftar kegiatan")
def post_list(request, query: Query[SectorQuery]):
    """Yang terbaru dahulu; dengan `since` yang terbit sejak itu."""
    region = region_named(query.region)
    follow(request, region, Community.NAMES)
    posts = Post.objects.published()
    if region:
        posts = posts.within(region)
    if sector := sector_named(query.sector):
        posts = posts.filter(sector=sector)
    if since := moment_named(query.since, region):
        posts = posts.filter(published_at__gte=since)
    return answer(request, POSTS, posts, query)


@router.get("/{int:pk}", response={200: WholePost, **REFUSALS}, url_name="post", summary="Satu kegiatan")
def post_detail(request, pk: int):
    """Yang disembunyikan atau diarsipkan tidak ada lagi."""
    freshness.follow(request, f"post-{pk}", Community.NAMES)
    return one(request, WHOLE_POST, Post.objects.published().filter(pk=min(pk, MOST_PK)))
