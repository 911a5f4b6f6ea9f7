"""Geography as each process remembers it: it changes with an edition of the official list, not with the news."""

from django.db.models.fetch_modes import FETCH_ONE, FetchMode

from pages.memory import Memory
from pages.questions import asked
from regions import boundaries
from regions.finding import LIFETIME
from regions.models import Region
from regions.terms import CODE

# Each some 30 rows; what a place lies in may have the name of before for twice the lifetime.
MOST_PLACES = 300
MOST_ROWS = 3000

ANCESTORS = [Region._meta.get_field(name) for name in ("province", "regency", "district")]
# By what regions are found, which no page shows: half of a row.
UNSHOWN = ["names", "search_name", "search_text"]

_surroundings = Memory(MOST_PLACES, seconds=LIFETIME)
_rows = Memory(MOST_ROWS, seconds=LIFETIME)


class FromAtlas(FetchMode):
    """`Post.objects.fetch_mode(FROM_ATLAS)`: the places that rows lie in, without joining them for each row.

    Those of a whole list that are not remembered come by one query; other relations are fetched as ever.
    """

    __slots__ = ()

    track_peers = True

    def fetch(self, fetcher, instance):
        field = fetcher.field
        if field.related_model is not Region:
            return FETCH_ONE.fetch(fetcher, instance)
        peers = [peer for peer in (reference() for reference in instance._state.peers) if peer]
        known = places({getattr(peer, field.attname) for peer in [instance, *peers]} - {None})
        for peer in [instance, *peers]:
            if place := known.get(getattr(peer, field.attname)):
                field.set_cached_value(peer, place)

    def __reduce__(self):
        return "FROM_ATLAS"


FROM_ATLAS = FromAtlas()


def places(pks):
    """`{pk: region}`, each with its ancestors' names."""
    known = {pk: row for pk in pks if (row := _rows.get(pk))}
    missing = pks - known.keys()
    if missing:
        for row in shared(asked(regions_of, list(missing))):
            known[row.pk] = _rows[row.pk] = row
    return known


def kept_with(place, what, make):
    """What was made of the row of a place, once as long as that is remembered; `what` says which, in which language."""
    kept = place.__dict__.setdefault("_kept", {})
    if what not in kept:
        kept[what] = make()
    return kept[what]


def surroundings(code):
    """`(region, children, neighbours)` of a code, each with its ancestors' names; `(None, [], [])` for no such code."""
    answer = _surroundings.get(code)
    if answer is None:
        answer = read(code) if CODE.fullmatch(code) else (None, [], [])
        if answer[0]:
            _surroundings[code] = answer
    return answer


def read(code):
    touching = sorted(boundaries.touching(code))
    above = {place for one in (code, *touching) for place in codes_above(one)}
    rows = with_ancestors(asked(around, code, sorted(above), touching))
    region = next((row for row in rows if row.code == code), None)
    if region is None:
        return None, [], []
    children = [row for row in rows if row.parent_id == region.pk]
    beside = [row for row in rows if row.level == region.level and row != region]
    for row in (region, *children):  # where the posts of its page are
        _rows[row.pk] = row
    return region, children, region.closest(beside)


def codes_above(code):
    """Those of what it lies in, down to its parent."""
    parts = code.split(".")
    return [".".join(parts[:length]) for length in range(1, len(parts))]


def around(code, above, touching):
    return Region.objects.surroundings(code, above, touching).defer(*UNSHOWN)


def regions_of(pks):
    unshown = [f"{path}{column}" for path in ("", "district__", "regency__", "province__") for column in UNSHOWN]
    return Region.objects.with_names().defer(*unshown).filter(pk__in=pks)


def with_ancestors(rows):
    """The rows with what they lie in, which mostly is among them."""
    here = {row.pk: row for row in rows}
    above = {pk for row in rows for pk in (row.province_id, row.regency_id, row.district_id) if pk} - here.keys()
    known = here | places(above)
    for row in rows:
        for field in ANCESTORS:
            field.set_cached_value(row, known.get(getattr(row, field.attname)))
    return rows


def shared(rows):
    """The rows with one object for each ancestor instead of one for each row: a third of the memory."""
    known = {}
    for row in rows:
        for column in ("province", "regency", "district"):
            if place := getattr(row, column):
                setattr(row, column, known.setdefault(place.pk, place))
    return rows
