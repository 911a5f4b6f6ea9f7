"""Templates stay readable: short lines, short pages, one base and one fragment for what many pages have."""

import re

from django.conf import settings
from django.template import Engine, TemplateSyntaxError
from django.template.backends.django import get_installed_libraries

FOLDER = settings.BASE_DIR / "templates"
LONGEST_LINE, LONGEST_PAGE = 160, 120


def templates():
    return {str(path.relative_to(FOLDER)): path.read_text() for path in FOLDER.rglob("*.html")}


def test_no_line_is_longer_than_a_screen():
    found = templates()
    long = [
        f"{name}:{number}"
        for name, text in found.items()
        for number, line in enumerate(text.splitlines(), 1)
        if len(line) > LONGEST_LINE
    ]

    assert len(found) > 100
    assert long == []


def test_no_page_is_longer_than_a_reader_holds():
    assert [name for name, text in templates().items() if text.count("\n") > LONGEST_PAGE] == []


def test_nothing_is_loaded_that_a_template_does_without():
    engine = Engine(dirs=[FOLDER], libraries=get_installed_libraries())

    def is_whole(text):
        try:
            engine.from_string(text)
        except TemplateSyntaxError:
            return False
        return True

    def without(library, text, load):
        left = " ".join(other for other in load[1].split() if other != library)
        return text.replace(load[0], f"{{% load {left} %}}" if left else "", 1)

    load_tag = re.compile(r"{% load ([^%]*) %}")
    loads = [(name, text, load) for name, text in templates().items() for load in load_tag.finditer(text)]
    needless = [
        f"{name}: {library}"
        for name, text, load in loads
        for library in load[1].split()
        if is_whole(without(library, text, load))
    ]

    assert len(loads) > 100
    assert needless == []


def test_buttons_beside_each_other_have_room_between_them():
    paragraph, button = re.compile(r"<p>(?:(?!</p>).)*</p>", re.DOTALL), re.compile(r'class="button\b')
    public = {name: text for name, text in templates().items() if not name.startswith("admin/")}
    cramped = {
        name for name, text in public.items() for each in paragraph.findall(text) if len(button.findall(each)) > 1
    }

    assert cramped == set(), 'such a paragraph is class="actions"'


def test_a_table_of_the_desk_scrolls_within_its_box():
    """Or else the whole page does, on a telephone."""
    bare = {
        name
        for name, text in templates().items()
        for before in re.findall(r"([^\n]*)\n *<table class=\"rows", text)
        if name.startswith("admin/") and 'class="wide"' not in before
    }

    # The first has its box in the page around it; the rows of the other are boxes below each other there.
    assert bare == {"admin/monitoring/_table.html", "admin/communities/roster_run.html"}


def test_the_words_that_a_form_was_not_taken_stand_in_one_fragment():
    written = {name for name, text in templates().items() if re.search(r"in \w+\.non_field_errors", text)}

    assert written == {"admin/_errornote.html"}


def test_a_field_with_its_errors_is_one_fragment_on_the_desk():
    row = re.compile(r'"form-row"|class="[\w -]*\{% if [\w.]+\.errors %\} errors')
    item = {"admin/communities/_item.html"}  # several fields

    assert {name for name, text in templates().items() if row.search(text)} - item == {"admin/_field.html"}


def test_no_template_writes_its_own_list_of_errors():
    """The form writes it, with the name that its field is described by; `_refusals.html` where there is no form."""
    lists = [r'class="[^"]*errorlist', r'<[^%>]*\bid="[^"]*_error"']
    loops = [r"\b(?!row\.)\w+\.errors\.0", r"in (?!row\.)[\w.]+\.errors\b"]
    own = re.compile("|".join([*lists, *loops]))

    assert {name for name, text in templates().items() if own.search(text)} == {"_refusals.html"}


def test_errors_stand_in_the_fragment_of_a_field_or_beside_what_is_chosen_or_searched_as_a_group():
    shown = {name for name, text in templates().items() if re.search(r"\{\{ [\w.]+\.errors \}\}", text)}
    choices = {"admin/communities/_item.html", "admin/activities/hoax.html"}
    searches = {"regions/_search.html", "kimportal/search.html"}

    assert shown == {"django/forms/field.html"} | choices | searches


def test_the_way_back_above_a_page_is_called_the_same_everywhere():
    label = re.compile(r'<nav class="breadcrumbs[^"]*" aria-label="{% translate "([^"]*)" %}">')
    called = {name: said for name, text in templates().items() for said in label.findall(text)}

    assert called.pop("regions/_from_above.html") == "Langkah memilih wilayah"
    assert set(called.values()) == {"Jejak"}


def test_pages_of_the_desk_share_a_base():
    own = {name for name, text in templates().items() if 'extends "admin/base_site.html"' in text}

    assert own == {"admin/base_site.html", "admin/desk.html", "admin/index.html"}


def test_no_space_follows_what_only_a_screen_reader_says_after_the_words_of_a_button():
    """A browser lays it out as one more thing with a gap before it, so that the words no longer stand in the middle."""
    spaced = re.compile(r'%\}<span class="visually-hidden">(?:(?!</span>).)*</span>\s+</(?:a|button)>')

    assert [name for name, text in templates().items() if spaced.search(text)] == []


def test_the_words_of_a_box_to_tick_stand_beside_it_also_in_two_lines():
    label = re.compile(r'<label>\s*<input type="checkbox"')

    found = {name for name, text in templates().items() if label.search(text)}

    assert {name for name in found if not name.startswith("admin/")} == set()
