"""What `collectstatic` serves of our styles and scripts, and what it refuses."""

import re

import pytest
from django.conf import settings
from django.contrib.staticfiles.finders import get_finders
from django.urls import reverse

from kimportal.older_browsers import TooYoung, script, style
from kimportal.static_files import OURS, ForOlderBrowsers

# Of what a browser of 2018 stumbles over, what can be seen without reading JavaScript; the rest is tried in Chromium.
YOUNG_WORDS = re.compile(r"\?\.[\w(\[]|\?\?|\|\|=|&&=")
# Younger methods than Chrome 70, Firefox 78 and Safari 14 have, and what static/js/older-browsers.js adds to these.
YOUNG_METHODS = re.compile(
    r"\.(at|replaceAll|findLast|findLastIndex|hasOwn|allSettled|any|matchAll|toSorted|toReversed|with|groupBy|"
    r"isSubsetOf|showPicker|togglePopover|showPopover|closedBy|flat|randomUUID)\("
    r"|structuredClone|queueMicrotask|globalThis|scheduler\.|querySelector(?:All)?\([^)]*:(?:has|is|where)\("
)
GUARDED = {"new-uuid.js", "sw.js"}


def served():
    for finder in get_finders():
        for name, storage in finder.list([]):
            if name.startswith(OURS) and name.endswith((".css", ".js")):
                with ForOlderBrowsers(storage).open(name) as file:
                    yield name, file.read().decode()


def test_what_is_served_of_ours_says_nothing_that_old_browsers_do_not_understand():
    files = dict(served())

    assert {"js/writing.js", "css/site.css", "embed/embed.css"} < files.keys()
    for name, text in files.items():
        if name.endswith(".js"):
            assert not YOUNG_WORDS.search(text), name
        else:
            assert not re.search(r"(padding|margin)-(inline|block):|[{;]inset:", text), name


@pytest.mark.django_db
def test_the_worker_is_written_in_old_words(client):
    text = client.get(reverse("service_worker")).content.decode()

    assert script(text, "sw.js") == text


def test_no_script_of_ours_asks_for_a_younger_method():
    found = {
        path.name: young.group()
        for path in (settings.BASE_DIR / "static" / "js").glob("*.js")
        if (young := YOUNG_METHODS.search(path.read_text())) and path.name not in GUARDED
    }

    assert found == {}


@pytest.mark.parametrize(
    "words",
    [
        "class A { #x; }",
        "class A { x = 1; }",
        "class A { static { } }",
        "await f();",
        "export * as a from './a.js';",
        "/(?<=a)b/.test(c);",
        "delete a?.b;",
        "a.b().c ||= 1;",
        "function* f() { return (yield 1) ?? (yield 2); }",
        "const = 1;",
    ],
)
def test_what_cannot_be_said_in_old_words_is_refused(words):
    with pytest.raises(TooYoung):
        script(words, "a.js")


def test_a_style_says_first_what_every_browser_knows():
    said = style(".a { margin-inline: auto; inset: 0 } .b:not(.c, .d) { color: red }", "a.css")

    assert "margin-inline-start:auto" in said
    assert "top:0" in said
    assert ".b:not(:-webkit-any(.c,.d))" in said
