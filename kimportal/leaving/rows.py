"""The rows of a scope as lines that say the same in every portal: words and numbers of lines instead of its keys."""

# ruff: noqa: S608 (names of our own tables and columns)

from django.conf import settings
from django.core.exceptions import EmptyResultSet
from django.utils.translation import gettext as _

from activities.models import PostRevision
from kimportal.backups.contents import SAID_ALIKE
from kimportal.leaving import IMPORTED
from kimportal.leaving.tables import BY_NAME, NEEDED, PEOPLE, SHARED, TABLES, TRAIL, Table

MAKE = """
CREATE TEMP TABLE {name} (tbl text, n bigint, name text, pk bigint, line jsonb) ON COMMIT DROP;
CREATE UNIQUE INDEX ON {name} (tbl, pk); CREATE INDEX ON {name} (tbl, name);
"""
HERE, COMING = "leaving_here", "leaving_coming"
LOST = "leaving_lost"
# What the trail keeps of what is personal (accounts/migrations/0002_audit.py): no key, and the same everywhere.
HIDDEN = """'"•••"'"""


# Whoever is not of the KIM goes along with its chair under such an address, which is nobody's, and without a name.
NOBODY = "@tanpa-surel.invalid"


def gather(cursor, scope, tell=lambda words: None):
    """Fill HERE with the lines of the scope, and LOST with what they name that is not in it."""
    cursor.execute(SAID_ALIKE)
    cursor.execute(f"DROP TABLE IF EXISTS {HERE}, {LOST}")
    cursor.execute(MAKE.format(name=HERE))
    cursor.execute(f"CREATE TEMP TABLE {LOST} (tbl text, field text, target text, line jsonb) ON COMMIT DROP")
    for table in TABLES:
        tell(_("Mengumpulkan data"))
        pick(cursor, table, scope)
    if not scope.for_chair:
        pick_trail(cursor)
    pick_people(cursor)
    for table in BY_NAME.values():
        give_names(cursor, table)
    if scope.for_chair:
        give_other_names(cursor)
    cursor.execute(f"ANALYZE {HERE}")
    for table in [PEOPLE, *TABLES]:
        tell(_("Menulis data"))
        write_lines(cursor, table)
        tell_lost(cursor, table)
    write_trail(cursor)
    if scope.for_chair:
        hide_people(cursor)
        cursor.execute(f"TRUNCATE {LOST}")


def pick_trail(cursor):
    # What is of no region is the ministry's, as rules of the country are: each portal has its own trail of it.
    cursor.execute(
        f"INSERT INTO {HERE} (tbl, pk) SELECT %s, id FROM accounts_auditentry a WHERE reason <> %s "
        f"AND region_id IS NOT NULL AND EXISTS "
        f"(SELECT FROM {HERE} p WHERE p.tbl = a.model AND p.pk = a.object_id)",
        [TRAIL.name, IMPORTED],
    )


def pick_people(cursor):
    for table in [*TABLES, TRAIL]:
        for key in table.keys:
            if target_of(key) == PEOPLE.name:
                cursor.execute(
                    f"INSERT INTO {HERE} (tbl, pk) SELECT DISTINCT %s, t.{key.column} FROM {table.db} t "
                    f"JOIN {HERE} p ON p.tbl = %s AND p.pk = t.{table.model._meta.pk.column} "
                    f"JOIN {PEOPLE.db} u ON u.id = t.{key.column} ON CONFLICT DO NOTHING",
                    [PEOPLE.name, table.name],
                )


def give_other_names(cursor):
    """To those who are no members; known as such again wherever they come to, and the same each time."""
    cursor.execute(
        f"UPDATE {HERE} p SET name = 'orang-' || left(encode(sha256((%s || lower(name))::bytea), 'hex'), 20) || %s "
        f"WHERE tbl = %s AND name NOT LIKE '%%' || %s AND NOT EXISTS (SELECT FROM communities_membership m "
        f"JOIN {HERE} q ON q.tbl = 'communities.membership' AND q.pk = m.id "
        "WHERE m.user_id = p.pk AND m.status = 'current')",
        [settings.SECRET_KEY, NOBODY, PEOPLE.name, NOBODY],
    )
    cursor.execute(
        f'UPDATE {HERE} p SET n = s.n FROM (SELECT pk, row_number() OVER (ORDER BY name COLLATE "C") n FROM {HERE} '
        "WHERE tbl = %s) s WHERE p.tbl = %s AND p.pk = s.pk",
        [PEOPLE.name, PEOPLE.name],
    )


def hide_people(cursor):
    """Nobody signs in, or is written to, as one of these."""
    cursor.execute(
        f"UPDATE {HERE} SET line = line || jsonb_build_object('email', name, 'name', '', 'is_active', false) "
        "WHERE tbl = %s AND name LIKE '%%' || %s",
        [PEOPLE.name, NOBODY],
    )


def pick(cursor, table, scope):
    """The rows that belong to the scope; without those that stand on a row that does not."""
    try:
        sql, params = scope.of(table).query.sql_with_params()
    except EmptyResultSet:  # of a KIM this table tells nothing
        return
    pk = table.model._meta.pk.column
    cursor.execute(
        f"INSERT INTO {HERE} (tbl, pk) SELECT %s, {pk} FROM {table.db} t WHERE {pk} IN ({sql})", [table.name, *params]
    )
    for key in table.keys:
        target = target_of(key)
        if target in BY_NAME and target != PEOPLE.name and (not key.null or key.name in NEEDED):
            named = BY_NAME[target].db
            cursor.execute(
                f"WITH gone AS (DELETE FROM {HERE} p USING {table.db} t WHERE p.tbl = %s AND t.{pk} = p.pk "
                f"AND t.{key.column} IS NOT NULL AND NOT EXISTS "
                f"(SELECT FROM {HERE} q WHERE q.tbl = %s AND q.pk = t.{key.column}) RETURNING t.*) "
                f"INSERT INTO {LOST} SELECT %s, %s, {said('o')}, '{{}}' FROM gone JOIN {named} o "
                f"ON o.id = gone.{key.column}",
                [table.name, target, table.name, key.name],
            )


def give_names(cursor, table):
    """The number of the line, in the order of the keys, and the word by which others name it."""
    meta = table.model._meta
    order = 't.email COLLATE "C"' if table is PEOPLE else ", ".join([*map(in_words, table.same), f"t.{meta.pk.column}"])
    name = f"t.{table.natural}::text" if table.natural else "s.n::text"
    cursor.execute(
        f"UPDATE {HERE} p SET n = s.n, name = {name} FROM (SELECT pk, row_number() OVER (ORDER BY {order}) n "
        f"FROM {HERE} JOIN {table.db} t ON t.{meta.pk.column} = pk WHERE tbl = %s) s "
        f"JOIN {table.db} t ON t.{meta.pk.column} = s.pk WHERE p.tbl = %s AND p.pk = s.pk",
        [table.name, table.name],
    )


def in_words(column):
    """The SQL by which rows are in one order in every portal: those of the country first."""
    match column:
        case "region_id":
            return '(SELECT o.code FROM regions_region o WHERE o.id = t.region_id) COLLATE "C" NULLS FIRST'
        case "rule_set_id":
            return f"(SELECT o.n FROM {HERE} o WHERE o.tbl = 'evaluations.ruleset' AND o.pk = t.rule_set_id)"
        case "version":
            return "t.version"
    return f't.{column} COLLATE "C"'


def write_lines(cursor, table):
    row = row_of(table)
    if table.model is PostRevision:
        row = f"{row} || jsonb_build_object('facts', {crossed('t.facts', BY_NAME['activities.post'], out, text=True)})"
    cursor.execute(
        f"UPDATE {HERE} p SET line = {row} FROM {table.db} t "
        f"WHERE p.tbl = %s AND t.{table.model._meta.pk.column} = p.pk",
        [table.name],
    )


def row_of(table):
    """The SQL of a row `t` of this table: the columns that go along, in words."""
    columns = ", ".join(f"'{field.column}'" for field in table.fields)
    return crossed(
        f"(SELECT jsonb_object_agg(key, value) FROM jsonb_each(to_jsonb(t)) WHERE key IN ({columns}))", table, out
    )


def write_trail(cursor):
    row = row_of(TRAIL)
    for table in TABLES:
        about = ", ".join(f"'{side}', {crossed(f't.{side}', table, out)}" for side in ("before", "after"))
        cursor.execute(
            f"UPDATE {HERE} p SET line = {row} || jsonb_build_object('object_id', q.name, {about}) "
            f"FROM {TRAIL.db} t JOIN {HERE} q ON q.tbl = t.model AND q.pk = t.object_id "
            f"WHERE p.tbl = %s AND t.id = p.pk AND t.model = %s",
            [TRAIL.name, table.name],
        )


def tell_lost(cursor, table):
    """What a row names and may do without."""
    for key in table.keys:
        target = target_of(key)
        if key.null and target in BY_NAME and target != PEOPLE.name:
            cursor.execute(
                f"INSERT INTO {LOST} SELECT %s, %s, {said('o')}, to_jsonb(p.name) FROM {HERE} p "
                f"JOIN {table.db} t ON p.tbl = %s AND t.{table.model._meta.pk.column} = p.pk "
                f"JOIN {BY_NAME[target].db} o ON o.id = t.{key.column} "
                f"WHERE NOT EXISTS (SELECT FROM {HERE} q WHERE q.tbl = %s AND q.pk = o.id)",
                [table.name, key.name, table.name, target],
            )


def said(row):
    """By what people know a row."""
    words = ", ".join(f"to_jsonb({row})->>'{name}'" for name in ("code", "title", "name", "slug", "number", "id"))
    return f"coalesce({words})"


def target_of(key):
    return key.related_model._meta.label_lower


def crossed(row, table: Table, way, *, text=False):
    """The SQL of a JSON row in which keys of one portal are told in words, or words made keys again.

    With `text` it is written as a form has it: by the name of a field, and each value a text.
    """
    keys = {(key.name if text else key.column): way(key.related_model) for key in table.keys}
    if not text:
        keys["id"] = way(table.model)
    if not keys:
        return row
    cases = " ".join(f"WHEN '{name}' THEN {found}" for name, found in keys.items())
    if text:
        cases = " ".join(
            f"WHEN '{name}' THEN coalesce(to_jsonb({found} #>> '{{}}'), to_jsonb(''::text))"
            for name, found in keys.items()
        )
    told = f"CASE WHEN value = {HIDDEN} THEN value ELSE CASE key {cases} ELSE value END END"
    return f"(SELECT jsonb_object_agg(key, {told}) FROM jsonb_each({row}))"


VALUE = "nullif(value #>> '{}', '')"


def out(model):
    """From a key to a word."""
    if model in SHARED:
        return f"(SELECT to_jsonb(o.{SHARED[model]}) FROM {model._meta.db_table} o WHERE o.id = {VALUE}::bigint)"
    return (
        f"(SELECT to_jsonb(o.name) FROM {HERE} o WHERE o.tbl = '{model._meta.label_lower}' AND o.pk = {VALUE}::bigint)"
    )


def back(model):
    """From a word to a key."""
    if model in SHARED:
        return f"(SELECT to_jsonb(o.id) FROM {model._meta.db_table} o WHERE o.{SHARED[model]} = {VALUE})"
    return f"(SELECT to_jsonb(o.pk) FROM {COMING} o WHERE o.tbl = '{model._meta.label_lower}' AND o.name = {VALUE})"
