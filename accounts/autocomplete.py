"""Fields of the desk that find a row by typing; like Django's, but unmoved by what nobody could have chosen."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple

from accounts.typed import is_key


class KeysOnly:
    def optgroups(self, name, value, attr=None):
        # Django would look for "abc" among the keys, and break.
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


class FindOne(KeysOnly, AutocompleteSelect):
    """One row."""


class FindMany(KeysOnly, AutocompleteSelectMultiple):
    """Several rows."""
