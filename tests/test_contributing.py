"""The lists of CONTRIBUTING.md are true: what they name is there, and the first is what an existing column needed."""

import re

from django.conf import settings

from tests.code_names import APPS, is_known

ROOT = settings.BASE_DIR
COLUMN = "participants"


def sections():
    """`{heading: [path]}` of "How to add"; what stands for any app is left out."""
    told = (ROOT / "CONTRIBUTING.md").read_text().partition("## How to add")[2].partition("\n## ")[0]
    parts = re.split(r"^### (.+)$", told, flags=re.MULTILINE)[1:]
    return {
        heading: [path for path in re.findall(r"`([\w./-]+/[\w./-]*)`", text) if not path.endswith("policy.txt")]
        for heading, text in zip(parts[::2], parts[1::2], strict=True)
    }


def names():
    """What "How to add" calls by a name of the code: capitals, a call or a decorator; `key` and the like are words."""
    told = (ROOT / "CONTRIBUTING.md").read_text().partition("## How to add")[2].partition("\n## ")[0]
    quoted = re.findall(r"`([^`]+)`", told)
    return {name for name in quoted if re.fullmatch(r"@?[\w.]+\(.*\)|@\w+|[A-Z_]{3,}|[A-Z]\w+(?:\.\w+)*", name)}


def test_every_name_of_the_code_is_there():
    assert {"JOBS", "@every(HOUR)", "COLUMNS"} <= names()
    assert {name for name in names() if not is_known(name)} == set()


def texts(path):
    files = path.glob("*.py") if path.is_dir() else [path]
    return "\n".join(file.read_text() for file in files)


def test_every_list_names_what_is_there():
    found = sections()

    assert set(found) == {"A column of a post", "A page", "A job", "A notice", "A channel", "An app"}
    of_any_app = {"views/", "admin/desk.html"}
    named = {path for paths in found.values() for path in paths} - of_any_app
    assert {path for path in named if not (ROOT / path).exists()} == set()


def test_each_file_for_a_column_knows_a_column_that_is_there():
    named = [path for path in sections()["A column of a post"] if path != "tests/test_contributing.py"]

    assert len(named) > 10
    silent = [path for path in named if COLUMN not in texts(ROOT / path) and "jumlah peserta" not in texts(ROOT / path)]
    assert silent == []


def test_no_other_file_of_the_code_knows_that_column():
    named = {ROOT / path for path in sections()["A column of a post"]}
    folders = [*APPS, "templates"]
    files = [file for folder in folders for kind in ("*.py", "*.html") for file in (ROOT / folder).rglob(kind)]
    knowing = {file for file in files if re.search(rf"\b{COLUMN}\b", file.read_text())}

    assert {file for file in knowing if not {file, file.parent} & named} == set()
