"""Which KIM: by name, by place, by what they need, and by who may see or decide them; and what a new one is called."""

from functools import reduce
from operator import or_

from django.contrib.postgres.search import TrigramSimilarity
from django.db import models, transaction
from django.db.models import BooleanField, ExpressionWrapper, F, Func, OuterRef, Q, Value
from django.db.models.functions import Coalesce, Length, Lower

from accounts.models import OfficerAssignment, PendingDecision, User
from communities.duties import VERIFICATION
from communities.models.vocabulary import PartnerKind
from communities.slugs import free_slugs
from pages.words import words_of_text
from pages.words.asking import Question, Token, Tsquery, wanted_text
from pages.words.searched import SearchedQuerySet
from pages.words.slips import meant_by
from pages.words.stop_words import STOP_WORDS
from pages.words.terms import WRITTEN
from regions.atlas import FROM_ATLAS
from regions.finding import may_resemble
from regions.models import Region
from regions.placed import PlacedQuerySet
from regions.terms import plain

# Of a word that is in thousands of names it is enough to compare some.

MOST_COMPARED = 400
MOST_SUGGESTED = 6
MOST_MEANT = 6  # words for one that was mistyped

CARD_COLUMNS = [
    *["pk", "updated_at", "name", "slug", "status", "seat"],
    *["is_imported", "confirmed_at", "post_count", "last_post_at"],
]


def words_of_name(text):
    """The words typed of a name; that it is a KIM tells nothing, nor does "yang", unless there is no other word."""
    words = [word for word in plain(text[:100]).split()[:10] if word != "kim"]
    return [word for word in words if word not in STOP_WORDS] or words


def forms_of(word):
    """The `tsquery` of the names that have a word in any form."""
    return Token(tuple(words_of_text(word))).terms(careful=True) or f"'{WRITTEN}{word}'"


def forms_meant(word, names=()):
    """The same where it may have been mistyped: also of the words that are one slip away; `names` as in `meant_by`."""
    return " | ".join(f"({forms_of(meant)})" for meant in [word, *meant_by(word, names=names)[:MOST_MEANT]])


class CommunityQuerySet(SearchedQuerySet, PlacedQuerySet):
    def public(self):
        """Verified at least once: the KIMs that everyone may see."""
        return self.filter(status__in=self.model.PUBLIC_STATUSES)

    def registered(self):
        """Verified and still standing: what "how many KIM are there" means."""
        return self.filter(status__in=self.model.STANDING_STATUSES)

    def taking_aspirations_of(self, place):
        """The KIMs of a place, or of what it lies in up to its regency, with a board; the nearest first."""
        around = [area for area in [place, *place.ancestors] if area.level >= Region.Level.REGENCY]
        kim = self.registered().filter(partner_kind__slug="kim", seat__in=around)
        looked_after = Q(positions__ends_on=None, memberships__status="current", memberships__user__isnull=False)
        looked_after &= Q(positions__membership=F("memberships__pk"))
        return kim.filter(looked_after).distinct().order_by("-seat__level", "-post_count", "name")[:MOST_SUGGESTED]

    def named(self, text):
        """The KIMs whose name holds each of these words, in any form, typing errors forgiven.

        Without those that a word typed with a minus names, by their name or by where they are.
        """
        words, left = words_of_name(wanted_text(text)), self.without_refused(Question(text))
        found = left.with_words(words, map(forms_of, words))
        return found if not may_resemble(words) or found.exists() else left.with_words(words, map(forms_meant, words))

    def bearing(self, words):
        """The KIMs with all these words in their own name, in any form; that it is a KIM tells nothing."""
        telling = [word for word in words if word != "kim"]
        return self.filter(*(Q(search=Tsquery(forms_of(word))) for word in telling)) if telling else self.none()

    def called(self, words):
        return super().called(words) | Q(pk__in=self.model.objects.bearing(words).values("pk"))

    def with_words(self, words, forms):
        """The KIMs whose name holds each of these words as it is written, or as the `tsquery` of its forms."""
        pairs = zip(words, forms, strict=True)
        return self.filter(*(Q(name__trigram_word_similar=word) | Q(search=Tsquery(form)) for word, form in pairs))

    def beginning(self, text):
        """The KIMs in whose name a word begins so; that it is a KIM tells nothing.

        Those whose name itself begins so come first, the shortest before the others.
        """
        begun = plain(text[:100]).removeprefix("kim ")
        kinds = [self.filter(name__iregex=rf"{start}{begun}") for start in ("^(kim )?", r"\m")]
        compared = self.none().union(*(some.values("pk")[:MOST_COMPARED] for some in kinds))
        is_first = Q(name__iregex=rf"^(kim )?{begun}")
        found = self.model.objects.filter(pk__in=compared).annotate(
            is_first=ExpressionWrapper(is_first, BooleanField())
        )
        return found.order_by("-is_first", Length("name"), "-post_count", "pk")

    def closest(self, name, forms, like=()):
        """The KIMs whose name holds each of these forms, a `tsquery` each, nearest to a name first.

        Those whose name begins so lead. Their `closeness` is 1 where it is the same. Where words are given that it may
        hold what is `like`, each instead of its form, it takes ten times as long.
        """
        if like:
            as_written = self.filter(*(Q(name__trigram_word_similar=word) for word in like))
            kinds = [as_written, self.with_words(like, forms)]
        else:
            kinds = [self.filter(*(Q(search=Tsquery(form)) for form in forms))]
        compared = self.none().union(*(some.values("pk")[:MOST_COMPARED] for some in kinds))
        begins = Func(Lower("name"), Value(name), function="starts_with", output_field=BooleanField())
        closest = self.model.objects.filter(pk__in=compared).annotate(closeness=TrigramSimilarity("name", name))
        return closest.annotate(begins=begins).order_by("-begins", "-closeness", "-post_count", "pk")

    def of_member(self, user):
        """The KIMs this person belongs to today."""
        return self.filter(memberships__user=user, memberships__status="current")

    def readable_by(self, user):
        """The KIMs whose room this person may enter: a member's own, but as long as one is a draft its chair alone."""
        drafts = Q(status=self.model.Status.DRAFT)
        return self.of_member(user).filter(~drafts | Q(pk__in=self.model.objects.chaired_by(user).values("pk")))

    def boards(self):
        """The people with an account who hold an office in any of these KIM, each once; `Community.board` of many."""
        offices = {"memberships__positions__ends_on": None, "memberships__positions__isnull": False}
        here = {"memberships__community__in": self, "memberships__status": "current"}
        return User.objects.filter(**here, **offices).distinct()

    def boarded_by(self, user):
        """Those in which this person holds an office today."""
        own = {"positions__membership__user": user, "positions__membership__status": "current"}
        return self.filter(positions__ends_on=None, **own).distinct()

    def chaired_by(self, user):
        chair = {"positions__role": "ketua", "positions__ends_on": None}
        own = {"positions__membership__user": user, "positions__membership__status": "current"}
        return self.filter(**chair, **own)

    def waiting(self):
        """Handed in and not decided, the longest wait first."""
        return self.filter(status=self.model.Status.SUBMITTED).order_by("submitted_at", "pk")

    def needing(self, attention):
        """Those that somebody should look after, for one reason."""
        return self.filter(self.model.Attention(attention).condition(self.model))

    def troubled(self):
        """Those that stand, and whose decree or data an officer should have renewed."""
        kinds = (self.model.Attention.EXPIRING, self.model.Attention.UNCONFIRMED)
        return self.filter(reduce(or_, (kind.condition(self.model) for kind in kinds)))

    def attention_numbers(self):
        """How many need each kind of attention, in one pass: `{Attention: number}`."""
        numbers = self.aggregate(
            **{kind.name: models.Count("pk", filter=kind.condition(self.model)) for kind in self.model.Attention}
        )
        return {kind: numbers[kind.name] for kind in self.model.Attention}

    def of_activity(self, activity):
        """What `Community.activity` says of one, for a list."""
        return self.filter(self.model.Activity(activity).condition(self.model))

    def found(self, *, by, name, seat):
        """A new KIM, still a draft; whoever registers it is its first member and chair."""
        kind = PartnerKind.objects.get(slug="kim")
        with transaction.atomic():
            slug = self.free_slugs({"": (name, seat)})[""]
            community = self.create(name=name, slug=slug, seat=seat, partner_kind=kind)
            member = community.memberships.create(user=by, name=by.name)
            community.positions.create(membership=member, role="ketua")
        return community

    def free_slugs(self, wanted):
        """`{key: slug}` of `{key: (name, seat)}`; see `communities/slugs.py`."""
        return free_slugs(wanted, self.model.objects)

    def within_jurisdiction_of(self, user):
        """The KIMs of this officer's regions, whoever decides about them."""
        if user.answers_everywhere:
            return self.all()
        return self.within_any(assignment.region for assignment in user.current_assignments)

    def decided_by(self, user):
        """What `Community.decided_by` says of one, for a list: own regions, but those that an officer below has."""
        own = OfficerAssignment.objects.decided_by(user, VERIFICATION)
        return self.filter(own).exclude(pk__in=self.model.objects.of_member(user).values("pk"))

    def waits_for(self, user):
        """Of those the ones handed in and not decided, the longest wait first."""
        return PendingDecision.objects.without_decided(self.decided_by(user).waiting())

    def for_page(self):
        """All that a KIM's own page shows of other tables, but its posts and people."""
        return self.select_related("decree").fetch_mode(FROM_ATLAS).defer("search")

    def with_people(self):
        """With `chair_name`, and `member_count` of today."""
        chair = {"positions__role": "ketua", "positions__ends_on": None, "community": OuterRef("pk")}
        members = self.model._meta.get_field("memberships").related_model.objects
        number = members.current().filter(community=OuterRef("pk")).order_by().values("community")
        return self.annotate(
            chair_name=models.Subquery(members.filter(**chair).values("name")[:1]),
            member_count=Coalesce(models.Subquery(number.values(n=models.Count("pk"))), 0),
        )

    def with_logo(self):
        """With `logo_uuid`, None for no logo."""
        pictures = self.model._meta.get_field("pictures").related_model
        logo = pictures.objects.filter(community=OuterRef("pk"), kind="logo").values("uuid")
        return self.annotate(logo_uuid=models.Subquery(logo))

    def for_cards(self):
        return self.with_logo().fetch_mode(FROM_ATLAS).defer("search")

    def card_rows(self):
        """For each KIM what its card is made of, in the order of `communities.cards.ListedCommunity`."""
        return self.with_logo().values_list(*CARD_COLUMNS, "logo_uuid", named=True)
