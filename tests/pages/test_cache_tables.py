"""The shared cache in a table of PostgreSQL: one statement a write, and what Django's own promises."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.core.cache import caches
from django.db import connection
from django.utils import timezone

from kimportal import environment
from pages import caches as shared

pytestmark = pytest.mark.django_db


@pytest.fixture
def table(settings):
    settings.CACHES = environment.caches("")
    caches["pages"].clear()
    return caches["pages"]


def test_a_write_is_one_statement_however_many_keys_it_has(table, django_assert_num_queries, monkeypatch):
    monkeypatch.setattr(shared.random, "random", lambda: 0.9)

    with django_assert_num_queries(4):
        table.set("one", 1)
        table.set("one", 2)
        table.set_many({"two": {"a": [2]}, "three": "tiga", "%": None}, 60)
        assert table.set_many({}) == []
        assert table.add("four", 4)

    assert table.get_many(["one", "two", "three", "%", "four"]) == {
        "one": 2, "two": {"a": [2]}, "three": "tiga", "%": None, "four": 4,
    }  # fmt: skip


def test_what_is_there_is_not_added_unless_it_is_over(table):
    assert table.add("place", "first", 60)
    assert not table.add("place", "second", 60)
    assert table.get("place") == "first"

    table.set("place", "first", -1)
    assert table.get("place") is None
    table.set("place", "first", -1)
    assert table.add("place", "second", 60)
    assert table.get("place") == "second"


@pytest.mark.django_db(transaction=True)
def test_of_many_who_add_at_once_one_does(table):
    def add(number):
        try:
            return table.add("place", number)
        finally:
            connection.close()

    with ThreadPoolExecutor(8) as pool:
        assert sum(pool.map(add, range(24))) == 1


def test_how_long_a_value_lives_is_kept_to_the_second_or_for_ever(table, time_machine):
    table.set("minute", 1, 60)
    table.set("always", 1, None)
    table.touch("minute", 120)

    time_machine.move_to(timezone.now() + timedelta(seconds=119), tick=False)
    assert table.get_many(["minute", "always"]) == {"minute": 1, "always": 1}
    time_machine.move_to(timezone.now() + timedelta(seconds=2), tick=False)
    assert table.get_many(["minute", "always"]) == {"always": 1}


def test_a_table_that_holds_too_much_makes_room(table, monkeypatch):
    monkeypatch.setattr(table, "_max_entries", 10)
    monkeypatch.setattr(shared.random, "random", lambda: 0.9)
    table.set_many({f"old-{number}": 1 for number in range(20)}, -1)
    table.set_many({f"new-{number}": 1 for number in range(8)}, 60)

    monkeypatch.setattr(shared.random, "random", lambda: 0.0)
    table.set("last", 1)

    assert table.get_many([f"new-{number}" for number in range(8)]) == {f"new-{number}": 1 for number in range(8)}
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM cache_pages")
        assert cursor.fetchone() == (9,)
