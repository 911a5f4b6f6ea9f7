"""What the room of a KIM leads to about what it did."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.room_links import RoomLink, in_the_room


@in_the_room
def activity_report(community, *, is_chair):
    if community.is_public:
        url = reverse("reports:of_kim", args=[community.slug])
        yield RoomLink(url, _("Laporan kegiatan"), _("per triwulan dan tahun"))
