"""Fields of the desk that find a row by typing; like Django's, but unmoved by what nobody could have chosen."""

from django.contrib.admin.widgets import AutocompleteSelect, AutocompleteSelectMultiple
from django.utils.http import urlencode

from accounts.typed import is_key

# What the URL of an autocomplete says of the one row that it does not offer.
BUT = "bukan"


class KeysOnly:
    def optgroups(self, name, value, attr=None):
        # Django would look for "abc" among the keys, and break.
        return super().optgroups(name, [key for key in value if is_key(str(key))], attr)


class FindOne(KeysOnly, AutocompleteSelect):
    """One row; never the one that the form is about, when the widget is told it as `but`."""

    but = None

    def get_url(self):
        return f"{super().get_url()}?{urlencode({BUT: self.but})}" if self.but else super().get_url()


class FindMany(KeysOnly, AutocompleteSelectMultiple):
    """Several rows."""
