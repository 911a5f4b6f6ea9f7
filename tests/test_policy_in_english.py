"""Every row of a page that has a twin in English, sent to the twin."""

import policy
import pytest
from django.urls import LocalePrefixPattern, get_resolver
from django.utils import translation
from test_policy import ROWS, addresses, cast, outcomes_of, things  # noqa: F401 (fixtures)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("name", policy.ACTORS)
def test_every_row_of_a_page_holds_for_its_english_twin(name, cast, things, places):  # noqa: F811
    pages = next(part for part in get_resolver().url_patterns if isinstance(part.pattern, LocalePrefixPattern))
    rows = [row for row in ROWS if row.name in set(addresses(pages))]

    with translation.override("en"):
        outcomes = outcomes_of(rows, cast.get(name), things, places)

    assert outcomes == {str(row): row.outcomes[name] for row in rows}
