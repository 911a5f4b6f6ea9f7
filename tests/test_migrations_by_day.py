"""A release comes by day: while its migrations run, and after them, the release before it goes on reading and writing.

So a new migration takes no column or table away, asks no old code for a value, and locks no table for longer than a
moment. What must go goes a release later; a required field has a `db_default`; an index is made CONCURRENTLY.
"""

import subprocess
import sys
from io import StringIO
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core.management import call_command

# The last migration of each app that no release was running before.
FIRST_RELEASE = {
    "accounts": "0005", "activities": "0002", "alerts": "0001", "aspirations": "0002", "bulletins": "0001",
    "communities": "0004", "evaluations": "0002", "monitoring": "0002", "pages": "0001", "regions": "0004",
}  # fmt: skip
# {migration: {rule of squawk it breaks}}, each where a comment of the migration says why it is safe all the same.
SAFE = {}
# Beside the Python of the tests, which need not be on the PATH.
SQUAWK = Path(sys.executable).with_name("squawk")


def migrations():
    for label in FIRST_RELEASE:
        folder = settings.BASE_DIR / label / "migrations"
        yield from ((label, path.stem) for path in sorted(folder.glob("0*.py")) if path.stem[:4] > FIRST_RELEASE[label])


def findings(sql, *options):
    """The rules that these statements break."""
    command = [SQUAWK, "--config", settings.BASE_DIR / ".squawk.toml", "--reporter", "gcc", *options]
    done = subprocess.run(command, input=sql, capture_output=True, text=True)
    assert not done.stderr, done.stderr
    return {line.split("warning: ")[-1].split("error: ")[-1].split()[0] for line in done.stdout.splitlines()}


def test_every_app_with_tables_is_looked_at():
    assert {app.label for app in apps.get_app_configs() if (settings.BASE_DIR / app.label / "migrations").exists()} == {
        *FIRST_RELEASE
    }


def test_a_new_migration_lets_the_release_before_it_run_on(django_db_setup, django_db_blocker):
    broken = {}
    for label, name in migrations():
        written = StringIO()
        with django_db_blocker.unblock():  # in no transaction: there nothing is told of an index made CONCURRENTLY
            call_command("sqlmigrate", label, name, stdout=written)
        apart = [] if "BEGIN;\n" in written.getvalue() else ["--no-assume-in-transaction"]
        statements = written.getvalue().replace("BEGIN;\n", "", 1).replace("COMMIT;\n", "")
        if found := findings(statements, *apart):
            broken[f"{label}.{name}"] = found

    assert broken == SAFE


@pytest.mark.parametrize(
    ("sql", "rule"),
    [
        ("ALTER TABLE post DROP COLUMN venue;", "ban-drop-column"),
        ("ALTER TABLE post ADD COLUMN venue text NOT NULL;", "adding-required-field"),
        ("ALTER TABLE post ADD COLUMN n int DEFAULT 0 NOT NULL; ALTER TABLE post ALTER COLUMN n DROP DEFAULT;",
         "ban-drop-default"),
        ("ALTER TABLE post RENAME COLUMN venue TO place;", "renaming-column"),
        ("CREATE INDEX of_venue ON post (venue);", "require-concurrent-index-creation"),
        ("ALTER TABLE post ADD CONSTRAINT some CHECK (n > 0);", "constraint-missing-not-valid"),
    ],
)  # fmt: skip
def test_what_would_stop_or_break_the_release_before_is_seen(sql, rule):
    assert findings(sql) == {rule}


@pytest.mark.parametrize(
    "sql",
    [
        "CREATE TABLE thanks (id bigint, post bigint); CREATE INDEX of_post ON thanks (post);",
        "ALTER TABLE post ADD COLUMN n int DEFAULT 0 NOT NULL;",
        "CREATE INDEX CONCURRENTLY of_venue ON post (venue);",
    ],
)
def test_what_only_adds_is_fine(sql):
    assert findings(sql) == set()
