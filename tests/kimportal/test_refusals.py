"""What the forms of the site refuse, they refuse in our words: none of Django's stock sentences, and no echo."""

import ast
import re
from functools import cache
from pathlib import Path

import django
import pytest
from conftest import make_officer
from django import forms
from django.apps import apps
from django.conf import settings
from django.contrib.admin import site
from django.core.exceptions import ValidationError
from django.core.files.uploadedfile import SimpleUploadedFile
from django.core.validators import DecimalValidator
from django.urls import get_resolver
from django.utils import translation

pytestmark = pytest.mark.django_db

SAYING = ["forms", "core/validators.py", "db/models/fields", "db/models/constraints.py", "contrib/postgres"]
CALLS = {"_", "gettext", "gettext_lazy", "ngettext", "ngettext_lazy"}
# What nobody sees: Django's own hidden form of how many rows a page has.
UNSEEN = {"ManagementForm"}
HOSTILE = "zz<script>alert(1)</script>"
TYPED = [
    HOSTILE,
    "",
    "!!!",
    "9" * 4000,
    "-7",
    "0.123456789",
    "2026-13-45",
    "x@",
    "http://",
    "a\x00b",
    "²",
    "https://zz",
]


@cache
def stock():
    """Every sentence of Django about what a field does not take, as Django wrote it."""
    root = Path(django.__file__).parent
    files = [
        path for part in SAYING for path in ([root / part] if part.endswith(".py") else (root / part).rglob("*.py"))
    ]
    calls = [call for path in files for call in ast.walk(ast.parse(path.read_text())) if isinstance(call, ast.Call)]
    said = [call.args for call in calls if isinstance(call.func, ast.Name) and call.func.id in CALLS]
    return {text.value for args in said for text in args if isinstance(text, ast.Constant) and len(str(text.value)) > 9}


def form_classes():
    """Every form that a page may show, of this site and of the packages that bring pages."""
    assert get_resolver().reverse_dict  # every view is loaded, and its forms
    found, waiting = set(), [forms.BaseForm]
    while waiting:
        for child in waiting.pop().__subclasses__():
            found.add(child)
            waiting.append(child)
    return [each for each in found if hasattr(each, "base_fields") and each.__name__ not in UNSEEN]


def fields_of_pages():
    return {
        f"{each.__module__}.{each.__name__}.{name}": field
        for each in form_classes()
        for name, field in each.base_fields.items()
    }


def fields_of_the_desk(rf, user):
    request = rf.get("/petugas/")
    request.user = user
    for model, desk in site._registry.items():
        kinds = [desk, *desk.get_inline_instances(request)]
        for kind in kinds:
            for column in kind.model._meta.get_fields():
                if getattr(column, "formfield", None) and (field := kind.formfield_for_dbfield(column, request)):
                    yield f"{model.__name__}.{type(kind).__name__}.{column.name}", field


def said_by(field):
    yield from field.error_messages.values()
    for validator in field.validators:
        yield from (
            validator.messages.values()
            if isinstance(validator, DecimalValidator)
            else [getattr(validator, "message", "")]
        )


def stock_of(fields):
    with translation.override(None):
        return {name for name, field in fields for text in said_by(field) if str(text) in stock()}


def refusals(field):
    for typed in TYPED:
        try:
            field.clean(
                [typed] if isinstance(field, forms.MultipleChoiceField | forms.ModelMultipleChoiceField) else typed
            )
        except ValidationError as refusal:
            yield from refusal.messages
        except (AttributeError, TypeError):
            return  # a file, or a field whose form tells it more


def test_no_form_of_a_page_holds_a_sentence_of_django():
    fields = fields_of_pages()

    assert len(fields) > 250
    assert stock_of(fields.items()) == set()


def test_nor_does_the_desk(rf, places):
    fields = list(fields_of_the_desk(rf, make_officer("Dewi", places["0"])))

    assert len(fields) > 150
    assert stock_of(fields) == set()


def test_nor_does_a_column_of_ours():
    ours = [model for model in apps.get_models() if model.__module__.partition(".")[0] in settings.INSTALLED_APPS]
    columns = {f"{model.__name__}.{column.name}": column for model in ours for column in model._meta.concrete_fields}

    assert stock_of(columns.items()) == set()


@pytest.mark.parametrize("language", ["id", "en"])
def test_whatever_is_typed_into_any_field_is_refused_in_our_words_and_not_repeated(language, rf, places):
    stock_words = re.compile(
        r"Masukkan|Masukan |Pastikan|valid|Enter a|Ensure|Select a valid|This field|Upload|submitted"
    )
    fields = {**fields_of_pages(), **dict(fields_of_the_desk(rf, make_officer("Dewi", places["0"])))}

    with translation.override(language):
        said = {text for field in fields.values() for text in refusals(field)}

    assert len(said) > 20
    assert {text for text in said if stock_words.search(text) or HOSTILE in text} == set()


def test_a_file_is_refused_in_our_words():
    field = forms.FileField(max_length=9)
    for file, sentence in (
        (None, "Pilih berkasnya."),
        (SimpleUploadedFile("a.pdf", b""), "Berkas ini kosong. Pilih berkas lain."),
        (SimpleUploadedFile("surat-keputusan.pdf", b"x"), "Nama berkas ini terlalu panjang."),
    ):
        with pytest.raises(ValidationError, match=sentence):
            field.clean(file)
