"""The whole portal in one folder: taken while people write, verified to the last byte, put back as it was.

SHA256SUMS.sha256   the hash of SHA256SUMS, by which one number stands for all
SHA256SUMS          the hash of each file below, as `sha256sum --check` reads it
manifest.json       what made it, what each table held
database.dump       pg_dump's custom format
media/              every file of the portal's storage
"""

from django.core.management.base import CommandError


class Refused(CommandError):
    """Why nothing is done, or why it is not as it should be, in one sentence."""
