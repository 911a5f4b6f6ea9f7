"""What everyone will be able to read of the KIMs that a roster makes, for an officer to look at before it is so."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.models import RosterRow
from communities.rosters.carrying_out import issuer_of
from communities.rosters.facts import facts_of
from regions.atlas import FROM_ATLAS


@dataclass
class Summary:
    """How many KIMs appear, and how many of them with what: pairs of a label and a number."""

    number: int = 0
    public: list[tuple[str, int]] = field(default_factory=list)
    private: list[tuple[str, int]] = field(default_factory=list)
    # KIMs from a former roster whose gaps this one fills.
    completed: int = 0


def summary(roster):
    rows = roster.rows.filter(status=RosterRow.Status.MATCHED).fetch_mode(FROM_ATLAS)
    told = [with_facts(roster, row).facts for row in rows]
    public = {
        _("nama, nomor dan tempat KIM"): len(told),
        _("nama ketua"): sum(bool(facts.chair) for facts in told),
        _("alamat sekretariat"): sum(bool(facts.address) for facts in told),
        _("tanggal berdiri"): sum(bool(facts.founded_on) for facts in told),
        _("SK"): sum(facts.has_decree for facts in told),
        _("bidang"): sum(bool(facts.sectors) for facts in told),
        _("situs dan media sosial"): sum(bool(facts.website or facts.links) for facts in told),
    }
    private = {
        _("telepon"): sum(bool(facts.phone) for facts in told),
        _("surel"): sum(bool(facts.email) for facts in told),
    }
    old = {"community__is_imported": True, "community__confirmed_at": None}
    completed = roster.rows.filter(status=RosterRow.Status.DUPLICATE, **old).count()
    return Summary(len(told), existing(public), existing(private), completed)


def existing(numbers):
    return [(label, number) for label, number in numbers.items() if number]


def with_facts(roster, row):
    """The row with its `facts`, and in lines what else of them is shown; a decree only where its office is known."""
    row.roster = roster
    row.facts = facts = facts_of(row.by_column, month_first=bool(roster.month_first))
    facts.has_decree = bool(facts.decree_date and issuer_of(facts.decree_number, row.region))
    facts.shown = list(filter(None, [facts.address, *days_of(facts), facts.website, *facts.links]))
    return row


def days_of(facts):
    if facts.founded_on:
        yield _("berdiri %(day)s") % {"day": date_format(facts.founded_on, "j F Y")}
    if facts.has_decree:
        yield f"{facts.decree_number}, {date_format(facts.decree_date, 'j F Y')}"
