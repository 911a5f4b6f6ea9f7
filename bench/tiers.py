"""A country's worth of KIM and posts to measure with, at real places: the same rows for the same seed.

Invented like the demonstration data and out of the same words, but made for number: a few KIM write most, as in life,
and everything enters by COPY with triggers off. `manage.py load_tier` gives each tier a database of its own.
"""

import random
from collections import Counter
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from functools import partial
from itertools import accumulate, chain
from typing import NamedTuple
from uuid import UUID

from django.db import connection, transaction
from django.db.models import NOT_PROVIDED
from django.utils.text import slugify

from accounts.models import User
from activities.models import Post, span_of
from bench.tier_texts import Names, Vector, VectorDumper, names_of, vector_of, written_texts
from communities.models import Community, Decree, Membership, PartnerKind, Position, Sector
from communities.models.numbers import number_of, prefix_of
from demo.texts import community_names, person_name
from monitoring.models import CountChange, DayCount, RegionCount
from pages.words.known import EDITION
from regions.loading import many_small_objects
from regions.models import Region


class Tier(NamedTuple):
    communities: int
    posts: int


# A province, several, the country as the ministry counts it today, and a KIM in every village; last the same KIM with
# few posts, which is soon loaded: for what goes to every KIM.
TIERS = {
    "S": Tier(200, 15_000), "M": Tier(1_100, 80_000), "L": Tier(3_600, 263_000), "XL": Tier(91_000, 2_000_000),
    "KIM": Tier(91_000, 20_000),
}  # fmt: skip

# Three years of posts. Fixed days, because the same seed must give the same rows tomorrow.
FIRST, LAST = datetime(2023, 11, 1, tzinfo=UTC), datetime(2026, 11, 1, tzinfo=UTC)

S, P = Community.Status, Post.Status
COMMUNITY_STATUSES = {S.INAUGURATED: 800, S.VERIFIED: 100, S.EXPIRED: 40, S.SUSPENDED: 10, S.SUBMITTED: 50}
POST_STATUSES = {P.PUBLISHED: 950, P.IN_REVIEW: 10, P.SUBMITTED: 10, P.DRAFT: 10, P.HIDDEN: 5, P.ARCHIVED: 15}
TYPES = {"berita": 680, "galeri": 90, "pengumuman": 90, "agenda": 60, "potensi": 50, "klarifikasi": 30}
SEAT_LEVELS = {Region.Level.VILLAGE: 88, Region.Level.DISTRICT: 9, Region.Level.REGENCY: 3}
HAVE_MOMENT = {P.PUBLISHED, P.HIDDEN, P.ARCHIVED}


def draw(rng, weights, number):
    """So many of the keys, each as often as its weight says."""
    return rng.choices(list(weights), cum_weights=list(accumulate(weights.values())), k=number)


def heavy_tail(number):
    """How much each writes: of 1,000 KIM, one in a hundred writes a third of all posts."""
    flat = 1 + number / 1000
    return [1 / (rank + flat) for rank in range(number)]


def blank_row(model):
    """`{column: default}` of every column that is ours to write."""
    fields = [
        field for field in model._meta.concrete_fields if not field.generated and field.db_default is NOT_PROVIDED
    ]
    return {field.column: field.get_default() for field in fields}


class Writer(NamedTuple):
    """A KIM with posts, and what all of them have of it."""

    seat: Region
    names: Names
    columns: dict

    @classmethod
    def of(cls, row, seat):
        ours = {"community_id": row["id"], "author_id": row["id"], "place_id": seat.pk}
        return cls(seat, names_of(row["name"], seat), place_columns(seat) | ours)


class TierRows:
    """The rows of a tier: all draws come from one seed, in one order."""

    def __init__(self, seed):
        self.seed, self.rng = seed, random.Random(seed)
        self.sectors = list(Sector.objects.order_by("position").values_list("pk", flat=True))
        self.kind = PartnerKind.objects.get(slug="kim").pk

    def community_rows(self, number):
        """The first of them write most; decree, author and chair of a KIM have its number."""
        names, serials = list(community_names(self.rng)), Counter()
        statuses = draw(self.rng, COMMUNITY_STATUSES, number)
        blank = blank_row(Community)
        self.communities = []
        for pk, (seat, status) in enumerate(zip(self.seats(number), statuses, strict=True), 1):
            name = f"{self.rng.choice(names)} {seat.name}"[:120]
            serials[seat.pk] += status in Community.PUBLIC_STATUSES
            number = number_of(prefix_of(seat), serials[seat.pk])
            row = blank | place_columns(seat) | {
                "id": pk, "name": name, "slug": f"{slugify(name)}-{pk}", "status": status, "seat_id": seat.pk,
                "partner_kind_id": self.kind, "founded_on": date(self.rng.randint(2008, 2023), 5, 20),
                "number": number if status in Community.PUBLIC_STATUSES else None,
                "about": f"{name} mengabarkan kegiatan warga {seat.full_name}.",
                "decree_id": pk, "created_at": FIRST, "updated_at": FIRST, "search": vector_of(name),
                "words_edition": EDITION,
            }  # fmt: skip
            self.communities.append((row, seat))
        self.writers = [
            Writer.of(row, seat) for row, seat in self.communities if row["status"] in Community.PUBLIC_STATUSES
        ]
        self.texts = written_texts(self.rng, TYPES)
        return (row for row, _seat in self.communities)

    def seats(self, number):
        """Regions of the real list, most of them villages; some have several KIM, many none."""
        levels = Counter(draw(self.rng, SEAT_LEVELS, number))
        regions, chosen = Region.objects.current().order_by("code"), []
        for level in SEAT_LEVELS:
            keys = regions.filter(level=level).values_list("pk", flat=True)
            chosen += self.rng.choices(keys, k=levels[level])
        found = regions.with_names().in_bulk(set(chosen))
        self.rng.shuffle(chosen)
        return [found[key] for key in chosen]

    def decree_rows(self):
        for row, seat in self.communities:
            yield blank_row(Decree) | {
                "id": row["id"], "number": f"{row['id']}/SK-KIM/2024", "issued_on": FIRST.date(),
                "issuer": Decree.Issuer.VILLAGE_HEAD, "region_id": seat.pk,
            }  # fmt: skip

    def author_rows(self):
        for row, seat in self.communities:
            name = person_name(self.rng, seat.code[:2])
            yield blank_row(User) | {
                "id": row["id"], "email": f"ketua{row['id']}@contoh.id", "name": name, "password": "!",
                "joined_at": FIRST,
            }  # fmt: skip

    def membership_rows(self):
        for row, _seat in self.communities:
            yield blank_row(Membership) | {
                "id": row["id"], "community_id": row["id"], "user_id": row["id"], "name": f"Ketua {row['name']}"[:120],
                "joined_on": row["founded_on"],
            }  # fmt: skip

    def position_rows(self):
        for row, _seat in self.communities:
            yield blank_row(Position) | {
                "id": row["id"], "community_id": row["id"], "membership_id": row["id"], "role": Position.Role.KETUA,
                "starts_on": row["founded_on"],
            }  # fmt: skip

    def sector_rows(self):
        for row, _seat in self.communities:
            for sector in self.rng.sample(self.sectors, self.rng.randint(1, 3)):
                yield {"community_id": row["id"], "sector_id": sector}

    def post_rows(self, numbers, of):
        """Those of these numbers, of so many in all: keys grow with time. Each part has a seed of its own."""
        rng, blank, step = random.Random(f"{self.seed} {numbers[0]}"), blank_row(Post), (LAST - FIRST) / of
        choices = zip(
            rng.choices(self.writers, cum_weights=list(accumulate(heavy_tail(len(self.writers)))), k=len(numbers)),
            draw(rng, TYPES, len(numbers)),
            draw(rng, POST_STATUSES, len(numbers)),
            draw(rng, {sector: 1 / rank for rank, sector in enumerate(self.sectors, 1)}, len(numbers)),
            strict=True,
        )
        for pk, (writer, type_, status, sector) in zip(numbers, choices, strict=True):
            at = FIRST + step * (pk - rng.random())
            text = rng.choice(self.texts[type_])
            yield blank | writer.columns | text.columns(writer.names) | {
                "id": pk, "client_uuid": UUID(int=rng.getrandbits(128), version=4), "type": type_,
                "status": status, "sector_id": sector, "happened_on": at.date(),
                **(self.times(at + timedelta(days=text.days_ahead), pk, writer.seat) if type_ == "agenda" else {}),
                "published_at": at if status in HAVE_MOMENT else None, "created_at": at, "updated_at": at,
            }  # fmt: skip

    def times(self, starts_at, pk, seat):
        """Of an event: every tenth lasts longer than a day."""
        ends_at = starts_at + timedelta(hours=2) if pk % 10 else starts_at + timedelta(days=pk % 30)
        over_at, days = span_of(starts_at, ends_at, seat)
        return {"starts_at": starts_at, "ends_at": ends_at, "over_at": over_at, "days": days}


def place_columns(place):
    return {
        "province_id": place.province_id, "regency_id": place.regency_id, "district_id": place.district_id,
        "village_id": place.pk if place.level == Region.Level.VILLAGE else None,
    }  # fmt: skip


# Taking them in

PART = 50_000


def fill(communities, posts, seed, writers=2, tell=lambda words: None):
    """Write so many KIM and posts into a database that has none, and count them.

    `writers` connections share what is made of the posts.
    """
    rows = TierRows(seed)
    with many_small_objects():
        copy_into(Community, rows.community_rows(communities))
        tell("KIM")
        copy_into(Decree, rows.decree_rows())
        copy_into(User, rows.author_rows())
        copy_into(Membership, rows.membership_rows())
        copy_into(Position, rows.position_rows())
        copy_into(Community.sectors.through, rows.sector_rows())
        tell("SK, bidang, dan pengurus")
        with transaction.atomic():  # stopped half way, it leaves the table as it was
            indexes = drop_post_indexes()
            with uncompressed_words():
                copy_into(Post, posts_in_parts(rows, posts, tell), freeze=True)
    for model in (Community, Decree, User, Membership, Position, Community.sectors.through, Post):
        number_on(model)
    CountChange.objects.all().delete()
    tasks = {f"indeks {name}": partial(make_index, name, definition) for name, definition in indexes.items()}
    tasks |= {
        "hitungan per hari": partial(count, DayCount, FACTS),
        "hitungan per wilayah": partial(count, RegionCount, FACTS_OF_VILLAGES),
        "hitungan per KIM": count_posts_of_communities,
    }
    do_at_once(tasks, writers, tell)


def posts_in_parts(rows, number, tell):
    for first in range(1, number + 1, PART):
        numbers = range(first, min(first + PART, number + 1))
        yield from rows.post_rows(numbers, of=number)
        tell(f"kegiatan {numbers[0]}-{numbers[-1]}")


def copy_into(model, rows, *, freeze=False):
    """In binary, for which PostgreSQL takes a third of the time, most of it spared on `search`.

    Frozen rows, which take a table that was emptied in the same transaction, leave `VACUUM` little to do.
    """
    table, first = model._meta.db_table, next(rows)
    with without_triggers() as cursor:
        if freeze:
            cursor.execute(f"TRUNCATE {table} CASCADE")
        cursor.adapters.register_dumper(Vector, VectorDumper)
        types = types_of(cursor, table, first)
        with cursor.copy(f"COPY {table} ({', '.join(types)}) FROM STDIN (FORMAT binary, FREEZE {freeze})") as copy:
            copy.set_types(list(types.values()))
            for row in chain([first], rows):
                copy.write_row([row[column] for column in types])


@contextmanager
def without_triggers():
    """A cursor with no trigger to count, to audit or to check foreign keys, which takes a superuser."""
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL session_replication_role = replica")
        yield cursor
        cursor.execute("SET LOCAL session_replication_role = origin")


def types_of(cursor, table, columns):
    """`{column: its type}`."""
    cursor.execute(
        "SELECT attname, atttypid FROM pg_attribute WHERE attrelid = %s::regclass AND attname = ANY(%s)",
        [table, list(columns)],
    )
    return dict(cursor.fetchall())


def number_on(model):
    """Keys were given, so the sequence does not know of them yet."""
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT setval(pg_get_serial_sequence('{table}', 'id'), max(id)) FROM {table}")  # noqa: S608


@contextmanager
def uncompressed_words():
    """Of a hundred posts the words of two become shorter when they are compressed; to try takes a quarter of a COPY."""
    set_storage = "ALTER TABLE activities_post ALTER COLUMN search SET STORAGE"
    with connection.cursor() as cursor:
        cursor.execute(f"{set_storage} EXTERNAL")
        yield
        cursor.execute(f"{set_storage} EXTENDED")


# What is made of the posts


def drop_post_indexes():
    """Made once at the end, they take a fraction of the time. Returns their definitions."""
    with connection.cursor() as cursor:
        indexes = post_indexes(cursor)
        for name in indexes:
            cursor.execute(f"DROP INDEX {name}")
    return indexes


def post_indexes(cursor):
    """`{name: definition}` of those that no constraint needs, that of words first, which takes longest."""
    cursor.execute(
        """
        SELECT indexrelid::regclass::text, pg_get_indexdef(indexrelid) FROM pg_index
        WHERE indrelid = %s::regclass AND NOT EXISTS (SELECT FROM pg_constraint WHERE conindid = indexrelid)
        ORDER BY indexrelid::regclass::text <> 'post_terms', 1
        """,
        [Post._meta.db_table],
    )
    return dict(cursor.fetchall())


def make_index(name, definition):
    # That of words takes longer than all others: a worker helps it to the core that the other connection leaves, and
    # makes it cheaper too (at XL 192 s of CPU instead of 224; 313 in 2 GB, where each word is looked for among more).
    workers = 1 if name == "post_terms" else 0
    with transaction.atomic(), connection.cursor() as cursor:
        cursor.execute("SET LOCAL maintenance_work_mem = '512MB'")
        cursor.execute(f"SET LOCAL max_parallel_maintenance_workers = {workers}")
        cursor.execute(definition)


FACTS = "monitoring_facts() fact"
# Each village spreads over five regions what it has of a sector, not each of its posts for itself.
FACTS_OF_VILLAGES = """(
    SELECT subject, sector, province, regency, district, village, sum(amount)::bigint AS amount
    FROM monitoring_facts() GROUP BY 1, 2, 3, 4, 5, 6
) fact"""


def count(model, source):
    """What the triggers and verbs would have counted."""
    facts = model.SPREAD.format(source=source)
    with without_triggers() as cursor:  # also for millions of rows whose region need not be looked up
        model.objects.all().delete()
        cursor.execute("SET LOCAL work_mem = '256MB'")
        cursor.execute(f"INSERT INTO {model._meta.db_table} ({model.KEY}, amount) {facts} ORDER BY {model.KEY}")


def count_posts_of_communities():
    with without_triggers() as cursor:
        cursor.execute("""
            UPDATE communities_community SET post_count = facts.number, last_post_at = facts.newest
            FROM (SELECT community_id, count(*) AS number, max(published_at) AS newest FROM activities_post
                  WHERE status = 'published' GROUP BY community_id) AS facts
            WHERE facts.community_id = communities_community.id
        """)


def do_at_once(tasks, number, tell):
    """So many of `{name: task}` at a time, each with a connection of its own, in this order."""
    if number == 1:
        for name, task in tasks.items():
            task()
            tell(name)
        return
    with ThreadPoolExecutor(number) as pool:
        names = {pool.submit(with_own_connection, task): name for name, task in tasks.items()}
        for done in as_completed(names):
            done.result()
            tell(names[done])


def with_own_connection(task):
    try:
        task()
    finally:
        connection.close()
