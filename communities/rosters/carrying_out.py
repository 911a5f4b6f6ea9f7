"""Making KIMs of the matched rows of a roster: "data lama", until the KIM or an officer says that they are true."""

import logging
import re
from itertools import batched

import pghistory
from django.db import transaction
from django.utils.translation import gettext as _

from accounts.audit import who, with_reason
from communities.duties import VERIFICATION
from communities.models import (
    Community,
    Decree,
    Membership,
    PartnerKind,
    Position,
    RosterImport,
    RosterRow,
    Sector,
    Step,
)
from communities.models.numbers import next_numbers
from communities.rosters.checking import known_communities
from communities.rosters.details import details_of, same_name
from pages import freshness
from regions.models import Region

BATCH = 200

ISSUERS = [
    (r"(kepala|kep\.?) ?(desa|kampung|pekon)|kades|perbekel|petinggi|wali ?nagari|keu?chik|geuchik", "village_head"),
    (r"lurah", "lurah"),
    (r"camat|panewu|mantri pamong praja|kepala distrik", "camat"),
    (r"bupati", "regent"),
    (r"wali ?kota", "mayor"),
    (r"gubernur", "governor"),
    (r"kepala dinas|kadis|dis(kom|hub)\w*|dinkom\w*|kominfo", "head_of_office"),
]

# What a later roster may add to a KIM that nobody has confirmed yet.
FILLED_IN = {
    "founded_on": "founded_on",
    "address": "address",
    "website": "website",
    "links": "links",
    "contact_phone": "phone",
    "contact_email": "email",
}

logger = logging.getLogger(__name__)


def carry_out(roster):
    """Make KIMs of the matched rows. Safe to repeat and to break off: a row that has its KIM is left alone."""
    if not roster.begin(RosterImport.Status.CARRYING_OUT):
        return
    work = CarryingOut(roster)
    try:
        with pghistory.context(**who(roster.approved_by)), with_reason(work.reason):
            work.carry_out()
    except Exception:
        logger.exception("roster %s", roster.pk)
        roster.end(RosterImport.Status.FAILED, problem=_("Impor terhenti. Yang sudah diimpor tetap; jalankan lagi."))
    else:
        roster.end(RosterImport.Status.DONE, problem="")


class CarryingOut:
    def __init__(self, roster):
        self.roster, self.by = roster, roster.approved_by
        self.kind = PartnerKind.objects.get(slug="kim")
        self.fields = {field.slug: field.pk for field in Sector.objects.all()}
        self.may = {}
        self.reason = _("Impor daftar “%(name)s”.") % {"name": roster.name}

    def carry_out(self):
        todo = self.roster.rows.filter(status__in=[RosterRow.Status.MATCHED, RosterRow.Status.DUPLICATE])
        pks = list(todo.values_list("pk", flat=True))
        self.roster.progress(0, len(pks))
        done = 0
        for batch in batched(pks, BATCH, strict=False):
            with transaction.atomic():
                self.take(batch)
            done += len(batch)
            self.roster.progress(done)

    def take(self, pks):
        """A batch of rows, in one transaction that holds their seats, so that nobody else numbers KIMs there."""
        rows = list(self.roster.rows.filter(pk__in=pks))
        for row in rows:
            row.roster = self.roster
            row.details = details_of(row.by_column, month_first=bool(self.roster.month_first))
        seats = self.lock({row.region_id for row in rows if row.region_id})
        known = known_communities(self.roster.region, seat__in=seats)
        new = {}
        for row in rows:
            identity = (row.region_id, same_name(row.details.name))
            if row.details.faults:  # by a rule that is newer than the check
                row.status, row.faults = RosterRow.Status.ERROR, row.details.faults
            elif identity in known:
                row.community_id, row.status = known[identity], RosterRow.Status.DUPLICATE
            elif identity in new:
                row.status = RosterRow.Status.DUPLICATE
            elif row.status == RosterRow.Status.MATCHED and self.decides(row, seats[row.region_id]):
                new[identity] = row
        self.fill_in([row for row in rows if row.community_id and not row.details.faults])
        self.found(list(new.values()), seats)
        RosterRow.objects.store(rows, ["status", "community", "errors", "faults", "filled", "made_decree"])

    def lock(self, pks):
        regions = Region.objects.select_for_update(no_key=True).filter(pk__in=pks).order_by("pk")
        locked = {region.pk: region for region in regions}
        return {region.pk: region for region in Region.objects.with_names().filter(pk__in=locked)}

    def decides(self, row, seat):
        """Whether the officer who approved the roster decides about KIMs there; else the row says who does."""
        place = seat.regency_id or seat.pk
        if place not in self.may:
            self.may[place] = self.by.answers_for(seat, VERIFICATION)
        if not self.may[place]:
            row.status = RosterRow.Status.ERROR
            row.errors = [_("KIM di tempat ini diputuskan oleh petugas kabupaten/kotanya.")]
        return self.may[place]

    def found(self, rows, seats):
        """New KIMs with all that belongs to them, in a few statements for the whole batch."""
        slugs = Community.objects.free_slugs({row.pk: (row.details.name, seats[row.region_id]) for row in rows})
        numbers = next_numbers([seats[pk] for pk in {row.region_id for row in rows}], Community.objects)
        decrees = decrees_of(rows, seats)
        for row in rows:
            seat, decree = seats[row.region_id], decrees.get(row.pk)
            row.community = self.community(row.details, seat, slugs[row.pk], next(numbers[seat.pk]), decree)
        Community.objects.bulk_create([row.community for row in rows])
        Step.objects.bulk_create(
            [Step(community=row.community, to=row.community.status, by=self.by, note=self.note(row)) for row in rows]
        )
        self.chairs(rows)
        of_kim = Community.sectors.through
        of_kim.objects.bulk_create(
            [
                of_kim(community_id=row.community.pk, sector_id=self.fields[slug])
                for row in rows
                for slug in row.details.sectors
                if slug in self.fields
            ]
        )
        for row in rows:
            row.community_id, row.status, row.errors = row.community.pk, RosterRow.Status.IMPORTED, []
        freshness.changed(*{seats[row.region_id].code for row in rows}, only_adds=True)

    def community(self, details, seat, slug, number, decree):
        community = Community(
            name=details.name,
            slug=slug,
            partner_kind=self.kind,
            status=Community.Status.VERIFIED,
            number=number,
            is_imported=True,
            decree=decree,
            founded_on=details.founded_on,
            address=details.address,
            website=details.website,
            links=details.links,
            contact_phone=details.phone,
            contact_email=details.email,
        )
        community.place_at(seat)
        return community

    def note(self, row):
        told = {"name": self.roster.name, "sheet": row.sheet_title, "number": row.number}
        where = _("Daftar “%(name)s”, baris %(number)s.") % told
        if row.sheet_title:
            where = _("Daftar “%(name)s”, lembar “%(sheet)s”, baris %(number)s.") % told
        notes = list(row.details.notes)
        if row.details.decree_number and not row.community.decree_id:
            notes.append(_("SK menurut daftar: %(number)s.") % {"number": row.details.decree_number})
        return " ".join([where, *notes])

    def chairs(self, rows):
        members = [Membership(community=row.community, name=row.details.chair) for row in rows if row.details.chair]
        Membership.objects.bulk_create(members)
        Position.objects.bulk_create(
            [Position(community=member.community, membership=member, role=Position.Role.KETUA) for member in members]
        )

    def fill_in(self, rows):
        """What is missing of a KIM that is still "data lama" may come from a later roster; nothing is overwritten."""
        by_community = {row.community_id: row for row in rows}
        changed = []
        for community in Community.objects.filter(pk__in=by_community, is_imported=True, confirmed_at=None):
            row = by_community[community.pk]
            missing = {
                name: value
                for name, fact in FILLED_IN.items()
                if not getattr(community, name) and (value := getattr(row.details, fact))
            }
            for name, value in missing.items():
                setattr(community, name, value)
            row.filled = [*row.filled, *missing]
            changed += [community] if missing else []
        Community.objects.bulk_update(changed, FILLED_IN)
        freshness.changed(*(f"kim-{community.slug}" for community in changed), only_adds=True)


def decrees_of(rows, seats):
    """`{key of a row: its decree}`: where a row tells number, day and issuing office; one for all that share it."""
    wanted = {row.pk: told for row in rows if (told := decree_told(row.details, seats[row.region_id]))}
    numbers = {told["number"] for told in wanted.values()}
    known = {identity_of(decree): decree for decree in Decree.objects.filter(number__in=numbers).order_by("-pk")}
    new = {}
    for row in rows:
        if row.pk in wanted and tuple(wanted[row.pk].values()) not in known:
            decree = Decree(**wanted[row.pk])
            known[identity_of(decree)], new[row.pk] = decree, decree
            row.made_decree = True
    Decree.objects.bulk_create(new.values())
    return {pk: known[tuple(told.values())] for pk, told in wanted.items()}


def decree_told(details, seat):
    """What makes up the identity of a decree, as far as a row tells it; None where it does not."""
    issuer = issuer_of(details.decree_number, seat)
    if not (details.decree_number and details.decree_date and issuer):
        return None
    region = Decree.region_of(issuer, seat)
    return {"number": details.decree_number, "issued_on": details.decree_date, "issuer": issuer, "region_id": region.pk}


def identity_of(decree):
    return decree.number, decree.issued_on, decree.issuer, decree.region_id


def issuer_of(text, seat):
    words = text.lower()
    issuer = next((issuer for pattern, issuer in ISSUERS if re.search(rf"\b({pattern})\b", words)), None)
    # In Yogyakarta a lurah heads a kalurahan, which is a village.
    return "village_head" if issuer == "lurah" and seat.kind == Region.Kind.DESA else issuer
