"""What waits for somebody becomes one message: written in the transaction in which it stops waiting, so never twice."""

from collections import defaultdict
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.conf import settings
from django.db import transaction
from django.urls import reverse
from django.utils import timezone, translation
from django.utils.text import capfirst
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from accounts.channels.channel import Channel
from accounts.channels.email import EMAIL
from accounts.models import Dispatch, Endpoint
from accounts.models.dispatches import Letter, one_line
from accounts.quiet_hours import morning_after
from accounts.stopping import StopURL
from activities.models import Post
from alerts.models import Subscriber
from alerts.schedule import next_due
from aspirations.models import Aspiration, AspirationStep
from pages.printable import printable
from pages.row_urls import row_url
from regions.atlas import FROM_ATLAS

SUBSCRIBERS_AT_ONCE = 1_000
# So many posts a message tells of; a telephone shows fewer lines.
SHOWN, ON_A_PHONE = 20, 3
STOP = StopURL("alerts:stop", salt="stop-following")
BULK = int(Dispatch.Urgency.BULK)

FACTS = [
    *["pk", "frequency", "zone", "channel", "token", "waiting", "waiting_steps"],
    *["user_id", "user__email", "user__is_active", "email", "endpoint__address"],
]


class Line(NamedTuple):
    """A post, or a step of an aspiration, as a message tells of it."""

    title: str
    text: str
    path: str


def write_due():
    """Write the messages that are due; how many."""
    number, known = 0, {}
    while (written := write_some(known)) is not None:
        number += written
    return number


def write_some(known):
    """Those of up to SUBSCRIBERS_AT_ONCE people; None when nobody is due. `known` Lines are not made again."""
    with transaction.atomic(), translation.override(settings.LANGUAGE_CODE):
        due = Subscriber.objects.due().select_for_update(skip_locked=True, of=("self",))
        people = list(due.values_list(*FACTS, named=True)[:SUBSCRIBERS_AT_ONCE])
        if not people:
            return None
        people = let_sleep(people)
        lines, phones = lines_of(people, known), phones_of(people)
        words = Words()
        letters = [letter for person in people for letter in letters_to(person, lines, phones, words)]
        Dispatch.objects.write_many(letters)
        wait_again(people)
    return len(letters)


def let_sleep(people):
    """Those who may be told now: whose telephone would ring in the night is told in the morning, of all at once."""
    now = timezone.now()
    mornings = {zone: morning_after(now, ZoneInfo(zone)) for zone in {person.zone for person in people}}
    asleep = defaultdict(list)
    for person in people:
        if mornings[person.zone] and Channel.named(person.channel).rings:
            asleep[person.zone].append(person.pk)
    for zone, keys in asleep.items():
        Subscriber.objects.filter(pk__in=keys).update(due_at=mornings[zone])
    sleeping = {pk for keys in asleep.values() for pk in keys}
    return [person for person in people if person.pk not in sleeping]


def lines_of(people, known):
    """`(posts, steps)`, each `{key: Line}`: what waits and is still there for everyone at this moment."""
    posts = Post.objects.published().without_warning().for_cards()
    steps = AspirationStep.objects.public().filter(aspiration__in=Aspiration.objects.public())
    steps = steps.select_related("aspiration").fetch_mode(FROM_ATLAS)
    known_posts, known_steps = known.setdefault("posts", {}), known.setdefault("steps", {})
    return (
        lines_among(posts, {pk for person in people for pk in person.waiting}, known_posts, line_of_post),
        lines_among(steps, {pk for person in people for pk in person.waiting_steps}, known_steps, line_of_step),
    )


def lines_among(rows, waiting, known, line_of):
    there = set(rows.filter(pk__in=waiting).values_list("pk", flat=True)) if waiting else set()
    if fresh := there - known.keys():
        known.update((row.pk, line_of(row)) for row in rows.filter(pk__in=fresh))
    return {pk: known[pk] for pk in there}


def line_of_post(post):
    where = f"{printable(post.community.name)}, {post.place.long_name}"
    return line(printable(post.title), where, post.get_absolute_url())


def line_of_step(step):
    row = step.aspiration
    title = f"{capfirst(step.get_deed_display())}: {printable(row.title)}"
    return line(title, f"{row.code}, {row.place.long_name}", row.get_absolute_url())


def line(title, where, path):
    return Line(title, f"{title}\n{where}\n{settings.SITE_URL}{path}", path)


def phones_of(people):
    """`{user: [(channel, address)]}` of those who want to be told otherwise than by e-mail."""
    users = [person.user_id for person in people if person.user_id and person.channel != EMAIL]
    phones = defaultdict(list)
    if users:
        rows = Endpoint.objects.filter(user__in=users, channel__in=Channel.in_use())
        for user, channel, address in rows.values_list("user", "channel", "address"):
            phones[user].append((channel, address))
    return phones


def letters_to(person, lines, phones, words):
    """One message, to each of a person's telephones; none where nothing is left of what waited."""
    posts, steps = lines
    told = [steps[pk] for pk in person.waiting_steps if pk in steps]
    told += [posts[pk] for pk in person.waiting if pk in posts]
    if told:
        title, stop = one_line(words.title_of(told)), stop_path_of(person.pk)
        for channel, address in addresses_of(person, phones):
            is_letter = channel == EMAIL
            text = words.letter_of(told, person) if is_letter else phone_text_of(told)
            path = "" if is_letter else path_of(told, person)
            yield Letter(channel, address, title, text, path, stop, BULK)


def addresses_of(person, phones):
    """Where the message goes: an account whose telephones are gone has its e-mail address left."""
    if person.endpoint__address:
        return [(person.channel, person.endpoint__address)]
    if person.user_id is None:
        return [(EMAIL, person.email)]
    if not person.user__is_active:
        return []
    chosen = [way for way in phones.get(person.user_id, ()) if way[0] == person.channel]
    return chosen or [(EMAIL, person.user__email)]


class Words:
    """What all messages of one language have in common, looked up once."""

    def __init__(self):
        everything = {"url": settings.SITE_URL + reverse("activities:list")}
        self.more = _("Masih ada yang lain di portal: %(url)s") % everything
        self.titles = {}
        self.manage = _("Mengatur yang Anda ikuti: %(url)s")

    def title_of(self, told):
        number = len(told)
        if number == 1:
            return told[0].title
        if number not in self.titles:
            self.titles[number] = ngettext(
                "%(number)s kabar baru dari yang Anda ikuti", "%(number)s kabar baru dari yang Anda ikuti", number
            ) % {"number": number}
        return self.titles[number]

    def letter_of(self, told, person):
        # The title of a single one stands above already.
        parts = [line.text for line in told[:SHOWN]] if len(told) > 1 else [told[0].text.partition("\n")[2]]
        if len(told) > SHOWN:
            parts.append(self.more)
        parts.append(self.manage % {"url": settings.SITE_URL + manage_path_of(person)})
        return "\n\n".join(parts)


def phone_text_of(told):
    return "\n".join(line.title for line in told[:ON_A_PHONE]) if len(told) > 1 else told[0].text.split("\n")[1]


def path_of(told, person):
    """Where a telephone leads; a letter has the URL of each post in its text."""
    return told[0].path if len(told) == 1 else manage_path_of(person)


def manage_path_of(person):
    return row_url("alerts:manage", person.token)


def wait_again(people):
    """Nothing waits for them any more; the next message comes when each wants it."""
    alike = defaultdict(list)
    for person in people:
        alike[person.frequency, person.zone].append(person.pk)
    now = timezone.now()
    for (frequency, zone), pks in alike.items():
        Subscriber.objects.filter(pk__in=pks).update(
            waiting=[], waiting_steps=[], due_at=next_due(frequency, zone, now)
        )


def stop_path_of(pk):
    return STOP.path(pk)


def stopped_by(token):
    """The key of the subscriber whom a stop URL was made for, who may be forgotten by now; None for no such URL."""
    pk = STOP.what(token)
    return pk and int(pk)
