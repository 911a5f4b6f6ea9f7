"""What a piece of writing says about a place: names, each with its level where a word such as "Kec." tells it."""

import re
from dataclasses import dataclass
from itertools import combinations, pairwise

from regions.spelling import words_of
from regions.terms import FILLERS

PROVINCE, REGENCY, DISTRICT, VILLAGE = 1, 2, 3, 4

# Each word with its level and, where it tells one, the kind.
MARKERS = {
    **dict.fromkeys(["provinsi", "propinsi", "prov", "prop", "province"], (PROVINCE, "")),
    **dict.fromkeys(["kabupaten", "kab", "regency"], (REGENCY, "kabupaten")),
    **dict.fromkeys(["kota", "kotamadya", "kodya", "kotip"], (REGENCY, "kota")),
    **dict.fromkeys(["kecamatan", "kec", "kapanewon", "kemantren", "distrik", "dist"], (DISTRICT, "")),
    **dict.fromkeys(["kelurahan", "kel", "kelurhan"], (VILLAGE, "kelurahan")),
    **dict.fromkeys(
        ["desa", "ds", "kalurahan", "gampong", "gp", "gmp", "nagari", "nagori", "pekon"], (VILLAGE, "desa")
    ),
    **dict.fromkeys(
        ["tiyuh", "lembang", "kute", "kampung", "kampong", "kp", "kepenghuluan", "ohoi"], (VILLAGE, "desa")
    ),
    "dusun": (VILLAGE, "dusun"),
}
# These begin many a name themselves: Kota Baru, Kampung Baru. Others are strong enough to end a name before them.
IN_NAMES = {"kota", "kampung", "kampong", "nagari", "nagori", "desa", "kute", "dusun", "lembang"}
WITHIN_A_TEXT = {word for word in MARKERS if word not in IN_NAMES | {"kp", "gp"}} | {"kota", "desa"}
SMALLER_THAN_A_VILLAGE = {"kampung", "kp", "dusun"}

# What stands before the place in a long name.
STREETS = re.compile(
    r"(jl|jln|jalan|gg|gang|dsn|padukuhan|lingkungan|perum|perumahan|komplek|kompleks|rt|rw)\b.*|kantor|balai|sekretariat"
)
NEIGHBOURHOOD = re.compile(r"\b(rt|rw)\b[\s.:/]*\d+(\s*/\s*(rw)?[\s.]*\d+)?|\bno(mor)?\b[\s.:]*\d+\w*|\b\d{5}\b", re.I)
SEPARATOR = re.compile(r"[,;\n|]|\s[-–—]+\s")
ASIDE = re.compile(r"\(([^)]*)\)?")

MAX_WORDS, MAX_PARTS = 8, 4


@dataclass(frozen=True)
class Clue:
    """A place as it may be called, the likeliest first; its level, if known, and the kind it was said to be."""

    names: tuple[str, ...]
    level: int | None = None
    kind: str = ""


def clues_in(text, level=None):
    """The clues of a text, as they stand there; what bears no word for its kind is of this level, or of one unknown."""
    asides = ASIDE.findall(text)
    clues = []
    for number, part in enumerate(SEPARATOR.split(NEIGHBOURHOOD.sub(" ", ASIDE.sub(" ", text)))):
        clues += clues_in_words(list(words_of(part)), level if number == 0 else None)
    for aside in asides:
        said = clues_in_words(list(words_of(aside)), None)
        if clues and all(clue.level is None for clue in said):
            # "Penajam Paser Utara (PPU)": another name for the same.
            names = tuple(name for clue in said for name in clue.names)
            clues[-1] = Clue(clues[-1].names + names, clues[-1].level, clues[-1].kind)
        else:
            clues += said
    return without_hamlets(clues)


def clues_in_words(words, level):
    clues = []
    for markers, name in groups(words):
        if not name:
            continue
        if not markers:
            if level or not STREETS.fullmatch(" ".join(name)):
                clues.append(Clue(alternatives(name), level))
            continue
        clues += marked_clues(markers, name)
    return clues


def groups(words):
    """`(markers, name)` for each name: "kelurahan kecamatan sukun" has two markers for one name."""
    markers, name = [], []
    if len(words) == 1:
        # A village may be called Lembang, or Kabupaten.
        markers, words, name = [], [], words
    for position, word in enumerate(words):
        following = words[position + 1] if position + 1 < len(words) else None
        if word in FILLERS and markers and not name:
            continue
        begins = word in MARKERS and not name and not (markers and word in IN_NAMES)
        ends = word in WITHIN_A_TEXT and name and not (word in IN_NAMES and (following is None or following in MARKERS))
        if ends:
            yield markers, name
            markers, name = [word], []
        elif begins and is_name(markers, following, word):
            name.append(word)
        elif begins:
            markers.append(word)
        else:
            name.append(word)
    yield markers, name


def is_name(markers, following, word):
    """In "Kel. Kemantren Kec. Sumber" a word for a district is the name of a village."""
    if not markers:
        return False
    return following is None or (following in WITHIN_A_TEXT and MARKERS[following][0] == MARKERS[word][0])


def marked_clues(markers, name):
    levels = dict(MARKERS[word] for word in reversed(markers))
    for level, kind in levels.items():
        kinds = {MARKERS[word][1] for word in markers if MARKERS[word][0] == level}
        # "Kab/Kota Bogor" and "Desa/Kelurahan Sukun" do not say which.
        if len(name) > 1 and MARKERS.get(name[0], (None,))[0] == level:
            kinds.add(MARKERS[name[0]][1])
        names = alternatives(name)
        if markers[-1] in IN_NAMES and len(markers) == 1:
            names = (" ".join([markers[-1], *name]), *names)
        yield Clue(names, level, kind if len(kinds) == 1 else "")


def alternatives(name):
    """ "Kampung Baru" may be named Baru; "Kota Baru" may be."""
    full = " ".join(name)
    return (full, " ".join(name[1:])) if name[0] in IN_NAMES and len(name) > 1 else (full,)


def without_hamlets(clues):
    """Beside a village, a kampung or dusun is a part of it."""
    villages = [clue for clue in clues if clue.level == VILLAGE]
    parts = [clue for clue in villages if clue.names[0].split()[0] in SMALLER_THAN_A_VILLAGE or clue.kind == "dusun"]
    return [clue for clue in clues if clue not in parts] if len(parts) < len(villages) else clues


def readings(clues):
    """Every way to understand the clues, as lists of clues whose levels are all known; the plainest comes first.

    "Jalen Balong Ponorogo" may be one village, or a village, a district and a regency; names stand from the smallest
    place to the largest. In "Kec. Balong Ponorogo" the regency follows without its word.
    """
    yield from with_levels(clues)
    for position in reversed(range(len(clues))):
        for others in taken_apart(clues[position]):
            yield from with_levels([*clues[:position], *others, *clues[position + 1 :]])


def taken_apart(clue):
    """A clue of known level as its name and something after it, or as a name that begins with a word for a kind."""
    if clue.level is None:
        return
    words = clue.names[0].split()[:MAX_WORDS]
    for cut in range(1, len(words)):
        name, rest = words[:cut], words[cut:]
        yield [Clue((" ".join(name),), clue.level, clue.kind), *clues_in_words(rest, None)]
    if words[0] in IN_NAMES and len(words) > 1:
        yield [Clue((" ".join(words),))]


def with_levels(clues):
    if not any(clue.level is None for clue in clues):
        yield clues
        return
    position = next(index for index, clue in enumerate(clues) if clue.level is None)
    before, clue, after = clues[:position], clues[position], clues[position + 1 :]
    deepest = min([VILLAGE, *(other.level - 1 for other in before)])
    highest = max([PROVINCE, *(other.level + 1 for other in after if other.level)])
    for parts in partitions(clue):
        for levels in combinations(range(deepest, highest - 1, -1), len(parts)):
            named = [Clue(part.names, level, part.kind) for part, level in zip(parts, levels, strict=True)]
            yield from with_levels([*before, *named, *after])


def partitions(clue):
    """The words of an unmarked name as one name, or cut into several."""
    yield [clue]
    words = clue.names[0].split()[:MAX_WORDS]
    for count in range(1, min(MAX_PARTS, len(words))):
        for cuts in combinations(range(1, len(words)), count):
            bounds = [0, *cuts, len(words)]
            yield [Clue(alternatives(words[start:end])) for start, end in pairwise(bounds)]
