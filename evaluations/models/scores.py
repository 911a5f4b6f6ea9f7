"""What one KIM reached in one evaluation, with every number that it comes from."""

import hashlib
import json
from dataclasses import dataclass
from decimal import Decimal

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from communities.models import Community
from evaluations.facts import FACTS, Fact
from evaluations.models import guards
from evaluations.models.cycles import Cycle
from evaluations.models.rule_sets import ClassThreshold, Indicator
from regions.atlas import FROM_ATLAS
from regions.models import Region


@dataclass(frozen=True)
class Line:
    """One indicator of one KIM: the raw facts it comes from, what its formula made of them, and its points."""

    indicator: Indicator
    facts: list[tuple[Fact, Decimal]]
    value: Decimal
    points: Decimal

    @property
    def missing(self):
        """How many points more there are to gain."""
        return self.indicator.weight - self.points


class ScoreQuerySet(models.QuerySet):
    def told_to_kim(self):
        """Those that their KIM reads."""
        return self.filter(cycle__in=Cycle.objects.told_to_kim())

    def seen_by(self, user):
        """Not those that this person judges as a juror and has not closed the own marks on."""
        return self.exclude(cycle__jurors__in=user.juries.filter(closed_at=None))

    def public(self):
        """Of KIM that still stand: of any other no list tells."""
        return self.filter(community__status__in=Community.STANDING_STATUSES)

    def per_class(self):
        """`(class in words, number of KIM)`, the highest class first."""
        numbers = dict(self.order_by().values_list("class_name").annotate(models.Count("pk")))
        return [(row.label, numbers.get(row.value, 0)) for row in reversed(ClassThreshold.Name)]

    def for_results(self):
        """What a list of ranks shows of each."""
        return self.select_related("community").fetch_mode(FROM_ATLAS).defer("sheet")

    def ranked(self):
        return self.order_by("rank", "pk")


class Score(models.Model):
    """The score of one KIM: the total of its points, its rank among all of the cycle, its class.

    `sheet` is `{"facts": {word: number}, "indicators": [{"word", "value", "points"}]}`, every number the text of a
    decimal; `digest` is the SHA-256 of `canonical`, which says all but the rank.
    """

    cycle = models.ForeignKey(Cycle, models.PROTECT, related_name="scores", db_index=False, verbose_name=_("evaluasi"))
    community = models.ForeignKey(
        Community, models.PROTECT, related_name="scores", db_index=False, verbose_name=_("KIM")
    )
    total = models.DecimalField(_("nilai"), max_digits=6, decimal_places=2)
    class_name = models.CharField(_("kelas"), max_length=10, choices=ClassThreshold.Name)
    # None until the worker has all of them.
    rank = models.PositiveIntegerField(_("peringkat"), null=True)
    sheet = models.JSONField(_("rincian"))
    digest = models.CharField(_("sidik"), max_length=64)
    run = models.PositiveSmallIntegerField(editable=False)

    objects = ScoreQuerySet.as_manager()

    class Meta:
        verbose_name = _("nilai KIM")
        verbose_name_plural = _("nilai KIM")
        constraints = [
            models.UniqueConstraint(fields=["cycle", "community"], name="one_score_of_a_kim"),
            models.CheckConstraint(condition=Q(total__gte=0, total__lte=100), name="score_within_100"),
        ]
        indexes = [
            models.Index(fields=["cycle", "rank", "id"], name="score_by_rank"),
            models.Index(fields=["community", "cycle"], name="score_of_kim"),
        ]
        triggers = [guards.frozen_scores_stay()]

    def __str__(self):
        return f"{self.community}: {self.total}"

    @property
    def desk_path(self):
        return reverse("admin:evaluations_score_change", args=[self.pk])

    @property
    def facts(self):
        """`{word: Decimal}` of all raw facts."""
        return {word: Decimal(number) for word, number in self.sheet["facts"].items()}

    @property
    def lines(self):
        """A Line for each indicator of the rules, in their order."""
        facts = self.facts
        kept = {row["word"]: row for row in self.sheet["indicators"]}
        return [
            Line(
                indicator,
                [(FACTS[fact.word], facts[fact.word]) for fact in indicator.facts],
                Decimal(kept[indicator.word]["value"]),
                Decimal(kept[indicator.word]["points"]),
            )
            for indicator in self.cycle.rule_set.indicator_list
        ]

    def decided_by(self, user):
        """Whether this officer puts it forward: whoever carries the cycle out."""
        return self.cycle.decided_by(user)

    @property
    def other_facts(self):
        """`(Fact, number)` of those that no indicator of the rules names."""
        named = {fact.word for indicator in self.cycle.rule_set.indicator_list for fact in indicator.facts}
        return [(FACTS[word], number) for word, number in self.facts.items() if word not in named]

    @property
    def may_be_put_forward(self):
        """Whether it is a published result below the national level, of a KIM that stands and was not put forward."""
        is_below = self.cycle.is_public and self.cycle.region.level > Region.Level.NATION
        stands = self.community.is_standing
        return is_below and stands and not self.cycle.selections.filter(community=self.community).exists()

    @property
    def canonical(self):
        """All of it but the rank, as bytes that are the same whenever the numbers are."""
        says = {
            "class": self.class_name,
            "community": self.community_id,
            "cycle": self.cycle_id,
            "sheet": self.sheet,
            "total": str(self.total),
        }
        return json.dumps(says, sort_keys=True, separators=(",", ":"), ensure_ascii=False).encode()

    def seal(self):
        """Set the digest to what it says now."""
        self.digest = hashlib.sha256(self.canonical).hexdigest()
