"""What a page kept in Varnish costs beside a static file of its very bytes: `python -m bench.edge --tier S`.

Varnish runs deploy/varnish.vcl before one worker of the portal. Both are kept there before the counting begins, and
asked for in turn, zipped as browsers ask; what counts is the processor time of Varnish for one answer.
"""

import argparse
import os
import shutil
import statistics
import tempfile
from contextlib import contextmanager
from pathlib import Path

from bench.environment import machine, production
from script.kim import PROJECT

FILE = "/static/tolok-halaman.html"
ROUNDS = 5
MOST = 1.1  # of the file's cost


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="S, M, L or XL; without it, the database of DATABASE_URL itself")
    parser.add_argument("--seconds", type=int, default=3, help="how long each is asked for, ten times")
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier or '-'}.\n")
    print("| page | KB zipped | req/s of the file | req/s of the page | CPU µs of the file | of the page | times |")
    print("|---|---:|---:|---:|---:|---:|---:|")
    with production(options.tier):
        for name, path in pages().items():
            row(name, path, options.seconds)


def pages():
    from activities.models import Post
    from bench.lists import busiest_regions
    from regions.models import Region

    [village] = busiest_regions(Region.Level.VILLAGE, 1)
    post = Post.objects.published().newest_first()[0]
    return {"home": "/", "one post": post.get_absolute_url(), "region: village": village.get_absolute_url()}


def row(name, path, seconds):
    from bench.server import free_port, portal

    port = free_port()
    with as_static_file(path), portal(EDGES=f"http://127.0.0.1:{port}") as server, varnish(port, server) as edge:
        sizes = [size_at(edge, asked) for asked in (FILE, path)]
        file, page = in_turn(edge, [FILE, path], seconds)
    times = page["cpu"] / file["cpu"]
    told = f"{file['rate']:.0f} | {page['rate']:.0f} | {file['cpu']:.1f} | {page['cpu']:.1f} | {times:.2f}"
    print(f"| {name} | {sizes[1] / 1024:.1f} | {told}{'' if times <= MOST else ' FAULT'} |", flush=True)


@contextmanager
def as_static_file(path):
    """The answer of this path, plain and zipped, among the files of collectstatic."""
    import gzip

    from django.conf import settings
    from django.test import Client

    answer = Client(SERVER_NAME="127.0.0.1", HTTP_X_FORWARDED_PROTO="https").get(path)
    if answer.status_code != 200:
        raise SystemExit(f"{path} answered {answer.status_code}.")
    plain = Path(settings.STATIC_ROOT, FILE.removeprefix("/static/"))
    zipped = plain.with_name(f"{plain.name}.gz")
    plain.write_bytes(answer.content)
    zipped.write_bytes(gzip.compress(answer.content))
    try:
        yield
    finally:
        plain.unlink()
        zipped.unlink()


@contextmanager
def varnish(port, portal):
    """deploy/varnish.vcl before this portal."""
    from bench.server import running

    program = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
    if program is None:
        raise SystemExit("Not installed: varnishd.")
    behind = portal.url.rpartition(":")[2]
    rules = (PROJECT / "deploy/varnish.vcl").read_text()
    rules = rules.replace('.port = "8000"', f'.port = "{behind}"').replace("/srv/kim/portal", str(PROJECT))
    with tempfile.TemporaryDirectory() as folder:
        Path(folder, "kim.vcl").write_text(rules)
        command = [program, "-F", "-j", "none", "-T", "none", "-a", f"127.0.0.1:{port}", "-s", "default,64m"]
        with running([*command, "-f", f"{folder}/kim.vcl", "-n", f"{folder}/varnish"], port) as edge:
            yield edge


def size_at(edge, path):
    """Of the zipped answer, once it is kept."""
    for _time in range(3):
        status, headers, body = edge.fetch(path, **{"Accept-Encoding": "gzip"})
    if status != 200 or headers["Content-Encoding"] != "gzip":
        raise SystemExit(f"{path} answered {status}, {headers['Content-Encoding']}.")
    return len(body)


def in_turn(edge, paths, seconds):
    """`{rate, cpu}` of each path: the middle of its rounds, of which each next one begins with another path."""
    from bench import load

    rounds = {path: [] for path in paths}
    for number in range(ROUNDS):
        for path in paths if number % 2 else reversed(paths):
            before = edge.cpu()
            found = load.run(edge, [path], seconds, headers=["Accept-Encoding: gzip"])
            if found["errors"]:
                raise SystemExit(f"{path} failed {found['errors']} times.")
            rate = found["requests"] / (found["microseconds"] / 1e6)
            rounds[path].append({"rate": rate, "cpu": 1e6 * (edge.cpu() - before) / found["requests"]})
    return [{name: statistics.median(one[name] for one in rounds[path]) for name in ("rate", "cpu")} for path in paths]


if __name__ == "__main__":
    main()
