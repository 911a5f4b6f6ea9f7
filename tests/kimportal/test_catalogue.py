"""The English catalogue: every string of the code and the templates is in it, translated, and compiled.

`./kim manage makemessages -l en` gathers what is missing here. This finds strings by itself, because a bare machine has
no gettext: Django turns a template into calls such as `gettext(u'Cari')`, and Python's own parser reads them.
"""

import ast
import re
from gettext import GNUTranslations

import pytest
from django.conf import settings
from django.utils.translation.template import templatize

ROOT = settings.BASE_DIR
CATALOGUE = ROOT / "locale" / "en" / "LC_MESSAGES" / "django.po"

# What the arguments of each function are; a name is followed by `_lazy` where the language is not known yet.
ARGUMENTS = {
    "gettext": ("msgid",),
    "ngettext": ("msgid", "msgid_plural"),
    "pgettext": ("msgctxt", "msgid"),
    "npgettext": ("msgctxt", "msgid", "msgid_plural"),
}
TEMPLATE_CALL = re.compile(r"""\b(?:n?p?gettext|_)\((?:u?(?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'),?\s*|count)+\)""")
PO_FIELD = re.compile(r'^(msgctxt|msgid|msgid_plural|msgstr(?:\[\d\])?) ((?:".*"\n)+)', re.MULTILINE)
PLACEHOLDER = re.compile(r"%\(\w+\)[sd]|%[sd]")
# What only developers run has no English.
APPS = sorted({name for name in settings.INSTALLED_APPS if (ROOT / name).is_dir()} - {"demo", "bench"})


def strings_of(source):
    """What the gettext calls of some Python say, as (context, singular, plural)."""
    for call in ast.walk(ast.parse(source)):
        if isinstance(call, ast.Call) and isinstance(call.func, ast.Name):
            name = call.func.id.removesuffix("_lazy").replace("_", "gettext")
            said = {
                part: argument.value
                for part, argument in zip(ARGUMENTS.get(name, ()), call.args, strict=False)
                if isinstance(argument, ast.Constant)
            }
            if "msgid" in said:
                yield said.get("msgctxt"), said["msgid"], said.get("msgid_plural")


def strings_of_template(source):
    for call in TEMPLATE_CALL.findall(templatize(source)):
        yield from strings_of(call)


def catalogue():
    """The entries of the .po file: `{(context, singular, plural): [translations]}`."""
    entries = {}
    for block in CATALOGUE.read_text().split("\n\n"):
        fields = {
            name: "".join(map(ast.literal_eval, lines.splitlines())) for name, lines in PO_FIELD.findall(f"{block}\n")
        }
        key = fields.get("msgctxt"), fields["msgid"], fields.get("msgid_plural")
        entries[key] = [text for name, text in fields.items() if name.startswith("msgstr")]
    return entries


def test_every_string_is_in_the_catalogue():
    found = {}
    for app in APPS:
        for path in (ROOT / app).rglob("*.py"):
            found |= dict.fromkeys(strings_of(path.read_text()), path.name)
    for path in [*(ROOT / "templates").rglob("*.html"), *(ROOT / "templates").rglob("*.txt")]:
        found |= dict.fromkeys(strings_of_template(path.read_text()), path.name)
    known = {(context, text) for context, text, _plural in catalogue()}

    assert len(found) > 500
    assert {text: name for (context, text, _plural), name in found.items() if (context, text) not in known} == {}


def test_every_string_of_the_catalogue_is_translated_and_nothing_is_guessed():
    assert "#, fuzzy" not in CATALOGUE.read_text()
    assert [key for key, translations in catalogue().items() if not all(translations)] == []


def test_a_translation_names_what_its_string_names():
    for (_context, text, plural), translations in catalogue().items():
        if text:
            named = set(PLACEHOLDER.findall(text + (plural or "")))
            assert all(set(PLACEHOLDER.findall(translation)) == named for translation in translations), text


def test_what_is_compiled_is_what_is_written():
    with CATALOGUE.with_suffix(".mo").open("rb") as file:
        compiled = GNUTranslations(file)._catalog
    written = {}
    for (context, text, plural), translations in catalogue().items():
        key = f"{context}\x04{text}" if context else text
        written |= (
            {(key, number): words for number, words in enumerate(translations)} if plural else {key: translations[0]}
        )

    assert compiled | {"": ""} == written | {"": ""}


@pytest.mark.parametrize(
    ("template", "strings"),
    [
        ('{% translate "Cari" %}', {(None, "Cari", None)}),
        ('{% translate "Wilayah" context "semua" %}', {("semua", "Wilayah", None)}),
        ('{% include "a.html" with button=_("Masuk") %}', {(None, "Masuk", None)}),
        ("{% blocktranslate with n=x %}Pilih {{ n }}{% endblocktranslate %}", {(None, "Pilih %(n)s", None)}),
        (
            """{% blocktranslate %}Kata "ini" tak 'ada'{% endblocktranslate %}""",
            {(None, "Kata \"ini\" tak 'ada'", None)},
        ),
        (
            "{% blocktranslate count n=x %}{{ n }} kabar{% plural %}{{ n }} kabar-kabar{% endblocktranslate %}",
            {(None, "%(n)s kabar", "%(n)s kabar-kabar")},
        ),
    ],
)
def test_strings_are_found_in_templates(template, strings):
    assert set(strings_of_template(template)) == strings


def test_no_sentence_repeats_a_limit_as_a_number():
    limit = re.compile(r"\d (MB|megapiksel|piksel|baris|lembar)\b")

    assert [said for _context, said, _plural in catalogue() if limit.search(said)] == []
