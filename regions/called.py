"""The one place that words name, where a list or a search goes on with it."""

from regions import atlas
from regions.models import Region
from regions.terms import SHORT_NAMES, plain

# From here on, by its `closeness`, the words name a place; below, they only remind of one.
NAMED = 1.5


def place_called(text):
    """The place that is called so, by its short name too; None for none."""
    return place_by_short_name(plain(text)) or first_named(Region.objects.named(text))


def place_by_short_name(name):
    """Kutai Kartanegara for "kukar"; None for what is short for no place."""
    return atlas.surroundings(SHORT_NAMES.get(name, ""))[0]


def first_named(regions):
    """The first that its words name; None where they only remind of all."""
    return next((region for region in regions if region.closeness >= NAMED), None)
