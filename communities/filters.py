import django_filters
from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from django_filters.fields import ModelChoiceField, ModelChoiceIterator

from communities.models import Community, Material, Sector
from communities.models.querysets import words_of_name
from communities.sectors import all_sectors
from pages.words.asking import wanted_text
from regions.filters import ListFilter, RegionFilter
from regions.models import Region

LEVELS = [(level.value, level.label) for level in Region.Level]


class SectorChoices(ModelChoiceIterator):
    def __iter__(self):
        yield ("", self.field.empty_label)
        yield from map(self.choice, all_sectors())


class SectorField(ModelChoiceField):
    """Of the fields that a process remembers."""

    iterator = SectorChoices

    def to_python(self, value):
        if value in self.empty_values:
            return None
        sector = next((sector for sector in all_sectors() if sector.slug == value), None)
        if sector is None:
            raise ValidationError(self.error_messages["invalid_choice"], "invalid_choice", {"value": value})
        return sector


class SectorFilter(django_filters.ModelChoiceFilter):
    """A field that KIM write about, by its slug."""

    field_class = SectorField

    def __init__(self, field_name=None, **options):
        super().__init__(
            label=_("Bidang"),
            queryset=Sector.objects.all(),
            to_field_name="slug",
            field_name=field_name,
            empty_label=_("Semua bidang"),
            **options,
        )


class NamedCommunity(forms.CharField):
    """The KIM of a slug, or what it was merged into; a field that nobody types in, which stands where it was chosen."""

    default_error_messages = {"unknown": _("KIM ini tidak kami temukan.")}
    widget = forms.HiddenInput

    def clean(self, value):
        slug = super().clean(value)
        if not slug:
            return None
        community = Community.objects.public().select_related("merged_into").filter(slug=slug).first()
        if community is None:
            raise ValidationError(self.error_messages["unknown"], "unknown")
        return community.successor


class WrittenBy(django_filters.Filter):
    """Of one KIM, by its slug: an address carries it, no form offers it."""

    field_class = NamedCommunity

    def __init__(self):
        super().__init__(field_name="community", label=_("KIM"), max_length=100)


class MaterialFilter(ListFilter):
    wilayah = RegionFilter()
    bidang = SectorFilter("sectors")
    jenis = django_filters.ChoiceFilter(
        label=_("Jenis"), choices=Material.Kind, field_name="kind", empty_label=_("Semua jenis")
    )

    class Meta:
        model = Material
        fields = []

    def within(self, rows, name, region):
        return rows.for_region(region)


class NamedFilter(ListFilter):
    """Narrows a list of KIM, or of what is theirs, by their names."""

    q = django_filters.CharFilter(label=_("Nama KIM"), method="named", max_length=100)

    @property
    def communities(self):
        """The KIM of the list before it is narrowed."""
        return self.queryset

    @property
    def is_by_likeness(self):
        """Whether no KIM has all the words typed in its name: those found have a name that is like them."""
        words = words_of_name(wanted_text(self.understood.get("q", "")))
        return bool(words) and not self.communities.bearing(words).exists()

    def named(self, communities, name, value):
        return communities.named(value)


class CommunityFilter(NamedFilter):
    wilayah = RegionFilter()
    bidang = SectorFilter("sectors")
    tingkat = django_filters.ChoiceFilter(
        label=_("Tingkat"), choices=LEVELS, field_name="seat__level", empty_label=_("Semua tingkat")
    )
    keaktifan = django_filters.ChoiceFilter(
        label=_("Keaktifan"), choices=Community.Activity, method="active", empty_label=_("Semua")
    )

    class Meta:
        model = Community
        fields = []

    @property
    def question(self):
        """`({column: key}, level)` of the choices made; None where what was typed or a moment narrows the list too."""
        chosen = self.understood
        region, sector, level = (chosen.pop(name, None) for name in ("wilayah", "bidang", "tingkat"))
        if chosen:
            return None
        keys = {region.column: region.pk} if region and region.level else {}
        return keys | ({"sectors": sector.pk} if sector else {}), level

    def active(self, communities, name, value):
        return communities.of_activity(value)
