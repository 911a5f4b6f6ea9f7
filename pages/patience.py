"""How long a page waits for what it searches, and whether it gave up: such an answer is of this moment alone."""

from contextlib import contextmanager, suppress
from contextvars import ContextVar

import psycopg
from django.db import Error, OperationalError, connections, transaction

from pages.replicas import reading_from

# Longer than any search of sense takes on a busy day; what takes longer is not finished, which is not the same as none.
PATIENCE = "500ms"

# Whether anything was not finished since this request began.
_ran_out = ContextVar("ran_out", default=False)


def within_patience(search, settings, *, otherwise):
    """What `search()` finds; `otherwise` when the database would take longer than a person waits.

    `settings` is SQL of SET LOCAL, in which `{patience}` stands for the time. Nothing may be written.
    """
    alias, settings = reading_from(), settings.format(patience=PATIENCE)
    apart = part_of_transaction if connections[alias].in_atomic_block else own_transaction
    try:
        with apart(alias, settings):
            return search()
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        _ran_out.set(True)
        return otherwise


@contextmanager
def own_transaction(alias, settings):
    with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
        cursor.execute(settings)
        yield
        transaction.set_rollback(True, using=alias)


@contextmanager
def part_of_transaction(alias, settings):
    """What atomic() does in six statements, in two: rolling back ends the settings even inside a larger transaction."""
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SAVEPOINT patience; {settings}")
        try:
            yield
        finally:
            with suppress(Error):  # of a connection that is gone, which says so itself
                cursor.execute("ROLLBACK TO SAVEPOINT patience; RELEASE SAVEPOINT patience")


def ran_out():
    return _ran_out.get()


def begin():
    _ran_out.set(False)
