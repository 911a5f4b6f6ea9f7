"""What the room of a KIM leads to."""

import pytest
from django.urls import reverse

from communities import room_links
from communities.room_links import RoomLink, links_of

OF_ALL = ["Anggota", "Bahan belajar"]
# Of what it did, once it was verified.
OF_ITS_PAST = ["Nilai evaluasi", "Belajar dari KIM lain", "Laporan kegiatan"]
OF_STANDING = [*OF_ALL, "Informasi pemerintah", "Usulan warga"]
# Of the portal as a whole.
OF_PORTAL = ["Salinan data KIM"]
OF_CHAIR = [*OF_ALL, "Gambar dan logo KIM", *OF_STANDING[len(OF_ALL) :], "Ketua membaca dahulu", "Bawa blog lama"]


@pytest.mark.parametrize(
    ("is_chair", "status", "labels"),
    [
        (True, "verified", [*OF_CHAIR, *OF_ITS_PAST, *OF_PORTAL]),
        (True, "dissolved", [*OF_ALL, *OF_ITS_PAST, *OF_PORTAL]),
        (True, "draft", [*OF_ALL, *OF_PORTAL]),
        (False, "verified", [*OF_STANDING, *OF_ITS_PAST]),
    ],
)
def test_the_links_are_those_of_who_reads(mekar, is_chair, status, labels):
    mekar.status = status

    assert [link.label for link in links_of(mekar, is_chair=is_chair)] == labels


def test_the_chair_reads_which_way_posts_go(mekar):
    ways = []
    for wanted in (True, False):
        mekar.let_chair_read(wanted)
        ways += [link.meta for link in links_of(mekar, is_chair=True) if link.label == "Ketua membaca dahulu"]

    assert ways == ["tulisan anggota melewati Anda", "tulisan anggota langsung ke petugas"]


def test_a_new_app_shows_its_link_without_anything_else_being_changed(client, mekar, siti, monkeypatch):
    monkeypatch.setattr(room_links, "DECLARED", list(room_links.DECLARED))

    @room_links.in_the_room
    def harvests(community, *, is_chair):
        yield RoomLink("/panen/", "Panen", "besok" if is_chair else "")

    client.force_login(siti)
    page = client.get(reverse("communities:room", args=[mekar.slug])).text

    assert '<li><a href="/panen/">Panen</a> <span class="meta">besok</span></li>' in page
