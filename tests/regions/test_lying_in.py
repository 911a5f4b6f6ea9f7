"""One place lies in another: one rule for whoever finds a place and whoever matches a roster."""

from types import SimpleNamespace

import pytest

from regions.finding import lies_in


def place(code):
    return SimpleNamespace(code=code, level=0 if code == "0" else code.count(".") + 1)


@pytest.mark.parametrize(
    ("code", "other", "lies"),
    [
        ("64.02.06.2001", "64.02", True),
        ("64.02", "64.02", True),
        ("64", "0", True),
        ("64.02", "64.02.06", False),
        ("64.02", "6", False),
        ("64.021", "64.02", False),
    ],
)
def test_a_place_lies_in_itself_and_in_what_its_code_begins_with(code, other, lies):
    assert lies_in(place(code), place(other)) is lies
