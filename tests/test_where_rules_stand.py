"""The table "Where a rule stands" names files that are there, and the names that it names in them."""

import re

from django.conf import settings


def rows():
    text = (settings.BASE_DIR / "docs/architecture.md").read_text()
    part = text.partition("## Where a rule stands\n")[2].partition("\n## ")[0]
    return [line for line in part.splitlines() if line.startswith("| ")][1:]


def test_each_rule_stands_in_a_file_that_is_there():
    assert len(rows()) >= 12
    for row in rows():
        paths = re.findall(r"`([\w/]+\.py)`", row)
        assert paths, row
        assert all((settings.BASE_DIR / path).is_file() for path in paths), row


def test_what_is_named_in_a_file_is_defined_there():
    named = [found for row in rows() for found in re.findall(r"`(\w+)` in `([\w/]+\.py)`", row)]

    assert named
    for name, path in named:
        assert re.search(rf"^\s*(?:class|def) {name}\b", (settings.BASE_DIR / path).read_text(), re.M), (name, path)
