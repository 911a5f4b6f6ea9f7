"""Finding a place from what a person typed, however wrongly."""

import math
import re
from copy import copy
from functools import partial, reduce
from itertools import combinations, pairwise
from operator import and_, or_
from typing import NamedTuple

from django.contrib.postgres.search import TrigramSimilarity, TrigramWordSimilarity
from django.db.models import Case, F, FloatField, Q, Value, When
from django.db.models.functions import Cast, Greatest, Lower, Replace, Sqrt

from pages.memory import Memory
from pages.patience import within_patience
from pages.questions import asked
from regions.spelling import key_of, letters_apart
from regions.terms import CODE, FILLERS, KIND_WORDS, LOCAL_TERMS, PLAIN_NAMES, plain

MAX_CHARACTERS, MAX_WORDS = 100, 10
LIFETIME = 300  # seconds until a process sees a new edition of the list
MOST_ALIKE = 1000
SHORTEST = 3  # letters of a word; fewer resemble everything
FAR_FROM_BEST = 0.5
# Of "jembayn" Jembayat and Jembayan have as many trigrams; letter by letter are compared the nearest so many.
MOST_COMPARED, A_LETTER = 30, 0.03

# "samrinda" is 0.58 like Samarinda, in whole names too, which cost a fraction of looking for a part of them. Comparing
# trigrams costs a hundred times what the planner assumes of an operator, so that it would rather compare all 91,600
# names than ask their index; and rather read all of 91,000 KIM, in three processes, than some hundreds by their keys.
SEARCH_SETTINGS = """
    SET LOCAL statement_timeout = '{patience}';
    SET LOCAL pg_trgm.word_similarity_threshold = 0.5;
    SET LOCAL pg_trgm.similarity_threshold = 0.45;
    SET LOCAL cpu_operator_cost = 0.25;
    SET LOCAL max_parallel_workers_per_gather = 0;
    SET LOCAL enable_seqscan = off
"""

BARE_CODE = re.compile(r"(\d{2})(\d{2})?(\d{2})?(\d{4})?", re.ASCII)
POSTAL_CODE = re.compile(r"\d{5}", re.ASCII)
ALL_KIND_WORDS = set().union(*KIND_WORDS.values())
# "Kota Administrasi Jakarta Selatan", "Nagori Bandar", and in English "Bogor City".
BEFORE_A_NAME = ALL_KIND_WORDS | LOCAL_TERMS | FILLERS
AFTER_A_NAME = {"province", "regency", "city", "district", "village"}

# More names than a long name has, more places than any of its names has.
MAX_PARTS, MAX_NAMED = 5, 3_000

# As `closeness` says it of what is exactly called so.
EXACT = 2.5

_alike, _called, _worded = (Memory(MOST_ALIKE, seconds=LIFETIME) for _each in range(3))


class Found(list):
    """What a search found; when `is_cut` it ran out of time, and there may be more, or something at all."""

    def __init__(self, regions=(), *, is_cut=False):
        super().__init__(regions)
        self.is_cut = is_cut


def find(regions, text, limit=10):
    """The regions that `text` most likely means, best first, with their names loaded: a Found.

    A code or a postal code is taken literally. What is called exactly so comes first, then what begins so, both from
    an index. Then every word must be found, approximately, in the name or the path of the region, and one of them in
    its own name. Words for the kind ("kota", "kec.") only rank.
    """
    text = text[:MAX_CHARACTERS].strip()
    known = exactly(regions, text)
    if is_number(text):
        return Found(known[:limit])
    known += [region for region in beginning(regions, text, limit) if region not in known]
    if len(known) >= limit or not may_resemble(plain(text).split()):
        return Found(known[:limit])
    regions = regions.current()
    rest = within_patience(lambda: loaded(resembling(regions, text, limit)), SEARCH_SETTINGS, otherwise=None)
    others = [region for region in rest or () if region not in known]
    return Found([*known, *others][:limit], is_cut=rest is None)


def beginning(regions, text, limit):
    """The regions whose name begins with these words, the larger first; none for words with a comma between them."""
    typed = plain(text).split()[:MAX_WORDS]
    if not typed or "," in text:
        return []
    largest = beginning_with(regions, " ".join(typed))
    largest = largest.order_by("level", "name", "code").values("pk")[:limit]
    return list(regions.with_names().filter(pk__in=largest).order_by("level", "name", "code"))


def beginning_with(regions, words):
    """Those whose name begins with these plain words, also one that people have for it: "kuk" for Kutai Kartanegara."""
    codes = {code for name, code in PLAIN_NAMES if name.startswith(words)}
    begins = Q(search_name__startswith=words)
    return regions.current().filter(begins | Q(code__in=sorted(codes)) if codes else begins, level__gt=0)


def exactly(regions, text):
    """The regions with this code, postal code or name, with their names loaded, the larger first; from an index.

    With or without its kind, by any name that people have for it, and followed by what it lies in: "Kota Samarinda",
    "jogja", "Desa Adat Yoboi", "Tenggarong, Kukar", "tenggarong kukar".
    """
    text = text[:MAX_CHARACTERS].strip()
    if POSTAL_CODE.fullmatch(text):
        return list(regions.current().with_names().filter(postal_code=text).order_by("code"))
    if code := as_code(text):
        return found_by_code(regions.current().with_names(), code)
    order = [place.pk for place in LongNames(text).places()]
    found = regions.current().with_names().in_bulk(order) if order else {}
    return [found[pk] for pk in order if pk in found]


def having_words(words):
    """`{level: [keys]}` of the regions with all these words in what they are called; remembered, as geography is."""
    typed = frozenset(plain(" ".join(words)).split())
    if not typed:
        return {}
    known = _worded.get(typed)
    if known is None:
        known = {}
        for pk, level in named_with(typed):
            known.setdefault(level, []).append(pk)
        _worded[typed] = known  # whole, for other threads look here too
    return known


def named_with(typed):
    from regions.models import Region

    codes = {code for name, code in PLAIN_NAMES if typed <= {*name.split()}}
    has_words = reduce(and_, (Q(search_name__regex=rf"\m{word}\M") for word in sorted(typed)))
    places = Region.objects.filter(has_words | Q(code__in=sorted(codes)), level__gt=0)
    return places.order_by().values_list("pk", "level")[:MAX_NAMED]


def may_resemble(words):
    """Whether any is long enough to look for what is like it."""
    return any(len(word) >= SHORTEST for word in words)


def is_number(text):
    return bool(POSTAL_CODE.fullmatch(text) or as_code(text))


def resembling(regions, text, limit):
    """`{pk: closeness}`, the best first."""
    # "Jembayan, Loa Kulu": what comes first is the name, what follows the comma is where it lies.
    name, _comma, place = text.partition(",")
    name, place = plain(name).split()[:MAX_WORDS], plain(place).split()[:MAX_WORDS]
    regions = regions.filter(level__gt=0)
    if not name and not place:
        return {}
    by_long_name = name and place and found_by_long_name(regions, name, place, limit)
    return by_long_name or found_by_words(regions, name + place, limit)


def named(regions, text, limit=3):
    """The regions whose whole name is what was typed, or nearly so, best first: a Found; quicker than `find`."""
    from regions.atlas import places

    text = text[:MAX_CHARACTERS].strip()
    exact = exactly(regions, text) if is_number(text) else places_called(text)
    closeness = {place.pk: EXACT for place in exact[:limit]}
    typed, rest = plain(text).split()[:MAX_WORDS], {}
    if len(closeness) < limit and may_resemble(typed):
        rest = alike(typed, limit)
    closeness = {**closeness, **{pk: value for pk, value in (rest or {}).items() if pk not in closeness}}
    known = places({*closeness})
    # Of each a copy, because every request has the same place and its own words.
    found = [copy(known[pk]) for pk in [*closeness][:limit] if pk in known]
    for region in found:
        region.closeness = closeness[region.pk]
    return Found(found, is_cut=rest is None)


def places_called(text):
    """The Named of all regions that a text means exactly, remembered as `alike` is."""
    known = _called.get(text)
    if known is None:
        known = _called[text] = LongNames(text).places()
    return known


def alike(typed, limit):
    """`{pk: closeness}` of the regions with a name like these words, the best first; None when it took too long.

    Remembered, as geography is: of what takes a search longest it is all that no news change.
    """
    key = (*typed, limit)
    known = _alike.get(key)
    if known is None:
        ask = partial(asked, named_alike, *said(typed), limit=max(limit, MOST_COMPARED))
        known = within_patience(lambda: in_order(ask(), typed, limit), SEARCH_SETTINGS, otherwise=None)
        if known is not None:
            _alike[key] = known
    return known


def named_alike(name, *others, limit):
    from regions.models import Region

    alike = Region.objects.current().filter(level__gt=0, search_name__trigram_similar=name)
    return by_closeness(alike, name, *others, limit)


# Exactly


class Named(NamedTuple):
    """As much of a region as an exact name needs."""

    pk: int
    code: str
    level: int
    kind: str
    local_term: str
    name: str
    names: list[str]

    def is_kind(self, said):
        """Whether the words for a kind, if any, are its own."""
        if not said:
            return True
        if "adat" in said:
            return self.kind == "desa_adat"
        return any(KIND_WORDS.get(self.kind, set()) & said) or bool(said & {*self.local_term.split()})

    def lies_below_one_of(self, others):
        return any(self.level > other.level and lies_in(self, other) for other in others)


def lies_in(place, other):
    """Whether it is the other place or in it: a code begins with the code of what it lies in; all lie in the nation."""
    return other.level == 0 or place.code == other.code or place.code.startswith(f"{other.code}.")


class LongNames:
    """What a text may say: a name, alone or followed by names of what it lies in, with commas or without."""

    def __init__(self, text):
        parts = [plain(part).split()[:MAX_WORDS] for part in text.split(",")]
        self.parts = [part for part in parts if part][:MAX_PARTS]

    def places(self):
        """The Named of all regions that it means, the larger first; of several ways to read it, by the one with
        fewest names.
        """
        long_names = [self.parts] if len(self.parts) != 1 else taken_apart(self.parts[0])
        by_length = {}
        for long_name in filter(None, long_names):
            by_length.setdefault(len(long_name), []).append([readings(part) for part in long_name])
        for _length, several in sorted(by_length.items()):
            known = places_named({key for long_name in several for part in long_name for key, _said in part})
            if found := {place.pk: place for long_name in several for place in meant(known, long_name)}:
                return sorted(found.values(), key=lambda place: (place.level, place.code))
        return []


def taken_apart(words):
    """`[[words]]` and each way to take them apart into a name and one or two of what it lies in."""
    inner = range(1, len(words))
    for cuts in [(), *combinations(inner, 1), *combinations(inner, 2)]:
        yield [words[start:end] for start, end in pairwise([0, *cuts, len(words)])]


def readings(words):
    """`[(key, words for the kind)]`: as typed, and without what may only say its kind."""
    found = [(key_of(" ".join(words)), frozenset())]
    for start in range(1, len(words)):
        if words[start - 1] not in BEFORE_A_NAME:
            break
        found.append((key_of(" ".join(words[start:])), frozenset(words[:start])))
    if len(words) > 1 and words[-1] in AFTER_A_NAME:
        found.append((key_of(" ".join(words[:-1])), frozenset(words[-1:])))
    return found


def places_named(keys):
    """`{key: [Named]}`."""
    known = {key: [] for key in keys}
    for row in asked(called_so, sorted(keys)):
        place = Named(*row)
        for key in known.keys() & place.names:
            known[key].append(place)
    return known


def called_so(keys):
    from regions.models import Region

    places = Region.objects.current().filter(level__gt=0, names__overlap=keys)
    return places.order_by().values_list(*Named._fields)[:MAX_NAMED]


def meant(known, long_name):
    """The places with the first of the names that lie in one with each of the others."""
    places, *around = [called(known, part) for part in long_name]
    return [place for place in places if all(place.lies_below_one_of(others) for others in around)]


def called(known, part):
    """Those of this name and kind; where none is of that kind, those of this name."""
    of_kind = [place for key, said in part for place in known[key] if place.is_kind(said)]
    return of_kind or [place for key, _said in part for place in known[key]]


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
    """The length of a degree of longitude at this latitude, as a part (0 to 1) of a degree of latitude."""
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


def found_by_long_name(regions, typed, place, limit):
    """The regions with this name whose path has the words of the place."""
    words, place = telling(typed), telling(place)
    path = [Q(search_text__trigram_word_similar=word) for word in place]
    return closest(regions.filter(all_of(words) | in_one_word(words), *path), typed, limit)


def found_by_words(regions, typed, limit):
    """First the regions with all the words in their own name; only when those are few, all whose path fits."""
    words = telling(typed)
    joined = in_one_word(words) | in_one_word(typed)
    found = closest(regions.filter(all_of(words) | joined), typed, limit)
    if len(found) < limit and len(words) > 1:
        any_of = reduce(or_, (Q(search_name__trigram_word_similar=word) for word in words))
        path = reduce(and_, (Q(search_text__trigram_word_similar=word) for word in words))
        found = closest(regions.filter(any_of | joined, path | joined), typed, limit)
    return found


def telling(typed):
    """The words without those for a kind; if all are such, without the first alone ("Kecamatan Kota" is named Kota)."""
    return [word for word in typed if word not in ALL_KIND_WORDS] or typed[1:] or typed


def all_of(words):
    return reduce(and_, (Q(search_name__trigram_word_similar=word) for word in words))


def in_one_word(words):
    return Q(search_name__trigram_word_similar="".join(words))


def closest(regions, typed, limit):
    return in_order(by_closeness(regions, *said(typed), max(limit, MOST_COMPARED)), typed, limit)


def in_order(ranked, typed, limit):
    """`{pk: closeness}` of the best, the best first: of those nearly as close, the one with fewer other letters."""
    ranked = list(ranked)
    near = [(pk, closeness, name) for pk, closeness, name in ranked if closeness > ranked[0][1] * FAR_FROM_BEST]
    near.sort(key=lambda row: row[1] - A_LETTER * other_letters(typed, row[2]), reverse=True)
    return {pk: closeness for pk, closeness, _name in near[:limit]}


def other_letters(typed, name):
    """How many letters of a name were typed otherwise; what else was typed may be where it lies."""
    words, typed = plain(name).split(), telling(typed)
    apart = letters_apart("".join(typed), "".join(words))
    return min(apart, sum(min(letters_apart(word, other) for other in typed) for word in words))


def loaded(closeness):
    """The regions of `{pk: closeness}` in its order, each with its closeness, their names loaded.

    Names are joined to these alone: joined to all that resembles, they let the planner prefer to read every region.
    """
    from regions.models import Region

    found = Region.objects.with_names().in_bulk(closeness) if closeness else {}
    for pk, region in found.items():
        region.closeness = closeness[pk]
    return [found[pk] for pk in closeness]


def said(typed):
    """What `by_closeness` compares with: the name in words and in one, all that was typed, and the kinds in it."""
    words = telling(typed)
    kinds = [kind for kind, names in KIND_WORDS.items() if names.intersection(typed)]
    return " ".join(words), "".join(words), " ".join(typed), typed, kinds


def by_closeness(regions, name, in_one_word, typed, words, kinds, limit):
    """Best first: how much of the name was typed and how much of what was typed is the name, then the larger region."""
    lower = Lower("name")
    ranked = regions.annotate(
        closeness=Greatest(
            TrigramSimilarity(lower, name),
            TrigramSimilarity(lower, typed) * 1.2,
            TrigramSimilarity(Replace(lower, Value(" ")), in_one_word),
        )
        + TrigramWordSimilarity(name, "search_name")
        + Case(When(kind__in=kinds, then=0.2), default=0.0, output_field=FloatField())
        + Case(When(local_term__in=words, then=0.2), default=0.0, output_field=FloatField())
        - F("level") * 0.1
    )
    return ranked.order_by("-closeness", "code").values_list("pk", "closeness", "name")[:limit]
