"""Readers while Redis is away: `python -m bench.cache_away --tier S`.

Asks at a steady rate for any of 200 pages, as browsers do; in the second third of the time Redis is killed. Client, two
workers, Redis and PostgreSQL share all cores. An answer that takes longer than five seconds counts as an error.
"""

import argparse
import random
import statistics
import subprocess
import tempfile
import time
import urllib.request
from concurrent.futures import ThreadPoolExecutor

from bench.environment import machine, production
from bench.server import free_port, portal, wait_until_open

WARM, MOST_SECONDS, AT_ONCE = 10, 5, 48
HEADERS = {"X-Forwarded-Proto": "https", "Accept-Encoding": "gzip"}


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier")
    parser.add_argument("--seconds", type=int, default=60)
    parser.add_argument("--rate", type=int, default=20, help="requests a second")
    parser.add_argument("--pages", type=int, default=200)
    options = parser.parse_args()
    print(f"{machine()}; tier {options.tier}, {options.rate} requests/s over {options.pages} pages, 2 workers.\n")
    with production(options.tier), Redis() as redis:
        urls = popular(options.pages)
        with portal(core=None, WEB_CONCURRENCY="2", REDIS_URL=redis.url) as server:
            ask_steadily(server.url, urls, options.rate, WARM)
            print("| Redis | requests | errors | p50 ms | p95 ms | portal, cores |\n|---|---:|---:|---:|---:|---:|")
            for name, deed in [("there", None), ("killed", redis.kill), ("back, and empty", redis.start)]:
                if deed:
                    deed()
                before = server.cpu()
                times, errors = ask_steadily(server.url, urls, options.rate, options.seconds / 3)
                cuts = [1000 * took for took in statistics.quantiles(times, n=20)]
                cores = f"{(server.cpu() - before) * 3 / options.seconds:.2f}"
                print(f"| {name} | {len(times)} | {errors} | {cuts[9]:.0f} | {cuts[18]:.0f} | {cores} |", flush=True)


class Redis:
    def __init__(self):
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"

    def __enter__(self):
        self.folder = tempfile.TemporaryDirectory()
        self.start()
        return self

    def __exit__(self, *_how):
        self.kill()
        self.folder.cleanup()

    def start(self):
        flags = ["--port", str(self.port), "--bind", "127.0.0.1", "--save", "", "--dir", self.folder.name]
        self.process = subprocess.Popen(["redis-server", *flags], stdout=subprocess.DEVNULL)
        wait_until_open(self.port, self.process)

    def kill(self):
        self.process.kill()
        self.process.wait()


def popular(number):
    """The pages of so many posts, KIM and regions, a quarter, a quarter and a half."""
    from activities.models import Post
    from bench.lists import busiest_regions
    from communities.models import Community
    from regions.models import Region

    posts = Post.objects.published().newest_first()[: number // 4]
    communities = Community.objects.registered().order_by("-post_count")[: number // 4]
    regions = busiest_regions(Region.Level.VILLAGE, number - len(posts) - len(communities))
    return [row.get_absolute_url() for row in (*posts, *communities, *regions)]


def ask_steadily(origin, urls, rate, seconds):
    """`(seconds of each answer, how many were none in time)`, each from the moment at which it was due."""
    drawn, began, number = random.Random(2026), time.monotonic(), int(rate * seconds)
    with ThreadPoolExecutor(AT_ONCE) as pool:
        asked = [pool.submit(ask, origin + drawn.choice(urls), began + turn / rate) for turn in range(number)]
    answers = [one.result() for one in asked]
    return [took for took, _is_well in answers], sum(not is_well for _took, is_well in answers)


def ask(url, due):
    """How long after its moment it was answered, and whether well and in time."""
    time.sleep(max(0, due - time.monotonic()))
    try:
        with urllib.request.urlopen(urllib.request.Request(url, headers=HEADERS), timeout=MOST_SECONDS) as answer:  # noqa: S310
            answer.read()
        is_well = True
    except OSError:
        is_well = False
    took = time.monotonic() - due
    return took, is_well and took <= MOST_SECONDS


if __name__ == "__main__":
    main()
