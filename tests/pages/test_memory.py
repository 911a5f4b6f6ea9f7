"""What a process remembers stays within its limit."""

import time

import pytest

from pages.memory import Memory, forget_everything, forgettable
from pages.templatetags import cached, filters
from regions import maps


@pytest.mark.parametrize(
    "remembered", [cached._constants, filters._rendered, maps._figures], ids=["constants", "forms", "maps"]
)
def test_texts_weigh_their_bytes_of_which_an_unusual_sign_takes_two_for_every_letter(remembered):
    assert remembered.size("—" * 1_000) >= 2_000
    for number in range(3):
        remembered[number] = "—" * (remembered.most // 3)

    assert len(remembered) == 1


def test_what_was_not_asked_for_longest_is_forgotten_first():
    remembered = Memory(2)
    remembered["Jembayan"], remembered["Loa Kulu"] = 1, 2
    assert remembered.get("Jembayan") == 1

    remembered["Tenggarong"] = 3

    assert [remembered.get(name) for name in ("Jembayan", "Loa Kulu", "Tenggarong")] == [1, None, 3]


def test_the_limit_counts_what_the_values_weigh():
    remembered = Memory(10, size=len)
    remembered["a"] = "seven77"
    remembered["a"] = "four"
    remembered["b"] = "six666"
    assert len(remembered) == 2

    remembered["c"] = "1"

    assert remembered.get("a") is None
    assert (remembered.get("b"), remembered.get("c")) == ("six666", "1")


def test_a_value_that_never_fits_is_not_held():
    remembered = Memory(10, size=len)
    remembered["a"] = "eleven letters"
    assert remembered.get("a") is None
    assert not len(remembered)


def test_what_is_old_is_forgotten(monkeypatch):
    remembered = Memory(10, seconds=300)
    remembered["a"] = 1
    written = time.monotonic()

    monkeypatch.setattr(time, "monotonic", lambda: written + 299)
    assert (remembered.get("a"), "a" in remembered) == (1, True)
    monkeypatch.setattr(time, "monotonic", lambda: written + 301)
    assert (remembered.get("a"), "a" in remembered) == (None, False)


def test_nothing_that_is_false_counts_as_forgotten():
    remembered = Memory(10)
    remembered["a"] = None

    assert "a" in remembered


def test_one_call_forgets_all_that_is_of_rows():
    remembered, awaited, composed = Memory(10), forgettable({"a"}), Memory(10, of_rows=False)
    remembered["a"] = composed["a"] = 1

    forget_everything()

    assert not len(remembered)
    assert not awaited
    assert composed.get("a") == 1  # says nothing of rows
