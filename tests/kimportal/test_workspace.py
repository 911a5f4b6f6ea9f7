"""The first screen of the room is what waits for this person, the most urgent first."""

from datetime import timedelta

import pytest
from conftest import make_user
from django.urls import reverse
from django.utils import timezone

from accounts.models import Notice
from accounts.waiting import waiting_for
from communities.models import Community

pytestmark = pytest.mark.django_db


def sentences(user):
    return [line.sentence for line in waiting_for(user)]


@pytest.fixture
def confirmed(mekar):
    """The KIM of Siti, about which nothing waits."""
    Community.objects.filter(pk=mekar.pk).update(confirmed_at=timezone.now())
    return mekar


def test_all_that_waits_is_there_by_rank(client, confirmed, siti, make_post, make_decree, make_aspiration):
    joko, rina = make_user("Joko"), make_user("Rina")
    confirmed.memberships.create(user=joko, name="Joko")
    confirmed.memberships.create(user=rina, name="Rina", status="requested")
    returned = make_post("Panen raya", status="returned")
    make_post("Lomba", status="chair_review", author=joko)
    ends = timezone.localdate() + timedelta(days=10)
    Community.objects.filter(pk=confirmed.pk).update(decree=make_decree(ends_on=ends))
    chair = confirmed.positions.get(role="ketua")
    chair.term_until = ends
    chair.save()
    make_aspiration(community=confirmed)
    Notice.objects.tell([siti], "membership", "Kabar")
    client.force_login(siti)

    page = client.get(reverse("workspace"))

    said = [line.sentence for line in page.context["waiting"]]
    assert said[0] == "Perbaiki: Panen raya"
    assert {"Baca tulisan Joko", "Rina ingin bergabung dengan KIM Mekar"} < {*said[1:4]}
    assert [sentence.partition(" berakhir ")[0] for sentence in said[4:5]] == ["Masa berlaku SK KIM Mekar"]
    assert said[5].startswith("Masa jabatan ketua Siti")
    assert said[-1].endswith("kabar belum dibaca")
    assert all(sentence in page.text for sentence in said)
    assert reverse("activities:write_post", args=[returned.client_uuid]) in page.text


def test_a_chair_whose_work_is_done_reads_that_nothing_waits(client, confirmed, siti):
    client.force_login(siti)

    assert sentences(siti) == []
    assert "Tidak ada yang menunggu." in client.get(reverse("workspace")).text


def test_nothing_of_another_kim_waits(confirmed, make_community, make_post, joko):
    other = make_community("KIM Melati")
    make_post(status="chair_review", community=other, author=joko)
    make_post("Milik Siti", status="returned")

    assert sentences(joko) == []


def test_the_number_is_told_to_the_script_of_the_header(client, confirmed, siti, make_post):
    make_post(status="returned")
    client.force_login(siti)

    assert client.get(reverse("waits")).json() == {"number": 1, "sentence": "1 hal menunggu Anda"}
    assert f'data-waits="{reverse("waits")}"' in client.get(reverse("activities:own_posts")).text


def test_it_costs_the_same_with_many(client, confirmed, siti, make_post, django_assert_max_num_queries):
    client.force_login(siti)
    make_post(status="returned")
    with django_assert_max_num_queries(40) as one:
        client.get(reverse("workspace"))
    for _number in range(5):
        make_post(status="returned")
        make_post(status="chair_review", author=make_user(f"Wayan {_number}"))

    with django_assert_max_num_queries(len(one) + 1):
        client.get(reverse("workspace"))
