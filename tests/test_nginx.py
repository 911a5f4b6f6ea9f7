"""The very nginx that docs/deploy.md sets up, before the portal under gunicorn: what it keeps, and what never again."""

import os
import shutil
import signal
import ssl
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path
from urllib.error import HTTPError
from urllib.parse import urlsplit
from urllib.request import Request, urlopen

import pytest
import trustme
from django.core.files.base import ContentFile
from django.core.files.storage import default_storage
from django.db import connection, transaction

from activities.models import Comment, Photo
from bench.server import free_port, wait_until_open
from regions import generations

pytestmark = pytest.mark.django_db(transaction=True, serialized_rollback=True)

PROJECT = Path(__file__).resolve().parent.parent
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


@contextmanager
def running(port, *command, **environment):
    process = subprocess.Popen(command, cwd=PROJECT, env=os.environ | environment, start_new_session=True)
    try:
        wait_until_open(port, process)
        yield process
    finally:
        process.terminate()
        process.wait()


class Portal:
    """The portal in processes of its own, on the test's database and photos, and nginx before it."""

    def __init__(self, folder, process, port, trust):
        self.folder, self.process, self.port, self.trust = folder, process, port, trust

    def read(self, address):
        """What a reader gets: `(status, text)`."""
        request = Request(f"https://127.0.0.1:{self.port}{address}", headers={"Host": NAME})
        try:
            with urlopen(request, context=self.trust) as answer:  # noqa: S310
                return answer.status, answer.read().decode(errors="replace")
        except HTTPError as answer:
            return answer.code, answer.read().decode(errors="replace")

    def shows(self, words, addresses):
        return [address for address in addresses if words in self.read(address)[1]]

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
    if NGINX is None:
        (pytest.fail if os.environ.get("KIM_REQUIRE_NGINX") == "1" else pytest.skip)("No nginx here.")
    port, behind = free_port(), free_port()
    trust = configure(folder, port, behind)
    environment = {
        "DATABASE_URL": urlsplit(os.environ["DATABASE_URL"])
        ._replace(path=f"/{connection.settings_dict['NAME']}")
        .geturl(),
        "BIND": f"127.0.0.1:{behind}",
        "WEB_CONCURRENCY": "1",
        "ALLOWED_HOSTS": NAME,
        "SITE_URL": f"https://{NAME}",
        "BEHIND_PROXY": "1",
        "DEBUG": "1",  # or else it would ask for the files that collectstatic gathers
        "MEDIA_ROOT": str(settings.MEDIA_ROOT),
        "PROXY_GENERATIONS": str(settings.PROXY_GENERATIONS),
    }
    gunicorn = [sys.executable, "-m", "gunicorn", "kimportal.wsgi"]
    nginx = [NGINX, "-e", f"{folder}/error.log", "-c", f"{folder}/nginx.conf"]
    with running(behind, *gunicorn, **environment) as process, running(port, *nginx):
        yield Portal(folder, process, port, trust)


def configure(folder, port, behind):
    """The file under deploy/ with the names of this machine in place of those it documents; whom to trust."""
    authority = trustme.CA()
    authority.issue_cert("127.0.0.1").private_key_and_cert_chain_pem.write_to_path(folder / "cert.pem")
    here = {
        "/etc/letsencrypt/live/kim.example.go.id/fullchain.pem": f"{folder}/cert.pem",
        "/etc/letsencrypt/live/kim.example.go.id/privkey.pem": f"{folder}/cert.pem",
        "listen 443 ": f"listen 127.0.0.1:{port} ",
        "listen 80;": f"listen 127.0.0.1:{free_port()};",
        "http://127.0.0.1:8000": f"http://127.0.0.1:{behind}",
        "/var/cache/nginx/kim": f"{folder}/cache",
        "/var/lib/kim/generations": f"{folder}/generations",
    }
    site = SITE
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
    assert portal.read("/tentang/")[0] == 502


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
    assert portal.read(photo.src640)[0] == 502


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


def test_without_the_folder_of_generations_nothing_is_kept(portal, make_post):
    make_post(title=TITLE)
    shutil.rmtree(portal.folder / "generations")
    assert portal.shows(WORDS, SHOWING) == SHOWING

    portal.fall()

    assert portal.shows(WORDS, SHOWING) == []
