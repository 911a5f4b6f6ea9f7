"""The report of one KIM: its parts with every number and where the rows behind it are, and what it is today."""

from dataclasses import dataclass

from django.conf import settings
from django.utils import timezone
from django.utils.text import capfirst
from django.utils.translation import gettext as _

from communities.models import Community
from monitoring.reports.figures import FIGURES, PARTS, Part, numbers_of
from regions.templatetags.places import place_date, place_time


@dataclass(frozen=True)
class Line:
    label: str
    number: int
    url: str


@dataclass(frozen=True)
class Report:
    """Of a KIM in a Period. `url_of(figure word or "")` is where the rows behind a number are, or the report itself."""

    community: Community
    period: object
    parts: list[tuple[Part, list[Line]]]
    made_at: object
    url: str

    @property
    def full_url(self):
        return f"{settings.SITE_URL}{self.url}"

    @property
    def data_time(self):
        return place_time(self.made_at, self.community.seat)

    @property
    def chair_name(self):
        chair = self.community.listed_chair
        return chair.name if chair else ""

    @property
    def facts(self):
        """What the KIM is today: pairs."""
        kim = self.community
        return [
            (_("Nomor KIM"), kim.number or "–"),
            (_("Kedudukan"), kim.seat.long_name),
            (_("Status"), capfirst(kim.get_status_display())),
            (_("SK"), decree_words(kim)),
            (_("Data KIM"), confirmation_words(kim)),
        ]


def decree_words(kim):
    if kim.decree is None:
        return _("belum ada")
    facts = {"number": kim.decree.number, "day": place_date(kim.decree.ends_on)}
    if kim.decree.ends_on is None:
        return _("%(number)s, tanpa batas waktu") % facts
    if kim.decree.is_over_at(kim.seat):
        return _("%(number)s, berakhir %(day)s") % facts
    return _("%(number)s, berlaku sampai %(day)s") % facts


def confirmation_words(kim):
    if kim.confirmed_at is None:
        return _("belum pernah dinyatakan masih benar")
    day = {"day": place_date(kim.confirmed_at, kim.seat)}
    if kim.is_stale:
        return _("terakhir dinyatakan benar %(day)s, lebih dari setahun lalu") % day
    return _("dinyatakan masih benar %(day)s") % day


def report_of(community, period, url_of):
    numbers = numbers_of(Community.objects.filter(pk=community.pk), period)[community.pk]
    parts = [
        (part, [Line(capfirst(FIGURES[word][1].label), numbers[word], url_of(word)) for word in part.words])
        for part in PARTS
    ]
    return Report(community, period, parts, timezone.now(), url_of(""))


def table(report):
    """Lists of values for a file: the headings, then a line for each number."""
    yield [
        *[_("KIM"), _("nomor KIM"), _("masa"), _("bagian"), _("yang dihitung"), _("jumlah")],
        *[_("rincian"), _("data per")],
    ]
    kim = report.community
    for part, lines in report.parts:
        for line in lines:
            what = [kim.name, kim.number or "", report.period.label, str(part.label), line.label]
            yield [*what, line.number, f"{settings.SITE_URL}{line.url}", report.data_time]
