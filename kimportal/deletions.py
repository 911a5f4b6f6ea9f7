"""`/api/v1/deleted/`: what open data no longer has, for whoever keeps a copy: which row and when it went, nothing else.

The steps of rows tell it, which are only ever added to. Nothing is named that not everyone could read before.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from django.conf import settings
from django.db.models import Exists, OuterRef, QuerySet
from ninja import Query, Router, Schema
from pydantic import Field

from activities.models import Post
from activities.models.posts import LEFT as POST_LEFT
from activities.models.posts import PostStep
from aspirations.models import Aspiration
from aspirations.models.steps import LEFT as ASPIRATION_LEFT
from aspirations.models.steps import AspirationStep
from communities.api import iso
from communities.models import Community, Step
from communities.models.community import LEFT as KIM_LEFT
from pages import freshness
from pages.open_data.answers import ListQuery, answer
from pages.open_data.pages_of import page_of
from pages.open_data.refusals import REFUSALS
from pages.open_data.resources import Resource
from regions.api import is_day, moment_named
from regions.clocks import begins_somewhere
from regions.models import INDONESIA


class DeletedQuery(ListQuery):
    since: str | None = Field(
        None, max_length=40, description="Sejak tanggal ini di mana pun di Indonesia, atau sejak waktu ini (ISO 8601)."
    )


class DeletedRecord(Schema):
    """Yang pernah terbuka dan tidak ada lagi: hapus dari salinan Anda."""

    id: str = Field(description="`slug` KIM, `id` kegiatan, atau `code` usulan.", examples=["12"])
    deleted: Literal[True] = Field(description="Selalu `true`.")
    deleted_at: datetime
    url: str = Field(description="Alamatnya di data terbuka.")


@dataclass(frozen=True)
class Deletions:
    """What left one list: `steps()` are those by which a row leaves it, of rows that everyone could read, `of` is the
    row, `there()` are the rows that are in the list, `key` is what it calls them.
    """

    name: str
    steps: Callable[[], QuerySet]
    of: str
    there: Callable[[], QuerySet]
    key: str

    def rows(self):
        """The last such step of each row that has not come back."""
        same = {self.of: OuterRef(self.of)}
        later = self.steps().filter(**same, pk__gt=OuterRef("pk"))
        there = self.there().filter(pk=OuterRef(self.of))
        return self.steps().filter(~Exists(later), ~Exists(there))

    @property
    def resource(self):
        columns = ["pk", "at", f"{self.of}__{self.key}"]
        return Resource(f"deleted-{self.name}", DeletedRecord, columns, self.record, order="at")

    def record(self, row):
        key = str(getattr(row, f"{self.of}__{self.key}"))
        url = f"{settings.SITE_URL}/api/v1/{self.name}/{key}"
        return {"id": key, "deleted": True, "deleted_at": iso(row.at), "url": url}


KIM = Deletions("kim", lambda: Step.objects.filter(KIM_LEFT), "community", Community.objects.registered, "slug")
POSTS = Deletions(
    "posts",
    lambda: PostStep.objects.filter(POST_LEFT, post__published_at__isnull=False),
    "post",
    Post.objects.published,
    "pk",
)
ASPIRATIONS = Deletions(
    "aspirations",
    lambda: AspirationStep.objects.filter(ASPIRATION_LEFT, aspiration__published_at__isnull=False),
    "aspiration",
    Aspiration.objects.public,
    "code",
)

router = Router(tags=["Yang hilang"])
SAID = {"response": {200: page_of(DeletedRecord), **REFUSALS}}


@router.get("/kim", **SAID, url_name="deleted_communities", summary="KIM yang hilang")
def communities(request, query: Query[DeletedQuery]):
    """Yang dibekukan, dibubarkan, atau digabung, yang terlama dahulu; apa jadinya tertulis di alamat KIM itu."""
    return told(request, KIM, query)


@router.get("/posts", **SAID, url_name="deleted_posts", summary="Kegiatan yang hilang")
def posts(request, query: Query[DeletedQuery]):
    """Yang disembunyikan, ditarik, atau diarsipkan setelah terbit, yang terlama dahulu."""
    return told(request, POSTS, query)


@router.get("/aspirations", **SAID, url_name="deleted_aspirations", summary="Usulan yang hilang")
def aspirations(request, query: Query[DeletedQuery]):
    """Yang disembunyikan petugas atau ditarik pengirimnya setelah tampil, yang terlama dahulu."""
    return told(request, ASPIRATIONS, query)


def told(request, deletions, query):
    freshness.follow(request, INDONESIA)
    rows = deletions.rows()
    if since := moment_named(query.since):
        # A day begins in Papua first, and which place a row is of is not told here.
        rows = rows.filter(at__gte=begins_somewhere(since.date()) if is_day(query.since) else since)
    return answer(request, deletions.resource, rows, query)
