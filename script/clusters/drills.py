"""The drills of script/cluster.py, within its namespaces: each says what it saw, and whether that is what must hold."""

import signal
import sys
import time
from pathlib import Path

from script.clusters.hosts import Cluster, send, tell, until
from script.clusters.loads import Load, Writers, readers

BEFORE = 5  # seconds of load before something dies
READS, WRITES = 50, 20  # a second
READS_AMONG_WRITES = 20  # each write makes pages old, and two cores carry no more


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
        back = until(
            60,
            "the host does not come back",
            lambda: send("GET", "/readyz", cluster.hosts["web2"].address, 8000)[0] == 200,
        )
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


def restart(cluster):
    """A release by day: gunicorn of both hosts is told to begin again, in turn, under twice as many reads."""
    with readers(2 * READS) as reading:
        time.sleep(BEFORE)
        for gunicorn in cluster.gunicorns.values():
            gunicorn.send_signal(signal.SIGHUP)
            time.sleep(4 * BEFORE)
    return [("requests refused or broken", reading.report(), not reading.errors())]


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
