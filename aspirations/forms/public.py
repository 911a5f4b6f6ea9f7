"""What a resident writes: a wish, a complaint or a question, and what its sender does with it afterwards."""

import uuid

from django import forms
from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

from accounts.fields import AnySignsField, NoteField, PlaceField, SeenCharField
from accounts.suspicion import Suspicion
from accounts.typed import name_in_letters, plain_sentence, plain_text
from aspirations.models import Aspiration
from communities.models import Community
from pages.said_once import SaidOnce

TITLE, TEXT, NAME = (Aspiration._meta.get_field(name).max_length for name in ("title", "text", "sender_name"))
TELEPHONE = RegexValidator(r"^\+?[0-9][0-9 ().-]{5,18}$", _("Tulis nomor telepon, misalnya 0812 3456 7890."))
TO_THE_OFFICE = "kantor"
# `shown_for` of a form filled in without a line, which asked through whom without knowing the place.
UNSEEN = "luring"
DEFAULT_ALT = _("Foto dari pengirim")


class PlainTextField(SeenCharField):
    default_validators = [plain_text]

    def __init__(self, *, rows, **options):
        super().__init__(widget=forms.Textarea(attrs={"rows": rows}), **options)


class SendForm(forms.Form):
    """The whole of it on one page; `through` is asked once the place is known and has KIM."""

    kind = forms.ChoiceField(
        label=_("Apa yang ingin Anda sampaikan?"), choices=Aspiration.Kind, widget=forms.RadioSelect, initial="usulan"
    )
    place = PlaceField(
        label=_("Di mana?"),
        help_text=_("Desa atau kelurahan, misalnya “Jembayan, Kutai Kartanegara”."),
        error_messages={"required": _("Tulis di desa atau kelurahan mana.")},
    )
    title = SeenCharField(
        label=_("Judul"),
        max_length=TITLE,
        validators=[plain_sentence],
        help_text=_("Satu kalimat pendek, misalnya “Jalan di RT 03 berlubang”."),
        error_messages={"required": _("Tulis judulnya.")},
    )
    text = PlainTextField(
        label=_("Ceritakan"),
        rows=6,
        max_length=TEXT,
        help_text=_("Apa yang terjadi, sejak kapan, dan apa yang Anda harapkan. Isi ini dibaca umum."),
        error_messages={"required": _("Ceritakan sedikit, agar petugas mengerti.")},
    )
    through = forms.CharField(label=_("Lewat siapa?"), required=False, max_length=100)
    sender_name = SeenCharField(
        label=_("Nama Anda (boleh kosong)"),
        required=False,
        max_length=NAME,
        validators=[name_in_letters],
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    is_name_public = forms.BooleanField(label=_("Nama saya boleh tampil untuk umum"), required=False)
    sender_email = forms.EmailField(
        max_length=254,
        label=_("Surel (boleh kosong)"),
        required=False,
        help_text=_("Kabar dan tautan pribadi kami kirim ke sini."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
        error_messages={"invalid": _("Tulis alamat surel, misalnya nama@contoh.id.")},
    )
    sender_phone = SeenCharField(
        label=_("Telepon atau WhatsApp (boleh kosong)"),
        required=False,
        max_length=20,
        validators=[TELEPHONE],
        widget=forms.TextInput(attrs={"autocomplete": "tel", "inputmode": "tel"}),
    )
    client_uuid = forms.UUIDField(widget=forms.HiddenInput)
    # For which place the KIM and the alike matters were shown; nobody sends without having seen them.
    shown_for = SeenCharField(widget=forms.HiddenInput, required=False, max_length=20)
    # People do not see it, programs fill it in.
    website = forms.CharField(required=False, widget=forms.TextInput(attrs={"autocomplete": "off", "tabindex": -1}))

    LETTERS = ["kind", "title", "text"]
    PRIVATE = ["sender_name", "is_name_public", "sender_email", "sender_phone"]

    def __init__(self, data=None, *, place=None, initial=None):
        """`place` is a Region where the way here already told it."""
        known = {"client_uuid": uuid.uuid4(), "place": place.long_name if place else ""}
        super().__init__(data, initial=known | (initial or {}))
        self.region = self._typed_place() if self.is_bound else place
        self.communities = list(Community.objects.taking_aspirations_of(self.region)) if self.region else []

    def _typed_place(self):
        """The place as far as it is understood; what is not, `clean` says."""
        try:
            return self.fields["place"].clean(self.data.get("place"))
        except ValidationError:
            return None

    @property
    def ways(self):
        """`(value, words)` of each KIM of the place, the suggested one first, and of the office."""
        office = _("Langsung ke kantor kabupaten/kota (Diskominfo)")
        return [*((one.slug, one.name) for one in self.communities), (TO_THE_OFFICE, office)]

    @property
    def suggested(self):
        """The value of the way that is chosen until somebody chooses another."""
        return self.communities[0].slug if self.communities else TO_THE_OFFICE

    @property
    def chosen(self):
        """The value of the way that is chosen now."""
        wanted = self["through"].value()
        return wanted if wanted in dict(self.ways) else self.suggested

    @property
    def was_shown(self):
        """Whether who sends it saw through which KIM it may go there, or was asked where nobody could tell."""
        return self.data.get("shown_for") in (self.region.code, UNSEEN)

    def clean_place(self):
        place = self.cleaned_data["place"]
        if place and not place.level:
            raise ValidationError(_("Tulis di desa atau kelurahan mana."))
        return place

    def clean_through(self):
        return next((one for one in self.communities if one.slug == self.chosen), None)

    def clean(self):
        data = super().clean()
        if data.get("is_name_public") and not data.get("sender_name"):
            self.add_error("sender_name", _("Tulis nama yang boleh tampil, atau lepaskan centangnya."))
        return data

    @property
    def marks(self):
        return [Suspicion.SPAM.value] if self.cleaned_data["website"] else []

    def facts(self):
        """What `Aspiration.objects.send` takes of it."""
        names = [*self.LETTERS, *self.PRIVATE, "place", "client_uuid"]
        return {name: self.cleaned_data[name] for name in names} | {
            "community": self.cleaned_data["through"],
            "marks": self.marks,
        }


class AltForm(forms.Form):
    """The words of a photo that waits; without any it has some of ours."""

    alt = SeenCharField(
        label=_("Apa yang terlihat di foto? (boleh kosong)"),
        required=False,
        max_length=200,
        validators=[plain_sentence],
    )

    def __init__(self, data, photo):
        super().__init__(data, prefix=f"foto-{photo.uuid}")
        self.photo = photo

    @property
    def words(self):
        return self.cleaned_data["alt"] or str(DEFAULT_ALT)


class AroundForm(forms.Form):
    """What is typed of a place and a title (`q`) while somebody still writes."""

    place = PlaceField(required=False)
    q = AnySignsField(required=False, max_length=TITLE)


class CodeForm(SaidOnce, forms.Form):
    """The code of an aspiration as people copy it: with blanks, in small letters, without its beginning or zeros."""

    kode = forms.CharField(label=_("Kode usulan"), max_length=200, help_text=_("Misalnya ASP-2026-000123."))

    UNKNOWN = _("Kode ini tidak kami temukan, atau usulannya tidak tampil untuk umum. Periksa lagi angkanya.")

    WITHDRAWN = _("Usulan dengan kode ini sudah ditarik oleh pengirimnya, jadi tidak tampil lagi.")

    OF_WHICH_YEAR = _("Ada usulan dengan angka ini dari beberapa tahun. Tulis juga tahunnya, misalnya %(code)s.")

    def clean_kode(self):
        found = Aspiration.objects.public().coded(self.cleaned_data["kode"]).order_by("-code")[:2]
        if not found:
            is_withdrawn = Aspiration.objects.withdrawn().coded(self.cleaned_data["kode"]).exists()
            raise ValidationError(self.WITHDRAWN if is_withdrawn else self.UNKNOWN)
        if len(found) > 1:
            raise ValidationError(self.OF_WHICH_YEAR % {"code": found[0].code})
        self.found = found[0]
        return self.found.code


class ReplyForm(forms.Form):
    text = NoteField(label=_("Balasan Anda"), rows=4, help_text=_("Hanya dibaca yang memegang usulan ini."))


class WithdrawForm(forms.Form):
    note = NoteField(label=_("Alasan (boleh kosong)"), rows=2, max_length=500, required=False)


class ReopenForm(forms.Form):
    note = NoteField(
        label=_("Mengapa jawabannya belum cukup?"),
        rows=4,
        error_messages={"required": _("Tulis alasannya, agar kantor tahu apa yang belum cukup.")},
    )
