"""Computing the scores of a cycle: batch after batch in the worker, each kept whole or not at all.

It may run twice, at once with another, and after one that was killed: a batch locks the cycle and says in the same
transaction how far it came. The same rows and rules give the same bytes, in whatever order they are read.
"""

import hashlib

from django.db import connection, transaction
from django.utils import timezone

from evaluations.facts import numbers_of
from evaluations.models import Cycle, Score

BATCH = 2000
WRITTEN = ["total", "class_name", "rank", "sheet", "digest", "run"]

RANK = """
UPDATE evaluations_score SET rank = place.rank
FROM (SELECT id, rank() OVER (ORDER BY total DESC) FROM evaluations_score WHERE cycle_id = %s) AS place
WHERE evaluations_score.id = place.id
"""


def compute(pk):
    """Compute every score of a cycle that was asked for, from where it stands; nothing for any other."""
    while compute_batch(pk):
        pass


def compute_batch(pk):
    """The next KIM; whether there may be more, and nobody else is at it."""
    with transaction.atomic():
        waiting = Cycle.objects.computing().select_for_update(skip_locked=True, no_key=True, of=["self"])
        cycle = waiting.select_related("rule_set", "region").filter(pk=pk).first()
        if cycle is None:
            return False
        rest = cycle.kims().filter(pk__gt=cycle.computed_to).order_by("pk")
        keys = list(rest.values_list("pk", flat=True)[:BATCH])
        if not keys:
            finish(cycle)
            return False
        keep(scores_of(cycle, keys))
        Cycle.objects.filter(pk=pk).update(computed_to=keys[-1], computing_at=timezone.now())
    return True


def scores_of(cycle, keys):
    """A Score for each of these KIM, not yet kept."""
    facts = numbers_of(cycle.period, keys)
    return [score_of(cycle, key, facts[key]) for key in keys]


def score_of(cycle, key, facts):
    rules = cycle.rule_set
    lines, total = [], 0
    for indicator in rules.indicator_list:
        value = indicator.value(facts)
        points = indicator.points(value)
        lines.append({"word": indicator.word, "value": plain(value), "points": str(points)})
        total += points
    sheet = {"facts": {word: plain(number) for word, number in facts.items()}, "indicators": lines}
    score = Score(
        cycle=cycle, community_id=key, total=total, class_name=rules.class_of(total), sheet=sheet, run=cycle.run
    )
    score.seal()
    return score


def plain(number):
    """As people write it: 12, 2.5."""
    return format(number.normalize(), "f")


def keep(scores):
    """A score that is there already is written over."""
    Score.objects.bulk_create(
        scores, update_conflicts=True, unique_fields=["cycle", "community"], update_fields=WRITTEN
    )


def finish(cycle):
    """Forget KIM that no longer compete, rank all others, and say that it is done."""
    cycle.scores.exclude(run=cycle.run).delete()
    with connection.cursor() as cursor:
        cursor.execute(RANK, [cycle.pk])
    cycle.finish_computing(digest_of(cycle))


def digest_of(cycle):
    """One digest over those of all scores, in the order of the keys of their KIM."""
    whole = hashlib.sha256()
    digests = cycle.scores.order_by("community").values_list("digest", flat=True)
    for digest in digests.iterator():
        whole.update(digest.encode())
    return whole.hexdigest()
