"""Of a topic that it follows a page asks once: what it reads afterwards is kept as of then, whenever it is shown."""

import pytest

from pages import freshness

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch):
    """Between two pages, as if half a second went by before each question."""
    monkeypatch.setattr(freshness, "REMEMBERED", -1)


def change(topic):
    freshness.announce([topic])


def by_another_thread(monkeypatch, topic):
    """Change it as another process does: what this page knows stays."""
    with monkeypatch.context() as patch:
        patch.setattr(freshness, "_page", object())
        change(topic)


def test_a_stamp_stays_what_the_page_was_told(monkeypatch):
    with freshness.one_page():
        first = freshness.stamp("64.02")
        by_another_thread(monkeypatch, "64.02")
        assert freshness.stamp("64.02") == first
        assert freshness.as_of("64.02", "post-1")[0] == first

    with freshness.one_page():
        assert freshness.stamp("64.02") != first


def test_a_page_that_changes_something_shows_the_change():
    with freshness.one_page():
        first, other = freshness.as_of("64.02", "post-1")
        change("64.02")
        assert freshness.as_of("64.02", "post-1") != (first, other)
        assert freshness.stamp("64.02") != first


def test_outside_of_pages_each_question_is_one():
    first = freshness.stamp("64.02")
    change("64.02")

    assert freshness.stamp("64.02") != first


def test_parts_are_kept_as_of_when_the_page_followed_their_topics(settings, rf, monkeypatch):
    settings.PAGE_STORE, settings.CARD_STORE = False, True
    with freshness.one_page():
        freshness.follow(rf.get("/"), "64.02")
        by_another_thread(monkeypatch, "64.02")  # after the rows were read
        kept_as_of = freshness.stamp("64.02")

    assert freshness.stamp("64.02") != kept_as_of
