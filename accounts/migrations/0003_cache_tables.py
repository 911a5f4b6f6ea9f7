"""The tables of the shared cache: counted limits and stamps in one, public pages in the other, so that neither pushes
the other out.
"""

from django.db import migrations

# Unlogged: a cache need not survive a crash, and writing it then costs half.
CREATE = """
CREATE UNLOGGED TABLE {table} (
    cache_key varchar(255) PRIMARY KEY,
    value text NOT NULL,
    expires timestamptz NOT NULL
);
CREATE INDEX {table}_expires ON {table} (expires);
"""


class Migration(migrations.Migration):
    dependencies = [("accounts", "0002_audit")]

    operations = [
        migrations.RunSQL(CREATE.format(table=table), f"DROP TABLE {table}")
        for table in ("cache_entries", "cache_pages")
    ]
