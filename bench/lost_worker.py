"""Kill the worker in the middle of bringing one bulletin to every KIM, and see who has it twice, and who not at all.

    python -m bench.lost_worker [KIM] [kills]

Uses a database of its own, as bench.crashes does, in which each of so many KIM (91,000) has a chair with an account.
Whoever ends the worker starts the next one five seconds later, as systemd does; what the tick does each minute about
bulletins is done here, and no e-mail leaves.
"""

import os
import secrets
import subprocess
import sys
import time
from types import SimpleNamespace

from bench.crashes import PROJECT, database, make_places, print_findings

KIM, KILLS = 91_000, 2
AT_ONCE = 2_000
RESTART, MINUTE = 5, 60  # seconds
LONGEST = 1800
WORKER = [sys.executable, "manage.py", "db_worker", "--no-reload", "-v0"]


def make_kims(number, seat):
    """So many KIM that sit there, each with a chair."""
    from accounts.models import User
    from communities.models import Community, Membership, PartnerKind, Position

    kind = PartnerKind.objects.get(slug="kim")
    for first in range(0, number, AT_ONCE):
        serials = range(first, min(first + AT_ONCE, number))
        chairs = User.objects.bulk_create(
            User(email=f"ketua{serial}@contoh.id", name=f"Ketua {serial}", password="!")  # noqa: S106
            for serial in serials
        )
        kims = [
            Community(
                name=f"KIM {serial}", slug=f"kim-ke-{serial}", status="verified", number=f"9{serial:011}",
                partner_kind=kind,
            )
            for serial in serials
        ]  # fmt: skip
        for kim in kims:
            kim.place_at(seat)
        Community.objects.bulk_create(kims)
        members = Membership.objects.bulk_create(
            Membership(community=kim, user=chair, name=chair.name) for kim, chair in zip(kims, chairs, strict=True)
        )
        Position.objects.bulk_create(
            Position(community=member.community, membership=member, role="ketua") for member in members
        )


def findings(bulletin):
    """`(what must hold, how often it was looked at, how often it does not)`."""
    from accounts.models import Dispatch, Notice

    bulletin.refresh_from_db()
    audience, brought = bulletin.audience(), bulletin.deliveries.all()
    number, chairs = audience.count(), audience.boards().count()
    told = Notice.objects.filter(path=bulletin.room_path)
    letters = Dispatch.objects.filter(notice__in=told)
    return [
        ("every KIM has the bulletin", number, audience.exclude(pk__in=brought.values("community")).count()),
        ("no KIM has it twice", number, brought.count() - brought.values("community").distinct().count()),
        ("every chair was told", chairs, chairs - told.values("user").distinct().count()),
        ("no chair was told twice", chairs, told.count() - told.values("user").distinct().count()),
        ("each has one e-mail on its way", chairs, abs(chairs - letters.values("address").distinct().count())),
        ("no e-mail is there twice", chairs, letters.count() - letters.values("address").distinct().count()),
        ("the desk says that it came to all", 1, int(bulletin.delivered_at is None)),
    ]


def send_and_kill(bulletin, kills):
    """Seconds until it went on, for each kill; and of the whole."""
    from bulletins.tasks import deliver, resume_sending

    number, pauses, minutes, killed = bulletin.audience().count(), [], 0, None
    worker, began = subprocess.Popen(WORKER, cwd=PROJECT), time.monotonic()
    deliver.enqueue(bulletin.pk)
    try:
        while not is_done(bulletin):
            here = bulletin.deliveries.count()
            if killed and here > killed.brought:
                pauses.append(time.monotonic() - killed.at)
                killed = None
            if not killed and len(pauses) < kills and here > number * (len(pauses) + 1) / (kills + 1):
                worker.kill()
                worker.wait()
                killed = SimpleNamespace(at=time.monotonic(), brought=bulletin.deliveries.count())
                print(f"killed with {killed.brought:,} of {number:,} brought", flush=True)
                time.sleep(RESTART)
                worker = subprocess.Popen(WORKER, cwd=PROJECT)
            if time.monotonic() - began > minutes * MINUTE:
                minutes += 1
                resume_sending.call()
            if time.monotonic() - began > LONGEST:
                raise SystemExit("It did not go on.")
            time.sleep(0.5)
        return pauses, time.monotonic() - began
    finally:
        worker.terminate()
        worker.wait()


def is_done(bulletin):
    return type(bulletin).objects.filter(pk=bulletin.pk, delivered_at__isnull=False).exists()


def main(kims, kills):
    with database() as (url, _server, _name):
        os.environ |= {
            "DATABASE_URL": url, "DEBUG": "0", "SECRET_KEY": secrets.token_hex(40), "LOG_LEVEL": "CRITICAL",
            "DJANGO_SETTINGS_MODULE": "kimportal.settings",
        }  # fmt: skip
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=PROJECT, check=True)
        import django
        from django.db import connections

        django.setup()
        from bench.bulletins import approved_bulletin

        try:
            make_kims(kims, make_places())
            bulletin = approved_bulletin()
            pauses, seconds = send_and_kill(bulletin, kills)
            table = findings(bulletin)
        finally:
            connections.close_all()
    print(f"{seconds:.0f} s for all; it went on", ", ".join(f"{pause:.0f} s after a kill" for pause in pauses))
    return print_findings(table)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    sys.exit(main(*given, *[KIM, KILLS][len(given) :]))
