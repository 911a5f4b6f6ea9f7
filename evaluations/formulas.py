"""What officers write to make a number of facts: `min(berita + galeri, 24) / 2`.

Names of facts, numbers, + - * /, min, max and parentheses; nothing else. It is Python's syntax, read by `ast` and run
by nobody. Every fact is zero or more, so from the formula alone it is known between which bounds each part lies: a
divisor that could be zero for some KIM is refused when the formula is written, not when it is computed. Decimals of
fixed precision make the same number on every machine.
"""

import ast
from collections.abc import Callable
from dataclasses import dataclass
from decimal import ROUND_HALF_EVEN, Context, Decimal

from django.utils.translation import gettext_lazy as _

MOST_LETTERS = 300
MOST_DIGITS = 9
DECIMALS = Decimal("0.0001")
EXACT = Context(prec=28, rounding=ROUND_HALF_EVEN)
INFINITY = Decimal("Infinity")
ZERO = Decimal(0)

type Values = dict[str, Decimal]


class WrongFormula(Exception):
    """Why a formula cannot be used, in a sentence for who wrote it."""


@dataclass(frozen=True)
class Part:
    """A part of a formula: what it is for some facts, and between which bounds that lies."""

    of: Callable[[Values], Decimal]
    least: Decimal
    most: Decimal


class Formula:
    """A formula over the facts of these names; WrongFormula says in a sentence why a text is none."""

    def __init__(self, text, known):
        self.text, self.known, self.names = text, known, set()
        if len(text) > MOST_LETTERS:
            raise WrongFormula(_("Rumus paling panjang %(number)s huruf.") % {"number": MOST_LETTERS})
        try:
            self.part = self._read(ast.parse(text.strip(), mode="eval").body)
        except (SyntaxError, ValueError, RecursionError, MemoryError) as error:
            raise WrongFormula(_("Rumus ini tidak terbaca. Periksa tanda kurung dan tanda hitungnya.")) from error
        if not self.names:
            raise WrongFormula(_("Rumus ini tidak menyebut satu fakta pun."))

    def value(self, facts):
        """For one KIM; `facts` has a Decimal, zero or more, for each name."""
        return self.part.of(facts).quantize(DECIMALS, context=EXACT)

    def _read(self, node):
        match node:
            case ast.Name(id=name):
                return self._fact(name)
            case ast.Constant(value=int() | float() as number) if not isinstance(number, bool):
                return number_part(number)
            case ast.BinOp(left=left, op=op, right=right) if type(op) in OPERATIONS:
                return OPERATIONS[type(op)](self._read(left), self._read(right))
            case ast.UnaryOp(op=ast.USub(), operand=operand):
                return minus(number_part(0), self._read(operand))
            case ast.Call(func=ast.Name(id="min" | "max" as name), args=[_one, *_more] as args, keywords=[]):
                return extreme(min if name == "min" else max, [self._read(arg) for arg in args])
        raise WrongFormula(_("Pakai hanya nama fakta, angka, + - * /, min, max, dan tanda kurung."))

    def _fact(self, name):
        if name not in self.known:
            raise WrongFormula(_("Tidak ada fakta bernama “%(name)s”.") % {"name": name})
        self.names.add(name)
        return Part(lambda facts: facts[name], ZERO, INFINITY)


def number_part(number):
    value = Decimal(repr(number))
    if not value.is_finite() or len(value.as_tuple().digits) > MOST_DIGITS or abs(value.adjusted()) > MOST_DIGITS:
        raise WrongFormula(_("Angka dalam rumus paling banyak %(number)s digit.") % {"number": MOST_DIGITS})
    return Part(lambda facts: value, value, value)


def plus(one, other):
    def of(facts):
        return EXACT.add(one.of(facts), other.of(facts))

    return Part(of, one.least + other.least, one.most + other.most)


def minus(one, other):
    def of(facts):
        return EXACT.subtract(one.of(facts), other.of(facts))

    return Part(of, one.least - other.most, one.most - other.least)


def times(one, other):
    def of(facts):
        return EXACT.multiply(one.of(facts), other.of(facts))

    ends = [product(a, b) for a in (one.least, one.most) for b in (other.least, other.most)]
    return Part(of, min(ends), max(ends))


def over(one, other):
    if other.least <= 0 <= other.most:
        raise WrongFormula(_("Pembaginya dapat menjadi nol. Tulis misalnya max(pembagi, 1)."))

    def of(facts):
        return EXACT.divide(one.of(facts), other.of(facts))

    inverse = sorted(ZERO if end.is_infinite() else EXACT.divide(Decimal(1), end) for end in (other.least, other.most))
    ends = [product(a, b) for a in (one.least, one.most) for b in inverse]
    return Part(of, min(ends), max(ends))


def extreme(choose, parts):
    def of(facts):
        return choose(part.of(facts) for part in parts)

    return Part(of, choose(part.least for part in parts), choose(part.most for part in parts))


def product(one, other):
    """Of two bounds; nothing times infinity is nothing."""
    return ZERO if not one or not other else one * other


OPERATIONS = {ast.Add: plus, ast.Sub: minus, ast.Mult: times, ast.Div: over}
