"""What a chair types about people: names and jobs, e-mail addresses to invite, offices and their terms; never a NIK."""

from datetime import timedelta

from django import forms
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from accounts.fields import DayField, SeenCharField
from accounts.personal_numbers import no_personal_number
from accounts.typed import has_letters, name_in_letters, only_seen, plain_name
from communities.models import Membership, Position

MOST_AT_ONCE = 20
LONGEST_TERM = timedelta(days=10 * 366)
NAMELESS = "Anggota"  # kept with the member, in the language of the site


def longest(field):
    return Membership._meta.get_field(field).max_length


class OthersEmailInput(forms.EmailInput):
    """Of somebody else: the browser does not remember it for other forms, and who goes back finds it typed."""

    class Media:
        js = [forms.Script("js/stay-typed.js", type="module")]

    def __init__(self):
        super().__init__({"autocomplete": "off", "data-stay": True})


class SeenEmailField(forms.EmailField):
    """An e-mail address as it is copied from WhatsApp, with marks that do not show."""

    default_error_messages = {
        "required": _("Tulis alamat surelnya."),
        "invalid": _("Tulis alamat surel yang lengkap, misalnya nama@contoh.id."),
    }
    default_validators = [*forms.EmailField.default_validators, no_personal_number]
    widget = OthersEmailInput

    def __init__(self, **kwargs):
        super().__init__(label=_("surel"), max_length=longest("email"), **kwargs)

    def to_python(self, value):
        return super().to_python(only_seen(str(value or ""), one_line=True))


class NewMemberForm(forms.Form):
    """A line that is yet to be: with the newest line that the page knew, by which a second click is told."""

    name = SeenCharField(label=_("nama"), max_length=longest("name"), validators=[name_in_letters])
    seen = forms.IntegerField(widget=forms.HiddenInput, required=False, min_value=0, max_value=2**63 - 1)


class AddForm(NewMemberForm):
    occupation = SeenCharField(
        label=_("pekerjaan"),
        max_length=longest("occupation"),
        required=False,
        validators=[plain_name],
        help_text=_("Boleh kosong. Jangan menulis NIK atau nomor telepon."),
    )


class InviteForm(NewMemberForm):
    email = SeenEmailField()

    field_order = ["name", "email"]


class InviteManyForm(forms.Form):
    """A line for each person: an e-mail address, with a name or without."""

    lines = SeenCharField(
        label=_("satu orang satu baris"),
        max_length=4000,
        widget=forms.Textarea(attrs={"rows": 5, "placeholder": "Wati, wati@contoh.id"}),
        help_text=_("Nama dan surelnya, paling banyak 20 orang sekaligus."),
    )

    def people(self):
        """`[(line, an InviteForm of it)]`, each line once."""
        lines = dict.fromkeys(filter(None, map(str.strip, self.cleaned_data["lines"].splitlines())))
        return [(line, InviteForm(named(line))) for line in [*lines][:MOST_AT_ONCE]]

    def clean_lines(self):
        text = self.cleaned_data["lines"]
        if len([line for line in text.splitlines() if line.strip()]) > MOST_AT_ONCE:
            raise forms.ValidationError(_("Paling banyak 20 orang sekaligus."))
        return text


def named(line):
    """The name and the e-mail address in a line of a list; who has no name is called by letters of the latter."""
    words = only_seen(line, one_line=True).replace("<", " ").replace(">", " ")
    email = next((word.strip(",;()") for word in words.split() if "@" in word), "")
    name = words.replace(email, "").strip(" ,;:()-.\t0123456789") if email else words
    called = email.partition("@")[0]
    return {"name": name or (called if has_letters(called) else NAMELESS), "email": email}


class AccountForm(forms.Form):
    email = SeenEmailField()


class AppointForm(forms.Form):
    role = forms.ChoiceField(
        label=_("jabatan"),
        choices=[(role.value, role.label) for role in Position.Role if role != Position.Role.KETUA],
    )
    title = SeenCharField(
        label=_("nama jabatan"),
        max_length=60,
        required=False,
        validators=[name_in_letters],
        help_text=_("Hanya untuk seksi atau jabatan lain, misalnya: seksi publikasi."),
    )
    term_until = DayField(
        label=_("masa jabatan sampai"),
        required=False,
        help_text=_("Boleh kosong bila SK atau musyawarah tidak menyebutnya."),
    )

    def clean(self):
        facts = super().clean()
        if facts.get("role") != Position.Role.SEKSI:
            facts["title"] = ""
        elif not facts.get("title") and "title" not in self.errors:
            self.add_error("title", _("Tulis nama jabatannya, misalnya: seksi publikasi."))
        return facts

    def clean_term_until(self):
        day, today = self.cleaned_data["term_until"], timezone.localdate()
        if day and not today <= day <= today + LONGEST_TERM:
            raise forms.ValidationError(_("Pilih tanggal dari hari ini sampai sepuluh tahun ke depan."))
        return day
