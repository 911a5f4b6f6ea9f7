"""How many things wait in each list of a queue of the desk; templates/admin/queue.html is its page."""

from collections import Counter

from django.db.models import Value

MOST_COUNTED = 100


def numbers(rows_of):
    """Of each list (`{listing: its rows}`) its word, title and how many wait, a hundred at most; in one query."""
    counts = counted({listing.word: rows for listing, rows in rows_of.items()})
    return [(listing.word, listing.title, counts[listing.word]) for listing in rows_of]


def counted(rows_of):
    """`{word: how many rows, a hundred at most}` for each `{word: rows}`; in one query."""
    words = [
        rows.order_by().annotate(word=Value(word)).values_list("word")[:MOST_COUNTED] for word, rows in rows_of.items()
    ]
    return Counter(word for (word,) in words[0].union(*words[1:], all=True))
