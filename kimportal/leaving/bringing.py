"""Bring a folder into another portal: all of it in one transaction, or nothing and the rows that stand in the way."""

# ruff: noqa: S608 (names of our own tables and columns)

from contextlib import contextmanager

from django.contrib.auth.hashers import make_password
from django.core.files import File
from django.core.files.storage import default_storage
from django.db import IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from accounts.audit import with_reason
from activities.models import PostRevision
from kimportal.backups import Refused, folder
from kimportal.backups.restoring import stored_hash
from kimportal.backups.taking import migrations
from kimportal.leaving import IMPORTED, Scope, rows
from kimportal.leaving.rows import COMING, HERE
from kimportal.leaving.tables import ALL, BY_NAME, FIRST, OF_EACH_PORTAL, PEOPLE, SHARED, TABLES, TRAIL
from kimportal.leaving.taking import KIND, SIDES
from pages import freshness

SHOWN = 50
BLOCK = 2**20
# By what people know a line.
TITLE = "coalesce(line->>'title', line->>'name', line->>'number', line->>'text', name)"


def bring(source, *, match_accounts=False):
    """How many rows were added; 0 when all of it is there already."""
    manifest = folder.verify(source)
    if manifest.get("kind") != KIND:
        raise Refused(f"{source} is a backup of a whole portal: `manage.py restore` reads it.")
    if migrations() != manifest["migrations"]:
        raise Refused(f"The folder is of {manifest['portal']}, this portal of another release: bring both to the same.")
    scope = Scope.told(manifest)
    with written_files() as written, transaction.atomic(), connection.cursor() as cursor:
        load(cursor, source)
        require_known(cursor)
        rows.gather(cursor, scope)
        if not differences(cursor):
            return 0
        require_room(cursor, match_accounts=match_accounts)
        bring_files(source, written)
        added = add(cursor)
        rows.gather(cursor, scope)
        if changed := differences(cursor):
            raise Refused(_("Isinya tidak sama setelah diimpor: %(rows)s.") % {"rows": listed(changed)})
        transaction.on_commit(lambda: freshness.changed(freshness.EVERY_PAGE))
    return added


@contextmanager
def written_files():
    """What was written to the storage goes again when the rows do not stay."""
    written = []
    try:
        yield written
    except BaseException:
        for name in written:
            default_storage.delete(name)
        raise


def load(cursor, source):
    cursor.execute(rows.SAID_ALIKE)
    cursor.execute(f"DROP TABLE IF EXISTS {COMING}")
    cursor.execute(rows.MAKE.format(name=COMING))
    for table in ALL:
        with (
            open(source / SIDES / f"{table.name}.jsonl", encoding="utf-8", newline="\n") as file,
            cursor.copy(f"COPY {COMING} (tbl, n, line) FROM STDIN") as copy,
        ):
            for number, line in enumerate(file, 1):
                copy.write_row((table.name, number, line))
        name = f"line->>'{table.natural}'" if table.natural else "n::text"
        cursor.execute(f"UPDATE {COMING} SET name = {name} WHERE tbl = %s", [table.name])
    cursor.execute(f"ANALYZE {COMING}")


def require_known(cursor):
    """Regions, sectors and the like are those of this portal."""
    unknown = set()
    for table in [*TABLES, TRAIL]:
        for key in table.keys:
            if word := SHARED.get(key.related_model):
                cursor.execute(
                    f"SELECT DISTINCT line->>'{key.column}' FROM {COMING} WHERE tbl = %s "
                    f"AND line->>'{key.column}' IS NOT NULL AND NOT EXISTS "
                    f"(SELECT FROM {key.related_model._meta.db_table} o WHERE o.{word} = line->>'{key.column}')",
                    [table.name],
                )
                unknown |= {f"{key.related_model._meta.verbose_name} {said}" for (said,) in cursor.fetchall()}
    if unknown:
        raise Refused(_("Portal ini tidak mengenal: %(rows)s.") % {"rows": listed(sorted(unknown))})


def differences(cursor):
    """Lines of the scope that only one of the two has, in words; accounts belong to no scope."""
    cursor.execute(
        f"SELECT tbl, {TITLE}, name "
        f"FROM ({alike(HERE)} EXCEPT {alike(COMING)} UNION ALL ({alike(COMING)} EXCEPT {alike(HERE)})) both_sides "
        f"WHERE tbl <> %s ORDER BY 1, 2 LIMIT %s",
        [PEOPLE.name, SHOWN + 1],
    )
    return told(cursor)


def alike(side):
    """Lines without what each portal says of its own; an entry of the trail may stand elsewhere in it."""
    cases = " ".join(
        f"WHEN '{table}' THEN line - ARRAY[{', '.join(map(repr, columns))}]"
        for table, columns in OF_EACH_PORTAL.items()
    )
    name = f"CASE tbl WHEN '{TRAIL.name}' THEN '' ELSE name END"
    return f"SELECT tbl, {name} AS name, CASE tbl {cases} ELSE line END AS line FROM {side}"


def told(cursor):
    found = ((BY_NAME[table].model._meta.verbose_name, title, name) for table, title, name in cursor.fetchall())
    return [f"{kind} {name}" if title == name else f"{kind} “{title[:60]}” ({name})" for kind, title, name in found]


def require_room(cursor, *, match_accounts):
    """Nothing of the scope may be here already, nor what only one row may have."""
    if found := [*rows_here(cursor), *values_taken(cursor)]:
        raise Refused(_("Portal ini sudah mempunyai: %(rows)s.") % {"rows": listed([*dict.fromkeys(found)])})
    if not match_accounts and (found := accounts_here(cursor)):
        raise Refused(
            _("Surel ini sudah terdaftar: %(rows)s. Jika benar orang yang sama, pakai --match-accounts.")
            % {"rows": listed(found)}
        )


def rows_here(cursor):
    """The KIM first: by their names everyone knows what is here already."""
    cursor.execute(
        f"SELECT tbl, {TITLE}, name FROM {HERE} WHERE tbl NOT IN (%s, %s) "
        "ORDER BY tbl <> 'communities.community', array_position(%s, tbl), n LIMIT %s",
        [PEOPLE.name, TRAIL.name, [table.name for table in TABLES], SHOWN + 1],
    )
    return told(cursor)


def values_taken(cursor):
    """The coming rows with a value that only one row of this portal may have, and one has."""
    for table in TABLES:
        for field in table.fields:
            if field.unique and not field.is_relation:
                cursor.execute(
                    f"SELECT tbl, coalesce(line->>'title', line->>'name', name), line->>'{field.column}' FROM {COMING} "
                    f"WHERE tbl = %s AND EXISTS (SELECT FROM {table.db} t "
                    f"WHERE t.{field.column}::text = line->>'{field.column}') LIMIT %s",
                    [table.name, SHOWN + 1],
                )
                yield from told(cursor)


def accounts_here(cursor):
    cursor.execute(
        f"SELECT tbl, p.name, p.name FROM {COMING} p JOIN {PEOPLE.db} u ON lower(u.email) = lower(p.name) "
        "WHERE tbl = %s ORDER BY n LIMIT %s",
        [PEOPLE.name, SHOWN + 1],
    )
    return told(cursor)


def listed(found):
    more = ", …" if len(found) > SHOWN else ""
    return "; ".join(found[:SHOWN]) + more


def bring_files(source, written):
    for name, digest in folder.media_of(source):
        known = stored_hash(name)
        if known == digest:
            continue
        if known:
            if not is_half_of(name, source / folder.MEDIA / name):
                raise Refused(_("Berkas %(name)s sudah ada dengan isi lain.") % {"name": name})
            default_storage.delete(name)
        written.append(name)
        with open(source / folder.MEDIA / name, "rb") as file:
            default_storage.save(name, File(file))
        if stored_hash(name) != digest:
            raise Refused(f"{name} could not be stored as it was; begin again.")


def is_half_of(name, path):
    """Whether what is stored is a beginning of this file: whoever brought it was killed meanwhile."""
    with default_storage.open(name) as half, open(path, "rb") as whole:
        return all(block == whole.read(len(block)) for block in iter(lambda: half.read(BLOCK), b""))


def add(cursor):
    """Keys first, so that rows may name each other in any order; then the rows."""
    match_rows(cursor)
    require_same_rules(cursor)
    give_keys(cursor)
    try:
        return insert_all(cursor)
    except IntegrityError as error:
        raise Refused(_("Basis data menolak sebuah baris: %(why)s") % {"why": str(error).splitlines()[0]}) from error


def match_rows(cursor):
    """Accounts of the same address, and rows of tables that every portal has, get the keys that they have here."""
    cursor.execute(
        f"UPDATE {COMING} p SET pk = u.id FROM {PEOPLE.db} u WHERE p.tbl = %s AND lower(u.email) = lower(p.name)",
        [PEOPLE.name],
    )
    for table in filter(lambda table: table.same, TABLES):
        cursor.execute(
            f"UPDATE {COMING} p SET pk = t.id FROM {table.db} t, {COMING} q, jsonb_populate_record(NULL::{table.db}, "
            f"{rows.crossed('q.line', table, rows.back)}) r WHERE p.tbl = %s AND q.tbl = p.tbl AND q.n = p.n AND "
            + " AND ".join(f"t.{column} IS NOT DISTINCT FROM r.{column}" for column in table.same),
            [table.name],
        )


def give_keys(cursor):
    """New keys to all rows that are not here already, which `leaving_matched` names."""
    cursor.execute(
        f"CREATE TEMP TABLE leaving_matched ON COMMIT DROP AS SELECT tbl, name FROM {COMING} WHERE pk IS NOT NULL"
    )
    for table in ALL:
        cursor.execute(
            f"UPDATE {COMING} p SET pk = s.pk FROM (SELECT n, nextval(pg_get_serial_sequence(%s, 'id')) pk "
            f"FROM (SELECT n FROM {COMING} WHERE tbl = %s AND pk IS NULL ORDER BY n) o) s "
            f"WHERE p.tbl = %s AND p.n = s.n",
            [table.db, table.name, table.name],
        )


def insert_all(cursor):
    """How many rows were added, without those of the trail."""
    first = [BY_NAME[name] for name in FIRST]
    with with_reason(IMPORTED):
        added = sum(insert(cursor, table) for table in [PEOPLE, *first, *(one for one in TABLES if one not in first)])
    for table in TABLES:
        insert_trail(cursor, table)
    go_on_from(cursor)
    cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
    return added


def require_same_rules(cursor):
    """Frozen rules take no indicator and no class that they have not; a weight that differs is seen in the end."""
    cursor.execute(
        "SELECT p.tbl, coalesce(p.line->>'label', p.line->>'name'), coalesce(p.line->>'word', p.line->>'name') "
        f"FROM {COMING} p JOIN {COMING} q ON q.tbl = %s AND q.name = p.line->>'rule_set_id' "
        "WHERE p.pk IS NULL AND q.pk IS NOT NULL AND p.tbl = ANY(%s) ORDER BY p.tbl, p.n",
        ["evaluations.ruleset", [table.name for table in TABLES if table.same]],
    )
    if found := told(cursor):
        raise Refused(_("Aturan penilaian yang sama isinya lain di portal ini: %(rows)s.") % {"rows": listed(found)})


def insert(cursor, table):
    columns = [field.column for field in table.fields]
    row = rows.crossed("p.line", table, rows.back)
    if table.model is PostRevision:
        facts = rows.crossed("p.line->'facts'", BY_NAME["activities.post"], rows.back, text=True)
        row = f"{row} || jsonb_build_object('facts', {facts})"
    more, params = missing(table)
    cursor.execute(
        f"INSERT INTO {table.db} (id, {names(columns)}{''.join(f', {column}' for column in more)}) "
        f"SELECT p.pk, {', '.join(f'r.{quoted(column)}' for column in columns)}{', %s' * len(more)} "
        f"FROM {COMING} p, jsonb_populate_record(NULL::{table.db}, {row}) r WHERE p.tbl = %s "
        "AND NOT EXISTS (SELECT FROM leaving_matched m WHERE m.tbl = p.tbl AND m.name = p.name) ORDER BY p.n",
        [*params, table.name],
    )
    return cursor.rowcount


def missing(table):
    """What the folder does not tell of a row: an account gets no password, a worker begins anew."""
    told = {field.name for field in table.fields}
    out = [field for field in table.model._meta.concrete_fields if field.name not in told and not field.primary_key]
    out = [field for field in out if not field.generated and not field.null]
    return [field.column for field in out], [
        make_password(None) if field.name == "password" else field.get_default() for field in out
    ]


def insert_trail(cursor, table):
    columns = [field.column for field in TRAIL.fields]
    told = {side: rows.crossed(f"nullif(p.line->'{side}', 'null')", table, rows.back) for side in ("before", "after")}
    about = ", ".join(f"'{side}', {row}" for side, row in told.items())
    row = f"{rows.crossed('p.line', TRAIL, rows.back)} || jsonb_build_object('object_id', q.pk, {about})"
    cursor.execute(
        f"INSERT INTO {TRAIL.db} (id, {names(columns)}) SELECT p.pk, {', '.join(f'r.{quoted(c)}' for c in columns)} "
        f"FROM (SELECT * FROM {COMING} WHERE tbl = %s AND line->>'model' = %s) p "
        f"JOIN {COMING} q ON q.tbl = p.line->>'model' AND q.name = p.line->>'object_id' "
        "AND NOT EXISTS (SELECT FROM leaving_matched m WHERE m.tbl = q.tbl AND m.name = q.name), "
        f"jsonb_populate_record(NULL::{TRAIL.db}, {row}) r "
        "ORDER BY p.n",
        [TRAIL.name, table.name],
    )


def quoted(column):
    return f'"{column}"'


def names(columns):
    return ", ".join(map(quoted, columns))


def go_on_from(cursor):
    """The codes of aspirations are counted on from the highest that came."""
    cursor.execute(
        "INSERT INTO aspirations_codeserial (year, last) SELECT split_part(name, '-', 2)::int, "
        f"max(split_part(name, '-', 3)::int) FROM {COMING} WHERE tbl = 'aspirations.aspiration' GROUP BY 1 "
        "ON CONFLICT (year) DO UPDATE SET last = greatest(aspirations_codeserial.last, excluded.last)"
    )
