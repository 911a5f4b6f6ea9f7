"""The card of a post: what people wrote is text and nothing else."""

import pytest
from django.db.models import Model
from django.utils import translation

from activities.cards import cards_of, version_of
from activities.models import Post
from activities.templatetags.cards import cards

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script>'


def card_of(post):
    (card,) = cards_of(Post.objects.filter(pk=post.pk).card_rows())
    return card.html()


def test_nothing_that_people_wrote_is_markup(make_post):
    post = make_post(title=HOSTILE, type="agenda", starts_at="2026-12-01T09:00:00+08:00", venue=HOSTILE)

    html = card_of(post)

    assert "<script" not in html
    assert html.count("&lt;script&gt;") == 2


def test_a_card_says_why_nobody_should_carry_a_post_further(make_post):
    assert '<strong class="badge badge--bad">Hoaks</strong>' in card_of(make_post(is_hoax=True))
    assert '<strong class="badge badge--bad">Ditarik</strong>' in card_of(make_post(is_recalled=True))
    assert "badge" not in card_of(make_post())


def test_a_list_is_shown_without_a_model_for_each_row(make_post, monkeypatch):
    post = make_post(title="Panen raya")
    cards(Post.objects.card_rows())
    post.title = "Panen kedua"
    post.save()
    monkeypatch.setattr(Model, "from_db", None)

    assert "Panen kedua" in cards(Post.objects.card_rows())


def test_a_card_is_made_of_its_row_or_asked_for_by_its_version(make_post, django_assert_num_queries):
    make_post(title="Panen raya"), make_post(title="Panen kedua")
    rows = list(Post.objects.newest_first().card_rows())
    cards(rows)  # the place is remembered

    with django_assert_num_queries(0):
        told = cards(rows)
    with django_assert_num_queries(1):
        assert cards(map(version_of, rows)) == told
    assert told.index("Panen raya") < told.index("Panen kedua")


def test_cards_of_one_type_and_sector_share_no_more_than_that(make_post):
    first, second = make_post(title="{title} {0}"), make_post(title="Panen %s", venue="{x}")

    assert "{title} {0}" in card_of(first)
    assert first.get_absolute_url() in card_of(first)
    assert second.get_absolute_url() in card_of(second)
    assert second.cover_url in card_of(second)
    with translation.override("en"):
        assert second.get_absolute_url() in card_of(second)
        assert second.get_absolute_url().startswith("/en/")


def test_a_card_of_a_name_read_before_is_not_shown_for_the_new_one(make_post, mekar, settings):
    settings.CARD_STORE = True
    make_post()
    read_before = list(Post.objects.card_rows())
    mekar.name = "KIM Mekar Jaya"
    mekar.save()

    assert "KIM Mekar ·" in cards(read_before)
    assert "KIM Mekar Jaya ·" in cards(Post.objects.card_rows())
    assert "KIM Mekar Jaya ·" in cards(map(version_of, Post.objects.card_rows()))
