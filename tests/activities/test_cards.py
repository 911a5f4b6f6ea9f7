"""The card of a post: what people wrote is text and nothing else."""

import pytest
from django.db.models import Model

from activities.cards import COLUMNS, cards_of
from activities.models import Post
from activities.templatetags.cards import cards

pytestmark = pytest.mark.django_db

HOSTILE = '<script>alert("x")</script>'


def card_of(post):
    (card,) = cards_of(Post.objects.filter(pk=post.pk).values_list(*COLUMNS))
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
    cards(Post.objects.card_versions())
    post.title = "Panen kedua"
    post.save()
    monkeypatch.setattr(Model, "from_db", None)

    assert "Panen kedua" in cards(Post.objects.card_versions())
