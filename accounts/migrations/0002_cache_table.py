"""The table of the shared cache: the rate limits of signing in live there, where all workers see them."""

from django.db import migrations

# Unlogged: a cache need not survive a crash, and writing it then costs half.
CREATE = """
CREATE UNLOGGED TABLE cache_entries (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX cache_entries_expires ON cache_entries (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0001_initial")]

    operations = [migrations.RunSQL(CREATE, "DROP TABLE cache_entries")]
