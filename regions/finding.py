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

MAX_CHARACTERS, MAX_WORDS, MAX_TIME = 100, 10, "300ms"
# "samrinda" is 0.58 like Samarinda.
SIMILAR = "0.5"
FAR_FROM_BEST = 0.5

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
    words = plain(text).split()[:MAX_WORDS]
    if not words:
        return []
    regions = regions.filter(level__gt=0)
    if len("".join(words)) < 3:
        return list(regions.filter(search_name__startswith=" ".join(words)).order_by("level", "name")[:limit])
    return within_patience(lambda: found_by_words(regions, words, limit))


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


def found_by_words(regions, typed, limit):
    """First the regions with all the words in their own name; only when those are few, all whose path fits."""
    kinds = {kind for kind, names in KIND_WORDS.items() if names.intersection(typed)}
    words = [word for word in typed if word not in ALL_KIND_WORDS] or typed
    regions = by_closeness(regions, typed, words, kinds)
    joined = Q(search_name__trigram_word_similar="".join(words)) | Q(search_name__trigram_word_similar="".join(typed))
    own = [Q(search_name__trigram_word_similar=word) for word in words]
    path = [Q(search_text__trigram_word_similar=word) for word in words]
    found = list(regions.filter(reduce(and_, own) | joined)[:limit])
    if len(found) < limit and len(words) > 1:
        found = list(regions.filter(reduce(or_, own) | joined, reduce(and_, path) | joined)[:limit])
    return [region for region in found if region.closeness > found[0].closeness * FAR_FROM_BEST]


def by_closeness(regions, typed, words, kinds):
    """Best first: how much of the name was typed and how much of what was typed is the name, then the larger region."""
    query, name = " ".join(words), Lower("name")
    in_one_word = Replace(name, Value(" "))
    return regions.annotate(
        closeness=Greatest(
            TrigramSimilarity(name, query),
            TrigramSimilarity(name, " ".join(typed)) * 1.2,
            TrigramSimilarity(in_one_word, "".join(words)),
        )
        + TrigramWordSimilarity(query, "search_name")
        + Case(When(kind__in=kinds, then=0.2), default=0.0, output_field=FloatField())
        + Case(When(local_term__in=typed, then=0.2), default=0.0, output_field=FloatField())
        - F("level") * 0.1
    ).order_by("-closeness", "code")


def within_patience(search):
    """What the search finds, if it does so before a person loses patience."""
    try:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute(
                "SELECT set_config('statement_timeout', %s, true),"
                " set_config('pg_trgm.word_similarity_threshold', %s, true)",
                [MAX_TIME, SIMILAR],
            )
            return search()
    except OperationalError:
        return []
