"""What the room of a KIM leads to about what residents sent through it."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from aspirations.models import Aspiration
from communities.room_links import RoomLink, in_the_room


@in_the_room
def aspirations(community, *, is_chair):
    if community.is_standing:
        number = community.aspirations.filter(status=Aspiration.Status.RECEIVED).count()
        waiting = ngettext("%(number)s menunggu", "%(number)s menunggu", number) % {"number": number} if number else ""
        yield RoomLink(reverse("aspirations:room_list"), _("Usulan warga"), waiting)
