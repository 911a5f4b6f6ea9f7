"""The labels of choices in the language of the page, each looked up once: a list shows one with each row."""

from functools import cache

from django.utils.translation import get_language


def label_of(choices, value):
    """`choices(value).label` as text, not lazy."""
    return label_in(choices, value, get_language())


@cache
def label_in(choices, value, _language):
    return str(choices(value).label)
