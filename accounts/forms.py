"""What a person types to sign up and in, in our words; the checks are allauth's."""

from allauth.account import forms as allauth_forms
from django import forms
from django.core.validators import RegexValidator
from django.utils.translation import gettext_lazy as _

# Control and bidirectional characters make one name look like another; a line break would reach a mail header.
plain_name = RegexValidator(
    r"[\x00-\x1f\x7f-\x9f\u200b-\u200f\u2028-\u202e\u2060-\u2069\ufeff<>]",
    _("Tulis nama dengan huruf biasa."),
    inverse_match=True,
)


class EmailLabel:
    """Says "surel" and drops the placeholders: a label stays while one types, a placeholder does not."""

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        for field in self.fields.values():
            field.widget.attrs.pop("placeholder", None)
        for name in {"email", "login"} & self.fields.keys():
            self.fields[name].label = _("Surel")
            self.fields[name].error_messages["invalid"] = _("Tulis surel yang lengkap, misalnya siti@contoh.id.")


class LoginForm(EmailLabel, allauth_forms.LoginForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["remember"].label = _("Ingat saya di perangkat ini")
        self.fields["password"].help_text = ""


class SignupForm(EmailLabel, allauth_forms.SignupForm):
    name = forms.CharField(
        label=_("Nama"),
        max_length=120,
        validators=[plain_name],
        help_text=_("Nama ini tampil pada kegiatan yang Anda tulis."),
        widget=forms.TextInput(attrs={"autocomplete": "name"}),
    )
    field_order = ["name", "email", "password1"]


class ResetPasswordForm(EmailLabel, allauth_forms.ResetPasswordForm):
    pass


class AddEmailForm(EmailLabel, allauth_forms.AddEmailForm):
    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        self.fields["email"].label = _("Surel baru")
