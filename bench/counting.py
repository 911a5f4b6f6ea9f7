"""What counting costs who publishes: `python -m bench.counting --tier KIM`.

Eight writers publish through the verbs of the portal, 50 posts a second over all provinces, in turns with and without
the triggers that count; then what waited is folded. Works on a copy of the tier, which is dropped afterwards.
"""

import argparse
import time
from concurrent.futures import ThreadPoolExecutor
from itertools import cycle
from statistics import mean, median

from django.db import connection

from bench.environment import machine, production
from bench.mixed import copy_of
from bench.server import cpu_of
from script.kim import database

WRITERS = 8
COUNTED = ["communities_community", "activities_post", "aspirations_aspiration", "bulletins_delivery"]
TRIGGERS = ["monitoring_insert", "monitoring_update", "monitoring_delete"]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="KIM")
    parser.add_argument("--rate", type=int, default=50, help="posts a second")
    parser.add_argument("--seconds", type=int, default=10, help="of each turn")
    parser.add_argument("--turns", type=int, default=6, help="with and as many without")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}, {WRITERS} writers, {options.rate} posts/s.\n")
    with database(), copy_of(options.tier) as tier, production(tier):
        measure(options)


def measure(options):
    from monitoring.models import CountChange

    communities = cycle(communities_of_all_provinces())
    publish_steadily(communities, options.rate, 3)  # what is cold is none of the counters' doing
    CountChange.objects.fold()
    times, used = {True: [], False: []}, {True: 0, False: 0}
    for number in range(2 * options.turns):
        # Now the one first, now the other, so that a machine that slows down favours neither.
        is_counted = number % 4 in (0, 3)
        switch(is_counted)
        took, cpu = publish_steadily(communities, options.rate, options.seconds)
        times[is_counted] += took
        used[is_counted] += cpu
    tell(times, used)
    tell_fold()


def communities_of_all_provinces():
    """A trusted KIM of each province in turn, with the person who writes for it."""
    from communities.models import Community
    from regions.models import Region

    chosen = []
    for province in Region.objects.current().filter(level=Region.Level.PROVINCE):
        standing = Community.objects.filter(status="inaugurated", province=province).select_related("seat", "decree")
        chosen += [community for community in standing[:20] if community.may_publish]
    Community.objects.filter(pk__in=[community.pk for community in chosen]).update(is_trusted=True)
    for community in chosen:
        community.is_trusted = True
        community.writer = community.memberships.first().user
    return sorted(chosen, key=lambda community: community.pk)


def switch(is_on):
    with connection.cursor() as cursor:
        for table in COUNTED:
            for trigger in TRIGGERS:
                cursor.execute(f"ALTER TABLE {table} {'ENABLE' if is_on else 'DISABLE'} TRIGGER {trigger}")


def publish_steadily(communities, rate, seconds):
    """`([seconds that each post took], CPU seconds of PostgreSQL)` of so many a second, for so long."""
    from communities.models import Sector

    sector, chosen = Sector.objects.first(), [next(communities) for _number in range(rate * seconds)]
    before = backends_cpu()
    connection.close()  # the pool has one for each writer
    began = time.monotonic()

    def write(first):
        try:
            return [
                publish(community, sector, began + number / rate)
                for number, community in enumerate(chosen)
                if number % WRITERS == first
            ]
        finally:
            connection.close()

    with ThreadPoolExecutor(WRITERS) as pool:
        took = [seconds for times in pool.map(write, range(WRITERS)) for seconds in times]
    return took, backends_cpu() - before


def backends_cpu():
    """Seconds that all backends of this database have used; the pool keeps them from turn to turn."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pid FROM pg_stat_activity WHERE datname = current_database()")
        return sum(cpu_of(pid) for (pid,) in cursor.fetchall())


def publish(community, sector, at):
    """Once its moment has come. Returns the seconds that it took."""
    from activities.models import Post
    from regions.clocks import today

    time.sleep(max(0, at - time.monotonic()))
    began = time.perf_counter()
    post = Post.objects.create(
        community=community, author=community.writer, sector=sector, place=community.seat, title="Kabar dari warga",
        body="Kabar dari warga. " * 50, happened_on=today(community.seat), duties=[Post.Duty.DISEMINASI],
    )  # fmt: skip
    post.send_in(by=community.writer)
    return time.perf_counter() - began


def tell(times, used):
    print("| | posts | median ms | mean ms | p95 ms | PostgreSQL, CPU ms a post |")
    print("|---|---:|---:|---:|---:|---:|")
    figures = {is_on: figures_of(times[is_on], used[is_on]) for is_on in (False, True)}
    for is_on, words in ((False, "without counters"), (True, "with counters")):
        print(f"| {words} | {len(times[is_on])} | {' | '.join(f'{figure:.2f}' for figure in figures[is_on])} |")
    ratios = (with_ / without for without, with_ in zip(*figures.values(), strict=True))
    print(f"| with / without | | {' | '.join(f'{ratio:.2f}' for ratio in ratios)} |\n")


def figures_of(times, cpu):
    """Median, mean and p95 of the time of a post, and what it cost the database, in milliseconds."""
    p95 = sorted(times)[int(len(times) * 0.95)]
    return [1000 * value for value in (median(times), mean(times), p95, cpu / len(times))]


def tell_fold():
    from monitoring.models import CountChange, DayCount, RegionCount

    rows = RegionCount.objects.count() + DayCount.objects.count()
    began = time.perf_counter()
    number = CountChange.objects.fold()
    seconds = time.perf_counter() - began
    print(f"Folding {number:,} changes into {rows:,} counts took {seconds:.2f} s.")


if __name__ == "__main__":
    main()
