"""A search waits no longer than its settings say, and leaves those around it as they were."""

from contextlib import nullcontext

import pytest
from django.db import connection, transaction
from django.test.utils import CaptureQueriesContext

from pages import patience
from pages.patience import within_patience

pytestmark = pytest.mark.django_db

OUTER, INNER = "SET LOCAL statement_timeout = '7s'", "SET LOCAL statement_timeout = '{patience}'; SET LOCAL jit = off"


def shown():
    with connection.cursor() as cursor:
        return [cursor.execute(f"SHOW {name}") and cursor.fetchone()[0] for name in ("statement_timeout", "jit")]


def sleep():
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_sleep(30)")


@pytest.mark.parametrize("search", [shown, sleep])
def test_the_settings_of_a_part_end_with_it(monkeypatch, search):
    monkeypatch.setattr(patience, "PATIENCE", "20ms")
    before = shown()

    def whole():
        return within_patience(search, INNER, otherwise="cut"), shown()

    part, around = within_patience(whole, OUTER, otherwise=None)

    assert part == ("cut" if search is sleep else ["20ms", "off"])
    assert around == ["7s", before[1]]
    assert shown() == before


def test_nothing_is_rolled_back_where_all_went_well():
    with transaction.atomic(), CaptureQueriesContext(connection) as asked:
        within_patience(shown, INNER, otherwise=None)

    assert not [query["sql"] for query in asked if "ROLLBACK" in query["sql"]]


def parts_of(*searches):
    """What each finds, one after the other, and the settings then."""
    return lambda: ([within_patience(search, INNER, otherwise="cut") for search in searches], shown())


def savepoints(asked):
    return [
        query["sql"] for query in asked if query["sql"].startswith("SAVEPOINT patience; SET LOCAL statement_timeout")
    ]


@pytest.mark.parametrize("is_within_another", [True, False])
@pytest.mark.django_db(transaction=True)
def test_parts_with_the_same_settings_need_them_once(is_within_another):
    _timeout, jit = shown()
    with transaction.atomic() if is_within_another else nullcontext(), CaptureQueriesContext(connection) as asked:
        parts, around = within_patience(parts_of(shown, shown, shown), OUTER, otherwise=None)

    assert parts == [["500ms", "off"]] * 3
    assert around == ["7s", jit]
    assert len(savepoints(asked)) == 1 + is_within_another


def test_a_part_that_is_cut_leaves_those_beside_it(monkeypatch):
    monkeypatch.setattr(patience, "PATIENCE", "20ms")
    before = shown()

    parts, around = within_patience(parts_of(shown, sleep, shown), OUTER, otherwise=None)

    assert parts == [["20ms", "off"], "cut", ["20ms", "off"]]
    assert around == ["7s", before[1]]
    assert shown() == before


def test_an_error_ends_the_parts_within():
    def whole():
        within_patience(shown, INNER, otherwise=None)
        raise ZeroDivisionError

    before = shown()
    with pytest.raises(ZeroDivisionError):
        within_patience(whole, OUTER, otherwise=None)

    assert shown() == before


def test_what_is_asked_between_two_parts_has_the_settings_around_them():
    def whole():
        return [within_patience(shown, INNER, otherwise=None), shown(), within_patience(shown, INNER, otherwise=None)]

    _timeout, jit = shown()

    assert within_patience(whole, OUTER, otherwise=None) == [["500ms", "off"], ["7s", jit], ["500ms", "off"]]
