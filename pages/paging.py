"""Pages by key: the next page begins after the last row seen, so any depth costs the same and nothing is counted."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from functools import partial
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Field, Func, Model, Q, QuerySet, Value
from django.http import Http404, QueryDict

from pages.questions import AskedTogether, Asking, Question
from pages.questions import Value as AskedValue
from pages.stamped import Stamped

PAGE_SIZE = 18
AFTER, BEFORE = "sesudah", "sebelum"

MOST_PAGES = 500

# {whose, in which order and behind which key: the rows of a page}
_pages: Stamped[Any, list[Any]] = Stamped(MOST_PAGES)

# Where a page begins: the column's value and the primary key of the row before; empty for the first one.
type Key = tuple[datetime | str, int] | tuple[()]


class KeysetPage[Row: Model]:
    """Up to `size` rows of a queryset ordered by one column, then the primary key, both upwards or both downwards.

    `newer` and `older` are query strings of the pages before and after, or None; both keep the other parameters.
    """

    AFTER, BEFORE = AFTER, BEFORE

    def __init__(
        self, queryset: QuerySet[Row], params: QueryDict, *, order: str = "-published_at", size: int = PAGE_SIZE
    ) -> None:
        self.params, self.column, self.descending = params, order.removeprefix("-"), order.startswith("-")
        self.model = queryset.model
        self.backwards = backwards = self.BEFORE in params
        key = params.get(self.BEFORE) or params.get(self.AFTER)
        self.is_first = not key
        rows = self.read(queryset, self._read(key) if key else (), size + 1)
        has_more, self.items = len(rows) > size, rows[:size]
        if backwards:
            self.items.reverse()
        before, after = (has_more, bool(key)) if backwards else (bool(key), has_more)
        self.newer = self._query(self.BEFORE, self.items[0]) if before and self.items else None
        self.older = self._query(self.AFTER, self.items[-1]) if after and self.items else None

    def __iter__(self) -> Iterator[Row]:
        return iter(self.items)

    def __len__(self) -> int:
        return len(self.items)

    def read(self, queryset: QuerySet[Row], key: Key, number: int) -> list[Row]:
        """So many rows behind the key, the nearest first."""
        descending = self.descending != self.backwards
        return self.fetch(in_order(queryset, key, column=self.column, descending=descending), number)

    def fetch(self, queryset: QuerySet[Row], number: int) -> list[Row]:
        """The first rows of the queryset, which is in order and begins behind the key."""
        return list(queryset[:number])

    def _read(self, key: str) -> tuple[datetime | str, int]:
        field = cast("Field[Any, Any]", self.model._meta.get_field(self.column))
        value, pk = read_key(key, isinstance(field, DateTimeField))
        try:
            return field.to_python(value), pk
        except ValidationError as error:  # letters where the column holds numbers
            raise Http404 from error

    def _query(self, name: str, row: Row) -> str:
        query = self.params.copy()
        for parameter in (self.AFTER, self.BEFORE):
            query.pop(parameter, None)
        query[name] = write_key(getattr(row, self.column), row.pk)
        return f"?{query.urlencode()}"


class AskedPage[Row: Model](KeysetPage[Row]):
    """A page of the rows of `question(*values, **literally)`, put together once for all pages (`pages.questions`).

    With a topic its rows are kept while the news of that are what they were; of each no more than `keep` makes of it,
    from which the page can be told as well. What stands `beside` it is asked by the same query.
    """

    def __init__(
        self,
        model: type[Row],
        params: QueryDict,
        question: Question[Row],
        *values: AskedValue,
        order: str = "-published_at",
        topic: str = "",
        keep: Callable[[Row], Any] | None = None,
        beside: AskedTogether | None = None,
        **literally: Any,
    ) -> None:
        self.question, self.values, self.literally, self.topic, self.keep = question, values, literally, topic, keep
        self.beside = beside
        super().__init__(model._default_manager.all(), params, order=order)

    def read(self, _queryset: QuerySet[Row], key: Key, number: int) -> list[Row]:
        descending = self.descending != self.backwards
        page = {"part_of": self.question, "column": self.column, "descending": descending, "number": number}
        asking = Asking(page_of, *key, *self.values, key_size=len(key), **page, **self.literally)
        ask = partial(self.beside.rows_of, asking) if self.beside else asking.rows
        if not self.topic:
            return ask()
        rows: list[Row] = []

        def keep() -> list[Any]:
            rows[:] = ask()
            return [self.keep(row) for row in rows] if self.keep else rows

        kept = _pages.get((*key, *self.values, *page.values(), *self.literally.items()), self.topic, keep)
        return rows or kept


def page_of[Row: Model](
    *values: Any, part_of: Question[Row], column: str, descending: bool, number: int, key_size: int, **literally: Any
) -> QuerySet[Row]:
    key, values = values[:key_size], values[key_size:]
    rows = part_of(*values, **literally)
    if key:  # where the list goes on tells the planner nothing that is worth a plan for each page
        field = cast("Field[Any, Any]", rows.model._meta.get_field(column))
        key = Unseen(Value(key[0], field)), key[1]
    return in_order(rows, cast("Key", key), column=column, descending=descending)[:number]


class Unseen(Func):
    """A value that the planner does not see."""

    template = "(SELECT %(expressions)s)"
    arity = 1


def in_order[Row: Model](queryset: QuerySet[Row], key: Key, *, column: str, descending: bool) -> QuerySet[Row]:
    """The rows behind the key, all for an empty one, by this column and the primary key."""
    sign = "-" if descending else ""
    if key:
        queryset = queryset.filter(beyond(column, *key, "lt" if descending else "gt"))
    return queryset.order_by(f"{sign}{column}", f"{sign}pk")


def first_of[Row: Model](querysets: Iterable[QuerySet[Row]], number: int) -> list[Row]:
    """So many rows, those of each queryset before those of the next."""
    rows: list[Row] = []
    for queryset in querysets:
        rows += queryset[: number - len(rows)] if len(rows) < number else []
    return rows


def led_by[Row](rows: Iterable[Row], is_fit: Callable[[Row], bool]) -> list[Row]:
    """These rows, but where the first is not fit to lead, the first that is does; no page but the first leads."""
    is_first, rows = getattr(rows, "is_first", True), list(rows)
    lead = next(filter(is_fit, rows), None) if is_first else None
    return rows if lead is None else [lead, *(row for row in rows if row is not lead)]


def beyond(column: str, value: datetime | str, pk: int, side: str) -> Q:
    """The rows strictly after ("gt") or before ("lt") this value and primary key."""
    past = Q(**{f"{column}__{side}": value}) | Q(**{column: value, f"pk__{side}": pk})
    # Implied by the line above, and what lets PostgreSQL start its index scan at the key.
    return past & Q(**{f"{column}__{side}e": value})


def write_key(value: object, pk: int) -> str:
    text = value.isoformat() if isinstance(value, datetime) else f"={value}"
    return urlsafe_b64encode(f"{pk}~{text}".encode()).decode().rstrip("=")


def read_key(key: str, is_moment: bool) -> tuple[datetime | str, int]:
    """The column's value and the primary key; a key that nobody was given is a page that does not exist."""
    try:
        pk, _, text = urlsafe_b64decode(key + "=" * (-len(key) % 4)).decode().partition("~")
        if not 0 < int(pk) < 2**63 or "\0" in text or is_moment == text.startswith("="):
            raise ValueError(key)
        value = datetime.fromisoformat(text).astimezone(UTC) if is_moment else text[1:]
    except (ValueError, OverflowError) as error:
        raise Http404 from error
    return value, int(pk)
