"""Coba dahulu: whom other weights would move, computed from the facts that are kept, and kept nowhere."""

from dataclasses import dataclass
from decimal import Decimal

from evaluations.models import ClassThreshold, Cycle, Score

MOST_SHOWN = 200


@dataclass(frozen=True)
class Move:
    """A KIM, and where it stands by the rules as they are and by the weights that are tried."""

    community: object
    old_total: Decimal
    new_total: Decimal
    old_rank: int
    new_rank: int
    old_class: str
    new_class: str

    @property
    def is_moved(self):
        return self.old_rank != self.new_rank or self.old_class != self.new_class

    @property
    def places(self):
        """How many places up; down below zero."""
        return self.old_rank - self.new_rank


def source_for(cycle, user):
    """The cycle whose facts are tried: its own, or the latest of its region or of one around it; None where none is.

    Never one that this person still judges: its facts would tell the scores.
    """
    around = [cycle.region, *cycle.region.ancestors]
    judged = user.juries.filter(closed_at=None).values("cycle")
    computed = Cycle.objects.exclude(pk__in=judged)
    computed = computed.filter(region__in=around, computed_at__isnull=False, computing_at=None)
    own = computed.filter(pk=cycle.pk).first()
    return own or computed.order_by("-year", "-span", "-region__level").first()


def moves(cycle, source, weights):
    """A Move for each KIM of the cycle's region with facts in the source, whoever moves furthest first.

    `weights` are by the words of the indicators. What is kept is the raw facts, so that the rules of this cycle apply
    to them, whichever they were computed by.
    """
    rules, rows = cycle.rule_set, []
    kept = Score.objects.filter(cycle=source, community__in=cycle.kims().values("pk"))
    for key, facts in kept.values_list("community", "sheet__facts").iterator():
        values = {word: Decimal(number) for word, number in facts.items()}
        reached = [(indicator, indicator.value(values)) for indicator in rules.indicator_list]
        old = sum((indicator.points(value) for indicator, value in reached), Decimal(0))
        new = sum((indicator.points(value, weights[indicator.word]) for indicator, value in reached), Decimal(0))
        rows.append((key, old, new))
    return sorted(moves_of(rules, rows), key=lambda move: (-abs(move.places), move.new_rank, move.community))


def moves_of(rules, rows):
    """From `(key, old total, new total)` of every KIM."""
    old_ranks = ranks([old for _key, old, _new in rows])
    new_ranks = ranks([new for _key, _old, new in rows])
    names = dict(ClassThreshold.Name.choices)
    for key, old, new in rows:
        classes = (names[rules.class_of(old)], names[rules.class_of(new)])
        yield Move(key, old, new, old_ranks[old], new_ranks[new], *classes)


def ranks(totals):
    """`{total: rank}`; whoever has as many shares it."""
    found = {}
    for place, total in enumerate(sorted(totals, reverse=True), 1):
        found.setdefault(total, place)
    return found
