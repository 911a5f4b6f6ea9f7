"""Questions to the database that are put together once: a process remembers the SQL, and where values go in it.

To put the one query of a list together takes Django several times as long as it takes PostgreSQL to answer. Of that
most is planning, which PostgreSQL then does once for each connection: the SQL of such a question is always the same.
"""

from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import partial
from typing import Any, cast

from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.postgresql.psycopg_any import Range, mogrify
from django.db.models import Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler

from pages.memory import Memory

MOST_QUESTIONS = 500
# What stands in for values while the SQL is made: no key is as large, no moment as late, no word like it.
FIRST_KEY, LATE, WORD = 7_000_000_000_000_000, datetime(9000, 1, 1, tzinfo=UTC), "\ue000 stands in for word {}"

type Value = int | str | datetime | Range | list[int] | list[str]
type Question[Row: Model] = Callable[..., QuerySet[Row]]

_composed: Memory[tuple[Any, ...], "Composed"] = Memory(MOST_QUESTIONS, of_rows=False)


def asked[Row: Model](question: Question[Row], *values: Value, **literally: Any) -> list[Row]:
    """The rows of `question(*values, **literally)`, a queryset that is put together once for all values.

    Values are keys, moments, ranges of days, words, or lists of keys or words. What is said literally becomes part of
    the SQL: the name of a column, a level, how many rows. TypeError for a question that its values alone do not make,
    such as one that asks what time it is: hand the moment in.
    """
    key = (question, *map(kind_of, values), *literally.items())
    composed = _composed.get(key)
    if composed is None:
        composed = _composed[key] = Composed(question, values, literally)
    return composed.rows(values)


def kind_of(value: Any) -> Any:
    return tuple(map(type, value)) if isinstance(value, list) else type(value)


def stand_in(value: Any, number: int) -> Any:
    """Of the same kind, and unlike that of any other number."""
    if isinstance(value, list):
        return [stand_in(one, 1000 * (number + 1) + nth) for nth, one in enumerate(value)]
    if isinstance(value, datetime):
        return LATE + timedelta(days=number)
    if isinstance(value, Range):
        return type(value)(LATE.date(), LATE.date() + timedelta(days=number + 1))
    return WORD.format(number) if isinstance(value, str) else FIRST_KEY + number


class Composed:
    """A question as it was put together with stand-ins."""

    def __init__(self, question: Question[Any], values: tuple[Any, ...], literally: dict[str, Any]) -> None:
        stand_ins = [stand_in(value, number) for number, value in enumerate(values)]
        self.queryset = question(*stand_ins, **literally)
        self.compiler = self.queryset.query.get_compiler(self.queryset.db)
        sql, params = self.compiler.as_sql()
        places = dict(places_of(stand_ins))
        found = [places.get(param) if param.__hash__ else None for param in params]
        if any(isinstance(param, date | Range) for param, place in zip(params, found, strict=True) if not place):
            raise TypeError(f"A moment would stay what it is now: {sql}")
        # All but the values is part of the SQL: only with its very words is a plan made once sure of a partial index.
        written = partial(literal, connections[self.queryset.db])
        said = ["%s" if place else written(param) for param, place in zip(params, found, strict=True)]
        self.sql = beginning_with_select(sql.replace("%%", "%%%%") % tuple(said))
        if any(str(stand) in self.sql for stand in places):
            raise TypeError(f"A value is no parameter of its own: {self.sql}")
        # `Int8` and its like are how Django hands keys on; then the way to the value.
        self.params = [(type(param), place) for param, place in zip(params, found, strict=True) if place]
        columns = [column for column, *_said in self.compiler.select[: self.compiler.col_count]]
        self.converters = self.compiler.get_converters(columns)

    def rows(self, values: tuple[Any, ...]) -> list[Any]:
        answering = Answering(self, tuple(filled(kind, place, values) for kind, place in self.params))
        # A copy as it stands: nobody narrows it, for which `all()` would copy each part of the query.
        query, rows = copy(self.queryset.query), QuerySet.__new__(type(self.queryset))
        query.get_compiler = lambda *_arguments, **_options: answering  # type: ignore[method-assign]
        rows.__dict__ |= self.queryset.__dict__ | {"_query": query}
        return list(rows)


def places_of(stand_ins: list[Any]) -> Iterator[tuple[Any, tuple[int, ...]]]:
    for number, stand in enumerate(stand_ins):
        if isinstance(stand, list):
            yield from ((one, (number, nth)) for nth, one in enumerate(stand))
        else:
            yield stand, (number,)


def beginning_with_select(sql: str) -> str:
    """To be handed to `told`: while somebody sends something pghistory writes a statement of its own before any other
    SQL, such as a union in brackets, and one that is prepared takes no second.
    """
    return sql if sql.startswith("SELECT") else f"SELECT * FROM ({sql}) AS found"  # noqa: S608


def literal(connection: Any, param: Any) -> str:
    return str(mogrify("%s", [param], connection)).replace("%", "%%")


def filled(kind: type, place: tuple[int, ...], values: tuple[Any, ...]) -> Any:
    value = values[place[0]] if len(place) == 1 else values[place[0]][place[1]]
    return kind(value) if issubclass(kind, int) else value


class Answering(SQLCompiler):
    """The compiler of a question that has its SQL already."""

    def __init__(self, composed: Composed, params: tuple[Any, ...]) -> None:
        self.__dict__ |= composed.compiler.__dict__  # what it selects, and how rows are read
        self.connection = connections[composed.queryset.db]  # of this thread
        self.composed, self.filled_params = composed, params

    def get_converters(self, _columns: Any) -> Any:
        return self.composed.converters

    def execute_sql(self, *_arguments: Any, **_options: Any) -> Any:
        return [told(self.connection, self.composed.sql, self.filled_params)]


def told(connection: Any, sql: str, params: Any = None) -> list[Any]:
    """The rows of SQL that is always the same, any values handed over beside it: psycopg then prepares it."""
    # As connection.cursor() does, with the one cursor that is used.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    with connection._prepare_cursor(ServerBindingCursor(connection.connection)) as cursor:  # type: ignore[call-arg]
        cursor.execute(sql, params)
        return cast("list[Any]", cursor.fetchall())
