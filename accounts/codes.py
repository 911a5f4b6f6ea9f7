"""Codes that a person reads aloud, or copies from a screen by hand."""

import secrets

# Without letters and digits that are taken for one another.
LETTERS = "ABCDEFGHJKLMNPQRSTUVWXYZ23456789"


def new_code(length):
    return "".join(secrets.choice(LETTERS) for _letter in range(length))
