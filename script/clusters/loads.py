"""Who reads and who writes while something dies: so many times a second, bounded, each answer with its moment."""

import contextlib
import http.client
import json
import os
import re
import secrets
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from functools import cache
from itertools import count, cycle
from string import ascii_lowercase
from urllib.parse import urlencode

from bench import crashes
from script.clusters.hosts import SITE, VISITOR, send
from script.kim import PROJECT

MOST_AT_ONCE, LONGEST, MOST_PAGES, MOST_DRAFTS = 48, 200, 80, 30  # requests; seconds
ONE_UNREAD_IN = 20  # reads: more than ten a second, of 200, would be more than two cores make
SENTENCE = "Portal belum dapat dihubungi."  # kimportal/errors.py


class Load:
    """Ask so often a second until it is left; who finds all places taken is turned away, which counts as an error."""

    def __init__(self, ask, per_second):
        self.ask, self.pause = ask, 1 / per_second
        self.answers = []  # (moment it was asked, seconds it took, status)
        self._over, self._places = threading.Event(), threading.Semaphore(MOST_AT_ONCE)

    def __enter__(self):
        self._thread = threading.Thread(target=self._go_on, daemon=True)
        self._thread.start()
        return self

    def __exit__(self, *_exception):
        self._over.set()
        self._thread.join()

    def _go_on(self):
        due = began = time.monotonic()
        with ThreadPoolExecutor(MOST_AT_ONCE) as pool:
            while not self._over.wait(max(0, due - time.monotonic())) and due - began < LONGEST:
                due += self.pause
                if self._places.acquire(blocking=False):
                    pool.submit(self._once)
                else:
                    self.answers.append((time.monotonic(), 0, "no place"))

    def _once(self):
        asked, status = time.monotonic(), "broke"
        try:
            status = self.ask()
        except SystemExit as refusal:
            status = str(refusal)
        finally:
            self.answers.append((asked, time.monotonic() - asked, status))
            self._places.release()

    def errors(self):
        """`{status: how often}` of what was not answered well."""
        return Counter(status for _asked, _took, status in self.answers if status not in (200, 304))

    def last_error(self):
        """The moment when the last that was not answered well was asked; 0 without one."""
        return max((asked for asked, _took, status in self.answers if status not in (200, 304)), default=0)

    def p95(self):
        took = sorted(seconds for _asked, seconds, status in self.answers if status in (200, 304))
        return took[len(took) * 95 // 100] if took else 0

    def report(self):
        bad = self.errors().total()
        named = ", ".join(f"{status} x {number}" for status, number in self.errors().items())
        share = f"{self.share():.2%}{'; ' + named if named else ''}"
        return f"{bad} of {len(self.answers)} ({share}), p95 {self.p95() * 1000:.0f} ms"

    def share(self):
        return self.errors().total() / max(1, len(self.answers))


def readers(per_second, unread=()):
    """People who are not signed in, on the pages that the site itself leads to, and some on one of `unread`."""
    lists = ["/", "/kegiatan/", "/kim/"]
    links = {link for path in lists for link in re.findall(r'href="(/(?:kegiatan|kim|wilayah)/[^"?#]*)"', read(path))}
    paths = cycle([*lists, *[path for path in sorted(links) if send("GET", path)[0] == 200][:MOST_PAGES]])
    numbers, others, lock = count(1), iter(unread), threading.Lock()

    def ask():
        with lock:
            path = (next(others, None) if next(numbers) % ONE_UNREAD_IN == 0 else None) or next(paths)
        return send("GET", path)[0]

    return Load(ask, per_second)


def read(path):
    return send("GET", path)[1].decode()


def viewers(paths, per_second, trust):
    """People who look at photos, which nginx carries from the store: over TLS, as everybody comes."""
    turns, lock = cycle(paths), threading.Lock()

    def ask():
        with lock:
            path = next(turns)
        return through_nginx(path, trust)[0]

    return Load(ask, per_second)


def through_nginx(path, trust):
    connection = http.client.HTTPConnection(SITE)
    with contextlib.closing(connection):
        try:
            line = socket.create_connection(("127.0.0.1", 443), timeout=90)
            connection.sock = trust.wrap_socket(line, server_hostname=SITE)
            connection.request("GET", path)
            answer = connection.getresponse()
            return answer.status, answer.read()
        except (OSError, http.client.HTTPException) as error:
            return type(error).__name__, b""


class Officer:
    """script/clusters/officer.py at a web host: posts that wait, paths of photos, then deeds on demand."""

    def __init__(self, cluster, host="web1"):
        command = cluster.hosts[host].entered(sys.executable, "-m", "script.clusters.officer")
        environment = os.environ | cluster.environment()
        self._process = subprocess.Popen(
            command, cwd=PROJECT, env=environment, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
        )
        known = json.loads(self._process.stdout.readline())
        self.waiting, self.photos = known["waiting"], known["photos"]

    def __enter__(self):
        return self

    def __exit__(self, *_exception):
        self._process.stdin.close()
        self._process.wait(10)

    def decide(self, deed, post):
        """The moment when it was done."""
        print(deed, post["pk"], file=self._process.stdin, flush=True)
        return json.loads(self._process.stdout.readline())


class Writers:
    """Many people, one after the other, so that nobody sends more often than the limits allow.

    Each tenth time somebody sends a whole post with its form, region and counts; in between people comment.
    """

    def __init__(self, cluster):
        known = signed_in(cluster)
        crashes.SECTOR_PK = known["sector"]
        people = cycle([(Web(number), person) for number, person in enumerate(known["people"])])
        self._turns = zip(count(), people, cycle(known["posts"]))
        self._lock = threading.Lock()
        # {name of the post or words of the comment: (moment it was sent, moment of the answer)}
        self.posts, self.comments = {}, {}

    def once(self):
        with self._lock:
            number, (web, person), post = next(self._turns)
        return self.comment(web, person, post) if number % 10 else self.post(web, person)

    def post(self, web, person):
        sender, name, asked = crashes.Sender(web, person["cookie"]), uuid.uuid4(), time.monotonic()
        sender.kim, sender.place = person["kim"], person["place"]
        sender.send_post(name)
        if sender.acknowledged_posts:
            self.posts[name] = asked, time.monotonic()
        [status] = sender.answers
        return status

    def comment(self, web, person, post):
        token, asked = secrets.token_hex(16), time.monotonic()
        words = "".join(secrets.choice(ascii_lowercase) for _letter in range(20))
        headers = {"Cookie": person["cookie"].format(token=token), "Content-Type": "application/x-www-form-urlencoded"}
        body = urlencode({"text": words, "csrfmiddlewaretoken": token})
        status, _page = web.send("POST", f"/kegiatan/{post}/komentar/", body, headers)
        if status != 302:  # a form that is shown once more was refused
            return f"refused {status}" if status == 200 else status
        self.comments[words] = asked, time.monotonic()
        return 200

    def lost(self, server):
        """How many of all that were acknowledged are not there, and how many those are."""
        [(posts,)] = server.execute("SELECT count(*) FROM activities_post WHERE client_uuid = ANY(%s)", [[*self.posts]])
        asked = "SELECT count(*) FROM activities_comment WHERE text = ANY(%s)"
        [(comments,)] = server.execute(asked, [[*self.comments]])
        sent = len(self.posts) + len(self.comments)
        return sent - posts - comments, sent

    def doubled(self, server):
        """How many comments are there more than once."""
        asked = "SELECT count(*) - count(DISTINCT text) FROM activities_comment WHERE text = ANY(%s)"
        [(comments,)] = server.execute(asked, [[*self.comments]])
        return comments

    def back_after(self, moment):
        """Seconds until something that was sent after this moment was acknowledged; None as long as nothing was."""
        known = [*self.posts.values(), *self.comments.values()]
        answered = [done for asked, done in known if asked > moment]
        return min(answered) - moment if answered else None


def signed_in(cluster):
    direct = {"DATABASE_URL": cluster.direct_url("kim"), "REPLICA_URL": "", "DATABASE_POOLER": "0"}
    command = [sys.executable, "-m", "script.clusters.signed_in"]
    environment = os.environ | cluster.environment() | direct
    return json.loads(subprocess.run(command, cwd=PROJECT, env=environment, stdout=subprocess.PIPE, check=True).stdout)


class Photographers:
    """People who send photos for a draft of their own, each another one."""

    def __init__(self, cluster):
        people = signed_in(cluster)["people"][:MOST_DRAFTS]
        drafts = [self._begun(Web(number), person) for number, person in enumerate(people)]
        self._turns = zip(count(), cycle(drafts))
        self._lock = threading.Lock()
        self.taken, self.refused = {}, Counter()  # {uuid of a photo: moment of the answer}, {in which way: number}

    def _begun(self, web, person):
        sender, name = crashes.Sender(web, person["cookie"]), uuid.uuid4()
        words = {"type": "berita", "title": "Gotong royong", "kim": person["kim"], "deed": "save"}
        if not sender.deliver(f"/ruang/tulis/{name}/", [(key, value.encode()) for key, value in words.items()]):
            raise SystemExit(f"No draft could be begun: {sender.answers}")
        return sender, name

    def once(self):
        with self._lock:
            number, (sender, draft) = next(self._turns)
        known = {*sender.acknowledged_photos}
        sender.send_photo(draft, picture(number // MOST_DRAFTS))
        status, words = sender.web.last
        if status == 200:
            self.taken |= dict.fromkeys(sender.acknowledged_photos - known, time.monotonic())
        else:
            self.refused[status if SENTENCE in words.decode() else f"{status} without its sentence"] += 1
        return status

    def back_after(self, moment):
        """Seconds until one was taken after this moment; None as long as none was."""
        answered = [done for done in self.taken.values() if done > moment]
        return min(answered) - moment if answered else None

    def lost(self, server, bucket):
        """How many of those that were acknowledged have no row, or not each of their copies, and how many those are."""
        copies = Counter(file.key.split("/")[2] for file in bucket.objects.filter(Prefix="photos/"))
        rows = server.execute("SELECT uuid::text FROM activities_photo WHERE uuid::text = ANY(%s)", [[*self.taken]])
        whole = [name for (name,) in rows if copies[name] == max(copies.values())]
        return len(self.taken) - len(whole), len(self.taken)


picture = cache(crashes.picture)


class Web:
    """The site as one writer reaches it, from an IP address of their own."""

    def __init__(self, number):
        self.headers = VISITOR | {"X-Forwarded-For": f"198.51.100.{number + 10}", "Referer": f"https://{SITE}/"}

    def send(self, method, path, body, headers):
        status, answer = send(method, path, body=body, headers=headers | self.headers, timeout=30)
        if isinstance(status, str):
            self.last = status, b""
            raise http.client.HTTPException(status)
        self.last = status, answer
        return status, answer
