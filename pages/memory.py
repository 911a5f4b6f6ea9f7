"""What a process remembers: up to a limit, and where it says so for a time."""

import time
from collections import OrderedDict
from threading import Lock

_forgettable = []


def forgettable(container):
    """The container, which `forget_everything` empties from now on."""
    _forgettable.append(container)
    return container


class Memory:
    """A mapping that holds at most `most` in all, each value counting `size(value)`; safe between threads.

    What was not asked for longest is forgotten first, and every value once it is `seconds` old.
    """

    def __init__(self, most, *, seconds=None, size=lambda value: 1):
        self.most, self.seconds, self.size = most, seconds, size
        self._values, self._held, self._lock = OrderedDict(), 0, Lock()
        forgettable(self)

    def __len__(self):
        return len(self._values)

    def __contains__(self, key):
        return self.get(key, self) is not self

    def get(self, key, default=None):
        with self._lock:
            written, value = self._values.get(key, (0, default))
            if key not in self._values or self._is_old(written):
                return default
            self._values.move_to_end(key)
            return value

    def __setitem__(self, key, value):
        with self._lock:
            if key in self._values:
                self._held -= self.size(self._values.pop(key)[1])
            self._values[key] = time.monotonic(), value
            self._held += self.size(value)
            while self._held > self.most:
                _written, oldest = self._values.popitem(last=False)[1]
                self._held -= self.size(oldest)

    def _is_old(self, written):
        return self.seconds is not None and written + self.seconds < time.monotonic()

    def clear(self):
        with self._lock:
            self._values.clear()
            self._held = 0


def forget_everything():
    """As in a process that has just begun; for tests, whose rows change behind the portal's back."""
    for container in _forgettable:
        container.clear()
