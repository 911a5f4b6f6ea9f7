"""What the room of a KIM leads to of the portal as a whole."""

from django.urls import reverse
from django.utils.translation import gettext as _

from communities.room_links import RoomLink, in_the_room


@in_the_room
def data_copy(community, *, is_chair):
    if is_chair:
        url = reverse("data_copy", args=[community.slug])
        yield RoomLink(url, _("Salinan data KIM"), _("untuk disimpan atau dibawa ke portal lain"))
