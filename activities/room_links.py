"""What the room of a KIM leads to about its posts."""

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from activities.models import Post
from communities.room_links import RoomLink, in_the_room


@in_the_room
def taken_up(community, *, is_chair):
    if number := Post.objects.adaptations().filter(origin__community=community).count():
        times = ngettext("%(number)s kali", "%(number)s kali", number) % {"number": number}
        yield RoomLink(reverse("activities:adapted", args=[community.slug]), _("Dipakai KIM lain"), times)


@in_the_room
def reading_and_old_blogs(community, *, is_chair):
    if is_chair and community.is_standing:
        ways = {True: _("tulisan anggota melewati Anda"), False: _("tulisan anggota langsung ke petugas")}
        way = ways[community.chair_reviews]
        yield RoomLink(reverse("activities:to_read"), _("Ketua membaca dahulu"), way)
        yield RoomLink(reverse("activities:blog_import", args=[community.slug]), _("Bawa blog lama"))
