"""What a process remembers: up to a limit, and where it says so for a time."""

import time
from collections import OrderedDict
from collections.abc import Callable
from threading import Lock
from typing import Protocol, overload


class Clearable(Protocol):
    def clear(self) -> None: ...


_forgettable: list[Clearable] = []


def forgettable[C: Clearable](container: C) -> C:
    """The container, which `forget_everything` empties from now on."""
    _forgettable.append(container)
    return container


class Memory[Key, Value]:
    """A mapping that holds at most `most` in all, each value counting `size(value)`; safe between threads.

    What was not asked for longest is forgotten first, and every value once it is `seconds` old. Without `of_rows` no
    value says anything of rows, so that nothing else makes it old.
    """

    def __init__(
        self,
        most: int,
        *,
        seconds: float | None = None,
        size: Callable[[Value], int] = lambda value: 1,
        of_rows: bool = True,
    ) -> None:
        self.most, self.seconds, self.size = most, seconds, size
        self._values: OrderedDict[Key, tuple[float, Value]] = OrderedDict()
        self._held, self._lock = 0, Lock()
        if of_rows:
            forgettable(self)

    def __len__(self) -> int:
        return len(self._values)

    def __contains__(self, key: Key) -> bool:
        with self._lock:
            return key in self._values and not self._is_old(self._values[key][0])

    @overload
    def get(self, key: Key) -> Value | None: ...
    @overload
    def get[Other](self, key: Key, default: Other) -> Value | Other: ...
    def get(self, key, default=None):
        with self._lock:
            written, value = self._values.get(key, (0, default))
            if key not in self._values or self._is_old(written):
                return default
            self._values.move_to_end(key)
            return value

    def __setitem__(self, key: Key, value: Value) -> None:
        with self._lock:
            if key in self._values:
                self._held -= self.size(self._values.pop(key)[1])
            self._values[key] = time.monotonic(), value
            self._held += self.size(value)
            while self._held > self.most:
                _written, oldest = self._values.popitem(last=False)[1]
                self._held -= self.size(oldest)

    def _is_old(self, written: float) -> bool:
        return self.seconds is not None and written + self.seconds < time.monotonic()

    def clear(self) -> None:
        with self._lock:
            self._values.clear()
            self._held = 0


def forget_everything() -> None:
    """Of rows, as in a process that has just begun; for tests, whose rows change behind the portal's back."""
    for container in _forgettable:
        container.clear()
