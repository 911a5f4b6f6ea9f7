"""What a reader chooses on the map, and the sentence for what it cannot show."""

from django import forms
from django.utils.http import urlencode
from django.utils.translation import gettext_lazy as _

from communities.models import PartnerKind
from communities.sector_fields import SectorField
from monitoring.measures import KIM, KIND, MEASURES, SECTOR
from pages.said_once import SaidOnce
from regions.filters import RegionField, unheeded
from regions.models import Region

BY_NAME, BY_NUMBER = "nama", "angka"
ORDERS = [BY_NAME, f"-{BY_NAME}", BY_NUMBER, f"-{BY_NUMBER}"]
NOT_BY_SECTOR = _("“%(measure)s” tidak dihitung menurut bidang. Pilih semua bidang, atau ukuran lain.")
NOT_BY_KIND = _("“%(measure)s” tidak dihitung menurut jenis mitra. Pilih semua jenis, atau ukuran lain.")


class NumbersForm(SaidOnce, forms.Form):
    """What numbers are asked for by a URL; a page says, and a file refuses, what does not narrow them."""

    @property
    def unheeded(self):
        """A sentence for each name in the URL by which lists are narrowed, and these numbers are not."""
        return unheeded(self.data, self.fields)

    @property
    def refusals(self):
        """Each as a sentence, after the name of its field; of a file nothing is taken for what it is not."""
        own = [f"{self.fields[name].label}: {error}" for name, errors in self.errors.items() for error in errors]
        return [*self.unheeded, *own]


class MeasureForm(NumbersForm):
    """A measure, KIM where none is chosen, and what it is narrowed by; asked by `?ukuran=&bidang=&jenis=&urut=`."""

    ukuran = forms.ChoiceField(
        label=_("Ukuran"),
        required=False,
        choices=[(word, measure.label) for word, measure in MEASURES.items()],
        error_messages={"invalid_choice": _("Ukuran ini tidak kami kenal. Pilih salah satu dari daftar.")},
    )
    bidang = SectorField()
    jenis = forms.ModelChoiceField(
        PartnerKind.objects.all(),
        label=_("Jenis mitra"),
        required=False,
        to_field_name="slug",
        empty_label=_("Semua jenis mitra"),
        error_messages={"invalid_choice": _("Jenis mitra ini tidak kami kenal. Pilih salah satu dari daftar.")},
    )
    urut = forms.ChoiceField(
        label=_("Urutan"),
        required=False,
        choices=[(order, order) for order in ORDERS],
        widget=forms.HiddenInput,
        error_messages={"invalid_choice": _("Urutan ini tidak kami kenal.")},
    )

    def clean(self):
        facts = super().clean()
        measure = MEASURES[facts.get("ukuran") or KIM.word]
        for field, name, sentence in (("bidang", SECTOR, NOT_BY_SECTOR), ("jenis", KIND, NOT_BY_KIND)):
            if facts.get(field) and name not in measure.narrowed_by:
                self.add_error(field, sentence % {"measure": measure.label})
        return facts

    @property
    def measure(self):
        return MEASURES[self.cleaned_data["ukuran"] or KIM.word]

    @property
    def narrowing(self):
        """What `Measure.of` is told beside the regions."""
        return {SECTOR: self.cleaned_data["bidang"], KIND: self.cleaned_data["jenis"]}

    @property
    def order(self):
        return self.cleaned_data["urut"]

    @property
    def chosen(self):
        """`(words, URL without it)` of what the numbers are narrowed by."""
        return [
            (str(value), self.query(**{name: ""}) or "?")
            for name in ("bidang", "jenis")
            if (value := self.cleaned_data[name])
        ]

    def query(self, **changed):
        """What was chosen, with some of it changed, as the query string of a URL; empty for none."""
        chosen = {name: value for name, value in (self.data.dict() | changed).items() if value and name in self.fields}
        return f"?{urlencode(chosen)}" if chosen else ""


class PlaceForm(SaidOnce, forms.Form):
    """A village, district or regency, typed or by its code."""

    wilayah = RegionField(label=_("Desa, kecamatan, atau kabupaten"))

    def clean_wilayah(self):
        region = self.cleaned_data["wilayah"]
        if region.level < Region.Level.REGENCY:
            raise forms.ValidationError(_("Tulis desa, kecamatan, atau kabupaten/kota, bukan wilayah yang lebih luas."))
        return region

    @property
    def is_without_answer(self):
        """Whether what was typed is no place that this can be asked of, nor one of several to choose from."""
        return self.is_bound and not self.is_valid() and not self.fields["wilayah"].widget.offered


class StatisticsForm(NumbersForm):
    """The sector of whose posts the numbers are; asked by `?bidang=`."""

    bidang = SectorField(label=_("Bidang kegiatan"))

    @property
    def query(self):
        """What was chosen as the query string of a URL; empty for nothing."""
        sector = self.cleaned_data["bidang"]
        return f"?{urlencode({'bidang': sector.slug})}" if sector else ""
