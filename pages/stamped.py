"""What a process keeps while the news of a topic are what they were: parts of pages, and what lists begin with."""

from collections.abc import Callable

from django.conf import settings

from pages import freshness
from pages.memory import Memory


class Stamped[Key, Value]:
    """Keeps at most `most` in all, each value counting `size(value)`; nothing where CARD_STORE is off."""

    def __init__(self, most: int, *, size: Callable[[Value], int] = lambda value: 1) -> None:
        self._kept: Memory[Key, tuple[str, Value]] = Memory(
            most, seconds=freshness.MOST_SECONDS, size=lambda kept: size(kept[1])
        )

    def get(self, key: Key, topic: str, make: Callable[[], Value]) -> Value:
        """The value of a key, made anew once something changed of the topic; the topic "" never does."""
        if not settings.CARD_STORE:
            return make()
        # Before anything is read: what changes meanwhile makes the value old at once.
        stamp = freshness.stamp(topic) if topic else ""
        kept = self._kept.get(key)
        if kept is None or kept[0] != stamp:
            kept = self._kept[key] = stamp, make()
        return kept[1]
