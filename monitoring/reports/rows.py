"""The rows behind a number of a report, each in words: what it is, where everyone may read it, and what it adds."""

from dataclasses import dataclass

from django.utils.text import capfirst
from django.utils.translation import gettext as _

from activities.models import Photo, Post, Redissemination
from aspirations.models import Aspiration
from bulletins.models import Delivery
from communities.models import CoachingEvent, Membership
from monitoring.reports.figures import FIGURES
from pages.paging import KeysetPage
from regions.templatetags.places import place_date, thousands


@dataclass(frozen=True)
class Row:
    title: str
    facts: list[str]
    url: str = ""

    @property
    def meta(self):
        return " · ".join(fact for fact in self.facts if fact)


def page_of(word, community, period, params):
    """`(figure, page of model rows, Rows)` behind one number of a KIM."""
    source, figure = FIGURES[word]
    found = source.behind(figure, [community.pk], period)
    page = KeysetPage(WITH_WORDS[found.model](found), params, order=source.order)
    return figure, page, [SAID[found.model](row, period.place) for row in page]


def people_of(number):
    return _("%(number)s orang") % {"number": thousands(number)}


def post(row, place):
    duties = [str(Post.Duty(duty).label) for duty in row.duties if duty in Post.Duty]
    people = row.participants and _("%(people)s peserta") % {"people": thousands(row.participants)}
    facts = [place_date(row.published_at, place), row.get_type_display(), ", ".join(duties), people]
    return Row(row.title, facts, row.get_absolute_url())


def photo(row, place):
    facts = [row.post.title, place_date(row.post.published_at, place)]
    return Row(row.alt or _("Foto"), facts, row.post.get_absolute_url())


def delivery(row, place):
    facts = [
        _("datang %(day)s") % {"day": place_date(row.created_at, place)},
        row.opened_at and _("dibuka %(day)s") % {"day": place_date(row.opened_at, place)},
        row.passed_on_at and _("disebarkan %(day)s") % {"day": place_date(row.passed_on_at, place)},
        row.reach_claimed and _("menurut KIM %(people)s") % {"people": people_of(row.reach_claimed)},
        row.reach_verified and _("terverifikasi %(people)s") % {"people": people_of(row.reach_verified)},
    ]
    return Row(row.bulletin.title, facts, row.bulletin.get_absolute_url())


def passing_on(row, place):
    facts = [
        row.get_channel_display(),
        place_date(row.happened_on),
        row.is_claim and _("menurut KIM %(people)s") % {"people": people_of(row.people)},
        row.is_verified and _("terverifikasi %(people)s") % {"people": people_of(row.verified_people)},
    ]
    return Row(row.bulletin.title, facts, row.bulletin.get_absolute_url())


def aspiration(row, place):
    facts = [
        row.get_status_display(),
        _("diterima KIM %(day)s") % {"day": place_date(row.published_at, place)},
        row.handed_on_at and _("diteruskan %(day)s") % {"day": place_date(row.handed_on_at, place)},
        row.answered_at and _("dijawab %(day)s") % {"day": place_date(row.answered_at, place)},
    ]
    if not row.is_public:
        return Row(_("%(code)s, tidak tampil untuk umum") % {"code": row.code}, facts)
    return Row(row.title, [row.code, *facts], row.get_absolute_url())


def visit(row, place):
    event = row.coachingevent
    return Row(event.title, [capfirst(event.get_kind_display()), place_date(event.held_on), event.venue])


def member(row, place):
    left = row.left_on and _("sampai %(day)s") % {"day": place_date(row.left_on)}
    return Row(row.name, [_("sejak %(day)s") % {"day": place_date(row.joined_on)}, left])


VISIT = CoachingEvent.communities.through
SAID = {
    Post: post,
    Photo: photo,
    Delivery: delivery,
    Redissemination: passing_on,
    Aspiration: aspiration,
    VISIT: visit,
    Membership: member,
}
# What each of them needs of other tables.
WITH_WORDS = {
    Post: lambda rows: rows.defer("body", "search"),
    Photo: lambda rows: rows.select_related("post").defer("post__body", "post__search"),
    Delivery: lambda rows: rows.select_related("bulletin").defer("bulletin__text"),
    Redissemination: lambda rows: rows.select_related("bulletin").defer("bulletin__text"),
    Aspiration: lambda rows: rows,
    VISIT: lambda rows: rows.select_related("coachingevent"),
    Membership: lambda rows: rows,
}
