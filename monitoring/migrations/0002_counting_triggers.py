"""What a row of each table counts for, said once; each statement appends what it changed of that."""

from django.db import migrations

# Each table, what of its rows decides, and what a row counts for then: subject, day, sector and amount.
STANDING = "('verified', 'inaugurated', 'expired')"
PUBLIC = "published_at IS NOT NULL AND NOT is_hidden AND status <> 'withdrawn'"
FACTS = {
    "communities_community": (
        "status varchar",
        f"SELECT 'community', NULL::date, NULL::bigint, 1::bigint WHERE status IN {STANDING}",
    ),
    "activities_post": (
        "status varchar, published_at timestamptz, sector_id bigint",
        "SELECT 'post', monitoring_day(published_at), sector_id, 1::bigint WHERE status = 'published'",
    ),
    "aspirations_aspiration": (
        "status varchar, is_hidden boolean, published_at timestamptz, answered_at timestamptz, sector_id bigint",
        f"""
        SELECT fact.subject, monitoring_day(fact.moment), sector_id, 1::bigint
        FROM (VALUES ('aspiration', published_at, true), ('answered', answered_at, status IN ('answered', 'closed')))
            fact (subject, moment, holds)
        WHERE {PUBLIC} AND fact.holds
        """,  # noqa: S608 (our own words)
    ),
    "bulletins_delivery": (
        "created_at timestamptz, opened_at timestamptz, passed_on_at timestamptz, claimed integer, verified integer",
        """
        SELECT fact.subject, monitoring_day(created_at), NULL::bigint, fact.amount::bigint
        FROM (VALUES ('targeted', 1), ('opened', (opened_at IS NOT NULL)::integer),
                     ('passed_on', (passed_on_at IS NOT NULL)::integer),
                     ('reach_claimed', claimed), ('reach_verified', verified)) fact (subject, amount)
        WHERE fact.amount <> 0
        """,
    ),
}
COLUMNS = {"claimed": "reach_claimed", "verified": "reach_verified"}

# A day is the same for all regions: that of Jakarta.
DAY = """
CREATE FUNCTION monitoring_day(moment timestamptz) RETURNS date LANGUAGE sql IMMUTABLE AS
$$ SELECT (moment AT TIME ZONE 'Asia/Jakarta')::date $$
"""

FACTS_OF = """
CREATE FUNCTION {table}_facts({decides}) RETURNS TABLE (subject varchar, day date, sector bigint, amount bigint)
LANGUAGE sql IMMUTABLE AS $$ {facts} $$
"""

# The facts of rows, as changes are kept.
OF_ROWS = """
SELECT fact.subject, fact.day, fact.sector, row.province_id, row.regency_id, row.district_id, row.village_id,
    {sign}fact.amount AS amount FROM {rows} row, LATERAL {table}_facts({columns}) fact
"""

ALL_FACTS = """
CREATE FUNCTION monitoring_facts() RETURNS TABLE (subject varchar, day date, sector bigint,
    province integer, regency integer, district integer, village integer, amount bigint)
LANGUAGE sql STABLE AS $$ {facts} $$
"""

APPEND = """
INSERT INTO monitoring_countchange (subject, day, sector, province, regency, district, village, amount)
SELECT subject, day, sector, province_id, regency_id, district_id, village_id, sum(amount) FROM ({rows}) rows
GROUP BY subject, day, sector, province_id, regency_id, district_id, village_id HAVING sum(amount) <> 0
"""

COUNT = """
CREATE FUNCTION {table}_count() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN {insert};
    ELSIF TG_OP = 'DELETE' THEN {delete};
    ELSE {update};
    END IF;
    RETURN NULL;
END $$;
CREATE TRIGGER monitoring_insert AFTER INSERT ON {table} REFERENCING NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION {table}_count();
CREATE TRIGGER monitoring_delete AFTER DELETE ON {table} REFERENCING OLD TABLE AS old_rows
FOR EACH STATEMENT EXECUTE FUNCTION {table}_count();
CREATE TRIGGER monitoring_update AFTER UPDATE ON {table} REFERENCING OLD TABLE AS old_rows NEW TABLE AS new_rows
FOR EACH STATEMENT EXECUTE FUNCTION {table}_count();
"""

COUNT_NO_MORE = """
DROP TRIGGER monitoring_insert ON {table};
DROP TRIGGER monitoring_delete ON {table};
DROP TRIGGER monitoring_update ON {table};
DROP FUNCTION {table}_count();
"""


def of_rows(table, rows, sign=""):
    decides, _facts = FACTS[table]
    names = [name.split()[0] for name in decides.split(", ")]
    columns = ", ".join(f"row.{COLUMNS.get(name, name)}" for name in names)
    return OF_ROWS.format(table=table, rows=rows, sign=sign, columns=columns)


def counting(table):
    new, old = of_rows(table, "new_rows"), of_rows(table, "old_rows", sign="-")
    sides = {"insert": new, "delete": old, "update": f"{new} UNION ALL {old}"}
    return COUNT.format(table=table, **{name: APPEND.format(rows=rows) for name, rows in sides.items()})


CREATE = [
    DAY,
    *(FACTS_OF.format(table=table, decides=decides, facts=facts) for table, (decides, facts) in FACTS.items()),
    ALL_FACTS.format(facts=" UNION ALL ".join(of_rows(table, table) for table in FACTS)),
    *map(counting, FACTS),
]
DROP = [
    *(COUNT_NO_MORE.format(table=table) for table in FACTS),
    "DROP FUNCTION monitoring_facts()",
    *(f"DROP FUNCTION {table}_facts" for table in FACTS),
    "DROP FUNCTION monitoring_day",
]


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0001_initial"),
        ("communities", "0001_initial"),
        ("activities", "0001_initial"),
        ("aspirations", "0001_initial"),
        ("bulletins", "0001_initial"),
    ]

    operations = [migrations.RunSQL(CREATE, DROP)]
