"""Readers and writers at once: `python -m bench.mixed --tier XL`.

Asks for every kind of page at a steady rate, while posts are published through the verbs of the portal. Client, two
workers and PostgreSQL share all cores. Works on a copy of the tier, which is dropped afterwards.
"""

import argparse
import os
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager

import psycopg
from psycopg import sql

from bench.environment import machine, production, tier_url
from script.kim import database

CONNECTIONS = 50


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="S")
    parser.add_argument("--seconds", type=int, default=30)
    parser.add_argument("--rate", type=int, default=200, help="requests a second")
    parser.add_argument("--posts", type=float, default=5, help="posts published a second")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}, {options.seconds} s, 2 workers of 4 threads.\n")
    with database(), copy_of(options.tier) as tier, production(tier):
        measure_mixed(options)


@contextmanager
def copy_of(tier):
    """The name of a tier that is a copy of this one, for as long as it is needed."""
    url, copy = os.environ["DATABASE_URL"], f"{tier.lower()}_mixed"
    names = [sql.Identifier(tier_url(url, name).rpartition("/")[2]) for name in (copy, tier)]
    with psycopg.connect(url, autocommit=True) as connection:
        connection.execute(sql.SQL("DROP DATABASE IF EXISTS {}").format(names[0]))
        connection.execute(sql.SQL("CREATE DATABASE {} TEMPLATE {}").format(*names))
        try:
            yield copy
        finally:
            connection.execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(names[0]))


def measure_mixed(options):
    from bench import page_urls
    from bench.load import run
    from bench.server import database_cpu, portal

    paths = [path for kind in page_urls.pages().values() for path in kind]
    with portal(core=None, WEB_CONCURRENCY="2") as server:
        # Each connection waits so long after each answer that together they keep the rate.
        pause = 1000 * CONNECTIONS // options.rate
        run(server, paths, 3, connections=CONNECTIONS, pause=pause, core=None)
        before, database_before = server.cpu(), database_cpu()
        with publishing(options.posts) as published:
            result = run(server, paths, options.seconds, connections=CONNECTIONS, pause=pause, core=None)
        used, database_used = server.cpu() - before, database_cpu() - database_before
        memory = server.memory()
    rate, seconds = result["requests"] / options.seconds, options.seconds
    print("| requests/s | posts/s | p50 ms | p95 ms | errors | portal, cores | PostgreSQL, cores | largest worker |")
    print("|---:|---:|---:|---:|---:|---:|---:|---:|")
    told = f"{rate:.0f} | {len(published) / seconds:.1f} | {result['p50'] / 1000:.1f} | {result['p95'] / 1000:.1f}"
    cores = f"{used / seconds:.2f} | {database_used / seconds:.2f}"
    print(f"| {told} | {result['errors']} | {cores} | {memory:.0f} MB |")


@contextmanager
def publishing(rate):
    """Posts of the busiest KIM, one after another, in a thread; yields the list of those published so far."""
    published, stop = [], threading.Event()
    with ThreadPoolExecutor(1) as pool:
        publisher = pool.submit(publish_steadily, rate, published, stop)
        try:
            yield published
        finally:
            stop.set()
            publisher.result()


def publish_steadily(rate, published, stop):
    from activities.models import Post
    from communities.models import Community, Sector
    from regions.clocks import today

    sector = Sector.objects.first()
    busiest = Community.objects.registered().select_related("seat", "decree").order_by("-post_count")[:100]
    communities = [community for community in busiest if community.may_publish][:50]
    Community.objects.filter(pk__in=[community.pk for community in communities]).update(is_trusted=True)
    began = time.monotonic()
    while not stop.wait(max(0, began + len(published) / rate - time.monotonic())):
        community = communities[len(published) % len(communities)]
        author = community.posts.first().author
        community.is_trusted = True
        post = Post.objects.create(
            community=community, author=author, sector=sector, place=community.seat, title="Kabar baru dari warga",
            body="Kabar dari warga. " * 50, happened_on=today(community.seat), duties=[Post.Duty.DISEMINASI],
        )  # fmt: skip
        post.send_in(by=author)
        published.append(post.pk)


if __name__ == "__main__":
    main()
