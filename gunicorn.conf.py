"""How gunicorn serves the portal: `gunicorn kimportal.wsgi`. docs/deploy.md says what stands around it."""

import os
import sys
import time
from itertools import count
from pathlib import Path
from shutil import rmtree
from tempfile import mkdtemp

from gunicorn import glogging, util
from gunicorn.http import wsgi

sys.path.insert(0, str(Path(__file__).parent))
from kimportal import logs

bind = os.environ.get("BIND", "127.0.0.1:8000")

# Threads wait for the database and for slow disks; processes use the cores, each with its own pool of connections.
worker_class = "kimportal.workers.FairWorker"
concurrency = os.environ.get("WEB_CONCURRENCY") or str(min(4, max(2, os.cpu_count() or 2)))
if not (concurrency.isascii() and concurrency.isdecimal() and 1 <= int(concurrency) <= 1000):
    sys.exit("WEB_CONCURRENCY must be a whole number from 1 to 1000, such as 3.")
workers = int(concurrency)
threads = 4

# Each worker loads the code itself: `systemctl reload` then brings a new release without refusing one request.
# Preloading would save some 60 MB per worker, and keep the old code through a reload.
preload_app = False

# A worker that does not report for this long hangs and is replaced; a request in a thread may take longer.
timeout = 30
graceful_timeout = 30
# nginx keeps its connections open; close later than it asks for the next page.
keepalive = 75

# What leaks, leaks little: a worker is replaced after so many requests, and not all of them at once. A thousand who
# watch the numbers send 5,000 in twenty seconds, and half of them wait for each worker that starts.
max_requests = 50_000
max_requests_jitter = 10_000

# The heartbeat is a file; on a busy disk it would stall.
worker_tmp_dir = "/dev/shm" if Path("/dev/shm").is_dir() else None  # noqa: S108

# As long an address as gunicorn reads at all: a long search deserves our own answer. nginx takes less.
limit_request_line = 8190

# Only our own proxy may say that a request came by HTTPS.
forwarded_allow_ips = os.environ.get("FORWARDED_ALLOW_IPS", "127.0.0.1,::1")


class Logger(glogging.Logger):
    # nginx writes the access log; its visitors' addresses need no second copy. With a logconfig gunicorn would gather
    # what such a line says for every answer, an eighth of what a bare view costs, and write it from LOG_LEVEL=INFO on.
    access_log_enabled = False


logger_class = Logger
accesslog = None
errorlog = "-"
# As the portal writes it; a format or level that is none, the settings refuse in a sentence.
level, manner = os.environ.get("LOG_LEVEL", "WARNING"), os.environ.get("LOG_FORMAT", "line")
loglevel = level.lower() if level in logs.LEVELS else "warning"
logconfig_dict = logs.configuration(manner if manner in logs.FORMATS else "line", loglevel.upper())
control_socket_disable = True

# Each worker counts in files of its own, which the one that takes its place goes on with (kimportal/metrics.py).
if "PROMETHEUS_MULTIPROC_DIR" not in os.environ:  # a reload keeps what was counted
    os.environ["PROMETHEUS_MULTIPROC_DIR"] = mkdtemp(prefix="kim-metrics-", dir=worker_tmp_dir)
COUNTED = Path(os.environ["PROMETHEUS_MULTIPROC_DIR"])


# Seconds that the workers of before wait for new ones, which load the code; longer than that only a broken one takes.
PATIENCE = 25


def on_reload(server):
    """Have the workers of before answer until new ones do: gunicorn itself ends them while those load the code."""
    known, end_former = set(server.WORKERS), server.manage_workers

    def end_former_once_new_answer():
        del server.manage_workers
        until = time.monotonic() + PATIENCE
        while any(not ready(pid).exists() for pid in server.WORKERS.keys() - known) and time.monotonic() < until:
            server.reap_workers()
            time.sleep(0.1)
        end_former()

    server.manage_workers = end_former_once_new_answer


def post_worker_init(worker):
    # So long a thread that PostgreSQL answered waits for one that is at work. At the 5 ms of Python itself a page of
    # ten questions would wait longer than it takes.
    sys.setswitchinterval(0.0005)
    ready(os.getpid()).touch()


def ready(pid):
    return COUNTED / f"ready_{pid}"


def pre_fork(server, worker):
    taken = {other.slot for other in server.WORKERS.values()}
    worker.slot = next(slot for slot in count() if slot not in taken)


def post_fork(server, worker):
    os.environ["KIM_WORKER"] = str(worker.slot)


def child_exit(server, worker):
    ready(worker.pid).unlink(missing_ok=True)
    for path in COUNTED.glob(f"gauge_live*_{worker.slot}.db"):  # what it has, it has no more
        path.unlink()


def on_exit(server):
    rmtree(COUNTED, ignore_errors=True)


# Nobody needs to know what serves this page.
wsgi.SERVER = "web"

# What never reaches the portal is refused in the words in which nginx refuses it.
NOT_UNDERSTOOD = Path(__file__).parent / "deploy/errors/not-understood.html"


def write_error(sock, status, reason, _message):
    page = NOT_UNDERSTOOD.read_bytes()
    head = f"HTTP/1.1 {status} {reason}\r\nConnection: close\r\nContent-Type: text/html; charset=utf-8\r\n"
    util.write_nonblock(sock, f"{head}Content-Length: {len(page)}\r\n\r\n".encode("latin1") + page)


util.write_error = write_error
