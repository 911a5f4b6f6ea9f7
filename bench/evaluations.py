"""What an evaluation of every KIM of a tier costs the worker: `python -m bench.evaluations --tier KIM`.

The scores of one year by the national rules, computed by a process of its own as the worker does, then once more: the
second run must give the same digest. Works on a copy of the tier, in which every KIM stands and received bulletins, and
which is dropped afterwards.
"""

import argparse
import subprocess
import sys
import time

from django.db import connection

from bench.environment import machine, production
from bench.mixed import copy_of
from script.kim import database

# The job as the worker does it; it says how much memory it had before and at most, in kilobytes. By VmHWM, since what
# getrusage says begins with the most that the process held which began this one.
WORKER = """
import re, django; django.setup()
from evaluations.computing import compute
peak = lambda: re.search("VmHWM:\\\\s+([0-9]+)", open("/proc/self/status").read())[1]
before = peak(); compute({}); print(before, peak())
"""
EVERY_KIM_STANDS = """
UPDATE communities_community SET status = 'inaugurated', number = COALESCE(number, 'B' || id)
WHERE status NOT IN ('verified', 'inaugurated', 'expired')
"""
BULLETINS = 12
# Of seven bulletins two are never opened, and three passed on within a week.
DELIVERIES = """
INSERT INTO bulletins_delivery (bulletin_id, community_id, place_id, province_id, regency_id, district_id, village_id,
    created_at, opened_at, passed_on_at, reach_claimed, reach_verified, link_opens)
SELECT %s, id, seat_id, province_id, regency_id, district_id, village_id, %s,
    CASE WHEN id %% 7 < 5 THEN %s::timestamptz END,
    CASE WHEN id %% 7 < 3 THEN %s::timestamptz + (id %% 168) * interval '1 hour' END, 0, 0, 0
FROM communities_community
"""
# KIM at most, seconds at most, megabytes at most.
LIMITS = [(3_600, 60, 300), (91_000, 1_800, 300)]
YEAR = 2026


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="L")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}.\n")
    with database(), copy_of(options.tier) as tier, production(tier):
        cycle = prepared()
        rows = [computed(cycle, run) for run in ("first", "again")]
        tell(cycle, rows)


def prepared():
    """An open cycle of the whole country, by the rules that a migration made."""
    from accounts.models import User
    from bulletins.models import Bulletin
    from evaluations.models import Cycle, RuleSet
    from regions.models import INDONESIA, Region

    nation = Region.objects.get(code=INDONESIA)
    officer = User.objects.create_user("menteri@contoh.id", name="Bagus")
    with connection.cursor() as cursor:
        cursor.execute("SET session_replication_role = replica")
        cursor.execute(EVERY_KIM_STANDS)
        for month in range(1, BULLETINS + 1):
            sent = f"{YEAR}-{month:02}-05 03:00+00"
            bulletin = Bulletin.objects.create(
                issuer=nation,
                title=f"Informasi {month}",
                text="Baca.",
                short_text="Baca.",
                status="sent",
                sent_at=sent,
                author=officer,
            )
            cursor.execute(DELIVERIES, [bulletin.pk, sent, sent, sent])
        cursor.execute("SET session_replication_role = origin")
        cursor.execute("ANALYZE")
    rules = RuleSet.objects.frozen().get(region=None)
    return Cycle.objects.create(region=nation, year=YEAR, rule_set=rules, status=Cycle.Status.OPEN)


def computed(cycle, run):
    """`(run, KIM, seconds, megabytes at most, of these by computing, digest)`."""
    from django.utils import timezone

    type(cycle).objects.filter(pk=cycle.pk).update(
        computing_at=timezone.now(), computed_to=0, run=cycle.run + 1, computed_by=cycle.created_by
    )
    began = time.monotonic()
    worker = subprocess.run([sys.executable, "-c", WORKER.format(cycle.pk)], capture_output=True, text=True, check=True)
    seconds = time.monotonic() - began
    cycle.refresh_from_db()
    before, peak = (int(number) / 1024 for number in worker.stdout.split())
    return run, cycle.scores.count(), seconds, peak, peak - before, cycle.digest


def tell(cycle, rows):
    print("| run | KIM | seconds | KIM/s | MB at most | of these by computing | digest |")
    print("|---|---:|---:|---:|---:|---:|---|")
    for run, number, seconds, peak, grown, digest in rows:
        speed = number / seconds
        print(f"| {run} | {number:,} | {seconds:.1f} | {speed:,.0f} | {peak:.0f} | {grown:.0f} | {digest[:12]} |")
    most = next((limit for limit in LIMITS if rows[0][1] <= limit[0]), LIMITS[-1])
    print(f"\nAt most {most[1]} s and {most[2]} MB for {most[0]:,} KIM.")
    if rows[0][5] != rows[1][5]:
        raise SystemExit("The second run gave other bytes.")


if __name__ == "__main__":
    main()
