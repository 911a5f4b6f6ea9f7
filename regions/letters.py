"""Whether the database knows which signs are letters: what it compares names and older words by."""

from django.core.checks import Tags, Warning, register
from django.db import connections

WORDS = "SELECT to_tsvector('simple', 'Bank “Mawar”—Melati')::text"
EXPECTED = "'bank':1 'mawar':2 'melati':3"


@register(Tags.database, deploy=True)
def check_letters(databases=None, **kwargs):
    return [warning for alias in databases or [] for warning in warnings_of(connections[alias])]


def warnings_of(connection):
    with connection.cursor() as cursor:
        cursor.execute(WORDS)
        (words,) = cursor.fetchone()
    if words != EXPECTED:
        yield Warning(
            "The database takes curly quotes and dashes for letters: it was made with LC_CTYPE C.",
            hint="Restore a dump into a database made with --lc-ctype=C.UTF-8 (docs/deploy.md).",
            id="regions.W001",
        )
