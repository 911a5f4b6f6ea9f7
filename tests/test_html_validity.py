"""Every page of the portal: no error in its HTML, as the Nu Html Checker reads it, and light enough for a metered line.

Making the pages takes long, so they are made once for both; the checker reads all of them in one run of Java.
"""

import json
import os
import re
import shutil
import subprocess

import pytest
from django.conf import settings
from django.test import Client
from headings import jumps, odd_times
from test_policy import ROWS, ask, browser_of, by_thing, cast, made_for_now, things  # noqa: F401 (fixtures)
from weights import weight_of

# Brought by `.ci/run`, which asks npm for the package vnu-jar.
CHECKER = settings.BASE_DIR / ".local" / "vnu.jar"
# Each page is asked for once, by the first of these whom it answers: who sees more of it comes first.
READERS = ["siti", "visitor", "made", "dewi", "joko", "ratna", "nofactor"]

MOST_BYTES = 60_000
# Not for a phone: the desk, and what programmers read of the API.
OFFICES = re.compile("-petugas-|-api-v1-docs")
# What Django's admin writes where a region is chosen by typing its name.
OF_THE_ADMIN = re.compile("“select” element with a “required” attribute|Element “option” without attribute “label”")

pytestmark = pytest.mark.django_db


class Browser(Client):
    """Keeps each page of HTML that it was answered."""

    def __init__(self, cookies, folder):
        super().__init__()
        self.cookies.load({name: cookie.value for name, cookie in cookies.items()})
        self.folder = folder

    def request(self, **facts):
        answer = super().request(**facts)
        if answer.get("Content-Type", "").startswith("text/html") and b"<html" in answer.content:
            name = re.sub(r"\W+", "-", f"{facts['REQUEST_METHOD']}{facts['PATH_INFO']}")[:120]
            (self.folder / f"{len(list(self.folder.iterdir()))}-{name}.html").write_bytes(answer.content)
        return answer


@pytest.fixture
def checker():
    if not CHECKER.exists() or not shutil.which("java"):
        (pytest.fail if os.environ.get("KIM_REQUIRE_CHECKER") == "1" else pytest.skip)("No vnu.jar or no Java here.")
    return ["java", "-Xmx1g", "-Xss8m", "-jar", str(CHECKER), "--format", "json", "--exit-zero-always", "--errors-only"]


@pytest.fixture
def pages(cast, things, places, tmp_path):  # noqa: F811
    """A folder with every page that the policy names, as it is and as it refuses."""
    folder = tmp_path / "pages"  # photos lie beside it
    folder.mkdir()
    cookies = {name: browser_of(cast.get(name)).cookies for name in READERS}
    for word, of_thing in by_thing(row for row in ROWS if reader_of(row)):
        with made_for_now(things[word]) as thing:
            for row in of_thing:
                ask(Browser(cookies[reader_of(row)], folder), row, thing, places)
    return folder


def reader_of(row):
    wanted = "refused" if row.method == "POST" else "ok"
    return next((name for name in READERS if row.outcomes[name] == wanted), None)


def test_every_page_is_valid_and_light(checker, pages):
    told = subprocess.run([*checker, str(pages)], capture_output=True, text=True, check=True).stderr
    outlines = {page.name: [*jumps(page.read_text()), *odd_times(page.read_text())] for page in pages.iterdir()}
    weights = {page.name: weight_of(page.read_text()) for page in pages.iterdir() if not OFFICES.search(page.name)}

    assert len(list(pages.iterdir())) > 200
    assert faults_in(json.loads(told)["messages"]) == {}
    assert {name: odd for name, odd in outlines.items() if odd and not OFFICES.search(name)} == {}
    assert {name: weight for name, weight in weights.items() if weight > MOST_BYTES} == {}


def faults_in(messages):
    """`{what: where}`; without what Django's admin writes."""
    faults = {}
    for message in messages:
        page = message["url"].rpartition("/")[2]
        if not ("-petugas-" in page and OF_THE_ADMIN.search(message["message"])):
            faults.setdefault(message["message"], []).append(f"{page}: {message.get('extract', '')}")
    return faults
