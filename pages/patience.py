"""How long a page waits for what it searches, and whether it gave up: such an answer is of this moment alone."""

import re
from contextlib import contextmanager, nullcontext, suppress
from contextvars import ContextVar
from functools import cache

import psycopg
from django.db import Error, OperationalError, connections, transaction

from pages.replicas import reading_from

# Longer than any search of sense takes on a busy day; what takes longer is not finished, which is not the same as none.
PATIENCE = "500ms"

# Whether anything was not finished since this request began.
_ran_out = ContextVar("ran_out", default=False)
# The settings of the search that this one is a part of.
_around = ContextVar("around", default="")
# The part that was asked last; its settings hold until anything else is asked.
_lasting = ContextVar("lasting", default=None)


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
    end_lasting()
    token, connection = _around.set(settings), connections[alias]
    try:
        with transaction.atomic(using=alias), connection.cursor() as cursor:
            cursor.execute(settings)
            with connection.execute_wrapper(end_lasting_before):
                yield
    finally:
        _around.reset(token)
        _lasting.set(None)  # which ended with the transaction


@contextmanager
def part_of_transaction(alias, settings):
    """Like atomic(), in two statements instead of six, or none after a part with the same settings."""
    around, connection = _around.get(), connections[alias]
    part = part_with(settings, connection)
    token = _around.set(settings)
    try:
        with nullcontext() if around else connection.execute_wrapper(end_lasting_before):
            yield
            end_lasting()  # of those within it
    except BaseException:
        with suppress(Error):  # as in `undo`
            end_lasting()
        part.undo()
        raise
    finally:
        _around.reset(token)
    _lasting.set(part)
    if not around:
        end_lasting()


def part_with(settings, connection):
    """The part asked last where it has the same settings, or else a new one."""
    part = _lasting.get()
    if part and (part.settings, part.connection) == (settings, connection):
        _lasting.set(None)
        return part
    end_lasting()
    return Part(settings, connection, around=_around.get())


def end_lasting():
    if part := _lasting.get():
        _lasting.set(None)
        part.end()


def end_lasting_before(execute, *statement):
    end_lasting()
    return execute(*statement)


class Part:
    """A savepoint with settings; once it ended they are again those around it."""

    def __init__(self, settings, connection, *, around):
        self.settings, self.connection, self.around = settings, connection, around
        self.execute(f"SAVEPOINT patience; {settings}")

    def undo(self):
        with suppress(Error):  # of a connection that is gone, which the first error says
            self.execute("ROLLBACK TO SAVEPOINT patience; RELEASE SAVEPOINT patience")

    def end(self):
        self.execute(f"RELEASE SAVEPOINT patience; {undoing(self.settings)}; {self.around}")

    def execute(self, sql):
        with self.connection.cursor() as cursor:
            cursor.execute(sql)


@cache
def undoing(settings):
    return "; ".join(f"SET LOCAL {name} TO DEFAULT" for name in re.findall(r"SET LOCAL ([\w.]+)", settings))


def ran_out():
    return _ran_out.get()


def begin():
    _ran_out.set(False)
