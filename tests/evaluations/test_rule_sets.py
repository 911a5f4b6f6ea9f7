"""A rule set is whole before it is frozen, and nobody changes it afterwards: neither a verb nor SQL."""

from contextlib import contextmanager
from decimal import Decimal

import pytest
from conftest import CLASSES
from django.core.exceptions import ValidationError
from django.db import IntegrityError, connection, transaction

from accounts.lifecycle import StepRefused
from evaluations.models import ClassThreshold, Indicator, RuleSet


def test_the_rules_of_2026_are_there_and_whole(db):
    rules = RuleSet.objects.get(region=None)

    assert rules.is_frozen
    assert rules.lacking() == []
    assert len(rules.indicator_list) == 11
    for indicator in rules.indicator_list:
        indicator.clean()


def test_the_ministry_freezes_rules_of_the_country(make_rules, dewi, made):
    rules = make_rules(status="draft")

    with pytest.raises(StepRefused, match="kementerian"):
        rules.freeze(by=made)
    rules.freeze(by=dewi)

    assert rules.is_frozen
    assert rules.steps.get().by == dewi
    with pytest.raises(StepRefused, match="sudah dibekukan"):
        rules.freeze(by=dewi)


def test_weights_that_do_not_sum_to_100_are_not_frozen(make_rules, dewi):
    rules = make_rules(status="draft", parts=[("publikasi", "berita", 60, 10)], classes={"pemula": 0})

    with pytest.raises(StepRefused, match=r"bobotnya 60\.00.*keempat kelas"):
        rules.freeze(by=dewi)


def test_the_database_freezes_no_rules_whose_weights_do_not_sum_to_100(make_rules):
    rules = make_rules(status="draft", parts=[("publikasi", "berita", 60, 10)])

    with pytest.raises(IntegrityError), checked_transaction():
        RuleSet.objects.filter(pk=rules.pk).update(status="frozen", frozen_at=rules.created_at)


@pytest.mark.parametrize(
    "deed",
    [
        lambda rules: RuleSet.objects.filter(pk=rules.pk).update(title="Lain"),
        lambda rules: RuleSet.objects.filter(pk=rules.pk).update(status="draft", frozen_at=None),
        lambda rules: Indicator.objects.filter(rule_set=rules).update(label="Lain"),
        lambda rules: Indicator.objects.filter(rule_set=rules).delete(),
        lambda rules: rules.indicators.create(word="lain", label="L", formula="berita", weight=1, cap=1),
        lambda rules: ClassThreshold.objects.filter(rule_set=rules, name="maju").update(least=61),
        lambda rules: ClassThreshold.objects.filter(rule_set=rules, name="maju").delete(),
    ],
)
def test_the_database_changes_no_frozen_rules(make_rules, deed):
    rules = make_rules()

    with pytest.raises(IntegrityError), checked_transaction():
        deed(rules)


@contextmanager
def checked_transaction():
    """With what the database checks when one ends."""
    with transaction.atomic():
        yield
        connection.check_constraints()


def test_a_copy_is_a_draft_of_the_next_version(make_rules, dewi, made, places):
    rules = make_rules()

    copy, own = rules.copy(by=dewi), rules.copy(by=made, region=places["64.02"])

    assert (copy.version, copy.status, copy.copied_from) == (2, "draft", rules)
    assert (own.version, own.region) == (1, places["64.02"])
    assert {row.name: row.least for row in copy.thresholds.all()} == CLASSES
    assert [row.formula for row in copy.indicators.all()] == [row.formula for row in rules.indicators.all()]
    with pytest.raises(StepRefused):
        rules.copy(by=made)


def test_an_indicator_is_refused_with_a_sentence_at_its_formula(make_rules):
    indicator = Indicator(rule_set=make_rules(status="draft"), word="a", label="A", formula="beritaa", weight=1, cap=1)

    with pytest.raises(ValidationError) as refused:
        indicator.full_clean()

    assert "beritaa" in refused.value.message_dict["formula"][0]


def test_points_are_a_part_of_the_weight_up_to_the_cap(make_rules):
    indicator = make_rules().indicators.get(word="publikasi")

    points = {value: str(indicator.points(Decimal(value))) for value in ("0", "3", "3.333", "10", "9999", "-5")}

    assert points == {"0": "0.00", "3": "15.00", "3.333": "16.67", "10": "50.00", "9999": "50.00", "-5": "0.00"}


@pytest.mark.parametrize(
    ("total", "name"),
    [("0", "pemula"), ("39.99", "pemula"), ("40", "berkembang"), ("60.00", "maju"), ("100", "mandiri")],
)
def test_the_class_follows_from_the_thresholds(make_rules, total, name):
    assert make_rules().class_of(Decimal(total)) == name
