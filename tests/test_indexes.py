"""The database holds what the models say; no index costs every write without being needed by any read."""

import pytest
from django.apps import apps
from django.db import connection

OURS = (
    *["accounts", "regions", "communities", "bulletins", "aspirations", "activities"],
    *["alerts", "evaluations", "monitoring"],
)

# Each pair of whole B-trees of one table of which the first begins as the second: whatever the first finds, that finds.
BEGINNING_AS_ANOTHER = """
    SELECT one.indexrelid::regclass::text
    FROM pg_index one
    JOIN pg_index other ON other.indrelid = one.indrelid AND other.indexrelid <> one.indexrelid
    JOIN pg_class short ON short.oid = one.indexrelid
    JOIN pg_class long ON long.oid = other.indexrelid AND long.relam = short.relam
    JOIN pg_am ON pg_am.oid = short.relam AND amname = 'btree'
    WHERE one.indrelid = %s::regclass AND NOT one.indisunique
        AND one.indpred IS NULL AND other.indpred IS NULL AND one.indexprs IS NULL AND other.indexprs IS NULL
        AND one.indnkeyatts < other.indnkeyatts
        AND array_to_string(other.indkey::int2[], ' ') || ' ' LIKE array_to_string(one.indkey::int2[], ' ') || ' %%'
        AND array_to_string(other.indclass::oid[], ' ') || ' ' LIKE array_to_string(one.indclass::oid[], ' ') || ' %%'
"""


NAMES = "SELECT relname FROM pg_class WHERE relkind = 'i' UNION SELECT conname FROM pg_constraint"


@pytest.mark.django_db
def test_every_index_and_constraint_of_a_model_stands_in_the_database():
    """Django drops a conditional constraint without a word, with the index that a foreign key no longer wants."""
    metas = [model._meta for app in OURS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        cursor.execute(NAMES)
        there = {name for (name,) in cursor.fetchall()}

    said = {thing.name for meta in metas for thing in [*meta.indexes, *meta.constraints]}
    assert len(said) > 200
    assert said - there == set()


@pytest.mark.django_db
def test_no_index_of_a_table_is_the_beginning_of_another():
    tables = [model._meta.db_table for app in OURS for model in apps.get_app_config(app).get_models()]
    with connection.cursor() as cursor:
        for table in tables:
            cursor.execute(BEGINNING_AS_ANOTHER, [table])
            assert cursor.fetchall() == [], table
