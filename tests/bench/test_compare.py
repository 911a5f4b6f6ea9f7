"""Two revisions side by side: each page costs both what else the machine does."""

import pytest

from bench import compare, load


class Portal:
    def __init__(self, name, asked):
        self.name, self.asked = name, asked

    def fetch(self, path):
        return 200, {}, b""


class Checkout:
    """A checkout of which every answer costs so many milliseconds."""

    def __init__(self, name, cost, asked):
        self.portals, self.cost, self.asked, self.name = {"cold": Portal(name, asked)}, cost, asked, name

    def used(self, state):
        return self.asked.count(self.name) * 10 * self.cost / 1000


@pytest.fixture
def asked(monkeypatch):
    """Which side was asked, turn by turn; ten answers in each."""
    turns = []

    def run(portal, lines, seconds):
        turns.append(portal.name)
        return {"requests": 10}

    monkeypatch.setattr(load, "run", run)
    return turns


def test_each_side_is_asked_between_two_turns_of_the_other(asked):
    other, ours = Checkout("other", 20, asked), Checkout("ours", 8, asked)

    costs = compare.in_turn(other, ours, "cold", ["/kegiatan/"], 1)

    assert asked == ["other", "ours", "ours", "other"]
    assert costs == pytest.approx([20, 8])
