"""What our scripts are said in for older browsers means what they say; and what these lack is filled in."""

import pytest
from django.contrib.staticfiles import finders

from kimportal.older_browsers import script

LACKS = """delete AbortSignal.timeout; delete Object.fromEntries; delete Element.prototype.replaceChildren;
delete Element.prototype.checkVisibility;
delete HTMLFormElement.prototype.requestSubmit; delete SubmitEvent.prototype.submitter;"""

GIVEN = """const told = [];
const tell = (value) => (told.push(value), value);
const full = { a: { b: 0, c: [1, 2], say(word) { return [word, this.b]; } }, none: null, say() { return this.a.b; } };
const none = null, zero = 0, words = "";
"""
EXPRESSIONS = [
    *["none?.a", "none?.a.b.c", "full?.a.b", "full.x?.y.z", "full.a?.c?.[1]", "none?.[tell('unasked')]"],
    *["full.say?.()", "full.shout?.(tell('unasked'))", "full?.say()", "full.a.say?.('hei')", "full?.a?.say?.('hei')"],
    *["full.a['say']?.('hei')", "tell(full)?.a.b", "(none?.a).b", "none?.a(none?.b ?? 1)", "full?.a.say(none?.b ?? 1)"],
    *[
        "zero ?? 1",
        "none ?? 1",
        "words ?? 1",
        "none?.a ?? full.a.b ?? 2",
        "tell(none) ?? tell(2)",
        "(none ?? zero) || 3",
    ],
    *["1_000_000", "`${none?.a ?? 'x'}`", "[none, full].map((one) => one?.a?.b)", "typeof none?.a", "!none?.a"],
    *[
        "((n) => (n ||= 4, n))(0)",
        "((n) => (n ??= 4, n))(0)",
        "((n) => (n &&= 4, n))(1)",
        "((o) => (o.a ||= 4, o))({})",
    ],
    *[
        "full?.a.b + 1 ?? 2",
        "none?.a.b(tell(1)).c ?? tell(3)",
        "((a = none ?? 5) => a)()",
        "new Date(none?.a ?? 0).getTime()",
    ],
    *["await (none ?? Promise.resolve(6))", "(await tell(none)) ?? (await tell(7))", "full?.a.say(await tell(8))"],
    *["none?.a(await tell('unasked'))", "full.a ? none?.a : 1", "[...(none ?? [1])]", "({ ...(none ?? full.a) })"],
]

RUN = """(async () => {{
    {given} let value;
    try {{ value = {words}; }} catch (error) {{ value = error.name; }}
    return [value, told];
}})()"""
FORM = """<form>
    <input name="a" required>
    <button name="deed" value="save">1</button>
    <button name="deed" value="send">2</button>
</form>"""


def test_old_words_mean_what_the_young_ones_mean(page):
    for words in EXPRESSIONS:
        young = RUN.format(given=GIVEN, words=words)
        old = script(young, "a.js")

        assert page.evaluate(old) == page.evaluate(young), words


@pytest.fixture
def old_page(page):
    """With a form and what old browsers lack filled in."""
    page.goto("/privasi/")
    page.evaluate("(form) => { document.body.innerHTML = form; }", FORM)
    page.evaluate(LACKS)
    page.add_script_tag(url="/static/js/older-browsers.js")
    page.evaluate("""window.told = []; const form = document.querySelector("form");
        form.addEventListener("submit", (event) => { event.preventDefault(); told.push(event.submitter?.value); });""")
    return page


def test_what_old_browsers_lack_is_filled_in(old_page):
    assert finders.find("js/older-browsers.js")
    assert old_page.evaluate("Object.fromEntries(new Map([['a', 1]]))") == {"a": 1}
    assert old_page.evaluate("new Promise((end) => (AbortSignal.timeout(1).onabort = () => end(true)))")
    assert old_page.evaluate("document.querySelector('form').checkVisibility()")
    assert not old_page.evaluate("document.createElement('p').checkVisibility()")


def test_it_is_known_which_button_sends(old_page):
    old_page.locator("input").fill("x")

    old_page.get_by_role("button", name="2").click()
    old_page.locator("input").press("Enter")
    old_page.evaluate("const form = document.querySelector('form'); form.requestSubmit(form.elements.deed[1])")
    old_page.evaluate("document.querySelector('form').requestSubmit()")

    assert old_page.evaluate("told") == ["send", "save", "send", ""]
    assert old_page.locator("button").count() == 2


def test_a_form_that_lacks_something_is_not_sent(old_page):
    old_page.evaluate("document.querySelector('form').requestSubmit()")

    assert old_page.evaluate("told") == []
