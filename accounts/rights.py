"""What the portal's role may do in PostgreSQL: read and write rows, and nothing that would undo the audit trail.

The tables belong to an owner, as whom `manage.py migrate` signs in. The portal signs in as another role, to which
`manage.py grant_rights` gives what it needs (docs/deploy.md); `manage.py check --deploy --database default` says when
it has more.
"""

from django.core.checks import Tags, Warning, register
from django.db import connections, transaction
from psycopg.sql import SQL, Identifier

# Whoever changes or deletes these rows could say that something never happened.
APPENDED_TO = ["accounts_auditentry"]
# Whoever writes here has a migration run twice, or never.
READ_ONLY = ["django_migrations"]

ROLE = "SELECT rolsuper, pg_has_role(oid, current_user, 'MEMBER'), current_schema() FROM pg_roles WHERE rolname = %s"
OWN_TABLES = """
SELECT relname FROM pg_class WHERE relnamespace = current_schema()::regnamespace
AND relkind IN ('r', 'p', 'v', 'm') AND relowner = current_user::regrole
"""
# Loading a list of regions takes the numbers of new ones before it writes them.
OF_NUMBERS = "GRANT USAGE ON SEQUENCE {sequence} TO {role}"
OF_TABLE = "REVOKE ALL ON {table} FROM {role}; GRANT {rights} ON {table} TO {role}"
OF_SCHEMA = """
REVOKE CREATE ON SCHEMA {schema} FROM PUBLIC, {role};
GRANT USAGE ON SCHEMA {schema} TO {role};
ALTER DEFAULT PRIVILEGES IN SCHEMA {schema} GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {role};
"""

# Each row is a role we signed in as or could go back to, and one thing that it should not be able to do.
EXCESS = """
WITH role AS (SELECT rolname, rolsuper, rolcreaterole FROM pg_roles WHERE rolname IN (session_user, current_user)),
    item AS (SELECT oid, relname, relowner FROM pg_class
             WHERE relnamespace = current_schema()::regnamespace AND relkind IN ('r', 'p')),
    appended AS (SELECT * FROM item WHERE relname = ANY (%(appended)s))
SELECT rolname, 'is a superuser' FROM role WHERE rolsuper
UNION ALL SELECT rolname, 'may create roles' FROM role WHERE rolcreaterole
UNION ALL SELECT rolname, 'may create objects in the schema' FROM role
    WHERE has_schema_privilege(rolname, current_schema(), 'CREATE')
UNION ALL SELECT rolname, 'may create schemas' FROM role
    WHERE has_database_privilege(rolname, current_database(), 'CREATE')
UNION ALL SELECT rolname, 'may switch triggers off' FROM role
    WHERE has_parameter_privilege(rolname, 'session_replication_role', 'SET')
UNION ALL SELECT rolname, 'may write files or start programs on the server' FROM role WHERE EXISTS (
    SELECT FROM pg_roles wide WHERE wide.rolname IN ('pg_write_server_files', 'pg_execute_server_program')
    AND pg_has_role(role.rolname, wide.oid, 'MEMBER'))
UNION ALL SELECT rolname, format('owns %%s tables, such as %%s', count(*), min(relname)) FROM role, item
    WHERE pg_has_role(rolname, relowner, 'MEMBER') GROUP BY rolname
UNION ALL SELECT rolname, format('may TRUNCATE %%s tables, such as %%s', count(*), min(relname)) FROM role, item
    WHERE has_table_privilege(rolname, item.oid, 'TRUNCATE') GROUP BY rolname
UNION ALL SELECT rolname, format('may make triggers on %%s tables, such as %%s', count(*), min(relname)) FROM role, item
    WHERE has_table_privilege(rolname, item.oid, 'TRIGGER') GROUP BY rolname
UNION ALL SELECT rolname, format('may change or delete rows of %%s', relname) FROM role, appended
    WHERE has_any_column_privilege(rolname, appended.oid, 'UPDATE')
    OR has_table_privilege(rolname, appended.oid, 'DELETE')
"""


class CannotGrant(Exception):
    """Why a role does not get its rights, in one sentence."""


def grant(role, connection):
    """Give a role what the portal needs of the tables of whoever is signed in, future ones included, and no more."""
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute(ROLE, [role])
        found = cursor.fetchone()
        if not found:
            raise CannotGrant(f"There is no role {role}.")
        is_superuser, is_owner, schema = found
        if is_superuser or is_owner:
            raise CannotGrant(f"{role} is a superuser or an owner of the tables; the portal needs a role of its own.")
        cursor.execute(OWN_TABLES)
        for (table,) in cursor.fetchall():
            names = {"table": Identifier(schema, table), "role": Identifier(role), "rights": SQL(rights_on(table))}
            cursor.execute(SQL(OF_TABLE).format(**names))
        sequence = Identifier(schema, "regions_region_id_seq")
        cursor.execute(SQL(OF_NUMBERS).format(sequence=sequence, role=Identifier(role)))
        cursor.execute(SQL(OF_SCHEMA).format(schema=Identifier(schema), role=Identifier(role)))


def rights_on(table):
    if table in READ_ONLY:
        return "SELECT"
    return "SELECT, INSERT" if table in APPENDED_TO else "SELECT, INSERT, UPDATE, DELETE"


@register(Tags.database, Tags.security, deploy=True)
def check_role(databases=None, **kwargs):
    """Whether the portal is signed in as a role that could undo the audit trail."""
    return [warning for alias in databases or [] for warning in warnings_of(connections[alias])]


def warnings_of(connection):
    with connection.cursor() as cursor:
        cursor.execute(EXCESS, {"appended": APPENDED_TO})
        excess = {}
        for role, deed in cursor.fetchall():
            excess.setdefault(role, []).append(deed)
    for role, deeds in excess.items():
        yield Warning(
            f"The database role {role} is too strong for the portal: it {', '.join(deeds)}.",
            hint="Sign in as a role to which `manage.py grant_rights` gave its rights (docs/deploy.md).",
            id="accounts.W001",
        )
