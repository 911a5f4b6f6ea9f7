"""What `grant_rights` gives, and what the deployment check says of a role that has more."""

import pytest
from django.core.checks import Tags, run_checks
from django.core.management import CommandError, call_command
from django.db import DatabaseError, connection, transaction

from accounts import rights
from tests.conftest import APPLICATION

pytestmark = [pytest.mark.django_db, pytest.mark.owner]


def do(statement):
    with connection.cursor() as cursor:
        cursor.execute(statement)
        return cursor.fetchall() if cursor.description else None


@pytest.fixture
def role():
    """A role without any right, gone with the test's transaction."""
    do("CREATE ROLE kim_new")
    return "kim_new"


def may(role, right, table):
    [(answer,)] = do(f"SELECT has_table_privilege('{role}', '{table}', '{right}')")
    return answer


def test_a_new_role_may_read_and_write_and_only_add_to_the_trail(role):
    call_command("grant_rights", role)

    writing = ("SELECT", "INSERT", "UPDATE", "DELETE")
    assert [may(role, right, "accounts_user") for right in (*writing, "TRUNCATE", "TRIGGER")] == [True] * 4 + [
        False
    ] * 2
    assert [may(role, right, "accounts_auditentry") for right in writing] == [True, True, False, False]
    assert [may(role, right, "django_migrations") for right in writing] == [True, False, False, False]
    assert do(f"SELECT has_sequence_privilege('{role}', 'regions_region_id_seq', 'USAGE')") == [(True,)]
    assert do(f"SELECT has_sequence_privilege('{role}', 'regions_region_id_seq', 'UPDATE')") == [(False,)]


def test_what_a_role_had_too_much_is_taken_from_it(role):
    do(f"GRANT ALL ON ALL TABLES IN SCHEMA public TO {role}; GRANT CREATE ON SCHEMA public TO {role}")

    call_command("grant_rights", role)

    assert not may(role, "TRUNCATE", "accounts_auditentry")
    assert not may(role, "DELETE", "accounts_auditentry")
    assert do(f"SELECT has_schema_privilege('{role}', 'public', 'CREATE')") == [(False,)]


@pytest.mark.parametrize(
    ("name", "made"),
    [("kim_nobody", ""), ("kim_new", "ALTER ROLE kim_new SUPERUSER"), ("kim_new", "GRANT {owner} TO kim_new")],
)
def test_who_is_no_role_of_its_own_gets_no_rights(role, name, made):
    [(owner,)] = do("SELECT current_user")
    if made:
        do(made.format(owner=owner))

    with pytest.raises(CommandError):
        call_command("grant_rights", name)


def warnings_as(role):
    with transaction.atomic():
        do(f"SET LOCAL SESSION AUTHORIZATION {role}")
        found = run_checks(tags=[Tags.database], include_deployment_checks=True, databases=["default"])
        do("RESET SESSION AUTHORIZATION")
    return [warning.msg for warning in found if warning.id == "accounts.W001"]


def test_the_role_of_the_portal_is_not_too_strong(role):
    call_command("grant_rights", role)

    assert warnings_as(role) == []


@pytest.mark.parametrize(
    ("more", "said"),
    [
        ("ALTER ROLE kim_new SUPERUSER", "is a superuser"),
        ("ALTER ROLE kim_new CREATEROLE", "may create roles"),
        ("ALTER TABLE accounts_user OWNER TO kim_new", "owns 1 tables, such as accounts_user"),
        ("GRANT TRUNCATE ON accounts_notice TO kim_new", "may TRUNCATE 1 tables, such as accounts_notice"),
        ("GRANT TRIGGER ON accounts_user TO kim_new", "may make triggers on 1 tables"),
        ("GRANT DELETE ON accounts_auditentry TO kim_new", "may change or delete rows of accounts_auditentry"),
        ("GRANT UPDATE (reason) ON accounts_auditentry TO kim_new", "may change or delete rows of accounts_auditentry"),
        ("GRANT pg_write_all_data TO kim_new", "may change or delete rows of accounts_auditentry"),
        ("GRANT CREATE ON SCHEMA public TO kim_new", "may create objects in the schema"),
        ("GRANT SET ON PARAMETER session_replication_role TO kim_new", "may switch triggers off"),
        ("GRANT pg_execute_server_program TO kim_new", "may write files or start programs on the server"),
    ],
)
def test_a_role_that_is_too_strong_is_named_in_one_sentence(role, more, said):
    call_command("grant_rights", role)
    do(more)

    [sentence] = warnings_as(role)

    assert sentence.startswith(f"The database role {role} is too strong for the portal: it ")
    assert said in sentence


def test_a_role_that_could_be_left_for_a_stronger_one_is_named_too():
    """As with `assume_role`: whoever signed in as a superuser can become one again."""
    [(owner,)] = do("SELECT session_user")
    do(f"SET ROLE {APPLICATION}")

    [warning] = rights.warnings_of(connection)

    assert owner in warning.msg
    assert APPLICATION not in warning.msg


def test_nobody_empties_the_trail(siti):
    do("ALTER TABLE accounts_auditentry ENABLE ALWAYS TRIGGER audit_is_never_emptied")  # tests/conftest.py

    for statement in (
        "TRUNCATE accounts_auditentry",
        "SET session_replication_role = replica; TRUNCATE accounts_auditentry",
    ):
        with pytest.raises(DatabaseError, match="never changed or deleted"), transaction.atomic():
            do(statement)
    assert do("SELECT count(*) > 0 FROM accounts_auditentry") == [(True,)]
