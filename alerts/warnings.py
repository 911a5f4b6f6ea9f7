"""Warnings reach those who follow a region there at once, however seldom they want to be told, in the night too.

Each subscriber is told once of a warning, and once that it was recalled, however many choices match: in batches, each
kept whole or not at all. Whoever sits on the board of a KIM that gets the warning is told as such (bulletins.sending).
"""

from typing import NamedTuple

from django.conf import settings
from django.db import transaction
from django.db.models import Q
from django.utils import timezone, translation
from django.utils.translation import gettext_lazy as _

from accounts.channels.email import EMAIL
from accounts.models import Dispatch, Notice, User
from accounts.models.dispatches import Letter, one_line
from alerts.digests import FACTS, addresses_of, manage_path_of, stop_path_of
from alerts.models import AnnouncedWarning, Subscriber, Subscription
from bulletins import notices
from bulletins.models import Bulletin
from bulletins.models.bulletin import RECALLED
from communities.models import Community
from pages.printable import printable
from pages.sentences import kept_in_texts, said
from regions.models import INDONESIA, Region
from regions.placed import LEVELS
from regions.templatetags.places import place_time

SUBSCRIBERS_AT_ONCE = 1_000
URGENT = int(Dispatch.Urgency.URGENT)


UNTIL = kept_in_texts(_("Berlaku sampai %(moment)s."))


class Words(NamedTuple):
    """What a message says; `key` is that of the notice which the boards of KIM have of the same."""

    title: str
    text: str
    key: str


def tell_of_warnings():
    """Tell of each warning in force, and of those recalled before their end; how many people were told."""
    begin()
    waiting = AnnouncedWarning.objects.filter(told_at=None).order_by("pk").values_list("pk", flat=True)
    return sum(sum(iter(lambda pk=pk: tell_some(pk), 0)) for pk in list(waiting))


def begin():
    """A row for each warning that nobody was told of yet, and for each recall of one of which people were told."""
    fresh = Bulletin.objects.warnings().exclude(announced__is_recall=False)
    rows = [AnnouncedWarning(bulletin=warning) for warning in fresh.only("pk")]
    recalled = Bulletin.objects.warnings_before_their_end().filter(
        status=Bulletin.Status.RECALLED, announced__is_recall=False
    )
    recalled = recalled.exclude(pk__in=AnnouncedWarning.objects.filter(is_recall=True).values("bulletin"))
    rows += [AnnouncedWarning(bulletin=warning, is_recall=True) for warning in recalled.only("pk")]
    AnnouncedWarning.objects.bulk_create(rows, ignore_conflicts=True)


def tell_some(pk):
    """The next up to SUBSCRIBERS_AT_ONCE; 0 when all know it, or somebody else is at it."""
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        waiting = AnnouncedWarning.objects.filter(told_at=None, pk=pk)
        row = waiting.select_for_update(skip_locked=True, of=("self",)).select_related("bulletin__issuer").first()
        if row is None:
            return 0
        people = list(followers_of(row).values_list(*FACTS, named=True)[:SUBSCRIBERS_AT_ONCE])
        if not people:
            AnnouncedWarning.objects.filter(pk=pk).update(told_at=timezone.now())
            return 0
        tell(people, row.bulletin, words_of(row))
        AnnouncedWarning.objects.filter(pk=pk).update(told_to=people[-1].pk)
    return len(people)


def followers_of(row):
    """The subscribers who are to be told next, none where the warning holds no more."""
    warning = row.bulletin
    if not row.is_recall and not warning.is_in_force:
        return Subscriber.objects.none()
    chosen = Subscription.objects.filter(concerned_by(warning), type="", words="", confirmed_at__lte=warning.sent_at)
    if sectors := list(warning.sectors.all()):
        chosen = chosen.filter(Q(sector=None) | Q(sector__in=sectors))
    return Subscriber.objects.filter(pk__in=chosen.values("subscriber"), pk__gt=row.told_to).order_by("pk")


def concerned_by(warning):
    """The condition that what is followed lies in where the warning holds, or where it holds lies in that."""
    areas = list(warning.regions.all())
    above = {pk for area in areas for pk in (getattr(area, f"{level}_id", None) for level in LEVELS) if pk}
    around = Region.objects.filter(Q(pk__in=above) | Q(code=INDONESIA))
    return Q(region__in=Region.objects.within_any(areas).values("pk")) | Q(region__in=around.values("pk"))


def words_of(row):
    warning = row.bulletin
    if row.is_recall:
        return Words(said(RECALLED, title=warning.title), warning.recall_reason, warning.recall_key)
    until = UNTIL % {"moment": place_time(warning.ends_at, warning.issuer)}
    text = "\n\n".join([warning.instruction, until])
    return Words(warning.title, text, warning.news_key)


def tell(people, warning, words):
    """By the inbox and all channels who has an account, but for the boards of its KIM; the others where they follow."""
    boards = told_as_kim(warning).filter(pk__in=[person.user_id for person in people if person.user_id])
    users = User.objects.filter(pk__in=[person.user_id for person in people if person.user_id])
    Notice.objects.tell(
        users.exclude(pk__in=boards.values("pk")), notices.WARNING, words.title, words.text,
        path=warning.warning_path, key=words.key, is_urgent=True,
    )  # fmt: skip
    strangers = [person for person in people if person.user_id is None]
    Dispatch.objects.write_many([letter for person in strangers for letter in letters_to(person, warning, words)])


def told_as_kim(warning):
    """The boards of the KIM that have it, or get it now."""
    return Community.objects.filter(
        Q(deliveries__bulletin=warning) | Q(pk__in=warning.audience().values("pk"))
    ).boards()


def letters_to(person, warning, words):
    title = one_line(printable(words.title))
    for channel, address in addresses_of(person, {}):
        text = letter_of(person, warning, words) if channel == EMAIL else printable(words.text)
        path = "" if channel == EMAIL else warning.warning_path
        yield Letter(channel, address, title, text, path, stop_path_of(person.pk), URGENT)


def letter_of(person, warning, words):
    manage = _("Mengatur yang Anda ikuti: %(url)s") % {"url": settings.SITE_URL + manage_path_of(person)}
    return "\n\n".join([printable(words.text), settings.SITE_URL + warning.warning_path, manage])
