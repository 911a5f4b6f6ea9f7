"""How many words find their other forms, by PostgreSQL's stems and by ours: `python -m bench.search --tier S`.

Pairs are lines of kind, word and word, between tabs: `same` and `spelling` ought to find each other both ways, `apart`
must not. The last two columns tell what it takes to make the words of a post: of the first posts, and once the process
knows most words. Then what searches ask of the database, those that somebody makes to do harm among them.
"""

import argparse
import csv
import time
from pathlib import Path
from urllib.parse import urlencode

from bench.environment import production

PAIRS = Path(__file__).parents[2] / "shared" / "cases" / "search_pairs.tsv"
POSTS = 1_000
ASKED = {
    "common": "warga", "two common": "warga desa", "rare": "difteri", "phrase": '"gotong royong"',
    "half typed": "posyan", "mistyped": "posyndu", "in no post": "helikopter traktor", "10,000 letters": "a" * 10_000,
    "100 letters": "a" * 100, "only stop words": "di ke dari yang dan untuk", "only signs": "' : & | ! ( ) <-> *",
    "single letters": "a b " * 25, "either": "warga atau desa atau kegiatan atau tidak", "begun": "men",
    "refused": "warga -desa -rapat -banjir", "English": "the quick brown fox of the village",
    "Javanese": "sugeng rawuh sedoyo warga",
}  # fmt: skip
TURNS = 3
BY_POSTGRESQL = """
    SELECT to_tsvector('indonesian', text) @@ websearch_to_tsquery('indonesian', asked)
    FROM unnest(%s::text[], %s::text[]) WITH ORDINALITY AS pair (asked, text, number) ORDER BY number
"""


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--tier", help="S, M, L or XL; without it, the database of DATABASE_URL itself")
    parser.add_argument("--pairs", type=Path, default=PAIRS)
    parser.add_argument("--missed", action="store_true", help="name the pairs that are missed or joined as well")
    options = parser.parse_args()
    with options.pairs.open(newline="") as file:
        rows = [(row["kind"], row["a"], row["b"]) for row in csv.DictReader(file, delimiter="\t")]
    with production(options.tier):
        print("| words by | found | joined though apart | first ms | then ms |\n|---|---:|---:|---:|---:|")
        print_row("PostgreSQL's indonesian", rows, by_postgresql, options.missed)
        print_row("pages.words", rows, by_roots, options.missed, *pace())
        print("\n| asked | found | database ms | queries |\n|---|---:|---:|---:|")
        for name, text in ASKED.items():
            print_search(name, text)


def print_row(name, rows, find, names_them, first="", then=""):
    """`find([(asked, text), ...])` says of each whether it is found."""
    same = [(a, b) for kind, a, b in rows if kind != "apart"]
    directed = same + [(b, a) for a, b in same]
    apart = [(a, b) for kind, a, b in rows if kind == "apart"]
    found = list(find(directed))
    joined = [one or other for one, other in zip(find(apart), find([(b, a) for a, b in apart]), strict=True)]
    print(f"| {name} | {share(found)} | {share(joined)} | {first} | {then} |", flush=True)
    if names_them:
        missed = [f"{asked} > {text}" for (asked, text), is_found in zip(directed, found, strict=True) if not is_found]
        print("missed:", *missed, sep="\n  ")
        both = [f"{a} = {b}" for (a, b), is_joined in zip(apart, joined, strict=True) if is_joined]
        print("joined:", *both, sep="\n  ")


def print_search(name, text):
    """The page of one search, as far as it is asked of the database; the quickest of some turns."""
    from django.db import connection
    from django.http import QueryDict

    from kimportal.search import Search, found_in_time

    def look():
        search = Search(QueryDict(urlencode({"q": text}), encoding="utf-8"))
        found = search.page
        return search.named and found and (len(found.posts), found.count, search.instead)

    spent = []
    for _turn in range(TURNS):
        watch = Stopwatch()
        with connection.execute_wrapper(watch):
            found = found_in_time(look)
        spent.append((watch.seconds * 1_000, watch.number))
    ms, number = min(spent)
    print(f"| {name} | {found[1] if found else ''} | {ms:.1f} | {number} |", flush=True)


class Stopwatch:
    seconds = number = 0

    def __call__(self, execute, *arguments):
        start = time.perf_counter()
        try:
            return execute(*arguments)
        finally:
            self.seconds, self.number = self.seconds + time.perf_counter() - start, self.number + 1


def share(answers):
    return f"{100 * sum(answers) / len(answers):.1f} %" if answers else ""


def by_postgresql(pairs):
    from django.db import connection

    with connection.cursor() as cursor:
        cursor.execute(BY_POSTGRESQL, [[asked for asked, _text in pairs], [text for _asked, text in pairs]])
        return [is_found for (is_found,) in cursor.fetchall()]


def by_roots(pairs):
    from pages.words import roots_of_text

    return [set(roots_of_text(asked)) <= set(roots_of_text(text)) for asked, text in pairs]


def pace():
    """`(ms, ms)` of a post: of the first hundred in this process, and of all when they are asked for once more."""
    from activities.models import Post
    from pages.words import read
    from pages.words.roots import roots_of
    from pages.words.terms import terms_of

    posts = list(Post.objects.published().order_by("pk").values_list("title", "summary", "body")[:POSTS])
    if not posts:
        return "", ""
    read.cache_clear()
    roots_of.cache_clear()
    return tuple(f"{milliseconds_of(terms_of, some):.2f}" for some in (posts[:100], posts))


def milliseconds_of(terms_of, posts):
    start = time.process_time()
    for title, summary, body in posts:
        terms_of(title, summary, body)
    return (time.process_time() - start) * 1_000 / len(posts)


if __name__ == "__main__":
    main()
