"""Whoever reads README or docs/ finds each file that is named there."""

import re

from django.conf import settings

ROOT = settings.BASE_DIR
DOCUMENTS = [ROOT / "README.md", ROOT / "CONTRIBUTING.md", *sorted((ROOT / "docs").glob("*.md"))]


def test_every_link_leads_to_a_file():
    links = [
        (document.parent / path).resolve()
        for document in DOCUMENTS
        for path in re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", document.read_text())
    ]

    assert len(links) > 20
    assert [link for link in links if not link.exists()] == []


def test_the_walk_through_the_tree_names_files_that_are_there():
    rows = re.findall(r"^\| \[(\w+)/\]\(\w+\) \|.*\|([^|]*)\|$", (ROOT / "README.md").read_text(), re.MULTILINE)
    named = [ROOT / folder / path for folder, cell in rows for path in re.findall(r"`([\w./]+)`", cell)]

    assert len(named) > 20
    assert [path for path in named if not path.exists() and not [*path.parent.glob(f"{path.name}_*.py")]] == []


def test_every_module_that_is_named_is_there():
    known = {
        f"/{path.relative_to(ROOT)}"
        for folder in ROOT.iterdir()
        if folder.name[0] != "."
        for path in folder.rglob("*.py")
    }
    named = {path for document in DOCUMENTS for path in re.findall(r"`([\w/]+/\w+\.py)`", document.read_text())}

    assert len(named) > 20
    assert {path for path in named if not any(file.endswith(f"/{path}") for file in known)} == set()
