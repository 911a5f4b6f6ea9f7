"""Taking an edition of the official list into the database: compare, then one COPY and one merge."""

import gc
from collections import Counter
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import NamedTuple

from django.apps import apps
from django.db import connection, transaction
from django.utils import timezone

from regions.editions import Former
from regions.models import LoadedEdition, Region, RegionSuccession
from regions.placed import Placed
from regions.terms import plain, without_kind

# Of pg_advisory_xact_lock: whoever loads regions holds it.
ALONE = 0x5245474E


class Standing(NamedTuple):
    """A region as the database has it before the merge."""

    pk: int
    code: str
    level: int
    kind: str
    local_term: str
    name: str
    parent_code: str | None
    lat: object
    lng: object
    postal_code: str
    retired_on: object


@dataclass
class Difference:
    """What an edition would change. Pairs are (region as it stands, row of the edition)."""

    added: list = field(default_factory=list)
    retired: list = field(default_factory=list)
    revived: list = field(default_factory=list)
    recoded: list = field(default_factory=list)
    renamed: list = field(default_factory=list)
    reparented: list = field(default_factory=list)
    kind_changed: list = field(default_factory=list)
    located: list = field(default_factory=list)
    # The row of the edition that each standing region becomes, by the row's code.
    standing: dict = field(default_factory=dict)
    # How many rows of each table followed when it was loaded, `{"KIM": 2}`.
    followed: dict = field(default_factory=dict)

    @property
    def counts(self):
        return {name: len(entries) for name, entries in vars(self).items() if isinstance(entries, list) and entries}


@contextmanager
def many_small_objects():
    """Hundreds of thousands of them that all stay: looking for garbage among them takes half the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def alone():
    """Wait until nobody else loads regions, and let nobody until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [ALONE])


def load(edition, progress=lambda words: None):
    """Make the regions what the edition says, and what is placed in them follow. Returns the Difference."""
    with transaction.atomic():
        alone()
        standing = standing_regions()
        difference = compare(standing, edition)
        successions = successions_of(difference, edition)
        remember_former_names(edition, difference)
        progress(f"Memuat {len(edition.rows):,} wilayah".replace(",", "."))
        merge_regions(edition, difference)
        progress(f"Memuat {len(successions):,} kode dan nama lama".replace(",", "."))
        merge_successions(successions)
        retire(difference.retired)
        if standing:
            for model in placed_models():
                words = str(model._meta.verbose_name)
                progress(f"Memindahkan {words}")
                if number := reseat(model):
                    difference.followed[words] = number
        facts = {"name": edition.name, "fingerprint": edition.fingerprint, "is_brought": edition.is_brought}
        LoadedEdition.objects.create(changes=difference.counts, **facts)
    tidy()
    return difference


def tidy():
    """Do at once what a search needs to be quick; whoever is not the owner of the tables leaves it to autovacuum."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_has_role(relowner, 'USAGE') FROM pg_class WHERE oid = 'regions_region'::regclass")
        [(is_owner,)] = cursor.fetchall()
        if is_owner:
            cursor.execute(
                "SELECT gin_clean_pending_list('region_search_name'), gin_clean_pending_list('region_names')"
            )
            cursor.execute("ANALYZE regions_region, regions_regionsuccession")


def is_loaded(fingerprint):
    """Whether the last loading had the very same files and words."""
    last = last_edition()
    return last is not None and last.fingerprint == fingerprint and Region.objects.exists()


def last_edition():
    return LoadedEdition.objects.order_by("loaded_at").last()


def standing_regions():
    fields = [name.replace("parent_code", "parent__code") for name in Standing._fields]
    return {row[1]: Standing(*row) for row in Region.objects.order_by().values_list(*fields).iterator(10_000)}


# Comparing


def compare(standing, edition):
    moves = moved_codes(standing, edition)
    came_from = {new: old for old, new in moves.items()}
    difference = Difference()
    for code, row in edition.rows.items():
        was = standing.get(came_from.get(code) or (code if code not in moves else None))
        if was is None:
            difference.added.append(row)
            continue
        difference.standing[code] = was
        pair = (was, row)
        if was.code != code:
            difference.recoded.append(pair)
        if was.name != row.name:
            difference.renamed.append(pair)
        if was.parent_code != row.parent_code and came_from.get(row.parent_code) != was.parent_code:
            difference.reparented.append(pair)
        if was.kind != row.kind:
            difference.kind_changed.append(pair)
        if was.retired_on:
            difference.revived.append(pair)
        # A list without points does not take away the points we have.
        row.lat, row.lng = (was.lat, was.lng) if row.lat is None else (row.lat, row.lng)
        row.postal_code = row.postal_code or was.postal_code
        if (was.lat, was.lng, was.postal_code) != (row.lat, row.lng, row.postal_code):
            difference.located.append(pair)
    kept = {was.code for was in difference.standing.values()}
    difference.retired = [was for code, was in standing.items() if code not in kept and not was.retired_on]
    return difference


def moved_codes(standing, edition):
    """`{old code: new code}` of regions that surely are the same place under another code.

    Sure is: the list of former codes names one new code for this code (or for this code and name), nobody else claims
    it, and it is not in use yet; or the parent moved and the child kept number and name.
    """
    moves = {}
    for code, was in standing.items():
        new = None if was.retired_on else successor_code(was, edition)
        if new and new not in standing and (code not in edition.rows or is_another_place(was, edition.rows[code])):
            moves[code] = new
    claims = Counter(moves.values())
    moves = {old: new for old, new in moves.items() if claims[new] == 1}
    for code, was in sorted(standing.items()):
        parent = moves.get(was.parent_code)
        if parent and code not in moves and code not in edition.rows and not was.retired_on:
            row = edition.rows.get(parent + code.removeprefix(was.parent_code))
            if row and row.code not in standing and not claims[row.code] and plain(row.name) == plain(was.name):
                moves[code] = row.code
    return moves


def successor_code(was, edition):
    entries = [entry for entry in edition.former_by_code[was.code] if entry.current_code not in ("", was.code)]
    if was.code in edition.rows or len({entry.current_code for entry in entries}) > 1:
        entries = [entry for entry in entries if plain(without_kind(entry.name)) == plain(was.name)]
    codes = {entry.current_code for entry in entries} & edition.rows.keys()
    return codes.pop() if len(codes) == 1 else None


def is_another_place(was, row):
    return plain(was.name) != plain(row.name)


# Former codes and names


def successions_of(difference, edition):
    """`{(former code, former name): successor's code or ""}`, the list's and what we see ourselves."""
    seen = [Former(was.code, was.name, row.code) for was, row in difference.recoded]
    seen += [Former(was.code, was.name, row.code) for was, row in difference.renamed if is_another_place(was, row)]
    seen += [Former(was.code, was.name, successor_code(was, edition) or "") for was in difference.retired]
    return {(entry.code, entry.name): entry.current_code for entry in [*seen, *edition.former]}


def remember_former_names(edition, difference):
    """A place is also found under the names it had."""
    for was, row in difference.renamed:
        row.remember(was.name)
    known = RegionSuccession.objects.filter(successor__isnull=False).values_list("successor__code", "former_name")
    renamed = {was.code: row for was, row in difference.recoded}
    for code, name in known:
        if row := renamed.get(code) or edition.rows.get(code):
            row.remember(name)


def merge_successions(successions):
    rows = [(*key, successor or None) for key, successor in successions.items()]
    with connection.cursor() as cursor:
        cursor.execute("CREATE TEMPORARY TABLE former (code varchar, name varchar, successor varchar)")
        copy_rows(cursor, "former", ["code", "name", "successor"], rows)
        cursor.execute("""
            INSERT INTO regions_regionsuccession AS known (former_code, former_name, successor_id)
            SELECT former.code, former.name, region.id
            FROM former LEFT JOIN regions_region region ON region.code = former.successor
            ON CONFLICT (former_code, former_name) DO UPDATE
            SET successor_id = coalesce(excluded.successor_id, known.successor_id)
            WHERE known.successor_id IS DISTINCT FROM coalesce(excluded.successor_id, known.successor_id)
        """)
        cursor.execute("DROP TABLE former")


# Merging


def merge_regions(edition, difference):
    columns = [field.column for field in Region._meta.concrete_fields]
    names, new = ", ".join(columns), ", ".join(f"excluded.{column}" for column in columns)
    with connection.cursor() as cursor:
        # A code may pass from one region to another, so those that move give theirs up first.
        moved = [was.pk for was, _ in difference.recoded]
        cursor.execute("UPDATE regions_region SET code = '~' || id WHERE id = ANY(%s)", [moved])
        ids = region_ids(cursor, difference)
        cursor.execute("CREATE TEMPORARY TABLE incoming (LIKE regions_region)")
        copy_rows(cursor, "incoming", columns, incoming_rows(edition, ids))
        merge = f"""
            INSERT INTO regions_region AS region ({names}) SELECT {names} FROM incoming ORDER BY id
            ON CONFLICT (id) DO UPDATE SET ({names}) = ROW({new})
            WHERE region IS DISTINCT FROM excluded
        """  # noqa: S608 (our own column names)
        cursor.execute(merge)
        cursor.execute("DROP TABLE incoming")


def region_ids(cursor, difference):
    """`{code: primary key}`, the standing ones and new ones for what is added."""
    cursor.execute(
        "SELECT nextval(pg_get_serial_sequence('regions_region', 'id')) FROM generate_series(1, %s)",
        [len(difference.added)],
    )
    new = {row.code: pk for row, (pk,) in zip(difference.added, cursor, strict=True)}
    return new | {code: was.pk for code, was in difference.standing.items()}


def incoming_rows(edition, ids):
    texts = {None: ""}
    for code in sorted(edition.rows):
        row = edition.rows[code]
        texts[code] = f"{row.search_name} {texts[row.parent_code] if row.level > 1 else ''}".strip()
        yield {
            "id": ids[code],
            "code": code,
            "level": row.level,
            "kind": row.kind,
            "local_term": row.local_term,
            "name": row.name,
            "slug": row.slug,
            "parent_id": ids.get(row.parent_code),
            "province_id": ids.get(row.ancestor_code(1)),
            "regency_id": ids.get(row.ancestor_code(2)),
            "district_id": ids.get(row.ancestor_code(3)),
            "lat": row.lat,
            "lng": row.lng,
            "postal_code": row.postal_code,
            "names": row.names,
            "search_name": row.search_name,
            "search_text": texts[code],
            "retired_on": None,
        }


def copy_rows(cursor, table, columns, rows):
    with cursor.copy(f"COPY {table} ({', '.join(columns)}) FROM STDIN") as copy:
        for row in rows:
            copy.write_row([row[column] for column in columns] if isinstance(row, dict) else row)


def retire(regions):
    """Mark regions as retired without deleting them; what they had succeeded leads to their own successor now."""
    codes = [was.code for was in regions]
    Region.objects.filter(code__in=codes).update(retired_on=timezone.localdate())
    with connection.cursor() as cursor:
        cursor.execute(
            """
            UPDATE regions_regionsuccession known SET successor_id = next.successor_id
            FROM regions_region gone JOIN regions_regionsuccession next ON next.former_code = gone.code
            WHERE gone.code = ANY(%s) AND known.successor_id = gone.id AND next.successor_id IS NOT NULL
            """,
            [codes],
        )


# What later apps keep by place


def placed_models():
    """The models of any app that keep a place and one column for each level."""
    return [model for model in apps.get_models() if issubclass(model, Placed)]


def reseat(model):
    """Let the four columns follow the region: one UPDATE, only rows that really change. Returns their number.

    A retired region counts as its successor. A seat moves there itself, because a KIM sits where it is today; the place
    of a post stays, because that is where it happened.
    """
    place = model.PLACE
    follow = f"""
        WITH today AS (
            SELECT then_.id AS place_id, region.id, region.province_id, region.regency_id, region.district_id,
                CASE WHEN region.level = 4 THEN region.id END AS village_id
            FROM regions_region then_
            LEFT JOIN regions_regionsuccession succession
                ON then_.retired_on IS NOT NULL AND succession.former_code = then_.code
                AND succession.former_name = then_.name
            JOIN regions_region region ON region.id = coalesce(succession.successor_id, then_.id)
        )
        UPDATE {model._meta.db_table} placed SET
            {"seat_id = today.id," if place == "seat" else ""}
            province_id = today.province_id, regency_id = today.regency_id,
            district_id = today.district_id, village_id = today.village_id
        FROM today
        WHERE placed.{place}_id = today.place_id
            AND (placed.province_id, placed.regency_id, placed.district_id, placed.village_id)
            IS DISTINCT FROM (today.province_id, today.regency_id, today.district_id, today.village_id)
    """  # noqa: S608 (our own table and column names)
    with connection.cursor() as cursor:
        cursor.execute(follow)
        return cursor.rowcount
