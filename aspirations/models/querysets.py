"""Which aspirations: those that everyone reads, and by who sent, holds or decides them."""

from contextlib import suppress
from datetime import timedelta

from django.contrib.postgres.search import SearchQuery, SearchVector, TrigramSimilarity
from django.db import models, transaction
from django.db.models import Count, ExpressionWrapper, F, Q
from django.db.utils import IntegrityError
from django.utils import timezone

from accounts.lifecycle import StepRefused
from accounts.models import OfficerAssignment
from accounts.suspicion import suspicions
from aspirations.duties import ASPIRATIONS
from aspirations.models.codes import CodeSerial, codes_in
from communities.models import Community
from pages.words.asking import Question, Tsquery
from pages.words.searched import SearchedQuerySet
from regions.atlas import FROM_ATLAS
from regions.clocks import beginning, earliest_day
from regions.models import Region
from regions.placed import PlacedQuerySet

PUBLIC = Q(published_at__isnull=False, is_hidden=False) & ~Q(status="withdrawn")
# The words of those that were written before we made words of our own.
OLDER_WORDS = SearchVector("title", "text", config="indonesian")
# So many are done something to at a time, by the calendar.
AT_ONCE = 200
# What an office has to do something about.
AT_OFFICE = ["forwarded", "escalated", "moved", "reopened"]
WITH_OFFICE = [*AT_OFFICE, "accepted", "assigned", "in_progress"]


def offices_of(user):
    """The offices this officer speaks for: the own one, and those below that have nobody for it."""
    decides = OfficerAssignment.objects.decided_by(user, ASPIRATIONS)
    return Region.objects.filter(decides, level__lte=Region.Level.REGENCY)


class SentBefore(Exception):
    """Something else was taken in by the `client_uuid` of this form: the row `earlier`."""

    def __init__(self, earlier):
        super().__init__(earlier)
        self.earlier = earlier


class Median(models.Aggregate):
    """The value in the middle."""

    function, template = "percentile_cont", "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"


def answer_time():
    """The median time from being seen to the answer."""
    return Median(ExpressionWrapper(F("answered_at") - F("published_at"), models.DurationField()))


class AspirationQuerySet(SearchedQuerySet, PlacedQuerySet):
    # Which

    def public(self):
        """What everyone may read."""
        return self.filter(PUBLIC)

    def withdrawn(self):
        """Those of which everyone may learn no more than that their senders took them back."""
        return self.filter(status=self.model.Status.WITHDRAWN)

    def with_office(self):
        """Those that an office, or an OPD for it, has to answer."""
        return self.filter(status__in=WITH_OFFICE)

    def going_on(self):
        """Those that a KIM, an office or an OPD has to do something about."""
        return self.filter(status__in=["received", *WITH_OFFICE])

    def held_by(self, holder):
        """Those that a kind of holder has now: a KIM, an OPD, or an office of the level named."""
        if holder == "kim":
            return self.filter(status=self.model.Status.RECEIVED)
        is_of_agency = Q(status__in=self.model.WITH_AGENCY, agency__isnull=False)
        if holder == "opd":
            return self.with_office().filter(is_of_agency)
        level = {"kabupaten": "regency", "provinsi": "province"}.get(holder)
        at_level = Q(office=F(level)) if level else Q(office__level=Region.Level.NATION)
        return self.with_office().filter(at_level).exclude(is_of_agency)

    def answered_by(self, offices):
        """What these offices answered in the last year."""
        since = timezone.now() - timedelta(days=365)
        return self.filter(office__in=offices, status__in=["answered", "closed"], answered_at__gte=since)

    def numbers_of(self, offices):
        """`{key of an office: its numbers}`: `answered`, `time` (the median, or None), `waiting`, `overdue`."""
        answered = (
            self.answered_by(offices).order_by().values("office").annotate(number=Count("pk"), time=answer_time())
        )
        late = Count("pk", filter=Q(due_on__lt=earliest_day()))
        here = (
            self.with_office().filter(office__in=offices).order_by().values("office").annotate(n=Count("pk"), late=late)
        )
        numbers = {office.pk: {"answered": 0, "time": None, "waiting": 0, "overdue": 0} for office in offices}
        for row in answered:
            numbers[row["office"]] |= {"answered": row["number"], "time": row["time"]}
        for row in here.annotate(n=Count("pk"), late=late):
            numbers[row["office"]] |= {"waiting": row["n"], "overdue": row["late"]}
        return numbers

    def newest_answered(self):
        """Those whose answer stands, the last that was seen first."""
        return self.filter(status__in=["answered", "closed"]).order_by("-published_at", "-pk")

    def median_time_to_answer(self, since):
        """From being seen to the answer, of those seen on this day or later; None where none was answered."""
        return self.newest_answered().filter(published_at__gte=beginning(since)).aggregate(time=answer_time())["time"]

    def overdue(self):
        """With an office beyond its term, wherever it is: the day is over in the whole country."""
        return self.with_office().filter(due_on__lt=earliest_day())

    def due_for_escalation(self):
        """Those whose second term is over too, with an office that has one above it."""
        return self.with_office().filter(escalates_on__lt=earliest_day())

    def with_silent_kim(self):
        """Those with a KIM for longer than it has."""
        return self.filter(status=self.model.Status.RECEIVED, held_since__lte=timezone.now() - self.model.KIM_TIME)

    def uncontested(self):
        """Answered, and nobody contested the answer in time."""
        return self.filter(status=self.model.Status.ANSWERED, answered_at__lte=timezone.now() - self.model.CONTEST_TIME)

    def to_forget(self, limit):
        """Over since before this moment, and with them what they were merged into; their sender is still known."""
        over = self.filter(status__in=self.model.OVER, closed_at__lte=limit, forgotten_at=None)
        return over.filter(Q(duplicate_of=None) | Q(duplicate_of__status__in=self.model.OVER))

    def alike(self, row):
        """Others of its regency that are still going on and read like it, the most alike first."""
        return self.near(row.place, row.title).exclude(pk=row.pk)

    def near(self, place, title):
        """Those of a place's regency that are still going on and read like this title, the most alike first.

        Titles are alike where three in ten of their trigrams are the same, which an index knows.
        """
        near = {"regency": place.regency_id} if place.regency_id else {"office": place.pk}
        going_on = self.public().filter(**near).exclude(status__in=self.model.OVER)
        alike = going_on.filter(title__trigram_similar=title)
        return alike.annotate(score=TrigramSimilarity("title", title)).order_by("-score", "pk")

    def coded(self, text):
        """Those that a code means, however somebody wrote it down: one, or one of each year."""
        return self.filter(code__in=codes_in(text))

    def called(self, words):
        """The same where the KIM that it came through has that name."""
        return super().called(words) | Q(community__in=Community.objects.bearing(words).values("pk"))

    def saying(self, text):
        """Those with these words in title or text, or with this code."""
        question, found, rows = Question(text), Q(code__in=codes_in(text)), self
        if question:
            oldest = self.model.objects.oldest_edition()
            found |= Q(search=Tsquery(question.tsquery(careful=oldest is not None)))
            if oldest == 0:
                words = SearchQuery(text, config="indonesian", search_type="websearch")
                rows = rows.annotate(older_words=OLDER_WORDS)
                found |= Q(older_words=words, words_edition=0)
        return rows.filter(found).without_refused(question)

    # Whose

    def written_by(self, user):
        """Those this person sent with the account."""
        return self.filter(sender=user)

    def waits_for(self, user):
        """Those this person's KIM holds and has not handed on, the longest wait first."""
        return self.readable_by(user).filter(status=self.model.Status.RECEIVED).order_by("held_since", "pk")

    def readable_by(self, user):
        """Those that came through a KIM of whose board this person is, whoever holds them now."""
        own = Community.objects.boarded_by(user).values("pk")
        return self.filter(community__in=own, published_at__isnull=False)

    def decided_by(self, user):
        """What `Aspiration.decided_by` says of one, for a list."""
        return self.filter(office__in=offices_of(user)).exclude(sender=user)

    def for_officer(self, user):
        """Those this officer may look at: of the own region, and those that came to an office within it."""
        if user.answers_everywhere:
            return self.all()
        regions = [assignment.region for assignment in user.current_assignments]
        own = self.within_any(regions).values("pk")
        return self.filter(Q(pk__in=own) | Q(office__in=user.jurisdiction()))

    def carry_out(self, verb):
        """Do this to some of them, one by one; what is left over is done the next time."""
        for row in self.for_page()[:AT_ONCE]:
            with suppress(StepRefused):  # somebody was quicker
                verb(row)

    def for_page(self):
        """All that a page about one shows of other tables."""
        rows = self.select_related("community", "sector", "agency", "sender", "duplicate_of")
        return rows.fetch_mode(FROM_ATLAS).defer("search")

    def for_list(self):
        """All that a line of a list shows of other tables."""
        return self.select_related("community", "agency").fetch_mode(FROM_ATLAS).defer("search")

    # Verbs

    def send(self, *, client_uuid, photos=(), waiting=(), marks=(), **facts):
        """Take in what somebody sends, or what is entered for somebody; sent twice it is one row.

        SentBefore where the form of this `client_uuid` was sent with other words, or by somebody else.

        `photos` are pairs of a PreparedPhoto and its words, `waiting` pairs of a WaitingPhoto and its words. With one
        of the `marks` of `accounts.suspicion`, or one that its words bear, it is held for an officer, otherwise it
        goes to its KIM, or where that has nobody to the office.
        """
        try:
            with transaction.atomic():
                return self._sent_before(client_uuid, facts) or self._write(client_uuid, photos, waiting, marks, facts)
        except IntegrityError:
            # The same form, twice at once.
            if earlier := self._sent_before(client_uuid, facts):
                return earlier
            raise

    def entered_just_now(self, facts):
        """What the same person entered a moment ago in the same words, as who goes back and saves again does."""
        since = timezone.now() - timedelta(hours=1)
        own = self.filter(entered_by=facts["entered_by"], title=facts["title"], created_at__gte=since)
        return next((row for row in own if row.says_the_same(facts)), None)

    def sent_with(self, keys, facts):
        """What was sent by a form of one of these keys with the same facts, and still goes on; or None."""
        sent = self.filter(client_uuid__in=keys).exclude(status__in=self.model.OVER) if keys else []
        return next((row for row in sent if row.says_the_same(facts)), None)

    def _sent_before(self, client_uuid, facts):
        earlier = self.filter(client_uuid=client_uuid).first()
        if earlier and not earlier.says_the_same(facts):
            raise SentBefore(earlier)
        return earlier

    def _write(self, client_uuid, photos, waiting, marks, facts):
        row = self.model(client_uuid=client_uuid, **facts)
        row.office = office_for(row.place)
        by = row.entered_by or row.sender
        # Whom an office or a KIM enters it for stands before them: no machine doubts that.
        words = [row.title, row.text, row.public_sender]
        row.held_for = [] if row.entered_by else [*{*marks, *suspicions(words, is_trusted=bool(by))}]
        row.code = CodeSerial.objects.next_code()
        row.save()
        for position, (prepared, alt) in enumerate(photos):
            size = {"width": prepared.width, "height": prepared.height}
            row.photos.create(position=position, alt=alt, **size).store(prepared)
        for position, (photo, alt) in enumerate(waiting, start=len(photos)):
            size = {"width": photo.width, "height": photo.height}
            is_there, _rows = photo.delete()
            if is_there:
                row.photos.create(position=position, uuid=photo.uuid, alt=alt, **size)
        row.arrive(by=by)
        return row


def office_for(place):
    """The region whose Diskominfo answers for a place: its regency, or where it lies in none the one above."""
    if place.level <= Region.Level.REGENCY:
        return place
    return place.regency
