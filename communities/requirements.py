"""What a KIM must show before it is verified: one list, for the chair's progress and for the officer's checking."""

from dataclasses import dataclass, field

from django.db import models
from django.utils.translation import gettext_lazy as _

from communities.models.vocabulary import FormationRule

Paper = FormationRule.Paper
Kind = FormationRule.Kind


class Aspect(models.TextChoices):
    IDENTITY = "identity", _("nama dan kedudukan")
    FOUNDING = "founding", _("tanggal berdiri")
    ADDRESS = "address", _("alamat sekretariat")
    CONTACT = "contact", _("kontak")
    SECTORS = "sectors", _("bidang")
    BOARD = "board", _("pengurus")
    MEMBERS = "members", _("anggota")
    DECLARATION = "declaration", _("pernyataan")
    DECREE = "decree", _("SK pembentukan")
    STATUTES = "statutes", _("anggaran dasar (AD/ART)")
    MINUTES = "minutes", _("berita acara pembentukan")
    STRUCTURE = "structure", _("bagan susunan pengurus")


# Under which section of the registration an aspect is filled in.
SECTIONS = {
    "profile": [Aspect.IDENTITY, Aspect.FOUNDING],
    "contact": [Aspect.ADDRESS, Aspect.CONTACT],
    "sectors": [Aspect.SECTORS],
    "people": [Aspect.BOARD, Aspect.MEMBERS],
    "decree": [Aspect.DECREE],
    "papers": [Aspect.STATUTES, Aspect.MINUTES, Aspect.STRUCTURE, Aspect.DECLARATION],
}


@dataclass(frozen=True)
class Requirement:
    """One item: whether it is there, whether it must be, what is missing in a sentence, and which rules ask for it."""

    aspect: Aspect
    is_met: bool
    is_required: bool
    sentence: str
    rules: list = field(default_factory=list)

    @property
    def label(self):
        return self.aspect.label

    @property
    def section(self):
        return next(section for section, aspects in SECTIONS.items() if self.aspect in aspects)

    @property
    def is_missing(self):
        return self.is_required and not self.is_met


def requirements(community):
    """All items for this KIM, in the order of the registration."""
    rules = FormationRule.objects.for_seat(community.seat)
    return [
        Requirement(Aspect.IDENTITY, bool(community.name), True, _("Tulis nama KIM dan pilih kedudukannya.")),
        Requirement(Aspect.FOUNDING, bool(community.founded_on), True, _("Tulis kapan KIM berdiri.")),
        Requirement(Aspect.ADDRESS, bool(community.address), True, _("Tulis alamat sekretariat.")),
        Requirement(
            Aspect.CONTACT,
            bool(community.contact_phone or community.contact_email),
            True,
            _("Tulis nomor telepon atau surel yang dapat dihubungi petugas."),
        ),
        Requirement(Aspect.SECTORS, community.sectors.exists(), True, _("Pilih paling sedikit satu bidang.")),
        board(community),
        members(community, rules),
        declaration(community, rules),
        *papers(community, rules),
    ]


def missing(community):
    return [item for item in requirements(community) if item.is_missing]


def board(community):
    positions = community.positions.current().select_related("membership")
    has_chair = any(position.role == "ketua" for position in positions)
    return Requirement(Aspect.BOARD, has_chair, True, _("Tetapkan ketua."))


def members(community, rules):
    number = community.memberships.current().count()
    limits = [rule for rule in rules if rule.kind in (Kind.MIN_MEMBERS, Kind.MAX_MEMBERS)]
    broken = [
        rule for rule in limits if (number < rule.number if rule.kind == Kind.MIN_MEMBERS else number > rule.number)
    ]
    sentence = " ".join(str(rule.sentence) for rule in broken)
    if broken:
        sentence += " " + str(_("Sekarang %(number)s orang.") % {"number": number})
    return Requirement(Aspect.MEMBERS, not broken and number > 0, True, sentence or _("Daftarkan anggota."), limits)


def declaration(community, rules):
    """Age and jobs are declared, not proven: the portal asks nobody's birth date."""
    asked = [rule for rule in rules if rule.kind in FormationRule.DECLARED]
    declared = set(community.declared_rules.values_list("pk", flat=True))
    open_rules = [rule for rule in asked if rule.pk not in declared]
    jobs = {rule.job.lower(): rule for rule in asked if rule.kind == Kind.BARRED_JOB}
    held = community.positions.current().values_list("membership__occupation", flat=True)
    barred = [jobs[job.lower()] for job in held if job.lower() in jobs]
    sentence = " ".join(str(rule.sentence) for rule in barred or open_rules)
    return Requirement(Aspect.DECLARATION, not open_rules and not barred, bool(asked), sentence, barred or asked)


def papers(community, rules):
    handed_in = set(community.papers.current().values_list("kind", flat=True))
    if community.decree and community.decree.file:
        handed_in.add(Paper.DECREE)
    for kind in Paper:
        asked = [rule for rule in rules if rule.kind == Kind.REQUIRED_PAPER and rule.paper == kind]
        sentence = " ".join(str(rule.sentence) for rule in asked)
        yield Requirement(Aspect(kind.value), kind in handed_in, bool(asked), sentence, asked)
