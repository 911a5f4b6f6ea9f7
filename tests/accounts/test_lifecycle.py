"""Every table of a lifecycle, whatever app it is in: its statuses and verbs are there, and no status is lost."""

import inspect
import re

import pytest
from django.apps import apps

from accounts.lifecycle import Lifecycle

MODELS = [model for model in apps.get_models() if issubclass(model, Lifecycle)]


@pytest.fixture(params=MODELS, ids=lambda model: model._meta.label)
def model(request):
    return request.param


def test_there_are_lifecycles():
    assert {"communities.Community", "bulletins.Bulletin", "activities.Post"} <= {model._meta.label for model in MODELS}


def test_the_table_names_statuses_of_the_row(model):
    named = {*model.REACHED_FROM} | {
        start for verbs in model.REACHED_FROM.values() for one in verbs.values() for start in one
    }

    assert named <= {*model.Status}


def test_every_status_but_the_first_is_reached(model):
    first = model._meta.get_field("status").default

    assert {*model.Status} - {*model.REACHED_FROM} - {first} == set()


def test_every_verb_of_the_table_is_a_method_and_every_move_of_the_code_is_in_the_table(model):
    """Whoever writes a verb names it to `_move`, `_decide` or `_hand_on`, and the table knows it."""
    source = "".join(
        inspect.getsource(part)
        for part in model.__mro__
        if part.__module__.startswith(f"{model.__module__.partition('.')[0]}.")
    )
    named = set(re.findall(r'self\.(?:_move|_decide|_hand_on)\(\s*"(\w+)"', source))

    assert named == {verb for verbs in model.REACHED_FROM.values() for verb in verbs}
    assert all(callable(getattr(model, verb)) for verb in named)


def test_a_row_says_where_its_notices_lead_and_what_it_answers_a_verb_that_does_not_work(model):
    assert model.told_path is not Lifecycle.told_path
    assert str(model.NOT_NOW).endswith(".")
    assert model.TOLD_AS
