"""Which module may know of which: an app imports from its left, and inside an app a file from those above it."""

import ast
import re
import subprocess
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings

from accounts.models import User
from regions.models import Region

# From left to right; bulletins and aspirations, and the last three, do not know each other.
ORDER = [
    {"pages"},
    {"regions"},
    {"accounts"},
    {"communities"},
    {"bulletins", "aspirations"},
    {"activities"},
    {"alerts", "evaluations", "monitoring"},
    {"kimportal"},
    {"demo"},
    {"bench"},
]
RANK = {app: rank for rank, row in enumerate(ORDER) for app in row}

# Inside an app, from the top down: a file never imports one of a later row. A module named after a deed serves the
# models as well as the views, so it may import the first two rows, and any file may import it.
LAYERS = [
    {"models"},
    {"forms", "filters"},
    {"views", "feeds", "api"},
    {"admin"},
    {"urls", "file_urls", "open311_urls", "api_urls", "chat_urls", "desk_urls"},
]
LAYER = {name: layer for layer, row in enumerate(LAYERS) for name in row}
DEED = 1

TEMPLATES = settings.BASE_DIR / "templates"
# Whose each library of template tags is.
TAGS = {path.stem: path.parts[-3] for path in settings.BASE_DIR.glob("*/templatetags/*.py")}

# What the whole country shares; every other table leads to a region or to a person, who answer for its rows.
SHARED = {
    *["communities.PartnerKind", "communities.Sector", "regions.LoadedEdition"],
    *["aspirations.Holiday", "aspirations.CodeSerial", "accounts.RetentionTerm"],
    "aspirations.WaitingPhoto",  # of a form that nobody has sent, and gone after a day
    *["pages.Change", "pages.Purge"],  # for copies of the database, and caches at the edge
    "monitoring.CountChange",  # its regions are plain numbers, and it is gone after a minute
}


def imports_of(path, source):
    """The modules that a file names in its imports, dotted from the root, wherever in the file they stand."""
    package = path.parent.parts
    for node in ast.walk(ast.parse(source)):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            near = package[: len(package) - node.level + 1] if node.level else ()
            module = ".".join([*near, *([node.module] if node.module else [])])
            yield module
            yield from (f"{module}.{alias.name}" for alias in node.names)


def modules():
    """What git keeps of our apps, without migrations, which know the tables of their day."""
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=settings.BASE_DIR, capture_output=True, text=True)
    paths = [Path(line) for line in tracked.stdout.splitlines()]
    return [path for path in paths if path.parts[0] in RANK and "migrations" not in path.parts]


def breaches(path, source):
    """The imports that point the wrong way."""
    app, name = path.parts[0], path.parts[1].removesuffix(".py")
    for imported in imports_of(path, source):
        other, _, rest = imported.partition(".")
        if other == app and LAYER.get(rest.partition(".")[0], 0) > LAYER.get(name, DEED):
            yield imported
        if other in RANK and other != app and RANK[other] >= RANK[app]:
            yield imported


def test_no_two_benchmarks_import_each_other():
    names = {".".join(path.with_suffix("").parts): path for path in modules() if path.parts[0] == "bench"}
    wanted = {
        name: set(imports_of(path, (settings.BASE_DIR / path).read_text())) & names.keys()
        for name, path in names.items()
    }

    assert [(one, other) for one in wanted for other in wanted[one] if one < other and one in wanted[other]] == []


def test_nothing_rests_on_the_internals_of_allauth():
    tracked = subprocess.run(["git", "ls-files", "*.py"], cwd=settings.BASE_DIR, capture_output=True, text=True)
    paths = [Path(line) for line in tracked.stdout.splitlines()]
    named = {(str(path), name) for path in paths for name in imports_of(path, (settings.BASE_DIR / path).read_text())}

    assert any(name.startswith("allauth.account.adapter") for _path, name in named)
    assert {(path, name) for path, name in named if name.startswith("allauth.") and ".internal" in name} == set()


def test_every_app_of_ours_has_its_place_in_the_order():
    ours = {config.name for config in apps.get_app_configs() if Path(config.path).parent == settings.BASE_DIR}

    assert ours <= RANK.keys()


def test_an_app_imports_from_its_left_and_a_file_from_those_above_it():
    paths = modules()
    found = {str(path): set(breaches(path, (settings.BASE_DIR / path).read_text())) for path in paths}

    assert len(paths) > 20
    assert {path: wrong for path, wrong in found.items() if wrong} == {}


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("regions/models.py", "from accounts.models import User"),
        ("activities/views.py", "import kimportal.search"),
        ("bulletins/models.py", "from aspirations.models import Aspiration"),
        ("accounts/models.py", "def late():\n    from communities import models"),
        ("activities/models.py", "from activities.forms import PostForm"),
        ("activities/models.py", "from . import views"),
        ("regions/filters.py", "from .views import index"),
        ("activities/views.py", "from activities.admin import PostAdmin"),
        ("communities/merging.py", "from communities.views import community_list"),
    ],
)
def test_an_import_to_the_right_or_down_is_found(path, source):
    assert list(breaches(Path(path), source))


@pytest.mark.parametrize(
    ("path", "source"),
    [
        ("activities/models.py", "from communities.models import Sector"),
        ("activities/views.py", "from .filters import PostFilter"),
        ("activities/urls.py", "from activities import feeds, views"),
        ("regions/management/commands/load_regions.py", "from regions.loading import load"),
    ],
)
def test_an_import_to_the_left_or_up_is_fine(path, source):
    assert not list(breaches(Path(path), source))


# A page of a row to which an app further right has something to add: the posts that tell of it.
SHOWING_POSTS = {"aspirations/detail.html", "aspirations/room.html", "bulletins/bulletin_detail.html"}
NAMED = re.compile(r'{% (?:include|extends) "(?:admin/)?(\w+)/|{% load ([^%]*)%}')


def app_of(template):
    """The app whose template it is, by its path; None for what all of them share."""
    *folders, _name = template.parts
    return next((folder for folder in folders if folder in RANK), None)


def apps_named(text):
    """Whose templates a template includes or extends, and whose tags it loads."""
    for folder, loaded in NAMED.findall(text):
        yield from [folder, *(TAGS.get(tag) for tag in loaded.split())]


def test_a_template_includes_and_loads_from_its_left():
    paths = [path.relative_to(TEMPLATES) for path in sorted(TEMPLATES.rglob("*.html"))]
    named = {path: {*apps_named((TEMPLATES / path).read_text())} & RANK.keys() for path in paths if app_of(path)}
    found = {
        str(path): wrong
        for path, others in named.items()
        if (wrong := {other for other in others - {app_of(path)} if RANK[other] >= RANK[app_of(path)]})
    }

    assert TAGS["cards"] == "activities"
    assert found == {path: {"activities"} for path in SHOWING_POSTS}


def has_owner(model, seen=()):
    """Whether foreign keys lead from this table to a region or a person."""
    seen = (*seen, model)
    named = {field.related_model for field in model._meta.fields if field.many_to_one or field.one_to_one}
    return model in (Region, User) or any(has_owner(other, seen) for other in named.difference(seen))


def test_somebody_answers_for_every_row():
    ours = [model for model in apps.get_models() if model._meta.app_label in RANK]

    assert {model._meta.label for model in ours if not has_owner(model)} == SHARED
