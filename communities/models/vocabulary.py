"""What differs by time and place, as rows: kinds of partner, sectors, names of offices, rules of formation."""

from functools import lru_cache

from django.db import models
from django.db.models import F, Q
from django.utils import timezone
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from accounts.audit import Audited
from regions.models import Region

# The kinds and sectors that every portal starts with, for the catalogues; one that an officer adds stays in his words.
STARTING_NAMES = [
    _("Komunitas Informasi Masyarakat"),
    _("Media tradisional"),
    _("Komunitas konten positif"),
    _("Kelompok strategis"),
    _("Pemerintahan & layanan publik"),
    _("Ekonomi & UMKM"),
    _("Pertanian & perikanan"),
    _("Kesehatan"),
    _("Pendidikan & literasi digital"),
    _("Sosial budaya"),
    _("Pariwisata"),
    _("Lingkungan & kebencanaan"),
]
MOST_NAMES = 500


@lru_cache(MOST_NAMES)
def in_language(name, _language):
    """A list shows one with each of its cards; a name that is in no catalogue costs most to look up."""
    return gettext(name)


class PartnerKind(models.Model):
    """The kinds of partner in public communication (Permenkominfo 4/2024): KIM is one of four."""

    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(unique=True)
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    class Meta:
        verbose_name = _("jenis mitra")
        verbose_name_plural = _("jenis mitra")
        ordering = ["position", "name"]
        triggers = [Audited()]

    def __str__(self):
        return in_language(self.name, get_language())


class Sector(models.Model):
    """A bidang: what a KIM or a post is about."""

    name = models.CharField(_("nama"), max_length=80)
    slug = models.SlugField(unique=True)
    icon = models.SlugField(_("ikon"), default="newspaper")
    position = models.PositiveSmallIntegerField(_("urutan"), default=0)

    class Meta:
        verbose_name = _("bidang")
        verbose_name_plural = _("bidang")
        ordering = ["position", "name"]
        triggers = [Audited()]

    def __str__(self):
        return in_language(self.name, get_language())


class InForceQuerySet(models.QuerySet):
    def in_force(self, on=None):
        """Valid on a day, today unless told otherwise."""
        on = on or timezone.localdate()
        since = Q(valid_from=None) | Q(valid_from__lte=on)
        return self.filter(since, Q(valid_until=None) | Q(valid_until__gte=on))


class OfficeQuerySet(InForceQuerySet):
    def name_in(self, region, on=None):
        """What the office that answers for KIMs in this region is called on a day."""
        office = self.in_force(on).filter(region=region).order_by("-valid_from").first()
        if office:
            return office.name
        if region.level == Region.Level.NATION:
            return _("Kementerian Komunikasi dan Digital")
        return _("Dinas Komunikasi dan Informatika %(place)s") % {"place": region.full_name}


def ends_after_start(name):
    """The constraint that what is in force from a day to a day does not end before it begins."""
    return models.CheckConstraint(
        condition=Q(valid_from=None) | Q(valid_until=None) | Q(valid_until__gte=F("valid_from")),
        name=name,
        violation_error_message=_("Masa berlaku berakhir sebelum dimulai."),
    )


class Office(models.Model):
    """How the office for communication of a region is called, from one day to another: Diskominfo, Kominfotik ..."""

    region = models.ForeignKey(
        Region, models.PROTECT, related_name="offices", db_index=False, verbose_name=_("wilayah")
    )
    name = models.CharField(_("nama kantor"), max_length=150)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = OfficeQuerySet.as_manager()

    class Meta:
        verbose_name = _("nama kantor")
        verbose_name_plural = _("nama kantor")
        ordering = ["region__code", "valid_from"]
        constraints = [
            ends_after_start("office_ends_after_start"),
            models.UniqueConstraint(
                fields=["region", "valid_from"],
                nulls_distinct=False,
                name="office_name_once_a_day",
                violation_error_message=_("Sudah ada nama kantor yang berlaku sejak tanggal itu."),
            ),
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.name


class FormationRuleQuerySet(InForceQuerySet):
    def for_seat(self, seat):
        """The rules in force for a KIM there: of each number only the nearest region's, of papers and jobs all."""
        places = [*seat.ancestors, seat]
        rules = self.in_force().filter(Q(region__in=places) | Q(region__level=Region.Level.NATION))
        rules = rules.select_related("region").order_by("region__level", "pk")
        nearest = {}
        for rule in rules:
            nearest[rule.kind if rule.kind in FormationRule.NUMBERS else (rule.kind, rule.paper, rule.job)] = rule
        return list(nearest.values())


class FormationRule(models.Model):
    """What a region asks of a group that wants to be a KIM, and which regulation says so."""

    class Kind(models.TextChoices):
        MIN_MEMBERS = "min_members", _("paling sedikit anggota")
        MAX_MEMBERS = "max_members", _("paling banyak anggota")
        MIN_AGE = "min_age", _("usia paling muda")
        BARRED_JOB = "barred_job", _("pekerjaan yang tidak boleh menjadi pengurus")
        REQUIRED_PAPER = "required_paper", _("berkas wajib")

    class Paper(models.TextChoices):
        DECREE = "decree", _("SK pembentukan")
        STATUTES = "statutes", _("anggaran dasar (AD/ART)")
        MINUTES = "minutes", _("berita acara pembentukan")
        STRUCTURE = "structure", _("bagan susunan pengurus")

    NUMBERS = [Kind.MIN_MEMBERS, Kind.MAX_MEMBERS, Kind.MIN_AGE]
    # No birth date is ever asked for: the chair declares that these are kept.
    DECLARED = [Kind.MIN_AGE, Kind.BARRED_JOB]

    region = models.ForeignKey(Region, models.PROTECT, related_name="formation_rules", verbose_name=_("berlaku di"))
    kind = models.CharField(_("ketentuan"), max_length=15, choices=Kind)
    number = models.PositiveSmallIntegerField(_("jumlah atau usia"), null=True, blank=True)
    paper = models.CharField(_("berkas"), max_length=10, choices=Paper, blank=True)
    job = models.CharField(_("pekerjaan"), max_length=80, blank=True)
    legal_basis = models.CharField(_("dasar hukum"), max_length=200)
    valid_from = models.DateField(_("berlaku sejak"), null=True, blank=True)
    valid_until = models.DateField(_("berlaku sampai"), null=True, blank=True)

    objects = FormationRuleQuerySet.as_manager()

    class Meta:
        verbose_name = _("ketentuan pembentukan")
        verbose_name_plural = _("ketentuan pembentukan")
        ordering = ["region__code", "kind", "pk"]
        constraints = [
            ends_after_start("formation_rule_ends_after_start"),
            models.CheckConstraint(
                condition=Q(kind__in=["min_members", "max_members", "min_age"], number__isnull=False, paper="", job="")
                | (Q(kind="barred_job", number=None, paper="") & ~Q(job=""))
                | (Q(kind="required_paper", number=None, job="") & ~Q(paper="")),
                name="formation_rule_is_whole",
                violation_error_message=_(
                    "Isi jumlah untuk batas anggota dan usia, pekerjaan untuk larangan, atau berkas untuk berkas wajib."
                ),
            ),
        ]
        triggers = [Audited(region="region")]

    def __str__(self):
        return self.sentence

    @property
    def sentence(self):
        """The rule in words, with nothing of its legal basis."""
        words = {
            self.Kind.MIN_MEMBERS: _("Anggota paling sedikit %(number)s orang."),
            self.Kind.MAX_MEMBERS: _("Anggota paling banyak %(number)s orang."),
            self.Kind.MIN_AGE: _("Semua anggota berusia paling sedikit %(number)s tahun."),
            self.Kind.BARRED_JOB: _("Pengurus tidak bekerja sebagai %(job)s."),
            self.Kind.REQUIRED_PAPER: _("%(paper)s dilampirkan."),
        }[self.kind]
        paper = self.get_paper_display()
        return words % {"number": self.number, "job": self.job, "paper": f"{paper[:1].upper()}{paper[1:]}"}
