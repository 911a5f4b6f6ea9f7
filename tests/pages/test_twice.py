"""A form that comes twice: the second knows what became of the first, and loses nothing that was typed."""

import pytest
from django.core.cache import cache
from django.http import HttpResponse

from pages import twice
from pages.twice import SAME_WORDS, answered

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def anew():
    cache.clear()


@pytest.fixture
def sent(rf, joko):
    """Joko's form as it arrives, again and again."""

    def send():
        request = rf.post("/langkah/", {"note": "Pindah ke balai desa"})
        request.user = joko
        return request

    return send


@pytest.fixture
def meanwhile(monkeypatch):
    """What happens elsewhere while somebody waits."""

    def let(happen):
        monkeypatch.setattr(twice.time, "sleep", lambda _seconds: happen())

    return let


def answer(request, status=200):
    return answered(lambda request: HttpResponse(str(SAME_WORDS.is_again(request)), status=status))(request)


def test_the_second_waits_until_the_first_is_answered(sent, meanwhile):
    first, second, seen = sent(), sent(), []

    def be_answered():
        seen.append("waited")
        SAME_WORDS.settle(first)

    meanwhile(be_answered)

    assert [SAME_WORDS.is_again(first), SAME_WORDS.is_again(second)] == [False, True]
    assert seen == ["waited"]


def test_the_second_of_a_form_that_was_refused_is_no_repetition(sent, meanwhile):
    first, second = sent(), sent()
    meanwhile(lambda: SAME_WORDS.forget(first))

    assert [SAME_WORDS.is_again(first), SAME_WORDS.is_again(second)] == [False, False]


def test_whoever_comes_after_the_answer_waits_for_nothing(sent, meanwhile):
    meanwhile(pytest.fail)

    assert [answer(sent()).content, answer(sent()).content] == [b"False", b"True"]


def test_nobody_waits_for_ever_for_a_process_that_died(sent, meanwhile, monkeypatch):
    meanwhile(lambda: None)
    monkeypatch.setattr(twice, "PATIENCE", 0)
    SAME_WORDS.is_again(sent())

    assert SAME_WORDS.is_again(sent())


def test_what_failed_may_be_sent_again(sent, meanwhile):
    meanwhile(pytest.fail)

    assert [answer(sent(), 500).content, answer(sent()).content] == [b"False", b"False"]
