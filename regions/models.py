"""WHERE: every place of Indonesia by its official code, and what became of the codes of yesterday."""

from functools import cache, lru_cache
from zoneinfo import ZoneInfo

from django.contrib.postgres.fields import ArrayField
from django.contrib.postgres.indexes import GinIndex, OpClass
from django.db import models
from django.db.models.base import ModelState
from django.utils.translation import get_language, gettext
from django.utils.translation import gettext_lazy as _

from pages.row_urls import row_url
from regions import finding
from regions.terms import CODE

INDONESIA = "0"

# The provinces east of Jakarta's clock. Everything else keeps WIB (Keputusan Presiden 41/1987).
WIB, WITA, WIT = ZoneInfo("Asia/Jakarta"), ZoneInfo("Asia/Makassar"), ZoneInfo("Asia/Jayapura")
ZONES = {
    **dict.fromkeys(["51", "52", "53", "63", "64", "65", "71", "72", "73", "74", "75", "76"], WITA),
    **dict.fromkeys(["81", "82", "91", "92", "93", "94", "95", "96"], WIT),
}

ZONE_NAMES = {"Asia/Jakarta": "WIB", "Asia/Makassar": "WITA", "Asia/Jayapura": "WIT"}


class RegionQuerySet(models.QuerySet):
    def current(self):
        return self.filter(retired_on=None)

    def within(self, region):
        """The region itself and all below it."""
        return self.within_any([region])

    def within_any(self, regions):
        """Each of these regions and all below them; none for no region."""
        scope = models.Q(pk__in=[])
        for region in regions:
            if region.level == Region.Level.NATION:
                return self.all()
            column = "pk" if region.level == Region.Level.VILLAGE else region.column
            scope |= models.Q(**{column: region.pk})
        return self.filter(scope)

    def in_no_part(self, region):
        """The region itself, and what lies in it but in none of the parts that it has today."""
        outside = models.Q(pk=region.pk)
        if region.level < Region.Level.DISTRICT:
            part = ["province", "regency", "district"][region.level]
            outside |= models.Q(**{f"{part}__isnull": True}) | models.Q(**{f"{part}__retired_on__isnull": False})
        elif region.level == Region.Level.DISTRICT:
            outside |= models.Q(retired_on__isnull=False)  # its parts are villages, which nothing lies in
        return self.within(region).filter(outside)

    def surroundings(self, code, above, touching):
        """The region of this code, its children, and those that touch it or, for no such codes, share its parent.

        With those of the codes `above`. In the order of the official list, the larger first; none for no such code.
        """
        # By sub-queries, not joins: each side of the OR then has its index.
        this = Region.objects.filter(code=code)[:1]
        beside = models.Q(code__in=touching) if touching else models.Q(parent=this.values("parent"))
        around = models.Q(parent=this.values("pk")) | beside
        known = models.Q(code__in=[code, *above])
        return self.filter(known | around & models.Q(retired_on=None)).order_by("level", "code")

    def with_names(self):
        """What `full_name` and `long_name` need, in one query."""
        return self.select_related("district", "regency", "province")

    def find(self, text, limit=10):
        """What a person most likely means by `text`; see regions/finding.py."""
        return finding.find(self, text, limit)

    def beginning_with(self, words):
        """The places of which a name begins with these plain words; see regions/finding.py."""
        return finding.beginning_with(self, words)

    def exactly(self, text):
        """The places with this very code, postal code or name; see regions/finding.py."""
        return finding.exactly(self, text)

    def named(self, text, limit=3):
        """The places that `text` is the whole name of, or nearly; see regions/finding.py."""
        return finding.named(self, text, limit)

    def nearest(self, lat, lng, limit=5):
        """The villages closest to a point, each with `distance` in kilometres; see regions/finding.py."""
        return finding.nearest(self, lat, lng, limit)

    def resolve(self, code_and_slug):
        """`(region, canonical)` for the last part of a region's URL, such as "64.02-kutai-kartanegara".

        A former code gives its successor; the URL is canonical when it names the region as it is today.
        """
        code, _dash, slug = code_and_slug.partition("-")
        if not CODE.fullmatch(code):
            raise Region.DoesNotExist(code)
        region = self.with_names().filter(code=code).first()
        if region is None or region.retired_on:
            succession = RegionSuccession.objects.filter(former_code=code, successor__isnull=False).first()
            if succession:
                region = self.with_names().get(pk=succession.successor_id)
        if region is None:
            raise Region.DoesNotExist(code)
        return region, (region.code, region.slug) == (code, slug)


class Region(models.Model):
    """A place with an official code: Indonesia > province > regency or city > district > village.

    The four ancestor columns include the region itself, so that "all villages of Kutai Kartanegara"
    and "which province is this in" cost one index look-up and no recursion.
    """

    class Level(models.IntegerChoices):
        NATION = 0, _("nasional")
        PROVINCE = 1, _("provinsi")
        REGENCY = 2, _("kabupaten/kota")
        DISTRICT = 3, _("kecamatan")
        VILLAGE = 4, _("desa/kelurahan")

    class Kind(models.TextChoices):
        NEGARA = "negara", _("negara")
        PROVINSI = "provinsi", _("provinsi")
        KABUPATEN = "kabupaten", _("kabupaten")
        KOTA = "kota", _("kota")
        KECAMATAN = "kecamatan", _("kecamatan")
        KELURAHAN = "kelurahan", _("kelurahan")
        DESA = "desa", _("desa")
        DESA_ADAT = "desa_adat", _("desa adat")

    code = models.CharField(_("kode"), max_length=13, unique=True)
    level = models.PositiveSmallIntegerField(_("tingkat"), choices=Level)
    kind = models.CharField(_("jenis"), max_length=10, choices=Kind)
    local_term = models.CharField(_("sebutan setempat"), max_length=30)
    name = models.CharField(_("nama"), max_length=100)
    slug = models.SlugField(max_length=110, db_index=False)
    parent = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="children")
    province = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    regency = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    district = models.ForeignKey("self", models.PROTECT, null=True, related_name="+")
    lat = models.DecimalField(_("lintang"), max_digits=7, decimal_places=5, null=True, blank=True)
    lng = models.DecimalField(_("bujur"), max_digits=8, decimal_places=5, null=True, blank=True)
    postal_code = models.CharField(_("kode pos"), max_length=5, blank=True)
    # Everything it is called, each as spelling.key_of writes it. Written by the loader, read by finding.exactly().
    names = ArrayField(models.TextField(), editable=False, default=list)
    # As people type it, in plain lower case: its own names and abbreviations, and those of the whole path.
    # Written by the loader, read by find().
    search_name = models.TextField(editable=False, default="")
    search_text = models.TextField(editable=False, default="")
    retired_on = models.DateField(_("tidak berlaku sejak"), null=True, blank=True)

    objects = RegionQuerySet.as_manager()

    class Meta:
        verbose_name = _("wilayah")
        verbose_name_plural = _("wilayah")
        ordering = ["code"]
        constraints = [
            models.CheckConstraint(
                condition=models.Q(level=0, parent=None) | models.Q(level__gt=0, parent__isnull=False),
                name="region_has_parent",
                violation_error_message=_("Setiap wilayah selain Indonesia berada di dalam wilayah lain."),
            ),
            models.CheckConstraint(condition=models.Q(level__range=(0, 4)), name="region_level_known"),
        ]
        indexes = [
            GinIndex(OpClass("search_name", "gin_trgm_ops"), name="region_search_name"),
            GinIndex(fields=["names"], name="region_names"),
            models.Index(
                fields=["lat", "lng"],
                name="region_village_point",
                condition=models.Q(level=4),
            ),
            models.Index(
                fields=["province", "regency"],
                name="region_with_an_office",
                condition=models.Q(level__in=[1, 2], retired_on=None),
            ),
        ]

    def __str__(self):
        return self.full_name

    def get_absolute_url(self):
        return row_url("region", f"{self.code}-{self.slug}")

    @classmethod
    def from_db(cls, db, field_names, values, *, fetch_mode=None):
        """As any model, without a look at each field: who opens a region first waits for some sixty rows."""
        region = cls.__new__(cls)
        region.__dict__ = dict(zip(field_names, values, strict=True))
        region._state = ModelState()
        region._state.adding, region._state.db = False, db
        if fetch_mode is not None:
            region._state.fetch_mode = fetch_mode
        return region

    @property
    def term(self):
        """What such a place is called: "kalurahan" as people there say; to others, what kind it is: "village"."""
        return str(self.Kind(self.kind).label) if get_language() == "en" else self.local_term

    @property
    def full_name(self):
        """The name with its term: "Kalurahan Caturtunggal", "Kota Bogor"; in English "Bogor City"."""
        if self.level == self.Level.NATION:
            return self.name
        return full_name(self.name, self.local_term, self.kind, get_language())

    @property
    def column(self):
        """The column that holds this region in every table that keeps a place by level."""
        return ["nation", "province", "regency", "district", "village"][self.level]

    def closest(self, others, limit=8):
        """Those of the others that lie closest to it, those without a known point last."""
        if self.lat is None:
            return others[:limit]
        return sorted(others, key=lambda other: finding.kilometres(self, other))[:limit]

    @property
    def ancestors(self):
        """From the province down to the parent; no query when loaded by with_names()."""
        return [region for region in (self.province, self.regency, self.district) if region and region.pk != self.pk]

    @property
    def long_name(self):
        """The name with enough around it to be unmistakable: "Desa Jembayan, Loa Kulu, Kutai Kartanegara"."""
        return ", ".join([self.full_name, *(ancestor.name for ancestor in reversed(self.ancestors))])

    @property
    def zone(self):
        """The time zone people there live by, as a ZoneInfo."""
        return ZONES.get(self.code[:2], WIB)

    @property
    def zone_name(self):
        return ZONE_NAMES[self.zone.key]


@lru_cache(20_000)
def full_name(name, local_term, kind, language):
    """`Region.full_name`, of which a page shows a hundred."""
    if name.startswith(("Daerah ", f"{local_term.title()} ")):
        return name
    term = str(Region.Kind(kind).label) if language == "en" else local_term
    return term_and_name(language) % {"term": term.title(), "name": name}


@cache
def term_and_name(_language):
    """In which order they stand."""
    return gettext("%(term)s %(name)s")


class RegionSuccession(models.Model):
    """A code or name that is no longer in force, and the region that answers for it today, if one surely does."""

    former_code = models.CharField(_("kode lama"), max_length=13)
    former_name = models.CharField(_("nama lama"), max_length=100)
    successor = models.ForeignKey(Region, models.PROTECT, null=True, blank=True, related_name="predecessors")

    class Meta:
        verbose_name = _("wilayah lama")
        verbose_name_plural = _("wilayah lama")
        constraints = [models.UniqueConstraint(fields=["former_code", "former_name"], name="succession_once")]

    def __str__(self):
        return f"{self.former_code} {self.former_name}"


class LoadedEdition(models.Model):
    """An edition of the official list that was loaded: which, when, and what it changed."""

    name = models.CharField(_("edisi"), max_length=60)
    fingerprint = models.CharField(max_length=64, editable=False)
    changes = models.JSONField(_("perubahan"), default=dict)
    # Of a list that somebody brought, which the list of the project does not replace by itself.
    is_brought = models.BooleanField(_("daftar dari luar"), default=False, db_default=False)
    loaded_at = models.DateTimeField(_("dimuat"), auto_now_add=True)

    class Meta:
        verbose_name = _("edisi wilayah")
        verbose_name_plural = _("edisi wilayah")
        get_latest_by = "loaded_at"

    def __str__(self):
        return self.name
