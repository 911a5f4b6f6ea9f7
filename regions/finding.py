"""Finding a place from what a person typed, however wrongly."""

import math
import re
from functools import reduce
from operator import and_, or_

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db import OperationalError, connection, transaction
from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.functions import Cast, Greatest, Lower, Replace, Sqrt

from .terms import CODE, KIND_WORDS, plain

MAX_CHARACTERS, MAX_WORDS = 100, 10
FAR_FROM_BEST = 0.5

# "samrinda" is 0.58 like Samarinda. Comparing trigrams costs a hundred times what the planner assumes of an operator,
# so that it would rather compare all 91,600 names than ask their index.
SEARCH_SETTINGS = """
    SET LOCAL statement_timeout = '{patience}';
    SET LOCAL pg_trgm.word_similarity_threshold = 0.5;
    SET LOCAL cpu_operator_cost = 0.25
"""

# "samrinda" is 0.58 like Samarinda here too; to compare whole names costs a fraction of looking for a part of them.
NAME_SETTINGS = f"{SEARCH_SETTINGS}; SET LOCAL pg_trgm.similarity_threshold = 0.45"

# Longer than any search of sense takes on a busy day; what takes longer finds nothing.
PATIENCE = "500ms"

BARE_CODE = re.compile(r"(\d{2})(\d{2})?(\d{2})?(\d{4})?", re.ASCII)
POSTAL_CODE = re.compile(r"\d{5}", re.ASCII)
ALL_KIND_WORDS = set().union(*KIND_WORDS.values())


def find(regions, text, limit=10):
    """The regions that `text` most likely means, best first, with their names loaded.

    A code or a postal code is taken literally. Otherwise every word must be found, approximately, in the name or the
    path of the region, and one of them in its own name. Words for the kind ("kota", "kec.") only rank.
    """
    text = text[:MAX_CHARACTERS].strip()
    regions = regions.current().with_names()
    if POSTAL_CODE.fullmatch(text):
        return list(regions.filter(postal_code=text).order_by("code")[:limit])
    if code := as_code(text):
        return found_by_code(regions, code)
    # "Jembayan, Loa Kulu": what comes first is the name, what follows the comma is where it lies.
    name, _comma, place = text.partition(",")
    name, place = plain(name).split()[:MAX_WORDS], plain(place).split()[:MAX_WORDS]
    regions = regions.filter(level__gt=0)
    if not name and not place:
        return []
    if len("".join(name + place)) < 3:
        return list(regions.filter(search_name__startswith=" ".join(name + place)).order_by("level", "name")[:limit])
    return within_patience(
        lambda: (
            (name and place and found_by_address(regions, name, place, limit))
            or found_by_words(regions, name + place, limit)
        )
    )


def named(regions, text, limit=3):
    """The regions whose whole name is what was typed, or nearly so, best first; quicker than `find`."""
    typed = plain(text[:MAX_CHARACTERS]).split()[:MAX_WORDS]
    regions = regions.current().with_names().filter(level__gt=0, search_name__trigram_similar=" ".join(telling(typed)))
    return within_patience(lambda: in_order(regions, typed, limit), NAME_SETTINGS) if typed else []


# Indonesia with its seas, in degrees.
SOUTH, NORTH, WEST, EAST = -11.5, 6.5, 94.5, 141.5
KILOMETRES_PER_DEGREE = 111.2


def nearest(regions, lat, lng, limit=5):
    """The villages closest to a point, nearest first, each with `distance` in kilometres; none outside Indonesia."""
    if not (SOUTH <= lat <= NORTH and WEST <= lng <= EAST):
        return []
    villages = regions.current().with_names().filter(level=4)
    # Look into an ever larger box, until what was found is surely nearer than anything outside it.
    for radius in (0.1, 0.4, 1.6, 6.4):
        box = villages.filter(lat__range=(lat - radius, lat + radius), lng__range=(lng - radius, lng + radius))
        found = list(box.annotate(distance=distance_from(lat, lng)).order_by("distance", "code")[:limit])
        if len(found) == limit and found[-1].distance <= radius * KILOMETRES_PER_DEGREE * squeeze(lat):
            break
    return found


def distance_from(lat, lng):
    """Kilometres from a point, as a database expression; flat, which is true enough within Indonesia."""
    lat, lng = float(lat), float(lng)
    down = Cast("lat", FloatField()) - lat
    across = (Cast("lng", FloatField()) - lng) * squeeze(lat)
    return Sqrt(down * down + across * across) * KILOMETRES_PER_DEGREE


def kilometres(place, other):
    """From one region's point to another's, as `distance_from`; infinite where the other's is not known."""
    if other.lat is None:
        return math.inf
    down = float(other.lat) - float(place.lat)
    across = (float(other.lng) - float(place.lng)) * squeeze(float(place.lat))
    return math.hypot(down, across) * KILOMETRES_PER_DEGREE


def squeeze(lat):
    """How much shorter a degree of longitude is than one of latitude."""
    return math.cos(math.radians(lat))


def as_code(text):
    """The dotted code for "64.02", "6402" or "6402062001"; None for anything else."""
    if CODE.fullmatch(text):
        return text
    match = BARE_CODE.fullmatch(text)
    return ".".join(filter(None, match.groups())) if match else None


def found_by_code(regions, code):
    try:
        return [regions.resolve(code)[0]]
    except regions.model.DoesNotExist:
        return []


def found_by_address(regions, typed, place, limit):
    """The regions with this name whose path has the words of the place."""
    words, place = telling(typed), telling(place)
    path = [Q(search_text__trigram_word_similar=word) for word in place]
    return in_order(regions.filter(all_of(words) | in_one_word(words), *path), typed, limit)


def found_by_words(regions, typed, limit):
    """First the regions with all the words in their own name; only when those are few, all whose path fits."""
    words = telling(typed)
    joined = in_one_word(words) | in_one_word(typed)
    found = in_order(regions.filter(all_of(words) | joined), typed, limit)
    if len(found) < limit and len(words) > 1:
        any_of = reduce(or_, (Q(search_name__trigram_word_similar=word) for word in words))
        path = reduce(and_, (Q(search_text__trigram_word_similar=word) for word in words))
        found = in_order(regions.filter(any_of | joined, path | joined), typed, limit)
    return found


def telling(typed):
    """The words that name a place, without those that only say its kind ("Kecamatan Kota" is named Kota)."""
    return [word for word in typed if word not in ALL_KIND_WORDS] or typed[1:] or typed


def all_of(words):
    return reduce(and_, (Q(search_name__trigram_word_similar=word) for word in words))


def in_one_word(words):
    return Q(search_name__trigram_word_similar="".join(words))


def in_order(regions, typed, limit):
    found = list(by_closeness(regions, typed)[:limit])
    return [region for region in found if region.closeness > found[0].closeness * FAR_FROM_BEST]


def by_closeness(regions, typed):
    """Best first: how much of the name was typed and how much of what was typed is the name, then the larger region."""
    words, name = telling(typed), Lower("name")
    query = " ".join(words)
    kinds = [kind for kind, names in KIND_WORDS.items() if names.intersection(typed)]
    return regions.annotate(
        closeness=Greatest(
            TrigramSimilarity(name, query),
            TrigramSimilarity(name, " ".join(typed)) * 1.2,
            TrigramSimilarity(Replace(name, Value(" ")), "".join(words)),
        )
        + TrigramWordSimilarity(query, "search_name")
        + Case(When(kind__in=kinds, then=0.2), default=0.0, output_field=FloatField())
        + Case(When(local_term__in=typed, then=0.2), default=0.0, output_field=FloatField())
        - F("level") * 0.1
    ).order_by("-closeness", "code")


def within_patience(search, settings=SEARCH_SETTINGS, otherwise=()):
    """What the search finds, if it does so before a person loses patience."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(settings.format(patience=PATIENCE))
            found = search()
            # Nothing was written; rolling back ends the settings even inside a larger transaction.
            transaction.set_rollback(True)
            return found
    except OperationalError:
        return otherwise
