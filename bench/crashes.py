"""Kill the portal in the middle of its work, again and again, and see whether anything is lost, half done or doubled.

    python -m bench.crashes [rounds]

Uses a database of its own beside the one of DATABASE_URL (or of this checkout) and a folder of its own for photos, and
removes both. Each round kills the web process while posts and photos are sent, ends every connection to the database
in the middle of the same, and kills who sends the e-mails. Then everything is sent once more, as a telephone would.
"""

import contextlib
import http.client
import io
import json
import os
import random
import secrets
import signal
import socket
import socketserver
import subprocess
import sys
import tempfile
import threading
import time
import uuid
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from email import message_from_bytes
from pathlib import Path
from urllib.parse import urlsplit

import psycopg

from activities import notices

PROJECT = Path(__file__).resolve().parent.parent
AT_ONCE = 4
POSTS, PHOTOS, NOTICES = 8, 6, 30
CODE = "64.02.02.2003"
WEB = "faults-web"  # how the database tells the connections of the web process from ours
CUT = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = %s AND application_name = %s"


class Sink(socketserver.StreamRequestHandler):
    """A mail server that takes its time and counts what it took, by Message-ID."""

    taken = Counter()

    def handle(self):
        answer = lambda text: self.wfile.write(f"{text}\r\n".encode())  # noqa: E731
        answer("220 sink")
        while line := self.rfile.readline().strip().upper():
            if line == b"DATA":
                answer("354 go on")
                letter = b"".join(iter(self.rfile.readline, b".\r\n"))
                time.sleep(0.02)
                self.taken[message_from_bytes(letter)["Message-ID"]] += 1
                answer("250 taken")
            elif line == b"QUIT":
                return answer("221 bye")
            else:
                answer("250 ok")

    def finish(self):
        with contextlib.suppress(OSError):  # the sender was killed
            super().finish()


class QuietServer(socketserver.ThreadingTCPServer):
    daemon_threads = True

    def handle_error(self, request, address):
        pass


class Web:
    """gunicorn in a process group of its own, to be killed whole."""

    def __init__(self, environment):
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self.port = free.getsockname()[1]
        self.environment = environment | {"BIND": f"127.0.0.1:{self.port}", "WEB_CONCURRENCY": "2", "PGAPPNAME": WEB}

    def start(self):
        command = [sys.executable, "-m", "gunicorn", "kimportal.wsgi", "--log-level", "critical"]
        self.process = subprocess.Popen(command, cwd=PROJECT, env=self.environment, start_new_session=True)
        for _attempt in range(300):
            with contextlib.suppress(OSError, http.client.HTTPException):
                if self.send("GET", "/healthz")[0] == 200:
                    return
            time.sleep(0.1)
        raise SystemExit("The web process does not answer.")

    def kill(self):
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()

    def send(self, method, path, body=None, headers=None):
        connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
        with contextlib.closing(connection):
            connection.request(method, path, body, headers or {})
            answer = connection.getresponse()
            return answer.status, answer.read()


class Sender:
    """Siti's telephone: sends posts and photos, and remembers what the server said it has."""

    kim, place = "kim-mekar", CODE

    def __init__(self, web, cookie):
        token = secrets.token_hex(16)
        self.web = web
        self.headers = {"Cookie": cookie.format(token=token), "X-CSRFToken": token, "Accept": "application/json"}
        self.posts = []
        self.photos = []  # (uuid of the draft, bytes)
        self.acknowledged_posts, self.acknowledged_photos, self.answers = set(), set(), Counter()

    def deliver(self, path, parts):
        boundary = secrets.token_hex(8)
        body = b"".join(
            b'--%s\r\nContent-Disposition: form-data; name="%s"%s\r\n\r\n%s\r\n'
            % (boundary.encode(), name.encode(), b'; filename="f.jpg"' if name == "file" else b"", value)
            for name, value in parts
        )
        body += f"--{boundary}--\r\n".encode()
        headers = self.headers | {"Content-Type": f"multipart/form-data; boundary={boundary}"}
        try:
            status, answer = self.web.send("POST", path, body, headers)
        except (OSError, http.client.HTTPException):
            self.answers["cut"] += 1
            return None
        self.answers[status] += 1
        return json.loads(answer) if status == 200 else None

    def send_post(self, name):
        words = {
            "type": "berita",
            "title": "Gotong royong di Jembayan",
            "body": "Warga bergotong royong membersihkan parit.",
        }
        words |= {
            "happened_on": "2026-01-05",
            "place": self.place,
            "duties": "diskusi",
            "kim": self.kim,
            "deed": "send",
        }
        words["sector"] = SECTOR_PK
        answer = self.deliver(f"/ruang/tulis/{name}/", [(key, str(value).encode()) for key, value in words.items()])
        if answer and answer["state"] == "sent":
            self.acknowledged_posts.add(name)
        elif answer:
            raise SystemExit(f"A post was refused: {answer}")

    def send_photo(self, draft, data):
        answer = self.deliver(f"/ruang/tulis/{draft}/foto/", [("file", data)])
        if answer:
            self.acknowledged_photos.add(answer["uuid"])

    def everything(self, pool):
        jobs = [(self.send_post, name) for name in self.posts] + [(self.send_photo, *photo) for photo in self.photos]
        random.shuffle(jobs)
        return [pool.submit(*job) for job in jobs]


SECTOR_PK = None


@contextlib.contextmanager
def database():
    """The URL of an empty database beside ours, and the URL of its server's own."""
    from script.devdb import DevDatabase

    with contextlib.ExitStack() as stack:
        url = os.environ.get("DATABASE_URL") or stack.enter_context(DevDatabase(PROJECT).session())
        parts = urlsplit(url)
        name = f"kim_faults_{os.getpid()}"
        with psycopg.connect(parts._replace(path="/postgres").geturl(), autocommit=True) as connection:
            connection.execute(f"CREATE DATABASE {name}")
            try:
                yield parts._replace(path=f"/{name}").geturl(), connection, name
            finally:
                connection.execute(f"DROP DATABASE {name} WITH (FORCE)")


def make_places():
    """A village, and all that it lies in."""
    from regions.models import Region

    ancestors, parent = {}, None
    for level, (code, kind) in enumerate(
        (("0", "negara"), ("64", "provinsi"), ("64.02", "kabupaten"), ("64.02.02", "kecamatan"), (CODE, "desa"))
    ):
        words = {"kind": kind, "name": f"Tempat {level}", "slug": f"tempat-{level}", "search_text": f"tempat {level}"}
        parent = Region.objects.create(code=code, level=level, parent=parent, lat=-0.5, lng=117, **words, **ancestors)
        if 1 <= level <= 3:
            ancestors[parent.column] = parent
            setattr(parent, parent.column, parent)
            parent.save()
    return parent


def prepare():
    """Siti, who chairs a trusted KIM; her cookie."""
    global SECTOR_PK
    from django.conf import settings
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY

    from accounts.models import User
    from accounts.sessions import SessionStore
    from communities.models import Community, Membership, PartnerKind, Position, Sector

    village = make_places()
    siti = User.objects.create_user("siti@contoh.id", secrets.token_hex(16), name="Siti")
    siti.confirm_email()
    kim = Community.objects.create(
        name="KIM Mekar", slug="kim-mekar", seat=village, status="verified", number="640202200301", is_trusted=True,
        partner_kind=PartnerKind.objects.get(slug="kim"),
    )  # fmt: skip
    membership = Membership.objects.create(community=kim, user=siti, name=siti.name)
    Position.objects.create(community=kim, membership=membership, role="ketua")
    SECTOR_PK = Sector.objects.first().pk
    session = SessionStore()
    session[SESSION_KEY], session[HASH_SESSION_KEY] = str(siti.pk), siti.get_session_auth_hash()
    session[BACKEND_SESSION_KEY] = "allauth.account.auth_backends.AuthenticationBackend"
    session.save()
    return siti, f"{settings.SESSION_COOKIE_NAME}={session.session_key}; {settings.CSRF_COOKIE_NAME}={{token}}"


def picture(seed):
    from PIL import Image

    noise = Image.frombytes("RGB", (80, 60), random.Random(seed).randbytes(80 * 60 * 3)).resize((1600, 1200))
    file = io.BytesIO()
    noise.save(file, "JPEG")
    return file.getvalue()


def new_work(sender, siti, turn):
    from activities.writing import blank_post, stored_draft
    from communities.models import Community

    draft = blank_post(Community.objects.get(), siti)
    draft.title = "Draf"
    stored_draft(draft)
    sender.posts += [uuid.uuid4() for _ in range(POSTS)]
    sender.photos += [(draft.client_uuid, picture(turn * PHOTOS + number)) for number in range(PHOTOS)]


def break_mail(environment, siti):
    """Send notices with one sender after the other, each killed but the last; how many were killed."""

    from accounts.models import Dispatch, Notice

    for number in range(NOTICES):
        Notice.objects.tell([siti], notices.MODERATION, f"Kabar {number}", "")
    code = "import django; django.setup(); from accounts.outbox import send_waiting; send_waiting()"
    killed = 0
    while Dispatch.objects.waiting().exists():
        sender = subprocess.Popen([sys.executable, "-c", code], cwd=PROJECT, env=environment)
        try:
            sender.wait(random.uniform(1.5, 2.5) if killed < 3 else 120)
        except subprocess.TimeoutExpired:
            sender.kill()
            sender.wait()
            killed += 1
    return killed


def findings(sender, killed, media):
    """`(what must hold, how often it was looked at, how often it does not)`."""
    from accounts.models import Notice
    from activities.models import Photo, Post
    from communities.models import Community
    from monitoring.models import RegionCount
    from regions.models import Region

    posts = {post.client_uuid: post for post in Post.objects.prefetch_related("steps")}
    sent = [posts[name] for name in sender.posts if name in posts]
    names = {str(photo.uuid): photo for photo in Photo.objects.all()}
    rows = {photo.path(name) for photo in names.values() for name in Photo.NAMES}
    files = {str(path.relative_to(media)) for path in (media / "photos").rglob("*") if path.is_file()}
    published = Post.objects.published().count()
    [counted] = RegionCount.objects.counted(Region.objects.filter(code="0"))
    half = [post for post in posts.values() if not is_whole(post)]
    repeated = sum(number - 1 for number in Sink.taken.values())
    return [
        ("every acknowledged post is there", len(sender.acknowledged_posts), len(sender.acknowledged_posts - {*posts})),
        ("every post sent is published once", len(sender.posts), len(sender.posts) - sum(p.is_published for p in sent)),
        ("no post too many", len(posts), len(posts) - len(sender.posts) - len({d for d, _ in sender.photos})),
        ("status and steps agree", len(posts), len(half)),
        (
            "every acknowledged photo is there",
            len(sender.acknowledged_photos),
            len(sender.acknowledged_photos - {*names}),
        ),
        ("every photo is there once", len(sender.photos), abs(len(sender.photos) - len(names))),
        ("every photo has its files", len(rows), len(rows - files)),
        ("no file without a photo", len(files), len(files - rows)),
        ("the KIM's count is right", published, abs(published - Community.objects.get().post_count)),
        ("the region's count is right", published, abs(published - counted.posts)),
        ("every e-mail left", Notice.objects.count(), Notice.objects.count() - len(Sink.taken)),
        # Killed between "taken" and writing that down, one letter goes again under the same Message-ID.
        (f"no e-mail repeated but at a kill ({repeated} of {killed})", len(Sink.taken), max(0, repeated - killed)),
    ]


def is_whole(post):
    steps = [step.to for step in post.steps.all()]
    if post.status == "draft":
        return not steps and post.published_at is None
    return steps == ["submitted", "published"] and post.is_published and post.published_at is not None


def main(rounds):
    with (
        tempfile.TemporaryDirectory() as media,
        QuietServer(("127.0.0.1", 0), Sink) as sink,
        database() as (url, server, name),
    ):
        threading.Thread(target=sink.serve_forever, daemon=True).start()
        environment = os.environ | {
            "DATABASE_URL": url, "MEDIA_ROOT": media, "DEBUG": "1", "SECRET_KEY": secrets.token_hex(40),
            "DJANGO_SETTINGS_MODULE": "kimportal.settings", "EMAIL_HOST": "127.0.0.1", "EMAIL_USE_TLS": "0",
            "EMAIL_PORT": str(sink.server_address[1]), "LOG_LEVEL": "CRITICAL", "SEARCHES_PER_MINUTE": "0",
        }  # fmt: skip
        os.environ.update(environment)
        subprocess.run([sys.executable, "manage.py", "migrate", "-v0"], cwd=PROJECT, env=environment, check=True)
        import django
        from django.db import connections

        django.setup()
        siti, cookie = prepare()
        web = Web(environment)
        sender, killed = Sender(web, cookie), 0
        web.start()
        try:
            with ThreadPoolExecutor(AT_ONCE) as pool:
                for _turn in range(rounds):
                    for fault in ("web", "database"):
                        new_work(sender, siti, len(sender.photos))
                        jobs = sender.everything(pool)
                        time.sleep(random.uniform(0.2, 1.5))
                        if fault == "web":
                            web.kill()
                        else:
                            server.execute(CUT, [name, WEB])
                        [job.result() for job in jobs]
                        if fault == "web":
                            web.start()
                    killed += break_mail(environment, siti)
                for _attempt in range(2):  # once more, as a telephone does; and what is there stays as it is
                    [job.result() for job in sender.everything(pool)]
            table = findings(sender, killed, Path(media))
        finally:
            web.kill()
            connections.close_all()
            sink.shutdown()
    print("answers:", ", ".join(f"{answer} x {number}" for answer, number in sender.answers.items()))
    return print_findings(table)


def print_findings(table):
    """One line for each `(what must hold, how often it was looked at, how often it does not)`; 1 when one does not."""
    for claim, looked_at, wrong in table:
        print(f"{'ok' if looked_at and not wrong else 'FAULT':6} {claim:52} {looked_at:6} {wrong or ''}")
    return 1 if any(wrong or not looked_at for _claim, looked_at, wrong in table) else 0


if __name__ == "__main__":
    sys.exit(main(int(sys.argv[1]) if len(sys.argv) > 1 else 2))
