"""A search waits no longer than its settings say, and leaves those around it as they were."""

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
