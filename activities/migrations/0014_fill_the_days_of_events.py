"""When each event is over and the days it touches, by the clock of its province: what `span_of` works out for a new one."""

from django.db import migrations

WITA = "'51', '52', '53', '63', '64', '65', '71', '72', '73', '74', '75', '76'"
WIT = "'81', '82', '91', '92', '93', '94', '95', '96'"

FILL = f"""
WITH clocks AS (
    SELECT post.id, starts_at, ends_at, CASE
        WHEN split_part(region.code, '.', 1) IN ({WIT}) THEN 'Asia/Jayapura'
        WHEN split_part(region.code, '.', 1) IN ({WITA}) THEN 'Asia/Makassar'
        ELSE 'Asia/Jakarta'
    END AS zone
    FROM activities_post AS post JOIN regions_region AS region ON region.id = post.place_id
    WHERE starts_at IS NOT NULL
), ends AS (
    SELECT id, zone, (starts_at AT TIME ZONE zone)::date AS first_day,
        COALESCE(ends_at, ((starts_at AT TIME ZONE zone)::date + 1)::timestamp AT TIME ZONE zone) AS over_at
    FROM clocks
)
UPDATE activities_post AS post
SET over_at = ends.over_at, days = daterange(
    first_day,
    GREATEST(first_day, ((ends.over_at - interval '1 microsecond') AT TIME ZONE zone)::date) + 1
)
FROM ends WHERE ends.id = post.id
"""  # noqa: S608 (constants of ours)


class Migration(migrations.Migration):
    dependencies = [
        ("activities", "0013_events_have_days"),
    ]

    operations = [migrations.RunSQL(FILL, migrations.RunSQL.noop)]
