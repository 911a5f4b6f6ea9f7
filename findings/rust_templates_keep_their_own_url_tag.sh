#!/usr/bin/env bash
# django-rust-templates 0.4.3, a native engine for Django's templates: a library in OPTIONS["builtins"] that defines a
# tag of a built-in name, as Django's documentation allows, is registered and yet never asked: `{% url %}` stays the
# native one. A tag of a new name from the same library is rendered, and `{% load %}` of the library makes no difference.
# Under Django's own engine both are rendered, so that a page may differ between the two without any error.
set -euo pipefail

folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check django==6.1.3 django-rust-templates==0.4.3

cat >"$folder/own_tags.py" <<'PYTHON'
from django import template

register = template.Library()


class Told(template.Node):
    def render(self, context):
        return "ours"


@register.tag
def url(parser, token):
    return Told()


@register.tag
def link(parser, token):
    return Told()
PYTHON

cd "$folder"
"$folder/venv/bin/python" - <<'PYTHON' | tee "$folder/seen"
import sys
from types import ModuleType

import django
from django.conf import settings
from django.urls import path

urls = ModuleType("urls")
urls.urlpatterns = [path("news/", lambda request: None, name="news")]
sys.modules["urls"] = urls
engines = ["django.template.backends.django.DjangoTemplates", "django_rust_templates.RustTemplates"]
options = {"builtins": ["own_tags"], "libraries": {"own_tags": "own_tags"}}
settings.configure(
    ROOT_URLCONF="urls",
    TEMPLATES=[{"BACKEND": name, "NAME": name.rpartition(".")[2], "OPTIONS": options} for name in engines],
)
django.setup()

from django.template import engines as known

for engine in known.all():
    for source in ("{% url 'news' %}", "{% load own_tags %}{% url 'news' %}", "{% link 'news' %}"):
        print(engine.name, source, "->", engine.from_string(source).render())
PYTHON

diff "$folder/seen" - <<'EXPECTED'
DjangoTemplates {% url 'news' %} -> ours
DjangoTemplates {% load own_tags %}{% url 'news' %} -> ours
DjangoTemplates {% link 'news' %} -> ours
RustTemplates {% url 'news' %} -> /news/
RustTemplates {% load own_tags %}{% url 'news' %} -> /news/
RustTemplates {% link 'news' %} -> ours
EXPECTED
echo "django-rust-templates 0.4.3 behaves as described."
