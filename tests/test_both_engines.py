"""Every page is the same, byte for byte, whichever engine makes it: the native one or Django's own."""

import re

import pytest
import time_machine
from django.conf import settings
from django.template import engines
from django.template.utils import EngineHandler
from django.utils import timezone
from test_html_validity import READERS
from test_policy import ROWS, address, browsers_of, by_thing, cast, made_for_now, sent, things  # noqa: F401 (fixtures)

from pages.memory import forget_everything

pytest.importorskip("django_rust_templates")
pytestmark = pytest.mark.django_db

BACKENDS = ["django_rust_templates.RustTemplates", "django.template.backends.django.DjangoTemplates"]
# What is another at each answer: a nonce, the token of a form, the key of a new row.
RANDOM = re.compile(
    rb'nonce="[^"]+"|name="csrfmiddlewaretoken" value="\w+"|[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}-[-0-9a-f]{17}'
)


@pytest.fixture
def both_engines():
    """One of each kind; what it has compiled stays while the other is at work."""
    (options,) = settings.TEMPLATES
    return [EngineHandler([options | {"BACKEND": backend}])["django"] for backend in BACKENDS]


@pytest.fixture
def answers_of(cast, both_engines, monkeypatch):  # noqa: F811
    """What both engines answer at an address, to whoever may open it."""
    browsers = {name: browsers_of(cast.get(name)) for name in READERS}

    def answers(row, path, facts):
        reader = next((name for name in READERS if row.outcomes[name] == "ok"), "visitor")
        for engine in both_engines:
            monkeypatch.setitem(engines._engines, "django", engine)
            forget_everything()
            with made_for_now(lambda: browsers[reader]().get(path, facts)) as answer:
                yield answer

    return answers


def test_every_page_is_the_same_by_either_engine(things, places, answers_of):  # noqa: F811
    compared, different = 0, []
    with time_machine.travel(timezone.now(), tick=False):
        for word, of_thing in by_thing({row.name: row for row in ROWS if row.method == "GET"}.values()):
            with made_for_now(things[word]) as thing:
                for row in of_thing:
                    path = address(row.name, thing)
                    answers = list(answers_of(row, path, sent(row.deed, thing, places)))
                    if answers[0].get("Content-Type", "").startswith("text/html"):
                        compared += 1
                        native, djangos = (RANDOM.sub(b"", answer.getvalue()) for answer in answers)
                        different += [path] if native != djangos else []

    assert compared > 200
    assert different == []
