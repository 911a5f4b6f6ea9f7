"""Every page of citizens and members in English, and all that people are told: no word of ours is left Indonesian."""

import re

import policy
import pytest
from django.test import Client
from django.urls import LocalePrefixPattern, get_resolver
from django.utils import translation
from spoken import Words
from test_policy import ROWS, addresses, ask, browser_of, by_thing, cast, made_for_now, things  # noqa: F401 (fixtures)

from accounts.models.notices import NoticeQuerySet
from bulletins import notices
from pages.sentences import in_words_of_reader, lines_in_words_of_reader, sentence_of

pytestmark = pytest.mark.django_db

# Each page is asked for once, by the first of these whom it answers.
READERS = ["siti", "joko", "visitor"]
# What the cast wrote, where a page says it beside words of ours: as a title, or with the name of a place.
WRITTEN = re.compile(
    "Jalan di RT 03 berlubang|Dinas [A-Z][A-Za-z ]+Kartanegara|Posyandu ramai di Jembayan|Menulis berita|Kami menulis"
    r"|Banjir di Loa Kulu|Berita 3 Mei belum terhitung|Balai desa|bulan_aktif|https?://\S+|<iframe[^>]*>"
)
# What an office writes is told under its own title.
OF_OFFICES = {notices.BULLETIN, notices.WARNING}


class Browser(Client):
    """Keeps each page of HTML that it was answered."""

    def __init__(self, cookies, kept):
        super().__init__()
        self.cookies.load({name: cookie.value for name, cookie in cookies.items()})
        self.kept = kept

    def request(self, **facts):
        answer = super().request(**facts)
        if answer.get("Content-Type", "").startswith("text/html") and b"<html" in answer.content:
            self.kept.append((f"{facts['REQUEST_METHOD']} {facts['PATH_INFO']}", answer.text))
        return answer


@pytest.fixture
def english():
    """The rows of the policy whose pages have a twin in English."""
    pages = next(part for part in get_resolver().url_patterns if isinstance(part.pattern, LocalePrefixPattern))
    names = set(addresses(pages))
    return [row for row in ROWS if row.name in names]


@pytest.fixture
def send(cast, things, places):  # noqa: F811
    """Rows sent, each by the first of these people to whom it answers so; the pages that they were shown."""
    cookies = {name: browser_of(cast.get(name)).cookies for name in policy.ACTORS}

    def send(rows, people, *, wanted):
        def sender_of(row):
            return next((name for name in people if row.outcomes[name] == wanted(row)), None)

        shown = []
        for word, of_thing in by_thing(row for row in rows if sender_of(row)):
            with made_for_now(things[word]) as thing:
                for row in of_thing:
                    ask(Browser(cookies[sender_of(row)], shown), row, thing, places)
        return shown

    return send


def leftover(html):
    words = Words(html)
    words.said = [WRITTEN.sub("", said) for said in words.said]
    return words.indonesian


def test_no_page_has_a_word_of_ours_left_in_indonesian(english, send):
    with translation.override("en"):
        shown = send(english, READERS, wanted=lambda row: "refused" if row.method == "POST" else "ok")

    assert len(shown) > 150
    assert {where: words for where, html in shown if (words := leftover(html))} == {}


def test_what_people_are_told_is_read_in_english(english, send, monkeypatch):
    told, tell = [], NoticeQuerySet.tell

    def listen(rows, people, kind, title, text="", **more):
        told.append((kind, title, text))
        return tell(rows, people, kind, title, text, **more)

    monkeypatch.setattr(NoticeQuerySet, "tell", listen)
    with translation.override("en"):
        send(english, READERS, wanted=lambda row: "done")
    send([row for row in ROWS if row.name.startswith("admin:")], ["made", "dewi"], wanted=lambda row: "done")

    ours = [(title, text) for kind, title, text in told if kind not in OF_OFFICES]
    assert len({sentence_of(title) for title, _text in ours}) > 20
    assert [title for title, _text in ours if not sentence_of(title)] == []
    with translation.override("en"):
        for title, text in ours:
            html = in_words_of_reader(title, sentence_of(title)) + "<br>" + lines_in_words_of_reader(text)
            assert Words(f'<html lang="en"><p>{html}</p></html>').indonesian == set(), title
            assert not html.startswith('<span lang="id">' + title), title
