"""Several portals in turn: each page costs all of them what else the machine does."""

import pytest

from bench import turns


class Portal:
    def __init__(self, name, asked):
        self.name, self.asked = name, asked

    def fetch(self, path):
        return 200, {}, b""


class Side:
    """A side of which every answer costs so many milliseconds."""

    def __init__(self, name, cost, asked):
        self.portals, self.cost, self.asked, self.name = {"cold": Portal(name, asked)}, cost, asked, name

    def used(self, state):
        return self.asked.count(self.name) * 10 * self.cost / 1000


@pytest.fixture
def asked(monkeypatch):
    """Which side was asked, turn by turn; ten answers in each."""
    names = []

    def run(portal, lines, seconds):
        names.append(portal.name)
        return {"requests": 10}

    monkeypatch.setattr(turns, "run", run)
    return names


def test_each_side_is_asked_between_two_turns_of_the_other(asked):
    other, ours = Side("other", 20, asked), Side("ours", 8, asked)

    costs = turns.in_turn({other: ["/kegiatan/"], ours: ["/kegiatan/"]}, "cold", 1)

    assert asked == ["other", "ours", "ours", "other"]
    assert costs == pytest.approx([20, 8])
