"""The table of the stored public pages, apart from the rate limits so that neither pushes the other out."""

from django.db import migrations

CREATE = """
CREATE UNLOGGED TABLE cache_pages (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_pages_expires ON cache_pages (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0004_audit")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE cache_pages")]
