"""What a chair fills in to register a KIM: a form for each section, which says what is wrong beside its place."""

from django import forms
from django.core.validators import RegexValidator, URLValidator
from django.db import IntegrityError, transaction
from django.urls import reverse_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import PastDayField, SeenCharField
from accounts.personal_numbers import no_personal_number
from accounts.typed import name_in_letters, only_seen, plain_name, plain_text
from communities.decree_fields import DecreeFields
from communities.models import Community, Decree, FormationRule, Sector
from communities.paper_fields import PaperField
from communities.papers import hand_in
from pages.web_urls import NO_SITE_FOR_ALL, public_url
from pages.written_over import ShownVersion
from regions.filters import UNFINISHED
from regions.models import Region

MOST_DRAFTS = 5
MOST_PLACES = 8
MOST_LINKS = 8
LONGEST_URL = 200

phone = RegexValidator(r"^\+?[\d ()./-]{6,20}$", _("Tulis nomor telepon dengan angka, misalnya 0812-3456-7890."))


class WebURLField(forms.URLField):
    """The URL of a page; whoever leaves out https:// means it."""

    default_error_messages = {"invalid": _("Tulis alamat yang lengkap, misalnya https://kimmekar.id.")}
    default_validators = [
        URLValidator(schemes=["http", "https"], message=default_error_messages["invalid"]),
        no_personal_number,
        public_url,
    ]

    def __init__(self, **kwargs):
        super().__init__(max_length=LONGEST_URL, assume_scheme="https", **kwargs)

    def to_python(self, value):
        return super().to_python(only_seen(str(value or ""), one_line=True))


class WebURLsField(SeenCharField):
    """URLs of pages, one a line; cleans to a list of them."""

    widget = forms.Textarea

    def clean(self, value):
        lines = [(number, line) for number, line in enumerate(super().clean(value).split("\n"), 1) if line.strip()]
        if len(lines) > MOST_LINKS:
            raise forms.ValidationError(_("Tulis paling banyak %(number)s alamat.") % {"number": MOST_LINKS})
        return list(dict.fromkeys(self.cleaned(number, line.strip()) for number, line in lines))

    def cleaned(self, number, line):
        no_personal_number(line)
        try:
            return WebURLField().clean(line)
        except forms.ValidationError as error:
            if error.error_list[0].code == NO_SITE_FOR_ALL:
                told = {"number": number, "sentence": error.messages[0]}
                raise forms.ValidationError(_("Baris %(number)s: %(sentence)s") % told) from error
            raise forms.ValidationError(
                _("Baris %(number)s bukan alamat yang lengkap. Salin dari bilah alamat peramban, satu per baris.")
                % {"number": number}
            ) from error

    def prepare_value(self, value):
        return "\n".join(value) if isinstance(value, list) else value

    def has_changed(self, initial, data):
        return not self.disabled and (self.prepare_value(initial) or "").split() != (data or "").split()


class SeatForm(forms.Form):
    """How a KIM is called and where it sits; of places with like names one is chosen, never guessed."""

    name = SeenCharField(
        label=_("nama KIM"),
        help_text=_("Seperti dalam SK atau berita acara, misalnya KIM Mekar Jaya."),
        min_length=3,
        max_length=120,
        validators=[name_in_letters],
    )
    seat = SeenCharField(
        label=_("kedudukan"),
        help_text=_("Nama desa atau kelurahan dan kabupatennya. Untuk KIM tingkat kecamatan atau kota: nama itu saja."),
        max_length=200,
        widget=forms.TextInput(attrs={"data-suggest": reverse_lazy("regions:suggest")}),
    )
    # Shown where there is something to choose.
    place = forms.CharField(label=_("wilayah yang dimaksud"), required=False, widget=forms.HiddenInput)

    # Where it sits now, if it is registered already.
    known = None

    def clean_seat(self):
        text = self.cleaned_data["seat"]
        if self.known and text == self.known.long_name:
            return self.known
        found = Region.objects.find(text, limit=MOST_PLACES)
        is_cut = found.is_cut
        found = [place for place in found if place.level >= Region.Level.REGENCY]
        if not found and is_cut:
            raise forms.ValidationError(UNFINISHED)
        if not found:
            raise forms.ValidationError(
                _("Wilayah ini tidak kami temukan. Tulis nama desa dan kabupatennya, misalnya “Jembayan, Kukar”.")
            )
        wanted = self.data.get(self.add_prefix("place"))
        chosen = [place for place in found if wanted == place.code or text in (place.long_name, place.code)]
        if len(found) > 1 and not chosen:
            self.fields["place"].widget = forms.RadioSelect(choices=[(place.code, place.long_name) for place in found])
            raise forms.ValidationError(_("Ada beberapa wilayah yang cocok. Pilih yang Anda maksud di bawah ini."))
        return (chosen or found)[0]


class RegisterForm(SeatForm):
    """The name and the seat of a new KIM. Whoever clicks twice gets one: the person's row is locked meanwhile."""

    different = forms.BooleanField(
        label=_("KIM saya bukan salah satu dari KIM itu"), required=False, widget=forms.HiddenInput
    )

    def __init__(self, *args, by, **kwargs):
        super().__init__(*args, **kwargs)
        self.by = by
        self.lookalikes = []

    @property
    def own_drafts(self):
        return Community.objects.chaired_by(self.by).filter(status=Community.Status.DRAFT)

    @property
    def same_draft(self):
        facts = self.cleaned_data
        return self.own_drafts.filter(name=facts["name"], seat=facts["seat"]).first()

    def clean(self):
        facts = super().clean()
        if self.errors or self.same_draft:
            return facts
        if self.own_drafts.count() >= MOST_DRAFTS:
            raise forms.ValidationError(
                _("Anda sudah mempunyai %(number)s draf KIM. Ubah atau ajukan salah satunya dahulu, di Ruang saya.")
                % {"number": MOST_DRAFTS}
            )
        wanted = Community(name=facts["name"])
        wanted.place_at(facts["seat"])
        # Who is not public yet is known to its people and the officers alone.
        self.lookalikes = wanted.lookalikes().public()[: Community.MOST_LOOKALIKES]
        if self.lookalikes and not facts["different"]:
            self.fields["different"].widget = forms.CheckboxInput()
            self.add_error("different", _("Periksa dahulu KIM di atas. Centang bila KIM Anda memang lain."))
        return facts

    def save(self):
        return self.same_draft or self.found()

    def found(self):
        """Somebody else may have taken the same URL this very moment; then the next one is free."""
        facts = {"name": self.cleaned_data["name"], "seat": self.cleaned_data["seat"]}
        try:
            with transaction.atomic():
                return Community.objects.found(by=self.by, **facts)
        except IntegrityError:
            return Community.objects.found(by=self.by, **facts)


class SectionForm(ShownVersion):
    """A section of the registration of `community`. The fields `always_open` are so while the KIM stands."""

    always_open = ()

    def __init__(self, *args, community, **kwargs):
        self.community = community
        super().__init__(*args, **kwargs)
        if not community.is_editable_by_chair:
            for name in self.fields.keys() - set(self.always_open if community.is_standing else ()):
                del self.fields[name]


class PaperSectionForm(SectionForm):
    """A section with a paper in its field `file`. A browser does not choose a file twice: a good one is kept at once,
    whatever is wrong beside it.
    """

    kind = NotImplemented
    document = None

    def clean(self):
        facts = super().clean()
        self.document = self.cleaned_data.get("file")
        for refusal in self.document.refusals if self.document else ():
            self.add_error("file", refusal)
        return facts

    def save_paper(self, *, by):
        if self.document:
            hand_in(self.community, self.kind, self.document, by=by)
            if self.document.refusals:
                self.add_error("file", _("Halaman lain sudah disimpan. Untuk melengkapi, pilih lagi semua halamannya."))


class ProfileForm(SectionForm, SeatForm):
    always_open = ["about"]

    founded_on = PastDayField(
        label=_("berdiri sejak"), required=False, help_text=_("Tanggal di SK atau berita acara pembentukan.")
    )
    about = SeenCharField(
        label=_("tentang KIM"),
        help_text=_("Beberapa kalimat untuk warga: siapa Anda dan apa yang Anda kerjakan. Boleh menyusul."),
        required=False,
        max_length=2000,
        validators=[plain_text],
        widget=forms.Textarea(attrs={"rows": 5}),
    )

    def __init__(self, *args, community, **kwargs):
        self.known = community.seat
        initial = {"name": community.name, "seat": community.seat.long_name}
        initial |= {"founded_on": community.founded_on, "about": community.about}
        super().__init__(*args, community=community, initial=initial, **kwargs)

    def save(self, *, by):
        for name in ("name", "seat", "founded_on", "about"):
            if name in self.cleaned_data:
                setattr(self.community, name, self.cleaned_data[name])
        self.community.save()


class ContactForm(SectionForm, forms.ModelForm):
    always_open = ["address", "contact_phone", "contact_email", "website", "links"]

    address = SeenCharField(
        label=_("alamat sekretariat"),
        help_text=_("Jalan, RT/RW, atau tempat yang mudah ditemukan, misalnya Balai Desa Jembayan."),
        required=False,
        max_length=200,
        validators=[plain_name],
        widget=forms.TextInput(attrs={"autocomplete": "address-line1"}),
    )
    contact_phone = SeenCharField(
        label=_("nomor telepon atau WhatsApp"),
        help_text=_("Hanya dilihat ketua dan petugas, tidak ditampilkan kepada umum."),
        required=False,
        max_length=20,
        validators=[phone, no_personal_number],
        widget=forms.TextInput(attrs={"type": "tel", "autocomplete": "tel"}),
    )
    contact_email = forms.EmailField(
        label=_("surel"),
        help_text=_("Hanya dilihat ketua dan petugas. Cukup salah satu: telepon atau surel."),
        required=False,
        max_length=254,
        validators=[no_personal_number],
        error_messages={"invalid": _("Tulis surel yang lengkap, misalnya siti@contoh.id.")},
    )
    website = WebURLField(label=_("situs"), required=False, help_text=_("Bila ada, misalnya https://kimmekar.id."))
    links = WebURLsField(
        label=_("media sosial"),
        help_text=_("Alamat halaman Facebook, Instagram, YouTube, atau lainnya, satu alamat per baris."),
        required=False,
        max_length=MOST_LINKS * (LONGEST_URL + 2),
        widget=forms.Textarea(attrs={"rows": 4, "inputmode": "url"}),
    )

    class Meta:
        model = Community
        fields = ["address", "contact_phone", "contact_email", "website", "links"]

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, community=community, instance=community, **kwargs)

    def save(self, *, by):
        super().save()


class SectorsForm(SectionForm, forms.Form):
    always_open = ["chosen"]

    chosen = forms.ModelMultipleChoiceField(
        Sector.objects.all(),
        label=_("bidang kegiatan"),
        help_text=_("Pilih yang sungguh dikerjakan; boleh lebih dari satu."),
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": _("Pilih paling sedikit satu bidang.")},
    )

    def __init__(self, *args, community, **kwargs):
        super().__init__(*args, community=community, initial={"chosen": list(community.sectors.all())}, **kwargs)

    def save(self, *, by):
        self.community.sectors.set(self.cleaned_data["chosen"])
        # The pages of the KIM and of its place show them.
        self.community.save()


class DecreeForm(PaperSectionForm, DecreeFields, forms.ModelForm):
    """The SK that founded the KIM; a decree that other KIMs share is written anew, never over theirs."""

    kind = FormationRule.Paper.DECREE

    class Meta:
        model = Decree
        fields = ["number", "issued_on", "issuer", "issuer_name", "starts_on", "ends_on"]

    def __init__(self, *args, community, **kwargs):
        decree = community.decree
        if decree and (decree.communities.exclude(pk=community.pk).exists() or decree.certificates.exists()):
            decree.pk, decree._state.adding = None, True
        super().__init__(*args, community=community, instance=decree, **kwargs)

    def save(self, *, by):
        decree = super().save(commit=False)
        decree.region = Decree.region_of(decree.issuer, self.community.seat)
        decree.save()
        self.community.decree = decree
        self.community.save()
        self.save_paper(by=by)


class PaperForm(PaperSectionForm, forms.Form):
    """One paper of one kind."""

    file = PaperField(label=_("pilih berkas"), required=False)

    def __init__(self, *args, community, kind, **kwargs):
        self.kind = FormationRule.Paper(kind)
        super().__init__(*args, community=community, prefix=kind, **kwargs)

    def save(self, *, by):
        self.save_paper(by=by)


class DeclarationForm(SectionForm, forms.Form):
    """What nobody proves with a paper and the chair declares: age and jobs. No birth date is ever asked for."""

    rules = forms.ModelMultipleChoiceField(
        FormationRule.objects.none(),
        label=_("Kami menyatakan bahwa"),
        required=False,
        widget=forms.CheckboxSelectMultiple,
    )

    def __init__(self, *args, community, **kwargs):
        declared = [rule.pk for rule in community.declared_rules.all()]
        super().__init__(*args, community=community, prefix="declaration", initial={"rules": declared}, **kwargs)
        asked = [rule for rule in FormationRule.objects.for_seat(community.seat) if rule.kind in rule.DECLARED]
        self.is_asked = bool(asked)
        if "rules" in self.fields:
            self.fields["rules"].queryset = FormationRule.objects.filter(pk__in=[rule.pk for rule in asked])
            self.fields["rules"].label_from_instance = lambda rule: f"{rule.sentence} ({rule.legal_basis})"

    def save(self, *, by):
        self.community.declared_rules.set(self.cleaned_data["rules"])
