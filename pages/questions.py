"""Questions to the database that are put together once: a process remembers the SQL, and where values go in it.

To put the one query of a list together takes Django several times as long as it takes PostgreSQL to answer. Of that
most is planning, which PostgreSQL then does once for each connection: the SQL of such a question is always the same.
"""

import re
from collections.abc import Callable, Iterator
from copy import copy
from datetime import UTC, date, datetime, timedelta
from functools import cached_property, lru_cache, partial
from itertools import chain, count
from typing import Any, NamedTuple, cast

from django.contrib.postgres.search import SearchVectorField
from django.db import connections
from django.db.backends.postgresql.base import ServerBindingCursor
from django.db.backends.postgresql.psycopg_any import Range, mogrify
from django.db.models import GenericIPAddressField, JSONField, Model, QuerySet
from django.db.models.sql.compiler import SQLCompiler
from psycopg.pq import Format
from psycopg.raw_cursor import RawCursorMixin

from pages.memory import Memory

MOST_QUESTIONS = 500
# What Django reads as text, and would have to read in another way.
OTHER_IN_BINARY = (JSONField, SearchVectorField, GenericIPAddressField)
# What stands in for values while the SQL is made: no key is as large, no moment as late, no word like it.
FIRST_KEY, LATE, WORD = 7_000_000_000_000_000, datetime(9000, 1, 1, tzinfo=UTC), "\ue000 stands in for word {}"

NAMED, PLACE = re.compile(r"%\((\w+)\)s"), re.compile("%[s%]")

type Value = int | str | datetime | Range | list[int] | list[str]
type Question[Row: Model] = Callable[..., QuerySet[Row]]

_composed: Memory[tuple[Any, ...], "Composed"] = Memory(MOST_QUESTIONS, of_rows=False)


def asked[Row: Model](question: Question[Row], *values: Value, **literally: Any) -> list[Row]:
    """The rows of `question(*values, **literally)`, a queryset that is put together once for all values.

    Values are keys, moments, ranges of days, words, or lists of keys or words. What is said literally becomes part of
    the SQL: the name of a column, a level, how many rows. TypeError for a question that its values alone do not make,
    such as one that asks what time it is: hand the moment in.
    """
    composed = composed_of(question, values, literally)
    return composed.read(told(connections[composed.queryset.db], composed.sql, composed.filled(values)))


class Part(NamedTuple):
    """What a question adds to the one query of several."""

    as_array: str
    values: tuple[Any, ...]
    read: Callable[[list[Any]], list[Any]]
    database: str


class Asking[Row: Model]:
    """What `asked` is called with, to be asked alone or together with others."""

    def __init__(self, question: Question[Row], *values: Value, **literally: Any) -> None:
        self.question, self.values, self.literally = question, values, literally

    def rows(self) -> list[Row]:
        return asked(self.question, *self.values, **self.literally)

    def part(self) -> Part:
        composed = composed_of(self.question, self.values, self.literally)
        return Part(composed.as_array, composed.filled(self.values), composed.read, composed.queryset.db)


class AskingSQL:
    """The same of SQL of our own, with `%(name)s` for values: its rows are tuples."""

    def __init__(self, database: str, sql: str, values: dict[str, Value | None]) -> None:
        self.database = database
        self.sql, names = placed(sql)
        self.values = tuple(values[name] for name in names)

    def in_arrays(self, *columns: str) -> "AskingSQL":
        """The same as a single row, an array for each of these columns: many rows are slow to read."""
        whole, arrays = copy(self), (f"coalesce(array_agg({column}), '{{}}')" for column in columns)
        whole.sql = f"SELECT {', '.join(arrays)} FROM ({self.sql}) AS part"  # noqa: S608
        return whole

    def rows(self) -> list[tuple[Any, ...]]:
        return told(connections[self.database], self.sql, self.values)

    def part(self) -> Part:
        return Part(array_of(self.sql), self.values, list, self.database)


@lru_cache(MOST_QUESTIONS)
def placed(sql: str) -> tuple[str, tuple[str, ...]]:
    """`(the SQL with a mere %s for each value, the names of these)`."""
    return NAMED.sub("%s", sql), tuple(NAMED.findall(sql))


class AskedTogether:
    """Of each name the rows of its question: all are asked by one query once the first are wanted.

    That costs a third of asking three. A part of a page that is kept (`{% cached %}`) may read them as long as the page
    followed its topic before. TypeError for what would come in another form: JSON, words to search, addresses.
    """

    def __init__(self, **askings: Asking[Any] | AskingSQL) -> None:
        self._askings: dict[Any, Asking[Any] | AskingSQL] = askings

    def __getitem__(self, name: Any) -> list[Any]:
        return self._rows[name]

    def get(self, name: Any) -> list[Any]:
        """Those of a name; none where there is no such question."""
        return self[name] if name in self._askings else []

    def rows_of(self, asking: Asking[Any]) -> list[Any]:
        """Those of one more question; a query of its own, where the others were asked already."""
        if "_rows" in self.__dict__:
            return asking.rows()
        self._askings[asking] = asking
        return self[asking]

    @cached_property
    def _rows(self) -> dict[Any, list[Any]]:
        parts = [asking.part() for asking in self._askings.values()]
        sql = f"SELECT {', '.join(part.as_array for part in parts)}"
        values = tuple(chain.from_iterable(part.values for part in parts))
        [row] = told(connections[parts[0].database], sql, values, format=Format.BINARY)
        return {name: part.read(rows) for name, part, rows in zip(self._askings, parts, row, strict=True)}


def composed_of(question: Question[Any], values: tuple[Any, ...], literally: dict[str, Any]) -> "Composed":
    key = (question, *map(kind_of, values), *literally.items())
    composed = _composed.get(key)
    if composed is None:
        composed = _composed[key] = Composed(question, values, literally)
    return composed


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
        self.is_composite = self.compiler.has_composite_fields(columns)

    @cached_property
    def as_array(self) -> str:
        """The SQL of an array of its rows: in the binary form, which says of what type each column is."""
        if any(isinstance(column.output_field, OTHER_IN_BINARY) for column, *_said in self.compiler.select):
            raise TypeError(f"A column would come in another form than it does alone: {self.sql}")
        return array_of(self.sql)

    def filled(self, values: tuple[Any, ...]) -> tuple[Any, ...]:
        return tuple(filled(kind, place, values) for kind, place in self.params)

    def read(self, told_rows: list[Any]) -> list[Any]:
        """What the queryset makes of the rows that PostgreSQL told."""
        answering = Answering(self, told_rows)
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


@lru_cache(MOST_QUESTIONS)
def array_of(sql: str) -> str:
    """An array of its rows. The planner sees no value: with none it makes one plan for good, else mostly a new one."""
    unseen = PLACE.sub(lambda place: "(SELECT %s)" if place[0] == "%s" else place[0], sql)
    return f"ARRAY(SELECT part FROM ({unseen}) AS part)"  # noqa: S608


def literal(connection: Any, param: Any) -> str:
    return str(mogrify("%s", [param], connection)).replace("%", "%%")


def filled(kind: type, place: tuple[int, ...], values: tuple[Any, ...]) -> Any:
    value = values[place[0]] if len(place) == 1 else values[place[0]][place[1]]
    return kind(value) if issubclass(kind, int) else value


class Answering(SQLCompiler):
    """The compiler of a question that was answered already."""

    def __init__(self, composed: Composed, told_rows: list[Any]) -> None:
        self.__dict__ |= composed.compiler.__dict__  # what it selects, and how rows are read
        self.connection = connections[composed.queryset.db]  # of this thread
        self.composed, self.told_rows = composed, told_rows

    def get_converters(self, _columns: Any) -> Any:
        return self.composed.converters

    def has_composite_fields(self, _columns: Any) -> bool:
        return self.composed.is_composite

    def execute_sql(self, *_arguments: Any, **_options: Any) -> Any:
        return [self.told_rows]


class NumberedCursor(RawCursorMixin, ServerBindingCursor):
    """Hands SQL on with `$1` for a value, found once: psycopg looks for `%s` each time in what is as long as ours."""

    def execute(self, query: str, params: Any = None, **options: Any) -> Any:
        return super().execute(query if params is None else numbered(query), params, **options)  # type: ignore[misc]


@lru_cache(MOST_QUESTIONS)
def numbered(sql: str) -> bytes:
    """With `$1`, `$2` ... for `%s`, and `%` for `%%`."""
    numbers = count(1)
    return PLACE.sub(lambda place: f"${next(numbers)}" if place[0] == "%s" else "%", sql).encode()


def told(connection: Any, sql: str, params: Any = None, *, format: Format = Format.TEXT) -> list[Any]:
    """The rows of SQL that is always the same, any values handed over beside it: psycopg then prepares it."""
    # As connection.cursor() does, with the one cursor that is used.
    connection.close_if_health_check_failed()
    connection.ensure_connection()
    own = NumberedCursor(connection.connection)
    own.format = format
    with connection._prepare_cursor(own) as cursor:
        cursor.execute(sql, params)
        return cast("list[Any]", cursor.fetchall())
