"""The very nginx that docs/deploy.md sets up, before the portal under gunicorn: what it keeps, and what never again."""

import json
import os
import shutil
import signal
import socket
import ssl
import sys
import time
from contextlib import ExitStack, closing, contextmanager, suppress
from http.client import HTTPConnection, HTTPSConnection, RemoteDisconnected
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from io import BytesIO
from pathlib import Path
from threading import Thread
from urllib.parse import parse_qs, urlsplit

import pytest
import trustme
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction
from production import running

from accounts.photo_limits import MAX_BYTES
from activities import writing
from activities.models import Comment, Photo
from bench.server import free_port
from pages import generations
from pages.open_data.problems import PROBLEM, problem

pytestmark = pytest.mark.django_db(transaction=True)

PROJECT = Path(__file__).resolve().parents[2]
SITE = (PROJECT / "deploy" / "nginx.conf").read_text()
NAME = "kim.example.go.id"
NGINX = shutil.which("nginx", path=f"{os.environ['PATH']}:/usr/sbin")

# What a distribution's own nginx.conf says around the file under deploy/.
AROUND = """
daemon off; pid {folder}/pid; error_log {folder}/error.log; {user}
events {{ worker_connections 64; }}
http {{
    access_log off; client_body_temp_path {folder}/body; proxy_temp_path {folder}/proxy;
    fastcgi_temp_path {folder}/fastcgi; uwsgi_temp_path {folder}/uwsgi; scgi_temp_path {folder}/scgi;
    include {folder}/kim.conf;
}}
"""

TITLE, WORDS = "Posyandu ramai di Jembayan", "ramai di Jembayan"  # a page of results marks what was searched for
# Wherever a post shows.
SHOWING = ["/", "/en/", "/kegiatan/", "/en/kegiatan/", "/wilayah/64.02-kutai-kartanegara/", "/kim/kim-1/", "/feed/",
           "/feed/wilayah/64.02/", "/feed/cari/?q=posyandu", "/cari/?q=posyandu", "/sitemap-berita.xml",
           "/wilayah-saya/berita/64.02/"]  # fmt: skip


class ByName(HTTPSConnection):
    """To this machine, under the name that the portal has in the world."""

    def connect(self):
        HTTPConnection.connect(self)
        self.sock = self._context.wrap_socket(self.sock, server_hostname=NAME)


class Portal:
    """The portal in processes of its own, on the test's database and photos, and nginx before it."""

    def __init__(self, folder, process, ports, trust):
        self.folder, self.process, self.trust = folder, process, trust
        self.port, self.plain_port, self.behind = ports

    def ask(self, address, method="GET", body=None, headers=()):
        """What a reader gets: the answer, read."""
        with closing(ByName("127.0.0.1", self.port, context=self.trust)) as connection:
            connection.request(method, address, body, {"Host": NAME} | dict(headers))
            answer = connection.getresponse()
            answer.text = answer.read().decode(errors="replace")
            return answer

    def ask_plainly(self, host):
        """The same address without TLS, under any name."""
        with closing(HTTPConnection("127.0.0.1", self.plain_port)) as connection:
            connection.request("GET", "/kegiatan/?halaman=2", headers={"Host": host})
            return connection.getresponse()

    def read(self, address):
        """What a reader gets: `(status, text)`."""
        answer = self.ask(address)
        return answer.status, answer.text

    def send(self, address, size):
        """What a sender of so many bytes gets: the answer, and its text."""
        headers = {"Host": NAME, "Content-Type": "application/octet-stream", "Content-Length": str(size)}
        with closing(ByName("127.0.0.1", self.port, context=self.trust)) as connection:
            # Refused, it is not read to its end.
            with suppress(BrokenPipeError, ConnectionResetError, ssl.SSLEOFError):
                connection.request("POST", address, BytesIO(bytes(size)), headers)
            answer = connection.getresponse()
            return answer, answer.read().decode()

    def shows(self, words, addresses):
        return [address for address in addresses if words in self.read(address)[1]]

    def shows_soon(self, words, addresses):
        """Within five seconds: nginx keeps a page for one, a process what it knows of changes for half of one."""
        for _attempt in range(20):
            if self.shows(words, addresses) == addresses:
                return True
            time.sleep(0.25)
        return False

    def fall(self):
        """As if somebody pulled the plug."""
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()


@pytest.fixture
def folder(tmp_path, settings):
    settings.PROXY_GENERATIONS = tmp_path / "generations"
    generations.renew()
    return tmp_path


@pytest.fixture
def portal(folder, settings):
    with served(folder, settings.MEDIA_ROOT) as portal:
        yield portal


@pytest.fixture(scope="module")
def lasting_portal(django_db_setup, tmp_path_factory):
    """One for all tests that neither change what it shows nor pull its plug."""
    folder = tmp_path_factory.mktemp("nginx")
    (folder / "generations").mkdir()
    with served(folder, folder / "media") as portal:
        yield portal


@contextmanager
def served(folder, media, store="127.0.0.1:9", **more):
    if NGINX is None:
        (pytest.fail if os.environ.get("KIM_REQUIRE_NGINX") == "1" else pytest.skip)("No nginx here.")
    port, plain, behind = free_port(), free_port(), free_port()
    trust = configure(folder, port, plain, behind, store)
    environment = {
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])
        ._replace(path=f"/{connection.settings_dict['NAME']}")
        .geturl(),
        "BIND": f"127.0.0.1:{behind}",
        "WEB_CONCURRENCY": "1",
        "METRICS": "1",
        "ALLOWED_HOSTS": NAME,
        "SITE_URL": f"https://{NAME}",
        "BEHIND_PROXY": "1",
        "DEBUG": "1",  # or else it would ask for the files that collectstatic gathers
        "MEDIA_ROOT": str(media),
        "PROXY_GENERATIONS": str(folder / "generations"),
    } | more
    gunicorn = [sys.executable, "-m", "gunicorn", "kimportal.wsgi"]
    nginx = [NGINX, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    with running(behind, *gunicorn, **environment) as process, running(port, *nginx):
        yield Portal(folder, process, (port, plain, behind), trust)


def configure(folder, port, plain, behind, store):
    """The file under deploy/ with the names of this machine in place of those it documents; whom to trust."""
    authority = trustme.CA()
    authority.issue_cert(NAME).private_key_and_cert_chain_pem.write_to_path(folder / "cert.pem")
    here = {
        "/etc/letsencrypt/live/kim.example.go.id/fullchain.pem": f"{folder}/cert.pem",
        "/etc/letsencrypt/live/kim.example.go.id/privkey.pem": f"{folder}/cert.pem",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80": f"listen 127.0.0.1:{plain}",
        "/srv/kim/portal": str(PROJECT),
        "http://127.0.0.1:8000": f"http://127.0.0.1:{behind}",
        "/var/cache/nginx/kim": f"{folder}/cache",
        "https://$store": "http://$store",
        "set $store s3.example.go.id": f"set $store {store}",
        "/var/lib/kim/generations": f"{folder}/generations",
    }
    site = "".join(line for line in SITE.splitlines(keepends=True) if "[::]" not in line)
    for documented, name in here.items():
        assert documented in site
        site = site.replace(documented, name)
    (folder / "kim.conf").write_text(site)
    user = "user root;" if os.geteuid() == 0 else ""  # the folder is its owner's alone
    (folder / "nginx.conf").write_text(AROUND.format(folder=folder, user=user))
    trust = ssl.create_default_context()
    authority.configure_trust(trust)
    return trust


def test_what_was_hidden_is_not_served_again_although_nobody_asked_before_the_portal_fell(portal, make_post, made):
    post = make_post(title=TITLE)
    addresses = [*SHOWING, post.get_absolute_url(), f"/en{post.get_absolute_url()}"]
    assert portal.shows(WORDS, addresses) == addresses

    post.hide(by=made, reason="other", note="Keliru")
    portal.fall()

    assert portal.shows(WORDS, addresses) == []


def test_what_was_hidden_stays_away_when_somebody_asked_before_the_portal_fell(portal, make_post, made):
    post = make_post(title=TITLE)
    addresses = [*SHOWING, post.get_absolute_url()]
    portal.shows(WORDS, addresses)

    post.hide(by=made, reason="other", note="Keliru")
    assert portal.shows(WORDS, addresses) == []
    assert portal.read(post.get_absolute_url())[0] == 404
    portal.fall()

    assert portal.shows(WORDS, addresses) == []


def test_a_warning_shows_on_kept_pages_and_what_was_recalled_is_not_served_although_the_portal_fell(
    portal, places, make_warning, made
):
    addresses = ["/wilayah/64.02.02.2003-jembayan/", "/en/wilayah/64.02.02-loa-kulu/", "/feed/peringatan/64.02.xml"]
    assert portal.shows("Banjir di Loa Kulu", addresses) == []

    warning = make_warning()
    assert portal.shows_soon("Banjir di Loa Kulu", addresses)
    warning.recall(by=made, reason="Air sudah surut.")
    portal.fall()

    assert portal.shows("Naik ke balai desa", addresses) == []


def test_pages_stay_readable_while_the_portal_is_down_also_after_others_appeared(
    portal, make_post, make_community, made, joko
):
    post = make_post(title=TITLE)
    addresses = [*SHOWING, post.get_absolute_url()]
    portal.shows(WORDS, addresses)

    make_post(title="Sawah dibajak", status="in_review", published_at=None).publish(by=made)
    Comment.objects.say(post=post, author=joko, text="Salam")
    portal.fall()

    assert portal.shows(WORDS, addresses) == addresses
    assert portal.read("/tentang/")[0] == 503


def test_a_comment_a_photo_and_former_words_go_like_a_post(portal, make_post, made, joko):
    post = make_post(title=TITLE)
    page = post.get_absolute_url()
    comment = Comment.objects.say(post=post, author=joko, text="Komentar kasar")
    photo = Photo.objects.create(post=post, alt="Balita ditimbang", width=640, height=400)
    default_storage.save(photo.path("640.webp"), ContentFile(b"picture"))
    assert portal.shows("Komentar kasar", [page]) == portal.shows("Balita ditimbang", [page]) == [page]
    assert portal.read(photo.src640) == (200, "picture")

    comment.hide(by=made, reason="other")
    photo.hide(by=made, reason="other")
    post.title = "Posyandu Melati"
    post.save()
    portal.fall()

    for words in ("Komentar kasar", "Balita ditimbang", WORDS):
        assert portal.shows(words, [*SHOWING, page]) == []
    assert portal.read(photo.src640)[0] == 503


class Killed(BaseException):
    pass


def test_when_the_process_that_hides_dies_before_it_could_say_so_nothing_kept_is_served(portal, make_post, made):
    post = make_post(title=TITLE)
    portal.shows(WORDS, SHOWING)

    def die():
        raise Killed

    def hide_and_die():
        with transaction.atomic():
            transaction.on_commit(die)
            post.hide(by=made, reason="other", note="Keliru")

    with pytest.raises(Killed):
        hide_and_die()
    portal.fall()

    assert portal.shows(WORDS, SHOWING) == []


@pytest.mark.parametrize(
    ("address", "sentence"),
    [("/kegiatan/", "Kiriman ini terlalu besar"), ("/en/kegiatan/", "What you sent is too large")],
)
def test_what_is_too_large_is_refused_in_our_words_and_under_our_headers(portal, make_post, address, sentence):
    make_post(title=TITLE)
    assert WORDS in portal.read(address)[1]

    answer, text = portal.send(address, 120 * 1024**2)

    assert answer.status == 413
    assert sentence in text
    assert "no-store" in answer.headers["Cache-Control"]
    for header in ("Content-Security-Policy", "Permissions-Policy", "X-Content-Type-Options"):
        assert answer.headers[header]
    assert WORDS in portal.read(address)[1]
    assert portal.read("/terlalu-besar/")[0] == 404


def test_as_many_photos_as_a_post_may_have_come_through_at_once(lasting_portal):
    assert lasting_portal.send("/ruang/tulis/", writing.MOST_PHOTOS * MAX_BYTES + 100_000)[0].status != 413


def test_without_the_folder_of_generations_nothing_is_kept(portal, make_post):
    make_post(title=TITLE)
    shutil.rmtree(portal.folder / "generations")
    assert portal.shows(WORDS, SHOWING) == SHOWING

    portal.fall()

    assert portal.shows(WORDS, SHOWING) == []


# What nginx answers by itself -----------------------------------------------------------------------------------------

GUARDS = ["X-Content-Type-Options", "X-Frame-Options", "Referrer-Policy", "Cross-Origin-Opener-Policy",
          "Cross-Origin-Resource-Policy", "Permissions-Policy"]  # fmt: skip


def guards_of(answer):
    return {name: answer.headers.get_all(name) for name in GUARDS}


def test_under_its_own_name_a_plain_address_leads_to_the_safe_one(lasting_portal):
    answer = lasting_portal.ask_plainly(NAME)

    assert (answer.status, answer.headers["Location"]) == (301, f"https://{NAME}/kegiatan/?halaman=2")


def test_under_another_name_nothing_is_answered(lasting_portal):
    with pytest.raises((RemoteDisconnected, ConnectionResetError)):
        lasting_portal.ask_plainly("jahat.example")
    with pytest.raises(ssl.SSLError), socket.create_connection(("127.0.0.1", lasting_portal.port)) as connection:
        ssl.create_default_context().wrap_socket(connection, server_hostname="jahat.example")


def test_what_nginx_says_by_itself_is_guarded_like_a_page_of_the_portal(portal):
    page = portal.ask("/tentang/")
    not_understood = portal.ask("/", headers={"Cookie": "a" * 40_000})
    portal.fall()
    away = portal.ask("/kim/?q=belum-pernah")

    assert (not_understood.status, away.status) == (400, 503)
    assert away.headers["Retry-After"] == "30"
    for answer, words in ((not_understood, "tidak dikenali"), (away, "beristirahat")):
        assert words in answer.text
        assert guards_of(answer) == guards_of(page)
        assert "default-src 'none'" in answer.headers["Content-Security-Policy"]
        assert "max-age=31536000" in answer.headers["Strict-Transport-Security"]
        assert "no-store" in answer.headers["Cache-Control"]
        assert "nginx" not in answer.text


def test_programs_are_refused_in_json_wherever_it_is_nginx_that_refuses(portal):
    at = "/api/v1/kim"
    known = portal.ask(at)
    answers = {
        400: portal.ask(at, headers={"Cookie": "a" * 40_000}),
        413: portal.send(at, 120 * 1024**2)[0],
        414: portal.ask(f"{at}?q={'a' * 9000}"),
    }
    page_too_long = portal.ask(f"/cari/?q={'a' * 9000}")
    portal.fall()
    answers[503] = portal.ask(f"{at}?limit=3")

    assert {status: answer.status for status, answer in answers.items()} == {status: status for status in answers}
    for answer in answers.values():
        assert answer.headers["Content-Type"] == PROBLEM
        assert answer.headers["Access-Control-Allow-Origin"] == "*"
        assert guards_of(answer) == guards_of(known)
    assert json.loads(answers[414].text)["en"]["title"] == "The address is too long"
    assert (page_too_long.status, "Access-Control-Allow-Origin" in page_too_long.headers) == (414, False)
    assert "tidak dikenali" in page_too_long.text


@pytest.mark.parametrize("status", [400, 413, 414, 503])
def test_what_stands_ready_for_programs_says_what_the_portal_would(status):
    ready = (PROJECT / "deploy" / "errors" / f"{status}.json").read_text()

    assert json.loads(ready) == json.loads(problem(status).content)


def test_a_page_of_the_portal_that_says_no_passes_as_it_is(lasting_portal):
    answer = lasting_portal.ask("/tentang/", "OPTIONS")

    assert answer.status == 405
    assert guards_of(answer) == guards_of(lasting_portal.ask("/tentang/"))


def test_the_pages_of_nginx_are_not_to_be_had_by_their_address(lasting_portal):
    assert lasting_portal.read("/galat/unavailable.html")[0] == 404


@pytest.mark.parametrize("path", ["/metrics", "/./metrics", "/metrics?a=1"])
def test_numbers_are_for_programs_on_the_machine_alone(lasting_portal, path):
    assert lasting_portal.ask(path).status == 404
    with closing(HTTPConnection("127.0.0.1", lasting_portal.behind)) as connection:
        connection.request("GET", "/metrics")
        assert 'kim_requests_total{status="404"' in connection.getresponse().read().decode()


class Store(BaseHTTPRequestHandler):
    """An S3 store as nginx sees it: it hands out one file, and remembers how it was asked."""

    asked = []

    def do_GET(self):
        self.asked.append((self.path, self.headers))
        asked = urlsplit(self.path)
        is_there = asked.path.endswith("/640.webp")
        self.send_response(200 if is_there else 404)
        self.send_header("Content-Type", parse_qs(asked.query)["response-content-type"][0])
        self.send_header("Set-Cookie", "store=1")
        self.send_header("x-amz-request-id", "1")
        self.end_headers()
        self.wfile.write(b"picture" if is_there else b"<Error/>")

    def log_message(self, *_arguments):
        pass


@pytest.fixture
def store():
    with ThreadingHTTPServer(("127.0.0.1", 0), Store) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        Store.asked.clear()
        yield f"127.0.0.1:{server.server_port}"
        server.shutdown()


def test_nginx_carries_a_photo_from_the_store_and_tells_nobody_where_that_is(folder, settings, store, make_post, made):
    photo = Photo.objects.create(post=make_post(), alt="Balita ditimbang", width=640, height=400)
    there = {"S3_BUCKET": "kim", "S3_ENDPOINT": f"http://{store}", "S3_REGION": "id", "FILES_BY_NGINX": "1"}
    keys = {"S3_ACCESS_KEY": "kunci", "S3_SECRET_KEY": "rahasia"}
    with served(folder, settings.MEDIA_ROOT, store, **there, **keys) as portal:
        answer = portal.ask(photo.src640, headers={"Cookie": "wilayah=64.02"})
        lost = portal.ask(photo.src640.replace("640", "1280"))
        photo.hide(by=made, reason="other")
        hidden = portal.ask(photo.src640)

    path, headers = Store.asked[0]
    assert (answer.status, answer.text, answer.headers["Content-Type"]) == (200, "picture", "image/webp")
    assert "s-maxage=0" in answer.headers["Cache-Control"]
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert not {"set-cookie", "x-amz-request-id", "x-accel-redirect"} & {name.lower() for name in answer.headers}
    assert "X-Amz-Signature" in path
    assert (headers["Host"], headers["Cookie"]) == (store, None)
    assert (lost.status, "Berkas ini tidak ada" in lost.text) == (404, True)
    assert hidden.status == 404
    assert len(Store.asked) == 2


@pytest.fixture
def silent_store():
    """A store that lost its network: nobody answers, and nobody refuses."""
    with ExitStack() as open_lines, socket.socket() as server:
        server.bind(("127.0.0.1", 0))
        server.listen(0)
        with suppress(TimeoutError):
            for _line in range(10):  # until no more fit in
                open_lines.enter_context(socket.create_connection(server.getsockname(), timeout=0.5))
        yield f"127.0.0.1:{server.getsockname()[1]}"


def test_who_looks_at_a_photo_is_soon_told_that_the_store_does_not_answer(folder, settings, silent_store, make_post):
    photo = Photo.objects.create(post=make_post(), alt="Balita ditimbang", width=640, height=400)
    there = {"S3_BUCKET": "kim", "S3_ENDPOINT": f"http://{silent_store}", "S3_REGION": "id", "FILES_BY_NGINX": "1"}
    keys = {"S3_ACCESS_KEY": "kunci", "S3_SECRET_KEY": "rahasia"}
    with served(folder, settings.MEDIA_ROOT, silent_store, **there, **keys) as portal:
        portal.ask("/healthz")  # which waits for the portal to be there
        began = time.monotonic()
        answer = portal.ask(photo.src640)
        waited = time.monotonic() - began

    assert (answer.status, answer.headers["Retry-After"]) == (503, "30")
    assert waited < 30  # of a minute, before
