from evaluations.models.cycles import Cycle, CycleStep
from evaluations.models.juries import Criterion, Juror, JuryScore
from evaluations.models.objections import Objection
from evaluations.models.rule_sets import ClassThreshold, Indicator, RuleSet, RuleSetStep
from evaluations.models.scores import Score
from evaluations.models.selections import Selection

__all__ = [
    "ClassThreshold",
    "Criterion",
    "Cycle",
    "CycleStep",
    "Indicator",
    "Juror",
    "JuryScore",
    "Objection",
    "RuleSet",
    "RuleSetStep",
    "Score",
    "Selection",
]
