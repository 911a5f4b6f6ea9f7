"""How long a page waits for what it searches, and whether it gave up: such an answer is of this moment alone."""

from contextvars import ContextVar

import psycopg
from django.db import OperationalError, connections, transaction

from pages.replicas import reading_from

# Longer than any search of sense takes on a busy day; what takes longer is not finished, which is not the same as none.
PATIENCE = "500ms"

# Whether anything was not finished since this request began.
_ran_out = ContextVar("ran_out", default=False)


def within_patience(search, settings, *, otherwise):
    """What `search()` finds; `otherwise` when the database would take longer than a person waits.

    `settings` is SQL of SET LOCAL, in which `{patience}` stands for the time.
    """
    alias = reading_from()
    try:
        with transaction.atomic(using=alias), connections[alias].cursor() as cursor:
            cursor.execute(settings.format(patience=PATIENCE))
            found = search()
            # Nothing was written; rolling back ends the settings even inside a larger transaction.
            transaction.set_rollback(True, using=alias)
            return found
    except OperationalError as error:
        if not isinstance(error.__cause__, psycopg.errors.QueryCanceled):
            raise
        _ran_out.set(True)
        return otherwise


def ran_out():
    return _ran_out.get()


def begin():
    _ran_out.set(False)
