"""A bulletin to every KIM while people read: `python -m bench.bulletins --tier XL`.

Asks for every kind of page at a steady rate, first alone, then while the worker brings one bulletin to each KIM of the
country with a notice for its chair, then alone again. Client, two workers, the sender and PostgreSQL share all cores.
Works on a copy of the tier, in which every KIM stands, and which is dropped afterwards.
"""

import argparse
import subprocess
import sys
import threading
import time

from django.db import connection

from bench.environment import machine, production
from bench.mixed import CONNECTIONS, copy_of
from script.kim import database

# The job as the worker does it, in a process of its own.
SENDER = "import django; django.setup(); from bulletins.sending import deliver; deliver({})"
EVERY_KIM_STANDS = """
UPDATE communities_community SET status = 'inaugurated', number = COALESCE(number, 'B' || id)
WHERE status NOT IN ('verified', 'inaugurated', 'expired')
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", default="XL")
    parser.add_argument("--seconds", type=int, default=30, help="of reading alone, before and afterwards")
    parser.add_argument("--rate", type=int, default=100, help="requests a second")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}, {options.rate} requests/s, 2 workers of 4 threads.\n")
    with database(), copy_of(options.tier) as tier, production(tier):
        measure(options)


def measure(options):
    from bench import page_urls
    from bench.server import portal

    with connection.cursor() as cursor:
        cursor.execute(EVERY_KIM_STANDS)
    bulletin = approved_bulletin()
    paths = [path for kind in page_urls.pages().values() for path in kind]
    with portal(core=None, WEB_CONCURRENCY="2") as server:
        read(server, paths, options, options.seconds)  # what is cold is none of the sender's doing
        before = read(server, paths, options, options.seconds)
        seconds, during = send_while_read(server, paths, options, bulletin)
        after = read(server, paths, options, options.seconds)
    tell(bulletin, seconds, before, during, after)


def approved_bulletin():
    """To the whole country, by an officer of the ministry."""
    from accounts.duties import Duty
    from accounts.models import OfficerAssignment, User
    from bulletins.models import Bulletin
    from regions.models import INDONESIA, Region

    nation = Region.objects.get(code=INDONESIA)
    officer = User.objects.create_user("menteri@contoh.id", name="Bagus")
    OfficerAssignment.objects.create(user=officer, region=nation, letter_number="1/2026", duties=list(Duty.known))
    bulletin = Bulletin(issuer=nation, title="Waspada penipuan", text="Jangan buka APK.", short_text="Jangan buka APK.")
    bulletin.write(by=officer, regions=[nation])
    bulletin.approve(by=officer)
    bulletin.send(by=officer)
    return bulletin


def read(server, paths, options, seconds):
    from bench.load import run

    pause = 1000 * CONNECTIONS // options.rate
    return run(server, paths, seconds, connections=CONNECTIONS, pause=pause, core=None)


def send_while_read(server, paths, options, bulletin):
    """`(seconds of the sending, [what reading was like meanwhile])`, in pieces of ten seconds that lay within it."""
    began, ended = time.monotonic(), []
    sender = subprocess.Popen([sys.executable, "-c", SENDER.format(bulletin.pk)])
    watcher = threading.Thread(target=lambda: (sender.wait(), ended.append(time.monotonic())))
    watcher.start()
    pieces = []
    while not ended:
        pieces.append(read(server, paths, options, 10))
    watcher.join()
    if sender.returncode:
        raise SystemExit("The sender failed.")
    return ended[0] - began, pieces[:-1] or pieces


def tell(bulletin, seconds, before, during, after):
    from accounts.models import Notice

    number, notices = bulletin.deliveries.count(), Notice.objects.filter(path=bulletin.room_path).count()
    alone, again = before["p95"] / 1000, after["p95"] / 1000
    meanwhile = [piece["p95"] / 1000 for piece in during]
    mean = sum(meanwhile) / len(meanwhile)
    figures = {
        "deliveries": f"{number:,}",
        "notices": f"{notices:,}",
        "seconds": f"{seconds:.0f}",
        "a second": f"{number / seconds:.0f}",
        "p95 before, ms": f"{alone:.1f}",
        "p95 during, ms": f"{mean:.1f}",
        "worst 10 s, ms": f"{max(meanwhile):.1f}",
        "p95 after, ms": f"{again:.1f}",
        "during / before": f"{mean / alone:.2f}",
        "errors": str(sum(piece["errors"] for piece in [before, *during, after])),
    }
    print(f"| {' | '.join(figures)} |")
    print("|---:" * len(figures) + "|")
    print(f"| {' | '.join(figures.values())} |")


if __name__ == "__main__":
    main()
