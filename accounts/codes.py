"""Codes that a person reads aloud, or copies from a screen by hand."""

import secrets

from django.utils.crypto import salted_hmac

# Without letters and digits that are taken for one another.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_code(length):
    return "".join(secrets.choice(LETTERS) for _letter in range(length))


def same_code(length, *told):
    """The code of what was told: the same each time, and nobody guesses it."""
    digest = salted_hmac("accounts.codes", repr(told), algorithm="sha256").digest()
    return "".join(LETTERS[byte % len(LETTERS)] for byte in digest[:length])
