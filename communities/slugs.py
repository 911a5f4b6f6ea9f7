"""The URL of a KIM: its name, then with its place, then with a number; never a word that the portal has there."""

from functools import cache
from itertools import chain, count

from django.urls import URLPattern, get_resolver
from django.utils.text import slugify

SLUG = "<slug:slug>"
# Of a slug with one of these it is asked in one query for all.
FIRST_NUMBERS = range(2, 10)


@cache
def reserved_words():
    """What stands in a URL where another has the slug of a KIM: "daftar", for /ruang/kim/daftar/."""
    urls = list(routes(get_resolver().url_patterns))
    roots = {url.partition(SLUG)[0] for url in urls if SLUG in url}
    segments = {url.removeprefix(root).partition("/")[0] for root in roots for url in urls if url.startswith(root)}
    return frozenset(word for word in segments if word and "<" not in word)


def routes(patterns, before=""):
    """Every URL as urls.py writes it, without its language."""
    for pattern in patterns:
        if isinstance(pattern, URLPattern):
            yield f"{before}{pattern.pattern}"
        else:
            own = "" if hasattr(pattern.pattern, "prefix_default_language") else f"{pattern.pattern}"
            yield from routes(pattern.url_patterns, f"{before}{own}")


def free_slugs(wanted, communities):
    """`{key: slug}` of `{key: (name, seat)}`: for each the first that no KIM has, and none of the others here."""
    stems = {key: slugify(name)[:80].strip("-") or "kim" for key, (name, _seat) in wanted.items()}
    places = {key: f"{stems[key]}-{seat.slug}"[:120].strip("-") for key, (_name, seat) in wanted.items()}
    numbered = [f"{place}-{number}" for place in places.values() for number in FIRST_NUMBERS]
    looked_for = {*stems.values(), *places.values(), *numbered}
    taken = {*reserved_words(), *communities.filter(slug__in=looked_for).values_list("slug", flat=True)}

    def is_free(slug):
        return slug not in taken and (slug in looked_for or not communities.filter(slug=slug).exists())

    slugs = {}
    for key, stem in stems.items():
        more = (f"{places[key]}-{number}" for number in count(2))
        slugs[key] = next(filter(is_free, chain([stem, places[key]], more)))
        taken.add(slugs[key])
    return slugs
