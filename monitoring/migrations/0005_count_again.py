"""The counts that the facts give, while nobody writes; backwards in the form that they had before."""

from django.db import migrations

ALONE = """
LOCK TABLE communities_community, activities_post, aspirations_aspiration, bulletins_delivery IN SHARE MODE;
DELETE FROM monitoring_countchange; DELETE FROM monitoring_regioncount; DELETE FROM monitoring_daycount;
"""
PLACES = "VALUES ((SELECT id FROM regions_region WHERE code = '0')), (province), (regency), (district), (village)"
SECTORS = "unnest(CASE WHEN sector IS NULL THEN ARRAY[NULL::bigint] ELSE ARRAY[NULL, sector] END)"
SPREAD = f"FROM monitoring_facts(), LATERAL ({PLACES}) place (region), LATERAL {SECTORS} own (sector)"

BY_REGION = f"""
INSERT INTO monitoring_regioncount (region_id, subject, sector_id, amount)
SELECT place.region, subject, own.sector, sum(amount) {SPREAD}
WHERE place.region IS NOT NULL GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""
BY_DAY = f"""
INSERT INTO monitoring_daycount (region_id, subject, sector_id, day, amount)
SELECT place.region, subject, own.sector, day, sum(amount) {SPREAD}
WHERE place.region IS NOT NULL AND place.region IS DISTINCT FROM village AND day IS NOT NULL
GROUP BY 1, 2, 3, 4 ORDER BY 1, 2, 3, 4
"""  # noqa: S608 (our own words)
AS_BEFORE = f"""
INSERT INTO monitoring_regioncount (region_id, subject, sector_id, amount)
SELECT place.region, subject, sector, sum(amount) FROM monitoring_facts(), LATERAL ({PLACES}) place (region)
WHERE place.region IS NOT NULL AND subject IN ('community', 'post') GROUP BY 1, 2, 3 ORDER BY 1, 2, 3
"""  # noqa: S608 (our own words)


class Migration(migrations.Migration):
    dependencies = [("monitoring", "0004_counting_by_statement")]

    operations = [migrations.RunSQL([ALONE, BY_REGION, BY_DAY], [ALONE, AS_BEFORE])]
