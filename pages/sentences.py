"""Sentences of ours that rows keep, in the language of the site, said again in the language of who reads them.

A row keeps the words that were said, since names in them change, and beside them the sentence they were made of.
"""

import re
from functools import cache
from typing import Any

from django.conf import settings
from django.utils.html import conditional_escape, format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.text import Truncator
from django.utils.translation import get_language, gettext, override

LONGEST = 150
PLACEHOLDER = re.compile(r"%\((\w+)\)s")

_in_texts: list[object] = []


class Said(str):
    """What was said, which knows its sentence; that is empty where the words are somebody else's."""

    sentence = ""


def said(sentence: object, **facts: object) -> Said:
    """The sentence of ours with these facts, as a title in the language of the site, whichever its author reads."""
    with override(settings.LANGUAGE_CODE):
        text = str(sentence)
        words = Said(Truncator(text % facts if facts else text).chars(LONGEST))
    words.sentence = text
    return words


def kept_in_texts(*sentences: Any) -> Any:
    """The first of these sentences with facts, which texts of rows hold as a line."""
    _in_texts.extend(sentences)
    return sentences[0]


def recognised(words: str, *sentences: object) -> Said:
    """Words that were kept without their sentence, as made of the one of these that they fit."""
    made = Said(words)
    with override(settings.LANGUAGE_CODE):
        made.sentence = next((text for text in map(str, sentences) if pattern_of(text).fullmatch(words)), "")
    return made


def sentence_of(words: str) -> str:
    return getattr(words, "sentence", "")


def in_words_of_reader(words: str, sentence: str = "") -> SafeString:
    """What was said as HTML, in the language of the reader; what is no sentence of ours is marked as Indonesian."""
    if get_language() == settings.LANGUAGE_CODE:
        return conditional_escape(words)
    translated = gettext(sentence) if sentence else ""
    parts = pattern_of(sentence).fullmatch(words) if translated != sentence else None
    return filled(translated, parts.groupdict()) if parts else foreign(words)


def lines_in_words_of_reader(text: str) -> SafeString:
    """The same of a text, line by line: those that are sentences of ours, with facts the ones `kept_in_texts`."""
    if get_language() == settings.LANGUAGE_CODE:
        return conditional_escape(text)
    return mark_safe("\n".join(line_in_words_of_reader(line) for line in text.splitlines()))  # each is escaped


def line_in_words_of_reader(line: str) -> SafeString:
    if not line.strip():
        return SafeString("")
    if gettext(line) != line:
        return conditional_escape(gettext(line))
    with override(settings.LANGUAGE_CODE):
        known = sorted(map(str, _in_texts), key=len, reverse=True)
    for sentence in known:
        if parts := pattern_of(sentence).fullmatch(line):
            return filled(gettext(sentence), parts.groupdict())
    return foreign(line)


def filled(translated: str, facts: dict[str, str]) -> SafeString:
    """The translation with these facts: names in the language of the site, labels of ours in that of the reader."""
    pieces = PLACEHOLDER.split(translated)  # text, name, text, name, ..., text
    pieces[::2] = map(conditional_escape, pieces[::2])
    pieces[1::2] = [fact_in_words(facts[name]) for name in pieces[1::2]]
    return mark_safe("".join(pieces))  # each is escaped


def fact_in_words(words: str) -> SafeString:
    is_label = words[:1].islower() and gettext(words) != words  # names begin with a capital letter
    return conditional_escape(gettext(words)) if is_label else foreign(words)


def foreign(words: str) -> SafeString:
    if not any(map(str.isalpha, words)):
        return conditional_escape(words)
    return format_html('<span lang="{}">{}</span>', settings.LANGUAGE_CODE, words)


@cache
def pattern_of(sentence: str) -> re.Pattern[str]:
    """What was said with this sentence, each of its facts under its name."""
    seen: set[str] = set()
    pieces = [*PLACEHOLDER.split(sentence)]
    for number in range(1, len(pieces), 2):
        name = pieces[number]
        pieces[number] = f"(?P={name})" if name in seen else f"(?P<{name}>.+?)"
        seen.add(name)
    texts = [piece if number % 2 else re.escape(piece) for number, piece in enumerate(pieces)]
    return re.compile("".join(texts), re.DOTALL)
