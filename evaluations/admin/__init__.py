"""The officers' desk of evaluations: rules, cycles and their scores, objections, selection."""

from evaluations.admin import cycles, objections, rule_sets, scores, selections

__all__ = ["cycles", "objections", "rule_sets", "scores", "selections"]
