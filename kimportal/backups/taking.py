"""Take a backup: everything in it is of one moment, however much is written meanwhile."""

import fcntl
import json
import os
import shutil
import subprocess
import tomllib
from contextlib import contextmanager

from django.apps import apps
from django.conf import settings
from django.core.files.storage import default_storage
from django.db import connection, models, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.utils import timezone

from accounts.stored_photo import StoredPhoto
from kimportal.backups import Refused, contents, folder, tools
from regions.loading import last_edition

ROUNDS = 5
# Files as offices brought them, with all that is not ours to keep, live for a minute, and in no backup; copies for
# another portal for two days.
NOT_KEPT = (".upload", ".copy", "restore-under-way")
BLOCK = 2**20
SERVER = "SELECT current_setting('server_version'), datctype FROM pg_database WHERE datname = current_database()"


def take(target, tell):
    """Fill a folder that is not there yet; the manifest."""
    with made_whole(target) as part:
        manifest = fill(part, tell)
        (part / folder.MANIFEST).write_text(json.dumps(manifest, indent=1))
    return manifest


@contextmanager
def made_whole(target):
    """A folder beside the target, to be filled: sealed, it takes the name, and before nothing is there."""
    if target.exists():
        raise Refused(f"{target} is there already: name a folder that is not.")
    if not target.parent.is_dir():
        raise Refused(f"{target.parent} is not there: make it first.")
    part = target.with_name(f"{target.name}.part")
    with alone(part):
        clear(part)
        yield part
        folder.seal(part)
        part.rename(target)


@contextmanager
def alone(part):
    """Of two at once the second is refused; what one left that was killed is nobody's."""
    part.mkdir(mode=0o700, exist_ok=True)
    place = os.open(part, os.O_RDONLY)
    try:
        fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
        yield
    except BlockingIOError as error:
        raise Refused(f"Another backup is being written to {part}.") from error
    finally:
        os.close(place)


def clear(part):
    for path in part.iterdir():
        shutil.rmtree(path) if path.is_dir() else path.unlink()


def fill(part, tell):
    """The files, then a moment at which they are all there, then the rows of that moment."""
    (part / folder.MEDIA).mkdir()
    absent = None
    for _round in range(ROUNDS):
        copy_media(part / folder.MEDIA)
        with moment() as (cursor, snapshot):
            # What came between the copy and this moment.
            copy_media(part / folder.MEDIA)
            before, absent = absent, missing_of(part / folder.MEDIA)
            # A photo that was deleted a moment ago has no row at the next one; what the portal lacks it lacks again.
            if not absent or absent == before:
                tell("The files are there. Now the rows …")
                return write_rows(part, cursor, snapshot) | {"missing": sorted(absent)}
    raise Refused("Photos are being deleted faster than they can be copied; begin again when fewer people write.")


@contextmanager
def moment():
    """A transaction to which every row is as it is now, and the name by which others look at the same."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
        cursor.execute(contents.SAID_ALIKE)
        cursor.execute("SELECT pg_export_snapshot()")
        yield cursor, cursor.fetchone()[0]


def write_rows(part, cursor, snapshot):
    facts = facts_of(cursor)
    where = ["--format=custom", "--compress=1", f"--snapshot={snapshot}", f"--file={part / folder.DUMP}"]
    dump = tools.run("pg_dump", *where)
    try:
        tables = contents.tables_of(cursor)
        tools.finish(dump, "pg_dump")
    finally:
        if dump.poll() is None:
            dump.kill()
            dump.wait()
    return facts | {"tables": tables}


def facts_of(cursor):
    cursor.execute(SERVER)
    server, ctype = cursor.fetchone()
    return {
        "format": folder.FORMAT,
        **made_by(),
        "postgresql": server,
        "lc_ctype": ctype,
        "numbers": contents.numbers_of(cursor),
        "parts": contents.parts_of(cursor),
    }


def made_by():
    """What of a manifest is of this portal and this moment."""
    edition = last_edition()
    return {
        "made_at": timezone.now().isoformat(timespec="seconds"),
        "portal": release(),
        "regions": [edition.name, edition.fingerprint] if edition else [],
        "migrations": migrations(),
    }


def migrations():
    return sorted(map(list, MigrationRecorder(connection).applied_migrations()))


def release():
    """The version of this code, with its commit where git tells."""
    project = tomllib.loads((settings.BASE_DIR / "pyproject.toml").read_text())["project"]
    try:
        asked = ["git", "-C", settings.BASE_DIR, "rev-parse", "--short", "HEAD"]
        commit = subprocess.run(asked, capture_output=True, text=True, check=True).stdout.strip()
    except (OSError, subprocess.CalledProcessError):
        return project["version"]
    return f"{project['version']}+{commit}"


def copy_media(media):
    for name in stored_names():
        path = media / name
        if path.exists() and path.stat().st_size == size_of(name):
            continue
        copy_file(name, path)  # or none, of one that was deleted since it was listed


def copy_file(name, path):
    """A file of the storage to this path; whether it was there."""
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with default_storage.open(name) as file, open(path, "wb") as copy:
            shutil.copyfileobj(file, copy, BLOCK)
    except FileNotFoundError:
        path.unlink(missing_ok=True)
        return False
    return True


def size_of(name):
    try:
        return default_storage.size(name)
    except FileNotFoundError:
        return None


def stored_names(place="", storage=default_storage):
    """The name of every file of the storage."""
    try:
        folders, files = storage.listdir(place)
    except FileNotFoundError:
        return
    inside = f"{place}/" if place else ""
    yield from (f"{inside}{name}" for name in files if not name.endswith(NOT_KEPT))
    for name in folders:
        yield from stored_names(f"{inside}{name}", storage)


def missing_of(media):
    """What rows of this moment name and the copy lacks."""
    return {name for name in named_files() if not name.endswith(NOT_KEPT) and not (media / name).exists()}


def named_files():
    for model in apps.get_models():
        if issubclass(model, StoredPhoto):
            for photo in model._base_manager.only("uuid").iterator():
                yield from (photo.path(name) for name in photo.NAMES)
        for field in model._meta.local_fields:
            if isinstance(field, models.FileField):
                yield from model._base_manager.exclude(**{field.name: ""}).values_list(field.name, flat=True).iterator()
