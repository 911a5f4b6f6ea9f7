"""Of a topic that it follows a page asks once: what it reads afterwards is kept as of then, whenever it is shown."""

import pytest

from pages import freshness

at_the_same_moments = freshness.asked_anew_since  # which other tests do without
pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def nothing_is_remembered(monkeypatch):
    """Between two pages, as if half a second went by before each question."""
    monkeypatch.setattr(freshness, "REMEMBERED", -1)
    monkeypatch.setattr(freshness, "LATELY", 600)  # however long a test takes
    freshness._together.clear()
    freshness._followed.clear()


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


def stamps_asked_for(monkeypatch):
    """`[keys of a question to the shared cache]`, filled as they are asked."""
    questions, ask = [], freshness.shared_stamps
    monkeypatch.setattr(freshness, "shared_stamps", lambda keys: questions.append({*keys}) or ask(keys))
    return questions


def key(topic):
    return freshness.key_of(topic)


def test_what_pages_followed_lately_is_asked_for_in_one_question(monkeypatch):
    freshness.as_of("64.02", "64.03")
    by_another_thread(monkeypatch, "64.03")
    questions = stamps_asked_for(monkeypatch)
    before = freshness.stamp("post-1")
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    after = freshness.as_of("64.02", "64.03", "post-1")

    assert questions[0] == {key("64.02"), key("64.03"), key("post-1")}
    assert not any(questions[1:])
    assert after[2] == before


def test_what_nobody_follows_any_more_is_not_asked_for(monkeypatch):
    freshness.stamp("64.02")
    monkeypatch.setattr(freshness, "LATELY", -1)
    questions = stamps_asked_for(monkeypatch)
    freshness.stamp("post-1")

    assert questions == [{key("post-1")}]


def test_all_together_are_asked_for_once_in_the_time_that_a_stamp_is_remembered(monkeypatch):
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    questions = stamps_asked_for(monkeypatch)
    for topic in ("64.02", "64.03", "post-1"):
        freshness.stamp(topic)

    assert questions == [{key("64.02")}, {key("64.03")}, {key("post-1")}]


def test_a_change_that_came_while_stamps_were_asked_for_is_not_forgotten(monkeypatch):
    before, ask = freshness.stamp("64.02"), freshness.shared_stamps

    def asking(keys):
        found = ask(keys)
        monkeypatch.setattr(freshness, "shared_stamps", ask)
        by_another_thread(monkeypatch, "64.02")
        return found

    monkeypatch.setattr(freshness, "shared_stamps", asking)
    assert freshness.stamp("64.02") == before
    monkeypatch.setattr(freshness, "REMEMBERED", 60)
    assert freshness.stamp("64.02") != before


def test_at_an_edge_each_page_asks_for_its_own_alone(monkeypatch, settings):
    settings.EDGES = ["https://edge.contoh.id"]
    freshness.stamp("64.02")
    questions = stamps_asked_for(monkeypatch)
    freshness.stamp("post-1")

    assert questions == [{key("post-1")}]
    assert not freshness._followed


@pytest.mark.parametrize(("moment", "since"), [(10.0, 10.0), (10.49, 10.0), (10.5, 10.5), (10.99, 10.5)])
def test_all_processes_ask_anew_at_the_same_moments(monkeypatch, moment, since):
    monkeypatch.setattr(freshness, "REMEMBERED", 0.5)

    assert at_the_same_moments(moment) == since


def test_two_processes_that_asked_at_different_times_use_one_page(monkeypatch):
    monkeypatch.setattr(freshness, "REMEMBERED", 0.5)
    monkeypatch.setattr(freshness, "asked_anew_since", at_the_same_moments)

    assert freshness.holds((10.5, "", "a"), 10.9, "")
    assert not freshness.holds((10.4, "", "a"), 10.5, "")
