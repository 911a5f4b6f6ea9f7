"""Put a backup back into an empty server, whoever owns it, and compare; broken off, it begins again."""

from hashlib import file_digest

from django.core.files import File
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from django.db.migrations.loader import MigrationLoader

from kimportal.backups import Refused, contents, folder, tools
from kimportal.backups.taking import stored_names

# In the storage while files come: this backup's, and not all of them yet.
UNDER_WAY = "restore-under-way"
# Indexes are made at once, with memory that no visitor needs now.
SESSION = "-c maintenance_work_mem=256MB -c statement_timeout=0 -c lock_timeout=0"
SHOWN = 10
AT_WORK = """
SELECT EXISTS (
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND application_name = 'pg_restore')
"""


def restore(source, tell):
    """All of it or, refused, nothing: what is wrong is found before anything is touched."""
    mark = folder.mark_of(source)
    begun = read_mark() == mark
    with connection.cursor() as cursor:
        is_empty = contents.is_empty(cursor)
    if is_empty and is_being_restored():
        raise Refused("A restore still writes its rows here: wait until it is through, then begin again.")
    if not is_empty and not begun:
        raise Refused(f"The database {database()} is not empty: restore into a new one.")
    if not begun and next(stored_names(), None):
        raise Refused("The folder of the media (MEDIA_ROOT) is not empty: restore into a new one.")
    manifest = whole(source)
    tell(f"{source} is whole: {told(manifest)}.")
    require_release(manifest)
    if begun:
        tell("A restore of this backup was broken off here. It goes on.")
    else:
        default_storage.delete(UNDER_WAY)  # of another backup, which came no further
        default_storage.save(UNDER_WAY, ContentFile(mark.encode()))
    restore_media(source)
    tell("Every file is there. Now the rows …")
    if is_empty:
        restore_rows(source)
    compare(manifest)
    default_storage.delete(UNDER_WAY)
    return manifest


def whole(source):
    """The manifest of a backup that is as it was written; refused for what is of one region alone."""
    manifest = folder.verify(source)
    if "kind" in manifest:
        raise Refused(f"{source} is of one region or KIM: `manage.py import_region` reads it.")
    return manifest


def told(manifest):
    rows = sum(table["rows"] for table in manifest["tables"].values())
    return f"{len(manifest['tables'])} tables with {rows} rows, {manifest['portal']}, {manifest['made_at']}"


def require_release(manifest):
    """This code must know every migration of the backup, and this server be no older."""
    known = MigrationLoader(None, ignore_no_migrations=True).disk_migrations
    if unknown := [f"{app}.{name}" for app, name in manifest["migrations"] if (app, name) not in known]:
        raise Refused(f"The backup is of a newer release ({manifest['portal']}): {unknown[0]} is not known here.")
    made_by, here = int(manifest["postgresql"].split(".")[0]), tools.server_version()
    if made_by > here:
        raise Refused(f"The backup is of PostgreSQL {made_by}; this server is version {here}.")


def database():
    return connection.settings_dict["NAME"] or connection.get_connection_params().get("dbname", "")


def read_mark():
    try:
        with default_storage.open(UNDER_WAY) as file:
            return file.read().decode()
    except FileNotFoundError:
        return ""


def restore_media(source):
    for name, digest in folder.media_of(source):
        if stored_hash(name) == digest:
            continue
        default_storage.delete(name)  # by half, of one that was broken off
        with open(source / folder.MEDIA / name, "rb") as file:
            saved = default_storage.save(name, File(file))
        if saved != name or stored_hash(name) != digest:
            raise Refused(f"{name} could not be put back as it was; begin again.")


def stored_hash(name, storage=default_storage):
    """Empty for a file that is not there."""
    try:
        with storage.open(name) as file:
            return file_digest(file, "sha256").hexdigest()
    except FileNotFoundError:
        return ""


def is_being_restored():
    """Whether pg_restore is at work here, perhaps on its own: it outlives whoever began it and was killed."""
    with connection.cursor() as cursor:
        cursor.execute(AT_WORK)
        return cursor.fetchone()[0]


def restore_rows(source, dbname=None):
    """In one transaction: broken off, the database is as empty as before."""
    process = tools.run(
        "pg_restore", "--single-transaction", "--no-owner", "--no-privileges", "--no-comments", "--exit-on-error",
        str(source / folder.DUMP), dbname=dbname, session=SESSION,
    )  # fmt: skip
    tools.finish(process, "pg_restore")


def compare(manifest):
    with transaction.atomic(), connection.cursor() as cursor:
        found = list(contents.differences(manifest, cursor))
    if found:
        more = f", and {len(found) - SHOWN} more" if len(found) > SHOWN else ""
        raise Refused(f"The rows are there, but not as they were: {'; '.join(found[:SHOWN])}{more}.")
