"""Which posts: those out, those waiting, events by their days, and all that a card, a page or a calendar shows."""

from collections import Counter
from datetime import timedelta

from django.contrib.postgres.search import SearchVectorField
from django.db import models
from django.db.backends.postgresql.psycopg_any import DateRange
from django.db.models import Count, Exists, F, OuterRef, Q, Subquery, Sum
from django.db.models.functions import Coalesce
from django.utils import timezone

from accounts.models import Webhook
from activities.models.access import PostAccess
from communities.models import Community, Membership
from pages import freshness
from pages.questions import asked
from pages.words.searched import SearchedQuerySet
from regions.atlas import FROM_ATLAS
from regions.clocks import begins_everywhere, begins_somewhere, earliest_day, latest_day
from regions.placed import PlacedQuerySet

PUBLISHED = Q(status="published")
AGENDA = PUBLISHED & Q(type="agenda")
NEWEST = ["-published_at", "-id"]

# By what the card of a post is known: when any of these changes, a card made before is stale.
CARD_VERSION = [
    *["pk", "updated_at", "published_at", "starts_at", "over_at", "lead_photo"],
    *["community", "regency", "community__name"],
    *["is_hoax", "is_recalled"],  # by which it may lead a list
]
# What else it is made of, in the order of `activities.cards.ListedPost`.
CARD_FACTS = [
    *["type", "slug", "title", "days", "venue"],
    *["place", "sector__slug", "sector__name"],
    *["lead_photo__uuid", "lead_photo__alt", "lead_photo__is_hidden"],
]

# Of the newest that stand for the whole country; chosen among so many, so that a busy KIM is passed over.
MOST_OF_KIM, MOST_OF_REGENCY, READ_AHEAD = 2, 4, 200

# The words of a post with its week, region, sector and type as words of their own: `@week202643`, `@berita`.
TERMS = models.Func(
    *("search", "published_at", "province", "regency", "district", "sector", "type"),
    function="post_terms",
    output_field=SearchVectorField(),
)


# Of one thing that waits; a post of which several wait is found as often, unless it is asked for by key.
WITH_WAITING_CHANGE = Q(revisions__status="waiting")
REPORTED = Q(flagged_items__isnull=False, flagged_items__decided_at=None)
CONTESTED = Q(reviews__appeal__isnull=False, reviews__appeal__decided_at=None)


def newest_of_whom(*, of):
    newest = of.objects.published().without_warning().newest_first()
    return newest.values_list("pk", "community", "regency")[:READ_AHEAD]


def card_rows_of(pks, *, of):
    return of.objects.published().newest_first().card_rows().filter(pk__in=pks)


def days_of_now():
    """The days that it is now, somewhere in the country."""
    return DateRange(earliest_day(), latest_day(), "[]")


class PostQuerySet(PostAccess, SearchedQuerySet, PlacedQuerySet):
    def published(self):
        return self.filter(PUBLISHED)

    def without_warning(self):
        """What we carry to readers ourselves; a hoax, or what was recalled, stays only where it was."""
        return self.filter(is_hoax=False, is_recalled=False)

    def take_back(self):
        """What carries on a bulletin that was recalled says so from now on, wherever it is shown."""
        self.update(is_recalled=True, updated_at=timezone.now())
        # Afterwards: one that was just being published is among them.
        shown = self.published().values_list("pk", "place__code", "community__slug")
        topics = {topic for pk, place, kim in shown for topic in (f"post-{pk}", place, f"kim-{kim}")}
        if topics:
            freshness.changed(*topics)
            rows = self.published().select_related("place")
            Webhook.objects.note("post.corrected", *((post.pk, post.place) for post in rows))

    def events(self):
        return self.filter(type=self.model.Type.AGENDA)

    def running(self, now=None, days=None):
        """Events that began and are not over; the one that is over first comes first. `days`: all that it is now."""
        now = now or timezone.now()
        on = self.events().filter(starts_at__lte=now, over_at__gt=now)
        # Follows from the line above, and is what the index of days can find.
        return on.filter(days__overlap=days or days_of_now()).order_by("over_at", "pk")

    def coming(self, now=None):
        """Events that have not begun, the next one first."""
        return self.events().filter(starts_at__gt=now or timezone.now()).order_by("starts_at", "pk")

    def over(self):
        """Events that have been, the last one first."""
        return self.events().filter(over_at__lte=timezone.now()).order_by("-over_at", "-pk")

    def starting(self, first=None, end=None):
        """Events that start on the day `first` or later, before the day `end`, as each place counts its days."""
        started = self.events()
        if first:
            started = started.filter(starts_at__gte=begins_somewhere(first), days__startswith__gte=first)
        if end:
            started = started.filter(starts_at__lt=begins_everywhere(end), days__startswith__lt=end)
        return started

    def touching(self, first, end):
        """Events of which a day lies between these, the second left out, as each place counts its days."""
        return self.events().filter(days__overlap=DateRange(first, end))

    def running_into(self, day):
        """Events that began before this day and go on; the one that is over first comes first."""
        night = DateRange(day - timedelta(days=1), day + timedelta(days=1))
        return self.events().filter(days__contains=night).order_by("over_at", "pk")

    def for_events(self):
        """What a calendar tells: when, where, by whom."""
        return self.select_related("community").fetch_mode(FROM_ATLAS).defer("body", "search")

    def newest_first(self):
        return self.order_by("-published_at", "-pk")

    def newest_of_many(self, number):
        """The rows of cards of the newest so many published, at most so many of a KIM and of a regency.

        They are chosen among the newest READ_AHEAD: where few KIMs wrote those, there are fewer.
        """
        chosen, of_kim, of_regency = [], Counter(), Counter()
        for pk, kim, regency in asked(newest_of_whom, of=self.model):
            if of_kim[kim] < MOST_OF_KIM and of_regency[regency] < MOST_OF_REGENCY:
                chosen.append(pk)
                of_kim[kim] += 1
                of_regency[regency] += regency is not None  # of a whole province
            if len(chosen) == number:
                break
        return asked(card_rows_of, chosen, of=self.model) if chosen else []

    def waiting(self):
        """Sent in and read by the chair where the KIM wants it; the longest wait first."""
        return self.filter(status__in=self.model.WAITING).order_by("created_at", "pk")

    def with_waiting_change(self):
        return self._that_have(WITH_WAITING_CHANGE)

    def reported(self):
        """Those of which somebody reported something that nobody decided yet."""
        return self._that_have(REPORTED)

    def contested(self):
        """Those of which a decision is contested and no other officer decided yet."""
        return self._that_have(CONTESTED)

    def _that_have(self, condition):
        # By key, so that a post of which two things wait is there once.
        return self.filter(pk__in=self.model.objects.filter(condition).values("pk"))

    def without_a_reader(self):
        """Waiting for a chair who wrote it, or where there is no chair any more."""
        chairs = Membership.objects.current().filter(
            community=OuterRef("community"), user__isnull=False, positions__role="ketua", positions__ends_on=None
        )
        own = chairs.filter(user=OuterRef("author"))
        return self.filter(status=self.model.Status.CHAIR_REVIEW).filter(Exists(own) | ~Exists(chairs))

    def due(self):
        """Scheduled, and its hour is there; the earliest first."""
        scheduled = self.filter(status=self.model.Status.SCHEDULED, publish_at__lte=timezone.now())
        return scheduled.order_by("publish_at", "pk")

    def unreviewed(self):
        """Published by a trusted KIM, and seen by no officer yet."""
        return self.published().filter(reviewed_at=None).order_by("published_at", "pk")

    def for_cards(self):
        """All that a card shows: the KIM, the sector, the place with its regency, the lead photo."""
        return self.select_related("community", "sector", "lead_photo").fetch_mode(FROM_ATLAS).defer("body", "search")

    def adaptations(self):
        """What KIM made of posts of others, published: of each post each KIM counts once, by the first."""
        published = self.model.objects.published()
        earlier = published.filter(origin=OuterRef("origin"), community=OuterRef("community"), pk__lt=OuterRef("pk"))
        taken = self.published().filter(origin__isnull=False).exclude(community=F("origin__community"))
        return taken.exclude(Exists(earlier))

    def with_reads(self, *, days=None):
        """How often each was read, as `reads`: in all, or in so many days with today."""
        rows = self.model.reads_by_day.rel.related_model.objects.filter(post=OuterRef("pk"))
        if days:
            rows = rows.filter(day__gt=timezone.localdate() - timedelta(days=days))
        total = rows.order_by().values("post").annotate(total=Sum("number")).values("total")
        return self.annotate(reads=Coalesce(Subquery(total), 0))

    def most_read(self, *, days=7):
        """Those that were read in so many days with today, the most read first, with `reads`."""
        since = timezone.localdate() - timedelta(days=days)
        read = self.filter(reads_by_day__day__gt=since).annotate(reads=Sum("reads_by_day__number"))
        return read.order_by("-reads", *NEWEST)

    def most_read_in(self, region):
        """The most read of the week in a country, a province or a regency, as of the last hour; see `MostRead`."""
        return self.filter(most_read_rows__region=region).order_by("most_read_rows__rank")

    def card_rows(self):
        """For each post what its card is made of; making three models for each took as long as the rest of it."""
        return self.values_list(*CARD_VERSION, *CARD_FACTS, named=True)

    def with_thanks(self):
        """How many phones said thanks, as `thanks_number`."""
        rows = self.model.thanks.rel.related_model.objects.filter(post=OuterRef("pk"))
        total = rows.order_by().values("post").annotate(total=Count("pk")).values("total")
        return self.annotate(thanks_number=Coalesce(Subquery(total), 0))

    def for_page(self):
        """All that a post's own page shows of other tables, but its photos."""
        return self.select_related("community", "sector", "lead_photo").fetch_mode(FROM_ATLAS).defer("search")

    def called(self, words):
        """The same where its KIM has that name."""
        return super().called(words) | Q(community__in=Community.objects.bearing(words).values("pk"))

    def matching(self, expression):
        """Those that an index of words finds for a `SearchQuery(...)`."""
        return self.alias(terms=TERMS).filter(terms=expression)
