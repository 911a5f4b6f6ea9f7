"""What `collectstatic` gathers: all that a page asks for, each under one name."""

import re
from pathlib import Path

from django.apps import apps
from django.conf import settings
from django.contrib import admin
from django.contrib.admin.widgets import AdminDateWidget, AutocompleteSelect, FilteredSelectMultiple
from django.contrib.staticfiles.finders import get_finders
from django.core.management import call_command

from activities.models import Post

NAMED = re.compile(r'{% static "([^"]+)" %}')


def names():
    ignored = apps.get_app_config("staticfiles").ignore_patterns
    listed = [found for finder in get_finders() for found in finder.list(ignored)]
    return {f"{storage.prefix}/{name}" if getattr(storage, "prefix", None) else name for name, storage in listed}


def test_all_that_a_template_names_is_there():
    templates = Path(settings.BASE_DIR, "templates").rglob("*.html")

    assert {name for template in templates for name in NAMED.findall(template.read_text())} < names()


def test_all_that_the_desk_loads_in_production_is_there(settings):
    settings.DEBUG = False
    widgets = [AdminDateWidget(), FilteredSelectMultiple("x", False), AutocompleteSelect(Post.place.field, admin.site)]
    media = sum((widget.media for widget in widgets), admin.site._registry[Post].media)

    assert "admin/js/vendor/jquery/jquery.min.js" in media._js
    assert {path for path in media._js if isinstance(path, str)} < names()


def test_what_nobody_asks_for_in_production_is_left_out():
    assert not names() & {"ninja/redoc.standalone.js", "admin/js/vendor/jquery/jquery.js"}


def test_a_file_has_one_name_and_a_map_is_not_packed(settings, tmp_path):
    ours, served = tmp_path / "ours", tmp_path / "served"
    settings.STATICFILES_FINDERS = ["django.contrib.staticfiles.finders.FileSystemFinder"]
    settings.STATICFILES_DIRS, settings.STATIC_ROOT = [ours], served
    settings.STORAGES |= {"staticfiles": {"BACKEND": "kimportal.static_files.HashedStaticFiles"}}
    ours.mkdir()
    for name in ("halaman.txt", "peta.map"):
        (ours / name).write_text("kegiatan warga " * 100)

    call_command("collectstatic", interactive=False, verbosity=0)

    hashed = {re.sub(r"\.[0-9a-f]{12}\.", ".HASH.", path.name) for path in served.iterdir()}
    assert hashed == {
        "staticfiles.json",
        "halaman.HASH.txt",
        "halaman.HASH.txt.br",
        "halaman.HASH.txt.gz",
        "peta.HASH.map",
    }
