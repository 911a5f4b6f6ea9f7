"""What is new is counted on pages that stay open, and costs nothing while it is the same."""

import pytest

from accounts.models import Notice
from communities import notices

pytestmark = pytest.mark.django_db


def tell(user):
    Notice.objects.tell([user], notices.VERIFICATION, "KIM Mekar terverifikasi")


def test_the_number_is_told_to_who_is_signed_in(client, siti, joko):
    tell(siti)
    tell(joko)
    client.force_login(siti)

    answer = client.get("/ruang/kabar/jumlah/")

    assert answer.json() == {"number": "1", "sentence": "1 kabar belum dibaca"}
    assert "no-store" in answer["Cache-Control"]


def test_who_knows_the_number_is_sent_nothing_until_it_changes(client, siti):
    client.force_login(siti)
    seen = client.get("/ruang/kabar/jumlah/")["ETag"]

    assert client.get("/ruang/kabar/jumlah/", headers={"If-None-Match": seen}).status_code == 304
    tell(siti)
    answer = client.get("/ruang/kabar/jumlah/", headers={"If-None-Match": seen})
    assert (answer.status_code, answer.json()["number"]) == (200, "1")


def test_it_is_one_small_query_besides_who_is_asking(client, siti, django_assert_num_queries):
    client.force_login(siti)
    for _number in range(3):
        tell(siti)

    with django_assert_num_queries(4):
        client.get("/ruang/kabar/jumlah/")


def test_nobody_else_is_told_anything(client):
    assert client.get("/ruang/kabar/jumlah/").status_code == 302


@pytest.mark.parametrize("path", ["/ruang/", "/ruang/kabar/", "/ruang/kegiatan/"])
def test_a_page_of_ones_own_counts_by_itself(client, siti, path):
    client.force_login(siti)

    assert 'data-unread="/ruang/kabar/jumlah/"' in client.get(path).text


def test_the_desk_counts_by_itself(desk, made):
    assert 'data-unread="/ruang/kabar/jumlah/"' in desk.get("/petugas/").text


def test_no_public_page_asks(client, siti):
    client.force_login(siti)

    for path in ("/", "/kegiatan/", "/cari/"):
        assert "data-unread" not in client.get(path).text
