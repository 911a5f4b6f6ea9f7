"""Writes to a cache table beside those of Django's own backend: `python -m bench.cache_tables`.

Milliseconds of CPU a write, of this process and of its backend of PostgreSQL, where the table holds 20,000 values.
"""

import os
import time
from contextlib import contextmanager

from bench.environment import machine, production

ROWS, WRITES = 20_000, 300
CREATE = """
    DROP TABLE IF EXISTS bench_cache;
    CREATE UNLOGGED TABLE bench_cache AS
    SELECT 'held:' || number AS cache_key, repeat('a', 100) AS value, now() + interval '1 hour' AS expires
    FROM generate_series(1, %s) AS number;
    ALTER TABLE bench_cache ADD PRIMARY KEY (cache_key);
    ANALYZE bench_cache;
"""


def main():
    print(f"{machine()}; {ROWS:,} values held.\n\n| write | Django's | ours |\n|---|---:|---:|")
    with production(), cache_table():
        from django.core.cache.backends.db import DatabaseCache

        from pages.caches import Table

        params = {"OPTIONS": {"MAX_ENTRIES": 2 * ROWS}}
        both = [kind("bench_cache", params) for kind in (DatabaseCache, Table)]
        page, stamps = os.urandom(8_000), {f"stamp:{number}": "a" * 32 for number in range(15)}
        writes = {
            "a page of 8 KB": lambda cache, number: cache.set(f"page:{number % 50}", page, 60),
            "a place of a limit": lambda cache, number: cache.add(f"limit:{number}", True, 60),
            "the 15 stamps of a post": lambda cache, number: cache.set_many(stamps, 60),
        }
        for name, write in writes.items():
            print(f"| {name} | {' | '.join(f'{cost(cache, write):.2f}' for cache in both)} |", flush=True)


@contextmanager
def cache_table():
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(CREATE, [ROWS])
        try:
            yield
        finally:
            cursor.execute("DROP TABLE bench_cache")


def cost(cache, write):
    before = used()
    for number in range(WRITES):
        write(cache, number)
    return 1000 * (used() - before) / WRITES


def used():
    """Seconds of CPU that this process and its backend have used."""
    from django.db import connection

    from bench.server import cpu_of

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        return time.process_time() + cpu_of(cursor.fetchone()[0])


if __name__ == "__main__":
    main()
