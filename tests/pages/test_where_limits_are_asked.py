"""docs/architecture.md tells all places that ask `pages.limits` whether there is room for one more."""

import ast
import re

from django.conf import settings

from pages.limits import SENT, WEIGHTS
from tests.code_names import APPS

ROOT = settings.BASE_DIR
ASKING = {"limited", "limited_sending", "in_time", "may_send", "account_may_send", "is_over"}
KINDS = SENT.keys() | WEIGHTS.keys()


def asked(tree):
    """`(name, kind)` of each function or class of a module that asks for room, itself or by its decorator."""
    imports = [node for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)]
    known = {name.name for node in imports if node.module == "pages.limits" for name in node.names} & ASKING
    if any(name.name == "limits" for node in imports if node.module == "pages" for name in node.names):
        known |= {f"limits.{name}" for name in ASKING}
    for part in tree.body:
        for call in ast.walk(part):
            if isinstance(call, ast.Call) and ast.unparse(call.func) in known:
                said = {word.value for word in ast.walk(call) if isinstance(word, ast.Constant)} & KINDS
                yield from ((part.name, kind) for kind in said or {"message"})


def found():
    files = [path for app in APPS if app != "pages" for path in (ROOT / app).rglob("*.py")]
    return {
        (kind, f"{file.relative_to(ROOT)}:{name}")
        for file in files
        for name, kind in asked(ast.parse(file.read_text()))
    }


def test_the_list_of_what_is_limited_is_whole_and_true():
    told = (ROOT / "docs" / "architecture.md").read_text().partition("## Limits")[2].partition("\n## ")[0]
    rows = re.findall(r"^\| (\w+) \| (`.+) \|$", told, flags=re.MULTILINE)

    assert {(kind, name) for kind, names in rows for name in re.findall(r"`([^`]+)`", names)} == found()
    assert {kind for kind, _names in rows} == KINDS
