"""Write the folder: rows and files of one moment, whole or not there."""

# ruff: noqa: S608 (names of our own tables and columns)

import hashlib
import json
from contextlib import contextmanager

from django.db import connection, models, transaction
from django.utils.translation import gettext as _

from accounts.stored_photo import StoredPhoto
from communities.models import Community
from kimportal.backups import Refused, folder
from kimportal.backups.taking import copy_file, made_by, made_whole
from kimportal.leaving import NOT_FOR_CHAIRS, Scope, rows
from kimportal.leaving.tables import ALL, LEFT_OUT, SHARED, TABLES
from regions.models import Region

FORMAT = 1
KIND = "kim-portal-region"
SIDES = "tables"
REFERENCES = "references.jsonl"
NOT_READ = "ketua KIM tidak membacanya di portal ini"


def scope_of(code="", slug=""):
    if slug and not Community.objects.filter(slug=slug).exists():
        raise Refused(f"There is no KIM {slug}.")
    if not slug and not Region.objects.filter(code=code).exists():
        raise Refused(f"There is no region {code}.")
    return Scope(code="" if slug else code, slug=slug)


# Each table is sought and its lines are made; then files.
STEPS = 2 * len(TABLES) + 2  # with people


def take(target, scope, tell=lambda words: None):
    """Fill a folder that is not there yet, and tell how far it is, in STEPS; the manifest."""
    with made_whole(target) as part:
        (part / SIDES).mkdir()
        (part / folder.MEDIA).mkdir()
        with moment() as cursor:
            rows.gather(cursor, scope, tell)
            manifest = facts_of(cursor, scope)
            manifest["tables"] = {table.name: write(cursor, part, table) for table in ALL}
            write_lost(cursor, part / REFERENCES)
            tell(_("Menyalin foto dan berkas"))
            manifest["missing"] = sorted(copy_files(cursor, part / folder.MEDIA))
        (part / folder.MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
    return manifest


@contextmanager
def moment():
    """Every row as it is now; what is gathered lies in tables that end with it."""
    joins = connection.in_atomic_block
    with transaction.atomic(), connection.cursor() as cursor:
        if not joins:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ")
        yield cursor


def facts_of(cursor, scope):
    cursor.execute(f"SELECT tbl, field, count(*) FROM {rows.LOST} GROUP BY 1, 2 ORDER BY 1, 2")
    return {
        "format": FORMAT,
        "kind": KIND,
        "scope": scope.facts,
        **made_by(),
        "references": {f"{table}.{field}": number for table, field, number in cursor.fetchall()},
        "left_out": LEFT_OUT | dict.fromkeys(NOT_FOR_CHAIRS if scope.for_chair else [], NOT_READ),
        "known_by": {model._meta.label_lower: word for model, word in SHARED.items()},
    }


def write(cursor, part, table):
    """A line for each row, and what they come to."""
    digest, number = hashlib.sha256(), 0
    with open(part / SIDES / f"{table.name}.jsonl", "wb") as file:
        for (line,) in lines(cursor, f"SELECT line::text FROM {rows.HERE} WHERE tbl = %s ORDER BY n", table.name):
            written = line.encode() + b"\n"
            file.write(written)
            digest.update(written)
            number += 1
    return {"rows": number, "sha256": digest.hexdigest(), "name": table.natural}


def lines(cursor, sql, *params):
    """Rows as the server gives them, never all together."""
    with connection.connection.cursor(name="leaving") as streamed:
        streamed.execute(sql, params)
        yield from streamed


def write_lost(cursor, path):
    with open(path, "w", encoding="utf-8") as file:
        for table, field, target, line in lines(cursor, f"SELECT * FROM {rows.LOST} ORDER BY 1, 2, 3, 4"):
            told = {"table": table, "field": field, "to": target, "row": line}
            file.write(json.dumps(told, ensure_ascii=False) + "\n")


def named_files(cursor):
    """What the rows name in the storage."""
    for table in TABLES:
        if issubclass(table.model, StoredPhoto):
            for (uuid,) in lines(cursor, f"SELECT line->>'uuid' FROM {rows.HERE} WHERE tbl = %s", table.name):
                yield from (f"{table.model.FOLDER}/{uuid[:2]}/{uuid}/{name}" for name in table.model.NAMES)
        for field in table.fields:
            if isinstance(field, models.FileField):
                asked = f"SELECT line->>%s FROM {rows.HERE} WHERE tbl = %s"
                yield from (name for (name,) in lines(cursor, asked, field.column, table.name) if name)


def copy_files(cursor, media):
    """The names of those that the storage has lost."""
    return (name for name in named_files(cursor) if not copy_file(name, media / name))
