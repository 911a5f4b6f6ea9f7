"""How changes become counts, in SQL: spread over the regions they count in, folded, counted again from the facts.

A change, or a fact that `monitoring_facts()` tells, counts in its village and in all that lies around it; the row of
its sector and the row without one, which counts every sector, both get the amount.
"""

from django.db import connections

from pages.questions import AskingSQL
from pages.replicas import reading_from
from regions.models import Region

PLACES = "VALUES ((SELECT id FROM regions_region WHERE code = '0')), (province), (regency), (district), (village)"
SECTORS = "unnest(CASE WHEN sector IS NULL THEN ARRAY[NULL::bigint] ELSE ARRAY[NULL, sector] END)"

# What is spread is {source}: rows as CountChange has them. A village has no rows by day, for nearly all would be 1.
PER_REGION = f"""
    SELECT place.region AS region_id, subject, own.sector AS sector_id, sum(amount)::bigint AS amount
    FROM {{source}}, LATERAL ({PLACES}) place (region), LATERAL {SECTORS} own (sector)
    WHERE place.region IS NOT NULL GROUP BY 1, 2, 3
"""  # noqa: S608 (our own words, here as below)
PER_DAY = f"""
    SELECT place.region AS region_id, subject, own.sector AS sector_id, day, sum(amount)::bigint AS amount
    FROM {{source}}, LATERAL ({PLACES}) place (region), LATERAL {SECTORS} own (sector)
    WHERE place.region IS NOT NULL AND place.region IS DISTINCT FROM village AND day IS NOT NULL GROUP BY 1, 2, 3, 4
"""  # noqa: S608

ADD = """
    INSERT INTO {table} AS known ({key}, amount)
    SELECT {key}, amount FROM ({rows}) more WHERE amount <> 0 ORDER BY {key}
    ON CONFLICT ({key}) DO UPDATE SET amount = known.amount + excluded.amount
"""
FOLD = """
    WITH taken AS (DELETE FROM monitoring_countchange RETURNING *), regions AS ({regions}), days AS ({days})
    SELECT count(*) FROM taken
"""

# How much each count lacks: the facts less what is folded less what is pending, all of one moment.
LACKING = """
    SELECT {key}, sum(amount)::bigint AS amount FROM (
        SELECT {key}, amount FROM ({facts}) facts
        UNION ALL SELECT {key}, -amount FROM {table}
        UNION ALL SELECT {key}, -amount FROM ({pending}) pending
    ) sides GROUP BY {key} HAVING sum(amount) <> 0
"""

# Reading: what is folded and what is pending, of one moment, each by a range of an index.
FOLDED = """
    SELECT region_id AS region, subject, sector_id AS sector, {day} AS day, amount FROM {table}
    WHERE region_id = ANY(%(regions)s::bigint[]) AND {own}
"""
OF_LEVEL = """
    SELECT {level} AS region, subject, sector, day, amount FROM {source}
    WHERE {level} = ANY(%(regions)s::bigint[]) AND {own}
"""
OF_NATION = """
    SELECT nation.id AS region, subject, sector, day, amount
    FROM monitoring_countchange, (SELECT id FROM regions_region WHERE code = '0') nation WHERE {own}
"""
ALL_SECTORS = object()  # one number for each


def read(regions, by, subjects, *, sector=None, since=None, until=None, by_day=False, starts=()):
    """Rows of the columns `by` (region, subject, sector, day) and a number; days `since` and `until` count too.

    With `starts`, days, there is instead a number for each: of that day and all since.
    """
    asking = asking_for(regions, by, subjects, sector=sector, since=since, until=until, by_day=by_day, starts=starts)
    if not by_day:
        return asking.rows()
    with connections[asking.database].cursor() as cursor:  # planned anew, for these days
        cursor.execute(asking.sql, asking.values)
        return cursor.fetchall()


def asking_for(regions, by, subjects, *, sector=None, since=None, until=None, by_day=False, starts=()):
    """The question of `read`."""
    asked = {"regions": [region.pk for region in regions], "subjects": [str(subject) for subject in subjects]}
    asked |= {"since": since, "until": until}
    asked |= {"sector": getattr(sector, "pk", None)} | {f"start{n}": day for n, day in enumerate(starts)}
    sides = sides_of({region.level for region in regions}, sector, by_day=by_day)
    numbers = [f"coalesce(sum(amount) FILTER (WHERE day >= %(start{n})s), 0)::bigint" for n in range(len(starts))]
    wanted = {"day >= %(since)s": since, "day <= %(until)s": until}
    conditions = ["subject = ANY(%(subjects)s::text[])", *(words for words, day in wanted.items() if day)]
    sql = f"""
        SELECT {by}, {", ".join(numbers or ["sum(amount)::bigint"])} FROM ({" UNION ALL ".join(sides)}) sides
        WHERE {" AND ".join(conditions)} GROUP BY {by}
    """  # noqa: S608
    return AskingSQL(reading_from(), sql, asked)


def sides_of(levels, sector, *, by_day):
    """Where the numbers of regions of these levels are; by days those of villages are in the facts alone."""
    table, day = ("monitoring_daycount", "day") if by_day else ("monitoring_regioncount", "NULL::date")
    folded, own = "sector_id = %(sector)s", "sector = %(sector)s"
    if sector is None:
        folded, own = "sector_id IS NULL", "true"
    elif sector is ALL_SECTORS:
        folded, own = "sector_id IS NOT NULL", "sector IS NOT NULL"
    yield FOLDED.format(table=table, day=day, own=folded)
    for level in levels:
        source = "monitoring_facts()" if by_day and level == Region.Level.VILLAGE else "monitoring_countchange"
        place = OF_NATION if level == Region.Level.NATION else OF_LEVEL
        yield place.format(level=Region(level=level).column, source=source, own=own)
