"""A formula in words, for who never wrote one: "berita yang terbit ditambah galeri yang terbit, paling banyak 24"."""

import ast

from django.utils.translation import gettext as _

from evaluations.facts import FACTS

RANK = {ast.Add: 1, ast.Sub: 1, ast.Mult: 2, ast.Div: 2}


def in_words(text):
    """What a formula that Formula accepts says, in the language of the reader."""
    return said(ast.parse(text.strip(), mode="eval").body)


def said(node):
    match node:
        case ast.Name(id=word):
            return str(FACTS[word].label)
        case ast.Constant(value=number):
            return str(number).replace(".", ",")
        case ast.UnaryOp(operand=operand):
            return f"−{within(operand)}"
        case ast.BinOp(left=left, op=op, right=right):
            return f"{beside(left, op)} {SIGNS[type(op)]()} {beside(right, op, is_right=True)}"
        case ast.Call(func=ast.Name(id=name), args=args):
            return bounded(name, args)
    return ast.unparse(node)


# What stands between two numbers; looked up for each reader.
SIGNS = {
    ast.Add: lambda: _("ditambah"),
    ast.Sub: lambda: _("dikurangi"),
    ast.Mult: lambda: _("dikali"),
    ast.Div: lambda: _("dibagi"),
}


def beside(node, op, *, is_right=False):
    """A side of an operation: in brackets where it would be read otherwise."""
    is_weaker = isinstance(node, ast.BinOp) and RANK[type(node.op)] < RANK[type(op)] + is_right
    return within(node) if is_weaker or isinstance(node, ast.Call) else said(node)


def within(node):
    return said(node) if isinstance(node, ast.Name | ast.Constant) else f"({said(node)})"


def bounded(name, args):
    """`min(x, 24)` is "x, paling banyak 24"; of several numbers the smallest or the largest."""
    numbers = [arg for arg in args if isinstance(arg, ast.Constant)]
    others = [arg for arg in args if not isinstance(arg, ast.Constant)]
    if len(numbers) == 1 and len(others) == 1:
        facts = {"what": said(others[0]), "number": said(numbers[0])}
        bound = {"min": _("%(what)s, paling banyak %(number)s"), "max": _("%(what)s, paling sedikit %(number)s")}
        return bound[name] % facts
    choice = {"min": _("yang terkecil dari: %(several)s"), "max": _("yang terbesar dari: %(several)s")}
    return choice[name] % {"several": "; ".join(said(arg) for arg in args)}
