"""What every row at a place has in common, tried with each table that keeps one."""

import pytest
from django.apps import apps

from communities.models import Community
from regions.placed import LEVELS, Placed

PLACED = [model for model in apps.get_models() if issubclass(model, Placed)]


@pytest.mark.parametrize("model", PLACED, ids=lambda model: model._meta.label)
@pytest.mark.parametrize(
    ("code", "columns"),
    [
        ("0", [None, None, None, None]),
        ("64", ["64", None, None, None]),
        ("64.02", ["64", "64.02", None, None]),
        ("64.02.02", ["64", "64.02", "64.02.02", None]),
        ("64.02.02.2003", ["64", "64.02", "64.02.02", "64.02.02.2003"]),
    ],
)
def test_the_columns_below_the_level_of_a_place_stay_empty(places, model, code, columns):
    row = model()
    row.place_at(places["64.71.01.1001"])

    row.place_at(places[code])

    keys = [places[column].pk if column else None for column in columns]
    assert [getattr(row, f"{level}_id") for level in LEVELS] == keys
    assert getattr(row, model.PLACE) == places[code]


@pytest.mark.parametrize("model", PLACED, ids=lambda model: model._meta.label)
def test_every_level_begins_an_index(model):
    """Or else a region's page of such rows reads them all."""
    for level in LEVELS:
        begins = [index.fields[0] for index in model._meta.indexes if index.fields]
        assert level in begins, level


def test_what_lies_within_some_regions(places, make_community):
    here, there = make_community(), make_community("KIM Kota", seat="64.71.01.1001")

    assert set(Community.objects.within(places["0"])) == {here, there}
    assert set(Community.objects.within(places["64.02"])) == {here}
    assert set(Community.objects.within_any([places["64.02"], places["64.71.01"]])) == {here, there}
    assert not Community.objects.within_any([])
