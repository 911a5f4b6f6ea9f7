"""Varnish as deploy/varnish.vcl sets it up: a page is kept until what it shows changes, and never a moment longer."""

import os
import shutil
import signal
import sys
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest
from django.conf import settings
from django.core.cache import caches
from django.db import connection
from production import running, wait_until

from bench.server import free_port
from kimportal import environment
from pages import edge, freshness
from pages.models import Purge

VARNISH = shutil.which("varnishd", path=f"{os.environ['PATH']}:/usr/sbin")
NEWS, TITLE = "/kegiatan/", "Posyandu ramai di Jembayan"


class Edge:
    """Varnish, and the portal behind it."""

    def __init__(self, folder, port, portal):
        self.folder, self.port, self.portal = folder, port, portal

    def ask(self, path, **headers):
        with closing(HTTPConnection("127.0.0.1", self.port, timeout=60)) as client:
            client.request("GET", path, headers=headers)
            answer = client.getresponse()
            answer.text = answer.read().decode()
            return answer

    def shows(self, path=NEWS):
        return TITLE in self.ask(path).text


@pytest.fixture
def varnish(transactional_db, tmp_path, settings):
    if VARNISH is None:
        (pytest.fail if os.environ.get("KIM_REQUIRE_SERVERS") == "1" else pytest.skip)("No Varnish here.")
    port, behind = free_port(), free_port()
    settings.EDGES = [f"http://127.0.0.1:{port}"]
    settings.CACHES = environment.caches("")  # shared with the portal
    edge._silent_until.clear()
    rules = (settings.BASE_DIR / "deploy/varnish.vcl").read_text()
    assert '.port = "8000"' in rules
    rules = rules.replace('.port = "8000"', f'.port = "{behind}"').replace("/srv/kim/portal", str(settings.BASE_DIR))
    (tmp_path / "kim.vcl").write_text(rules)
    url = urlsplit(os.environ["DATABASE_URL"])._replace(path=f"/{connection.settings_dict['NAME']}").geturl()
    around = {
        "DATABASE_URL": url, "BIND": f"127.0.0.1:{behind}", "WEB_CONCURRENCY": "1", "DEBUG": "1", "LOG_LEVEL": "ERROR",
        "MEDIA_ROOT": str(tmp_path), "EDGES": settings.EDGES[0], "SLOW_FOLDER": str(tmp_path), "PYTHONPATH": "tests",
    }  # fmt: skip
    command = [VARNISH, "-F", "-j", "none", "-a", f"127.0.0.1:{port}", "-f", f"{tmp_path}/kim.vcl"]
    command += ["-n", f"{tmp_path}/varnish", "-s", "default,16m", "-T", "none"]
    with (
        running(behind, sys.executable, "-m", "gunicorn", "slow_portal", **around) as portal,
        running(port, *command, **around),
    ):
        kept = Edge(tmp_path, port, portal)
        wait_until(lambda: kept.ask("/healthz").status == 200)
        yield kept


def test_a_page_is_kept_until_something_on_it_changes(varnish, make_post, made):
    assert not varnish.shows()
    post = make_post(title=TITLE, status="in_review", published_at=None)
    first = varnish.ask(NEWS).headers
    post.publish(by=made)
    assert varnish.shows()

    # Nobody tells the edge of what is written past the models: it shows what it kept.
    connection.cursor().execute("UPDATE activities_post SET title = 'Lain'")
    assert varnish.shows()

    post.hide(by=made, reason="other", note="Keliru")
    assert not varnish.shows()
    assert varnish.ask(post.get_absolute_url()).status == 404
    assert not {"xkey", "surrogate-control", "age"} & {name.lower() for name in first}
    assert "max-age=1" in first["Cache-Control"]


def test_what_is_rendered_while_something_is_hidden_is_kept_for_nobody(varnish, make_post, made):
    post = make_post(title=TITLE)
    slow = f"{NEWS}?lambat=selesai"
    with ThreadPoolExecutor(3) as readers:
        before = readers.submit(varnish.shows, slow)
        wait_until(lambda: (varnish.folder / "selesai.rendered").exists())
        waiting = readers.submit(varnish.shows, slow)
        post.hide(by=made, reason="other", note="Keliru")
        (varnish.folder / "selesai").touch()

        assert before.result()  # it had asked before
        assert not waiting.result()
    assert not varnish.shows(slow)


def test_whoever_is_signed_in_has_pages_of_their_own(varnish, siti, client):
    client.force_login(siti)
    cookie = client.cookies.output(header="", attrs=[]).strip()

    assert varnish.ask("/ruang/", Cookie=cookie).status == 200
    assert varnish.ask("/ruang/").status == 302


def test_pages_stay_readable_while_the_portal_is_away_and_nothing_hidden_comes_back(varnish, make_post, made):
    make_post(title="Sawah dibajak")
    post = make_post(title=TITLE)
    elsewhere = "/informasi/"
    pages = [NEWS, elsewhere, post.get_absolute_url()]
    assert [varnish.ask(page).status for page in pages] == [200] * 3

    os.killpg(varnish.portal.pid, signal.SIGKILL)
    varnish.portal.wait()
    post.hide(by=made, reason="other", note="Keliru")

    assert varnish.ask(elsewhere).status == 200
    for page in (NEWS, post.get_absolute_url()):
        answer = varnish.ask(page)
        assert answer.status == 503
        assert TITLE not in answer.text
        assert "Portal" in answer.text


# What the edge is told ------------------------------------------------------------------------------------------------


@pytest.fixture
def told(settings, monkeypatch):
    """What two edges are told, of which the second may be away."""
    settings.EDGES = ["http://10.0.0.5:6081", "http://10.0.0.6:6081"]
    edge._silent_until.clear()
    heard, away = [], set()

    def purge(where, keys):
        if where in away:
            raise ConnectionRefusedError
        heard.append((where, keys))

    monkeypatch.setattr(edge, "purge", purge)
    heard.clear()
    return heard, away


def test_an_edge_that_was_away_is_told_in_order_when_it_is_back(told, db, settings, time_machine):
    heard, away = told
    away.add(settings.EDGES[1])
    for keys in (["news:" + "a" * 32], ["news:" + "b" * 32]):
        edge.note(keys)
        edge.send()
    assert [keys for _where, keys in heard] == [["a" * 16], ["b" * 16]]

    away.clear()
    edge._silent_until.clear()
    edge.send()
    assert heard[2:] == [(settings.EDGES[1], ["a" * 16, "b" * 16])]


def test_all_is_told_once_more_and_then_forgotten(told, db):
    edge.note(["news:" + "a" * 32])
    edge.send()
    Purge.objects.update(made_at="2026-01-01T00:00Z")

    edge.send_again()

    assert [keys for _where, keys in told[0]][:4] == [["a" * 16]] * 4
    assert not Purge.objects.exists()


def test_what_changes_very_much_is_told_as_every_page(told, db):
    freshness.changed(*(f"post-{number}" for number in range(freshness.MOST_KEYS + 1)))

    assert {row.keys for row in Purge.objects.all()} == {edge.key_at_edge(freshness.key_of(freshness.EVERY_PAGE))}


def test_without_an_edge_no_row_is_written_and_no_page_names_its_keys(db, client, make_post):
    make_post()

    assert settings.EDGES == []
    assert not {"xkey", "Surrogate-Control"} & client.get(NEWS).headers.keys()
    assert not Purge.objects.exists()


@pytest.mark.parametrize("value", ["10.0.0.5:6081", "https://10.0.0.5", "http://10.0.0.5/purge", "ftp://10.0.0.5"])
def test_a_wrong_address_ends_the_start_by_its_name(monkeypatch, value):
    monkeypatch.setenv("EDGES", value)

    with pytest.raises(environment.Refused, match="EDGES"):
        environment.edges()


def test_a_page_asks_for_each_stamp_once_and_the_next_page_asks_again(
    told, client, make_post, places, monkeypatch, settings
):
    make_post(place=places["64.02.02.2003"])
    settings.PAGE_STORE = settings.CARD_STORE = True
    page, asked, get_many = places["64.02.02.2003"].get_absolute_url(), Counter(), caches["stamps"].get_many

    def asking(keys):
        asked.update(keys)
        return get_many(keys)

    monkeypatch.setattr(caches["stamps"], "get_many", asking)
    client.get(page)
    assert set(asked.values()) == {1}

    client.get(page)
    assert asked[freshness.key_of("64.02.02.2003")] == 2
