"""Style sheets: dark looks the same whoever asks for it, and no rule or token is left that nothing has any more."""

import re
import subprocess
from functools import cache
from pathlib import Path

import pytest
from django.conf import settings
from django.contrib import admin

DARK = r"(?:html|:root)(?::not\(\[data-theme=\"light\"\]\)|\[data-theme=\"dark\"\])? \{([^}]*)\}"
BY_SYSTEM = re.compile(r"@media \(prefers-color-scheme: dark\) \{\s*" + DARK)
BY_SWITCH = re.compile(r"^(?:html|:root)\[data-theme=\"dark\"\] \{([^}]*)\}", re.M)
# What is no selector, where a dot begins no class.
OTHER = re.compile(r"/\*.*?\*/|\"[^\"]*\"|url\([^)]*\)|\{[^{}]*\}", re.S)
CLASS = re.compile(r"\.(-?[A-Za-z_][\w-]*)")
# The beginning of a class whose end is worked out, such as `badge--{{ … }}` and f"map-k{…}".
BEGINNING = re.compile(r"([A-Za-z][\w-]*)\{")


@cache
def sheets():
    """`{path: text}` of our style sheets."""
    paths = sorted((settings.BASE_DIR / "static").rglob("*.css"))
    return {str(path.relative_to(settings.BASE_DIR)): path.read_text() for path in paths}


@cache
def sources():
    """All that may give an element a class: our pages, scripts and code, and the pages of Django's admin."""
    command = ["git", "ls-files", "templates", "static/js", "*.py", ":!tests", ":!findings"]
    tracked = subprocess.run(command, cwd=settings.BASE_DIR, capture_output=True, text=True, check=True)
    ours = [settings.BASE_DIR / name for name in tracked.stdout.split()]
    of_admin = [*Path(admin.__file__).parent.rglob("*.html"), *Path(admin.__file__).parent.rglob("*.css")]
    return "\n".join(path.read_text() for path in [*ours, *of_admin] if path.exists())


@pytest.mark.parametrize("path", ["static/css/tokens.css", "static/css/admin.css", "static/embed/embed.css"])
def test_both_dark_palettes_are_one(path):
    (by_system,), (by_switch,) = BY_SYSTEM.findall(sheets()[path]), BY_SWITCH.findall(sheets()[path])

    assert "#" in by_system
    assert by_system.split() == by_switch.split()


def test_no_rule_is_for_a_class_that_nothing_has():
    words = set(re.findall(r"[\w-]+", sources()))
    beginnings = tuple(beginning for beginning in BEGINNING.findall(sources()) if "-" in beginning)

    named = {name: path for path, text in sheets().items() for name in CLASS.findall(OTHER.sub(" ", text))}

    assert "button" in named
    assert {name: path for name, path in named.items() if name not in words and not name.startswith(beginnings)} == {}


def test_every_token_is_used_and_known():
    known = set(re.findall(r"(--[\w-]+)\s*:", sheets()["static/css/tokens.css"]))
    used = {name for text in sheets().values() for name in re.findall(r"var\((--[\w-]+)", text)}
    anywhere = set(re.findall(r"(--[\w-]+)\s*:", "\n".join([*sheets().values(), sources()])))

    assert known - used == set()
    assert used - anywhere == set()
