"""The first page of the desk: which KIMs wait, and how many need something."""

from django.db.models import Exists, F, OuterRef
from django.db.models.functions import Coalesce
from django.urls import reverse
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from accounts.desk_navigation import Queue
from accounts.models import OfficerAssignment
from communities.duties import VERIFICATION
from communities.models import Community
from regions.models import Region

LISTED = 20
# Of the list of KIM: those whose decree or data should be renewed.
TROUBLED = "bermasalah"


def work(user):
    """What the KIMs of this officer's regions ask for, the longest wait first."""
    own = Community.objects.within_jurisdiction_of(user)
    numbers = own.attention_numbers()
    mine = own.waits_for(user)
    number = mine.count()
    return {
        "template": "admin/communities/_work.html",
        "waiting": mine.for_cards()[:LISTED],
        "more": max(number - LISTED, 0),
        "numbers": [(kind, number, url_of(kind)) for kind, number in numbers.items()],
        # Those that officers below decide on.
        "elsewhere": numbers[Community.Attention.WAITING] - number,
        "list_url": url_of(Community.Attention.WAITING),
        "vacant": vacant_regencies(user),
    }


def queues(user):
    """The KIM to be verified, and those whose decree or data should be renewed, for every page of the desk."""
    known = Coalesce(F("confirmed_at"), F("created_at"))
    waiting, troubled = Community.objects.waits_for(user), Community.objects.within_jurisdiction_of(user).troubled()
    title = pgettext_lazy("queue", "Verifikasi")
    return [
        Queue("verification", title, url_of(Community.Attention.WAITING), waiting, F("submitted_at"), 10),
        Queue("troubled", _("KIM bermasalah"), url_of(TROUBLED), troubled, known, 50),
    ]


def own_kims(request):
    """The keys of the KIMs to which the officer of this request belongs: another officer looks after these."""
    if not hasattr(request, "own_kims"):
        request.own_kims = set(Community.objects.of_member(request.user).values_list("pk", flat=True))
    return request.own_kims


def url_of(kind):
    return f"{reverse('admin:communities_community_changelist')}?perlu={kind}"


def vacant_regencies(user):
    """The regencies below this officer that have KIMs and nobody who verifies them, so that it falls to those above."""
    above = [row.region for row in user.current_assignments if row.region.level < Region.Level.REGENCY]
    if not above:
        return []
    duty = VERIFICATION
    officers = OfficerAssignment.objects.current().filter(duties__contains=[duty], user__is_active=True)
    standing = [*Community.STANDING_STATUSES, Community.Status.SUBMITTED]
    kims = Community.objects.filter(regency=OuterRef("pk"), status__in=standing)
    regencies = Region.objects.within_any(above).current().filter(Exists(kims), level=Region.Level.REGENCY)
    return list(regencies.exclude(pk__in=officers.values("region")).select_related("province")[: LISTED + 1])
