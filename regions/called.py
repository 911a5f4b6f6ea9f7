"""The one place that words name, where a list or a search goes on with it."""

from pages.words.roots import is_known
from regions import atlas
from regions.finding import MAX_CHARACTERS
from regions.models import Region
from regions.spelling import letters_apart
from regions.terms import SHORT_NAMES, plain

# From here on, by its `closeness`, the words name a place; below, they only remind of one.
NAMED = 1.5
SHORTEST_MISTYPED = 6  # letters


def place_called(text):
    """The place that is called so, by its short name too; None for none."""
    return place_by_short_name(plain(text)) or first_named(Region.objects.named(text))


def place_meant(text):
    """The place that is called so, or so but for a slip, where it is no word of another meaning; None for none."""
    text = text[:MAX_CHARACTERS]
    typed = plain(text)
    if (place := place_called(text)) or len(typed) < SHORTEST_MISTYPED or all(map(is_known, typed.split())):
        return place
    return next((place for place in Region.objects.named(text) if letters_apart(typed, plain(place.name)) <= 1), None)


def place_by_short_name(name):
    """Kutai Kartanegara for "kukar"; None for what is short for no place."""
    return atlas.surroundings(SHORT_NAMES.get(name, ""))[0]


def first_named(regions):
    """The first that its words name; None where they only remind of all."""
    return next((region for region in regions if region.closeness >= NAMED), None)
