"""What it costs to tell everyone who follows: `python -m bench.alerts [--subscriptions 100000] [--posts 5500]`.

In a database of its own, with all regions: KIM all over the country, people who follow villages, districts, regencies,
provinces, KIM, sectors and words, and the posts of a day. Then the posts are put before their followers, and the
messages are written, all of them due at once. Figures are of one process and its connection to PostgreSQL together.
"""

import argparse
import os
import random
import secrets
import time
from pathlib import Path

from bench.crashes import database
from bench.environment import machine

SEED = 20260817
COMMUNITIES, VOCABULARY, QUERIES, WORDS_OF_A_POST = 3_000, 3_000, 2_000, 80
MOST_SECONDS, MESSAGES_A_SECOND = 60, 5_000
SYLLABLES = [
    "ba",
    "ci",
    "du",
    "ka",
    "la",
    "me",
    "no",
    "pa",
    "ra",
    "sa",
    "ti",
    "wu",
    "yo",
    "ngan",
    "kar",
    "ber",
    "pen",
    "lah",
]


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--subscriptions", type=int, default=100_000)
    parser.add_argument("--posts", type=int, default=5_500, help="of one day; two million in a year are as many")
    options = parser.parse_args()
    with database() as (url, _server, _name):
        os.environ.update(
            {"DATABASE_URL": url, "SECRET_KEY": secrets.token_hex(40), "DJANGO_SETTINGS_MODULE": "kimportal.settings"}
        )
        os.environ.setdefault("DEBUG", "0")
        import django
        from django.core.management import call_command
        from django.db import connections

        django.setup()
        call_command("migrate", verbosity=0)
        call_command("load_regions", verbosity=0)
        random.seed(SEED)
        fill(options)
        print(machine())
        report(measured())
        connections.close_all()


def fill(options):
    words = ["".join(random.choices(SYLLABLES, k=random.randint(2, 4))) for _ in range(VOCABULARY)]
    communities = make_communities()
    make_followers(options.subscriptions, communities, words)
    make_posts(options.posts, communities, words)
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def make_communities():
    from communities.models import Community, PartnerKind
    from regions.models import Region

    villages = Region.objects.filter(level=4, retired_on=None).order_by("pk")
    seats = random.sample(list(villages.select_related("province", "regency", "district")), COMMUNITIES)
    kind = PartnerKind.objects.get(slug="kim")
    made = [
        Community(name=f"KIM {seat.name}", slug=f"kim-{seat.pk}", seat=seat, status="verified", partner_kind=kind,
                  number=f"{seat.code.replace('.', '')}01")
        for seat in seats
    ]  # fmt: skip
    for community in made:
        community.place_at(community.seat)
    return Community.objects.bulk_create(made)


def make_followers(number, communities, words):
    from django.utils import timezone

    from alerts.models import Subscriber, Subscription
    from communities.models import Sector
    from regions.models import Region

    people = [Subscriber(email=f"warga{row}@contoh.id") for row in range(number * 7 // 10)]
    Subscriber.objects.bulk_create(people, batch_size=5_000)
    sectors, nation = list(Sector.objects.all()), Region.objects.get(code="0")
    queries = [" ".join(random.sample(words, random.randint(1, 2))) for _ in range(QUERIES)]
    moment = timezone.now()
    made = []
    for row in range(number):
        # The first rows give each person one choice; seven in ten have another.
        choice = {"subscriber": people[row % len(people)], "confirmed_at": moment, "type": "", "words": ""}
        made.append(Subscription(**choice, **chosen(random.choice(communities), sectors, queries, nation)))
    Subscription.objects.bulk_create(made, batch_size=5_000, ignore_conflicts=True)


def chosen(community, sectors, queries, nation):
    """What people follow: mostly their own place or KIM, some a field or words in their regency, few the country."""
    seat, dice = community.seat, random.random()
    if dice < 0.2:
        return {"community": community}
    if dice < 0.3:
        return {"region": seat.regency, "sector": random.choice(sectors)}
    if dice < 0.4:
        return {"region": random.choice([nation, seat.regency]), "query": lookup(random.choice(queries))}
    weighed = [(seat, 30), (seat.district, 30), (seat.regency, 30), (seat.province, 9), (nation, 1)]
    places, weights = zip(*weighed, strict=True)
    return {"region": random.choices(places, weights)[0]}


def lookup(words):
    from activities.searching import TextQuery

    return TextQuery(words).tsquery()


def make_posts(number, communities, words):
    from django.utils import timezone

    from accounts.models import User
    from activities.models import Post
    from communities.models import Sector

    author = User.objects.create_user("siti@contoh.id", None, name="Siti")
    sectors, weights = list(Sector.objects.all()), [1 / (rank + 5) for rank in range(len(words))]
    made = []
    for row in range(number):
        community = random.choice(communities)
        post = Post(
            community=community, author=author, sector=random.choice(sectors), place=community.seat, status="published",
            title=f"Kabar {row} dari {community.seat.name}", slug="kabar", published_at=timezone.now(),
            body=" ".join(random.choices(words, weights, k=WORDS_OF_A_POST)),
        )  # fmt: skip
        post.place_at(community.seat)
        made.append(post)
    Post.objects.bulk_create(made, batch_size=1_000)


def measured():
    """`[(what, how many, seconds, core-seconds)]` of the two steps."""
    from accounts.models import Dispatch
    from alerts.digests import write_due
    from alerts.matching import match_new
    from alerts.models import Subscription

    rows = []
    for what, step in (("posts matched", match_new), ("messages written", write_due)):
        began, spent = time.perf_counter(), cpu()
        number = step()
        rows.append((what, number, time.perf_counter() - began, cpu() - spent))
    rows.insert(0, ("subscriptions", Subscription.objects.count(), 0, 0))
    assert rows[-1][1] == Dispatch.objects.count()
    return rows


def cpu():
    """Core-seconds of this process and of its connection's process in PostgreSQL, which is on this machine."""
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_backend_pid()")
        pid = cursor.fetchone()[0]
    ticks = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[11:13]
    return time.process_time() + sum(map(int, ticks)) / os.sysconf("SC_CLK_TCK")


def report(rows):
    print("\n| what | number | seconds | core-seconds |")
    print("|---|---:|---:|---:|")
    for what, number, seconds, spent in rows:
        print(f"| {what} | {number:,} | {seconds:.1f} | {spent:.1f} |" if seconds else f"| {what} | {number:,} | | |")
    messages, spent = rows[-1][1], sum(row[3] for row in rows)
    print(
        f"\n{spent:.1f} core-seconds of at most {MOST_SECONDS}; {messages / rows[-1][3]:,.0f} messages written and ",
        end="",
    )
    print(f"{messages / spent:,.0f} messages in all for a core-second, of at least {MESSAGES_A_SECOND:,}.")


if __name__ == "__main__":
    main()
