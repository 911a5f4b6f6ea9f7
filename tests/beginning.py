"""The rows that migrations made, to which the database comes back after a test that commits.

Django would TRUNCATE a hundred tables with five hundred indexes, and have every later test make those rows anew.
"""

from django.db import transaction

from accounts.rights import APPENDED_TO

COLUMNS = """
SELECT table_name, string_agg(quote_ident(column_name), ', ' ORDER BY ordinal_position) FROM information_schema.columns
WHERE table_schema = current_schema() AND table_name = ANY (%s) AND is_generated = 'NEVER' GROUP BY table_name
"""


class Beginning:
    def __init__(self, connection):
        self.connection = connection
        tables = connection.introspection.django_table_names(only_existing=True, include_views=False)
        with connection.cursor() as cursor:
            cursor.execute(COLUMNS, [tables])
            self.columns = dict(cursor.fetchall())
            cursor.execute("SELECT current_setting('is_superuser')")
            self.may_rest_triggers = cursor.fetchone() == ("on",)
            self.rows = {table: self.read(cursor, table) for table in self.filled(cursor)}

    def come_back(self):
        with transaction.atomic(), self.connection.cursor() as cursor:
            cursor.execute("SET LOCAL ROLE NONE")
            if self.may_rest_triggers:
                cursor.execute("SET LOCAL session_replication_role = replica")
                for table in self.filled(cursor):
                    if table in self.rows and self.rows[table] == self.read(cursor, table):
                        continue
                    # The triggers of the trail never rest, but the one against TRUNCATE is off in tests/conftest.py.
                    cursor.execute(f"TRUNCATE {table}" if table in APPENDED_TO else f"DELETE FROM {table}")  # noqa: S608
            else:
                cursor.execute(f"TRUNCATE {', '.join(self.columns)}")
            self.write(cursor, self.rows.keys() - self.filled(cursor))

    def filled(self, cursor):
        """The tables that hold any row."""
        cursor.execute(" UNION ALL ".join(f"(SELECT '{table}' FROM {table} LIMIT 1)" for table in self.columns))  # noqa: S608
        return {table for (table,) in cursor.fetchall()}

    def read(self, cursor, table):
        with cursor.copy(f"COPY {table} ({self.columns[table]}) TO STDOUT") as copy:
            return sorted(b"".join(copy).splitlines())

    def write(self, cursor, tables):
        stand_in_the_way = [] if self.may_rest_triggers else sorted(tables - set(APPENDED_TO))
        for table in stand_in_the_way:
            cursor.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        for table in tables:
            with cursor.copy(f"COPY {table} ({self.columns[table]}) FROM STDIN") as copy:
                copy.write(b"".join(row + b"\n" for row in self.rows[table]))
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        for table in stand_in_the_way:
            cursor.execute(f"ALTER TABLE {table} ENABLE TRIGGER USER")
