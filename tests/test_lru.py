"""What a process remembers stays within its limit."""

from pages.lru import LeastRecentlyUsed


def test_what_was_not_asked_for_longest_is_forgotten_first():
    remembered = LeastRecentlyUsed(2)
    remembered["Jembayan"], remembered["Loa Kulu"] = 1, 2
    assert remembered.get("Jembayan") == 1

    remembered["Tenggarong"] = 3

    assert [remembered.get(name) for name in ("Jembayan", "Loa Kulu", "Tenggarong")] == [1, None, 3]


def test_the_limit_counts_what_the_values_weigh():
    remembered = LeastRecentlyUsed(10, size=len)
    remembered["a"] = "seven77"
    remembered["a"] = "four"
    remembered["b"] = "six666"
    assert len(remembered) == 2

    remembered["c"] = "1"

    assert remembered.get("a") is None
    assert (remembered.get("b"), remembered.get("c")) == ("six666", "1")


def test_a_value_that_never_fits_is_not_held():
    remembered = LeastRecentlyUsed(10, size=len)
    remembered["a"] = "eleven letters"
    assert remembered.get("a") is None
    assert not len(remembered)
