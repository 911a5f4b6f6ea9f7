"""The glossary tells names that the code has."""

import re

from django.conf import settings

from communities.models import Position
from tests.code_names import is_known


def rows():
    text = (settings.BASE_DIR / "docs" / "glossary.md").read_text()
    return re.findall(r"^\| (.+?) \| (.*?) ?\| (.+) \|$", text, flags=re.MULTILINE)


def test_each_name_of_the_code_is_there():
    names = {name for _word, code, _what in rows() for name in re.findall(r"`([^`]+)`", code)}

    assert len(names) > 30
    assert {name for name in names if not is_known(name)} == set()
    assert not is_known("Community.GRACE_DAYS")
    assert not is_known("receive_the_chair()")


def test_each_word_is_told_once():
    words = [word for terms, _code, _what in rows() for word in terms.split(", ")]

    assert len(words) > 100
    assert {word for word in words if words.count(word) > 1} == set()


def test_each_office_of_a_kim_is_told():
    told = next(what for word, _code, what in rows() if word.startswith("jabatan"))

    assert [role for role in Position.Role.values if role not in told] == []
