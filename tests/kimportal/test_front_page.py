"""The front page says what a KIM is and what one can do here, and lets no KIM and no regency fill it."""

from collections import Counter

import pytest
from django.urls import reverse
from pytest_django.asserts import assertContains

from activities.models import Post

pytestmark = pytest.mark.django_db


@pytest.fixture
def many_posts(make_post, make_community):
    """From the newest on: ten of one KIM, three of each of two others of its regency, one of a KIM of the next."""
    busy, second, third = (make_community(f"KIM {name}") for name in ("Ramai", "Kedua", "Ketiga"))
    away = make_community("KIM Jauh", seat="64.71.01.1001")
    return [make_post(community=community) for community in [busy] * 10 + [second] * 3 + [third] * 3 + [away]]


def test_no_kim_has_more_than_two_of_the_newest_and_no_regency_more_than_four(client, many_posts):
    page = client.get("/")

    shown = Post.objects.filter(pk__in=[page.context["first"].pk, *(row.pk for row in page.context["posts"])])
    assert sorted(Counter(post.community.name for post in shown).items()) == [
        ("KIM Jauh", 1),
        ("KIM Kedua", 2),
        ("KIM Ramai", 2),
    ]


def test_the_newest_of_each_are_chosen_by_two_queries(many_posts, django_assert_num_queries):
    with django_assert_num_queries(2):
        chosen = Post.objects.newest_of_many(13)

    assert [row.pk for row in chosen] == [many_posts[number].pk for number in (0, 1, 10, 11, 16)]


@pytest.mark.parametrize("is_signed_in", [False, True])
def test_it_says_what_one_can_do_here(client, siti, is_signed_in):
    if is_signed_in:
        client.force_login(siti)

    page = client.get("/").text

    for name in ("activities:list", "aspirations:send", "monitoring:nearby", "activities:clarifications"):
        assert f'href="{reverse(name)}' in page
    for name in ("account_login", "account_signup"):
        assert f'href="{reverse(name)}"' in page
    assert page.index('class="ways"') < page.index("data-my-region", page.index("<h1")) < page.index("Terbaru")


def test_who_came_to_ask_finds_that_chosen(client, places):
    url = reverse("aspirations:send")

    assert client.get(url, {"jenis": "permintaan"}).context["form"]["kind"].value() == "permintaan"
    assert client.get(url, {"jenis": "apa saja"}).context["form"]["kind"].value() == "usulan"


def test_a_card_says_its_kind_only_where_it_is_no_news(client, make_post):
    make_post(title="Panen raya")
    make_post(title="Kabar pupuk palsu", type="klarifikasi", claim="Pupuk gratis.", verdict="salah")

    page = client.get("/kegiatan/").text

    assert "Berita" not in page[page.index('class="cards"') : page.index("</ul>", page.index('class="cards"'))]
    assertContains(client.get("/kegiatan/"), "<strong>Klarifikasi</strong>")
