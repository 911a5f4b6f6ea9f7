"""What waits for an officer: of each kind how many, since when, and the list of the desk that has them."""

from collections.abc import Callable
from dataclasses import dataclass

from django.db.models import Aggregate, Count, QuerySet
from django.utils.translation import gettext_lazy as _

from activities.models import Post, Redissemination
from activities.models.querysets import CONTESTED, REPORTED, WITH_WAITING_CHANGE
from communities.models import Community
from monitoring.desk_lists import claims, communities, posts


@dataclass(frozen=True)
class Waiting:
    """`since` is the column of the moment with which the wait of a row began."""

    word: str
    label: str
    rows: Callable[[], QuerySet]
    since: str
    url: Callable[[str], str]
    each: Aggregate | None = None  # where a row may be joined to several that wait


ONCE = Count("pk", distinct=True)

KINDS = [
    Waiting(
        "moderasi",
        _("kegiatan menunggu terbit"),
        lambda: Post.objects.waiting(),
        "created_at",
        posts(menunggu="terbit"),
    ),
    Waiting(
        "perubahan",
        _("perubahan kegiatan"),
        lambda: Post.objects.handed_on().filter(WITH_WAITING_CHANGE),
        "revisions__at",
        posts(menunggu="perubahan"),
        ONCE,
    ),
    Waiting(
        "laporan",
        _("kegiatan yang dilaporkan"),
        lambda: Post.objects.handed_on().filter(REPORTED),
        "flagged_items__opened_at",
        posts(menunggu="laporan"),
        ONCE,
    ),
    Waiting(
        "keberatan",
        _("keberatan atas keputusan"),
        lambda: Post.objects.handed_on().filter(CONTESTED),
        "reviews__appeal__at",
        posts(menunggu="keberatan"),
        ONCE,
    ),
    Waiting(
        "verifikasi",
        _("KIM menunggu verifikasi"),
        lambda: Community.objects.waiting(),
        "submitted_at",
        communities(perlu=Community.Attention.WAITING),
    ),
    Waiting(
        "penyebaran",
        _("catatan penyebaran belum diperiksa"),
        lambda: Redissemination.objects.waiting(),
        "created_at",
        claims(contoh="menunggu"),
    ),
]
