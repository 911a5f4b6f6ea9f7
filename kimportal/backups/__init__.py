"""The whole portal in one folder: taken while people write, verified to the last byte, put back as it was.

SHA256SUMS.sha256   the hash of SHA256SUMS, by which one number stands for all
SHA256SUMS          the hash of each file below, as `sha256sum --check` reads it
manifest.json       what made it, what each table held
database.dump       pg_dump's custom format
media/              every file of the portal's storage
"""

from contextlib import contextmanager

from django.core.management.base import CommandError
from django.db import OperationalError

from kimportal.logs import is_of_store


class Refused(CommandError):
    """Why nothing is done, or why it is not as it should be, in one sentence."""


@contextmanager
def in_a_sentence():
    """A full disk, a database or a store that is away: what an operator mends is said in words, without our code."""
    try:
        yield
    except OperationalError as error:
        raise Refused(f"The database of DATABASE_URL does not answer: {str(error).splitlines()[0]}") from error
    except OSError as error:
        raise Refused(": ".join(filter(None, [str(error.filename or ""), error.strerror or str(error)]))) from error
    except Exception as error:
        if not is_of_store(error):
            raise
        raise Refused(f"The store of S3_BUCKET: {error}") from error
