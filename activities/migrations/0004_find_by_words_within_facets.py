"""The index of words also holds a post's week, region, field and type, as words of their own.

Then "these words, in this regency, in these weeks" is one look into one index, at the price of the rarest of them.
"""

import django.contrib.postgres.indexes
from django.contrib.postgres.search import SearchVectorField
from django.db import migrations, models

POST_TERMS = """
    CREATE FUNCTION post_terms(
        search tsvector, published_at timestamptz, province integer, regency integer, district integer,
        field bigint, type text
    ) RETURNS tsvector LANGUAGE sql IMMUTABLE PARALLEL SAFE
    RETURN search || array_to_tsvector(array_remove(ARRAY[
        '@week' || (extract(isoyear FROM published_at AT TIME ZONE 'UTC') * 100
            + extract(week FROM published_at AT TIME ZONE 'UTC'))::integer::text,
        '@region' || province::text,
        '@region' || regency::text,
        '@region' || district::text,
        '@field' || field::text,
        '@' || type
    ], NULL))
"""

# Of three thousand words PostgreSQL then knows how common they are: whoever is not among them is rare.
KNOWN_WORDS = "ALTER TABLE activities_post ALTER COLUMN search SET STATISTICS 300"


class Migration(migrations.Migration):
    dependencies = [("activities", "0003_decide_field_and_type_in_the_index")]

    operations = [
        migrations.RunSQL(POST_TERMS, "DROP FUNCTION post_terms"),
        migrations.RunSQL(KNOWN_WORDS, KNOWN_WORDS.replace("300", "-1")),
        migrations.AddIndex(
            "post",
            django.contrib.postgres.indexes.GinIndex(
                models.Func(
                    *("search", "published_at", "province", "regency", "district", "field", "type"),
                    function="post_terms",
                    output_field=SearchVectorField(),
                ),
                name="post_terms",
                condition=models.Q(status="published"),
            ),
        ),
        migrations.RemoveIndex("post", "post_search"),
    ]
