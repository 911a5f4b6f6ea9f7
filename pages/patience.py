"""How long a page waits for what it searches, and whether it gave up: such an answer is of this moment alone."""

import re
from contextlib import contextmanager, suppress
from contextvars import ContextVar

import psycopg
from django.db import Error, OperationalError, connections, transaction

from pages.replicas import reading_from

# Longer than any search of sense takes on a busy day; what takes longer is not finished, which is not the same as none.
PATIENCE = "500ms"

# Whether anything was not finished since this request began.
_ran_out = ContextVar("ran_out", default=False)
# The settings of the search that this one is a part of.
_around = ContextVar("around", default="")


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


# Neither rolls back what went well: psycopg would forget every statement that it prepared on this connection.


@contextmanager
def own_transaction(alias, settings):
    token = _around.set(settings)
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(settings)
            yield
    finally:
        _around.reset(token)


@contextmanager
def part_of_transaction(alias, settings):
    """Like atomic(), in two statements instead of six; then the settings are again those around it."""
    ended = "; ".join(f"SET LOCAL {name} TO DEFAULT" for name in re.findall(r"SET LOCAL ([\w.]+)", settings))
    around = _around.get()
    token = _around.set(settings)
    with connections[alias].cursor() as cursor:
        cursor.execute(f"SAVEPOINT patience; {settings}")
        try:
            yield
        except BaseException:
            with suppress(Error):  # of a connection that is gone, which the first error says
                cursor.execute("ROLLBACK TO SAVEPOINT patience; RELEASE SAVEPOINT patience")
            raise
        finally:
            _around.reset(token)
        cursor.execute(f"RELEASE SAVEPOINT patience; {ended}; {around}")


def ran_out():
    return _ran_out.get()


def begin():
    _ran_out.set(False)
