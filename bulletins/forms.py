"""What an officer may write, and the sentences we answer with."""

from django import forms
from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from accounts.fields import MomentField, PhotoField, SeenCharField
from accounts.typed import plain_sentence, plain_text, says_something
from bulletins.audience import outside
from bulletins.duties import INFORMATION
from bulletins.models import Attachment, Bulletin, BulletinPicture
from bulletins.models.bulletin import MOST_SHORT, WARNING_COLUMNS, WRITTEN
from bulletins.short_version import opening_of
from communities.paper_fields import PaperField
from pages.markup import plain_line
from regions.models import Region

MOST_LETTERS = 20_000
WARNING_FIELDS = ["is_urgent", *WARNING_COLUMNS]
WHOLE, PARTS = "whole", "parts"
AUDIENCE_FIELDS = ["reach", "areas", "places", "sectors", "partner_kinds"]


def offices_of(user):
    """The regions for which this officer speaks: the nation, provinces, regencies and cities have offices."""
    own = [row.region for row in user.current_assignments if INFORMATION in row.duties]
    return [region for region in own if region.level <= Region.Level.REGENCY]


class BulletinForm(forms.ModelForm):
    """One page: the words, what goes with them, and whom they are for. A draft may lack anything but a title."""

    issuer = forms.ModelChoiceField(None, label=_("wilayah penerbit"), empty_label=None)
    # Nothing is chosen beforehand: a part that is added to the whole would add nothing.
    reach = forms.ChoiceField(
        label=_("wilayah tujuan"),
        choices=[(WHOLE, _("seluruh wilayah penerbit")), (PARTS, _("hanya bagian yang dipilih di bawah ini"))],
        required=False,
        widget=forms.RadioSelect,
        error_messages={"invalid_choice": _("Pilih dari daftar.")},
    )
    areas = forms.ModelMultipleChoiceField(
        None, label=_("bagian wilayah"), required=False, widget=forms.CheckboxSelectMultiple
    )
    places = forms.ModelMultipleChoiceField(
        None,
        label=_("bagian lain di dalamnya"),
        required=False,
        help_text=_("Ketik nama kecamatan, desa, atau kelurahan, bila hanya untuk sebagian wilayah."),
    )
    ends_at = MomentField(label=_("berlaku sampai"), required=False)
    picture = PhotoField(label=_("gambar siap bagikan"), required=False)
    picture_alt = SeenCharField(
        label=_("apa yang terlihat di gambar ini?"),
        required=False,
        max_length=200,
        validators=[plain_sentence],
        help_text=_("Dibacakan untuk orang yang tidak melihat gambarnya."),
    )
    without_picture = forms.BooleanField(label=_("hapus gambar sekarang"), required=False)
    paper = PaperField(label=_("tambah lampiran"), required=False)
    without_papers = forms.ModelMultipleChoiceField(
        None, label=_("hapus lampiran"), required=False, widget=forms.CheckboxSelectMultiple
    )
    seen = SeenCharField(required=False, widget=forms.HiddenInput)

    class Meta:
        model = Bulletin
        fields = ["issuer", *WRITTEN, "sectors", "partner_kinds"]
        field_classes = dict.fromkeys(["title", "short_text", "text", "event", "instruction"], SeenCharField)
        widgets = {
            "text": forms.Textarea(attrs={"rows": 12}),
            "short_text": forms.Textarea(attrs={"rows": 5, "maxlength": MOST_SHORT}),
            "instruction": forms.Textarea(attrs={"rows": 3}),
            "sectors": forms.CheckboxSelectMultiple,
            "partner_kinds": forms.CheckboxSelectMultiple,
        }
        help_texts = {
            "text": _(
                "Tandai seperti di WhatsApp: *tebal*, _miring_; awali baris dengan - untuk daftar. Baris kosong"
                " memisahkan paragraf."
            ),
            "short_text": format_lazy(
                _(
                    "Siap diteruskan KIM ke grup WhatsApp, paling banyak {most} huruf. Kosongkan untuk memakai awal"
                    " isinya."
                ),
                most=MOST_SHORT,
            ),
            "sectors": _("Hanya untuk KIM di bidang ini. Kosongkan untuk semua."),
            "partner_kinds": _("Hanya untuk jenis mitra ini. Kosongkan untuk semua."),
            "is_urgent": _("Tampil di atas setiap halaman wilayahnya sampai berakhir, dan segera dikabarkan."),
        }

    def __init__(self, *args, user, choose_places, **kwargs):
        super().__init__(*args, **kwargs)
        self.user = user
        offices = [self.instance.issuer] if self.instance.issuer_id else offices_of(user)
        self.offices = [office.pk for office in offices]
        self.fields["issuer"].queryset = Region.objects.filter(pk__in=self.offices)
        self.fields["issuer"].label_from_instance = lambda region: region.full_name
        if self.instance.pk or len(offices) == 1:
            self.fields["issuer"].disabled = True
            self.initial["issuer"] = offices[0].pk
        if len(offices) == 1:
            whole = _("seluruh %(region)s") % {"region": offices[0].full_name}
            self.fields["reach"].choices = [(WHOLE, whole), *self.fields["reach"].choices[1:]]
        parts = Region.objects.current().filter(parent__in=self.offices)
        self.fields["areas"].queryset = parts.order_by("level", "code")
        self.fields["areas"].label_from_instance = lambda region: region.full_name
        self.fields["places"] = choose_places(self.fields["places"])
        self.fields["without_papers"].queryset = Attachment.objects.filter(bulletin=self.instance.pk)
        self.guard()
        self.open_with(offices)

    def guard(self):
        """Length and letters of each text."""
        for name, most in (("text", MOST_LETTERS), ("short_text", MOST_SHORT), ("instruction", 1000)):
            field = self.fields[name]
            field.max_length = most
            field.validators += [forms.CharField(max_length=most).validators[0], plain_text]
        for name in ("title", "event"):
            self.fields[name].validators += [plain_sentence]

    def open_with(self, offices):
        """What the page shows before anything is typed."""
        zone = offices[0].zone if offices else None
        if self.instance.ends_at:
            self.initial["ends_at"] = self.instance.ends_at.astimezone(zone).replace(tzinfo=None)
        if offices:
            hint = _("Waktu setempat (%(zone)s). Kosongkan bila tidak berakhir.")
            self.fields["ends_at"].help_text = hint % {"zone": offices[0].zone_name}
        if self.instance.pk:
            self.open_with_audience()
            self.initial["seen"] = self.instance.updated_at.isoformat()
            if picture := getattr(self.instance, "picture", None):
                self.initial["picture_alt"] = picture.alt

    def open_with_audience(self):
        """The whole region of the office, or the parts that were chosen."""
        near = {*self.fields["areas"].queryset.values_list("pk", flat=True)}
        chosen = [region.pk for region in self.instance.regions.all()]
        if self.instance.issuer_id in chosen:
            self.initial["reach"] = WHOLE
        elif chosen:
            self.initial["reach"] = PARTS
            self.initial["areas"] = [pk for pk in chosen if pk in near]
            self.initial["places"] = [pk for pk in chosen if pk not in near]

    def clean_title(self):
        # Titles stand in lists, links and messages, which know no marks.
        title = plain_line(self.cleaned_data["title"])
        says_something(title)
        return title

    def clean(self):
        facts = super().clean()
        issuer = facts.get("issuer")
        if moment := facts.get("ends_at"):
            facts["ends_at"] = moment.replace(tzinfo=issuer.zone if issuer else None)
        if issuer:
            for name in ("areas", "places"):
                if places := outside(facts.get(name) or (), issuer):
                    names = ", ".join(place.full_name for place in places)
                    self.add_error(name, _("Di luar wilayah penerbit: %(names)s.") % {"names": names})
        if not facts.get("short_text") and "short_text" not in self.errors:
            facts["short_text"] = opening_of(facts.get("text", ""), MOST_SHORT)
        self.choose_audience()
        if facts.get("picture") and not facts.get("picture_alt"):
            self.add_error("picture_alt", _("Tulis apa yang terlihat di gambar ini."))
        if not facts.get("is_urgent"):
            facts |= dict.fromkeys(WARNING_COLUMNS, "")
        for refusal in facts["paper"].refusals if facts.get("paper") else ():
            self.add_error("paper", refusal)
        self.ask_for_files_again()
        return facts

    def choose_audience(self):
        """The whole region or parts of it, never both; parts that are ticked are chosen."""
        facts = self.cleaned_data
        if self.errors.keys() & {"reach", "areas", "places"}:
            return
        has_parts = bool(facts["areas"] or facts["places"])
        if facts["reach"] == WHOLE and has_parts:
            both = _("Pilih salah satu: seluruh wilayah, atau hanya bagian yang Anda pilih di bawah ini.")
            self.add_error("reach", both)
        elif facts["reach"] == PARTS and not has_parts:
            self.add_error("areas", _("Pilih paling sedikit satu bagian wilayah."))

    def ask_for_files_again(self):
        """A browser forgets the files of a form that comes back."""
        if self.errors:
            for name in ("picture", "paper"):
                if name in self.files and not self.has_error(name):
                    self.add_error(name, _("Pilih berkasnya sekali lagi."))

    @property
    def regions(self):
        """All that it is for, each once; what lies in another of them adds nothing and is kept as it was chosen."""
        facts = self.cleaned_data
        if facts["reach"] == WHOLE:
            return [facts["issuer"]]
        return list(dict.fromkeys([*facts["areas"], *facts["places"]]))

    def know_now(self):
        """Let the page that comes back stand for what is stored by now: saving it once more replaces that."""
        stored = Bulletin.objects.get(pk=self.instance.pk)
        self.data = self.data.copy()
        self.data["seen"] = stored.updated_at.isoformat()

    def store(self):
        """The draft with all that belongs to it, by its verbs; to be called in a transaction."""
        facts, bulletin, by = self.cleaned_data, self.instance, self.user
        audience = {name: facts[name] for name in ("sectors", "partner_kinds")}
        bulletin.write(by=by, regions=self.regions, seen=facts["seen"], **audience)
        for attachment in facts["without_papers"] or ():
            attachment.remove(by=by)
        if facts["paper"]:
            bulletin.attachments.attach(bulletin, facts["paper"], by=by)
        picture = getattr(bulletin, "picture", None)
        if facts["picture"]:
            BulletinPicture.objects.show(bulletin, facts["picture"], facts["picture_alt"], by=by)
        elif picture and facts["without_picture"]:
            picture.remove(by=by)
        elif picture and facts["picture_alt"] and facts["picture_alt"] != picture.alt:
            picture.say(facts["picture_alt"], by=by)
        return bulletin
