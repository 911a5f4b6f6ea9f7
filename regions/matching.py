"""Match rows of somebody's list to regions, thousands at once; a row is matched only when it can mean no other.

`finding` answers a person who looks on and chooses; here nobody looks on. What could be several places, or what only
resembles one, comes back with its candidates and is never guessed.
"""

from collections import defaultdict
from dataclasses import dataclass, field
from enum import Enum
from itertools import islice, product
from typing import NamedTuple

from regions.clues import DISTRICT, PROVINCE, REGENCY, VILLAGE, Clue, clues_in, readings
from regions.finding import as_code, lies_in
from regions.models import Region, RegionSuccession
from regions.spelling import is_slip, key_of, likeness, sound_of, trigrams, words_of
from regions.terms import other_names, without_kind

MAX_CANDIDATES = 8
# Of one text, and of all the texts of a row together.
MAX_READINGS, MAX_TOGETHER = 400, 2_000
NEAR = 0.2


class Status(Enum):
    MATCHED = "matched"
    AMBIGUOUS = "ambiguous"
    NOT_FOUND = "not_found"
    OUTSIDE = "outside"


class Place(NamedTuple):
    """The columns of a Region that matching needs."""

    pk: int
    code: str
    level: int
    kind: str
    local_term: str
    name: str

    def lies_in(self, other: "Place") -> bool:
        return lies_in(self, other)


@dataclass(frozen=True)
class Match:
    """What a row means: `region` when MATCHED, else at most MAX_CANDIDATES `candidates`."""

    status: Status
    region: Place | None = None
    candidates: list[Place] = field(default_factory=list)
    # The deepest place that was found on the way.
    within: Place | None = None
    # Whether every name was written as in the official list.
    is_exact: bool = True


class Certainty(Enum):
    """How a name was recognised, the surest first."""

    NAME = 0
    OTHER_NAME = 1
    SOUND = 2
    SLIP = 3


class Places:
    """The regions of a scope in memory, by everything they are called; provinces and regencies of the whole nation."""

    def __init__(self, scope: Region) -> None:
        self.scope = Place(*(getattr(scope, name) for name in Place._fields))
        self.below: defaultdict[tuple[str, int], list[Place]] = defaultdict(list)
        self.by_code: dict[str, Place] = {}
        self.index: dict[Certainty, defaultdict[tuple[int, str], list[Place]]] = {
            certainty: defaultdict(list) for certainty in (Certainty.NAME, Certainty.OTHER_NAME, Certainty.SOUND)
        }
        self.near_names: dict[tuple, list[Place]] = {}
        self.borne: dict[Clue, bool] = {}
        self.answers: dict[tuple[str, ...], Match] = {}
        for place in self.load(scope):
            self.remember(place)
        self.remember_former_names()

    def load(self, scope):
        regions = Region.objects.current().filter(level__gt=0).order_by("code")
        wanted = regions.filter(level__lte=REGENCY) | regions.within(scope)
        above = [code for code in (scope.code[:8],) if scope.level >= DISTRICT]
        rows = (wanted | regions.filter(code__in=above)).values_list(*Place._fields)
        return (Place(*row) for row in rows.iterator(10_000))

    def remember(self, place):
        self.by_code[place.code] = place
        parts = place.code.split(".")
        for depth in range(place.level):
            self.below[".".join(parts[:depth]), place.level].append(place)
        self.index[Certainty.NAME][place.level, key_of(place.name)].append(place)
        self.index[Certainty.SOUND][place.level, sound_of(place.name)].append(place)
        for name in other_names(place.code, place.name):
            self.add_other_name(place, name)

    def add_other_name(self, place, name):
        places = self.index[Certainty.OTHER_NAME][place.level, key_of(name)]
        if place not in places:
            places.append(place)

    def remember_former_names(self):
        """Index former names as other names of the place, and former codes in `former_codes`, {code: set of Place}."""
        self.former_codes = {}
        known = RegionSuccession.objects.filter(successor__isnull=False)
        for code, name, today in known.values_list("former_code", "former_name", "successor__code"):
            if place := self.by_code.get(today):
                self.add_other_name(place, without_kind(name))
                self.former_codes.setdefault(code, set()).add(place)

    # Asking

    def match(
        self,
        *,
        village: str = "",
        district: str = "",
        regency: str = "",
        province: str = "",
        place: str = "",
        code: str = "",
        mention: str = "",
    ) -> Match:
        """The Match of a row, from whatever columns it has; each is text as typed, "" for none. Answers are remembered.

        `place` holds the whole long name in one column, `code` an official code, `mention` a text that may name the
        place besides, such as the name of a group.
        """
        asked = (village, district, regency, province, place, code, mention)
        if asked not in self.answers:
            columns = {VILLAGE: village, DISTRICT: district, REGENCY: regency, PROVINCE: province}
            said = self.with_mention(mention, self.by_names(columns, place))
            self.answers[asked] = self.with_code(code, said, is_named=any([*columns.values(), place]))
        return self.answers[asked]

    def level_of(self, text: str) -> int | None:
        """The level of the places in this scope that are called so, "Kec. Loa Kulu" or "Loa Kulu"; None for none."""
        clues = clues_in(text)
        if len(clues) != 1:
            return None
        levels = [clues[0].level] if clues[0].level else [DISTRICT, REGENCY, VILLAGE]
        certainties = (Certainty.NAME, Certainty.OTHER_NAME, Certainty.SOUND)
        here = [self.scope if self.scope.level else NATION]
        named = (
            level for level in levels if self.called(Clue(clues[0].names, level, clues[0].kind), here, certainties)
        )
        return next(named, None)

    def by_names(self, columns, text):
        texts = [*(self.column_clues(said, level) for level, said in columns.items()), clues_in(text)]
        written = {clue for clues in texts for clue in clues}
        # Where every name bears the word for its kind, the first reading that fits is right.
        is_plain = all(clue.level for clues in texts for clue in clues)
        best, matched = NOTHING, {}
        together = product(*(islice(readings(clues), MAX_READINGS) for clues in texts))
        for number, understood in enumerate(islice(together, MAX_TOGETHER)):
            clues = [clue for clues in understood for clue in clues]
            # What is taken apart must give names that some place bears, or it is not worth a thought.
            if number and not all(clue in written or self.is_borne(clue) for clue in clues):
                continue
            result = self.resolve(clues)
            if result.match.status is Status.MATCHED:
                matched.setdefault(result.match.region, result)
            if result.rank > best.rank:
                best = result
            if is_plain and best.match.status is Status.MATCHED:
                break
        surest = [result for result in matched.values() if result.rank[:2] == best.rank[:2]]
        if len(surest) > 1:
            return Match(Status.AMBIGUOUS, candidates=[result.match.region for result in surest][:MAX_CANDIDATES])
        return best.match

    def column_clues(self, text, level):
        """A name that is known as it stands is not taken apart: a village may be called Ulak Kota Baru."""
        if self.index[Certainty.NAME].get((level, key_of(text))):
            return [Clue((text,), level)] if text else []
        return clues_in(text, level)

    def is_borne(self, clue):
        """Whether any place of this level is called so; of the few provinces and regencies, perhaps with a slip."""
        if clue not in self.borne:
            found = self.called(clue, [NATION], list(self.index))
            self.borne[clue] = bool(found) or (clue.level <= REGENCY and self.is_nearly_borne(clue))
        return self.borne[clue]

    def is_nearly_borne(self, clue):
        return any(
            place.name[0].lower() == name[0] and abs(len(place.name) - len(name)) < 3 and is_slip(name, place.name)
            for place in self.below["", clue.level]
            for name in clue.names
        )

    def resolve(self, clues):
        """Go down from the largest place named to the smallest; every name must lie in the one before."""
        path = Path(self)
        for clue in sorted(clues, key=lambda clue: clue.level):
            path.follow(clue)
        return Resolved(path.match(), path.rank)

    def with_mention(self, mention, match):
        """A group called "Jalen Media" in a district with a village of that name sits in the village.

        What is only a part of the name, or one of many villages of a regency, is for a person to say.
        """
        if match.status not in (Status.MATCHED, Status.AMBIGUOUS) or not mention:
            return match
        # A district alone, in the whole nation, is found but not believed.
        found = match.region or (match.within if match.candidates == [match.within] else None)
        if found is None or found.level == VILLAGE:
            return match
        clues = clues_in(mention)
        told = [clue for clue in clues if clue.level and clue.level > max(found.level, REGENCY)]
        if found.level == DISTRICT and len(clues) == 1 and clues[0].level in (None, VILLAGE):
            exact = self.called(Clue(clues[0].names, VILLAGE, clues[0].kind), [found], [Certainty.NAME])
            if len(exact) == 1 and key_of(clues[0].names[0]) != key_of(found.name):
                return Match(Status.MATCHED, exact[0])
        named = [place for clue in told for place in self.called(clue, [found], list(self.index))]
        if found.level == DISTRICT:
            named += self.mentioned_villages(mention, found)
        if not named:
            return match
        return Match(Status.AMBIGUOUS, candidates=[*dict.fromkeys(named), found][:MAX_CANDIDATES], within=found)

    def mentioned_villages(self, mention, district):
        said = f" {' '.join(words_of(mention))} "
        return [
            place
            for place in self.below[district.code, VILLAGE]
            if f" {' '.join(words_of(place.name))} " in said and key_of(place.name) != key_of(district.name)
        ]

    def with_code(self, code, match, is_named):
        """The Match with an official code: it decides among several places; AMBIGUOUS where names contradict it."""
        code = as_code(code.strip()) if code else None
        today = [self.by_code[code]] if code in self.by_code else list(self.former_codes.get(code, ()))
        if not today or (match.region and all(match.region.lies_in(place) for place in today)):
            return match
        agrees = today[0] in match.candidates or (match.region and today[0].lies_in(match.region))
        if len(today) == 1 and (agrees or not is_named):
            inside = today[0].lies_in(self.scope)
            return Match(Status.MATCHED, today[0]) if inside else Match(Status.OUTSIDE, candidates=today)
        choices = dict.fromkeys([*today, *([match.region] if match.region else match.candidates)])
        choices = [place for place in choices if place.lies_in(self.scope)]
        return Match(Status.AMBIGUOUS if choices else Status.OUTSIDE, candidates=(choices or today)[:MAX_CANDIDATES])

    # Looking up

    def called(self, clue, areas, certainties):
        """Places of the clue's level with one of its names, in one of the areas; those of the highest certainty."""
        for certainty in certainties:
            for name in clue.names:
                found = [place for place in self.with_name(name, clue, areas, certainty) if is_in(place, areas)]
                if found:
                    return preferred(clue, found)
        return []

    def with_name(self, name, clue, areas, certainty):
        if certainty is Certainty.SLIP:
            return [place for place in self.near(name, clue.level, areas) if is_slip(name, place.name)]
        key = sound_of(name) if certainty is Certainty.SOUND else key_of(name)
        found = self.index[certainty].get((clue.level, key), [])
        # "Dusun X" is a part of a village, except where villages are called so.
        return [place for place in found if place.local_term == "dusun"] if clue.kind == "dusun" else found

    def near(self, name, level, areas):
        """Places of this level whose name resembles it, the nearest first; of many areas, or the whole nation, none."""
        narrow = level <= REGENCY or all(area.level >= REGENCY for area in areas)
        if not narrow or len(areas) > 3 or not name:
            return []
        asked = (name, level, *(area.code for area in areas))
        if asked not in self.near_names:
            these = trigrams(sound_of(name))
            everywhere = {place for area in areas for place in self.inside(area, level)}
            ranked = [(likeness(these, trigrams(sound_of(place.name))), place) for place in everywhere]
            ranked = sorted((pair for pair in ranked if pair[0] >= NEAR), key=lambda pair: (-pair[0], pair[1].code))
            self.near_names[asked] = [place for _likeness, place in ranked[: MAX_CANDIDATES * 2]]
        return self.near_names[asked]

    def inside(self, area, level):
        if area.level == level:
            return [area]
        return self.below["" if area.level == 0 else area.code, level]


class Resolved(NamedTuple):
    match: Match
    rank: tuple


NOTHING = Resolved(Match(Status.NOT_FOUND), (-99,))


class Path:
    """The way down from the largest place that a row names to the smallest."""

    def __init__(self, places):
        self.places = places
        self.areas = [places.scope] if places.scope.level else [NATION]
        self.found, self.missing, self.certainties, self.offered = [], [], [], []
        self.is_outside = False

    def follow(self, clue):
        start = self.areas
        if clue.level <= self.places.scope.level:
            self.confirm_scope(clue)
            return
        for certainty in Certainty:
            if certainty is Certainty.SLIP and self.is_known_elsewhere(clue):
                break
            found = self.places.called(clue, start, [certainty])
            if found:
                self.areas = found
                self.found.append(clue)
                self.certainties.append(certainty)
                return
        self.missing.append(clue)
        self.offered = self.offers(clue)

    def confirm_scope(self, clue):
        """Follow a clue as high as the scope or higher: note that it names the scope, or that it leads out of it."""
        named = self.places.called(clue, [NATION], Certainty)
        if any(self.places.scope.lies_in(place) for place in named):
            if clue.level == self.places.scope.level:
                self.found.append(clue)
                self.certainties.append(Certainty.NAME)
        elif named:
            self.is_outside = True
            self.offered = named
        else:
            self.missing.append(clue)

    def is_known_elsewhere(self, clue):
        """Whether a place beside these bears the very name, so that it would be no slip."""
        return clue.level > REGENCY and bool(
            self.places.called(clue, self.around(), [Certainty.NAME, Certainty.OTHER_NAME])
        )

    def around(self):
        """The regencies of the areas; where no regency is known, the areas."""
        codes = dict.fromkeys(area.code[:5] for area in self.areas if area.level >= REGENCY)
        return [self.places.by_code[code] for code in codes] or self.areas

    def offers(self, clue):
        """Places that the clue may have meant: with that name not far away, or with a similar name right here."""
        wider = self.around() if self.areas[0].level > REGENCY else [self.places.scope]
        beside = self.places.called(clue, wider, [Certainty.NAME, Certainty.OTHER_NAME, Certainty.SOUND])
        if self.areas[0].level >= REGENCY and clue.level > REGENCY and not beside:
            beside = self.places.called(clue, self.around(), [Certainty.NAME, Certainty.OTHER_NAME, Certainty.SOUND])
        similar = [place for name in clue.names for place in self.places.near(name, clue.level, self.areas)]
        return [place for place in dict.fromkeys([*beside, *similar]) if place.lies_in(self.places.scope)]

    @property
    def rank(self):
        """A tuple to compare readings by, greater is better: fewer names missing, matched, surer, in fewer parts."""
        is_matched = self.match().status is Status.MATCHED
        worst = max((certainty.value for certainty in self.certainties), default=0)
        return (-len(self.missing), is_matched, len(self.found) > 0, -worst, -len(self.found))

    def match(self):
        if self.is_outside:
            return Match(Status.OUTSIDE, candidates=self.offered[:MAX_CANDIDATES])
        deepest = self.areas[0] if self.found and len(self.areas) == 1 else None
        if not self.found and not self.missing:
            return Match(Status.NOT_FOUND)
        if self.missing:
            return self.unfinished(deepest)
        if deepest and (self.is_certain or deepest.level <= REGENCY):
            return Match(Status.MATCHED, deepest, within=deepest, is_exact=set(self.certainties) <= {Certainty.NAME})
        return Match(Status.AMBIGUOUS, candidates=self.areas[:MAX_CANDIDATES], within=deepest)

    def unfinished(self, deepest):
        """The Match of a row with a name that was not found: never MATCHED, the candidates being what it may mean."""
        went_deeper = self.found and self.found[-1].level > self.missing[-1].level
        candidates = self.areas if went_deeper else self.offered
        status = Status.AMBIGUOUS if candidates else Status.NOT_FOUND
        return Match(status, candidates=candidates[:MAX_CANDIDATES], within=None if went_deeper else deepest)

    @property
    def is_certain(self):
        """Whether the names suffice: within a regency one does; in a wider scope two of different levels must agree."""
        return self.places.scope.level >= REGENCY or len({clue.level for clue in self.found}) > 1


NATION = Place(0, "0", 0, "negara", "negara", "Indonesia")


def is_in(place, areas):
    return any(place.lies_in(area) for area in areas)


def preferred(clue, found):
    """Of places with one name: the regencies of the kind that was said, the villages of it within one district."""
    same_district = len({place.code.rpartition(".")[0] for place in found}) == 1
    if not clue.kind or (clue.level > REGENCY and not same_district):
        return found
    return [place for place in found if place.kind == clue.kind] or found
