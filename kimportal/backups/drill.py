"""A backup counts when it was restored: the newest one, into a database that is dropped again."""

import json
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from secrets import token_hex

import psycopg
from django.db import connection
from psycopg.errors import InsufficientPrivilege
from psycopg.sql import SQL, Identifier, Literal

from kimportal.backups import Refused, contents, folder, restoring

LOCK = "SELECT pg_try_advisory_lock(hashtext('restore_drill'))"
LEFT = "SELECT datname FROM pg_database WHERE starts_with(datname, %s)"
DROP = "DROP DATABASE IF EXISTS {} WITH (FORCE)"
MAKE = "CREATE DATABASE {name} TEMPLATE template0 ENCODING 'UTF8' LC_CTYPE {ctype}"


@dataclass
class Report:
    manifest: dict
    files: int
    found: list

    @property
    def different(self):
        return {words.partition(":")[0] for words in self.found}


def newest(place):
    made = {}
    for path in place.glob(f"*/{folder.MANIFEST}"):
        # A torn one is said below, when it is the newest that is left; what is of one region is no backup.
        with suppress(ValueError, KeyError, TypeError):
            manifest = json.loads(path.read_text())
            if not path.parent.name.endswith(".part") and "kind" not in manifest:
                made[str(manifest["made_at"])] = path.parent
    if not made:
        raise Refused(f"There is no backup below {place}.")
    return made[max(made)]


def carry_out(source):
    manifest = restoring.whole(source)
    restoring.require_release(manifest)
    with alone(), scratch(manifest["lc_ctype"]) as name:
        restoring.restore_rows(source, dbname=name)
        with psycopg.connect(**connection.get_connection_params() | {"dbname": name}) as other:
            found = list(contents.differences(manifest, other.cursor()))
    return Report(manifest, sum(1 for _ in folder.media_of(source)), found)


@contextmanager
def alone():
    """Of two at once the second is refused; what one left that was killed, a copy of everything, is dropped."""
    with psycopg.connect(**connection.get_connection_params(), autocommit=True) as session:
        if not session.execute(LOCK).fetchone()[0]:
            raise Refused("Another drill is under way.")
        for (name,) in session.execute(LEFT, [drills()]).fetchall():
            session.execute(SQL(DROP).format(Identifier(name)))
        yield


def drills():
    """What their databases are called, before the end."""
    return f"{restoring.database()}_drill_"


@contextmanager
def scratch(ctype):
    """A database of its own on this server, gone afterwards."""
    name = f"{drills()}{token_hex(4)}"
    with connection.cursor() as cursor:
        try:
            cursor.execute(SQL(MAKE).format(name=Identifier(name), ctype=Literal(ctype)))
        except InsufficientPrivilege as error:
            raise Refused("The role of DATABASE_URL may not make a database: ALTER ROLE … CREATEDB.") from error
    try:
        yield name
    finally:
        with connection.cursor() as cursor:
            cursor.execute(SQL(DROP).format(Identifier(name)))
