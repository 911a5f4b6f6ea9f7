"""Whatever makes a KIM or a post begin or cease to count appends the change for every region it counts in."""

from django.db import migrations

FUNCTION = """
CREATE FUNCTION monitoring_count_change() RETURNS trigger LANGUAGE plpgsql AS $$
DECLARE
    subject text := TG_ARGV[0];
    counted text[] := string_to_array(TG_ARGV[1], ',');
BEGIN
    IF TG_OP <> 'INSERT' AND OLD.status = ANY (counted) THEN
        INSERT INTO monitoring_regioncount (region_id, subject, sector_id, amount)
        SELECT region_id, subject, (to_jsonb(OLD) ->> 'sector_id')::bigint, -1
        FROM unnest(ARRAY[OLD.province_id, OLD.regency_id, OLD.district_id, OLD.village_id,
                          (SELECT id FROM regions_region WHERE code = '0')]) AS region_id
        WHERE region_id IS NOT NULL;
    END IF;
    IF TG_OP <> 'DELETE' AND NEW.status = ANY (counted) THEN
        INSERT INTO monitoring_regioncount (region_id, subject, sector_id, amount)
        SELECT region_id, subject, (to_jsonb(NEW) ->> 'sector_id')::bigint, 1
        FROM unnest(ARRAY[NEW.province_id, NEW.regency_id, NEW.district_id, NEW.village_id,
                          (SELECT id FROM regions_region WHERE code = '0')]) AS region_id
        WHERE region_id IS NOT NULL;
    END IF;
    RETURN NULL;
END $$;
"""

PLACE = "province_id, {row}.regency_id, {row}.district_id, {row}.village_id"


def triggers(table, subject, counted, extra=""):
    def facts(row):
        sector = f", {row}.sector_id" if extra else ""
        return f"({row}.status, {row}.{PLACE.format(row=row)}{sector})"

    call = f"FOR EACH ROW {{when}} EXECUTE FUNCTION monitoring_count_change('{subject}', '{counted}')"
    return f"""
        CREATE TRIGGER monitoring_count_rows AFTER INSERT OR DELETE ON {table} {call.format(when="")};
        CREATE TRIGGER monitoring_count_moves AFTER UPDATE ON {table}
        {call.format(when=f"WHEN ({facts('OLD')} IS DISTINCT FROM {facts('NEW')})")};
    """


def drop(table):
    return f"DROP TRIGGER monitoring_count_rows ON {table}; DROP TRIGGER monitoring_count_moves ON {table};"


class Migration(migrations.Migration):
    dependencies = [
        ("monitoring", "0001_initial"),
        ("communities", "0001_initial"),
        ("activities", "0001_initial"),
    ]

    operations = [
        migrations.RunSQL(FUNCTION, "DROP FUNCTION monitoring_count_change"),
        migrations.RunSQL(
            triggers("activities_post", "post", "published", "sector"),
            drop("activities_post"),
        ),
        migrations.RunSQL(
            triggers("communities_community", "community", "verified,inaugurated,expired"),
            drop("communities_community"),
        ),
    ]
