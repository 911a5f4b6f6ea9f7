"""What the room of a KIM leads to about government information."""

from django.urls import reverse
from django.utils.translation import gettext as _

from bulletins.models import Bulletin
from communities.room_links import RoomLink, in_the_room


@in_the_room
def government_information(community, *, is_chair):
    if community.is_standing:
        unread = community.deliveries.unopened().filter(bulletin__status__in=Bulletin.PUBLIC_STATUSES).count()
        meta = _("%(number)s belum dibaca") % {"number": unread} if unread else ""
        yield RoomLink(f"{reverse('bulletins:inbox')}?kim={community.slug}", _("Informasi pemerintah"), meta)
