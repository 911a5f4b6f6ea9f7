"""Finding posts by their words, newest first, in bounded time however common or rare the words are.

Sorting all posts that hold a common word takes seconds, and so does looking for a rare word post by post. What we do
is decided by the rarest word, of which PostgreSQL's statistics know enough:

- words of few posts: all of those posts come from the index of words (GIN) and are sorted;
- common words: the newest posts are looked at one by one, which fills a page soon, or is given up soon;
- common words that seldom meet: their posts come from the index of words, of a few weeks if there are many of them.
"""

from bisect import bisect_left
from collections import Counter
from datetime import UTC, datetime, timedelta
from functools import partial, reduce
from operator import and_
from types import SimpleNamespace
from typing import NamedTuple

from django.conf import settings
from django.db import connections
from django.utils.functional import cached_property
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from activities.found import FOUND_FACTS, FoundPost
from activities.models import Post
from activities.models.listed import led_by_truth
from pages import freshness
from pages.memory import Memory
from pages.paging import AFTER, BEFORE, PAGE_SIZE, KeysetPage, in_order
from pages.patience import within_patience
from pages.questions import asked
from pages.replicas import reading_from
from pages.words.asking import Question, Tsquery, roots_of_form
from pages.words.extracts import Sought
from pages.words.terms import WRITTEN
from regions import atlas
from regions.templatetags.places import thousands

# So many posts are fetched and sorted, or looked at one by one, in some 10 ms.
FEW, WALK = 1_000, 750
# The index goes through so many occurrences of words in some 30 ms, and through a week of two million posts in 3 ms.
EFFORT, WEEKS = 600_000, 3
LONGEST_TALLY = 8  # weeks
# To look whether the words of a phrase stand together, the post itself is needed.
PHRASE_EFFORT = 10
MANY = 1_000
# Words that may stand between those that are looked for.
BETWEEN = 2
# Statistics are of a while ago, and of posts that are not published too.
SURELY = 3

# By the index of words alone, in this process, and no longer than a person waits. To look into the words of a post
# costs a hundred times what the planner assumes.
INDEX_SETTINGS = """
    SET LOCAL statement_timeout = '{patience}';
    SET LOCAL cpu_operator_cost = 0.25;
    SET LOCAL jit = off;
    SET LOCAL max_parallel_workers_per_gather = 0;
    SET LOCAL enable_seqscan = off;
    SET LOCAL enable_indexscan = off
"""

# What PostgreSQL's statistics know of the most common words, and of how many posts there are.
STATISTICS = """
    SELECT lexeme, frequency, (SELECT greatest(reltuples, 0) FROM pg_class WHERE oid = 'activities_post'::regclass)
    FROM pg_stats, unnest(most_common_elems::text::text[], most_common_elem_freqs) AS listed (lexeme, frequency)
    WHERE schemaname = current_schema AND tablename = 'activities_post' AND attname = 'search' AND lexeme IS NOT NULL
"""
LIFETIME = 600  # seconds

_statistics = Memory(1, seconds=LIFETIME)

# The kinds of what many match, for as long as a page is kept: whatever is published meanwhile, there are as many.
MOST_COUNTED = 300
_kinds_of_many = Memory(MOST_COUNTED, seconds=freshness.MOST_SECONDS)


class Statistics(NamedTuple):
    shares: dict  # {term: share of the posts that hold it}, of the most common ones
    rare: float  # a share that no other term exceeds
    begun: list  # the words as they are written, in order, each with its share
    words: dict  # {word as it is written: share}
    posts: int
    oldest: int | None  # the edition of the oldest words, where it is not ours


def statistics():
    """What PostgreSQL knows of the words of posts, as each process last asked for it."""
    known = _statistics.get("posts")
    if known is None:
        with connections[reading_from()].cursor() as cursor:
            cursor.execute(STATISTICS)
            rows = cursor.fetchall()
        shares = {word: share for word, share, _posts in rows}
        written = sorted(term for term in shares if term.startswith(WRITTEN))
        words = {term.removeprefix(WRITTEN): shares[term] for term in written}
        posts = rows[0][-1] if rows else 0
        rare, oldest = min(shares.values(), default=0), Post.objects.oldest_edition()
        known = _statistics["posts"] = Statistics(shares, rare, written, words, posts, oldest)
    return known


class TextQuery(Question):
    """What a person typed, and how much of all posts it may find."""

    @cached_property
    def statistics(self):
        return statistics()

    @property
    def posts(self):
        return self.statistics.posts

    @cached_property
    def is_half_typed(self):
        """A last word that many people wrote stands for itself, too."""
        return super().is_half_typed and (self.is_begun or f"{WRITTEN}{self.last}" not in self.statistics.shares)

    def compared(self, *terms):
        """What a column of words is compared with, where each of these terms is in it too: mostly but a text."""
        terms = [f"({one})" for one in terms if one]
        if self.statistics.oldest != 0:
            return " & ".join([f"({self.tsquery(careful=self.statistics.oldest is not None)})", *terms])
        return reduce(and_, map(Tsquery, terms), self.expression(oldest=0))

    def share_of(self, token):
        """Of the posts with the rarest word of it, added up over its forms; 0 where that is too rare to be known."""
        own = written_terms(token.words) if token.is_phrase else token.roots
        return sum(self.share_of_all(terms) for terms in (own, *map(written_terms, token.others)))

    def share_of_all(self, terms):
        return min((self.statistics.shares.get(term, 0) for term in terms), default=1)

    def share_begun(self):
        """Of the posts with a word that begins so, added up."""
        beginning, written = f"{WRITTEN}{self.last}", self.statistics.begun
        first, end = bisect_left(written, beginning), bisect_left(written, f"{beginning}\U0010ffff")
        return sum(self.statistics.shares[term] for term in written[first:end])

    @cached_property
    def at_most(self):
        """How many posts can match: as many as hold the rarest word, added up over what "atau" stands between."""
        rarest = []
        for group in self.groups:
            shares = [self.share_of(token) for token in group if not token.is_refused]
            if self.is_half_typed:
                shares[-1] = self.share_begun() + sum(map(self.share_of_all, map(written_terms, group[-1].others)))
            rarest.append(max(min(shares), self.statistics.rare))
        return sum(rarest) * self.posts

    @property
    def at_least(self):
        """How many posts surely match, as well as the statistics know: even where words meet as seldom as they can."""
        plain = len(self.groups) == 1 and not any(token.is_refused or token.is_phrase for token in self.groups[0])
        if not plain or self.is_half_typed:
            return 0
        shares = [self.statistics.shares.get(root, 0) for token in self.wanted for root in token.roots]
        return max(0, 1 - sum(1 - share for share in shares)) * self.posts

    @property
    def is_common(self):
        """Whether a look at the newest posts may find a page of them."""
        return self.at_most * WALK > self.posts * PAGE_SIZE / 2

    @property
    def effort(self):
        """How many occurrences the index must go through to find all."""
        return self.at_most * len(self.wanted) * (PHRASE_EFFORT if self.has_phrase else 1)


def written_terms(words):
    return [f"{WRITTEN}{word}" for word in words]


def weeks(first, last):
    """The terms of the weeks between two moments, in either order."""
    first, last = sorted(moment.astimezone(UTC).date() for moment in (first, last))
    monday = first - timedelta(days=first.weekday())
    mondays = [monday + timedelta(weeks=number) for number in range((last - monday).days // 7 + 1)]
    return [f"{monday:@week%G%V}" for monday in mondays]


def posts_found(pks):
    return with_text(Post.objects.filter(pk__in=pks))


def with_text(posts):
    """What a page says of those that are still published, for a FoundPost each; models took as long as the words."""
    return posts.published().values_list(*FOUND_FACTS, "body")


def led_by_correction(posts):
    """These posts, but where a hoax came first its correction does, or else the first without a warning."""
    if posts and posts[0].is_hoax:
        corrections = with_text(Post.objects.filter(clarifies=posts[0].pk)).without_warning().newest_first()[:1]
        for lead in map(FoundPost._make, corrections):
            return [lead, *(post for post in posts if post.pk != lead.pk)]
    return led_by_truth(posts)


def found_posts(*values, of=None, names, descending, skip, number):
    """The rows that a FoundPage asks for; `names` are the conditions of the first values, the others a key."""
    posts = Post.objects.published() if of is None else of
    conditions, key = values[: len(names)], values[len(names) :]
    for name, value in zip(names, conditions, strict=True):
        value = Tsquery(value) if name in ("terms", "search") and isinstance(value, str) else value
        posts = posts.matching(value) if name == "terms" else posts.filter(**{name: value})
    rows = posts.order_by().values_list("pk", "published_at", "type", "sector", named=True)
    if descending is not None:
        rows = in_order(rows, key, column="published_at", descending=descending)
    return rows[skip : skip + number]


class FoundPage(KeysetPage):
    """A page of the published posts that match, newest first: their keys. `facets` are what all of them are besides.

    `posts` is a queryset, or conditions of published posts as `{name: value}`.

    `total` is how many match in all, up to MANY, or None where nobody counted. `matches` are those of them that were
    read to count them, each with its type and sector: all, where there are fewer than MANY. When `is_cut`, the page
    has what was found so far, perhaps nothing, and its link to older posts goes on from there.
    """

    def __init__(self, posts, query, params, *, facets=()):
        self.narrowed = posts
        if query.refused:  # what a minus is before is found by no name of a place or a KIM either
            rows = Post.objects.published().filter(**posts) if isinstance(posts, dict) else posts
            self.narrowed = rows.without_refused(query)
        self.query, self.total, self.is_cut, self.looked_until = query, None, False, None
        self.matches, self.facets = (), facets
        super().__init__(Post.objects.all(), params)
        if self.looked_until and self.backwards:
            self.newer = self._query(BEFORE, self.looked_until)
        elif self.looked_until:
            self.older = self._query(AFTER, self.looked_until)

    def read(self, _posts, key, number):
        self.key = key
        if self.query.at_most <= FEW:
            return self.from_all(number)
        if self.query.is_common:
            found, is_all = self.walk(number)
            if is_all:
                return found
            if not found and self.query.effort <= EFFORT:
                return self.from_all(number)  # they hardly ever meet
        first = next(iter(self.ask(1)), None)
        if first is None:
            return []
        last = first.published_at + timedelta(weeks=WEEKS if self.backwards else -WEEKS)
        found = self.from_index(weeks(first.published_at, last), until=last)
        if len(found) >= number:
            return found[:number]
        if self.query.effort <= EFFORT:
            return self.from_all(number)
        self.stop(last)
        return found

    def ask(self, number, *, skip=0, until=None, finding=(), is_counted=False):
        """So many posts behind the key, the nearest first; `finding` is `((column of words, expression), ...)`.

        Narrowed by conditions alone, the question is put together once for all of them.
        """
        conditions = self.narrowed if isinstance(self.narrowed, dict) else {}
        if until:
            finding = (("published_at__lte" if self.backwards else "published_at__gte", until), *finding)
        names, values = zip(*conditions.items(), *finding, strict=True) if conditions or finding else ((), ())
        key = () if is_counted else self.key
        how = {"names": names, "descending": None if is_counted else not self.backwards, "skip": skip, "number": number}
        if self.narrowed is conditions and all(isinstance(value, str | int | datetime) for value in values):
            return asked(found_posts, *values, *key, **how)
        posts = Post.objects.published() if self.narrowed is conditions else self.narrowed
        return list(found_posts(*values, *key, of=posts, **how))

    @cached_property
    def count(self):
        """How many match, in words; nobody counts more than MANY, and nobody counts for a later page."""
        if self.total is None and self.is_first and not self.is_cut:
            self.total = MANY if self.known_kinds else self.tally()
        if self.total is None:
            return ""
        return f"{thousands(MANY)}+" if self.is_many else self.total

    @property
    def is_many(self):
        return self.total is not None and self.total >= MANY

    @cached_property
    def searched_by(self):
        """All that says what is found, where that is no queryset and counts may be kept."""
        if not settings.CARD_STORE or not isinstance(self.narrowed, dict):
            return None
        return self.query.tsquery(careful=True), tuple(self.facets), tuple(self.narrowed.items())

    @cached_property
    def known_kinds(self):
        return _kinds_of_many.get(self.searched_by) if self.searched_by and self.items else None

    @cached_property
    def kinds(self):
        """`({type: number}, {key of a sector: number})` of those that were counted: of many `at_least` as many."""
        count = self.count
        if self.known_kinds:
            return self.known_kinds
        rows = self.matches if count else ()
        kinds = Counter(row.type for row in rows), Counter(row.sector for row in rows)
        if self.is_many and self.searched_by:
            _kinds_of_many[self.searched_by] = kinds
        return kinds

    def at_least(self, number):
        """In words how many of a kind match, where so many of them were counted."""
        return number if len(self.matches) == self.count else f"{thousands(number)}+"

    @cached_property
    def newest(self):
        """The FoundPosts of the page, as they were published."""
        rows = asked(posts_found, [row.pk for row in self]) if self.items else []
        found = {post.pk: post for post in map(FoundPost._make, rows)}
        # A post that was hidden meanwhile is shown no more.
        return [found[row.pk] for row in self if row.pk in found]

    @cached_property
    def fitting(self):
        """Those with the words side by side, where the page has all that match; of many the newest lead."""
        wanted = self.query.together if self.total == len(self) else []
        reach = sum(max(map(len, forms)) for forms in wanted) + BETWEEN
        return [post for post in self.newest if wanted and post.says_together(self.sought, wanted, reach)]

    @property
    def is_led_by_fit(self):
        return 0 < len(self.fitting) < len(self.newest)

    @cached_property
    def posts(self):
        """The same, led by what fits and by what is true."""
        others = [post for post in self.newest if post not in self.fitting]
        return led_by_correction([*self.fitting, *others])

    @cached_property
    def sought(self):
        return Sought(self.query.roots, beginning=self.query.beginning)

    def sought_in(self, post):
        """What is marked in a post: of a long form, as "bantuan sosial" for "bansos", no word that stands alone."""
        forms = self.query.long_forms
        if not forms:
            return self.sought
        roots = self.query.plain_roots.union(*(roots_of_form(form) for form in forms if self.is_said(form, post)))
        return self.soughts.setdefault(frozenset(roots), Sought(roots, beginning=self.query.beginning))

    def is_said(self, form, post):
        return post.says_together(self.sought, [[roots_of_form(form)]], len(form))

    @cached_property
    def soughts(self):
        return {frozenset(self.query.roots): self.sought}

    @property
    def posts_html(self):
        """The items of a list of its posts, the words found marked in title and extract."""
        places, language = atlas.places({post.place for post in self.posts}), get_language()
        items = (post.html(places[post.place], self.sought_in(post), language) for post in self.posts)
        return SafeString("".join(items))

    def walk(self, number):
        """`(found, is_all)`: those among the next posts that fill a page; whether no others are needed."""
        last = next(iter(self.ask(1, skip=WALK - 1)), None)
        found = self.ask(number, until=last and last.published_at, finding=[("search", self.query.compared())])
        if last is None and self.is_first and len(found) < number:
            self.total, self.matches = len(found), found
        return found, last is None or len(found) == number

    def from_all(self, number):
        found = self.from_index()
        if self.is_first and not self.is_cut:
            self.total, self.matches = len(found), found
        return found[:number]

    def from_index(self, weeks=(), **how):
        """At most MANY; none after too long."""
        found = self.look_up(weeks, **how)
        self.is_cut = self.is_cut or found is None
        return found or []

    def look_up(self, weeks=(), **how):
        expression = self.query.compared(*self.facets, " | ".join(f"'{week}'" for week in weeks))
        ask = partial(self.ask, MANY, finding=[("terms", expression)], **how)
        return within_patience(ask, INDEX_SETTINGS, otherwise=None)

    def tally(self):
        """How many match, up to MANY; None when it would take too long to tell.

        The page says how far back so many lie, if they lie as close as its own; to count them, nothing is sorted.
        Of what surely are more, those of the weeks of the page are read, for their kinds alone.
        """
        if not self.items:
            return 0
        is_sure = self.narrowed == {} and self.query.at_least >= SURELY * MANY
        newest, oldest = self.items[0].published_at, self.items[-1].published_at
        some = weeks(newest, oldest if is_sure else newest - (newest - oldest) * (1.5 * MANY / len(self)))
        is_short = not self.query.has_phrase and len(some) <= LONGEST_TALLY
        if (is_short and self.number_of(some) == MANY) or is_sure:
            return MANY
        return self.number_of() if self.query.effort <= EFFORT else None

    def number_of(self, weeks=()):
        found = self.look_up(weeks, is_counted=True)
        if found is None:
            return None
        self.matches = found
        return len(found)

    def stop(self, moment):
        """Go on from here on the page after this one."""
        self.is_cut = True
        self.looked_until = SimpleNamespace(published_at=moment, pk=2**63 - 1 if self.backwards else 1)
