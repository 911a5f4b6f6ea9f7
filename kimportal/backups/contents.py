"""What a database holds, so that two can be compared: rows and their hashes, numbers given out, triggers and more."""

import hashlib
from collections import Counter

from psycopg.sql import SQL, Identifier

# Texts of rows must not depend on whoever asks.
SAID_ALIKE = """
SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL IntervalStyle = 'postgres';
SET LOCAL extra_float_digits = 1; SET LOCAL bytea_output = 'hex'; SET LOCAL xmlbinary = 'base64';
SET LOCAL statement_timeout = 0; SET LOCAL idle_in_transaction_session_timeout = 0;
"""
OURS = "nspname !~ '^pg_' AND nspname <> 'information_schema'"
# Each with the columns of its primary key, and whether their order depends on the database's idea of an alphabet.
TABLES = f"""
SELECT nspname, relname, coalesce((
    SELECT array_agg(ARRAY[attname::text, (attcollation <> 0)::text] ORDER BY array_position(indkey::int2[], attnum))
    FROM pg_index JOIN pg_attribute ON attrelid = indrelid AND attnum = ANY (indkey::int2[])
    WHERE indrelid = pg_class.oid AND indisprimary), '{{}}')
FROM pg_class JOIN pg_namespace ON pg_namespace.oid = relnamespace
WHERE relkind = 'r' AND {OURS}
AND NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = pg_class.oid AND deptype = 'e')
ORDER BY 1, 2
"""  # noqa: S608
NUMBERS = f"""
SELECT format('%%s.%%s', schemaname, sequencename), coalesce(last_value, 0) FROM pg_sequences
JOIN pg_namespace ON nspname = schemaname WHERE {OURS}
"""  # noqa: S608
# What else a table needs to be alive; a disabled trigger is another one.
PARTS = f"""
SELECT format('trigger %%s of %%s%%s', tgname, relname, CASE tgenabled WHEN 'D' THEN ', disabled' ELSE '' END)
    FROM pg_trigger JOIN pg_class ON pg_class.oid = tgrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE NOT tgisinternal AND {OURS}
UNION ALL SELECT format('constraint %%s of %%s', conname, relname)
    FROM pg_constraint JOIN pg_class ON pg_class.oid = conrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE contype IN ('c', 'f', 'p', 'u', 'x') AND convalidated AND {OURS}
UNION ALL SELECT format('index %%s', indexname) FROM pg_indexes JOIN pg_namespace ON nspname = schemaname WHERE {OURS}
UNION ALL SELECT format('generated column %%s of %%s', attname, relname)
    FROM pg_attribute JOIN pg_class ON pg_class.oid = attrelid JOIN pg_namespace ON pg_namespace.oid = relnamespace
    WHERE (attgenerated <> '' OR attidentity <> '') AND NOT attisdropped AND relkind = 'r' AND {OURS}
UNION ALL SELECT format('function %%s', proname) FROM pg_proc JOIN pg_namespace ON pg_namespace.oid = pronamespace
    WHERE {OURS} AND NOT EXISTS (
        SELECT FROM pg_depend WHERE classid = 'pg_proc'::regclass AND objid = pg_proc.oid AND deptype = 'e')
ORDER BY 1
"""  # noqa: S608


def tables_of(cursor):
    """{table: {"rows": number, "sha256": hash}}, within the transaction of the cursor."""
    cursor.execute(SAID_ALIKE)
    cursor.execute(TABLES)
    return {f"{schema}.{table}": rows_of(cursor, schema, table, key) for schema, table, key in cursor.fetchall()}


def rows_of(cursor, schema, table, key):
    """In the order of the key, by bytes; a table without one by the text of its rows."""
    columns = [SQL('{} COLLATE "C"' if is_text == "true" else "{}").format(Identifier(name)) for name, is_text in key]
    order = SQL(", ").join(columns) if columns else SQL('whole::text COLLATE "C"')
    copy = SQL("COPY (SELECT * FROM {} whole ORDER BY {}) TO STDOUT").format(Identifier(schema, table), order)
    digest, rows = hashlib.sha256(), 0
    with cursor.copy(copy) as lines:
        for block in lines:
            digest.update(block)
            rows += bytes(block).count(b"\n")
    return {"rows": rows, "sha256": digest.hexdigest()}


def numbers_of(cursor):
    """{sequence: the last number it gave}."""
    cursor.execute(NUMBERS, [])
    return dict(cursor.fetchall())


def parts_of(cursor):
    """Triggers, constraints, indexes, functions, by name."""
    cursor.execute(PARTS, [])
    return [name for (name,) in cursor.fetchall()]


def is_empty(cursor):
    cursor.execute(f"SELECT NOT EXISTS ({TABLES.rpartition('ORDER BY 1')[0]})")
    return cursor.fetchone()[0]


def differences(manifest, cursor):
    """What a database has otherwise than the manifest says, each in a few words; nothing where all is as it was."""
    found = tables_of(cursor)
    for table in sorted(manifest["tables"].keys() | found.keys()):
        before, now = manifest["tables"].get(table), found.get(table)
        if before != now:
            yield f"{table}: {count(before)} in the backup, {count(now)} here"
    numbers = numbers_of(cursor)
    for name, last in manifest["numbers"].items():
        if numbers.get(name, -1) < last:
            yield f"{name}: gave {last}, and would begin after {numbers.get(name, 'nothing')}"
    missing, more = Counter(manifest["parts"]), Counter(parts_of(cursor))
    yield from (f"{name}: is missing here" for name in sorted((missing - more).elements()))
    yield from (f"{name}: is not in the backup" for name in sorted((more - missing).elements()))


def count(held):
    return f"{held['rows']} rows ({held['sha256'][:8]})" if held else "no such table"
