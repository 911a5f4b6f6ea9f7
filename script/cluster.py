"""The portal on several hosts, all of them on this machine, and what holds when one of them dies.

    sudo .venv/bin/python -m script.cluster [primary] [web] [redis] [store] [clock] [edge] [restart] [tail]

Without a name all drills run. Each host is a network namespace of its own, with the files of deploy/ filled in: two
with PostgreSQL under Patroni, two with the portal, HAProxy and PgBouncer, one with Redis, one with etcd, one with an S3
store (moto, which the tests use); nginx, Varnish and their HAProxy stand where this process does. Nothing listens
outside, nothing is left behind: whatever is started lives in namespaces that the kernel clears away with this process,
and in a folder that is removed.

Needs Linux, root and: apt-get install patroni etcd-server haproxy pgbouncer redis-server postgresql postgresql-contrib
nginx-light varnish varnish-modules openssl gcc
"""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import time
from pathlib import Path

PROGRAMS = ["patroni", "etcd", "haproxy", "pgbouncer", "redis-server", "nginx", "varnishd", "openssl", "gcc"]
PROGRAMS += ["ip", "unshare", "setpriv"]
# A shell of its own comes first in the new namespace: it takes leave of processes that nobody waits for any more.
ENTER = ["unshare", "--net", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc"]
WITHIN = ["sh", "-c", 'mount -t tmpfs tmpfs /run && mkdir /run/netns && "$@"; exit $?', "sh"]
DRILLS = ["primary", "web", "redis", "store", "clock", "edge", "restart", "tail"]


def main(names):
    if unknown := [name for name in names if name not in DRILLS]:
        raise SystemExit(f"There is no drill {unknown[0]}: {', '.join(DRILLS)}.")
    if os.geteuid():
        raise SystemExit("Network namespaces need root.")
    os.environ["PATH"] += ":/usr/sbin:/sbin"
    if missing := [name for name in PROGRAMS if not shutil.which(name)]:
        raise SystemExit(f"Not installed: {', '.join(missing)}.")
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    folder = Path(tempfile.mkdtemp(prefix="kim-cluster-"))
    folder.chmod(0o711)
    command = [*ENTER, *WITHIN, sys.executable, "-m", "script.clusters.drills", folder, *(names or DRILLS)]
    inner = subprocess.Popen(command, start_new_session=True)
    try:
        return inner.wait()
    except KeyboardInterrupt:
        return 130
    finally:
        for number in (signal.SIGINT, signal.SIGTERM):  # however impatiently Ctrl-C is pressed
            signal.signal(number, signal.SIG_IGN)
        inner.kill()  # and the kernel kills whatever lives in its namespace, which takes a moment
        inner.wait()
        for _attempt in range(100):
            shutil.rmtree(folder, ignore_errors=True)
            if not folder.exists():
                break
            time.sleep(0.1)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
