"""Parts of pages are rendered again only when what they show changed."""

import pytest
from django.template import TemplateSyntaxError, engines
from django.utils import translation

from pages import freshness
from pages.templatetags import cached

pytestmark = pytest.mark.django_db


def template(text):
    return engines["django"].from_string(text)


PART = template('{% load cached %}{% cached "aside" topic who %}{{ word }}{% endcached %}')


@pytest.fixture(autouse=True)
def keeping(settings, monkeypatch):
    settings.CARD_STORE = True
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    # A test's transaction is never through.
    monkeypatch.setattr(freshness.transaction, "on_commit", lambda announce: announce())


def part(word, topic="64.02", who=""):
    return PART.render({"word": word, "topic": topic, "who": who})


def test_a_part_is_kept_until_its_topic_changes():
    assert [part("dua KIM"), part("tiga KIM")] == ["dua KIM", "dua KIM"]

    freshness.changed("64.02.02.2003")

    assert part("tiga KIM") == "tiga KIM"


def test_news_from_elsewhere_leaves_it_as_it_is():
    part("dua KIM")
    freshness.changed("64.71")
    assert part("tiga KIM") == "dua KIM"


def test_each_language_and_each_other_word_has_its_own():
    part("dua KIM")
    with translation.override("en"):
        assert part("two KIM") == "two KIM"
    assert part("milik lain", who="lain") == "milik lain"
    assert part("x") == "dua KIM"


def test_what_no_row_says_is_rendered_once_a_language(settings):
    settings.CARD_STORE = False
    footer = template('{% load cached %}{% constant "footer" here %}{{ word }}{% endconstant %}')

    told = [footer.render({"word": word, "here": here}) for word, here in [("satu", ""), ("dua", ""), ("tiga", "x")]]
    with translation.override("en"):
        told.append(footer.render({"word": "one"}))

    assert told == ["satu", "satu", "tiga", "one"]


def test_a_part_without_a_topic_stays():
    part("kaki halaman", topic="")
    freshness.changed("64.02")
    assert part("x", topic="") == "kaki halaman"


def test_no_part_grows_older_than_its_seconds(monkeypatch):
    monkeypatch.setattr(cached._parts._kept, "seconds", -1)
    part("pagi")
    assert part("siang") == "siang"


def test_nothing_is_kept_when_told_so(settings):
    settings.CARD_STORE = False
    assert [part("dua KIM"), part("tiga KIM")] == ["dua KIM", "tiga KIM"]


def test_a_part_needs_a_name_and_a_topic():
    with pytest.raises(TemplateSyntaxError):
        template('{% load cached %}{% cached "aside" %}{% endcached %}')


# Whether there is such a KIM is asked each time.
@pytest.mark.parametrize(("kind", "queries"), [("home", 0), ("region", 0), ("kim", 1)])
def test_a_page_asks_for_nothing_that_it_keeps(
    client, make_post, mekar, places, kind, queries, django_assert_num_queries
):
    make_post()
    address = {"home": "/", "region": places["64.02"].get_absolute_url(), "kim": mekar.get_absolute_url()}[kind]
    first = client.get(address)

    with django_assert_num_queries(queries):
        again = client.get(address)

    assert again.content == first.content


def test_a_region_tells_of_a_new_post_and_kim_at_once(client, make_post, make_community, places):
    make_post()
    address = places["64.02"].get_absolute_url()
    client.get(address)

    make_post(title="Sawah dibajak", community=make_community("KIM Sawah"))

    page = client.get(address).text
    assert "Sawah dibajak" in page
    assert "KIM Sawah" in page
    assert "<dt>KIM</dt><dd>2</dd>" in page
