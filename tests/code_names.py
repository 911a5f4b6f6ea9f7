"""Whether a name that a document tells is one of the code."""

import re
from functools import cache
from importlib import import_module
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.urls import get_resolver

# What production installs of ours.
APPS = sorted(
    {config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}
    - {"demo", "bench"}
)


def bare(name):
    """`@every(HOUR)` as `every`."""
    return re.sub(r"\(.*\)$", "", name).removeprefix("@")


def is_known(name):
    """Whether it is an address, a dotted name that can be followed, or a word that the code defines or imports."""
    name = bare(name)
    if ":" in name:
        namespace, _colon, word = name.partition(":")
        return word in get_resolver().namespace_dict[namespace][1].reverse_dict
    first, *rest = name.split(".")
    if not rest:
        return is_defined(name)
    return any(can_follow(start, rest) for start in beginnings(first))


def beginnings(first):
    if first in APPS:
        return [import_module(first)]
    return [model for model in apps.get_models() if model.__name__ == first]


def can_follow(thing, names):
    for name in names:
        if not hasattr(thing, name) and hasattr(thing, "__path__"):
            try:
                import_module(f"{thing.__name__}.{name}")
            except ImportError:
                return False
        if not hasattr(thing, name):
            return False
        thing = getattr(thing, name)
    return True


def is_defined(word):
    name = re.escape(word)
    defined = rf"^\s*(?:class|def) {name}\b|^\s*{name}(?:, \w+)* =|^(?:from|import) .*\b{name}\b|[\"']{name}[\"']"
    return bool(re.search(defined, sources(), re.MULTILINE))


@cache
def sources():
    files = (file for app in APPS for file in (settings.BASE_DIR / app).rglob("*.py") if "migrations" not in file.parts)
    return "\n".join(file.read_text() for file in files)
