"""Taking an import back, for as long as nothing was added to what came of it; afterwards nothing of it remains.

Nobody deletes a KIM: this is for a KIM that was a row of a wrong file a moment ago, and about which nobody has done,
written or decided anything since. Only the numbers stay spent, because somebody may have read one.
"""

import logging
from collections import defaultdict
from dataclasses import dataclass

import pghistory
from django.db import transaction
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.utils.translation import gettext as _

from accounts.audit import who, with_reason
from communities.duties import VERIFICATION
from communities.models import (
    Community,
    Decree,
    Membership,
    Position,
    RosterImport,
    RosterRow,
    SpentSerial,
    Step,
    StepRefused,
)
from communities.rosters.carrying_out import FILLED_IN
from communities.rosters.details import details_of
from pages import freshness
from regions.models import Region

SHOWN = 20
# What carrying out a roster itself writes beside a KIM.
OWN_TABLES = [Step, Membership, Position, RosterRow, Community.sectors.through]

logger = logging.getLogger(__name__)


def undo(roster):
    """All of it or nothing. Safe to repeat, and for two workers at once: the second finds nothing left to do."""
    try:
        with pghistory.context(**who(roster.undone_by)), transaction.atomic():
            roster = RosterImport.objects.select_for_update().get(pk=roster.pk)
            if roster.status == RosterImport.Status.UNDOING:
                with with_reason(_("Impor daftar “%(name)s” dibatalkan.") % {"name": roster.name}):
                    Undoing(roster, roster.undone_by).undo()
    except StepRefused as refusal:
        roster.end(RosterImport.Status.DONE, problem=str(refusal))
    except Exception:
        logger.exception("roster %s", roster.pk)
        roster.end(RosterImport.Status.DONE, problem=_("Pembatalan gagal, dan tidak ada yang diubah. Coba lagi."))


@dataclass
class Preview:
    """What undoing takes away, or what keeps it: KIMs with what was added to each, `touched_number` of them."""

    number: int
    chairs: int
    completed: int
    touched: list[tuple[Community, str]]
    touched_number: int
    is_decided_by: bool


def preview(roster, *, by):
    undoing = Undoing(roster, by)
    touched = undoing.touched()
    shown = Community.objects.filter(pk__in=sorted(touched)[:SHOWN])
    return Preview(
        number=undoing.communities.count(),
        chairs=Membership.objects.filter(community__in=undoing.communities).count(),
        completed=undoing.filled.count(),
        touched=[(community, ", ".join(touched[community.pk])) for community in shown],
        touched_number=len(touched),
        is_decided_by=undoing.is_decided_by,
    )


def ask_to_undo(roster, *, by):
    """Let a worker undo it; refused at once where it is not this officer's to undo, or no longer possible."""
    Undoing(roster, by).require_possible()
    roster.ask_to_undo(by=by)


class Undoing:
    """What an import made, and what of it somebody touched since."""

    def __init__(self, roster, by):
        self.roster, self.by = roster, by
        made = roster.rows.filter(status=RosterRow.Status.IMPORTED)
        self.communities = Community.objects.filter(pk__in=made.values("community"))
        self.filled = roster.rows.exclude(filled=[]).exclude(community__in=self.communities)

    def undo(self):
        self.hold()
        self.require_possible()
        self.take_back_filled()
        self.forget_communities()
        self.forget_roster()

    @property
    def is_decided_by(self):
        """Whether this officer decides about all KIMs that would be gone."""
        regions = self.communities.order_by().values_list(Coalesce("regency", "seat"), flat=True).distinct()
        places = Region.objects.filter(pk__in=regions)
        return all(self.by.answers_for(place, VERIFICATION) for place in places)

    def require_possible(self):
        if not self.is_decided_by:
            raise StepRefused(_("KIM di tempat ini diputuskan oleh petugas kabupaten/kotanya."))
        if touched := self.touched():
            names = Community.objects.filter(pk__in=list(touched)[:3]).values_list("name", flat=True)
            raise StepRefused(
                _("Tidak dapat dibatalkan: %(number)s KIM sudah berubah sejak diimpor, misalnya %(names)s.")
                % {"number": len(touched), "names": ", ".join(names)}
            )

    def hold(self):
        """Nobody numbers KIMs there or changes these; who was about to finds them gone, or we see what they did."""
        seats = list(self.communities.values_list("seat", flat=True))
        self.seats = list(Region.objects.select_for_update(no_key=True).filter(pk__in=seats).order_by("pk"))
        self.held = list(self.communities.select_for_update().order_by("pk"))
        self.pks = [community.pk for community in self.held]
        list(Community.objects.select_for_update().filter(pk__in=self.filled.values("community")).order_by("pk"))

    def touched(self):
        """`{KIM: what was added to it, in words}`, of those to which anything was."""
        found = defaultdict(list)
        for pk in self.communities.filter(changed_since_import(self.communities)).values_list("pk", flat=True):
            found[pk].append(_("datanya"))
        decided = Step.objects.filter(community__in=self.communities).exclude(pk__in=first_steps(self.communities))
        for pk in decided.values_list("community", flat=True):
            found[pk].append(_("keputusan petugas"))
        for pk in joined(self.communities):
            found[pk].append(_("anggotanya"))
        for model, pk in added_elsewhere(self.communities):
            found[pk].append(str(model._meta.verbose_name))
        other = RosterRow.objects.exclude(roster=self.roster).exclude(filled=[]).filter(community__in=self.communities)
        for pk in other.values_list("community", flat=True):
            found[pk].append(_("isi dari daftar lain"))
        return {pk: list(dict.fromkeys(words)) for pk, words in found.items()}

    def take_back_filled(self):
        """What a KIM lacked before it lacks again, unless somebody said since that it is true, or wrote another."""
        for row in self.filled.filter(community__confirmed_at=None).select_related("community"):
            row.roster = self.roster
            details = details_of(row.by_column, month_first=bool(self.roster.month_first))
            for name in row.filled:
                if getattr(row.community, name) == getattr(details, FILLED_IN[name]):
                    setattr(row.community, name, Community._meta.get_field(name).get_default())
            row.community.save(update_fields=row.filled)
            row.community.renew_pages()

    def forget_communities(self):
        """The KIMs with all that came with them; other rosters find them no more."""
        freshness.changed(*{seat.code for seat in self.seats}, *(f"kim-{community.slug}" for community in self.held))
        SpentSerial.objects.spend(self.held)
        here = {"community__in": self.pks}
        decrees = set(self.roster.rows.filter(made_decree=True).values_list("community__decree", flat=True)) - {None}
        others = RosterRow.objects.exclude(roster=self.roster).filter(**here)
        others.update(community=None, status=RosterRow.Status.MATCHED)
        self.roster.rows.all().delete()
        for table in (Position, Membership, Community.sectors.through, Step):
            table.objects.filter(**here).delete()
        Community.objects.filter(pk__in=self.pks).delete()
        Decree.objects.filter(pk__in=decrees, communities=None, certificates=None).delete()

    def forget_roster(self):
        """Its file and its layout too; who did it, and for how many KIMs, stays."""
        storage, name = self.roster.file.storage, self.roster.file.name
        if name:
            transaction.on_commit(lambda: storage.delete(name))
        nothing = {"file": "", "headings": [], "columns": {}, "sheets": [], "wanted_sheets": {}, "remarks": []}
        number = len(self.pks)
        self.roster.end(RosterImport.Status.UNDONE, rows_done=number, rows_to_do=number, problem="", **nothing)


def changed_since_import(communities):
    """A condition for those of these KIMs that are no longer as their roster made them."""
    as_made = {
        "status": Community.Status.VERIFIED, "confirmed_at": None, "post_count": 0, "is_trusted": False,
        "chair_reviews": False, "about": "", "merged_into": None, "submitted_at": None,
    }  # fmt: skip
    # The step of the import was written after the KIM itself.
    changed = Step.objects.filter(pk__in=first_steps(communities), at__lt=F("community__updated_at"))
    return ~Q(**as_made) | Q(pk__in=changed.values("community"))


def first_steps(communities):
    """The steps that a roster wrote: the first of each KIM."""
    steps = Step.objects.filter(community__in=communities).order_by("community", "pk")
    return steps.distinct("community").values("pk")


def joined(communities):
    """The KIMs with people besides the chair whom the roster named, who has no account and was not invited."""
    people = Membership.objects.filter(community__in=communities)
    others = people.exclude(user=None, email="", status=Membership.Status.CURRENT)
    chairs = Position.objects.filter(role=Position.Role.KETUA, ends_on=None).values("membership")
    others |= people.exclude(pk__in=chairs)
    return list(others.values_list("community", flat=True))


def added_elsewhere(communities):
    """`(model, KIM)` of rows of other tables that name one of these KIMs or one of their people."""
    members = Membership.objects.filter(community__in=communities)
    for model, name in referring_to(Community):
        for pk in model._base_manager.filter(**{f"{name}__in": communities}).values_list(name, flat=True):
            yield model, pk
    for model, name in referring_to(Membership):
        rows = model._base_manager.filter(**{f"{name}__in": members})
        for pk in rows.values_list(f"{name}__community", flat=True):
            yield model, pk


def referring_to(target):
    """`(model, name of the foreign key)` of all tables that refer to this one, but those of carrying out."""
    for relation in target._meta.get_fields(include_hidden=True):
        is_key_from_elsewhere = relation.auto_created and (relation.one_to_many or relation.one_to_one)
        if is_key_from_elsewhere and relation.related_model not in OWN_TABLES:
            yield relation.related_model, relation.field.name
