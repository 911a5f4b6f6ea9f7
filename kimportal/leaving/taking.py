"""Write the folder: rows and files of one moment, whole or not there."""

# ruff: noqa: S608 (names of our own tables and columns)

import hashlib
import json
import shutil
from contextlib import contextmanager

from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.stored_photo import StoredPhoto
from communities.models import Community
from kimportal.backups import Refused, folder
from kimportal.backups.taking import alone, clear, release
from kimportal.leaving import Scope, rows
from kimportal.leaving.tables import ALL, LEFT_OUT, SHARED, TABLES
from regions.loading import last_edition
from regions.models import Region

FORMAT = 1
KIND = "kim-portal-region"
SIDES = "tables"
REFERENCES = "references.jsonl"
BLOCK = 2**20


def scope_of(code="", slug=""):
    if slug and not Community.objects.filter(slug=slug).exists():
        raise Refused(f"There is no KIM {slug}.")
    if not slug and not Region.objects.filter(code=code).exists():
        raise Refused(f"There is no region {code}.")
    return Scope(code="" if slug else code, slug=slug)


def take(target, scope):
    """Fill a folder that is not there yet, beside it first; the manifest."""
    if target.exists():
        raise Refused(f"{target} is there already: name a folder that is not.")
    if not target.parent.is_dir():
        raise Refused(f"{target.parent} is not there: make it first.")
    part = target.with_name(f"{target.name}.part")
    with alone(part):
        clear(part)
        (part / SIDES).mkdir()
        (part / folder.MEDIA).mkdir()
        with moment() as cursor:
            rows.gather(cursor, scope)
            manifest = facts_of(cursor, scope)
            manifest["tables"] = {table.name: write(cursor, part, table) for table in ALL}
            write_lost(cursor, part / REFERENCES)
            manifest["missing"] = sorted(copy_files(cursor, part / folder.MEDIA))
        (part / folder.MANIFEST).write_text(json.dumps(manifest, indent=1, ensure_ascii=False))
        folder.seal(part)
        part.rename(target)
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
    edition = last_edition()
    cursor.execute(f"SELECT tbl, field, count(*) FROM {rows.LOST} GROUP BY 1, 2 ORDER BY 1, 2")
    return {
        "format": FORMAT,
        "kind": KIND,
        "scope": scope.facts,
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "portal": release(),
        "regions": [edition.name, edition.fingerprint] if edition else [],
        "migrations": sorted(map(list, MigrationRecorder(connection).applied_migrations())),
        "references": {f"{table}.{field}": number for table, field, number in cursor.fetchall()},
        "left_out": LEFT_OUT,
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
    for name in named_files(cursor):
        path = media / name
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            with default_storage.open(name) as file, open(path, "wb") as copy:
                shutil.copyfileobj(file, copy, BLOCK)
        except FileNotFoundError:
            path.unlink(missing_ok=True)
            yield name
