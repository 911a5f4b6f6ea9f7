"""What everyone will be able to read of the KIMs that a roster makes, for an officer to look at before it is so."""

from dataclasses import dataclass, field

from django.utils.formats import date_format
from django.utils.translation import gettext as _

from communities.models import RosterRow
from communities.rosters.carrying_out import issuer_of
from communities.rosters.details import details_of
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
    told = [with_details(roster, row).details for row in rows]
    public = {
        _("nama, nomor dan tempat KIM"): len(told),
        _("nama ketua"): sum(bool(details.chair) for details in told),
        _("alamat sekretariat"): sum(bool(details.address) for details in told),
        _("tanggal berdiri"): sum(bool(details.founded_on) for details in told),
        _("SK"): sum(details.has_decree for details in told),
        _("bidang"): sum(bool(details.sectors) for details in told),
        _("situs dan media sosial"): sum(bool(details.website or details.links) for details in told),
    }
    private = {
        _("telepon"): sum(bool(details.phone) for details in told),
        _("surel"): sum(bool(details.email) for details in told),
    }
    old = {"community__is_imported": True, "community__confirmed_at": None}
    completed = roster.rows.filter(status=RosterRow.Status.DUPLICATE, **old).count()
    return Summary(len(told), existing(public), existing(private), completed)


def existing(numbers):
    return [(label, number) for label, number in numbers.items() if number]


def with_details(roster, row):
    """The row with its `details`, and in lines what else of them is shown; a decree only where its office is known."""
    row.roster = roster
    row.details = details = details_of(row.by_column, month_first=bool(roster.month_first))
    details.has_decree = bool(details.decree_date and issuer_of(details.decree_number, row.region))
    details.shown = list(filter(None, [details.address, *days_of(details), details.website, *details.links]))
    return row


def days_of(details):
    if details.founded_on:
        yield _("berdiri %(day)s") % {"day": date_format(details.founded_on, "j F Y")}
    if details.has_decree:
        yield f"{details.decree_number}, {date_format(details.decree_date, 'j F Y')}"
