"""How many words find their other forms, by PostgreSQL's stems and by ours: `python -m bench.search --tier S`.

Pairs are lines of kind, word and word, between tabs: `same` and `spelling` ought to find each other both ways, `apart`
must not. The last two columns tell what it takes to make the words of a post: of the first posts, and once the process
knows most words.
"""

import argparse
import csv
import time
from pathlib import Path

from bench.environment import production

PAIRS = Path(__file__).parents[2] / "shared" / "cases" / "search_pairs.tsv"
POSTS = 1_000
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
