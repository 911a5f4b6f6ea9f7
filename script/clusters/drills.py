"""The drills of script/cluster.py, within its namespaces: each says what it saw, and whether that is what must hold."""

import os
import signal
import sys
import time
from collections import Counter
from functools import partial
from itertools import islice
from pathlib import Path

from bench.server import cpu_of
from script.clusters.hosts import Cluster, send, tell, until
from script.clusters.loads import Load, Officer, Photographers, Writers, read, readers, through_nginx, viewers

BEFORE = 5  # seconds of load before something dies
READS, WRITES = 50, 20  # a second
READS_AMONG_WRITES = 20  # each write makes pages old, and two cores carry no more
PHOTOS = 1  # a second, sent and looked at
AWAY, AHEAD = 60, 20  # seconds that the store is away, and that a clock is wrong
FOUND_AGAIN = 15  # seconds in which each process asks the store again (PAUSE of pages/store.py), or nearly
AN_HOUR = 3600
IS_AWAY, WENT_BACK = "The store of photos and papers is away", "The clock went back"  # as the log has it
ALONE = 300  # pages, one after the other
RATES, EACH, IN_TIME = (500, 200, 100, 50, 25), 15, 0.2  # pages a second; seconds of each rate; seconds for a page
AT_THE_EDGE, A_MOMENT = 10, 0.02  # posts published and hidden; seconds between two looks


def primary(cluster):
    """The host of the primary dies under writes and reads."""
    writers, dead = Writers(cluster), cluster.primary()
    with readers(READS_AMONG_WRITES) as reading, Load(writers.once, WRITES) as writing:
        time.sleep(BEFORE)
        cluster.hosts[dead].kill()
        killed = time.monotonic()
        until(60, "nothing can be written", lambda: writers.back_after(killed))
        back = writers.back_after(killed)
        time.sleep(BEFORE)
    with cluster.connection() as server:
        lost, sent = writers.lost(server)
    cluster.start_database(dead)
    follows = until(90, "the former primary does not follow", lambda: cluster.copies() == {"sync"})
    return [
        ("acknowledged writes lost", f"{lost} of {sent}", sent and not lost),
        ("writes back after, at most 15 s", f"{back:.1f} s", back <= 15),
        ("readers' errors, at most 1 %", reading.report(), reading.share() <= 0.01),
        ("writers' errors", writing.report(), True),
        ("the former primary follows after", f"{follows:.1f} s", True),
    ]


def web(cluster):
    """A host of the portal dies under reads."""
    with readers(READS) as reading:
        time.sleep(BEFORE)
        cluster.hosts["web2"].kill()
        time.sleep(2 * BEFORE)
        cluster.start_web("web2")
        back = answers_again(cluster, "web2")
        time.sleep(BEFORE)
    return [
        ("readers' errors, at most 1 %", reading.report(), reading.share() <= 0.01),
        ("the host answers again after", f"{back:.1f} s", True),
    ]


def redis(cluster):
    """Redis dies under reads, and comes back."""
    with readers(READS) as reading:
        time.sleep(BEFORE)
        cluster.redis.send_signal(signal.SIGKILL)
        cluster.redis.wait()
        said = until(10, "/readyz says nothing", lambda: send("GET", "/readyz")[0] == 503)
        words = send("GET", "/readyz")[1].decode()
        time.sleep(BEFORE)
        cluster.start_redis()
        back = until(30, "/readyz stays", lambda: send("GET", "/readyz")[0] == 200)
        time.sleep(BEFORE)
    return [
        ("readers' errors", reading.report(), not reading.errors()),
        ("/readyz says so after", f"{said:.1f} s: {words}", "cache" in words),
        ("and is well again after", f"{back:.1f} s", True),
    ]


def edge(cluster):
    """Posts are published and hidden under reads: when they are seen at the edge, and when nothing of them is."""
    shown, gone = [], []
    with Officer(cluster) as officer, readers(READS_AMONG_WRITES) as reading:
        for post in officer.waiting[:AT_THE_EDGE]:
            is_seen(post, False)  # so that its pages are kept
            published = officer.decide("publish", post)
            until(20, f"{post['path']} is not seen", partial(is_seen, post, True), A_MOMENT)
            shown.append(time.monotonic() - published)
            hidden = officer.decide("hide", post)
            until(20, f"{post['path']} stays", partial(is_seen, post, False), A_MOMENT)
            gone.append(time.monotonic() - hidden)
    return [
        ("published, seen after at most 1 s", f"{max(shown):.2f} s ({len(shown)} posts)", max(shown) <= 1),
        ("hidden, gone after at most 1 s", f"{max(gone):.2f} s ({len(gone)} posts)", max(gone) <= 1),
        ("readers' errors", reading.report(), not reading.errors()),
    ]


def is_seen(post, wanted):
    """Whether its page and each list that names it say so."""
    lists = [post["path"] in read(page) for page in post["lists"]]
    return {*lists, send("GET", post["path"])[0] == 200} == {wanted}


def store(cluster):
    """The S3 store is cut off for a minute, while people send photos, look at some and read."""
    with Officer(cluster) as officer:
        photos = officer.photos
    senders, host, trust = Photographers(cluster), cluster.hosts["store"], cluster.trust()
    with readers(READS) as reading, viewers(photos, PHOTOS, trust) as viewing, Load(senders.once, PHOTOS) as sending:
        time.sleep(BEFORE)
        before = viewing.errors()
        host.cut_off()
        time.sleep(AWAY)
        host.plug_in()
        back = time.monotonic()
        until(90, "no photo is taken", lambda: senders.back_after(back))
        until(60, "no photo is seen", lambda: through_nginx(photos[0], trust)[0] == 200)
        time.sleep(FOUND_AGAIN)  # by each process of the portal
    with cluster.connection() as server:
        lost, sent = senders.lost(server, cluster.bucket())
    seen = max(0, viewing.last_error() - back)
    said = cluster.logged("web", IS_AWAY)
    slowest = max(took for _asked, took, _status in viewing.answers)
    return [
        ("acknowledged photos lost", f"{lost} of {sent}", sent and not lost),
        ("photos refused meanwhile", f"{dict(senders.refused)}", {*senders.refused} == {503}),
        ("photos are taken again after", f"{senders.back_after(back):.1f} s", True),
        ("who sent photos", sending.report(), True),
        ("readers' errors", reading.report(), not reading.errors()),
        ("who looked at photos", viewing.report(), not before),
        ("photos are seen by everybody after", f"{seen:.1f} s, at most {FOUND_AGAIN} s", seen < FOUND_AGAIN),
        ("the longest wait for a photo, at most 5 s", f"{slowest:.1f} s", slowest <= 5),
        ("the log says so", f"{said} lines: {IS_AWAY}", said),
    ]


def clock(cluster):
    """The clock of one web host runs an hour ahead for a while, under writes and reads."""
    cluster.hosts["web2"].kill()
    cluster.start_web("web2", **cluster.wrong_clock(0))
    answers_again(cluster, "web2")
    writers = Writers(cluster)
    with readers(READS_AMONG_WRITES) as reading, Load(writers.once, WRITES / 2) as writing:
        time.sleep(BEFORE)
        cluster.wrong_clock(AN_HOUR)
        time.sleep(AHEAD)
        cluster.wrong_clock(0)
        time.sleep(2 * BEFORE)
    right = until(120, "nobody says that the clock went back", lambda: cluster.logged("web", WENT_BACK))
    with cluster.connection() as server:
        lost, sent = writers.lost(server)
        doubled = writers.doubled(server)
        asked = "SELECT count(*) FROM activities_comment WHERE at > now() + interval '30 minutes'"
        [(ahead,)] = server.execute(asked)
    cluster.hosts["web2"].kill()
    cluster.start_web("web2")
    answers_again(cluster, "web2")
    return [
        ("acknowledged writes lost", f"{lost} of {sent}", sent and not lost),
        ("comments that came twice", f"{doubled}; {ahead} were written an hour ahead", ahead and not doubled),
        ("readers' errors, at most 1 %", reading.report(), reading.share() <= 0.01),
        ("writers' errors, at most 1 %", writing.report(), writing.share() <= 0.01),
        (f"the log says so: {WENT_BACK}", f"{right:.0f} s after the load", True),
    ]


def answers_again(cluster, name):
    address = cluster.hosts[name].address
    return until(120, f"{name} does not come back", lambda: send("GET", "/readyz", address, 8000)[0] == 200)


def restart(cluster):
    """A release by day: gunicorn of both hosts is told to begin again, in turn, under four times as many reads."""
    with readers(4 * READS, unread=cluster.villages()) as reading:
        time.sleep(BEFORE)
        for gunicorn in cluster.gunicorns.values():
            gunicorn.send_signal(signal.SIGHUP)
            time.sleep(4 * BEFORE)
    return [("requests refused or broken", reading.report(), not reading.errors())]


def tail(cluster):
    """Pages of villages, each read once by anybody: what one costs, then from 500 a second down to what is in time."""
    pages = iter(cluster.villages())
    used = cpu_of_all()
    answers = Counter(send("GET", page)[0] for page in islice(pages, ALONE))
    each = (cpu_of_all() - used) / ALONE
    told = f"{each * 1000:.1f} ms, so two cores carry {2 / each:.0f} a second; {dict(answers)}"
    rows = [("processor time of all hosts, a page", told, {*answers} == {200})]
    for rate in RATES:
        with Load(lambda: send("GET", next(pages))[0], rate) as reading:
            time.sleep(EACH)
        is_in_time = not reading.errors() and reading.p95() <= IN_TIME
        rows.append((f"{rate} a second, p95 at most 200 ms", reading.report(), is_in_time or rate < RATES[0]))
        if is_in_time:
            break
    return rows


def cpu_of_all():
    """Seconds that everything in this namespace but this process has used."""
    pids = [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]
    return sum(cpu_of(pid) for pid in pids if pid != os.getpid())


def main(folder, *names):
    began = time.monotonic()
    cluster = Cluster(Path(folder))
    cluster.begin()
    print(f"  all hosts are up after {time.monotonic() - began:.0f} s", flush=True)
    faults = 0
    for name in names:
        drill = globals()[name]
        began = time.monotonic()
        tell(f"{name}: {drill.__doc__}")
        for claim, seen, held in drill(cluster):
            faults += not held
            print(f"{'ok' if held else 'FAULT':6} {name:8} {claim:36} {seen}", flush=True)
        print(f"       {name:8} took {time.monotonic() - began:.0f} s", flush=True)
    return min(faults, 1)


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
