"""Our styles and scripts as older browsers read them: what `collectstatic` serves, while the sources stay as written.

Styles go through Lightning CSS. No package of Python carries a builder of scripts for every machine, so what ours say
in younger words (`?.`, `??`, `||=`, `1_000`) is said here in those of ES2018; anything younger still is refused.
"""

from functools import cache
from itertools import chain

import lightningcss
import tree_sitter_javascript
from tree_sitter import Language, Parser

# Phones of 2018, in which nothing was renewed since.
BROWSERS = ["chrome 70", "firefox 78", "safari 14", "ios_saf 14"]

JAVASCRIPT = Language(tree_sitter_javascript.language())
ACCESS = {"member_expression": "object", "subscript_expression": "object", "call_expression": "function"}
FUNCTIONS = {"arrow_function", "function_expression", "function_declaration", "method_definition"}
# What could be said in older words only at length, and is not needed.
UNSAID = {
    "field_definition": "a field of a class",
    "private_property_identifier": "a private name",
    "class_static_block": "a static block",
    "namespace_export": "export * as",
}


class TooYoung(ValueError):
    """A script says what browsers of 2018 do not understand, and what is not said in other words here."""


@cache
def style(text, name):
    return lightningcss.process_stylesheet(text, filename=name, browsers_list=BROWSERS)


@cache
def script(text, name):
    """The innermost changes first, until nothing young is left."""
    source = text.encode()
    while True:
        root = Parser(JAVASCRIPT).parse(source).root_node
        if root.has_error:
            raise TooYoung(f"{name}: no JavaScript")
        changes = changes_of(root)
        if not changes:
            return source.decode()
        for node, words in reversed(changes):
            source = source[: node.start_byte] + words.encode() + source[node.end_byte :]


def changes_of(root):
    """Nodes and what to say instead, in their order; none of them within another."""
    changes = []
    for change in filter(None, map(older, inside_out(root))):
        start = change[0].start_byte
        if not changes or changes[-1][0].end_byte <= start:
            changes.append(change)
    return changes


def inside_out(node):
    return chain(chain.from_iterable(map(inside_out, node.children)), [node])


def older(node):
    """A node and what to say instead; None where it is old enough."""
    if node.type in UNSAID:
        raise refusal(node, UNSAID[node.type])
    if node.type == "await_expression" and not is_in_function(node):
        raise refusal(node, "await outside a function")
    if node.type == "regex" and b"(?<" in node.text and (b"(?<=" in node.text or b"(?<!" in node.text):
        raise refusal(node, "a look behind")  # Safari before 16.4
    if node.type == "number" and b"_" in node.text:
        return node, said(node).replace("_", "")
    if node.type == "optional_chain":
        return without_chain(node)
    if node.type == "binary_expression" and operator(node) == "??":
        left, right = (node.child_by_field_name(side) for side in ("left", "right"))
        return node, on_value(left, f"_it != null ? _it : {said(right)}", [right])
    if node.type == "augmented_assignment_expression" and operator(node) in ("??=", "||=", "&&="):
        return node, assigned(node)
    return None


def without_chain(mark):
    """`a?.b.c(d)`, up to where the chain ends, for its first mark."""
    whole = link = mark.parent
    while whole.parent.type in ACCESS and whole.parent.child_by_field_name(ACCESS[whole.parent.type]) == whole:
        whole = whole.parent
    if whole.parent.type == "unary_expression" and operator(whole.parent) == "delete":
        raise refusal(whole, "delete ?.")
    head = link.child_by_field_name(ACCESS[link.type])
    dot = "." if link.type == "member_expression" else ""
    rest = dot + text_between(whole, mark.end_byte, whole.end_byte)
    if link.type == "call_expression" and head.type in ACCESS and head.type != "call_expression":
        # A method is called on what it belongs to.
        owner = head.child_by_field_name("object")
        method = "_it" + text_between(whole, owner.end_byte, head.end_byte)
        return whole, on_value(owner, f"{method} == null ? void 0 : {method}{rest}", [whole])
    return whole, on_value(head, f"_it == null ? void 0 : _it{rest}", [whole])


def on_value(value, words, parts):
    """The words with `_it` for a value that is asked once; what waits for something waits here too."""
    if any(has(part, "yield_expression") for part in parts):
        raise refusal(value, "yield beside ?. or ??")
    if any(has(part, "await_expression") for part in parts):
        return f"(await (async (_it) => {words})({said(value)}))"
    return f"((_it) => {words})({said(value)})"


def assigned(node):
    left, right = node.child_by_field_name("left"), node.child_by_field_name("right")
    if has(left, "call_expression") or has(left, "subscript_expression"):
        raise refusal(node, f"{operator(node)} to what is computed")
    name, value = said(left), f"({said(left)} = {said(right)})"
    condition = {"??=": f"{name} != null ? {name} : {value}"}
    return f"({condition.get(operator(node), f'{name} {operator(node)[:2]} {value}')})"


def operator(node):
    found = node.child_by_field_name("operator")
    return found.type if found else ""


def said(node):
    return node.text.decode()


def text_between(node, start, end):
    return node.text[start - node.start_byte : end - node.start_byte].decode()


def has(node, kind):
    """Whether it is there, and not only in a function of its own."""
    return node.type == kind or any(has(child, kind) for child in node.children if child.type not in FUNCTIONS)


def is_in_function(node):
    return node is not None and (node.type in FUNCTIONS or is_in_function(node.parent))


def refusal(node, what):
    return TooYoung(f"line {node.start_point.row + 1}: {what}: {said(node)[:60]}")
