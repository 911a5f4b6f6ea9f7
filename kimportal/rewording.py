"""What else to look for when words find nothing: the beginning of a word, or what somebody meant who mistyped one."""

from typing import NamedTuple

from activities.searching import TextQuery
from pages.words import words_of_text
from pages.words.slips import instead_of, meant_by
from regions.called import place_by_short_name

MOST_TRIED = 3
MOST_LEFT_OUT = 5  # of so many words one is left out; of longer questions each alone tells more
LONGEST = 6  # letters of what is written in capitals and may be an abbreviation


class Rewording(NamedTuple):
    query: TextQuery
    text: str  # what it looks for, in words
    exact: str = ""  # how to look for what was typed and nothing else; empty where it is no other word


def rewordings(query, names, is_written):
    """Other ways to ask, the likeliest first; `names` are of places and KIM like it, the nearest first.

    What stands in capitals among others, such as "iuran BPJSTK", is an abbreviation where it `is_written(word)` at all.
    """
    if query.last and not query.is_half_typed:
        yield Rewording(TextQuery(query.text, is_begun=True), query.text)
    names, shares = [{*words_of_text(name)} for name in names], query.statistics.words
    meant = {token: other_words(token.words[0], names, shares) for token in query.single_words}
    meant = {
        token: others
        for token, others in meant.items()
        if others and not (in_capitals(token) and is_written(token.typed))
    }
    for number in range(max(map(len, meant.values()), default=0)):
        text, exact = instead_of(
            query, {token: others[min(number, len(others) - 1)] for token, others in meant.items()}
        )
        if reworded := TextQuery(text):  # "atau" is no word to look for
            yield Rewording(reworded, text, exact)


def in_capitals(token):
    return token.typed.isupper() and len(token.typed) <= LONGEST


def other_words(word, names, shares):
    """What to look for instead of a word: the whole name of a place for its short one, else what was meant by it."""
    place = word not in shares and place_by_short_name(word)
    return [place.name] if place else meant_by(word, names=names, shares=shares)[:MOST_TRIED]


def parts(query):
    """Its words one by one, where there are several."""
    plain = [token for token in query.wanted if not token.is_phrase]
    return [bare(token.typed) for token in plain[:MOST_TRIED]] if len(query.wanted) > 1 else []


def without_one(query):
    """What else it asks where one of its words is left out, first the word that most people wrote."""
    wanted = query.wanted
    if len(query.groups) != 1 or not 2 < len(wanted) <= MOST_LEFT_OUT:
        return []
    common = sorted(wanted, key=query.share_of, reverse=True)[:MOST_TRIED]
    return [" ".join(bare(other.typed) for other in query.groups[0] if other is not token) for token in common]


def bare(typed):
    """Without the signs that a sentence has between its words."""
    return typed.strip(",.;:!?")
