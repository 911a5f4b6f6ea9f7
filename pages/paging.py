"""Pages by key: the next page begins after the last row seen, so any depth costs the same and nothing is counted."""

from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable, Iterator
from datetime import UTC, datetime
from typing import Any, cast

from django.core.exceptions import ValidationError
from django.db.models import DateTimeField, Field, Model, Q, QuerySet
from django.http import Http404, QueryDict

PAGE_SIZE = 18
AFTER, BEFORE = "sesudah", "sebelum"


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
        queryset = queryset.order_by(*self._ordering(reverse=backwards))
        if key:
            side = "lt" if self.descending != backwards else "gt"
            queryset = queryset.filter(beyond(self.column, *self._read(key), side))
        self.is_first = not key
        rows = self.fetch(queryset, size + 1)
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

    def _ordering(self, reverse: bool) -> tuple[str, str]:
        sign = "-" if self.descending != reverse else ""
        return f"{sign}{self.column}", f"{sign}pk"

    def _query(self, name: str, row: Row) -> str:
        query = self.params.copy()
        for parameter in (self.AFTER, self.BEFORE):
            query.pop(parameter, None)
        query[name] = write_key(getattr(row, self.column), row.pk)
        return f"?{query.urlencode()}"


def first_of[Row: Model](querysets: Iterable[QuerySet[Row]], number: int) -> list[Row]:
    """So many rows, those of each queryset before those of the next."""
    rows: list[Row] = []
    for queryset in querysets:
        rows += queryset[: number - len(rows)] if len(rows) < number else []
    return rows


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
