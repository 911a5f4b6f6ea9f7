"""What a process remembers, up to a limit; what was not asked for longest is forgotten first."""

from collections import OrderedDict
from threading import Lock


class LeastRecentlyUsed:
    """A mapping that holds at most `most` in all, each value counting `size(value)`; safe between threads."""

    def __init__(self, most, size=lambda value: 1):
        self.most, self.size = most, size
        self._values, self._held, self._lock = OrderedDict(), 0, Lock()

    def __len__(self):
        return len(self._values)

    def get(self, key, default=None):
        with self._lock:
            if key not in self._values:
                return default
            self._values.move_to_end(key)
            return self._values[key]

    def __setitem__(self, key, value):
        with self._lock:
            if key in self._values:
                self._held -= self.size(self._values.pop(key))
            self._values[key] = value
            self._held += self.size(value)
            while self._held > self.most:
                self._held -= self.size(self._values.popitem(last=False)[1])

    def clear(self):
        with self._lock:
            self._values.clear()
            self._held = 0
