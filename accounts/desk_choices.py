"""Filters of the desk with choices of their own: what is none of these is no filter."""

from django.contrib import admin


def are_known(filters):
    """Whether each is asked for nothing, or for one of its choices."""
    return all(asked in choices for asked, choices in filter(None, map(asked_of, filters)))


def asked_of(one):
    """`(what it is asked for, what may be)`; None where it is asked for nothing, or reads that itself."""
    if isinstance(one, admin.SimpleListFilter) and one.value():
        return one.value(), {str(key) for key, _label in one.lookup_choices}
    if isinstance(one, admin.ChoicesFieldListFilter) and one.lookup_val:
        return one.lookup_val[-1], {str(key) for key, _label in one.field.flatchoices}
    return None
