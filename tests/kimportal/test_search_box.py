"""The same search above every list, narrowed from the start by where the list is."""

import re

import pytest
from django.urls import reverse

pytestmark = pytest.mark.django_db

REGION = "wilayah/64.02-kutai-kartanegara/"
BOX = re.compile(
    r'<form class="search" role="search" data-finds="page" method="get" action="([^"]+)">(.*?)</form>', re.S
)
KEPT = re.compile(r'<input type="hidden" name="(\w+)" value="([^"]+)">')


@pytest.mark.parametrize(
    ("url", "kept"),
    [
        ("/kegiatan/", {}),
        ("/kegiatan/?wilayah=64.02&jenis=galeri", {"wilayah": "64.02", "jenis": "galeri"}),
        ("/kim/?wilayah=64.02", {"wilayah": "64.02"}),
        ("/usulan/?wilayah=64.02", {"wilayah": "64.02"}),
        ("/informasi/?wilayah=64.02", {"wilayah": "64.02"}),
        (f"/{REGION}", {"wilayah": "64.02"}),
        ("/en/usulan/", {}),
    ],
)
def test_a_list_has_the_search_of_the_portal(client, places, make_post, url, kept):
    make_post(title="Posyandu ramai")
    [(action, inside)] = BOX.findall(client.get(url).text)

    assert action == ("/en" if url.startswith("/en") else "") + reverse("search")
    assert dict(KEPT.findall(inside)) == kept
    assert 'name="q"' in inside
    found = client.get(action, {"q": "posyandu"} | kept)
    assert ("Posyandu ramai" in re.sub(r"</?mark>", "", found.text)) == (kept.get("jenis") != "galeri")
