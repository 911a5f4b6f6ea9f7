"""What is not in the policy: a POST without a row, a method that no page takes."""

import re
from itertools import product

import pytest
from django.db import transaction
from test_policy import ROWS, address, browsers_of, by_thing, cast, made_for_now, things, tried  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", ["visitor", "siti", "made", "dewi"])
def test_a_post_without_a_row_changes_nothing(name, cast, things):  # noqa: F811
    with_rows = {row.name for row in ROWS if row.method == "POST"}
    new_browser = browsers_of(cast.get(name))

    for word, of_thing in by_thing(row for row in ROWS if row.name not in with_rows):
        with made_for_now(things[word]) as thing:
            for row in of_thing:
                path, browser = address(row.name, thing), new_browser()
                answer, changed = tried(lambda: browser.post(path, {"post": "yes"}))  # noqa: B023 called at once
                assert not changed, row
                assert answer.status_code < 500, row
                if name in ("made", "dewi") and re.fullmatch(r"admin:\w+_\w+_(add|change|delete)", row.name):
                    assert answer.status_code in (403, 404), row


@pytest.mark.parametrize("name", ["visitor", "made"])
def test_no_method_breaks_an_address(name, cast, things):  # noqa: F811
    new_browser = browsers_of(cast.get(name))

    for word, of_thing in by_thing({row.name: row for row in ROWS}.values()):
        with made_for_now(things[word]) as thing:
            for row, method in product(of_thing, ("put", "delete")):
                with transaction.atomic():
                    answer = getattr(new_browser(), method)(address(row.name, thing))
                    transaction.set_rollback(True)
                assert answer.status_code < 500, (method, row)
