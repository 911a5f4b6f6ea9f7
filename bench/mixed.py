"""Readers and writers at once: `python -m bench.mixed --tier XL`.

Asks for every kind of page at a steady rate, while posts are published through the verbs of the portal; with
`--crawl 14` a second time beside a crawler that walks through at most so many different pages a second: it rests
after each answer, however long that took, and is told of by how many it was given.
Client, two workers and PostgreSQL share all cores. Works on a copy of the tier, which is dropped afterwards.
"""

import argparse
import os
import random
import threading
import time
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from functools import partial

import psycopg
from django.db.models import Max, Min
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
    parser.add_argument("--crawl", type=float, default=0, help="most different pages a second for a crawler")
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
    from bench.server import portal

    paths = [path for kind in page_urls.pages().values() for path in kind]
    walked = different_pages(int(options.crawl * options.seconds)) if options.crawl else []
    columns = "requests/s | posts/s | p50 ms | p95 ms | errors | portal, cores | PostgreSQL, cores | largest worker"
    print(f"| readers | {columns} |")
    print("|---|---:|---:|---:|---:|---:|---:|---:|---:|")
    with portal(core=None, WEB_CONCURRENCY="2") as server:
        # Each connection waits so long after each answer that together they keep the rate.
        pause = 1000 * CONNECTIONS // options.rate
        ask = partial(run, server, paths, connections=CONNECTIONS, pause=pause, core=None)
        ask(3)
        print(f"| alone | {measured(server, ask, options)} |", flush=True)
        if walked:
            walk = partial(run, server, walked, connections=1, pause=int(1000 / options.crawl), core=None)
            with ThreadPoolExecutor(1) as pool:
                crawler = pool.submit(walk, options.seconds)
                told = measured(server, ask, options)
                crawled = crawler.result()
            print(f"| beside a crawler | {told} |")
            print(f"\nThe crawler was given {crawled['requests']} different pages, {crawled['errors']} errors.")


def measured(server, ask, options):
    from bench.server import database_cpu

    before, database_before = server.cpu(), database_cpu()
    with publishing(options.posts) as published:
        result = ask(options.seconds)
    used, database_used = server.cpu() - before, database_cpu() - database_before
    rate, seconds = result["requests"] / options.seconds, options.seconds
    told = f"{rate:.0f} | {len(published) / seconds:.1f} | {result['p50'] / 1000:.1f} | {result['p95'] / 1000:.1f}"
    cores = f"{used / seconds:.2f} | {database_used / seconds:.2f}"
    return f"{told} | {result['errors']} | {cores} | {server.memory():.0f} MB"


def different_pages(number):
    """So many that nobody else asks for, as a crawler finds them: of ten, seven posts, two villages and a KIM."""
    from activities.models import Post
    from communities.models import Community
    from regions.models import Region

    draw = random.Random(2026)
    kinds = [Post.objects.published()] * 7 + [Region.objects.current().filter(level=Region.Level.VILLAGE)] * 2
    kinds.append(Community.objects.registered())
    bounds = {kind.model: kind.aggregate(first=Min("pk"), last=Max("pk")) for kind in kinds[5:]}
    urls = {}
    while len(urls) < number:
        kind = draw.choice(kinds)
        pk = draw.randint(bounds[kind.model]["first"], bounds[kind.model]["last"])
        if row := kind.filter(pk__gte=pk).order_by("pk").first():
            urls[row.get_absolute_url()] = None
    return list(urls)


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
