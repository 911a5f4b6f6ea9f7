"""What the dashboards of officers cost the database: `python -m bench.dashboards --tier XL`.

The page of the country and of the busiest region of each level, as an officer opens it: how many queries,
how long PostgreSQL took for them, and beside it a page of the public list of posts and one query of nothing.
"""

import argparse
import time
from contextlib import contextmanager
from statistics import median

from django.db import connection, transaction

from bench.environment import machine, production

TIMES = 9
MOST_QUERIES, MOST_MS = 10, 200


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="S, M, L or XL; without it, the database of DATABASE_URL itself")
    parser.add_argument("--each", action="store_true", help="tell the time of each query too")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier or '-'}, {TIMES} times each.\n")
    with production(options.tier), transaction.atomic():
        print("| page | queries | database ms, median | least | all in all, ms | |\n|---|---:|---:|---:|---:|---|")
        measure_all(options)
        transaction.set_rollback(True)


def measure_all(options):
    from django.test import Client

    from bench.lists import busiest_regions
    from regions.models import Region

    visitor = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    tell("one query of nothing", lambda: connection.cursor().execute("SELECT 1"), options)
    tell("the public list of posts", lambda: visitor.get("/kegiatan/"), options)
    officer = officer_of_the_country()
    levels = [Region.Level.PROVINCE, Region.Level.REGENCY, Region.Level.DISTRICT, Region.Level.VILLAGE]
    for region in [Region.objects.get(code="0"), *(busiest_regions(level)[0] for level in levels)]:
        path = f"/petugas/pantau/{region.code}/"
        tell(f"dashboard, {region}", lambda path=path: officer.get(path), options, is_bound=True)
        tell(f"its numbers alone, {region}", lambda path=path: officer.get(f"{path}angka/"), options, is_bound=True)


def officer_of_the_country():
    """The browser of an officer who is there until the end of this run."""
    from django.test import Client

    from accounts.models import OfficerAssignment, User
    from regions.models import Region

    person = User.objects.create_user("tolok@contoh.id", name="Tolok")
    person.authenticator_set.create(type="totp", data={"secret": ""})
    person.refresh_from_db(fields=["sessions_ended"])
    facts = {"letter_number": "1/2026", "starts_on": "2020-01-01", "duties": []}
    OfficerAssignment.objects.create(user=person, region=Region.objects.get(code="0"), **facts)
    browser = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https")
    browser.force_login(person)
    session = browser.session
    session.end_with_the_working_day()
    session.save()
    return browser


def tell(page, ask, options, *, is_bound=False):
    ask()  # what a process remembers is none of the page's cost
    runs = [timed(ask) for _time in range(TIMES)]
    queries = max(len(times) for times, _whole in runs)
    spent = [sum(took for took, _sql in times) for times, _whole in runs]
    judged = ("holds" if queries <= MOST_QUERIES and median(spent) <= MOST_MS else "**over**") if is_bound else ""
    whole = median(whole for _times, whole in runs)
    print(f"| {page} | {queries} | {median(spent):.1f} | {min(spent):.1f} | {whole:.0f} | {judged} |", flush=True)
    if options.each:
        for took, sql in runs[-1][0]:
            print(f"  {took:7.1f} ms  {' '.join(sql.split())[:150]}")


def timed(ask):
    """`([(milliseconds, SQL)] of each query, milliseconds of all)`."""
    times = []
    began = time.perf_counter()
    with kept(times):
        answer = ask()
    whole = 1000 * (time.perf_counter() - began)
    if getattr(answer, "status_code", 200) != 200:
        raise SystemExit(f"{answer.status_code} instead of the page")
    return times, whole


@contextmanager
def kept(times):
    def wrapper(execute, sql, params, many, context):
        began = time.perf_counter()
        try:
            return execute(sql, params, many, context)
        finally:
            times.append((1000 * (time.perf_counter() - began), sql))

    with connection.execute_wrapper(wrapper):
        yield


if __name__ == "__main__":
    main()
