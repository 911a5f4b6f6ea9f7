"""What a KIM's room leads to: each app declares its own links, in a module of this name.

@in_the_room
def links(community, *, is_chair):
    yield RoomLink(reverse("communities:members", args=[community.slug]), _("Anggota"))
"""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext as _

DECLARED = []


@dataclass(frozen=True)
class RoomLink:
    """A URL, what it is called, and what is so there now."""

    url: str
    label: str
    meta: str = ""


def in_the_room(links):
    """Let the room show what this yields for a KIM, and for whether the reader is its chair."""
    DECLARED.append(links)
    return links


def links_of(community, *, is_chair):
    return [link for links in DECLARED for link in links(community, is_chair=is_chair)]


@in_the_room
def people(community, *, is_chair):
    yield RoomLink(reverse("communities:members", args=[community.slug]), _("Anggota"))


@in_the_room
def learning(community, *, is_chair):
    shelf = f"{reverse('communities:materials')}?wilayah={community.seat.code}"
    yield RoomLink(shelf, _("Bahan belajar"), _("dari Diskominfo dan kementerian"))


@in_the_room
def pictures(community, *, is_chair):
    if is_chair and community.is_standing:
        yield RoomLink(reverse("communities:pictures", args=[community.slug]), _("Gambar dan logo KIM"))
